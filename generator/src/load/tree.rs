//! The spanned tree that YAML and JSON are read into.

mod former;
mod index;
mod json_value;
mod pointer;

pub(crate) use former::FormerPlace;

use std::borrow::Cow;
use std::collections::HashMap;

use self::index::Index;
use super::files::Files;
use crate::source::Span;

/// A node of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// The place of the node in its tree, for tables beside it.
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }

    /// The same node in a tree that has so many others before it.
    fn behind(self, others: u32) -> Self {
        Self(self.0.saturating_add(others))
    }
}

/// A document as an arena of nodes, and beside it every file that it refers to. A YAML alias shares the node of its anchor, so the tree is a
/// directed graph without cycles whose expanded size is bounded by [`super::Limits`].
#[derive(Debug, Clone)]
pub struct Tree<'s> {
    nodes: Vec<Node<'s>>,
    root: NodeId,
    /// Entries that mappings had before the upgrade, by mapping.
    former_entries: HashMap<NodeId, Vec<Entry<'s>>>,
    /// Where nodes stood before the upgrade.
    former_places: HashMap<NodeId, FormerPlace<'s>>,
    /// How large the tree is with every alias replaced, in units of [`super::Limits`].
    expanded: usize,
    files: Files,
    index: Index,
}

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node<'s> {
    /// What it is.
    pub value: Value<'s>,
    /// Where it is written.
    pub span: Span,
}

/// A value of the JSON data model. Scalars keep the text that they were written as, so that a
/// version `1.10` and an integer beyond 64 bits stay what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'s> {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(Cow<'s, str>),
    /// A string, unescaped.
    String(Cow<'s, str>),
    /// A sequence.
    Sequence(Vec<NodeId>),
    /// A mapping in the order of the document; keys are unique.
    Mapping(Vec<Entry<'s>>),
}

/// A key of a mapping with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'s> {
    /// The key. Keys that are not strings in YAML (`200:`) are read as they are written.
    pub key: Cow<'s, str>,
    /// Where the key is written.
    pub key_span: Span,
    /// The value.
    pub value: NodeId,
}

impl<'s> Tree<'s> {
    /// A tree that nodes are yet to be added to; its root is the first of them.
    pub(super) fn without_nodes() -> Self {
        Self {
            nodes: Vec::new(),
            root: NodeId(0),
            former_entries: HashMap::new(),
            former_places: HashMap::new(),
            expanded: 0,
            files: Files::default(),
            index: Index::default(),
        }
    }

    /// The root node.
    #[must_use]
    pub const fn root(&self) -> NodeId {
        self.root
    }

    /// Says which node is the root, and how large the tree is with every alias replaced.
    pub(super) fn complete(&mut self, root: NodeId, expanded: usize) {
        self.root = root;
        self.expanded = expanded;
    }

    /// How large the tree is with every alias replaced.
    pub(super) const fn expanded(&self) -> usize {
        self.expanded
    }

    /// Adds all nodes of another tree, and gives the root of it in here.
    pub(super) fn absorb(&mut self, other: Self) -> NodeId {
        let others = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.expanded = self.expanded.saturating_add(other.expanded);
        self.nodes.extend(other.nodes.into_iter().map(|mut node| {
            match &mut node.value {
                Value::Sequence(items) => {
                    items
                        .iter_mut()
                        .for_each(|item| *item = item.behind(others));
                }
                Value::Mapping(entries) => entries
                    .iter_mut()
                    .for_each(|entry| entry.value = entry.value.behind(others)),
                _ => {}
            }
            node
        }));
        other.root.behind(others)
    }

    /// The files that the tree was read from.
    pub(crate) const fn files(&self) -> &Files {
        &self.files
    }

    /// The files, to add one.
    pub(super) fn files_mut(&mut self) -> &mut Files {
        &mut self.files
    }

    /// How many nodes there are, each counted once.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node; never true of a tree that was loaded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Every node, also those that nothing leads to.
    pub(super) fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        let len = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        (0..len).map(NodeId)
    }

    /// Adds a node.
    pub(crate) fn push(&mut self, value: Value<'s>, span: Span) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node { value, span });
        id
    }

    /// The node behind an id of this tree.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node<'s> {
        &self.nodes[id.0 as usize]
    }

    /// The node behind an id, to change it.
    pub(crate) fn node_mut(&mut self, id: NodeId) -> &mut Node<'s> {
        self.index.forget(id);
        &mut self.nodes[id.0 as usize]
    }

    /// The value of a node.
    #[must_use]
    pub fn value(&self, id: NodeId) -> &Value<'s> {
        &self.node(id).value
    }

    /// Where a node is written.
    #[must_use]
    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// The entries of a mapping; none if it is something else.
    #[must_use]
    pub fn entries(&self, id: NodeId) -> &[Entry<'s>] {
        match self.value(id) {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; none if it is something else.
    #[must_use]
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match self.value(id) {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The entry of a mapping with this key.
    #[must_use]
    pub fn entry(&self, id: NodeId, key: &str) -> Option<&Entry<'s>> {
        self.index.find(id, self.entries(id), key)
    }

    /// The value of a mapping under this key.
    #[must_use]
    pub fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.entry(id, key).map(|entry| entry.value)
    }

    /// The string that a node is, if it is one.
    #[must_use]
    pub fn string(&self, id: NodeId) -> Option<&str> {
        match self.value(id) {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}
