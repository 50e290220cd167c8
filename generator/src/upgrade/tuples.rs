//! A list under `items` with `additionalItems` behind it (before 2020-12) becomes `prefixItems` and
//! `items` (F6).

use crate::load::{NodeId, Tree, Value};
use crate::source::Span;

use super::edit;

/// Rewrites one schema; gives the place of the old spelling.
pub(super) fn rewrite(tree: &mut Tree<'_>, schema: NodeId) -> Option<Span> {
    let additional = tree.entry(schema, "additionalItems");
    let additional = additional.map(|entry| entry.key_span);
    let list = tree.entry(schema, "items");
    let list = list.filter(|entry| matches!(tree.value(entry.value), Value::Sequence(_)));
    let Some(span) = list.map(|entry| entry.key_span) else {
        // Beside a single schema, or none, it never meant anything.
        edit::remove(tree, schema, "additionalItems");
        return additional;
    };
    edit::rename(tree, schema, "items", "prefixItems");
    edit::rename(tree, schema, "additionalItems", "items");
    Some(span)
}
