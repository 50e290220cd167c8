//! Objects that may be of several types, none of which can be told by one property.

use std::borrow::Cow;
use std::cmp::Reverse;

use serde::de::value::{MapAccessDeserializer, MapDeserializer};
use serde::de::{Deserialize, Error, MapAccess};

use super::buffered::{Buffered, KeyReader, Reader};
use super::object::Object;

/// The properties of one of the types.
#[derive(Debug, Clone, Copy)]
pub struct Branch {
    /// What the type is called.
    name: &'static str,
    /// What must be there.
    required: &'static [&'static str],
    /// What may be there.
    optional: &'static [&'static str],
    /// Whether nothing else may be there.
    closed: bool,
}

impl Branch {
    /// A type whose objects may have other properties as well.
    #[must_use]
    pub const fn new(
        name: &'static str,
        required: &'static [&'static str],
        optional: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            required,
            optional,
            closed: false,
        }
    }

    /// The same without any other properties.
    #[must_use]
    pub const fn closed(self) -> Self {
        Self {
            closed: true,
            ..self
        }
    }

    /// How many properties of an object are known; `None` if the object cannot be of this type.
    fn score(&self, entries: &[(Cow<'_, str>, Buffered<'_>)]) -> Option<usize> {
        let has = |name: &&str| entries.iter().any(|(key, _)| key == *name);
        if !self.required.iter().all(has) {
            return None;
        }
        let known = |key: &str| self.required.contains(&key) || self.optional.contains(&key);
        let count = entries.iter().filter(|(key, _)| known(key)).count();
        (!self.closed || count == entries.len()).then_some(count)
    }
}

/// An object that is tried as several types.
#[derive(Debug)]
pub struct Candidate<'de> {
    entries: Vec<(Cow<'de, str>, Buffered<'de>)>,
}

impl<'de> Candidate<'de> {
    /// Reads the object as one of the types.
    ///
    /// # Errors
    ///
    /// The object does not fit the type.
    pub fn read<T: Deserialize<'de>, U, E: Error>(
        &self,
        variant: impl FnOnce(T) -> U,
    ) -> Result<U, E> {
        let entries = self.entries.iter();
        let entries = entries.map(|(key, value)| (KeyReader::new(key), Reader::new(value)));
        T::deserialize(MapAccessDeserializer::new(MapDeserializer::new(entries))).map(variant)
    }
}

impl<'de, A: MapAccess<'de>> Object<'de, A> {
    /// Reads the object as the type that knows most of its properties, and if it does not fit, as
    /// the one that knows most of the others'. `read` takes the index of the type.
    ///
    /// # Errors
    ///
    /// The object fits none of the types; what is wrong with each is told.
    pub fn best_of<U>(
        self,
        branches: &[Branch],
        read: impl Fn(usize, &Candidate<'de>) -> Result<U, A::Error>,
    ) -> Result<U, A::Error> {
        let entries = self.into_entries()?;
        let scores = branches.iter().enumerate();
        let scores = scores.filter_map(|(index, it)| Some((it.score(&entries)?, index)));
        let mut order: Vec<(usize, usize)> = scores.collect();
        order.sort_by_key(|(score, index)| (Reverse(*score), *index));
        let object = Candidate { entries };
        let mut problems = Vec::new();
        for (_, index) in order {
            match read(index, &object) {
                Ok(value) => return Ok(value),
                Err(error) => problems.push(format!("{error} as `{}`", branches[index].name)),
            }
        }
        let names = || branches.iter().map(|branch| branch.name);
        if problems.is_empty() {
            let names: Vec<&str> = names().collect();
            problems.push(format!("properties of none of `{}`", names.join("`, `")));
        }
        Err(A::Error::custom(problems.join("; ")))
    }
}
