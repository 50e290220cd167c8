//! Which version of OpenAPI a document is written in.

use std::fmt;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{Entry, NodeId, Tree, Value};
use crate::near::nearest;

/// A version of the specification; the patch level never matters (A1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V20,
    V30,
    V31,
    V32,
}

impl Version {
    /// The version in a sentence about a document.
    pub(super) const fn with_article(self) -> &'static str {
        match self {
            Self::V20 => "a 2.0",
            Self::V30 => "a 3.0",
            Self::V31 => "a 3.1",
            Self::V32 => "a 3.2",
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V20 => "Swagger 2.0",
            Self::V30 => "OpenAPI 3.0",
            Self::V31 => "OpenAPI 3.1",
            Self::V32 => "OpenAPI 3.2",
        })
    }
}

/// Reads `openapi` or `swagger`. A version written as a number (`openapi: 3.0`) is accepted.
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
    match (tree.entry(root, "openapi"), tree.entry(root, "swagger")) {
        (Some(openapi), None) => parse(diagnostics, tree, openapi.value),
        (None, Some(swagger)) => parse_swagger(diagnostics, tree, swagger.value),
        (Some(openapi), Some(swagger)) => {
            let message = "this document has both `openapi` and `swagger`";
            diagnostics.push(
                Diagnostic::error(Code::Version, swagger.key_span, message)
                    .related(openapi.key_span, "this says another version")
                    .help("keep the one that the document is written in"),
            );
            None
        }
        (None, None) => {
            report_missing(diagnostics, tree);
            None
        }
    }
}

fn report_missing(diagnostics: &mut Diagnostics, tree: &Tree<'_>) {
    let root = tree.root();
    let message = "the key `openapi` is missing";
    let near = |entry: &&Entry<'_>| nearest(&entry.key, ["openapi", "swagger"]).is_some();
    let finding = match tree.entries(root).iter().find(near) {
        Some(entry) => {
            let meant = nearest(&entry.key, ["openapi", "swagger"]).unwrap_or("openapi");
            Diagnostic::error(Code::Version, entry.key_span, message)
                .label(format!("did you mean `{meant}`?"))
        }
        None => Diagnostic::error(Code::Version, tree.span(root), message)
            .label("it says which version the document is written in")
            .help("add `openapi: 3.1.0` if that is the version"),
    };
    diagnostics.push(finding);
}

/// The text of a version, which documents write as a string or as a number.
fn version_text<'t>(tree: &'t Tree<'_>, node: NodeId) -> &'t str {
    match tree.value(node) {
        Value::String(text) | Value::Number(text) => text.trim(),
        _ => "",
    }
}

fn parse_swagger(diagnostics: &mut Diagnostics, tree: &Tree<'_>, node: NodeId) -> Option<Version> {
    if matches!(version_text(tree, node), "2.0" | "2" | "2.0.0") {
        return Some(Version::V20);
    }
    diagnostics.push(
        Diagnostic::error(
            Code::Version,
            tree.span(node),
            "this is not a version of Swagger that Oarlock reads",
        )
        .label("2.0 is the only one")
        .help("later versions are called OpenAPI, and have the key `openapi`"),
    );
    None
}

fn parse(diagnostics: &mut Diagnostics, tree: &Tree<'_>, node: NodeId) -> Option<Version> {
    let text = version_text(tree, node);
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
        (Some("2"), Some(Ok(0))) => {
            diagnostics.push(
                Diagnostic::error(
                    Code::Version,
                    tree.span(node),
                    "this is not a version of OpenAPI",
                )
                .label("3.0, 3.1 and 3.2 are known")
                .help("version 2.0 is called Swagger: write `swagger: \"2.0\"`"),
            );
            None
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
