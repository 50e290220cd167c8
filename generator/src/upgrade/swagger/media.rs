//! `consumes` and `produces` (X7).

use std::borrow::Cow;

use crate::load::{NodeId, Tree, Value};

use super::edit;

/// The media types that hold for an operation.
#[derive(Debug, Default, Clone)]
pub(super) struct MediaTypes<'s> {
    /// Those of request bodies.
    pub(super) consumes: Vec<Cow<'s, str>>,
    /// Those of responses.
    pub(super) produces: Vec<Cow<'s, str>>,
}

impl<'s> MediaTypes<'s> {
    /// The media types of an object that may declare its own, which replace these. An empty list
    /// clears them.
    pub(super) fn overridden(&self, tree: &mut Tree<'s>, object: NodeId) -> Self {
        let mut list = |key, inherited: &Vec<Cow<'s, str>>| {
            take_list(tree, object, key).unwrap_or_else(|| inherited.clone())
        };
        Self {
            consumes: list("consumes", &self.consumes),
            produces: list("produces", &self.produces),
        }
    }
}

/// Takes a list of texts from an object. A single text counts as a list of one.
fn take_list<'s>(tree: &mut Tree<'s>, object: NodeId, key: &str) -> Option<Vec<Cow<'s, str>>> {
    let list = tree.get(object, key)?;
    let nodes = match tree.value(list) {
        Value::Sequence(items) => items.clone(),
        Value::String(_) => vec![list],
        // A mistake, which is told as an unknown key.
        _ => return None,
    };
    edit::remove(tree, object, key);
    let texts = nodes.into_iter().filter_map(|node| match tree.value(node) {
        Value::String(text) => Some(text.clone()),
        _ => None,
    });
    Some(texts.collect())
}

/// Whether values of a media type are JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// The declared media types, or the one that is meant where none is declared.
pub(super) fn or_json<'s>(declared: &[Cow<'s, str>]) -> Vec<Cow<'s, str>> {
    if declared.is_empty() {
        return vec![Cow::Borrowed("application/json")];
    }
    let mut types: Vec<Cow<'s, str>> = Vec::with_capacity(declared.len());
    for media_type in declared {
        if !types.contains(media_type) {
            types.push(media_type.clone());
        }
    }
    types
}
