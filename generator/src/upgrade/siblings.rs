//! What stands beside a `$ref` in a schema of 2.0 or 3.0: notes count, and the rest is no part of it (B5).

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::grammar::Kind;
use crate::load::{NodeId, Tree, Value};

use super::edit;

/// What says something about the place of a `$ref`, or is only there to be referred to. `nullable` is meant
/// by whoever writes it, and widens the type only.
const KEPT: &[&str] = &[
    "$ref",
    "$id",
    "$schema",
    "$anchor",
    "$dynamicAnchor",
    "$vocabulary",
    "$comment",
    "$defs",
    "definitions",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "nullable",
    "externalDocs",
    "xml",
];

/// Takes away what does not count beside the `$ref` of a schema.
pub(super) fn rewrite(diagnostics: &mut Diagnostics, tree: &mut Tree<'_>, schema: NodeId) {
    let reference = tree.get(schema, "$ref").and_then(|node| tree.string(node));
    if reference.is_none() {
        return;
    }
    let is_ignored = |key: &str| Kind::Schema.below(key).is_some() && !KEPT.contains(&key);
    let entries = tree.entries(schema).iter();
    // A flag belongs to the object that has the property, which takes it from here (X12).
    let is_flag = |node: NodeId| matches!(tree.value(node), Value::Bool(_));
    let entries = entries.filter(|entry| {
        is_ignored(&entry.key) && !(entry.key == "required" && is_flag(entry.value))
    });
    let ignored: Vec<_> = entries
        .map(|entry| (entry.key.clone(), entry.key_span))
        .collect();
    let Some(((first, span), others)) = ignored.split_first() else {
        return;
    };
    let (what, counts) = match others.len() {
        0 => (quoted(first), "does not count"),
        1 => (
            format!("{} and another keyword", quoted(first)),
            "do not count",
        ),
        n => (
            format!("{} and {n} other keywords", quoted(first)),
            "do not count",
        ),
    };
    let message = format!("{what} beside a `$ref` {counts} before OpenAPI 3.1");
    let mut finding = Diagnostic::warning(Code::RefSibling, *span, message).label("ignored");
    for (_, span) in others.iter().take(2) {
        finding = finding.related(*span, "ignored as well");
    }
    diagnostics.push(
        finding.help(
            "write both into an `allOf`, or set `ref_siblings = \"apply\"` in `oarlock.toml`",
        ),
    );
    for (key, _) in &ignored {
        edit::take(tree, schema, key);
    }
}
