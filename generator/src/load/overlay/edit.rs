//! Changes of a tree at single places. Nodes are shared, by aliases of YAML and by values that an overlay
//! puts at several places, so a node is copied before it changes unless nobody else has it.

use std::collections::HashMap;

use super::search::{Path, child, len};
use crate::load::{Entry, NodeId, Tree, Value};

/// A tree that is changed, and how many places have each node.
pub(super) struct Editor<'t, 's> {
    pub(super) tree: &'t mut Tree<'s>,
    holders: Vec<u32>,
}

/// Why a value cannot be merged into another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Misfit {
    /// What the target is.
    pub(super) target: &'static str,
}

impl<'t, 's> Editor<'t, 's> {
    /// An editor for a tree.
    pub(super) fn new(tree: &'t mut Tree<'s>) -> Self {
        let mut editor = Self {
            holders: vec![0; tree.len()],
            tree,
        };
        for id in editor.tree.ids() {
            editor.hold_parts(id);
        }
        let root = editor.tree.root();
        editor.hold(root);
        editor
    }

    fn hold(&mut self, node: NodeId) {
        if let Some(count) = self.holders.get_mut(node.index()) {
            *count = count.saturating_add(1);
        }
    }

    fn hold_parts(&mut self, node: NodeId) {
        for at in 0..len(self.tree, node) {
            if let Some(part) = child(self.tree, node, at) {
                self.hold(part);
            }
        }
    }

    /// A node of its own with what another one holds. What is below stays shared.
    pub(super) fn copy(&mut self, node: NodeId) -> NodeId {
        let original = self.tree.node(node).clone();
        let copy = self.tree.push(original.value, original.span);
        self.holders.push(0);
        self.hold_parts(copy);
        copy
    }

    /// The node at a path, which no other place has.
    fn own(&mut self, path: &[u32]) -> Option<NodeId> {
        let mut node = self.tree.root();
        for at in path {
            node = self.own_child(node, *at as usize)?;
        }
        Some(node)
    }

    /// A part of a node that no other place has. The node itself must be owned.
    fn own_child(&mut self, node: NodeId, at: usize) -> Option<NodeId> {
        let part = child(self.tree, node, at)?;
        if self
            .holders
            .get(part.index())
            .is_none_or(|count| *count < 2)
        {
            return Some(part);
        }
        let copy = self.copy(part);
        self.put(node, at, copy);
        Some(copy)
    }

    /// Puts another value in the place of an entry or item.
    fn put(&mut self, node: NodeId, at: usize, value: NodeId) {
        self.hold(value);
        match &mut self.tree.node_mut(node).value {
            Value::Sequence(items) => {
                if let Some(item) = items.get_mut(at) {
                    *item = value;
                }
            }
            Value::Mapping(entries) => {
                if let Some(entry) = entries.get_mut(at) {
                    entry.value = value;
                }
            }
            _ => {}
        }
    }

    /// Takes away what stands at a path; not the root.
    pub(super) fn remove(&mut self, path: &Path) {
        let Some((at, parent)) = path.split_last() else {
            return;
        };
        let Some(parent) = self.own(parent) else {
            return;
        };
        let at = *at as usize;
        match &mut self.tree.node_mut(parent).value {
            Value::Sequence(items) if at < items.len() => drop(items.remove(at)),
            Value::Mapping(entries) if at < entries.len() => drop(entries.remove(at)),
            _ => {}
        }
    }

    /// Merges a value into what stands at a path: mappings by key, sequences by appending; a scalar is
    /// replaced by another one.
    pub(super) fn update(&mut self, path: &Path, value: NodeId) -> Result<(), Misfit> {
        let Some(target) = self.own(path) else {
            // An earlier place of the same action has replaced what was around this one.
            return Ok(());
        };
        match (self.tree.value(target), self.tree.value(value)) {
            (Value::Mapping(_), Value::Mapping(_)) => self.merge(target, value),
            (Value::Sequence(_), Value::Sequence(_)) => self.append_all(target, value),
            (Value::Sequence(_), _) => self.append(target, value),
            (Value::Mapping(_), _) => {
                return Err(Misfit {
                    target: "a mapping",
                });
            }
            (_, Value::Mapping(_) | Value::Sequence(_)) => {
                return Err(Misfit { target: "a scalar" });
            }
            _ => {
                if let Some((at, parent)) = path.split_last()
                    && let Some(parent) = self.own(parent)
                {
                    self.put(parent, *at as usize, value);
                }
            }
        }
        Ok(())
    }

    fn append(&mut self, target: NodeId, value: NodeId) {
        self.hold(value);
        if let Value::Sequence(items) = &mut self.tree.node_mut(target).value {
            items.push(value);
        }
    }

    fn append_all(&mut self, target: NodeId, values: NodeId) {
        for value in self.tree.items(values).to_vec() {
            self.append(target, value);
        }
    }

    /// Merges one mapping into another that no other place has. It calls itself once per level of the
    /// overlay, whose depth is bounded.
    fn merge(&mut self, target: NodeId, value: NodeId) {
        let entries = self.tree.entries(target).iter().enumerate();
        let known: HashMap<_, _> = entries.map(|(at, entry)| (entry.key.clone(), at)).collect();
        for entry in self.tree.entries(value).to_vec() {
            match known.get(&entry.key) {
                Some(at) => self.merge_entry(target, *at, entry),
                None => {
                    self.hold(entry.value);
                    if let Value::Mapping(entries) = &mut self.tree.node_mut(target).value {
                        entries.push(entry);
                    }
                }
            }
        }
    }

    fn merge_entry(&mut self, target: NodeId, at: usize, new: Entry<'s>) {
        let Some(old) = self.own_child(target, at) else {
            return;
        };
        match (self.tree.value(old), self.tree.value(new.value)) {
            (Value::Mapping(_), Value::Mapping(_)) => self.merge(old, new.value),
            (Value::Sequence(_), Value::Sequence(_)) => self.append_all(old, new.value),
            _ => {
                self.hold(new.value);
                if let Value::Mapping(entries) = &mut self.tree.node_mut(target).value
                    && let Some(entry) = entries.get_mut(at)
                {
                    *entry = new;
                }
            }
        }
    }
}
