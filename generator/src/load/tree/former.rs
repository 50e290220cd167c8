//! What a document was before it was upgraded.
//!
//! A pointer that a user wrote, in a `$ref` or in the configuration, keeps leading where it led; and
//! a pointer that a user gets to read leads to what stands in the document.

use std::borrow::Cow;

use super::{Entry, NodeId, Tree};

/// Where a node stood before the upgrade, seen from the object or mapping that it stands in now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormerPlace<'s> {
    /// How many steps up. More than there are lead to the root.
    pub(crate) up: usize,
    /// The keys from there down.
    pub(crate) down: Vec<Cow<'s, str>>,
}

impl<'s> Tree<'s> {
    /// Remembers an entry that a mapping had, so that pointers still find it.
    pub(crate) fn remember_entry(&mut self, mapping: NodeId, entry: Entry<'s>) {
        self.former_entries.entry(mapping).or_default().push(entry);
    }

    /// Remembers where a node stood, unless that is known.
    pub(crate) fn remember_place(&mut self, node: NodeId, place: FormerPlace<'s>) {
        self.former_places.entry(node).or_insert(place);
    }

    /// Where a node stood, if it was moved.
    pub(crate) fn former_place(&self, node: NodeId) -> Option<&FormerPlace<'s>> {
        self.former_places.get(&node)
    }

    /// What was under a key of a mapping. A key can only have been taken away once; where an object
    /// is shared by several places, the first of them counts.
    pub(super) fn former_entry(&self, mapping: NodeId, key: &str) -> Option<NodeId> {
        let entries = self.former_entries.get(&mapping)?;
        let found = entries.iter().find(|entry| entry.key == key);
        found.map(|entry| entry.value)
    }
}
