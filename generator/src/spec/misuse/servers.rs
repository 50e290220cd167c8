//! The values that a server variable may have (A10).

use crate::diagnostic::Diagnostics;
use crate::load::{NodeId, Tree, Value};

use super::{present, wrong_value};

/// Reports an `enum` without values, and a `default` that is not one of them.
pub(super) fn check(diagnostics: &mut Diagnostics, tree: &Tree<'_>, node: NodeId) {
    let Some(entry) = present(tree, node, "enum") else {
        return;
    };
    let Value::Sequence(values) = tree.value(entry.value) else {
        return;
    };
    if values.is_empty() {
        let message = "the `enum` of a server variable must have a value";
        diagnostics.push(wrong_value(entry.key_span, message, "any value is taken"));
        return;
    }
    let Some(default) = present(tree, node, "default") else {
        return;
    };
    let default = default.value;
    // Unquoted ports are numbers, and mean their texts.
    let text = |node| match tree.value(node) {
        Value::String(text) | Value::Number(text) => Some(text),
        _ => None,
    };
    if !values.iter().any(|value| text(*value) == text(default)) {
        let message = "the `default` of a server variable must be one of its `enum`";
        diagnostics.push(
            wrong_value(
                tree.span(default),
                message,
                "this value is none of them, and the first is taken",
            )
            .related(tree.span(entry.value), "these are the values"),
        );
    }
}
