//! The command: arguments, reading, writing and printing. All input and output of the library is
//! below this module.

mod apply;
mod arguments;
mod coverage;
mod explain;
mod failure;
mod folder;
mod generate;
mod inspect;
mod jobs;
mod report;
mod scaffold;
mod swap;
mod texts;

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Parser;

use crate::Generated;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use arguments::{Arguments, Verb};
use report::Report;
pub use texts::add_referred;

/// How a run ended, from good to bad: a run over several crates ends as its worst crate does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[must_use]
pub enum Exit {
    /// Everything is as it should be.
    Fine,
    /// The output is out of date.
    OutOfDate,
    /// The arguments are wrong.
    Usage,
    /// An error in the document, or in reading or writing.
    Failed,
}

impl Exit {
    /// What the process returns.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::OutOfDate => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// The function that a run calls to make the files of a crate.
pub type Generate = fn(&Sources, &Config) -> Result<Generated, Diagnostics>;

/// What the command works in. Tests give it a folder of their own and read what it prints.
pub struct Host<'w> {
    /// The folder that relative paths start from, as an absolute path.
    pub folder: Utf8PathBuf,
    /// Where results are printed, such as a diff.
    pub stdout: &'w mut dyn Write,
    /// Where messages are printed.
    pub stderr: &'w mut dyn Write,
    /// Whether messages may be colored.
    pub color: bool,
    /// The command that messages tell to run, such as `oarlock generate`.
    pub command: String,
    /// What makes the files.
    pub generate: Generate,
}

/// Runs the command with its arguments, the first of which is the command's own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, host: &mut Host<'_>) -> Exit {
    let arguments = match Arguments::try_parse_from(arguments).and_then(Arguments::check) {
        Ok(arguments) => arguments,
        Err(error) => return print_usage(&error, host),
    };
    let color = arguments.common().color.choose(host.color);
    let mut report = Report::new(host, color, arguments.common().all);
    let exit = match &arguments.verb {
        Verb::Generate(arguments) => generate::run(arguments, &mut report),
        Verb::Inspect(arguments) => inspect::run(arguments, &mut report),
        Verb::Coverage(arguments) => coverage::run(arguments, &mut report),
        Verb::Scaffold(arguments) => scaffold::run(arguments, &mut report),
        Verb::Explain(arguments) => explain::run(arguments, &mut report),
    };
    report.finish();
    exit
}

/// Runs the command on the real terminal. `folder` replaces the current folder, and `command` is
/// what messages tell the user to run.
#[must_use]
pub fn main(
    arguments: impl IntoIterator<Item = OsString>,
    folder: Option<&Utf8Path>,
    command: &str,
) -> ExitCode {
    let mut stderr = io::stderr();
    let folder = match folder.map_or_else(current_folder, |folder| Ok(folder.to_owned())) {
        Ok(folder) => folder,
        Err(message) => {
            let _ = writeln!(stderr, "error: {message}");
            return Exit::Failed.into();
        }
    };
    let color =
        stderr.is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let mut host = Host {
        folder,
        stdout: &mut io::stdout(),
        stderr: &mut stderr,
        color,
        command: command.to_owned(),
        generate: crate::generate,
    };
    run(arguments, &mut host).into()
}

fn current_folder() -> Result<Utf8PathBuf, String> {
    let folder =
        env::current_dir().map_err(|error| format!("there is no current folder: {error}"))?;
    Utf8PathBuf::from_path_buf(folder)
        .map_err(|folder| format!("the path of the current folder is not UTF-8: {folder:?}"))
}

/// Help and the version go to standard output; what is wrong with arguments does not.
fn print_usage(error: &clap::Error, host: &mut Host<'_>) -> Exit {
    let text = error.render();
    let text = if host.color {
        text.ansi().to_string()
    } else {
        text.to_string()
    };
    if error.use_stderr() {
        let _ = host.stderr.write_all(text.as_bytes());
        Exit::Usage
    } else {
        let _ = host.stdout.write_all(text.as_bytes());
        Exit::Fine
    }
}
