//! `dependencies` (before 2019-09) becomes `dependentRequired` and `dependentSchemas` (A4).

use crate::load::{Entry, NodeId, Tree, Value};
use crate::source::Span;

use super::edit;

/// Rewrites one schema; gives the place of the old spelling.
pub(super) fn rewrite(tree: &mut Tree<'_>, schema: NodeId) -> Option<Span> {
    let entry = tree.entry(schema, "dependencies")?;
    if !matches!(tree.value(entry.value), Value::Mapping(_)) {
        return None;
    }
    let old = edit::take(tree, schema, "dependencies")?;
    let (mut required, mut schemas) = (Vec::new(), Vec::new());
    for entry in tree.entries(old.value).to_vec() {
        match tree.value(entry.value) {
            Value::Sequence(_) => required.push(entry),
            // Draft-03 had a single name without a list.
            Value::String(_) => {
                let span = tree.span(entry.value);
                let value = tree.push(Value::Sequence(vec![entry.value]), span);
                required.push(Entry { value, ..entry });
            }
            _ => schemas.push(entry),
        }
    }
    add(tree, schema, "dependentRequired", old.key_span, required);
    add(tree, schema, "dependentSchemas", old.key_span, schemas);
    Some(old.key_span)
}

/// Adds entries to the mapping under a key; what is written there already counts.
fn add<'s>(
    tree: &mut Tree<'s>,
    schema: NodeId,
    key: &'static str,
    span: Span,
    entries: Vec<Entry<'s>>,
) {
    if entries.is_empty() {
        return;
    }
    let mapping = tree.get(schema, key).unwrap_or_else(|| {
        let mapping = tree.push(Value::Mapping(Vec::new()), span);
        edit::set(tree, schema, key, span, mapping);
        mapping
    });
    if let Value::Mapping(known) = &mut tree.node_mut(mapping).value {
        for entry in entries {
            if known.iter().all(|it| it.key != entry.key) {
                known.push(entry);
            }
        }
    }
}
