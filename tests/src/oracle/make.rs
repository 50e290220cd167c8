//! Values of a schema, made at random. They are mostly valid; the judge sorts out the others.

use std::collections::HashMap;
use std::rc::Rc;

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::document::Document;
use super::text;

/// Below this depth only what is required is made, so that recursive schemas come to an end.
const SHALLOW: usize = 4;

/// Below this depth nothing is made.
const DEEPEST: usize = 24;

/// How many references and members of `allOf` are followed for one value.
const MOST_MEMBERS: usize = 64;

/// Makes values of the schemas of a document.
pub(crate) struct Maker<'d> {
    document: &'d Document,
    rng: Rng,
    /// What the members of a schema say together, by the schema's text.
    flat: HashMap<String, Rc<Flat>>,
}

/// What a schema, the targets of its references and the members of its `allOf` say together.
#[derive(Debug, Default)]
struct Flat {
    /// The keywords, those of later members over those of earlier ones.
    keywords: Map<String, Value>,
    /// The properties, each with everything that is said of it.
    properties: Vec<(String, Vec<Value>)>,
    required: Vec<String>,
    /// The lists of `oneOf` and `anyOf`, each with its discriminator.
    unions: Vec<(Vec<Value>, Option<Value>)>,
    /// A member that no value is valid for.
    never: bool,
}

impl<'d> Maker<'d> {
    /// The same seed makes the same values.
    pub(crate) fn new(document: &'d Document, seed: u64) -> Self {
        Self {
            document,
            rng: Rng::with_seed(seed),
            flat: HashMap::new(),
        }
    }

    /// A value of the schema that a pointer leads to.
    pub(super) fn instance(&mut self, pointer: &str) -> Value {
        self.value(&json!({ "$ref": pointer }), 0)
    }

    /// A value of a schema; `depth` is how deep it stands in another one.
    pub(crate) fn value(&mut self, schema: &Value, depth: usize) -> Value {
        if depth > DEEPEST {
            return Value::Null;
        }
        if let Value::Bool(_) = schema {
            return self.any();
        }
        let flat = self.flat(schema);
        self.of_flat(&flat, depth)
    }

    fn of_flat(&mut self, flat: &Flat, depth: usize) -> Value {
        if let Some(value) = flat.keywords.get("const") {
            return value.clone();
        }
        if let Some(Value::Array(values)) = flat.keywords.get("enum")
            && !values.is_empty()
        {
            return values[self.rng.usize(..values.len())].clone();
        }
        let mut value = self.of_type(flat, depth);
        for (branches, discriminator) in &flat.unions {
            if branches.is_empty() {
                continue;
            }
            // Deep down, the branch that is least likely to go on is the first scalar one.
            let index = self.rng.usize(..branches.len());
            let mut branch = self.value(&branches[index], depth + 1);
            if let Some(discriminator) = discriminator {
                self.tag(&mut branch, &branches[index], discriminator);
            }
            match (&mut value, branch) {
                (Value::Object(own), Value::Object(branch)) if has_shape(flat) => {
                    for (key, value) in branch {
                        own.entry(key).or_insert(value);
                    }
                }
                (value, branch) => {
                    if !has_shape(flat) || branch.is_null() {
                        *value = branch;
                    }
                }
            }
        }
        value
    }

    /// Writes the value of a discriminator that leads to the branch.
    fn tag(&mut self, value: &mut Value, branch: &Value, discriminator: &Value) {
        let (Value::Object(object), Some(target), Some(property)) = (
            value,
            branch.get("$ref").and_then(Value::as_str),
            discriminator.get("propertyName").and_then(Value::as_str),
        ) else {
            return;
        };
        let name = target.rsplit('/').next().unwrap_or_default();
        let mapped = discriminator
            .get("mapping")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter(|(_, to)| to.as_str() == Some(target) || to.as_str() == Some(name));
        let keys: Vec<&String> = mapped.map(|(key, _)| key).collect();
        let declared = self.flat(&json!({ "$ref": target }));
        let own = declared.properties.iter().find(|(key, _)| key == property);
        let has_values = own.is_some_and(|(_, schemas)| {
            let own = self.flat(&json!({ "allOf": schemas }));
            own.keywords.contains_key("enum") || own.keywords.contains_key("const")
        });
        let key = match keys[..] {
            [] if has_values => return,
            [] => name.to_owned(),
            _ => keys[self.rng.usize(..keys.len())].clone(),
        };
        object.insert(property.to_owned(), key.into());
    }

    fn of_type(&mut self, flat: &Flat, depth: usize) -> Value {
        let names: Vec<&str> = match flat.keywords.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let keywords = &flat.keywords;
        let has = |keys: &[&str]| keys.iter().any(|key| keywords.contains_key(*key));
        let name = match names[..] {
            [] if !flat.properties.is_empty()
                || !flat.required.is_empty()
                || has(&["additionalProperties", "minProperties"]) =>
            {
                "object"
            }
            [] if has(&["items", "prefixItems", "minItems"]) => "array",
            [] if has(&["pattern", "minLength", "maxLength", "format"]) => "string",
            [] if has(&["minimum", "maximum", "multipleOf"]) => "number",
            [] => return self.any(),
            _ => names[self.rng.usize(..names.len())],
        };
        match name {
            "null" => Value::Null,
            "boolean" => self.rng.bool().into(),
            "integer" => self.integer(keywords),
            "number" => self.number(keywords),
            "string" => text::of(keywords, &mut self.rng).into(),
            "array" => self.array(keywords, depth),
            _ => self.object(flat, depth),
        }
    }

    /// Any value, small.
    fn any(&mut self) -> Value {
        match self.rng.u8(..6) {
            0 => json!({ "a": [1, null] }),
            1 => json!("text"),
            2 => json!(-5),
            3 => json!([1.5, "x"]),
            4 => json!(true),
            _ => json!({}),
        }
    }

    fn object(&mut self, flat: &Flat, depth: usize) -> Value {
        let mut object = Map::new();
        for (name, schemas) in &flat.properties {
            let required = flat.required.contains(name);
            let wanted = depth < SHALLOW && self.rng.u8(..3) > 0;
            if schemas.contains(&Value::Bool(false)) || !(required || wanted) {
                continue;
            }
            let value = match &schemas[..] {
                [schema] => self.value(schema, depth + 1),
                _ => self.value(&json!({ "allOf": schemas }), depth + 1),
            };
            object.insert(name.clone(), value);
        }
        for name in &flat.required {
            if !object.contains_key(name) {
                let value = self.any();
                object.insert(name.clone(), value);
            }
        }
        self.other_keys(flat, &mut object, depth);
        Value::Object(object)
    }

    /// Keys that are not declared, where the schema says what they hold.
    fn other_keys(&mut self, flat: &Flat, object: &mut Map<String, Value>, depth: usize) {
        let count = |key: &str| flat.keywords.get(key).and_then(Value::as_u64).unwrap_or(0);
        let rest = flat.keywords.get("additionalProperties");
        let is_map = flat.properties.is_empty();
        let schema = match rest {
            Some(Value::Bool(false)) => return,
            Some(schema @ Value::Object(_)) => schema.clone(),
            // What a struct does not declare is dropped (G3); a map keeps it.
            _ if is_map => json!({ "type": "string" }),
            _ => return,
        };
        let wanted = if depth < SHALLOW {
            self.rng.u64(..3)
        } else {
            0
        };
        for number in 0..wanted.max(count("minProperties")) {
            let names = flat.keywords.get("propertyNames").cloned();
            let key = match names {
                Some(names) => self.value(&names, depth + 1),
                None => format!("key {number}").into(),
            };
            if let Value::String(key) = key {
                let value = self.value(&schema, depth + 1);
                object.entry(key).or_insert(value);
            }
        }
    }

    fn array(&mut self, keywords: &Map<String, Value>, depth: usize) -> Value {
        let count = |key: &str| keywords.get(key).and_then(Value::as_u64);
        let min = count("minItems").unwrap_or(0);
        let most = if depth < SHALLOW { min + 2 } else { min };
        let max = count("maxItems").unwrap_or(most).min(most).max(min);
        let length = self.rng.u64(min..=max);
        let mut items = Vec::new();
        let first = keywords.get("prefixItems").and_then(Value::as_array);
        for schema in first.into_iter().flatten() {
            items.push(self.value(schema, depth + 1));
        }
        if let Some(schema) = keywords
            .get("items")
            .filter(|it| **it != Value::Bool(false))
        {
            while (items.len() as u64) < length {
                let item = self.value(schema, depth + 1);
                items.push(item);
            }
        } else if first.is_none() {
            items.extend((0..length).map(|_| self.any()));
        }
        if keywords.get("uniqueItems") == Some(&Value::Bool(true)) {
            let mut unique: Vec<Value> = Vec::new();
            for item in items {
                if !unique.contains(&item) {
                    unique.push(item);
                }
            }
            items = unique;
        }
        Value::Array(items)
    }

    fn integer(&mut self, keywords: &Map<String, Value>) -> Value {
        let bound = |key: &str| keywords.get(key).and_then(Value::as_f64);
        let wide = match keywords.get("format").and_then(Value::as_str) {
            Some("int8" | "uint8") => 127.0,
            Some("int16" | "uint16") => 32_767.0,
            Some("int64") | None => 9.0e15,
            _ => 2_147_483_647.0,
        };
        let unsigned = keywords
            .get("format")
            .and_then(Value::as_str)
            .is_some_and(|format| format.starts_with('u'));
        let low = bound("minimum").or(bound("exclusiveMinimum").map(|it| it + 1.0));
        let high = bound("maximum").or(bound("exclusiveMaximum").map(|it| it - 1.0));
        let low = low.unwrap_or(if unsigned { 0.0 } else { -wide });
        let high = high.unwrap_or(wide).max(low);
        #[allow(
            clippy::cast_possible_truncation,
            reason = "the bounds are within an i64"
        )]
        let (low, high) = (low.ceil() as i64, high.floor() as i64);
        let number = match self.rng.u8(..4) {
            0 => low,
            1 => high,
            2 => 0.clamp(low, high.max(low)),
            _ => self.rng.i64(low..=high.max(low)),
        };
        let step = keywords.get("multipleOf").and_then(Value::as_i64);
        step.filter(|step| *step != 0)
            .map_or(number, |step| number / step * step)
            .into()
    }

    fn number(&mut self, keywords: &Map<String, Value>) -> Value {
        if let Some("int32" | "int64") = keywords.get("format").and_then(Value::as_str) {
            return self.integer(keywords);
        }
        let bound = |key: &str| keywords.get(key).and_then(Value::as_f64);
        let low = bound("minimum").or(bound("exclusiveMinimum").map(|it| it + 0.5));
        let high = bound("maximum").or(bound("exclusiveMaximum").map(|it| it - 0.5));
        let low = low.unwrap_or(high.map_or(-1000.0, |high| high - 1000.0));
        let high = high.unwrap_or(low + 1000.0);
        let number = low + self.rng.f64() * (high - low);
        let step = bound("multipleOf").filter(|step| *step > 0.0);
        // A quarter is a number that every width of floats holds exactly.
        let number = step.map_or((number * 4.0).round() / 4.0, |it| {
            (number / it).floor() * it
        });
        json!(number.clamp(low, high))
    }

    fn flat(&mut self, schema: &Value) -> Rc<Flat> {
        let text = schema.to_string();
        if let Some(known) = self.flat.get(&text) {
            return Rc::clone(known);
        }
        let mut flat = Flat::default();
        let mut left = MOST_MEMBERS;
        self.flatten(schema, &mut flat, &mut left);
        let flat = Rc::new(flat);
        self.flat.insert(text, Rc::clone(&flat));
        flat
    }

    fn flatten(&self, schema: &Value, flat: &mut Flat, left: &mut usize) {
        let Value::Object(object) = schema else {
            flat.never |= *schema == Value::Bool(false);
            return;
        };
        if *left == 0 {
            return;
        }
        *left -= 1;
        if let Some(target) = object.get("$ref").and_then(Value::as_str)
            && let Some(target) = self.document.resolve(target)
        {
            self.flatten(&target, flat, left);
        }
        for member in object
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            self.flatten(member, flat, left);
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(Value::Array(branches)) = object.get(key) {
                let discriminator = object.get("discriminator").cloned();
                flat.unions.push((branches.clone(), discriminator));
            }
        }
        let properties = object.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            match flat.properties.iter_mut().find(|(known, _)| known == name) {
                Some((_, schemas)) => schemas.push(schema.clone()),
                None => flat.properties.push((name.clone(), vec![schema.clone()])),
            }
        }
        let required = object.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        flat.required.extend(required.map(str::to_owned));
        for (key, value) in object {
            let applied = ["$ref", "allOf", "oneOf", "anyOf", "properties", "required"];
            if !applied.contains(&key.as_str()) {
                flat.keywords.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Whether a schema says something of its values beside its unions.
fn has_shape(flat: &Flat) -> bool {
    !flat.properties.is_empty() || flat.keywords.contains_key("additionalProperties")
}
