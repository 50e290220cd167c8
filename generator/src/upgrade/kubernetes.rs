//! What Kubernetes says in extensions because its version of OpenAPI has no word for it (W5).

use crate::load::{NodeId, Tree, Value};

use super::edit;

/// Rewrites one schema.
pub(super) fn rewrite(tree: &mut Tree<'_>, schema: NodeId) {
    let format = tree.get(schema, "format");
    let by_format = format.and_then(|node| tree.string(node)) == Some("int-or-string");
    if by_format || is_set(tree, schema, "x-kubernetes-int-or-string") {
        either_type(tree, schema);
        if by_format {
            edit::remove(tree, schema, "format");
        }
    }
    if is_set(tree, schema, "x-kubernetes-preserve-unknown-fields")
        && tree.get(schema, "additionalProperties").is_none()
    {
        let span = tree.span(schema);
        let anything = tree.push(Value::Bool(true), span);
        edit::set(tree, schema, "additionalProperties", span, anything);
    }
}

fn is_set(tree: &Tree<'_>, schema: NodeId, key: &str) -> bool {
    let flag = tree.get(schema, key);
    flag.is_some_and(|flag| *tree.value(flag) == Value::Bool(true))
}

/// An integer or a text, whatever the type says; a union that is written out says it already.
fn either_type(tree: &mut Tree<'_>, schema: NodeId) {
    if ["oneOf", "anyOf", "allOf"]
        .iter()
        .any(|key| tree.get(schema, key).is_some())
    {
        return;
    }
    let entry = tree.entry(schema, "type").map(|entry| entry.value);
    let types = match entry.map(|node| tree.value(node)) {
        Some(Value::Sequence(items)) => items.clone(),
        _ => Vec::new(),
    };
    // A `"null"` that stands beside them stays.
    let null = types
        .into_iter()
        .find(|item| tree.string(*item) == Some("null"));
    let span = tree.span(entry.unwrap_or(schema));
    let mut types = vec![
        edit::text(tree, "integer", span),
        edit::text(tree, "string", span),
    ];
    types.extend(null);
    let types = tree.push(Value::Sequence(types), span);
    edit::set(tree, schema, "type", span, types);
}
