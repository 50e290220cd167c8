//! Instances with one place changed, most of which are no instances any more.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::{any_json, texts};

/// A change of one place in a value.
#[derive(Debug, Clone)]
pub struct Mutation {
    place: Index,
    change: Change,
}

#[derive(Debug, Clone)]
enum Change {
    Remove,
    Replace(Value),
}

/// Texts that are almost right somewhere.
const TEXTS: &[&str] = &[
    "",
    "task.unknown",
    "Task.Completed",
    "5D2C31F6AB7E481AB6FD8B4A96A4E197",
    "{5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197}",
    "urn:uuid:5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197",
    "5d2c31f6-ab7e-481a-b6fd-8b4a96a4e19",
    "2024-05-01 10:20:30Z",
    "2024-05-01T10:20:30",
    "2024-05-01T10:20:30+02",
    "2024-05-01T10:20:30+0200",
    "2024-05-01T10:20:30 +02:00",
    "2024-05-01T10:20Z",
    "2024-02-30T10:20:30Z",
    "2024-05-01T24:00:00Z",
    "2016-12-31T23:59:60Z",
    "2024-05-01T10:20:30.1234567890123Z",
    "1714558830",
    "https://exa mple.com",
    "//example.com/relative",
    "https://example.com/%zz",
];

/// Any change, more often of a kind that is likely to matter.
pub fn mutation() -> BoxedStrategy<Mutation> {
    let replaced = prop_oneof![
        2 => Just(Value::Null),
        2 => any_json(),
        4 => select(TEXTS).prop_map(Value::from),
        1 => texts::of_length(257, 300).prop_map(Value::from),
        1 => select(vec![json!(1.0), json!(1e300), json!(u64::MAX), json!("true"), json!("404")]),
    ];
    let change = prop_oneof![
        1 => Just(Change::Remove),
        4 => replaced.prop_map(Change::Replace),
    ];
    (any::<Index>(), change)
        .prop_map(|(place, change)| Mutation { place, change })
        .boxed()
}

impl Mutation {
    /// The value after the change.
    #[must_use]
    pub fn apply(&self, value: &Value) -> Value {
        let mut pointers = Vec::new();
        collect(value, String::new(), &mut pointers);
        let pointer = self.place.get(&pointers);
        let mut changed = value.clone();
        match &self.change {
            Change::Replace(replacement) => {
                if let Some(place) = changed.pointer_mut(pointer) {
                    place.clone_from(replacement);
                }
            }
            Change::Remove => {
                let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
                match changed.pointer_mut(parent) {
                    Some(Value::Object(object)) => {
                        object.remove(&key.replace("~1", "/").replace("~0", "~"));
                    }
                    Some(Value::Array(items)) => {
                        items.pop();
                    }
                    _ => {}
                }
            }
        }
        changed
    }
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect(value, format!("{pointer}/{key}"), pointers);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => {}
    }
    pointers.push(pointer);
}
