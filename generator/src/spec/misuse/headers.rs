//! The names of headers, as parameters and in responses and parts.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{NodeId, Tree};
use crate::source::Span;

use super::{text, wrong_value};

/// Headers that the specification ignores, because it has other words for what they say (PR3): where
/// they are declared, by the object and the name. Tools declare them at every operation, so they are
/// told once.
#[derive(Default)]
pub(super) struct IgnoredHeaders {
    places: BTreeMap<(&'static str, &'static str), Vec<Span>>,
}

impl IgnoredHeaders {
    fn note(&mut self, what: &'static str, names: &[&'static str], name: &str, span: Span) {
        let names = names.iter().copied();
        for known in names.filter(|known| known.eq_ignore_ascii_case(name)) {
            self.places.entry((what, known)).or_default().push(span);
        }
    }

    /// Says of each name where it is declared.
    pub(super) fn report(self, diagnostics: &mut Diagnostics) {
        for ((what, name), places) in self.places {
            let Some((first, others)) = places.split_first() else {
                continue;
            };
            let message = format!("{what} of the name `{name}` is ignored");
            let label = "media types and security schemes say what it would carry";
            diagnostics.push(
                Diagnostic::warning(Code::MisplacedKey, *first, message)
                    .elsewhere(others)
                    .label(label),
            );
        }
    }
}

/// Looks at the name of a parameter, if it is a header.
pub(super) fn check_parameter(
    diagnostics: &mut Diagnostics,
    ignored: &mut IgnoredHeaders,
    tree: &Tree<'_>,
    node: NodeId,
) {
    if text(tree, node, "in") != Some("header") {
        return;
    }
    let Some(entry) = tree.entry(node, "name") else {
        return;
    };
    let (name, span) = (tree.string(entry.value), tree.span(entry.value));
    if let Some(name) = name {
        check_name(diagnostics, name, span);
        let names = ["Accept", "Authorization", "Content-Type"];
        ignored.note("a header parameter", &names, name, span);
    }
}

/// Looks at the names of the headers of a response or of a part of a body.
pub(super) fn check_names(
    diagnostics: &mut Diagnostics,
    ignored: &mut IgnoredHeaders,
    tree: &Tree<'_>,
    node: NodeId,
) {
    let Some(headers) = tree.get(node, "headers") else {
        return;
    };
    for entry in tree.entries(headers) {
        // A whole map by reference is no OpenAPI, and is published all the same.
        if entry.key != "$ref" {
            check_name(diagnostics, &entry.key, entry.key_span);
            ignored.note("a header", &["Content-Type"], &entry.key, entry.key_span);
        }
    }
}

/// The name of a header is a token of HTTP: others cannot be sent.
fn check_name(diagnostics: &mut Diagnostics, name: &str, span: Span) {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        let message = "no header can have this name";
        diagnostics.push(
            wrong_value(span, message, "no such header is sent or read")
                .help("a header name has letters, digits and hyphens"),
        );
    }
}
