//! The Rust type of a value (groups C to H).

use serde::Serialize;

use crate::api::{Kind, NumberFormat, StringFormat, Type, TypeId};

use super::names::Name;

/// A Rust type, before it is written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum RustType {
    Unit,
    Bool,
    /// A primitive number such as `i64`.
    Number(&'static str),
    String,
    /// `serde_json::Value`.
    Value,
    /// `serde_json::Map<String, serde_json::Value>`.
    JsonObject,
    /// The type that a format is represented by; [`super::foreign`] says which.
    Format(StringFormat),
    /// The runtime's `Secret`.
    Secret,
    /// The runtime's `Body`.
    Body,
    /// The runtime's `EventStream<_>`.
    EventStream(Box<Self>),
    /// The runtime's `JsonStream<_>`.
    JsonStream(Box<Self>),
    /// The runtime's `FilePart`: a part of a form as it is.
    File,
    /// A form with files: this type, which is handed over and not lent.
    Form(Box<Self>),
    /// One of several, in an enum of this name beside the operations.
    Choice(Name, Vec<Self>),
    /// A type of the user's: an index into the replacements of the configuration.
    Replaced(usize),
    /// The runtime's `JsonString<_>`.
    JsonString(Box<Self>),
    Vec(Box<Self>),
    /// `[_; N]`.
    Fixed(Box<Self>, usize),
    /// `(_, _)`.
    Tuple(Vec<Self>),
    /// `BTreeMap<String, _>`.
    Map(Box<Self>),
    /// `BTreeMap<_, _>`.
    KeyedMap(Box<Self>, Box<Self>),
    Option(Box<Self>),
    Boxed(Box<Self>),
    Named(TypeId),
}

impl RustType {
    /// The type of a value, `null` included where it is one.
    pub(super) fn of(ty: &Type) -> Self {
        let inner = Self::of_kind(&ty.kind);
        // Any value may be null already.
        if ty.nullable && ty.kind != Kind::Any && ty.kind != Kind::Null {
            inner.optional()
        } else {
            inner
        }
    }

    /// The type of a value that is not null.
    pub(super) fn of_kind(kind: &Kind) -> Self {
        match kind {
            Kind::Any => Self::Value,
            Kind::Null => Self::Unit,
            Kind::Boolean => Self::Bool,
            Kind::Integer(format) => Self::Number(integer(*format)),
            Kind::Number(NumberFormat::Float) => Self::Number("f32"),
            Kind::Number(_) => Self::Number("f64"),
            Kind::String(StringFormat::Plain) => Self::String,
            Kind::String(StringFormat::Secret) => Self::Secret,
            Kind::String(format) => Self::Format(*format),
            Kind::JsonString(inner) => Self::JsonString(Box::new(Self::of(inner))),
            Kind::Array(items) => Self::Vec(Box::new(Self::of(items))),
            Kind::Fixed(items, length) => Self::Fixed(Box::new(Self::of(items)), *length),
            Kind::Tuple(items) => Self::Tuple(items.iter().map(Self::of).collect()),
            Kind::KeyedMap(keys, values) => {
                Self::KeyedMap(Box::new(Self::of(keys)), Box::new(Self::of(values)))
            }
            Kind::Map(values) if values.kind == Kind::Any => Self::JsonObject,
            Kind::Map(values) => Self::Map(Box::new(Self::of(values))),
            Kind::File => Self::File,
            Kind::Replaced(index) => Self::Replaced(*index),
            Kind::Named(id) => Self::Named(*id),
        }
    }

    /// `Option<Self>`.
    pub(super) fn optional(self) -> Self {
        Self::Option(Box::new(self))
    }

    /// `Box<Self>`.
    pub(super) fn boxed(self) -> Self {
        Self::Boxed(Box::new(self))
    }

    /// Every type that this one mentions, itself first.
    pub(crate) fn parts(&self) -> Vec<&Self> {
        let mut parts = Vec::new();
        let mut work = vec![self];
        while let Some(ty) = work.pop() {
            parts.push(ty);
            match ty {
                Self::Vec(inner)
                | Self::Fixed(inner, _)
                | Self::Map(inner)
                | Self::Option(inner)
                | Self::Boxed(inner)
                | Self::EventStream(inner)
                | Self::JsonStream(inner)
                | Self::Form(inner)
                | Self::JsonString(inner) => work.push(inner),
                Self::KeyedMap(keys, values) => work.extend([values.as_ref(), keys]),
                Self::Tuple(items) | Self::Choice(_, items) => work.extend(items.iter().rev()),
                _ => {}
            }
        }
        parts
    }
}

fn integer(format: NumberFormat) -> &'static str {
    match format {
        NumberFormat::Int8 => "i8",
        NumberFormat::Int16 => "i16",
        NumberFormat::Int32 => "i32",
        NumberFormat::Uint8 => "u8",
        NumberFormat::Uint16 => "u16",
        NumberFormat::Uint32 => "u32",
        NumberFormat::Uint64 => "u64",
        NumberFormat::Int128 => "i128",
        NumberFormat::Uint128 => "u128",
        NumberFormat::Plain | NumberFormat::Int64 | NumberFormat::Float | NumberFormat::Double => {
            "i64"
        }
    }
}
