//! `discriminator: petType` (2.0) becomes an object with a `propertyName` (X9), and
//! `x-ms-discriminator-value` an entry of its `mapping` (W8).

use std::borrow::Cow;

use crate::load::{NodeId, Tree, Value};
use crate::source::Span;

use super::{edit, swagger};

/// How many schemas lie between a child and the base that has the discriminator.
const MAX_GENERATIONS: usize = 16;

/// Rewrites one schema; gives the place of the old spelling.
pub(super) fn rewrite(tree: &mut Tree<'_>, schema: NodeId) -> Option<Span> {
    let entry = tree.entry(schema, "discriminator")?;
    let (key_span, name) = (entry.key_span, entry.value);
    tree.string(name)?;
    let span = tree.span(name);
    let object = edit::mapping(tree, [("propertyName", name)], span);
    edit::set(tree, schema, "discriminator", key_span, object);
    Some(key_span)
}

/// Adds the values that children say of themselves to the mappings of their bases.
pub(super) fn add_vendor_values(tree: &mut Tree<'_>) {
    let components = tree.get(tree.root(), "components");
    let Some(schemas) = components.and_then(|node| tree.get(node, "schemas")) else {
        return;
    };
    let mut found = Vec::new();
    for entry in tree.entries(schemas) {
        let value = tree.entry(entry.value, "x-ms-discriminator-value");
        if let Some(value) = value
            && let Value::String(text) = tree.value(value.value)
            && let Some(discriminator) = discriminator_of(tree, entry.value)
        {
            let name = entry.key.replace('~', "~0").replace('/', "~1");
            let target = format!("#/components/schemas/{name}");
            found.push((discriminator, text.clone(), target, value.key_span));
        }
    }
    for (discriminator, value, target, span) in found {
        let mapping = tree.get(discriminator, "mapping").unwrap_or_else(|| {
            let mapping = tree.push(Value::Mapping(Vec::new()), span);
            edit::set(tree, discriminator, "mapping", span, mapping);
            mapping
        });
        if tree.get(mapping, &value).is_none() {
            let target = edit::text(tree, Cow::<str>::Owned(target), span);
            edit::set(tree, mapping, value, span, target);
        }
    }
}

/// The discriminator object of the base that a schema descends from by `allOf`.
fn discriminator_of(tree: &Tree<'_>, schema: NodeId) -> Option<NodeId> {
    let mut generation = vec![schema];
    for _ in 0..MAX_GENERATIONS {
        let own = generation
            .iter()
            .find_map(|node| tree.get(*node, "discriminator"));
        if own.is_some() {
            return own;
        }
        let parents = generation
            .iter()
            .filter_map(|node| tree.get(*node, "allOf"));
        let parents = parents.flat_map(|list| tree.items(list));
        // A wide family is not followed further than a narrow one.
        let parents = parents.take(MAX_GENERATIONS);
        generation = parents
            .map(|node| swagger::followed(tree, *node).map_or(*node, |(node, _)| node))
            .collect();
    }
    None
}
