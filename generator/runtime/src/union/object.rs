//! Objects that are read as one of several types.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Error, MapAccess, Unexpected, Visitor};

use super::buffered::{Buffered, JsonType, Key, KeyReader, Reader};

/// An object that is being read.
///
/// Entries are read until the type is clear, and kept. [`Self::read`] hands them on before the rest.
#[derive(Debug)]
pub struct Object<'de, A> {
    /// The entries that were read.
    seen: Vec<(Cow<'de, str>, Buffered<'de>)>,
    /// A key that was read and whose value was not.
    open: Option<&'static str>,
    /// How many of the entries were handed on.
    given: usize,
    /// A tag that is no text, as a text.
    tag: String,
    rest: A,
}

impl<'de, A: MapAccess<'de>> Object<'de, A> {
    pub(super) fn new(rest: A) -> Self {
        Self {
            seen: Vec::new(),
            open: None,
            given: 0,
            tag: String::new(),
            rest,
        }
    }

    /// The value of the property that says what the object is, as a text.
    ///
    /// # Errors
    ///
    /// There is no such property, or the object cannot be read.
    pub fn tag(&mut self, name: &'static str) -> Result<&str, A::Error> {
        self.optional_tag(name)?
            .ok_or_else(|| A::Error::missing_field(name))
    }

    /// The value of the property that says what the object is, if it is there.
    ///
    /// # Errors
    ///
    /// The object cannot be read.
    pub fn optional_tag(&mut self, name: &'static str) -> Result<Option<&str>, A::Error> {
        let Some(index) = self.find(name)? else {
            return Ok(None);
        };
        let Some((_, value)) = self.seen.get(index) else {
            return Ok(None);
        };
        match value {
            Buffered::String(text) => return Ok(Some(text)),
            Buffered::Boolean(value) => self.tag = value.to_string(),
            Buffered::Signed(value) => self.tag = value.to_string(),
            Buffered::Unsigned(value) => self.tag = value.to_string(),
            Buffered::Float(value) => self.tag = value.to_string(),
            Buffered::Null => return Ok(None),
            other => return Err(other.unexpected("a tag")),
        }
        Ok(Some(&self.tag))
    }

    /// What the value of a property is, if it is there.
    ///
    /// # Errors
    ///
    /// The object cannot be read.
    pub fn type_of(&mut self, name: &'static str) -> Result<Option<JsonType>, A::Error> {
        let index = self.find(name)?;
        let entry = index.and_then(|index| self.seen.get(index));
        Ok(entry.map(|(_, value)| value.json_type()))
    }

    /// The first of these properties that is there.
    ///
    /// # Errors
    ///
    /// The object cannot be read.
    pub fn first_of(&mut self, names: &[&'static str]) -> Result<Option<&'static str>, A::Error> {
        self.settle()?;
        for (key, _) in &self.seen {
            if let Some(name) = names.iter().find(|name| **name == *key) {
                return Ok(Some(name));
            }
        }
        loop {
            match self.rest.next_key_seed(Search(names))? {
                Some(Found::Name(name)) => {
                    self.open = Some(name);
                    return Ok(Some(name));
                }
                Some(Found::Other(key)) => {
                    let value = self.rest.next_value()?;
                    self.seen.push((key, value));
                }
                None => return Ok(None),
            }
        }
    }

    /// Reads the object as one of the types.
    ///
    /// # Errors
    ///
    /// The object does not fit the type.
    pub fn read<T: Deserialize<'de>, U>(self, variant: impl FnOnce(T) -> U) -> Result<U, A::Error> {
        T::deserialize(MapAccessDeserializer::new(self)).map(variant)
    }

    /// Leaves a property out of what is read, because the type does not declare it.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.seen.retain(|(key, _)| key != name);
        self
    }

    /// The error for an object with a tag that is not known; these are.
    pub fn unknown_tag(&self, name: &str, known: &'static [&'static str]) -> A::Error {
        let entry = self.seen.iter().find(|(key, _)| key == name);
        match entry.map(|(_, value)| value) {
            Some(Buffered::String(text)) => A::Error::unknown_variant(text, known),
            _ => A::Error::unknown_variant(&self.tag, known),
        }
    }

    /// The error for an object that has none of these properties.
    pub fn lacks(&self, names: &[&str]) -> A::Error {
        A::Error::custom(format_args!(
            "missing one of the fields `{}`",
            names.join("`, `")
        ))
    }

    /// The error for an object where none is expected.
    pub fn unexpected(&self, expected: &str) -> A::Error {
        A::Error::invalid_type(Unexpected::Map, &expected)
    }

    /// All entries, to be read more than once.
    pub(super) fn into_entries(mut self) -> Result<Vec<(Cow<'de, str>, Buffered<'de>)>, A::Error> {
        self.settle()?;
        while let Some(Key(key)) = self.rest.next_key()? {
            let value = self.rest.next_value()?;
            self.seen.push((key, value));
        }
        Ok(self.seen)
    }

    /// Reads on until the property is there, and gives its place among what was read.
    fn find(&mut self, name: &'static str) -> Result<Option<usize>, A::Error> {
        Ok(match self.first_of(&[name])? {
            Some(_) => {
                self.settle()?;
                self.seen.iter().position(|(key, _)| key == name)
            }
            None => None,
        })
    }

    /// Reads the value of a key that was read.
    fn settle(&mut self) -> Result<(), A::Error> {
        if let Some(name) = self.open.take() {
            let value = self.rest.next_value()?;
            self.seen.push((Cow::Borrowed(name), value));
        }
        Ok(())
    }
}

/// The entries in order, those that were read first.
impl<'de, A: MapAccess<'de>> MapAccess<'de> for Object<'de, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        if let Some((key, _)) = self.seen.get(self.given) {
            return seed.deserialize(KeyReader::new(key)).map(Some);
        }
        match self.open.take() {
            Some(name) => seed
                .deserialize(KeyReader::new(&Cow::Borrowed(name)))
                .map(Some),
            None => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        match self.seen.get(self.given) {
            Some((key, value)) => {
                self.given += 1;
                // The input is beyond this place, so the key is all there is to say where it was.
                seed.deserialize(Reader::new(value))
                    .map_err(|error: A::Error| A::Error::custom(format_args!("{error} in `{key}`")))
            }
            None => self.rest.next_value_seed(seed),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        let rest = self.rest.size_hint()?;
        rest.checked_add(self.seen.len().saturating_sub(self.given))
    }
}

/// Looks for one of these keys, so that one that is found costs no memory.
struct Search<'n>(&'n [&'static str]);

enum Found<'de> {
    Name(&'static str),
    Other(Cow<'de, str>),
}

impl<'n> Search<'n> {
    fn name(&self, key: &str) -> Option<&'static str> {
        self.0.iter().find(|name| **name == key).copied()
    }
}

impl<'de> DeserializeSeed<'de> for Search<'_> {
    type Value = Found<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Search<'_> {
    type Value = Found<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(match self.name(key) {
            Some(name) => Found::Name(name),
            None => Found::Other(Cow::Owned(key.to_owned())),
        })
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(match self.name(key) {
            Some(name) => Found::Name(name),
            None => Found::Other(Cow::Borrowed(key)),
        })
    }
}
