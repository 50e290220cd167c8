//! A value of a parameter as serde sees it.

use std::cell::Cell;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error, IntoDeserializer, Visitor};

use super::read::Guess;
use super::{Node, ParamError};

/// A value within a parameter, or all of it once its form is known.
pub(super) struct Inner<'s> {
    pub(super) node: Node,
    pub(super) guess: Guess,
    pub(super) guessed: &'s Cell<bool>,
}

impl<'s> IntoDeserializer<'_, ParamError> for Inner<'s> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl Inner<'_> {
    fn of(&self, node: Node) -> Self {
        Self { node, ..*self }
    }

    /// A text that stands for a list or an object within another is JSON (PR14).
    fn nested(self) -> Result<Self, ParamError> {
        match &self.node {
            Node::Bare(text) => {
                let json: Result<serde_json::Value, _> = serde_json::from_str(text);
                let json = json.map_err(|_| ParamError::new("a value in it is not JSON"))?;
                Ok(self.of(json.into()))
            }
            _ => Ok(self),
        }
    }
}

/// A whole number, written as JSON writes it.
fn whole<T: std::str::FromStr>(text: &str) -> Result<T, ParamError> {
    let expected = || ParamError::new("expected a whole number that is not too large");
    if text.starts_with('+') {
        return Err(expected());
    }
    text.parse().map_err(|_| expected())
}

/// A number, written as JSON writes it.
fn number(text: &str) -> Option<serde_json::Number> {
    let is_number = text.starts_with(|ch: char| ch == '-' || ch.is_ascii_digit());
    is_number.then(|| serde_json::from_str(text).ok()).flatten()
}

macro_rules! whole {
    ($($method:ident $visit:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
            match &self.node {
                Node::Bare(text) => visitor.$visit(whole(text)?),
                Node::Number(number) => visitor.$visit(whole(&number.to_string())?),
                _ => Err(ParamError::new("expected a whole number")),
            }
        })*
    };
}

macro_rules! text {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
            match self.node {
                Node::Bare(text) | Node::Text(text) => visitor.visit_string(text),
                _ => Err(ParamError::new("expected a text")),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Inner<'_> {
    type Error = ParamError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        self.guessed.set(true);
        let text = match self.node {
            Node::Null => return visitor.visit_unit(),
            Node::Boolean(value) => return visitor.visit_bool(value),
            Node::Number(number) => {
                return number.deserialize_any(visitor).map_err(ParamError::custom);
            }
            Node::Text(text) => return visitor.visit_string(text),
            Node::List(_) => return self.deserialize_seq(visitor),
            Node::Object(_) => return self.deserialize_map(visitor),
            Node::Bare(text) => text,
        };
        match (self.guess, text.as_str(), number(&text)) {
            (Guess::Narrow, "true", _) => visitor.visit_bool(true),
            (Guess::Narrow, "false", _) => visitor.visit_bool(false),
            (Guess::Narrow, _, Some(number)) => {
                number.deserialize_any(visitor).map_err(ParamError::custom)
            }
            _ => visitor.visit_string(text),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        match &self.node {
            Node::Boolean(value) => visitor.visit_bool(*value),
            Node::Bare(text) if text == "true" => visitor.visit_bool(true),
            Node::Bare(text) if text == "false" => visitor.visit_bool(false),
            _ => Err(ParamError::new("expected true or false")),
        }
    }

    whole! {
        deserialize_i8 visit_i8
        deserialize_i16 visit_i16
        deserialize_i32 visit_i32
        deserialize_i64 visit_i64
        deserialize_i128 visit_i128
        deserialize_u8 visit_u8
        deserialize_u16 visit_u16
        deserialize_u32 visit_u32
        deserialize_u64 visit_u64
        deserialize_u128 visit_u128
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        let number = match &self.node {
            // The standard library reads every digit, whatever serde_json is set up to do.
            Node::Bare(text) => number(text).and_then(|_| text.parse().ok()),
            Node::Number(number) => number.as_f64(),
            _ => None,
        };
        match number {
            Some(number) => visitor.visit_f64(number),
            None => Err(ParamError::new("expected a number")),
        }
    }

    text! {
        deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf
        deserialize_identifier
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        match self.node {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        match &self.node {
            Node::Null => visitor.visit_unit(),
            Node::Bare(text) if text.is_empty() => visitor.visit_unit(),
            _ => Err(ParamError::new("expected nothing")),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ParamError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ParamError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        // A text that is not JSON stands for a list of one.
        let this = match self.node {
            Node::Bare(text) => match serde_json::from_str(&text) {
                Ok(list @ serde_json::Value::Array(_)) => Self {
                    node: list.into(),
                    ..self
                },
                _ => Self {
                    node: Node::List(vec![Node::Bare(text)]),
                    ..self
                },
            },
            _ => self,
        };
        match this.node {
            Node::List(items) => {
                let (guess, guessed) = (this.guess, this.guessed);
                let items = items.into_iter().map(|node| Inner {
                    node,
                    guess,
                    guessed,
                });
                visitor.visit_seq(SeqDeserializer::new(items))
            }
            _ => Err(ParamError::new("expected a list")),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ParamError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ParamError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        let this = self.nested()?;
        match this.node {
            Node::Object(pairs) => {
                let (guess, guessed) = (this.guess, this.guessed);
                let pairs = pairs.into_iter().map(|(key, node)| {
                    let value = Inner {
                        node,
                        guess,
                        guessed,
                    };
                    // A key may have a type as well.
                    let key = Inner {
                        node: Node::Bare(key),
                        guess: Guess::Text,
                        guessed,
                    };
                    (key, value)
                });
                visitor.visit_map(MapDeserializer::new(pairs))
            }
            _ => Err(ParamError::new("expected keys and values")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ParamError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ParamError> {
        match self.node {
            Node::Bare(text) | Node::Text(text) => visitor.visit_enum(text.into_deserializer()),
            _ => Err(ParamError::new("expected a text")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        visitor.visit_unit()
    }
}
