//! The constraints that compare values as JSON: `1` is `1.0`, and the order of keys does not matter.

use std::collections::HashSet;
use std::fmt::Write;

use serde::Serialize;
use serde_json::{Map, Value};

use super::validate::{Checker, Entries, Items, Length};

impl Length for Map<String, Value> {
    fn length(&self) -> Option<usize> {
        Some(self.len())
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
