//! Objects are read from JSON objects only.
//!
//! What serde derives for a struct also takes an array, as the fields in order. A schema does not, so
//! this stands between a deserializer and the type, at every depth, and asks for a map where a struct
//! is asked for.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A part of reading a value, which hands itself on to the parts below it, as it does with how whole
/// numbers are read.
#[derive(Debug, Clone, Copy)]
pub struct Strict<T, N = Exact> {
    inner: T,
    numbers: PhantomData<N>,
}

/// What is taken for a whole number.
pub trait Numbers {
    /// The visitor that meets the number in the place of the one that asks for a whole one.
    fn whole<'de, V: Visitor<'de>>(visitor: V) -> impl Visitor<'de, Value = V::Value>;
}

/// Only what is written without a point and an exponent.
#[derive(Debug, Clone, Copy)]
pub enum Exact {}

impl Numbers for Exact {
    #[inline]
    fn whole<'de, V: Visitor<'de>>(visitor: V) -> impl Visitor<'de, Value = V::Value> {
        visitor
    }
}

impl<T> Strict<T> {
    /// Reads by way of `inner`, with whole numbers in their own form.
    pub fn new(inner: T) -> Self {
        strictly(inner)
    }

    /// What was read.
    pub fn into_inner(self) -> T {
        self.inner
    }
}

/// The same with whole numbers in any form.
#[inline]
pub(super) fn strictly<T, N>(inner: T) -> Strict<T, N> {
    Strict {
        inner,
        numbers: PhantomData,
    }
}

/// A value that is read so, for those who read without asking how.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Strict<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        self::deserialize(deserializer).map(Self::new)
    }
}

/// Reads a value so, for a field whose values serde keeps before it reads them.
///
/// # Errors
///
/// The value is not a `T`.
pub fn deserialize<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::deserialize(Strict::new(deserializer))
}

/// Hands methods on: `alone` to a visitor that meets no other values, `whole` to one that asks for a
/// whole number, `within` to one that may meet other values.
macro_rules! forward {
    ($($kind:ident $method:ident($($argument:ident: $ty:ty),*);)*) => {
        $(forward!(@ $kind $method($($argument: $ty),*));)*
    };
    (@ alone $method:ident($($argument:ident: $ty:ty),*)) => {
        #[inline]
        fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method($($argument,)* visitor)
        }
    };
    (@ whole $method:ident()) => {
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method(N::whole(visitor))
        }
    };
    (@ within $method:ident($($argument:ident: $ty:ty),*)) => {
        #[inline]
        fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method($($argument,)* strictly::<_, N>(visitor))
        }
    };
}

impl<'de, D: Deserializer<'de>, N: Numbers> Deserializer<'de> for Strict<D, N> {
    type Error = D::Error;

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_map(strictly::<_, N>(visitor))
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }

    // A document's own types have no derived enums with content; those of the user's are the user's.
    forward! {
        alone deserialize_bool();
        whole deserialize_i8();
        whole deserialize_i16();
        whole deserialize_i32();
        whole deserialize_i64();
        whole deserialize_i128();
        whole deserialize_u8();
        whole deserialize_u16();
        whole deserialize_u32();
        whole deserialize_u64();
        whole deserialize_u128();
        alone deserialize_f32();
        alone deserialize_f64();
        alone deserialize_char();
        alone deserialize_str();
        alone deserialize_string();
        alone deserialize_bytes();
        alone deserialize_byte_buf();
        alone deserialize_unit();
        alone deserialize_unit_struct(name: &'static str);
        alone deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        alone deserialize_identifier();
        alone deserialize_ignored_any();
        within deserialize_any();
        within deserialize_option();
        within deserialize_newtype_struct(name: &'static str);
        within deserialize_seq();
        within deserialize_tuple(len: usize);
        within deserialize_tuple_struct(name: &'static str, len: usize);
        within deserialize_map();
    }
}

/// Hands on the values that hold no others.
macro_rules! visit {
    ($($method:ident($ty:ty);)*) => {$(
        #[inline]
        fn $method<E: Error>(self, value: $ty) -> Result<V::Value, E> {
            self.inner.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>, N: Numbers> Visitor<'de> for Strict<V, N> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    visit! {
        visit_bool(bool);
        visit_i64(i64);
        visit_i128(i128);
        visit_u64(u64);
        visit_u128(u128);
        visit_f64(f64);
        visit_str(&str);
        visit_borrowed_str(&'de str);
        visit_string(String);
        visit_bytes(&[u8]);
        visit_borrowed_bytes(&'de [u8]);
        visit_byte_buf(Vec<u8>);
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(strictly::<_, N>(value))
    }

    #[inline]
    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(strictly::<_, N>(value))
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(strictly::<_, N>(items))
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(strictly::<_, N>(entries))
    }
}

impl<'de, A: SeqAccess<'de>, N: Numbers> SeqAccess<'de> for Strict<A, N> {
    type Error = A::Error;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_element_seed(strictly::<_, N>(seed))
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

/// Keys are texts, which hold nothing.
impl<'de, A: MapAccess<'de>, N: Numbers> MapAccess<'de> for Strict<A, N> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_key_seed(seed)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(strictly::<_, N>(seed))
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, S: DeserializeSeed<'de>, N: Numbers> DeserializeSeed<'de> for Strict<S, N> {
    type Value = S::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(strictly::<_, N>(deserializer))
    }
}
