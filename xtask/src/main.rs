//! Tasks of this repository. `cargo xtask codegen` is `oarlock generate` in the workspace's root.

mod bench;
mod corpus;
mod process;

use std::ffi::OsString;
use std::process::ExitCode;

use camino::Utf8Path;
use clap::Parser;

/// Tasks of this repository
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Writes the crates of oarlock.toml; takes the options of `oarlock generate`
    #[command(disable_help_flag = true)]
    Codegen {
        /// Such as `--check`, which writes nothing and fails if the crates are out of date
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<OsString>,
    },
    /// Generates every document below a folder, and compiles what comes out
    Corpus(corpus::Arguments),
    /// Measures how long the generator takes, by step and by size of document
    Bench(bench::Arguments),
    /// Measures one document, and prints that for `bench`
    #[command(hide = true)]
    BenchDocument(bench::DocumentArguments),
    /// Generates one document, and prints what became of it for `corpus`
    #[command(hide = true)]
    CorpusDocument(corpus::DocumentArguments),
}

fn main() -> ExitCode {
    match Task::parse() {
        Task::Codegen { options } => codegen(options),
        Task::Corpus(arguments) => corpus::run(&arguments, root()),
        Task::Bench(arguments) => bench::run(&arguments, root()),
        Task::BenchDocument(arguments) => bench::document(&arguments),
        Task::CorpusDocument(arguments) => corpus::document(&arguments),
    }
}

/// Hands everything behind the verb on, so that the options of `oarlock generate` work here too.
fn codegen(options: Vec<OsString>) -> ExitCode {
    let command = ["oarlock", "generate"].map(OsString::from);
    oarlock::cli::main(
        command.into_iter().chain(options),
        Some(root()),
        "cargo xtask codegen",
    )
}

/// The folder of the workspace. It is known when the task is built, so tasks work from every folder.
fn root() -> &'static Utf8Path {
    let member = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    member.parent().unwrap_or(member)
}
