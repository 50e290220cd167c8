//! The examples that a document gives of its schemas.

use serde_json::Value;

use super::document::Document;

/// The examples of a component: its own, and those of media types whose schema is that component.
pub(super) fn of(document: &Document, pointer: &str) -> Vec<Value> {
    let mut examples = Vec::new();
    if let Some(schema) = document.resolve(pointer) {
        examples.extend(schema.get("example").cloned());
        if let Some(Value::Array(several)) = schema.get("examples") {
            examples.extend(several.iter().cloned());
        }
    }
    for section in ["paths", "components", "webhooks"] {
        if let Some(value) = document.root.get(section) {
            find(document, value, pointer, &mut examples);
        }
    }
    examples.dedup();
    examples
}

/// Looks for media types below a value. A media type is any object with a `schema` and an example.
fn find(document: &Document, value: &Value, pointer: &str, examples: &mut Vec<Value>) {
    match value {
        Value::Array(items) => {
            for item in items {
                find(document, item, pointer, examples);
            }
        }
        Value::Object(object) => {
            let schema = object.get("schema").and_then(|schema| schema.get("$ref"));
            let is_parameter = object.contains_key("in");
            if schema.and_then(Value::as_str) == Some(pointer) && !is_parameter {
                examples.extend(object.get("example").cloned());
                if let Some(Value::Object(named)) = object.get("examples") {
                    examples.extend(named.values().filter_map(|named| {
                        let target = named.get("$ref").and_then(Value::as_str);
                        let named = target.map_or(Some(named.clone()), |it| document.resolve(it));
                        named?.get("value").cloned()
                    }));
                }
            }
            for (key, child) in object {
                if !matches!(key.as_str(), "example" | "examples" | "schemas") {
                    find(document, child, pointer, examples);
                }
            }
        }
        _ => {}
    }
}
