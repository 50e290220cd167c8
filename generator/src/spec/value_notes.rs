//! What extensions say about the values of an `enum`: names, descriptions, and whether there are more
//! (I19, W2).

use std::collections::HashMap;

use super::reader::{Object, Reader};
use super::schema_model::{Data, Schema, ValueNote};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::{NodeId, Value};

/// Extensions with the names of values, as a list beside `enum` or as a mapping from values.
const NAMES: &[&str] = &["x-enum-varnames", "x-enumNames"];

/// Extensions with the descriptions of values, in the same two forms.
const DESCRIPTIONS: &[&str] = &["x-enum-descriptions", "x-enumDescriptions"];

impl<'a> Reader<'_, 'a> {
    /// Reads the extensions that speak of the values of a schema, which are read already.
    pub(super) fn read_value_notes(&mut self, object: &Object<'a>, schema: &mut Schema<'a>) {
        let node = object.place.node;
        match self.tree.get(node, "x-extensible-enum") {
            Some(flag) if *self.tree.value(flag) == Value::Bool(true) => schema.extensible = true,
            Some(list) if schema.enumeration.is_none() && !self.tree.items(list).is_empty() => {
                let items = self.tree.items(list).iter();
                schema.enumeration = Some(items.map(|item| self.data(*item)).collect());
                schema.extensible = true;
            }
            _ => {}
        }
        let Some(values) = schema.enumeration.clone() else {
            return;
        };
        let mut notes = vec![ValueNote::default(); values.len()];
        for key in NAMES {
            self.note_values(object, key, &values, |index, text| {
                if let Some(note) = notes.get_mut(index) {
                    note.name = Some(text);
                }
            });
        }
        for key in DESCRIPTIONS {
            self.note_values(object, key, &values, |index, text| {
                if let Some(note) = notes.get_mut(index) {
                    note.description = Some(text);
                }
            });
        }
        if let Some(extension) = self.tree.get(node, "x-ms-enum") {
            self.read_ms_enum(extension, &values, &mut notes, schema);
        }
        if notes.iter().any(|note| *note != ValueNote::default()) {
            schema.value_notes = notes;
        }
    }

    /// Reads one extension: a list that has an item for each value, or a mapping from values.
    fn note_values(
        &mut self,
        object: &Object<'a>,
        key: &str,
        values: &[Data<'a>],
        mut note: impl FnMut(usize, &'a str),
    ) {
        let tree = self.tree;
        let Some(entry) = tree.entry(object.place.node, key) else {
            return;
        };
        match tree.value(entry.value) {
            Value::Sequence(items) if items.len() == values.len() => {
                for (index, item) in items.iter().enumerate() {
                    if let Some(text) = tree.string(*item) {
                        note(index, text);
                    }
                }
            }
            Value::Mapping(_) => {
                for (index, value) in values.iter().enumerate() {
                    let found = value.text().and_then(|text| tree.get(entry.value, text));
                    if let Some(text) = found.and_then(|node| tree.string(node)) {
                        note(index, text);
                    }
                }
            }
            _ => self.diagnostics.push(
                Diagnostic::warning(
                    Code::EnumNames,
                    entry.key_span,
                    format!(
                        "`{key}` does not say one thing about each of the {} values",
                        values.len()
                    ),
                )
                .label("ignored"),
            ),
        }
    }

    /// `x-ms-enum: {modelAsString: true, values: [{value, name, description}]}`.
    fn read_ms_enum(
        &self,
        extension: NodeId,
        values: &[Data<'a>],
        notes: &mut [ValueNote<'a>],
        schema: &mut Schema<'a>,
    ) {
        let tree = self.tree;
        let open = tree.get(extension, "modelAsString");
        schema.extensible |= open.is_some_and(|flag| *tree.value(flag) == Value::Bool(true));
        let Some(list) = tree.get(extension, "values") else {
            return;
        };
        let places = values.iter().enumerate();
        let places: HashMap<&str, usize> = places
            .filter_map(|(index, value)| Some((value.text()?, index)))
            .collect();
        for item in tree.items(list) {
            let text = |key: &str| tree.get(*item, key).and_then(|node| tree.string(node));
            let value = tree.get(*item, "value").map(|node| self.data(node));
            let index = value.and_then(|value| places.get(value.text()?));
            if let Some(note) = index.and_then(|index| notes.get_mut(*index)) {
                note.name = text("name").or(note.name);
                note.description = text("description").or(note.description);
            }
        }
    }

    fn data(&self, node: NodeId) -> Data<'a> {
        Data {
            tree: self.tree,
            node,
        }
    }
}
