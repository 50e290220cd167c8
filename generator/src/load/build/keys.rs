//! Keys of mappings: no key twice, and merge keys.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::{Builder, Refusal};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::load::tree::{Entry, NodeId, Value};

/// Up to this many entries are compared with each other; more are looked up.
const FEW: usize = 16;
/// How many duplicate keys are told before reading stops.
const MANY_DUPLICATES: usize = 100;

impl<'s> Builder<'s, '_> {
    /// Reports the entries from `first` on whose key an earlier one has, and removes them.
    pub(super) fn refuse_duplicates(&mut self, first: usize) -> Result<(), Refusal> {
        let entries = self.entries.get(first..).unwrap_or_default();
        let duplicates = if entries.len() <= FEW {
            compare_all(entries)
        } else {
            look_up(entries)
        };
        if duplicates.is_empty() {
            return Ok(());
        }
        for (earlier, later) in &duplicates {
            let (Some(earlier), Some(later)) = (entries.get(*earlier), entries.get(*later)) else {
                continue;
            };
            let message = format!(
                "the key {} is written twice in this mapping",
                quoted(&later.key)
            );
            let diagnostic = Diagnostic::error(Code::DuplicateKey, later.key_span, message)
                .label("written again here")
                .related(earlier.key_span, "first written here")
                .or_else("the first one counts");
            self.duplicates += 1;
            if self.duplicates >= MANY_DUPLICATES {
                return Err(Box::new(
                    diagnostic.help("more keys may be written twice; reading stopped here"),
                ));
            }
            self.diagnostics.push(diagnostic);
        }
        let removed: HashSet<usize> = duplicates.iter().map(|(_, later)| first + later).collect();
        let mut index = 0;
        self.entries.retain(|_| {
            index += 1;
            !removed.contains(&(index - 1))
        });
        Ok(())
    }

    /// Adds the entries of merged mappings to `entries`, except for keys that are there already.
    pub(super) fn merge(
        &mut self,
        entries: &mut Vec<Entry<'s>>,
        merges: &[NodeId],
    ) -> Result<(), Refusal> {
        if merges.is_empty() {
            return Ok(());
        }
        let mut sources = Vec::new();
        for merge in merges {
            match self.tree.value(*merge) {
                Value::Sequence(items) => sources.extend(items.iter().copied()),
                _ => sources.push(*merge),
            }
        }
        let mut merged: Vec<Entry<'s>> = Vec::new();
        {
            let mut keys: HashSet<&str> = entries.iter().map(|entry| &*entry.key).collect();
            for source in sources {
                let Value::Mapping(inherited) = self.tree.value(source) else {
                    let message = "a merge key `<<` takes a mapping or a list of mappings";
                    return Err(Box::new(Diagnostic::error(
                        Code::Syntax,
                        self.tree.span(source),
                        message,
                    )));
                };
                merged.extend(
                    inherited
                        .iter()
                        .filter(|entry| keys.insert(&entry.key))
                        .cloned(),
                );
            }
        }
        entries.append(&mut merged);
        Ok(())
    }
}

/// The pairs of earlier and later entries with the same key.
fn compare_all(entries: &[Entry<'_>]) -> Vec<(usize, usize)> {
    let mut duplicates = Vec::new();
    for (later, entry) in entries.iter().enumerate() {
        let mut before = entries.iter().take(later);
        if let Some(earlier) = before.position(|other| other.key == entry.key) {
            duplicates.push((earlier, later));
        }
    }
    duplicates
}

/// The same pairs for many entries, without comparing each with each. A list of hashes takes a
/// fraction of the memory of a hash table, which matters for a mapping of millions of keys.
fn look_up(entries: &[Entry<'_>]) -> Vec<(usize, usize)> {
    let state = RandomState::new();
    let hash = |entry: &Entry<'_>| state.hash_one(&entry.key) as u32;
    let mut hashes: Vec<(u32, u32)> = entries.iter().map(hash).zip(0..).collect();
    hashes.sort_unstable();
    let key = |index: u32| entries.get(index as usize).map(|entry| &entry.key);
    let mut duplicates = Vec::new();
    for group in hashes
        .chunk_by(|left, right| left.0 == right.0)
        .filter(|group| group.len() > 1)
    {
        // Different keys rarely have the same hash, so this list is hardly ever longer than one.
        let mut different: Vec<u32> = Vec::new();
        for (_, index) in group {
            match different
                .iter()
                .find(|earlier| key(**earlier) == key(*index))
            {
                Some(earlier) => duplicates.push((*earlier as usize, *index as usize)),
                None => different.push(*index),
            }
        }
    }
    duplicates.sort_unstable_by_key(|(_, later)| *later);
    duplicates
}
