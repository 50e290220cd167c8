//! JSON pointers (RFC 6901) that share their beginnings.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

/// Where a value stands in its document. A child shares its parent's pointer, so that the pointers
/// of a large document take a few words each.
#[derive(Clone, Default)]
pub(crate) struct Pointer<'a>(Option<Rc<Link<'a>>>);

struct Link<'a> {
    parent: Pointer<'a>,
    token: Cow<'a, str>,
}

impl<'a> Pointer<'a> {
    /// The pointer of the value under `token`.
    pub(crate) fn child(&self, token: impl Into<Cow<'a, str>>) -> Self {
        Self(Some(Rc::new(Link {
            parent: self.clone(),
            token: token.into(),
        })))
    }

    /// Reads a pointer as a `$ref` writes it behind the `#`. The tokens are those of the tree, so
    /// percent-encoding is gone.
    pub(crate) fn parse(fragment: &'a str) -> Self {
        let decoded = percent_decode(fragment);
        decoded
            .split('/')
            .skip(1)
            .fold(Self::default(), |pointer, token| {
                pointer.child(token.replace("~1", "/").replace("~0", "~"))
            })
    }

    /// The tokens from the root on.
    pub(crate) fn tokens(&self) -> Vec<&str> {
        let mut tokens = Vec::new();
        let mut pointer = self;
        while let Some(link) = &pointer.0 {
            tokens.push(&*link.token);
            pointer = &link.parent;
        }
        tokens.reverse();
        tokens
    }
}

/// Decodes `%XX`; what is not valid UTF-8 afterwards stays as it was.
pub(crate) fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escape = (*first == b'%').then(|| tail.get(..2)).flatten();
        let value = escape
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match value {
            Some(value) => {
                bytes.push(value);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#")?;
        for token in self.tokens() {
            write!(f, "/{}", token.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for Pointer<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
