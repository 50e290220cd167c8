//! JSON pointers (RFC 6901) that share their beginnings.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use crate::load::{FormerPlace, percent_decoded};

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

enum Link<'a> {
    /// The root of a file that the root document refers to, with its location.
    File(&'a str),
    /// The value under a token.
    Child(Pointer<'a>, Cow<'a, str>),
}

impl<'a> Pointer<'a> {
    /// The root of a file that the root document refers to.
    pub(crate) fn of_file(location: &'a str) -> Self {
        Self(Some(Rc::new(Link::File(location))))
    }

    /// The pointer of the value under `token`.
    pub(crate) fn child(&self, token: impl Into<Cow<'a, str>>) -> Self {
        Self(Some(Rc::new(Link::Child(self.clone(), token.into()))))
    }

    /// The pointer that a `$ref` writes behind the `#`, from here on. The tokens are those of the
    /// tree, so percent-encoding is gone.
    pub(crate) fn below(self, fragment: &'a str) -> Self {
        let decoded = percent_decoded(fragment);
        decoded.split('/').skip(1).fold(self, |pointer, token| {
            pointer.child(token.replace("~1", "/").replace("~0", "~"))
        })
    }

    /// The pointer of the place that is `place`, seen from here.
    pub(crate) fn moved(&self, place: &'a FormerPlace<'a>) -> Self {
        let mut pointer = self.clone();
        for _ in 0..place.up {
            match pointer.0.as_deref() {
                Some(Link::Child(parent, _)) => pointer = parent.clone(),
                _ => break,
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

    /// The location of the file, unless it is the root document.
    pub(crate) fn file(&self) -> Option<&'a str> {
        let mut pointer = self;
        loop {
            match pointer.0.as_deref()? {
                Link::File(location) => return Some(location),
                Link::Child(parent, _) => pointer = parent,
            }
        }
    }

    /// The tokens from the root of the file on.
    pub(crate) fn tokens(&self) -> Vec<&str> {
        let mut tokens = Vec::new();
        let mut pointer = self;
        while let Some(Link::Child(parent, token)) = pointer.0.as_deref() {
            tokens.push(&**token);
            pointer = parent;
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

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, tokens) = (self.file(), self.tokens());
        f.write_str(file.unwrap_or_default())?;
        if file.is_none() || !tokens.is_empty() {
            f.write_str("#")?;
        }
        for token in tokens {
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
