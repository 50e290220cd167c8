//! What the specification forbids between the parts of one object, where each part by itself is as it
//! should be.
//!
//! The checks go over the objects that the grammar finds, and so over those that nothing refers to as
//! well. They are the same for every version: what only some versions forbid is told by `upgrade`.

mod document;
mod exclusive;
mod headers;
mod parameters;
mod query;
mod servers;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::grammar::Kind;
use crate::load::{Entry, NodeId, Tree, Value};
use crate::source::Span;

use headers::IgnoredHeaders;

/// Reports what is forbidden in any object of the document.
pub(super) fn check(diagnostics: &mut Diagnostics, tree: &Tree<'_>, objects: &[(Kind, NodeId)]) {
    document::check(diagnostics, tree);
    let mut ignored = IgnoredHeaders::default();
    for (kind, node) in objects.iter().copied() {
        // What stands beside a `$ref` is no part of the object.
        if kind != Kind::PathItem && kind != Kind::Schema && present(tree, node, "$ref").is_some() {
            continue;
        }
        exclusive::check(diagnostics, tree, kind, node);
        match kind {
            Kind::Parameter => {
                parameters::check(diagnostics, tree, node);
                headers::check_parameter(diagnostics, &mut ignored, tree, node);
            }
            Kind::Header => parameters::check_header(diagnostics, tree, node),
            Kind::PathItem => query::check(diagnostics, tree, node),
            Kind::Response | Kind::Encoding => {
                headers::check_names(diagnostics, &mut ignored, tree, node);
            }
            Kind::ServerVariable => servers::check(diagnostics, tree, node),
            _ => {}
        }
    }
    ignored.report(diagnostics);
}

/// The entry of an object under a key; `null` counts as absent, as documents use it.
fn present<'t, 's>(tree: &'t Tree<'s>, node: NodeId, key: &str) -> Option<&'t Entry<'s>> {
    let entry = tree.entry(node, key)?;
    (*tree.value(entry.value) != Value::Null).then_some(entry)
}

/// The text of an object under a key.
fn text<'t>(tree: &'t Tree<'_>, node: NodeId, key: &str) -> Option<&'t str> {
    tree.string(tree.get(node, key)?)
}

/// A value that the specification does not allow here.
fn wrong_value(span: Span, message: impl Into<String>, label: &str) -> Diagnostic {
    Diagnostic::warning(Code::WrongValue, span, message).label(label)
}

#[cfg(test)]
mod tests;
