//! Made values of the types of the IR, as JSON text, that the `jsonschema` crate calls valid.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::oracle::{Document, Maker};

/// How often a value is made anew until one will do.
const TRIES: usize = 200;

/// The same values in every run.
const SEED: u64 = 1;

/// Makes values for one program.
pub(super) struct Values<'d> {
    document: &'d Document,
    api: &'d Value,
    maker: Maker<'d>,
    known: HashMap<(String, Place), Option<String>>,
}

/// Where a value goes, which is not the same to all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Body,
    /// A body in parts, none of which says that a list is empty.
    Parts,
    /// A parameter outside of a path. A header can only have printable ASCII.
    Parameter,
    /// A path, which must not be empty either.
    Path,
}

impl Place {
    fn takes(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Body, _) => true,
            (Self::Parts, Value::Object(fields)) => {
                let is_empty = |it: &Value| it.as_array().is_some_and(Vec::is_empty);
                !fields.values().any(is_empty)
            }
            (Self::Parts, _) => true,
            (_, Value::Null) => false,
            (_, Value::String(text)) => {
                let fits = text.bytes().all(|byte| byte.is_ascii_graphic());
                fits && !text.is_empty() && !matches!(text.as_str(), "." | "..")
            }
            (_, Value::Array(items)) => {
                !items.is_empty() && items.iter().all(|item| self.takes(item))
            }
            (_, Value::Object(entries)) => {
                !entries.is_empty() && entries.values().all(|value| self.takes(value))
            }
            _ => true,
        }
    }
}

impl<'d> Values<'d> {
    pub(super) fn new(document: &'d Document, api: &'d Value) -> Self {
        Self {
            document,
            api,
            maker: Maker::new(document, SEED),
            known: HashMap::new(),
        }
    }

    /// A valid value of a type of the IR, or nothing if none could be made.
    pub(super) fn of(&mut self, ty: &Value, place: Place) -> Option<String> {
        let schema = self.schema(ty);
        let key = (schema.to_string(), place);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let validator = self.document.validator_of(schema.clone()).ok();
        let is_valid = |value: &Value| validator.as_ref().is_none_or(|it| it.is_valid(value));
        let mut made = (0..TRIES).map(|_| self.maker.value(&schema, 0));
        let value = made.find(|value| place.takes(value) && is_valid(value));
        let value = value.map(|value| value.to_string());
        self.known.insert(key, value.clone());
        value
    }

    /// The schema of a type, by reference where the document has it.
    fn schema(&self, ty: &Value) -> Value {
        let mut schema = self.schema_of_kind(&ty["kind"]);
        if let Value::Object(schema) = &mut schema {
            constrain(schema, &ty["constraints"]);
        }
        schema
    }

    fn schema_of_kind(&self, kind: &Value) -> Value {
        match kind.as_str() {
            Some("Boolean") => return json!({ "type": "boolean" }),
            Some("Null") => return json!({ "type": "null" }),
            _ => {}
        }
        let entry = kind.as_object().and_then(|kind| kind.iter().next());
        let Some((name, inner)) = entry else {
            return json!({});
        };
        let format = inner.as_str().unwrap_or_default();
        match name.as_str() {
            "Integer" => json!({ "type": "integer", "format": format.to_lowercase() }),
            "Number" => json!({ "type": "number", "format": format.to_lowercase() }),
            "String" => string(format),
            "Array" => json!({ "type": "array", "items": self.schema(inner) }),
            "Fixed" => json!({
                "type": "array",
                "items": self.schema(&inner[0]),
                "minItems": inner[1],
                "maxItems": inner[1],
            }),
            "Tuple" => {
                let items = inner.as_array().into_iter().flatten();
                let items: Vec<Value> = items.map(|item| self.schema(item)).collect();
                json!({ "type": "array", "minItems": items.len(), "maxItems": items.len(), "prefixItems": items })
            }
            "Map" => json!({ "type": "object", "additionalProperties": self.schema(inner) }),
            "KeyedMap" => {
                json!({ "type": "object", "additionalProperties": self.schema(&inner[1]) })
            }
            "Named" => {
                let origin = self.named(kind).map(|def| &def["origin"]["pointer"]);
                json!({ "$ref": origin })
            }
            _ => json!({}),
        }
    }

    /// The definition of a named type.
    fn named(&self, kind: &Value) -> Option<&'d Value> {
        let index = usize::try_from(kind["Named"].as_u64()?).ok()?;
        self.api["types"].get(index)
    }

    /// The text of a form with what must be in it: bytes for a file, and else JSON. Its boundary is a `b`.
    pub(super) fn form(&mut self, ty: &Value) -> Option<String> {
        let definition = self.named(&ty["kind"]).map(|def| &def["definition"]);
        // A list of parts may be empty.
        let fields = definition.and_then(|it| it["Struct"]["fields"].as_array());
        let mut text = String::new();
        for field in fields.into_iter().flatten() {
            if field["required"] != true {
                continue;
            }
            let (name, kind) = (&field["name"], &field["ty"]["kind"]);
            let is_file = kind == "File" || kind["Array"]["kind"] == "File";
            let (media_type, value) = match is_file {
                true => ("application/octet-stream", "bytes".to_owned()),
                false => ("application/json", self.of(&field["ty"], Place::Parts)?),
            };
            let head = format!("Content-Disposition: form-data; name={name}");
            text += &format!("--b\r\n{head}\r\nContent-Type: {media_type}\r\n\r\n{value}\r\n");
        }
        Some(text + "--b--")
    }

    /// The fields of a struct of headers that must be there, with their styles.
    pub(super) fn required_headers(&self, ty: &Value) -> Vec<(&'d Value, &'d Value)> {
        let definition = self
            .named(&ty["kind"])
            .map(|def| &def["definition"]["Struct"]);
        let list = |key: &str| {
            definition
                .and_then(|it| it[key].as_array())
                .into_iter()
                .flatten()
        };
        let headers = list("fields").zip(list("headers"));
        headers
            .filter(|(field, _)| field["required"] == true)
            .collect()
    }
}

fn string(format: &str) -> Value {
    let format = match format {
        "DateTime" => "date-time",
        "Date" => "date",
        "Uuid" => "uuid",
        "Uri" => "uri",
        "Ipv4" | "Ip" => "ipv4",
        "Ipv6" => "ipv6",
        "Base64" | "Base64Url" => "byte",
        _ => return json!({ "type": "string" }),
    };
    json!({ "type": "string", "format": format })
}

/// Writes constraints of the IR as keywords.
fn constrain(schema: &mut Map<String, Value>, constraints: &Value) {
    const KEYWORDS: &[(&str, &str)] = &[
        ("min_length", "minLength"),
        ("max_length", "maxLength"),
        ("minimum", "minimum"),
        ("maximum", "maximum"),
        ("exclusive_minimum", "exclusiveMinimum"),
        ("exclusive_maximum", "exclusiveMaximum"),
        ("min_items", "minItems"),
        ("max_items", "maxItems"),
        ("min_properties", "minProperties"),
        ("max_properties", "maxProperties"),
    ];
    for (field, keyword) in KEYWORDS {
        let value = match &constraints[*field] {
            // Numbers are kept as the document writes them.
            Value::String(digits) => serde_json::from_str(digits).unwrap_or_default(),
            value => value.clone(),
        };
        if !value.is_null() {
            schema.insert((*keyword).to_owned(), value);
        }
    }
    if let Some(pattern) = constraints["patterns"].get(0) {
        schema.insert("pattern".to_owned(), pattern.clone());
    }
    if let Some(multiple) = constraints["multiple_of"].get(0).and_then(Value::as_str) {
        let multiple = serde_json::from_str(multiple).unwrap_or_default();
        schema.insert("multipleOf".to_owned(), multiple);
    }
    if constraints["unique_items"] == true {
        schema.insert("uniqueItems".to_owned(), json!(true));
    }
    let values = constraints["values"].as_array().into_iter().flatten();
    let values = values.filter_map(|value| serde_json::from_str(value.as_str()?).ok());
    let values: Vec<Value> = values.collect();
    if !values.is_empty() {
        schema.insert("enum".to_owned(), values.into());
    }
}
