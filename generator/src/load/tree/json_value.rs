//! A tree as a value of `serde_json`.

use serde_json::{Map, Number};

use super::{NodeId, Tree, Value};
use crate::load::number;

impl Tree<'_> {
    /// The node and all below it, for examples and tests.
    ///
    /// A number that `serde_json` cannot hold becomes a string of its text. Aliases are followed,
    /// so the result may be as large as [`Limits::max_expanded`](crate::load::Limits) allows.
    #[must_use]
    pub fn to_json_value(&self, id: NodeId) -> serde_json::Value {
        match self.value(id) {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => serde_json::Value::Bool(*value),
            Value::Number(lexeme) => json_number(lexeme).map_or_else(
                || serde_json::Value::String(lexeme.to_string()),
                serde_json::Value::Number,
            ),
            Value::String(text) => serde_json::Value::String(text.to_string()),
            Value::Sequence(items) => items.iter().map(|item| self.to_json_value(*item)).collect(),
            Value::Mapping(entries) => {
                let fields = entries
                    .iter()
                    .map(|entry| (entry.key.to_string(), self.to_json_value(entry.value)));
                serde_json::Value::Object(fields.collect::<Map<_, _>>())
            }
        }
    }
}

fn json_number(lexeme: &str) -> Option<Number> {
    let integer = number::integer(lexeme);
    let signed = integer
        .and_then(|value| i64::try_from(value).ok())
        .map(Number::from);
    let unsigned = || {
        integer
            .and_then(|value| u64::try_from(value).ok())
            .map(Number::from)
    };
    signed
        .or_else(unsigned)
        .or_else(|| Number::from_f64(number::float(lexeme)?))
}
