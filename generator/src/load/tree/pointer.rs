//! JSON pointers into a tree.

use std::borrow::Cow;

use super::{NodeId, Tree, Value};
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
        if pointer.is_empty() {
            return Some(self.root());
        }
        let tokens = pointer.strip_prefix('/')?.split('/');
        tokens
            .into_iter()
            .try_fold(self.root(), |node, token| self.step(node, token))
    }

    /// The place of what a JSON pointer leads to, with the key that it stands under.
    pub(crate) fn place_of(&self, pointer: &str) -> Option<Span> {
        let value = self.span(self.at_pointer(pointer)?);
        let (parent, key) = match pointer.rsplit_once('/') {
            Some((parent, key)) => (self.at_pointer(parent)?, key),
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
                let found = self.below(node, &unescaped(&decoded));
                found.or_else(|| self.below(node, &unescaped(token)))
            }
            Value::Sequence(items) => items.get(index(token)?).copied(),
            _ => None,
        }
    }

    /// What is under a key. Pointers are written for the document as it is written, so what the
    /// upgrade took away is found before what it put there.
    fn below(&self, node: NodeId, key: &str) -> Option<NodeId> {
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

/// The token with `%41` read as `A`; as it is if it does not decode to text.
fn percent_decoded(token: &str) -> Cow<'_, str> {
    if !token.contains('%') {
        return Cow::Borrowed(token);
    }
    let mut bytes = Vec::with_capacity(token.len());
    let mut rest = token.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if let (b'%', [high, low, behind @ ..]) = (*first, after)
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            bytes.push(high << 4 | low);
            rest = behind;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(token), Cow::Owned)
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}
