//! An instance of a schema in which everything is there.

use serde_json::{Map, Value};

use super::{Kind, Shape};

impl Shape {
    /// An instance with every property, none of them null, and no two texts the same, so that a
    /// value in the wrong place is seen.
    #[must_use]
    pub fn sample(&self) -> Value {
        sample(self, &mut 0)
    }
}

fn sample(shape: &Shape, count: &mut usize) -> Value {
    *count += 1;
    let number = *count;
    match &shape.kind {
        Kind::Object {
            properties,
            undeclared,
            ..
        } => {
            let mut object = Map::new();
            for property in properties {
                object.insert(property.name.clone(), sample(&property.shape, count));
            }
            for name in undeclared {
                object.insert(name.clone(), Value::from(number));
            }
            Value::Object(object)
        }
        Kind::Array { items, min, max } => {
            let most = max.unwrap_or(usize::MAX);
            let len = min.unwrap_or(0).max(2).min(most);
            (0..len).map(|_| sample(items, count)).collect()
        }
        Kind::Text {
            format,
            values,
            min,
            max,
        } => {
            if let Some(value) = values.get(number % values.len().max(1)) {
                return Value::from(value.as_str());
            }
            Value::from(match format.as_str() {
                "uuid" => format!("5d2c31f6-ab7e-481a-b6fd-{number:012}"),
                "date-time" => format!("2024-05-01T10:{:02}:07.125+02:00", number % 60),
                "date" => format!("2024-05-{:02}", 1 + number % 28),
                "uri" | "url" => format!("https://example.com/{number}"),
                _ => {
                    let text = format!("text {number}");
                    let padded = format!("{text:-<width$}", width = min.unwrap_or(0));
                    padded.chars().take(max.unwrap_or(usize::MAX)).collect()
                }
            })
        }
        Kind::Integer { .. } => Value::from(number),
        Kind::Number => Value::from(number as f64 + 0.5),
        Kind::Boolean => Value::from(true),
    }
}
