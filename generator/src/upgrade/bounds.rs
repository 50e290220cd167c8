//! `exclusiveMinimum: true` beside `minimum: n` (3.0) becomes `exclusiveMinimum: n` (D3).

use crate::load::{NodeId, Tree, Value};
use crate::source::Span;

use super::edit;

/// Rewrites one schema; gives the places of the boolean bounds.
pub(super) fn rewrite(tree: &mut Tree<'_>, schema: NodeId) -> Vec<Span> {
    let pairs = [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ];
    pairs
        .into_iter()
        .filter_map(|(exclusive, bound)| rewrite_pair(tree, schema, exclusive, bound))
        .collect()
}

fn rewrite_pair(tree: &mut Tree<'_>, schema: NodeId, exclusive: &str, bound: &str) -> Option<Span> {
    let entry = tree.entry(schema, exclusive)?;
    let span = entry.key_span;
    let Value::Bool(is_exclusive) = *tree.value(entry.value) else {
        return None;
    };
    let limit = tree.get(schema, bound);
    match limit.filter(|_| is_exclusive) {
        Some(limit) => {
            if let Value::Mapping(entries) = &mut tree.node_mut(schema).value {
                for entry in entries.iter_mut().filter(|entry| entry.key == exclusive) {
                    entry.value = limit;
                }
            }
            edit::remove(tree, schema, bound);
        }
        None => edit::remove(tree, schema, exclusive),
    }
    Some(span)
}
