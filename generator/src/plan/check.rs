//! One check of `validate`, as data (groups D to G).

use serde::Serialize;

use crate::api::KeyLists;

use super::bound::Bound;

/// One check on a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Check {
    MinLength(u64),
    MaxLength(u64),
    Minimum(Bound),
    Maximum(Bound),
    ExclusiveMinimum(Bound),
    ExclusiveMaximum(Bound),
    MultipleOf(Bound),
    MinItems(u64),
    MaxItems(u64),
    /// A pattern in the syntax of the `regex` crate.
    Pattern(String),
    /// No two items are equal; the items can be compared as they are.
    UniqueItems,
    /// No two items are equal as JSON.
    UniqueValues,
    /// Some of the items pass the checks.
    Contains {
        min: u64,
        max: Option<u64>,
        checks: Vec<Check>,
    },
    MinProperties(u64),
    MaxProperties(u64),
    /// The number is one of these (I16).
    OneNumberOf(Vec<Bound>),
    /// The flag is this one (I17).
    Only(bool),
    /// The value equals one of these JSON texts (I7, I18).
    OneOf(Vec<String>),
    /// On each item of a list.
    Items(Vec<Check>),
    /// On the items of a tuple, by their places.
    Places(Vec<(usize, Vec<Check>)>),
    /// On each value of a map.
    Values(Vec<Check>),
    /// On each key of a map.
    Keys(Vec<Check>),
    /// On each value of a map under a key that matches the pattern.
    Matching(String, Vec<Check>),
    /// The keys are there.
    Required(Vec<String>),
    /// The keys are there if the first one is.
    DependentRequired(String, Vec<String>),
    /// One of the lists of keys is there as a whole.
    OneOfKeys(KeyLists),
    /// Not all of the keys are there.
    Forbidden(Vec<String>),
    /// The value is one of these, in JSON, or `null`.
    Among(Vec<String>),
    /// The value is none of these, in JSON.
    NoneOf(Vec<String>),
    /// The value has this JSON type.
    IsType(&'static str),
    /// The value has none of these JSON types.
    IsNotType(Vec<&'static str>),
    /// The value has checks of its own.
    Inside,
}

impl Check {
    /// Whether it looks at values as JSON.
    pub(crate) fn is_json(&self) -> bool {
        matches!(
            self,
            Self::UniqueValues
                | Self::OneOf(_)
                | Self::Among(_)
                | Self::NoneOf(_)
                | Self::IsType(_)
                | Self::IsNotType(_)
        )
    }

    /// Whether it looks at the keys of an object.
    pub(crate) fn is_about_keys(&self) -> bool {
        let lists = matches!(self, Self::Keys(_) | Self::Matching(..) | Self::Values(_));
        let counts = matches!(self, Self::MinProperties(_) | Self::MaxProperties(_));
        lists || counts || !self.keys().is_empty()
    }

    /// The keys that it asks an object for.
    pub(super) fn keys(&self) -> Vec<&str> {
        match self {
            Self::Required(keys) | Self::Forbidden(keys) => {
                keys.iter().map(String::as_str).collect()
            }
            Self::DependentRequired(key, others) => {
                others.iter().chain([key]).map(String::as_str).collect()
            }
            Self::OneOfKeys(lists) => lists.lists.iter().flatten().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The checks on what the value holds.
    pub(crate) fn inner(&self) -> Vec<&Self> {
        match self {
            Self::Places(places) => places.iter().flat_map(|(_, checks)| checks).collect(),
            Self::Items(checks)
            | Self::Values(checks)
            | Self::Keys(checks)
            | Self::Matching(_, checks)
            | Self::Contains { checks, .. } => checks.iter().collect(),
            _ => Vec::new(),
        }
    }
}
