//! Which version of OpenAPI a document is written in.

use std::fmt;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{Entry, NodeId, Tree, Value};
use crate::near::nearest;

/// A version of the specification; the patch level never matters (A1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V30,
    V31,
    V32,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V32 => "3.2",
        })
    }
}

/// Reads `openapi`. A version written as a number (`openapi: 3.0`) is accepted.
pub(super) fn read(diagnostics: &mut Diagnostics, tree: &Tree<'_>) -> Option<Version> {
    let root = tree.root();
    if !matches!(tree.value(root), Value::Mapping(_)) {
        diagnostics.push(
            Diagnostic::error(
                Code::Version,
                tree.span(root),
                "this is not an OpenAPI document",
            )
            .label("a mapping with the key `openapi` is expected here"),
        );
        return None;
    }
    if let Some(entry) = tree.entry(root, "swagger") {
        diagnostics.push(
            Diagnostic::error(
                Code::Version,
                entry.key_span,
                "Swagger 2.0 is not supported yet",
            )
            .help("convert the document to OpenAPI 3.0 or later"),
        );
        return None;
    }
    let Some(entry) = tree.entry(root, "openapi") else {
        let misspelt = |entry: &&Entry<'_>| nearest(&entry.key, ["openapi"]).is_some();
        if let Some(near) = tree.entries(root).iter().find(misspelt) {
            diagnostics.push(
                Diagnostic::error(Code::Version, near.key_span, "the key `openapi` is missing")
                    .label("did you mean `openapi`?"),
            );
            return None;
        }
        diagnostics.push(
            Diagnostic::error(
                Code::Version,
                tree.span(root),
                "the key `openapi` is missing",
            )
            .label("it says which version the document is written in")
            .help("add `openapi: 3.1.0` if that is the version"),
        );
        return None;
    };
    parse(diagnostics, tree, entry.value)
}

fn parse(diagnostics: &mut Diagnostics, tree: &Tree<'_>, node: NodeId) -> Option<Version> {
    let text = match tree.value(node) {
        Value::String(text) | Value::Number(text) => text.trim(),
        _ => "",
    };
    let mut parts = text.split('.');
    let (major, minor) = (parts.next(), parts.next());
    let minor = minor.map(|minor| minor.split(['-', '+']).next().unwrap_or(minor));
    match (major, minor.map(str::parse::<u32>)) {
        (Some("3"), Some(Ok(0))) => Some(Version::V30),
        (Some("3"), Some(Ok(1))) => Some(Version::V31),
        (Some("3"), Some(Ok(2))) => Some(Version::V32),
        (Some("3"), Some(Ok(_))) => {
            diagnostics.push(
                Diagnostic::warning(
                    Code::Version,
                    tree.span(node),
                    format!("version {text} is newer than the versions that Oarlock knows"),
                )
                .label("read as 3.2"),
            );
            Some(Version::V32)
        }
        _ => {
            diagnostics.push(
                Diagnostic::error(
                    Code::Version,
                    tree.span(node),
                    "this is not a version of OpenAPI",
                )
                .label("3.0, 3.1 and 3.2 are known"),
            );
            None
        }
    }
}
