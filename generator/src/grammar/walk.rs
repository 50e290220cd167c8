//! A walk over every object of a document, by the grammar.

use std::collections::HashSet;

use super::{Below, Kind};
use crate::load::{NodeId, Tree};

/// Every object of the document with its kind, each once, parents before children.
///
/// The walk keeps a list of work rather than a call stack, so that depth costs nothing; a node that
/// several aliases share is visited once.
pub(crate) fn objects(tree: &Tree<'_>) -> Vec<(Kind, NodeId)> {
    below(tree, Kind::Document, tree.root())
}

/// An object and every object inside of it, likewise.
pub(crate) fn below(tree: &Tree<'_>, kind: Kind, node: NodeId) -> Vec<(Kind, NodeId)> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut work = vec![(kind, node)];
    while let Some((kind, node)) = work.pop() {
        if !seen.insert((kind, node)) {
            continue;
        }
        found.push((kind, node));
        let start = work.len();
        for entry in tree.entries(node) {
            if let Some(below) = kind.below(&entry.key) {
                push_below(tree, below, entry.value, &mut work);
            }
        }
        // The work list is a stack: reversed, the children come out in the order of the document.
        work[start..].reverse();
    }
    found
}

fn push_below(tree: &Tree<'_>, below: Below, node: NodeId, work: &mut Vec<(Kind, NodeId)>) {
    match below {
        Below::Data => {}
        Below::One(kind) => work.push((kind, node)),
        Below::List(kind) => work.extend(tree.items(node).iter().map(|item| (kind, *item))),
        Below::Map(kind) => {
            work.extend(tree.entries(node).iter().map(|entry| (kind, entry.value)));
        }
        Below::ExtensibleMap(kind) => {
            let entries = tree
                .entries(node)
                .iter()
                .filter(|entry| !entry.key.starts_with("x-"));
            work.extend(entries.map(|entry| (kind, entry.value)));
        }
        Below::MapOfMaps(kind) => {
            for outer in tree.entries(node) {
                push_below(tree, Below::ExtensibleMap(kind), outer.value, work);
            }
        }
        Below::OneOrList(kind) => {
            if tree.items(node).is_empty() {
                work.push((kind, node));
            } else {
                push_below(tree, Below::List(kind), node, work);
            }
        }
    }
}
