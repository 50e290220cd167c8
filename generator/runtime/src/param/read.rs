//! Reading parameters as values of their types.
//!
//! What a text means depends on the type: `1,2` is a text, a list or an object with one key. So the
//! text is taken apart only when the type asks. It is split first and decoded then, so that a separator
//! which is encoded is a part of a value.

use std::cell::Cell;

use serde::de::DeserializeOwned;

use super::super::percent;
use super::fields::Fields;
use super::inner::Inner;
use super::nodes::Tree;
use super::style::Kind;
use super::whole::Whole;
use super::{Node, ParamError, Style};

/// The texts of one parameter as they stand in the request, or in the response.
#[derive(Debug, Clone)]
pub enum Text<'t> {
    /// It is not there.
    Absent,
    /// In a path, without what is fixed around it; percent-encoded.
    Path(&'t str),
    /// In a query or a form: what stands behind each of its equals signs, encoded.
    Query(Vec<&'t str>),
    /// In a query: keys and values, decoded, which make an object together.
    Pairs(Vec<(String, String)>),
    /// In a query: the brackets of each key, and a value, both decoded.
    Brackets(Vec<(String, String)>),
    /// In a header: each of its lines.
    Header(Vec<&'t str>),
    /// In a cookie: what stands behind each of its equals signs.
    Cookie(Vec<&'t str>),
    /// In a form of several parts: each of them.
    Nodes(Vec<Node>),
}

/// Reads a parameter.
///
/// A union is read as the first of these that fits it: numbers and `true` and `false` as what they look
/// like, everything as text, a single value as a list (K25).
///
/// # Errors
///
/// The text is not encoded as it should be, or it is no value of the type.
pub fn read<T: DeserializeOwned>(
    name: &str,
    style: Style,
    text: &Text<'_>,
) -> Result<T, ParamError> {
    guessing(|guess, guessed| {
        let source = Source {
            name,
            style,
            text,
            guess,
            guessed,
        };
        T::deserialize(Whole(source))
    })
}

/// Reads a value of which each field is a parameter of its own.
///
/// # Errors
///
/// A field is missing, or it is no value of its type.
pub fn read_fields<T: DeserializeOwned>(fields: &[(String, Text<'_>)]) -> Result<T, ParamError> {
    guessing(|guess, guessed| {
        T::deserialize(Fields {
            fields,
            guess,
            guessed,
        })
    })
}

/// Reads with one guess after the other, as long as a type takes anything and none fits.
fn guessing<T>(
    attempt: impl Fn(Guess, &Cell<bool>) -> Result<T, ParamError>,
) -> Result<T, ParamError> {
    let guessed = Cell::new(false);
    let first = attempt(Guess::Narrow, &guessed);
    if first.is_ok() || !guessed.get() {
        return first;
    }
    attempt(Guess::Text, &guessed)
        .or_else(|_| attempt(Guess::List, &guessed))
        .or(first)
}

/// What a text is taken for where the type takes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// A number or a boolean if it looks like one.
    Narrow,
    /// A text.
    Text,
    /// A list of one.
    List,
}

#[derive(Clone, Copy)]
/// A parameter, and how it is to be read.
pub(super) struct Source<'s> {
    pub(super) name: &'s str,
    pub(super) style: Style,
    pub(super) text: &'s Text<'s>,
    pub(super) guess: Guess,
    /// Whether a type took anything.
    pub(super) guessed: &'s Cell<bool>,
}

impl<'s> Source<'s> {
    pub(super) fn is_absent(&self) -> bool {
        match self.text {
            Text::Absent => true,
            Text::Path(_) => false,
            Text::Query(texts) | Text::Header(texts) | Text::Cookie(texts) => {
                texts.is_empty()
                    || self.style.empty_is_absent && texts.iter().all(|it| it.is_empty())
            }
            Text::Pairs(pairs) | Text::Brackets(pairs) => pairs.is_empty(),
            Text::Nodes(nodes) => nodes.is_empty(),
        }
    }

    /// Whether there is more than one value.
    pub(super) fn is_several(&self) -> Result<bool, ParamError> {
        Ok(match self.text {
            Text::Nodes(nodes) => nodes.len() > 1,
            _ => self.items(false)?.len() > 1,
        })
    }

    fn decode(&self, text: &str) -> Result<String, ParamError> {
        match self.text {
            Text::Query(_) => percent::decode_form(text),
            Text::Cookie(_) if self.style.kind == Kind::Cookie => Some(text.to_owned()),
            Text::Path(_) | Text::Cookie(_) => percent::decode(text),
            Text::Header(_) => Some(text.trim().to_owned()),
            _ => Some(text.to_owned()),
        }
        .ok_or_else(ParamError::broken)
    }

    /// The texts, without what the style puts before them. The keys of an object may stand in the place of
    /// the name.
    fn texts(&self, is_object: bool) -> Result<Vec<&'s str>, ParamError> {
        let text = match self.text {
            Text::Query(texts) | Text::Header(texts) | Text::Cookie(texts) => {
                return Ok(texts.clone());
            }
            Text::Path(text) => text,
            _ => return Ok(Vec::new()),
        };
        match self.style.kind {
            Kind::Label => Ok(vec![text.strip_prefix('.').ok_or_else(ParamError::broken)?]),
            Kind::Matrix => {
                let parts = text
                    .strip_prefix(';')
                    .ok_or_else(ParamError::broken)?
                    .split(';');
                let parts = parts.map(|part| match part.split_once('=') {
                    Some((key, value)) if percent::decode(key)? == self.name => Some(value),
                    None if percent::decode(part)? == self.name => Some(""),
                    _ if self.style.explode && is_object => Some(part),
                    _ => None,
                });
                parts
                    .collect::<Option<Vec<&str>>>()
                    .ok_or_else(ParamError::broken)
            }
            _ => Ok(vec![text]),
        }
    }

    /// The one value of a scalar.
    pub(super) fn single(&self) -> Result<Node, ParamError> {
        match self.text {
            Text::Nodes(nodes) => match &nodes[..] {
                [only] => Ok(only.clone()),
                _ => Err(ParamError::new("it is there more than once")),
            },
            _ => self.scalar().map(Node::Bare),
        }
    }

    /// The one text of a scalar, decoded.
    fn scalar(&self) -> Result<String, ParamError> {
        match (self.texts(false)?[..].split_first(), self.text) {
            (Some((only, [])), _) => self.decode(only),
            // The first of several lines counts (PR21).
            (Some((first, _)), Text::Header(_)) => self.decode(first),
            (Some(_), _) => Err(ParamError::new("it is there more than once")),
            (None, Text::Absent) => Err(ParamError::new("it is missing")),
            (None, _) => Err(ParamError::new("expected one value")),
        }
    }

    /// What separates the items within one text; nothing if each item has a text of its own.
    fn separators(&self) -> &'static [&'static str] {
        let style = self.style;
        match (self.text, style.kind, style.explode) {
            (Text::Path(_), Kind::Label, true) => &["."],
            (Text::Path(_), Kind::Matrix, true) | (Text::Header(_), Kind::Lines, _) => &[],
            (Text::Path(_) | Text::Header(_), ..) => &[","],
            (_, _, true) => &[],
            (Text::Query(_), Kind::Space, _) => &["%20", "+"],
            (Text::Query(_), Kind::Pipe, _) => &["%7C", "%7c", "|"],
            (Text::Query(_), Kind::Tab, _) => &["%09", "\t"],
            _ => &[","],
        }
    }

    /// The items of a list, or the keys and values of an object, encoded.
    pub(super) fn items(&self, is_object: bool) -> Result<Vec<&'s str>, ParamError> {
        let separators = self.separators();
        let mut items = Vec::new();
        for text in self.texts(is_object)? {
            let mut rest = text;
            loop {
                let ends = separators
                    .iter()
                    .filter_map(|it| Some((rest.find(it)?, it.len())));
                let Some((end, length)) = ends.min() else {
                    break;
                };
                items.push(&rest[..end]);
                rest = &rest[end + length..];
            }
            items.push(rest);
        }
        Ok(items)
    }

    /// The value, if its form does not depend on its type.
    pub(super) fn node(&self) -> Result<Option<Node>, ParamError> {
        if self.style.kind == Kind::Json && !self.is_absent() {
            let json: Result<serde_json::Value, _> = serde_json::from_str(&self.scalar()?);
            let json = json.map_err(|_| ParamError::new("it is not JSON"))?;
            return Ok(Some(json.into()));
        }
        match self.text {
            Text::Brackets(pairs) => {
                let mut tree = Tree::default();
                for (brackets, text) in pairs {
                    tree.add(brackets, text.clone())
                        .ok_or_else(ParamError::broken)?;
                }
                Ok(Some(tree.into_node()))
            }
            Text::Pairs(pairs) => {
                let pairs = pairs.iter();
                Ok(Some(Node::Object(
                    pairs
                        .map(|(key, text)| (key.clone(), Node::Bare(text.clone())))
                        .collect(),
                )))
            }
            Text::Nodes(nodes) if nodes[..] == [Node::Null] => Ok(Some(Node::Null)),
            _ => Ok(None),
        }
    }

    pub(super) fn list(&self) -> Result<Node, ParamError> {
        if let Text::Nodes(nodes) = self.text {
            return Ok(match &nodes[..] {
                [list @ Node::List(_)] => list.clone(),
                nodes => Node::List(nodes.to_vec()),
            });
        }
        let items = self.items(false)?.into_iter();
        let items = items.map(|item| Ok(Node::Bare(self.decode(item)?)));
        Ok(Node::List(items.collect::<Result<_, ParamError>>()?))
    }

    pub(super) fn object(&self) -> Result<Node, ParamError> {
        if matches!(self.text, Text::Nodes(_)) {
            return self.single();
        }
        let items = self.items(true)?;
        let mut pairs = Vec::new();
        if self.style.explode {
            for item in items {
                let (key, value) = item.split_once('=').ok_or_else(ParamError::broken)?;
                pairs.push((self.decode(key)?, Node::Bare(self.decode(value)?)));
            }
        } else {
            for pair in items.chunks(2) {
                let [key, value] = pair else {
                    return Err(ParamError::new("a key has no value"));
                };
                pairs.push((self.decode(key)?, Node::Bare(self.decode(value)?)));
            }
        }
        Ok(Node::Object(pairs))
    }

    pub(super) fn inner(&self, node: Node) -> Inner<'s> {
        Inner {
            node,
            guess: self.guess,
            guessed: self.guessed,
        }
    }
}
