//! What went wrong outside of any document: a file that cannot be read, a folder that cannot be
//! written.

use std::io;

use camino::Utf8Path;

use crate::diagnostic::Diagnostics;
use crate::source::Sources;

/// A failure without a place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) message: String,
    pub(super) help: Vec<String>,
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: Vec::new(),
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// `what` failed at `path`, for example "cannot write".
    pub(super) fn io(what: &str, path: &Utf8Path, error: &io::Error) -> Self {
        Self::new(format!("{what} `{path}`: {}", reason(error)))
    }
}

/// Why an operation failed, without the jargon of the operating system where there are words.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is a file, not a folder".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        io::ErrorKind::StorageFull => "there is no space left".to_owned(),
        _ => error.to_string(),
    }
}

/// Why there is nothing to generate from.
pub(super) enum Problem {
    /// It has no place.
    Failure(Failure),
    /// It has places in texts.
    Findings(Diagnostics, Box<Sources>),
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}
