//! Reading a value that is one of several types.
//!
//! The type is chosen by what is there: the JSON type, a tag, the keys. What has to be read for that
//! is kept and handed on; everything else goes straight to the chosen type.

mod array;
mod buffered;
mod object;
mod tagged;
mod trial;

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};

pub use array::Array;
pub use buffered::{Buffered, JsonType};
pub use object::Object;
pub use tagged::Tagged;
pub use trial::{Branch, Candidate};

/// A value that is one of several types.
///
/// There is a method for each JSON type. Those that a union has no type for reject the value.
pub trait Union: Sized {
    /// What a value has to be, to be read after "expected".
    const EXPECTED: &'static str;

    /// Reads a value of any of the types.
    ///
    /// # Errors
    ///
    /// The value fits none of the types, or not the one that it says to be.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UnionVisitor(PhantomData))
    }

    /// Reads `null`.
    ///
    /// # Errors
    ///
    /// The value does not fit.
    fn null<E: Error>(value: Buffered<'_>) -> Result<Self, E> {
        Err(value.unexpected(Self::EXPECTED))
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    ///
    /// The value does not fit.
    fn boolean<E: Error>(value: Buffered<'_>) -> Result<Self, E> {
        Err(value.unexpected(Self::EXPECTED))
    }

    /// Reads a number.
    ///
    /// # Errors
    ///
    /// The value does not fit.
    fn number<E: Error>(value: Buffered<'_>) -> Result<Self, E> {
        Err(value.unexpected(Self::EXPECTED))
    }

    /// Reads a string.
    ///
    /// # Errors
    ///
    /// The value does not fit.
    fn string<E: Error>(value: Buffered<'_>) -> Result<Self, E> {
        Err(value.unexpected(Self::EXPECTED))
    }

    /// Reads an array.
    ///
    /// # Errors
    ///
    /// The value does not fit.
    fn array<'de, A: SeqAccess<'de>>(array: Array<'de, A>) -> Result<Self, A::Error> {
        Err(array.unexpected(Self::EXPECTED))
    }

    /// Reads an object.
    ///
    /// # Errors
    ///
    /// The value does not fit.
    fn object<'de, A: MapAccess<'de>>(object: Object<'de, A>) -> Result<Self, A::Error> {
        Err(object.unexpected(Self::EXPECTED))
    }
}

struct UnionVisitor<U>(PhantomData<U>);

impl<'de, U: Union> Visitor<'de> for UnionVisitor<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(U::EXPECTED)
    }

    fn visit_unit<E: Error>(self) -> Result<U, E> {
        U::null(Buffered::Null)
    }

    fn visit_none<E: Error>(self) -> Result<U, E> {
        U::null(Buffered::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        U::read(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<U, E> {
        U::boolean(Buffered::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<U, E> {
        U::number(Buffered::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<U, E> {
        U::number(Buffered::Unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<U, E> {
        U::number(Buffered::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<U, E> {
        U::string(Buffered::from(value))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<U, E> {
        U::string(Buffered::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<U, A::Error> {
        U::array(Array::new(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<U, A::Error> {
        U::object(Object::new(entries))
    }
}

/// Implements `Deserialize` for a union, and `From` each of the types that only one of its variants
/// holds. `Union` is in scope where the macro is used.
#[allow(unused_macros, reason = "only tests and generated crates use it")]
macro_rules! union {
    ($name:ident $({ $($variant:ident($payload:ty)),* $(,)? })?) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                Self::read(deserializer)
            }
        }

        $($(
            impl ::std::convert::From<$payload> for $name {
                fn from(value: $payload) -> Self {
                    Self::$variant(value.into())
                }
            }
        )*)?
    };
}

#[allow(unused_imports, reason = "only tests and generated crates use it")]
pub(crate) use union;
