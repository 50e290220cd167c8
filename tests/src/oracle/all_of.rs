//! Compositions made at random: a value is one of the whole if, and only if, it is one of every part.
//!
//! The judge reads `allOf` as the standard says, a part at a time. The generated struct is flat, so what
//! it takes must be just what all of its parts take.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// How many wholes a document has.
const WHOLES: usize = 40;

/// The properties that parts share; two parts give one name the same type, with constraints of their
/// own.
const NAMES: &[&str] = &[
    "text", "count", "ratio", "flag", "state", "list", "inner", "any",
];

/// A document whose components are compositions.
pub(super) fn document(seed: u64) -> Value {
    let mut rng = Rng::with_seed(seed);
    let mut schemas = Map::new();
    for number in 0..WHOLES {
        let mut members = Vec::new();
        for part in 0..rng.usize(2..=4) {
            let schema = object(&mut rng, 0);
            if rng.bool() {
                let name = format!("Part{number}x{part}");
                members.push(json!({ "$ref": format!("#/components/schemas/{name}") }));
                schemas.insert(name, schema);
            } else {
                members.push(schema);
            }
        }
        let mut whole = json!({ "allOf": members });
        if rng.bool() {
            // What stands beside an `allOf` is one more member of it.
            for (key, value) in object(&mut rng, 0).as_object().into_iter().flatten() {
                whole[key] = value.clone();
            }
        }
        schemas.insert(format!("Whole{number}"), whole);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Compositions", "version": "1" },
        "components": { "schemas": schemas },
    })
}

fn object(rng: &mut Rng, depth: usize) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for name in NAMES {
        if rng.u8(..3) > 0 {
            continue;
        }
        properties.insert((*name).to_owned(), property(name, rng, depth));
        if rng.bool() {
            required.push(*name);
        }
    }
    if properties.is_empty() {
        properties.insert("text".to_owned(), property("text", rng, depth));
    }
    json!({ "type": "object", "properties": properties, "required": required })
}

fn property(name: &str, rng: &mut Rng, depth: usize) -> Value {
    let mut schema = match name {
        "text" => json!({ "type": "string", "minLength": rng.u8(..3), "maxLength": rng.u8(4..9) }),
        "count" => {
            json!({ "type": "integer", "minimum": rng.i8(-9..0), "maximum": rng.i8(1..20) })
        }
        "ratio" => json!({ "type": "number", "exclusiveMinimum": -1.5, "maximum": rng.u8(1..9) }),
        "flag" => json!({ "type": "boolean" }),
        "state" => {
            let values = [["a", "b", "c"], ["b", "c", "d"]][rng.usize(..2)];
            json!({ "type": "string", "enum": values })
        }
        "list" => json!({
            "type": "array",
            "items": { "type": "integer", "minimum": rng.i8(-3..1) },
            "maxItems": rng.u8(2..6),
            "uniqueItems": rng.bool(),
        }),
        "inner" if depth < 2 => object(rng, depth + 1),
        "inner" => json!({ "type": "object" }),
        _ => json!({}),
    };
    if name != "any" && rng.u8(..4) == 0 {
        let kind = schema["type"].take();
        schema["type"] = json!([kind, "null"]);
        if let Some(Value::Array(values)) = schema.get_mut("enum") {
            values.push(Value::Null);
        }
    }
    schema
}
