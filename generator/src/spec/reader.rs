//! Tolerant getters: what is there is used, what is wrong is said once with its place.

use std::rc::Rc;

use super::model::{Place, Reference};
use super::pointer::Pointer;
use super::schema::Schemas;
use super::schema_model::{Schema, SchemaId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Mark};
use crate::grammar::Kind;
use crate::load::{Entry, NodeId, Tree, Value};

/// Reads objects of the document from the tree.
pub(crate) struct Reader<'r, 'a> {
    pub(super) diagnostics: &'r mut Diagnostics,
    pub(super) tree: &'a Tree<'a>,
    pub(super) schemas: &'r mut Schemas<'a>,
    /// What becomes of the object that is read, if it has a mistake and the user goes on.
    pub(super) fallback: Option<&'static str>,
}

/// What becomes of an operation that cannot be read.
pub(super) const WITHOUT_OPERATION: &str = "the operation is left out";

/// A mapping that is read as an object of the specification.
#[derive(Clone)]
pub(super) struct Object<'a> {
    pub(super) place: Place<'a>,
    tree: &'a Tree<'a>,
}

impl<'a> Object<'a> {
    /// The entry under a key; `null` counts as absent, as documents use it.
    pub(super) fn entry(&self, key: &str) -> Option<&'a Entry<'a>> {
        let entry = self.tree.entry(self.place.node, key)?;
        (*self.tree.value(entry.value) != Value::Null).then_some(entry)
    }

    /// Whether there is something under a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// The place of the value under a key.
    pub(super) fn child(&self, key: &'a str) -> Option<Place<'a>> {
        let entry = self.entry(key)?;
        Some(self.place_of(entry))
    }

    /// Every entry with the place of its value.
    pub(super) fn entries(&self) -> Vec<(&'a Entry<'a>, Place<'a>)> {
        let entries = self.tree.entries(self.place.node).iter();
        entries.map(|entry| (entry, self.place_of(entry))).collect()
    }

    fn place_of(&self, entry: &'a Entry<'a>) -> Place<'a> {
        Place {
            node: entry.value,
            span: self.tree.span(entry.value),
            pointer: match self.tree.former_place(entry.value) {
                Some(place) => self.place.pointer.moved(place),
                None => self.place.pointer.child(&*entry.key),
            },
        }
    }
}

impl<'r, 'a> Reader<'r, 'a> {
    /// A reader of `tree` that adds the schemas it meets to `schemas`.
    pub(crate) fn new(
        diagnostics: &'r mut Diagnostics,
        tree: &'a Tree<'a>,
        schemas: &'r mut Schemas<'a>,
    ) -> Self {
        Self {
            diagnostics,
            tree,
            schemas,
            fallback: None,
        }
    }

    /// The reader for whoever follows the references of operations.
    pub(crate) fn for_operations(mut self) -> Self {
        self.fallback = Some(WITHOUT_OPERATION);
        self
    }

    /// How much there was to say up to here.
    pub(crate) fn mark(&self) -> Mark {
        self.diagnostics.mark()
    }

    /// Whether there was an error since a mark.
    pub(crate) fn is_mistaken_since(&self, mark: Mark) -> bool {
        self.diagnostics.is_mistaken_since(mark)
    }

    /// Takes back what was said since a mark, because it was said before.
    pub(crate) fn take_back(&mut self, mark: Mark) {
        self.diagnostics.take_back(mark);
    }

    /// Adds an error in the object that is read.
    pub(super) fn mistake(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic.or_else(self.fallback));
    }

    /// The schema behind an id.
    pub(crate) fn get(&self, id: SchemaId) -> Rc<Schema<'a>> {
        self.schemas.get(id)
    }

    /// Adds a schema that stands nowhere. All others must be read.
    pub(crate) fn add(&mut self, schema: Schema<'a>) -> SchemaId {
        self.schemas.add(schema)
    }

    /// Puts another schema in the place of one.
    pub(crate) fn replace(&mut self, id: SchemaId, schema: Schema<'a>) {
        self.schemas.replace(id, schema);
    }

    /// Adds a finding.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The place of the root.
    pub(crate) fn root(&self) -> Place<'a> {
        let node = self.tree.root();
        Place {
            node,
            span: self.tree.span(node),
            pointer: Pointer::default(),
        }
    }

    /// The object at a place; an error if something else stands there.
    pub(super) fn object(&mut self, place: Place<'a>, kind: Kind) -> Option<Object<'a>> {
        if let Value::Mapping(_) = self.tree.value(place.node) {
            return Some(Object {
                place,
                tree: self.tree,
            });
        }
        self.wrong_type(
            place.node,
            &format!("the {} object", kind.name()),
            "a mapping",
            true,
        );
        None
    }

    /// The object under a key.
    pub(super) fn child_object(
        &mut self,
        object: &Object<'a>,
        key: &'a str,
        kind: Kind,
    ) -> Option<Object<'a>> {
        let place = object.child(key)?;
        self.object(place, kind)
    }

    /// The text under a key. Another scalar is taken as it is written, with a warning.
    pub(super) fn text(&mut self, object: &Object<'a>, key: &'a str) -> Option<&'a str> {
        let entry = object.entry(key)?;
        match self.tree.value(entry.value) {
            Value::String(text) => Some(text),
            Value::Number(text) => {
                // An unquoted `version: 1.0` is everywhere and says what it means.
                if key != "version" {
                    self.wrong_type(entry.value, &format!("`{key}`"), "a string", false);
                }
                Some(text)
            }
            _ => {
                self.wrong_type(entry.value, &format!("`{key}`"), "a string", false);
                None
            }
        }
    }

    /// The text under a key that must be there.
    pub(super) fn required_text(
        &mut self,
        object: &Object<'a>,
        key: &'a str,
        kind: Kind,
    ) -> Option<&'a str> {
        if !object.has(key) {
            self.missing_key(object, key, kind);
            return None;
        }
        self.text(object, key)
    }

    /// Says that a key is missing.
    pub(super) fn missing_key(&mut self, object: &Object<'a>, key: &str, kind: Kind) {
        self.mistake(Diagnostic::error(
            Code::MissingKey,
            object.place.span,
            format!("this {} object has no `{key}`", kind.name()),
        ));
    }

    /// The boolean under a key.
    pub(super) fn flag(&mut self, object: &Object<'a>, key: &'a str) -> Option<bool> {
        let entry = object.entry(key)?;
        match self.tree.value(entry.value) {
            Value::Bool(value) => Some(*value),
            Value::String(text) if text == "true" || text == "false" => {
                self.wrong_type(entry.value, &format!("`{key}`"), "a boolean", false);
                Some(text == "true")
            }
            _ => {
                self.wrong_type(entry.value, &format!("`{key}`"), "a boolean", false);
                None
            }
        }
    }

    /// The count under a key: a whole number of at least 0, which may be written `2.0`.
    pub(super) fn count(&mut self, object: &Object<'a>, key: &'a str) -> Option<u64> {
        let entry = object.entry(key)?;
        let text = match self.tree.value(entry.value) {
            Value::Number(text) | Value::String(text) => text.as_ref(),
            _ => "",
        };
        let whole = text.strip_suffix(".0").unwrap_or(text);
        let count = whole.parse().ok();
        if count.is_none() || matches!(self.tree.value(entry.value), Value::String(_)) {
            self.wrong_type(entry.value, &format!("`{key}`"), "a whole number", false);
        }
        count
    }

    /// The number under a key, as it is written.
    pub(super) fn number(&mut self, object: &Object<'a>, key: &'a str) -> Option<&'a str> {
        let entry = object.entry(key)?;
        if let Value::Number(text) = self.tree.value(entry.value) {
            return Some(text);
        }
        self.wrong_type(entry.value, &format!("`{key}`"), "a number", false);
        None
    }

    /// The places of the items of the sequence under a key.
    pub(super) fn list(&mut self, object: &Object<'a>, key: &'a str) -> Vec<Place<'a>> {
        let Some(place) = object.child(key) else {
            return Vec::new();
        };
        let Value::Sequence(items) = self.tree.value(place.node) else {
            self.wrong_type(place.node, &format!("`{key}`"), "a sequence", true);
            return Vec::new();
        };
        let tree = self.tree;
        let item = |(index, node): (usize, &NodeId)| Place {
            node: *node,
            span: tree.span(*node),
            pointer: place.pointer.child(index.to_string()),
        };
        items.iter().enumerate().map(item).collect()
    }

    /// The texts of the sequence under a key.
    pub(super) fn texts(&mut self, object: &Object<'a>, key: &'a str) -> Vec<(&'a str, Place<'a>)> {
        let places = self.list(object, key);
        let mut texts = Vec::with_capacity(places.len());
        for place in places {
            match self.tree.value(place.node) {
                Value::String(text) | Value::Number(text) => texts.push((text.as_ref(), place)),
                _ => self.wrong_type(
                    place.node,
                    &format!("an item of `{key}`"),
                    "a string",
                    false,
                ),
            }
        }
        texts
    }

    /// The entries of the mapping under a key, each with the place of its value.
    pub(super) fn map(
        &mut self,
        object: &Object<'a>,
        key: &'a str,
    ) -> Vec<(&'a Entry<'a>, Place<'a>)> {
        let Some(place) = object.child(key) else {
            return Vec::new();
        };
        if !matches!(self.tree.value(place.node), Value::Mapping(_)) {
            self.wrong_type(place.node, &format!("`{key}`"), "a mapping", true);
            return Vec::new();
        }
        let map = Object {
            place,
            tree: self.tree,
        };
        map.entries()
    }

    /// The reference that an object is, if it has a `$ref` that is a text.
    pub(super) fn reference(&mut self, object: &Object<'a>) -> Option<Reference<'a>> {
        let entry = object.entry("$ref")?;
        let Value::String(target) = self.tree.value(entry.value) else {
            self.wrong_type(entry.value, "`$ref`", "a string", true);
            return None;
        };
        let span = self.tree.span(entry.value);
        Some(Reference {
            description: self.text(object, "description"),
            ..Reference::new(target, object.place.clone(), span)
        })
    }

    /// Says that a value has the wrong type: an error where the output depends on it.
    pub(super) fn wrong_type(&mut self, node: NodeId, what: &str, expected: &str, fatal: bool) {
        let found = match self.tree.value(node) {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Sequence(_) => "a sequence",
            Value::Mapping(_) => "a mapping",
        };
        let message = format!("{what} must be {expected}, not {found}");
        let span = self.tree.span(node);
        if fatal {
            self.mistake(Diagnostic::error(Code::WrongType, span, message));
        } else {
            let finding = Diagnostic::warning(Code::WrongType, span, message);
            self.diagnostics.push(finding);
        }
    }
}
