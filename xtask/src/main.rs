//! Tasks of this repository. `cargo xtask codegen` is `oarlock generate` in the workspace's root.

mod corpus;

use std::ffi::OsString;
use std::process::ExitCode;

use camino::Utf8Path;

const USAGE: &str = "\
Usage: cargo xtask codegen [--check]
       cargo xtask corpus DIR

  codegen          writes the crates of oarlock.toml
  codegen --check  writes nothing, and fails if they are out of date
  corpus DIR       generates every document below a folder, in memory, and counts
";

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    match arguments.next() {
        Some(verb) if verb == "codegen" => codegen(arguments),
        Some(verb) if verb == "corpus" => {
            match arguments.next().and_then(|dir| dir.into_string().ok()) {
                Some(dir) => corpus::run(Utf8Path::new(&dir)),
                None => {
                    eprint!("error: which folder?\n\n{USAGE}");
                    ExitCode::from(2)
                }
            }
        }
        Some(verb) if verb == "--help" || verb == "-h" || verb == "help" => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        Some(verb) => {
            eprint!("error: unknown task {verb:?}\n\n{USAGE}");
            ExitCode::from(2)
        }
        None => {
            eprint!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Hands everything behind the verb on, so that the options of `oarlock generate` work here too.
fn codegen(rest: impl Iterator<Item = OsString>) -> ExitCode {
    // The folder is known when the task is built, so the task works from every folder.
    let member = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = member.parent().unwrap_or(member);
    let command = ["oarlock", "generate"].map(OsString::from);
    oarlock::cli::main(
        command.into_iter().chain(rest),
        Some(root),
        "cargo xtask codegen",
    )
}
