//! JSON pointers into a tree.

use std::borrow::Cow;

use super::{NodeId, Tree, Value};
use crate::load::link::percent_decoded;
use crate::source::Span;

impl Tree<'_> {
    /// The node that a JSON pointer (RFC 6901) leads to from the root, such as
    /// `/components/schemas/A` from `#/components/schemas/A`. The empty pointer is the root.
    ///
    /// Percent signs are read as in a URI fragment, one token at a time, so that `%2F` is a slash
    /// within a key. Each step looks through the keys one by one: who follows thousands of
    /// references into one large mapping should remember what it found.
    #[must_use]
    pub fn at_pointer(&self, pointer: &str) -> Option<NodeId> {
        self.below(self.root(), pointer)
    }

    /// The node that a JSON pointer leads to from another node, as from the root of another file.
    pub(crate) fn below(&self, start: NodeId, pointer: &str) -> Option<NodeId> {
        if pointer.is_empty() {
            return Some(start);
        }
        let tokens = pointer.strip_prefix('/')?.split('/');
        tokens
            .into_iter()
            .try_fold(start, |node, token| self.step(node, token))
    }

    /// The place of what a `$ref` of the root document leads to, with the key that it stands under.
    pub(crate) fn place_of(&self, reference: &str) -> Option<Span> {
        let end = self.end(self.span(self.root()).file, reference).ok()?;
        let value = self.span(self.below(end.root, end.fragment)?);
        let (parent, key) = match end.fragment.rsplit_once('/') {
            Some((parent, key)) => (self.below(end.root, parent)?, key),
            None => return Some(value),
        };
        let decoded = percent_decoded(key);
        let keys = [unescaped(&decoded), unescaped(key)];
        let entries = self.entries(parent).iter();
        let key = entries.into_iter().find(|entry| keys.contains(&entry.key));
        match key.map(|entry| entry.key_span) {
            // The value of an alias stands where its anchor is.
            Some(key) if key.file == value.file && key.end <= value.start => Some(Span {
                start: key.start,
                ..value
            }),
            _ => Some(value),
        }
    }

    fn step(&self, node: NodeId, token: &str) -> Option<NodeId> {
        match self.value(node) {
            Value::Mapping(_) => {
                let decoded = percent_decoded(token);
                // A key with a percent sign that the author did not escape is found as well.
                let found = self.under(node, &unescaped(&decoded));
                found.or_else(|| self.under(node, &unescaped(token)))
            }
            Value::Sequence(items) => items.get(index(token)?).copied(),
            _ => None,
        }
    }

    /// What is under a key. Pointers are written for the document as it is written, so what the
    /// upgrade took away is found before what it put there.
    fn under(&self, node: NodeId, key: &str) -> Option<NodeId> {
        let former = self.former_entry(node, key);
        former.or_else(|| self.get(node, key))
    }
}

fn unescaped(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// An index without sign or leading zeros.
fn index(token: &str) -> Option<usize> {
    let is_digits = token.bytes().all(|byte| byte.is_ascii_digit());
    let is_padded = token.len() > 1 && token.starts_with('0');
    if is_digits && !is_padded {
        token.parse().ok()
    } else {
        None
    }
}
