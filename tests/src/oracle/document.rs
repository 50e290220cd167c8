//! A document as JSON, and its schemas in the dialect that the judge knows.

use std::cell::RefCell;
use std::collections::HashMap;
use std::error::Error;

use camino::Utf8Path;
use jsonschema::{Draft, Validator};
use oarlock::config::Config;
use oarlock::source::{Sources, decode};
use oarlock::{Generated, Phase};
use serde_json::{Map, Value, json};

/// A document, its schemas rewritten to JSON Schema 2020-12.
///
/// The rewriting is done here once more, apart from the generator, so that the two can disagree.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) root: Value,
    sources: Sources,
    config: Config,
    resolved: RefCell<HashMap<String, Option<Value>>>,
}

impl Document {
    /// Reads a document, to be generated as the configuration says.
    pub(crate) fn read(path: &Utf8Path, config: Config) -> Result<Self, Box<dyn Error>> {
        let text = decode(path.as_str(), std::fs::read(path)?)?;
        let sources = Sources::new(path.as_str(), text);
        let loaded = oarlock::inspect(&sources, &config, Phase::Load)
            .map_err(|findings| findings.render(&sources, false))?;
        let mut root: Value = serde_json::from_str(&loaded)?;
        let is_old = root.get("swagger").is_some()
            || root["openapi"]
                .as_str()
                .is_some_and(|it| it.starts_with("3.0"));
        if is_old {
            drop_siblings(&mut root);
        }
        modernise(&mut root, false);
        Ok(Self {
            root,
            sources,
            config,
            resolved: RefCell::default(),
        })
    }

    /// The crate of the document.
    pub(crate) fn generated(&self) -> Result<Generated, Box<dyn Error>> {
        oarlock::generate(&self.sources, &self.config)
            .map_err(|findings| findings.render(&self.sources, false).into())
    }

    /// What a phase makes of the document.
    pub(crate) fn phase(&self, phase: Phase) -> Result<Value, Box<dyn Error>> {
        let text = oarlock::inspect(&self.sources, &self.config, phase)
            .map_err(|findings| findings.render(&self.sources, false))?;
        Ok(serde_json::from_str(&text)?)
    }

    /// What judges the values of a schema, or why the judge cannot read the schema.
    pub(crate) fn validator(&self, pointer: &str) -> Result<Validator, String> {
        self.validator_of(json!({ "$ref": pointer }))
    }

    /// The same for a schema that may refer to those of the document.
    pub(crate) fn validator_of(&self, mut schema: Value) -> Result<Validator, String> {
        for section in ["components", "definitions", "paths"] {
            if let Some(value) = self.root.get(section) {
                schema[section] = value.clone();
            }
        }
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .build(&schema)
            .map_err(|error| format!("{} at {}", error, error.instance_path()))
    }

    /// What a pointer such as `#/components/schemas/Pet` leads to.
    pub(crate) fn resolve(&self, pointer: &str) -> Option<Value> {
        if let Some(known) = self.resolved.borrow().get(pointer) {
            return known.clone();
        }
        let path = pointer
            .strip_prefix('#')?
            .replace("%7B", "{")
            .replace("%7D", "}");
        let found = self.root.pointer(&path).cloned();
        let mut resolved = self.resolved.borrow_mut();
        resolved.insert(pointer.to_owned(), found.clone());
        found
    }
}

/// Keys whose values are data, in which nothing is a schema.
const DATA: &[&str] = &[
    "example",
    "examples",
    "default",
    "enum",
    "const",
    "x-enum-varnames",
];

/// Takes away what does not count beside a `$ref` in documents before 3.1 (B5).
fn drop_siblings(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(drop_siblings),
        Value::Object(object) => {
            if object.get("$ref").is_some_and(Value::is_string) {
                let kept = ["$ref", "nullable", "readOnly", "writeOnly"];
                object.retain(|key, _| kept.contains(&key.as_str()));
            }
            object.values_mut().for_each(drop_siblings);
        }
        _ => {}
    }
}

/// Rewrites `nullable` and boolean bounds to what JSON Schema 2020-12 says in their place. The
/// children of `properties` are names, so a property called `nullable` stays.
fn modernise(value: &mut Value, names: bool) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| modernise(item, false)),
        Value::Object(object) => {
            for (key, child) in object.iter_mut() {
                let is_data = !names && DATA.contains(&key.as_str());
                if !is_data {
                    let named = ["properties", "patternProperties", "definitions", "schemas"];
                    modernise(child, !names && named.contains(&key.as_str()));
                }
            }
            if !names {
                modernise_schema(object);
            }
        }
        _ => {}
    }
}

fn modernise_schema(schema: &mut Map<String, Value>) {
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if let Some(Value::Bool(is_exclusive)) = schema.get(exclusive).cloned() {
            schema.remove(exclusive);
            if is_exclusive && let Some(limit) = schema.remove(bound) {
                schema.insert(exclusive.to_owned(), limit);
            }
        }
    }
    if let Some(places @ Value::Array(_)) = schema.get("items").cloned() {
        schema.remove("items");
        schema.insert("prefixItems".to_owned(), places);
        if let Some(others) = schema.remove("additionalItems") {
            schema.insert("items".to_owned(), others);
        }
    }
    if schema.get("required").is_some_and(Value::is_boolean) {
        schema.remove("required");
    }
    // 2020-12 takes formats for annotations that the judge checks; these two are no formats to it.
    let nullable = ["nullable", "x-nullable"]
        .iter()
        .any(|key| schema.remove(*key) == Some(Value::Bool(true)));
    if !nullable {
        return;
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    // A branch that says nothing else is for `null`, although by the letter it takes anything (H8).
    if schema.is_empty() {
        schema.insert("type".to_owned(), json!("null"));
        return;
    }
    match schema.get_mut("type") {
        Some(Value::String(name)) => {
            let both = json!([name, "null"]);
            schema.insert("type".to_owned(), both);
        }
        Some(Value::Array(names)) => {
            if !names.contains(&json!("null")) {
                names.push(json!("null"));
            }
        }
        _ => {
            let inner = Value::Object(std::mem::take(schema));
            schema.insert("anyOf".to_owned(), json!([inner, { "type": "null" }]));
        }
    }
}
