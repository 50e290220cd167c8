//! Keys of large mappings, found without a look at each of them.
//!
//! References into a mapping of components ask for its keys again and again, so that a document with
//! 100,000 of them would cost the square of that.

use std::cell::RefCell;
use std::collections::HashMap;

use super::{Entry, NodeId};

/// Mappings up to this size are looked through, which is as fast.
const SMALL: usize = 32;

/// After so many lookups a table of the keys is made. A mapping that is changed between lookups never gets there.
const LOOKUPS: usize = 16;

/// The tables of the keys, by mapping.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    mappings: RefCell<HashMap<NodeId, Keys>>,
}

/// The keys of one mapping.
#[derive(Debug, Clone, Default)]
struct Keys {
    lookups: usize,
    /// Where each key stands; empty until there were enough lookups.
    places: HashMap<Box<str>, usize>,
}

impl Index {
    /// The entry with this key, of the entries of a mapping.
    pub(super) fn find<'e, 's>(
        &self,
        mapping: NodeId,
        entries: &'e [Entry<'s>],
        key: &str,
    ) -> Option<&'e Entry<'s>> {
        if entries.len() <= SMALL {
            return entries.iter().find(|entry| entry.key == key);
        }
        let mut mappings = self.mappings.borrow_mut();
        let keys = mappings.entry(mapping).or_default();
        keys.lookups += 1;
        if keys.lookups < LOOKUPS {
            return entries.iter().find(|entry| entry.key == key);
        }
        if keys.places.is_empty() {
            // The first of two that are equal is the one that counts.
            let places = entries.iter().enumerate().rev();
            keys.places = places
                .map(|(place, entry)| (Box::from(&*entry.key), place))
                .collect();
        }
        entries.get(*keys.places.get(key)?)
    }

    /// Takes notice that a mapping may have changed.
    pub(super) fn forget(&mut self, mapping: NodeId) {
        self.mappings.get_mut().remove(&mapping);
    }
}

#[cfg(test)]
mod tests {
    use crate::load::tree::{Entry, Tree, Value};
    use crate::source::Span;

    fn entry(tree: &mut Tree<'static>, key: String) -> Entry<'static> {
        let value = tree.push(Value::String(key.clone().into()), Span::default());
        Entry {
            key: key.into(),
            key_span: Span::default(),
            value,
        }
    }

    #[test]
    fn keys_of_large_mappings_are_found_before_and_after_a_change() {
        let mut tree = Tree::without_nodes();
        let mut entries: Vec<_> = (0..100).map(|n| entry(&mut tree, n.to_string())).collect();
        // A key that is there twice, as after a document with a mistake.
        entries.push(entry(&mut tree, "7".to_owned()));
        let mapping = tree.push(Value::Mapping(entries), Span::default());
        for _ in 0..3 {
            for number in 0..100 {
                let found = tree.get(mapping, &number.to_string());
                let text = found.and_then(|id| tree.string(id));
                assert_eq!(text, Some(&*number.to_string()));
            }
            assert_eq!(tree.get(mapping, "new"), None);
        }
        let first = tree.get(mapping, "7");
        assert_eq!(first, tree.entries(mapping).get(7).map(|it| it.value));
        let new = entry(&mut tree, "new".to_owned());
        if let Value::Mapping(entries) = &mut tree.node_mut(mapping).value {
            entries.retain(|entry| entry.key != "0");
            entries.push(new);
        }
        for _ in 0..30 {
            assert_eq!(tree.get(mapping, "0"), None);
            let found = tree.get(mapping, "new").and_then(|id| tree.string(id));
            assert_eq!(found, Some("new"));
            assert!(tree.get(mapping, "99").is_some());
        }
    }
}
