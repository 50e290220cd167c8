//! The constraints that compare values as JSON: `1` is `1.0`, and the order of keys does not matter.

use std::collections::HashSet;
use std::fmt::Write;

use serde::Serialize;
use serde_json::{Map, Value};

use super::validate::{Checker, Entries, Items, Keyed, Keys, Length};

impl Length for Map<String, Value> {
    fn length(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl Keyed for Map<String, Value> {
    fn has(&self, key: &str) -> Option<bool> {
        Some(self.contains_key(key))
    }
}

impl<const N: usize> Length for Keys<'_, N, Map<String, Value>> {
    fn length(&self) -> Option<usize> {
        Some(Keys::new(self.declared).length()? + self.rest.map_or(0, Map::len))
    }
}

impl<const N: usize> Keyed for Keys<'_, N, Map<String, Value>> {
    fn has(&self, key: &str) -> Option<bool> {
        let in_rest = self.rest.is_some_and(|rest| rest.contains_key(key));
        Some(self.declared.contains(&(key, true)) || in_rest)
    }
}

impl Entries for Map<String, Value> {
    type Key = String;
    type Value = Value;

    fn entries(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.iter()
    }
}

impl Checker<'_> {
    /// No two items of the array are equal as JSON.
    pub fn unique_values<C>(&mut self, items: &C) -> &mut Self
    where
        C: Items + ?Sized,
        C::Item: Serialize,
    {
        let mut seen = HashSet::new();
        // Comparing each with each would let a long array stall the server. What cannot be written is
        // for the encoder to complain about.
        let is_new = |item: &C::Item| {
            let value = serde_json::to_value(item);
            value.is_err() || value.is_ok_and(|value| seen.insert(canonical(&value)))
        };
        let holds = items.items().iter().all(is_new);
        self.require(holds, "uniqueItems", format_args!("has an item twice"))
    }

    /// The value equals one of those that are listed as JSON.
    pub fn one_json_of(&mut self, value: &impl Json, listed: &[&str]) -> &mut Self {
        let is_listed = |value: &Value| {
            let value = canonical(value);
            let mut listed = listed.iter().flat_map(|text| serde_json::from_str(text));
            listed.any(|listed: Value| canonical(&listed) == value)
        };
        self.listed(value.json().is_none_or(is_listed))
    }
}

/// A value that may be anything, or absent.
pub trait Json {
    /// The value, if there is one.
    fn json(&self) -> Option<&Value>;
}

impl Json for Value {
    fn json(&self) -> Option<&Value> {
        Some(self)
    }
}

impl<T: Json> Json for Option<T> {
    fn json(&self) -> Option<&Value> {
        self.as_ref()?.json()
    }
}

impl Checker<'_> {
    /// The value is one of these, which are written as JSON, or absent or `null`.
    pub fn among(&mut self, value: &impl Serialize, values: &[&str]) -> &mut Self {
        let holds = is_among(value, values).unwrap_or(true);
        self.require(holds, "enum", format_args!("is not a declared value"))
    }

    /// The value is none of these, which are written as JSON.
    pub fn none_of(&mut self, value: &impl Serialize, values: &[&str]) -> &mut Self {
        let is_among = is_among(value, values).unwrap_or(false);
        self.require(
            !is_among,
            "not",
            format_args!("is a value that is excluded"),
        )
    }

    /// The value has this JSON type.
    pub fn is_type(&mut self, value: &impl Json, name: &str) -> &mut Self {
        let holds = value.json().is_none_or(|value| has_type(value, name));
        self.require(holds, "type", format_args!("is no {name}"))
    }

    /// The value has none of these JSON types.
    pub fn is_not_type(&mut self, value: &impl Json, names: &[&str]) -> &mut Self {
        let has = |name: &&&str| value.json().is_some_and(|value| has_type(value, name));
        if let Some(name) = names.iter().find(has) {
            self.violation("not", format!("is of the type {name}, which is excluded"));
        }
        self
    }
}

/// Whether the value is equal to one of these as JSON; nothing if it cannot be written, or is
/// absent or `null`.
fn is_among(value: &impl Serialize, values: &[&str]) -> Option<bool> {
    let value = serde_json::to_value(value)
        .ok()
        .filter(|value| !value.is_null())?;
    let value = canonical(&value);
    let mut values = values
        .iter()
        .filter_map(|text| serde_json::from_str(text).ok());
    Some(values.any(|other: Value| canonical(&other) == value))
}

fn has_type(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => {
            let is_whole = !canonical_number(number).contains("e-")
                && number.as_f64().is_some_and(|float| float.fract() == 0.0);
            name == "number" || name == "integer" && is_whole
        }
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

/// The same text for all values that are equal as JSON, and for no others.
fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => text.push_str(&canonical_number(number)),
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in entries {
                _ = write!(text, "{key:?}:");
                write_canonical(value, text);
                text.push(',');
            }
            text.push('}');
        }
        // Writing to a string cannot fail.
        Value::Null | Value::Bool(_) | Value::String(_) => _ = write!(text, "{value}"),
    }
}

/// The digits and the exponent, which are the same for `10`, `10.0` and `1e1`.
fn canonical_number(number: &serde_json::Number) -> String {
    if let Some(whole) = number.as_i64() {
        return format!("{whole:e}");
    }
    if let Some(whole) = number.as_u64() {
        return format!("{whole:e}");
    }
    match number.as_f64() {
        Some(0.0) => "0e0".to_owned(),
        Some(float) => format!("{float:e}"),
        None => number.to_string(),
    }
}
