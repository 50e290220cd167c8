//! Arrays that are read as one of several types.

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Error, SeqAccess, Unexpected};

use super::buffered::{Buffered, JsonType, Reader};

/// An array that is being read.
#[derive(Debug)]
pub struct Array<'de, A> {
    /// The first item, if it was looked at.
    first: Option<Buffered<'de>>,
    rest: A,
}

impl<'de, A: SeqAccess<'de>> Array<'de, A> {
    pub(super) fn new(rest: A) -> Self {
        Self { first: None, rest }
    }

    /// What the first item is; `None` if there is none.
    ///
    /// # Errors
    ///
    /// The item cannot be read.
    pub fn first(&mut self) -> Result<Option<JsonType>, A::Error> {
        if self.first.is_none() {
            self.first = self.rest.next_element()?;
        }
        Ok(self.first.as_ref().map(Buffered::json_type))
    }

    /// Reads the array as one of the types.
    ///
    /// # Errors
    ///
    /// The array does not fit the type.
    pub fn read<T: Deserialize<'de>, U>(self, variant: impl FnOnce(T) -> U) -> Result<U, A::Error> {
        T::deserialize(SeqAccessDeserializer::new(self)).map(variant)
    }

    /// The error for an array where none is expected.
    pub fn unexpected(&self, expected: &str) -> A::Error {
        A::Error::invalid_type(Unexpected::Seq, &expected)
    }
}

/// The items in order, the one that was looked at first.
impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Array<'de, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        match self.first.take() {
            Some(first) => seed.deserialize(Reader::new(&first)).map(Some),
            None => self.rest.next_element_seed(seed),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        let rest = self.rest.size_hint()?;
        rest.checked_add(usize::from(self.first.is_some()))
    }
}
