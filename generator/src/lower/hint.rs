//! What a type without a name of its own is named after (NM4 to NM7, B2, B14).

use crate::api::{NameHint, TypeId};
use crate::spec::SchemaId;

use super::Lowering;

/// Where an inline schema stands, to name it after.
#[derive(Clone)]
pub(super) struct Hint {
    base: HintBase,
    words: Vec<String>,
}

#[derive(Clone, Copy)]
enum HintBase {
    Type(TypeId),
    Operation(usize),
    /// A component that is not a schema: the first of the words is its name.
    Component,
}

impl Hint {
    /// Inside a type.
    pub(super) fn of_type(id: TypeId) -> Self {
        Self {
            base: HintBase::Type(id),
            words: Vec::new(),
        }
    }

    /// Inside an operation, under `word`.
    pub(super) fn of_operation(index: usize, word: &str) -> Self {
        Self {
            base: HintBase::Operation(index),
            words: vec![word.to_owned()],
        }
    }

    /// The hint for something that stands under `word` in here.
    pub(super) fn child(&self, word: &str) -> Self {
        let mut words = self.words.clone();
        words.push(word.to_owned());
        Self {
            base: self.base,
            words,
        }
    }

    /// Whether it is one of an operation.
    pub(super) fn is_of_operation(&self) -> bool {
        matches!(self.base, HintBase::Operation(_))
    }

    /// What the type is named after.
    pub(super) fn name(&self) -> NameHint {
        match self.base {
            HintBase::Type(id) => NameHint::Inside(id, self.words.clone()),
            HintBase::Operation(index) => NameHint::Operation(index, self.words.clone()),
            HintBase::Component => NameHint::Beside(self.words.clone()),
        }
    }
}

impl Lowering<'_, '_> {
    /// Where a schema below `components` stands. One that is reached by a reference is named after its own
    /// place rather than after the first that refers to it, so that its name does not depend on who
    /// else does (B2, B14).
    pub(super) fn home(&self, id: SchemaId) -> Option<Hint> {
        let schema = self.schema(id);
        let component = schema.place.pointer.component()?;
        let mut hint = match component.section {
            "schemas" => Hint::of_type(self.by_name.get(component.name).copied()?),
            _ => Hint {
                base: HintBase::Component,
                words: vec![component.name.to_owned()],
            },
        };
        if matches!(component.section, "responses" | "requestBodies") {
            hint = hint.child("body");
        }
        let mut rest = component.rest.into_iter();
        while let Some(token) = rest.next() {
            match token {
                "items" => hint = hint.child("item"),
                "additionalProperties" => hint = hint.child("value"),
                "properties" | "$defs" | "definitions" | "headers" => {
                    hint = hint.child(rest.next()?)
                }
                // The index of a member, or a media type, tells nobody what the type is.
                "allOf" | "oneOf" | "anyOf" | "content" => drop(rest.next()),
                _ => {}
            }
        }
        Some(hint)
    }
}
