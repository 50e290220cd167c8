//! `required: true` on a property (draft-03, common in 2.0) becomes an entry in the list of the object
//! that has the property (X12).

use crate::load::{Entry, NodeId, Tree, Value};
use crate::source::Span;

use super::edit;

/// A property that says of itself whether it is required.
pub(super) struct Found {
    property: NodeId,
    pub(super) place: Span,
}

/// Adds what the properties of a schema say of themselves to its list; gives those properties. They
/// keep their flag for now, because another schema may share them.
pub(super) fn rewrite(tree: &mut Tree<'_>, schema: NodeId) -> Vec<Found> {
    let Some(properties) = tree.get(schema, "properties") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut names = Vec::new();
    for entry in tree.entries(properties) {
        let Some(flag) = flag(tree, entry.value) else {
            continue;
        };
        found.push(Found {
            property: entry.value,
            place: flag.key_span,
        });
        if *tree.value(flag.value) == Value::Bool(true) {
            names.push((entry.key.clone(), flag.key_span));
        }
    }
    let mut required = match tree.entry(schema, "required").map(|entry| entry.value) {
        None => Vec::new(),
        Some(list) => match tree.value(list) {
            Value::Sequence(items) => items.clone(),
            // The schema is such a property itself: its own flag moves first.
            Value::Bool(_) => Vec::new(),
            _ => return found,
        },
    };
    let Some((_, span)) = names.first() else {
        return found;
    };
    let span = *span;
    for (name, span) in names {
        required.push(edit::text(tree, name, span));
    }
    let list = tree.push(Value::Sequence(required), span);
    edit::set(tree, schema, "required", span, list);
    found
}

/// Takes the flags away.
pub(super) fn finish(tree: &mut Tree<'_>, found: &[Found]) {
    for found in found {
        if flag(tree, found.property).is_some() {
            edit::remove(tree, found.property, "required");
        }
    }
}

fn flag<'t, 's>(tree: &'t Tree<'s>, property: NodeId) -> Option<&'t Entry<'s>> {
    let entry = tree.entry(property, "required")?;
    matches!(tree.value(entry.value), Value::Bool(_)).then_some(entry)
}
