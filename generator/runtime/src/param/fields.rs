//! Several parameters as the fields of one value.

use std::cell::Cell;

use serde::de::value::MapDeserializer;
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::read::{Guess, Source};
use super::whole::Whole;
use super::{ParamError, Style, Text};

/// The fields of a value, each with its texts.
pub(super) struct Fields<'s> {
    pub(super) fields: &'s [(String, Text<'s>)],
    pub(super) guess: Guess,
    pub(super) guessed: &'s Cell<bool>,
}

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = ParamError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        let fields = self.fields.iter().map(|(name, text)| {
            let source = Source {
                name,
                style: Style::FORM,
                text,
                guess: self.guess,
                guessed: self.guessed,
            };
            (name.as_str(), Whole(source))
        });
        visitor.visit_map(MapDeserializer::new(fields))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ParamError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_, ParamError> for Whole<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
