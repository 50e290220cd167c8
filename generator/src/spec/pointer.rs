//! JSON pointers (RFC 6901) that share their beginnings.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use crate::load::FormerPlace;

/// The sections that stand at the root in some documents, and what they are below `components`.
const ROOT_SECTIONS: &[(&str, &str)] = &[
    ("definitions", "schemas"),
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("securityDefinitions", "securitySchemes"),
];

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

    /// The pointer of the place that is `place`, seen from here.
    pub(crate) fn moved(&self, place: &'a FormerPlace<'a>) -> Self {
        let mut pointer = self.clone();
        for _ in 0..place.up {
            match &pointer.0 {
                Some(link) => pointer = link.parent.clone(),
                None => break,
            }
        }
        let down = place.down.iter();
        down.fold(pointer, |pointer, token| pointer.child(&**token))
    }

    /// The component that this is, or that it leads into.
    pub(crate) fn component(&self) -> Option<Component<'_>> {
        let tokens = self.tokens();
        let (section, name, rest) = match &tokens[..] {
            ["components", section, name, rest @ ..] => (*section, *name, rest),
            [section, name, rest @ ..] => {
                let known = ROOT_SECTIONS.iter().find(|(old, _)| old == section);
                (known?.1, *name, rest)
            }
            _ => return None,
        };
        Some(Component {
            section,
            name,
            rest: rest.to_vec(),
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

/// What a pointer into `components` names, wherever the document has its components.
pub(crate) struct Component<'p> {
    /// The section of `components`, by its present name.
    pub(crate) section: &'p str,
    /// The name of the component.
    pub(crate) name: &'p str,
    /// The way on from the component.
    pub(crate) rest: Vec<&'p str>,
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
