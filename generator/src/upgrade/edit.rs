//! How the tree is changed, so that pointers into the old document stay true.

use std::borrow::Cow;

use crate::load::{Entry, NodeId, Tree, Value};
use crate::source::Span;

/// Takes an entry out of a mapping.
pub(super) fn remove(tree: &mut Tree<'_>, mapping: NodeId, key: &str) {
    if let Value::Mapping(entries) = &mut tree.node_mut(mapping).value {
        entries.retain(|entry| entry.key != key);
    }
}

/// Takes an entry out of a mapping, to use its value elsewhere: pointers still find it.
pub(super) fn take<'s>(tree: &mut Tree<'s>, mapping: NodeId, key: &str) -> Option<Entry<'s>> {
    let Value::Mapping(entries) = &mut tree.node_mut(mapping).value else {
        return None;
    };
    let at = entries.iter().position(|entry| entry.key == key)?;
    let entry = entries.remove(at);
    remember(tree, mapping, &entry);
    Some(entry)
}

/// Remembers an entry that moves elsewhere, if there is anything below it that a pointer could name.
pub(super) fn remember<'s>(tree: &mut Tree<'s>, mapping: NodeId, entry: &Entry<'s>) {
    if matches!(
        tree.value(entry.value),
        Value::Mapping(_) | Value::Sequence(_)
    ) {
        tree.remember_entry(mapping, entry.clone());
    }
}

/// Adds an entry, or replaces the value under its key.
pub(super) fn set<'s>(
    tree: &mut Tree<'s>,
    mapping: NodeId,
    key: impl Into<Cow<'s, str>>,
    key_span: Span,
    value: NodeId,
) {
    let key = key.into();
    if let Value::Mapping(entries) = &mut tree.node_mut(mapping).value {
        match entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => entry.value = value,
            None => entries.push(Entry {
                key,
                key_span,
                value,
            }),
        }
    }
}

/// Calls an entry by another name, at the same place among the others. Where there is an entry of
/// that name already, it counts, and this one is taken away.
pub(super) fn rename<'s>(
    tree: &mut Tree<'s>,
    mapping: NodeId,
    from: &str,
    to: impl Into<Cow<'s, str>>,
) {
    let to = to.into();
    if tree.entry(mapping, &to).is_some() {
        remove(tree, mapping, from);
        return;
    }
    let Some(entry) = tree.entry(mapping, from).cloned() else {
        return;
    };
    remember(tree, mapping, &entry);
    if let Value::Mapping(entries) = &mut tree.node_mut(mapping).value {
        for entry in entries.iter_mut().filter(|entry| entry.key == from) {
            entry.key = to.clone();
        }
    }
}

/// A new text.
pub(super) fn text<'s>(tree: &mut Tree<'s>, text: impl Into<Cow<'s, str>>, span: Span) -> NodeId {
    tree.push(Value::String(text.into()), span)
}

/// A new mapping.
pub(super) fn mapping<'s, K: Into<Cow<'s, str>>>(
    tree: &mut Tree<'s>,
    entries: impl IntoIterator<Item = (K, NodeId)>,
    span: Span,
) -> NodeId {
    let entries = entries
        .into_iter()
        .map(|(key, value)| Entry {
            key: key.into(),
            key_span: span,
            value,
        })
        .collect();
    tree.push(Value::Mapping(entries), span)
}
