//! A parameter as serde sees it.

use serde::de::{Deserializer, Visitor};

use super::inner::Inner;
use super::read::{Guess, Source};
use super::{Node, ParamError};

/// The parameter as a whole.
pub(super) struct Whole<'s>(pub(super) Source<'s>);

impl<'s> Whole<'s> {
    /// The value, taken apart as its type asks where its form depends on that.
    fn resolve(
        self,
        of_text: impl FnOnce(&Source<'s>) -> Result<Node, ParamError>,
    ) -> Result<Inner<'s>, ParamError> {
        if self.0.is_absent() {
            return Err(ParamError::new("it is missing"));
        }
        let node = match self.0.node()? {
            Some(node) => node,
            None => of_text(&self.0)?,
        };
        Ok(self.0.inner(node))
    }
}

macro_rules! scalars {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
            self.resolve(Source::single)?.$method(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Whole<'_> {
    type Error = ParamError;

    fn is_human_readable(&self) -> bool {
        true
    }

    /// A single text is a scalar; several are a list.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        self.0.guessed.set(true);
        let is_list = self.0.guess == Guess::List || self.0.is_several()?;
        let of_text = if is_list {
            Source::list
        } else {
            Source::single
        };
        self.resolve(of_text)?.deserialize_any(visitor)
    }

    scalars! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64 deserialize_char deserialize_str deserialize_string
        deserialize_bytes deserialize_byte_buf deserialize_unit deserialize_identifier
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        if self.0.is_absent() {
            return visitor.visit_none();
        }
        match self.0.node()? {
            Some(Node::Null) => visitor.visit_none(),
            _ => visitor.visit_some(self),
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
        self.resolve(Source::list)?.deserialize_seq(visitor)
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
        self.resolve(Source::object)?.deserialize_map(visitor)
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
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ParamError> {
        let inner = self.resolve(Source::single)?;
        inner.deserialize_enum(name, variants, visitor)
    }
}
