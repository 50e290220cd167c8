//! Instances of the document's schemas, made at random, and a judge of them that is not ours.

mod mutate;
mod texts;

use jsonschema::{Draft, Validator};
use oarlock::Phase;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::project;

pub use mutate::{Mutation, mutation};

/// An instance of a schema.
#[derive(Debug, Clone)]
pub struct Instance {
    /// What is read.
    pub sent: Value,
    /// What is to be written. It differs in what has several spellings of the same value, in keys
    /// that the schema does not declare, and in nulls that might as well be absent.
    pub written: Value,
}

impl From<Value> for Instance {
    fn from(value: Value) -> Self {
        Self {
            sent: value.clone(),
            written: value,
        }
    }
}

/// The schemas of the document in the dialect of JSON Schema 2020-12.
#[derive(Debug)]
pub struct Schemas {
    root: Value,
}

/// A property of a schema, as its instances see it.
#[derive(Debug, Clone, Copy)]
pub struct Place<'s> {
    /// The schema of the value.
    pub schema: &'s Value,
    /// Whether the value may be absent.
    pub optional: bool,
}

/// An object's properties and required names, put together from all members of `allOf`.
#[derive(Debug, Default)]
struct Object<'s> {
    properties: Vec<(&'s str, &'s Value)>,
    required: Vec<&'s str>,
}

impl Schemas {
    /// The schemas of the document as the generator upgrades them: that turns `nullable`, which
    /// JSON Schema does not know, into a type.
    ///
    /// # Panics
    ///
    /// The document cannot be upgraded.
    #[must_use]
    pub fn of_document() -> Self {
        let sources = project::sources(project::DOCUMENT, project::read(project::DOCUMENT));
        let text = oarlock::inspect(&sources, &project::config(), Phase::Upgrade);
        let text = text.expect("the document can be upgraded");
        Self {
            root: serde_json::from_str(&text).expect("a phase is printed as JSON"),
        }
    }

    /// The names of the schemas.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let schemas = self.root["components"]["schemas"].as_object();
        schemas.into_iter().flat_map(Map::keys).cloned().collect()
    }

    /// What judges the instances of a schema, formats included.
    ///
    /// # Panics
    ///
    /// The schema is not one.
    pub fn validator(&self, name: &str) -> Validator {
        let schema = json!({
            "$ref": format!("#/components/schemas/{name}"),
            "components": self.root["components"],
        });
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(false)
            .build(&schema)
            .expect("a schema")
    }

    /// Instances of a schema.
    pub fn instances(&self, name: &str) -> BoxedStrategy<Instance> {
        self.strategy(self.named(name))
    }

    /// The declared value that a pointer into an instance leads to.
    #[must_use]
    pub fn place(&self, name: &str, pointer: &str) -> Option<Place<'_>> {
        let mut place = Place {
            schema: self.named(name),
            optional: false,
        };
        for key in pointer.split('/').skip(1) {
            let key = key.replace("~1", "/").replace("~0", "~");
            place = match self.follow(place.schema).get("items") {
                Some(items) => Place {
                    schema: items,
                    optional: false,
                },
                None => {
                    let object = self.object(place.schema);
                    let (_, schema) = object.properties.iter().find(|(name, _)| *name == key)?;
                    Place {
                        schema,
                        optional: !object.required.contains(&key.as_str()),
                    }
                }
            };
        }
        Some(Place {
            schema: self.follow(place.schema),
            ..place
        })
    }

    fn named(&self, name: &str) -> &Value {
        &self.root["components"]["schemas"][name]
    }

    fn follow<'s>(&'s self, schema: &'s Value) -> &'s Value {
        match schema["$ref"].as_str() {
            Some(reference) => {
                let pointer = reference.strip_prefix('#').expect("a reference in here");
                let target = self.root.pointer(pointer);
                self.follow(target.unwrap_or_else(|| panic!("{reference} is not there")))
            }
            None => schema,
        }
    }

    fn object<'s>(&'s self, schema: &'s Value) -> Object<'s> {
        let schema = self.follow(schema);
        let mut object = Object::default();
        for member in schema["allOf"].as_array().into_iter().flatten() {
            let member = self.object(member);
            object.properties.extend(member.properties);
            object.required.extend(member.required);
        }
        let properties = schema["properties"].as_object().into_iter().flatten();
        object
            .properties
            .extend(properties.map(|(name, schema)| (name.as_str(), schema)));
        let required = schema["required"].as_array().into_iter().flatten();
        object.required.extend(required.filter_map(Value::as_str));
        object
    }

    fn strategy(&self, schema: &Value) -> BoxedStrategy<Instance> {
        let schema = self.follow(schema);
        refuse_unknown_keywords(schema);
        if schema.get("allOf").is_some() {
            return self.objects(schema);
        }
        let types: Vec<&str> = match &schema["type"] {
            Value::String(one) => vec![one],
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            other => panic!("instances of the type {other} are not made"),
        };
        let strategies = types.into_iter().map(|name| match name {
            "null" => Just(Value::Null.into()).boxed(),
            "boolean" => any::<bool>().prop_map(|value| json!(value).into()).boxed(),
            "integer" => any::<i64>().prop_map(|value| json!(value).into()).boxed(),
            "string" => texts::strategy(schema),
            "array" => self.arrays(schema),
            "object" => self.objects(schema),
            other => panic!("instances of the type {other} are not made"),
        });
        proptest::strategy::Union::new(strategies).boxed()
    }

    fn arrays(&self, schema: &Value) -> BoxedStrategy<Instance> {
        let items = vec(self.strategy(&schema["items"]), 0..5);
        items
            .prop_map(|items| {
                let (sent, written): (Vec<_>, Vec<_>) = items
                    .into_iter()
                    .map(|item| (item.sent, item.written))
                    .unzip();
                Instance {
                    sent: sent.into(),
                    written: written.into(),
                }
            })
            .boxed()
    }

    fn objects(&self, schema: &Value) -> BoxedStrategy<Instance> {
        let object = self.object(schema);
        let names: Vec<String> = object
            .properties
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        let values: Vec<_> = object
            .properties
            .iter()
            .map(|(name, schema)| {
                let value = self.strategy(schema);
                if object.required.contains(name) {
                    value.prop_map(Some).boxed()
                } else {
                    proptest::option::of(value).boxed()
                }
            })
            .collect();
        let required: Vec<String> = object
            .required
            .iter()
            .map(|name| (*name).to_owned())
            .collect();
        // The schemas are open, so that a server may add a property. Those are read over: nothing
        // in the crate holds them, and so they are not written.
        (values, vec((any_key(), any_json()), 0..3))
            .prop_map(move |(values, unknown)| {
                let (mut sent, mut written) = (Map::new(), Map::new());
                for (name, value) in names.iter().zip(values) {
                    let Some(value) = value else { continue };
                    sent.insert(name.clone(), value.sent);
                    if required.contains(name) || !value.written.is_null() {
                        written.insert(name.clone(), value.written);
                    }
                }
                for (key, value) in unknown {
                    if !names.contains(&key) {
                        sent.insert(key, value);
                    }
                }
                Instance {
                    sent: sent.into(),
                    written: written.into(),
                }
            })
            .boxed()
    }
}

/// Keywords that say nothing about instances, and those that the strategies heed. An instance that
/// was made without heeding a keyword might be a wrong one, or never a hard one.
fn refuse_unknown_keywords(schema: &Value) {
    const SILENT: [&str; 2] = ["description", "example"];
    const HEEDED: [&str; 9] = [
        "allOf",
        "enum",
        "format",
        "items",
        "maxLength",
        "minLength",
        "properties",
        "required",
        "type",
    ];
    for keyword in schema.as_object().into_iter().flat_map(Map::keys) {
        let keyword = keyword.as_str();
        assert!(
            SILENT.contains(&keyword) || HEEDED.contains(&keyword),
            "instances for `{keyword}` are not made"
        );
    }
}

fn any_key() -> BoxedStrategy<String> {
    let known = ["", "Id", "secret ", "type", "$ref", "__proto__"].map(str::to_owned);
    prop_oneof![select(known.to_vec()), texts::of_length(0, 8)].boxed()
}

/// Any JSON value, and not too large a one.
pub(crate) fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        proptest::num::f64::NORMAL.prop_map(Value::from),
        texts::of_length(0, 8).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            vec((any_key(), inner), 0..3).prop_map(|entries| entries.into_iter().collect()),
        ]
    })
    .boxed()
}
