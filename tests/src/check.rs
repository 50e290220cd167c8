//! The document, as `openapiv3` reads it, against what the generated crate does.
//!
//! Nothing here reads the crate's text. Types are fed with instances, the client's requests are
//! recorded and its responses made up, and the server is asked without a socket.

mod operations;
mod requests;
mod responses;
mod schemas;
mod security;
mod values;

use std::fmt;

use openapiv3::OpenAPI;

/// Something that the document and the crate do not agree on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Where it is in the document.
    pub place: String,
    /// What is wrong there.
    pub problem: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

/// Collects what does not agree.
#[derive(Debug, Default)]
struct Mismatches(Vec<Mismatch>);

impl Mismatches {
    fn add(&mut self, place: impl fmt::Display, problem: impl fmt::Display) {
        self.0.push(Mismatch {
            place: place.to_string(),
            problem: problem.to_string(),
        });
    }
}

/// Everything that the document and the crate do not agree on.
#[must_use]
pub fn check(document: &OpenAPI) -> Vec<Mismatch> {
    let mut mismatches = Mismatches::default();
    check_root(document, &mut mismatches);
    schemas::check(document, &mut mismatches);
    operations::check(document, &mut mismatches);
    mismatches.0
}

fn check_root(document: &OpenAPI, mismatches: &mut Mismatches) {
    let (version, ours) = (&document.info.version, anchor_webhooks::API_VERSION);
    if version != ours {
        let problem = format!("it is {version}, but `API_VERSION` is {ours}");
        mismatches.add("#/info/version", problem);
    }
    if document.servers.len() != 1 {
        let problem = format!("{} servers are not compared", document.servers.len());
        mismatches.add("#/servers", problem);
    }
}
