//! Names that a document asks for in extensions (W4, W8, W10). They are words like any others: only
//! `plan::names` makes identifiers of them.

use super::reader::{Object, Reader};
use crate::load::Value;

/// The extensions that name a schema, a property or a parameter.
const NAMES: &[&str] = &[
    "x-rust-name",
    "x-ms-client-name",
    "x-speakeasy-name-override",
    "x-fern-type-name",
    "x-fern-property-name",
    "x-fern-parameter-name",
];

/// The extensions that name an operation, each with the one that names its group.
const METHOD_NAMES: &[(&str, &str)] = &[
    ("x-rust-name", ""),
    ("x-speakeasy-name-override", "x-speakeasy-group"),
    ("x-fern-sdk-method-name", "x-fern-sdk-group-name"),
];

impl<'a> Reader<'_, 'a> {
    /// The name that an object asks for.
    pub(super) fn name_hint(&self, object: &Object<'a>) -> Option<&'a str> {
        let mut found = NAMES.iter().flat_map(|key| self.plain_texts(object, key));
        found.next()
    }

    /// The name that an operation asks for, in its group.
    pub(super) fn method_hint(&self, object: &Object<'a>) -> Option<String> {
        METHOD_NAMES.iter().find_map(|(key, group)| {
            let name = self.plain_texts(object, key).into_iter().next()?;
            let mut words = self.plain_texts(object, group);
            words.push(name);
            Some(words.join(" "))
        })
    }

    /// The text under a key, or the texts of a list. Extensions belong to others, so one of another
    /// shape is no mistake.
    fn plain_texts(&self, object: &Object<'a>, key: &str) -> Vec<&'a str> {
        let Some(entry) = object.entry(key) else {
            return Vec::new();
        };
        let text = |node| match self.tree.value(node) {
            Value::String(text) => Some(&**text),
            _ => None,
        };
        let items = self.tree.items(entry.value).iter();
        let nodes = std::iter::once(entry.value).chain(items.copied());
        nodes
            .filter_map(text)
            .filter(|text| !text.is_empty())
            .collect()
    }
}
