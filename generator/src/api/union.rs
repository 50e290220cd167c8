//! Unions: values that are one of several types, and how to find out which (group K).

use serde::Serialize;

use super::{Docs, Type};

/// A value that is one of several types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Union {
    /// The types. Other parts of the union refer to them by their index.
    pub(crate) variants: Vec<Variant>,
    /// How the type of a value is found.
    pub(crate) dispatch: Dispatch,
}

/// One of the types of a union.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Variant {
    /// What it may be called if its type has no name of its own (K24).
    pub(crate) name: String,
    /// The type; never nullable, because `null` is a matter of where the union is used (H11).
    pub(crate) ty: Type,
    /// What the document says about it here.
    pub(crate) docs: Docs,
    /// The property and the value that are written before the others, because the type does not
    /// declare the property that tells the union what it is (K15).
    pub(crate) tag: Option<(String, String)>,
}

/// How the type of a value is found: first by its JSON type. A JSON type without an entry is no value
/// of the union.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Dispatch {
    pub(crate) null: Option<usize>,
    pub(crate) boolean: Option<usize>,
    pub(crate) number: Option<usize>,
    pub(crate) string: Option<usize>,
    pub(crate) array: Option<Arrays>,
    pub(crate) object: Option<Objects>,
}

/// How the type of an array is found (K5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Arrays {
    /// There is one type for all arrays.
    Always(usize),
    /// By the JSON type of the first item; an array without one is of the type `empty`.
    First {
        items: Vec<(JsonType, usize)>,
        empty: usize,
        /// The type of any other array.
        rest: Option<usize>,
    },
}

/// The JSON types as a first look tells them apart; whether a number is whole takes a second one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) enum JsonType {
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// How the type of an object is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Objects {
    /// There is one type left.
    Always(usize),
    /// By the value of a property (K6, K10).
    Tag {
        property: String,
        /// The values of the property, and what they mean.
        values: Vec<(Vec<String>, Self)>,
        /// What another value means; nothing if it is not declared (K13).
        unknown: Option<Box<Self>>,
        /// What it means that there is no such property; nothing if it must be there (K14).
        absent: Option<Box<Self>>,
    },
    /// By the first of these properties that is there (K7).
    Keys {
        keys: Vec<(String, Self)>,
        rest: Option<Box<Self>>,
    },
    /// By the JSON type of a property (K7).
    KeyType {
        property: String,
        types: Vec<(JsonType, Self)>,
        rest: Option<Box<Self>>,
    },
    /// By how many of the properties each type knows, the first that fits (K20).
    Scored(Vec<Score>),
}

/// What a type that is tried knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Score {
    pub(crate) variant: usize,
    pub(crate) required: Vec<String>,
    pub(crate) optional: Vec<String>,
    /// Whether no other property may be there.
    pub(crate) closed: bool,
}
