//! `oarlock scaffold`: prints the first implementation of a server.

use std::fs::OpenOptions;
use std::io::{self, Write};

use camino::Utf8Path;

use super::Exit;
use super::arguments::ScaffoldArguments;
use super::failure::{Failure, Problem};
use super::jobs::{self, Job};
use super::report::Report;
use crate::config::{Mode, UserCode};

/// Prints it, or writes it to a file that is not there yet: a file that is there is the user's.
pub(super) fn run(arguments: &ScaffoldArguments, report: &mut Report<'_, '_>) -> Exit {
    match scaffold(arguments, report) {
        Ok(exit) => exit,
        Err(problem) => {
            report.problem(&problem);
            Exit::Failed
        }
    }
}

fn scaffold(arguments: &ScaffoldArguments, report: &mut Report<'_, '_>) -> Result<Exit, Problem> {
    let document = arguments.document.as_deref();
    let overlays = &arguments.overlays.overlay;
    let job = jobs::of_document(&report.host.folder, document, overlays)?;
    let api = match &arguments.api {
        Some(path) => path.clone(),
        None => path_of(&job)?,
    };
    let text = match crate::scaffold(&job.sources, &job.config, &api) {
        Ok(Some(text)) => text,
        Ok(None) => {
            let message = "the document has no operations, so there is nothing to implement";
            return Err(Failure::new(message).into());
        }
        Err(findings) => {
            report.findings(&findings, &job.sources);
            return Ok(Exit::Failed);
        }
    };
    match &arguments.output {
        Some(path) => {
            write(&report.host.folder.join(path), path, &text)?;
            report.line(format_args!(
                "{path} is yours: Oarlock does not write it again"
            ));
        }
        None => report.result(&text),
    }
    Ok(Exit::Fine)
}

/// Where the generated code is, as the crate or the module of the job is called.
fn path_of(job: &Job) -> Result<UserCode, Failure> {
    let path = match job.config.mode {
        Mode::Crate => job.config.package.replace('-', "_"),
        Mode::Module => format!("crate::{}", job.out.file_name().unwrap_or_default()),
    };
    UserCode::type_path(&path).map_err(|_| {
        Failure::new(format!("`{path}` is no path of Rust"))
            .help("say where the generated code is, such as `--api crate::api`")
    })
}

fn write(path: &Utf8Path, shown: &Utf8Path, text: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let help = "name another file; what is yours is not written over";
            Err(Failure::new(format!("`{shown}` is there already")).help(help))
        }
        Err(error) => Err(Failure::io("cannot write", shown, &error)),
    }
}
