//! Schemas that references lead to and that have no name of their own: in other files, and in the
//! middle of something else (B2, B8, B12). Each becomes a type that is named after its place.

use std::rc::Rc;

use crate::api::{Kind, NameHint, TypeId};
use crate::spec::{Pointer, Schema, SchemaId};

use super::Lowering;
use super::union::Branch;
use super::wrapper::is_plain_reference;

impl<'a> Lowering<'_, 'a> {
    /// The type of a schema that a reference leads to. What only refers to another schema is no type
    /// of its own, and neither is a plain string or number.
    pub(super) fn hoisted(&mut self, target: SchemaId) -> Option<TypeId> {
        if let Some(known) = self.components.get(&target) {
            return Some(*known);
        }
        if self.copies.contains(target) {
            return None;
        }
        let schema = self.schema(target);
        if schema.boolean.is_some() || is_plain_reference(&schema) || is_scalar(&schema) {
            return None;
        }
        let inline = self.inline.get(&Branch::one(target)).map(|ty| &ty.kind);
        let id = match inline {
            // It was met where it stands before anybody referred to it.
            Some(Kind::Named(known)) => *known,
            _ => {
                let home = self.home(target).map(|hint| hint.name());
                let name = home.unwrap_or_else(|| NameHint::Beside(words(&schema.place.pointer)));
                let id = self.reserve(name, &schema);
                self.undefined.push((target, id));
                id
            }
        };
        self.components.insert(target, id);
        Some(id)
    }

    /// The schema whose documentation a use shows. What has no type of its own to be looked up has it
    /// where it is used.
    pub(super) fn documented(&mut self, id: SchemaId) -> Rc<Schema<'a>> {
        let schema = self.schema(id);
        if !is_plain_reference(&schema) {
            return schema;
        }
        let meant = self.significant(id);
        if self.components.contains_key(&meant) {
            return schema;
        }
        self.schema(meant)
    }

    /// Defines the types that were reserved meanwhile. They may lead to more of them, so this is a
    /// loop around what would else be a recursion through all files.
    pub(super) fn define_hoisted(&mut self) {
        if self.depth > 0 || std::mem::replace(&mut self.defining, true) {
            return;
        }
        while let Some((schema, id)) = self.undefined.pop()
            && !self.stopped
        {
            let definition = self.definition(schema, id);
            self.define(id, definition);
        }
        self.defining = false;
    }
}

/// Whether a schema is of one type that needs no definition.
fn is_scalar(schema: &Schema<'_>) -> bool {
    let types = schema.types;
    let is_one = types.boolean || types.string || types.integer || types.number;
    is_one
        && types.count() == 1
        && schema.enumeration.is_none()
        && schema.constant.is_none()
        && [&schema.all_of, &schema.one_of, &schema.any_of]
            .iter()
            .all(|list| list.is_empty())
}

/// The words for a place that is nobody's home, such as one inside an operation.
fn words(pointer: &Pointer<'_>) -> Vec<String> {
    let tokens = pointer.tokens();
    let mut words: Vec<String> = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.iter();
    while let Some(token) = tokens.next() {
        match *token {
            "paths" | "schema" | "properties" => {}
            // The media type says nothing that tells two types apart.
            "content" => drop(tokens.next()),
            token => words.push(token.to_owned()),
        }
    }
    words
}
