//! Schema objects.

use std::collections::HashMap;
use std::rc::Rc;

use super::identifiers::Identifiers;
use super::model::{Place, Reference};
use super::reader::{Object, Reader};
use super::schema_model::{Constraints, Data, Schema, SchemaId, Types};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Kind;
use crate::load::{NodeId, Value};

/// Every schema that was met, each read once however often it is used.
#[derive(Debug, Default)]
pub(crate) struct Schemas<'a> {
    list: Vec<Rc<Schema<'a>>>,
    by_node: HashMap<NodeId, SchemaId>,
    /// How many schemas of the list are read; those behind are only known by their place.
    read: usize,
    /// What schemas call themselves.
    pub(super) identifiers: Identifiers<'a>,
}

impl<'a> Schemas<'a> {
    /// No schema yet, and what they will call themselves.
    pub(super) fn new(identifiers: Identifiers<'a>) -> Self {
        Self {
            identifiers,
            ..Self::default()
        }
    }

    /// The schema behind an id.
    pub(crate) fn get(&self, id: SchemaId) -> Rc<Schema<'a>> {
        Rc::clone(&self.list[id.0 as usize])
    }

    /// Adds a schema that stands nowhere.
    pub(super) fn add(&mut self, schema: Schema<'a>) -> SchemaId {
        let id = SchemaId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(Rc::new(schema));
        // Only what has a place is yet to be read.
        self.read = self.list.len();
        id
    }

    /// Puts another schema in the place of one.
    pub(super) fn replace(&mut self, id: SchemaId, schema: Schema<'a>) {
        if let Some(slot) = self.list.get_mut(id.0 as usize) {
            *slot = Rc::new(schema);
        }
    }

    /// Every schema.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Schema<'a>> {
        self.list.iter().map(Rc::as_ref)
    }
}

/// Extensions that other generators read code from. They are never followed (W3).
const CODE_EXTENSIONS: &[&str] = &[
    "x-rust-type",
    "x-go-type",
    "x-python-type",
    "x-python-import",
    "x-java-type",
];

impl<'a> Reader<'_, 'a> {
    /// The schema at a place. It is read when [`Self::finish_schemas`] comes to it, so that the
    /// depth of a document costs no stack.
    pub(crate) fn schema(&mut self, place: Place<'a>) -> SchemaId {
        if let Some(known) = self.schemas.by_node.get(&place.node) {
            return *known;
        }
        let id = SchemaId(u32::try_from(self.schemas.list.len()).unwrap_or(u32::MAX));
        self.schemas.by_node.insert(place.node, id);
        self.schemas.list.push(Rc::new(empty(place)));
        id
    }

    /// Reads every schema that was asked for, and those below them.
    pub(crate) fn finish_schemas(&mut self) {
        let outer = self.fallback.replace("read without it");
        while let Some(schema) = self.schemas.list.get(self.schemas.read) {
            let place = schema.place.clone();
            let schema = self.read_schema(place);
            if let Some(slot) = self.schemas.list.get_mut(self.schemas.read) {
                *slot = Rc::new(schema);
            }
            self.schemas.read += 1;
        }
        self.fallback = outer;
    }

    fn read_schema(&mut self, place: Place<'a>) -> Schema<'a> {
        let mut schema = empty(place.clone());
        if let Value::Bool(value) = self.tree.value(place.node) {
            schema.boolean = Some(*value);
            return schema;
        }
        let Some(object) = self.object(place, Kind::Schema) else {
            return schema;
        };
        self.read_reference(&object, &mut schema);
        schema.types = self.types(&object);
        schema.nullable = self.flag(&object, "nullable").unwrap_or(false);
        schema.format = self.text(&object, "format");
        self.read_annotations(&object, &mut schema);
        self.read_values(&object, &mut schema);
        self.read_applicators(&object, &mut schema);
        schema.constraints = self.constraints(&object);
        schema.rare = self.rare(&object);
        self.note_unsupported(&object, &mut schema);
        schema
    }

    /// The `$ref` of a schema, or its `$dynamicRef`.
    fn read_reference(&mut self, object: &Object<'a>, schema: &mut Schema<'a>) {
        schema.reference = self.reference(object);
        if let Some(reference) = &schema.reference {
            let place = self.end(reference).ok();
            let place = place.and_then(|end| self.place_at(end));
            schema.fills_in =
                place.is_some_and(|place| self.fills_in(object.place.node, place.node));
        } else if let Some(entry) = object.entry("$dynamicRef")
            && let Some(target) = self.text(object, "$dynamicRef")
        {
            let span = self.tree.span(entry.value);
            schema.reference = Some(Reference {
                is_dynamic: true,
                ..Reference::new(target, object.place.clone(), span)
            });
        }
    }

    fn read_annotations(&mut self, object: &Object<'a>, schema: &mut Schema<'a>) {
        schema.hint = self.name_hint(object);
        schema.title = self.text(object, "title");
        schema.description = self.text(object, "description");
        schema.external_docs = self.external_docs(object).map(Box::new);
        schema.deprecated = self.flag(object, "deprecated").unwrap_or(false);
        schema.read_only = self.flag(object, "readOnly").unwrap_or(false);
        schema.write_only = self.flag(object, "writeOnly").unwrap_or(false);
        let example = object.entry("example").map(|entry| entry.value);
        let first = object.entry("examples").map(|entry| entry.value);
        let first = first.and_then(|node| self.tree.items(node).first().copied());
        schema.example = example.or(first).map(|node| Data {
            tree: self.tree,
            node,
        });
    }

    fn read_values(&mut self, object: &Object<'a>, schema: &mut Schema<'a>) {
        let tree = self.tree;
        let data = |place: Place<'a>| Data {
            tree,
            node: place.node,
        };
        if object.has("enum") {
            schema.enumeration = Some(self.list(object, "enum").into_iter().map(data).collect());
        }
        self.read_value_notes(object, schema);
        schema.default = object.entry("default").map(|entry| Data {
            tree,
            node: entry.value,
        });
        schema.content_encoding = self.text(object, "contentEncoding");
        schema.content_media_type = self.text(object, "contentMediaType");
        schema.content_schema = self.child_schema(object, "contentSchema");
        // Extensions mean what others make of them, so only a plain yes counts (W15).
        let is_true = |key| object.entry(key).map(|it| tree.value(it.value));
        schema.sensitive = ["x-sensitive-data", "x-sensitive"]
            .into_iter()
            .any(|key| is_true(key) == Some(&Value::Bool(true)));
        // `const: null` is a value, so the entry is looked up in the tree rather than in the object.
        schema.constant = tree
            .get(object.place.node, "const")
            .map(|node| Data { tree, node });
    }

    fn read_applicators(&mut self, object: &Object<'a>, schema: &mut Schema<'a>) {
        for (entry, place) in self.map(object, "properties") {
            // A property may have the name `$ref`; then it is a schema (B10).
            if entry.key == "$ref" && self.tree.string(place.node).is_some() {
                schema.more_properties = self.properties_by_reference(object);
                continue;
            }
            let id = self.schema(place);
            schema.properties.push((&entry.key, id));
        }
        schema.required = self.required_names(object);
        schema.additional_properties = self.child_schema(object, "additionalProperties");
        schema.items = self.child_schema(object, "items");
        schema.all_of = self.schema_list(object, "allOf");
        schema.one_of = self.schema_list(object, "oneOf");
        schema.any_of = self.schema_list(object, "anyOf");
        schema.discriminator = self.discriminator(object).map(Box::new);
    }

    fn properties_by_reference(&mut self, object: &Object<'a>) -> Option<Reference<'a>> {
        let place = object.child("properties")?;
        let node = self.tree.get(place.node, "$ref")?;
        let target = self.tree.string(node)?;
        Some(Reference::new(target, place, self.tree.span(node)))
    }

    /// The properties at a place that a reference leads to.
    pub(crate) fn properties(&mut self, place: Place<'a>) -> Vec<(&'a str, SchemaId)> {
        let Some(object) = self.object(place, Kind::Schema) else {
            return Vec::new();
        };
        let entries = object.entries();
        let properties = entries.into_iter();
        properties
            .map(|(entry, place)| (&*entry.key, self.schema(place)))
            .collect()
    }

    /// `required: true` on a property is draft-3; it says nothing that the list of names could not.
    fn required_names(&mut self, object: &Object<'a>) -> Vec<(&'a str, crate::source::Span)> {
        if let Some(place) = object.child("required")
            && let Value::Bool(_) = self.tree.value(place.node)
        {
            self.wrong_type(
                place.node,
                "`required` of a schema",
                "a list of names",
                false,
            );
            return Vec::new();
        }
        let names = self.texts(object, "required");
        names
            .into_iter()
            .map(|(name, place)| (name, place.span))
            .collect()
    }

    pub(super) fn child_schema(&mut self, object: &Object<'a>, key: &'a str) -> Option<SchemaId> {
        let place = object.child(key)?;
        Some(self.schema(place))
    }

    pub(super) fn schema_list(&mut self, object: &Object<'a>, key: &'a str) -> Vec<SchemaId> {
        let places = self.list(object, key);
        places.into_iter().map(|place| self.schema(place)).collect()
    }

    fn types(&mut self, object: &Object<'a>) -> Types {
        let mut types = Types::default();
        let Some(place) = object.child("type") else {
            return types;
        };
        let names = match self.tree.value(place.node) {
            Value::String(_) => vec![place.node],
            Value::Sequence(items) => items.clone(),
            _ => {
                self.wrong_type(place.node, "`type`", "a string or a sequence", true);
                return types;
            }
        };
        for name in names {
            self.add_type(&mut types, name);
        }
        types
    }

    fn add_type(&mut self, types: &mut Types, node: NodeId) {
        // `[string, null]` without quotes holds a null, which means the type of that name.
        let name = match self.tree.value(node) {
            Value::String(name) => name.as_ref(),
            Value::Null => "null",
            _ => "",
        };
        let folded = name.to_ascii_lowercase();
        match folded.as_str() {
            "null" => types.null = true,
            "boolean" | "bool" => types.boolean = true,
            "integer" | "int" => types.integer = true,
            "number" | "float" | "double" => types.number = true,
            "string" | "date" | "datetime" | "file" => types.string = true,
            "array" | "list" => types.array = true,
            "object" => types.object = true,
            _ => {}
        }
        let known = [
            "null", "boolean", "integer", "number", "string", "array", "object",
        ];
        if !known.contains(&name) {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::WrongType,
                    self.tree.span(node),
                    "this is not one of the seven types of JSON Schema",
                )
                .label("read as the nearest one, or as any value")
                .help(format!("write one of {}", known.join(", "))),
            );
        }
    }

    fn constraints(&mut self, object: &Object<'a>) -> Constraints<'a> {
        Constraints {
            min_length: self.count(object, "minLength"),
            max_length: self.count(object, "maxLength"),
            minimum: self.number(object, "minimum"),
            maximum: self.number(object, "maximum"),
            exclusive_minimum: self.number(object, "exclusiveMinimum"),
            exclusive_maximum: self.number(object, "exclusiveMaximum"),
            multiple_of: self.number(object, "multipleOf"),
            pattern: self.text(object, "pattern"),
            min_items: self.count(object, "minItems"),
            max_items: self.count(object, "maxItems"),
            unique_items: self.flag(object, "uniqueItems").unwrap_or(false),
            min_properties: self.count(object, "minProperties"),
            max_properties: self.count(object, "maxProperties"),
        }
    }

    fn note_unsupported(&mut self, object: &Object<'a>, schema: &mut Schema<'a>) {
        for entry in self.tree.entries(object.place.node) {
            let key = entry.key.as_ref();
            // Both would have to hold, which no type that is generated can say.
            if key == "$dynamicRef" && object.has("$ref") {
                schema.unsupported.push((key, entry.key_span));
            } else if CODE_EXTENSIONS.contains(&key) {
                let message = format!("`{key}` is ignored: a document never names code");
                self.diagnostics.push(
                    Diagnostic::warning(Code::CodeInExtension, entry.key_span, message)
                        .label("the schema is mapped as usual"),
                );
            }
        }
    }
}

fn empty(place: Place<'_>) -> Schema<'_> {
    Schema {
        place,
        boolean: None,
        reference: None,
        fills_in: false,
        types: Types::default(),
        nullable: false,
        format: None,
        hint: None,
        title: None,
        description: None,
        external_docs: None,
        deprecated: false,
        read_only: false,
        write_only: false,
        example: None,
        default: None,
        content_encoding: None,
        content_media_type: None,
        content_schema: None,
        sensitive: false,
        enumeration: None,
        value_notes: Vec::new(),
        extensible: false,
        constant: None,
        properties: Vec::new(),
        more_properties: None,
        required: Vec::new(),
        additional_properties: None,
        items: None,
        all_of: Vec::new(),
        one_of: Vec::new(),
        any_of: Vec::new(),
        discriminator: None,
        constraints: Constraints::default(),
        rare: None,
        unsupported: Vec::new(),
    }
}
