//! Swagger 2.0 to OpenAPI 3 (group X).
//!
//! Nothing is copied: what OpenAPI 3 keeps elsewhere is the same node at another place, and the tree
//! remembers the old one. So `#/definitions/Pet` keeps leading to the schema, and documentation and
//! messages name the place that the author wrote.

mod bodies;
mod files;
mod host_template;
mod media;
pub(super) mod parameters;
pub(super) mod responses;
pub(super) mod security;
mod servers;

use std::borrow::Cow;

use crate::diagnostic::Diagnostics;
use crate::grammar::{Below, Kind, walk};
use crate::load::{Entry, FormerPlace, NodeId, Tree, Value};
use crate::source::Span;

use super::edit;
use media::MediaTypes;

/// The sections of the root that became sections of `components` (X2).
const SECTIONS: [(&str, &str); 4] = [
    ("definitions", "schemas"),
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("securityDefinitions", "securitySchemes"),
];

/// How many references lead from one to the next before they are taken for a circle.
const MAX_STEPS: usize = 16;

/// Rewrites what only makes sense in a document that is Swagger 2.0 as a whole: its address, its
/// media types, and the parameters that became request bodies.
pub(super) fn document(diagnostics: &mut Diagnostics, tree: &mut Tree<'_>) {
    let root = tree.root();
    if let Some(swagger) = edit::take(tree, root, "swagger") {
        let newest = edit::text(tree, "3.2.0", tree.span(swagger.value));
        edit::set(tree, root, "openapi", swagger.key_span, newest);
    }
    let schemes = servers::document(diagnostics, tree);
    let media = MediaTypes::default().overridden(tree, root);
    let paths = walk::objects(tree);
    let paths = paths
        .into_iter()
        .filter(|(kind, _)| *kind == Kind::PathItem);
    for (_, item) in paths {
        let inherited = bodies::take_from_path(tree, item);
        for operation in operations(tree, item) {
            let own = media.overridden(tree, operation);
            servers::operation(tree, operation, &schemes);
            bodies::rewrite(diagnostics, tree, operation, &inherited, &own);
            responses::of_operation(tree, operation, &own, &media);
        }
    }
    for (kind, node) in walk::objects(tree) {
        if kind == Kind::Response {
            responses::rewrite(tree, node, &media.produces);
            edit::remove(tree, node, "examples");
        }
    }
}

/// Moves the sections of 2.0 below `components`; gives the keys that were there (X2).
pub(super) fn sections(tree: &mut Tree<'_>) -> Vec<Span> {
    let root = tree.root();
    let mut places = Vec::new();
    for (old, new) in SECTIONS {
        let Some(entry) = tree.entry(root, old) else {
            continue;
        };
        let (key_span, span) = (entry.key_span, tree.span(entry.value));
        places.push(key_span);
        if tree.get(root, "components").is_none() {
            let components = edit::mapping(tree, Vec::<(&str, NodeId)>::new(), span);
            edit::set(tree, root, "components", key_span, components);
        }
        let components = tree.get(root, "components");
        // Where both are written, those below `components` have the names, and references find the
        // others.
        let Some(components) = components.filter(|node| tree.get(*node, new).is_none()) else {
            continue;
        };
        if let Some(entry) = edit::take(tree, root, old) {
            edit::set(tree, components, new, key_span, entry.value);
            let place = FormerPlace {
                up: 1,
                down: vec![Cow::Borrowed(old)],
            };
            tree.remember_place(entry.value, place);
        }
    }
    places
}

/// The operations of a path item, in order.
fn operations(tree: &Tree<'_>, item: NodeId) -> Vec<NodeId> {
    let is_operation =
        |entry: &&Entry<'_>| Kind::PathItem.below(&entry.key) == Some(Below::One(Kind::Operation));
    let entries = tree.entries(item).iter().filter(is_operation);
    entries.map(|entry| entry.value).collect()
}

/// What a reference leads to, with the pointer of it. What is not a reference leads to nothing, and
/// neither does one that `lower` will complain about.
pub(super) fn followed<'s>(tree: &Tree<'s>, node: NodeId) -> Option<(NodeId, Cow<'s, str>)> {
    let mut found = None;
    let mut next = node;
    for _ in 0..MAX_STEPS {
        let Some(reference) = tree.get(next, "$ref") else {
            return found;
        };
        let Value::String(text) = tree.value(reference) else {
            return None;
        };
        next = tree.at_pointer(text.strip_prefix('#')?)?;
        found = Some((next, text.clone()));
    }
    None
}

/// The tokens of a pointer.
fn tokens<'s>(pointer: &str) -> Vec<Cow<'s, str>> {
    let tokens = pointer.split('/').skip(1);
    let unescaped = tokens.map(|token| token.replace("~1", "/").replace("~0", "~"));
    unescaped.map(Cow::Owned).collect()
}

#[cfg(test)]
mod tests;
