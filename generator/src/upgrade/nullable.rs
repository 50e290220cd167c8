//! `nullable: true` (3.0) and `x-nullable: true` become a `"null"` in `type` (A2, H8, W1).

use std::borrow::Cow;

use crate::load::{NodeId, Tree, Value};
use crate::source::Span;

use super::edit;

/// Rewrites one schema; gives the place of each `nullable` that said `true`.
pub(super) fn rewrite(tree: &mut Tree<'_>, schema: NodeId) -> Option<Span> {
    let mut place = None;
    for key in ["nullable", "x-nullable"] {
        let Some(entry) = tree.entry(schema, key) else {
            continue;
        };
        let (span, value) = (entry.key_span, entry.value);
        match tree.value(value) {
            Value::Bool(true) => {
                if key == "nullable" {
                    place = Some(span);
                }
                if widen_type(tree, schema, span) {
                    edit::remove(tree, schema, key);
                } else if key == "x-nullable" {
                    edit::rename(tree, schema, key, "nullable");
                }
            }
            Value::Bool(false) => edit::remove(tree, schema, key),
            // Anything else is a mistake of the document, which `spec` reports.
            _ => {}
        }
    }
    place
}

/// Adds `"null"` to the `type` of a schema; false if it has no type.
fn widen_type(tree: &mut Tree<'_>, schema: NodeId, span: Span) -> bool {
    let Some(node) = tree.get(schema, "type") else {
        return false;
    };
    let mut types = match tree.value(node) {
        Value::String(_) => vec![node],
        Value::Sequence(items) => items.clone(),
        _ => return false,
    };
    if !types.iter().any(|item| tree.string(*item) == Some("null")) {
        types.push(tree.push(Value::String(Cow::Borrowed("null")), span));
    }
    let type_span = tree.span(node);
    let widened = tree.push(Value::Sequence(types), type_span);
    if let Value::Mapping(entries) = &mut tree.node_mut(schema).value {
        for entry in entries.iter_mut().filter(|entry| entry.key == "type") {
            entry.value = widened;
        }
    }
    true
}
