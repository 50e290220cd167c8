//! What a type without a name of its own is named after (NM4 to NM7, B2, B14).

use crate::api::{NameHint, TypeId};
use crate::grammar::Kind;
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
    Parameter(usize),
    /// A component that is not a schema, or what is in another file: the first of the words is its
    /// name.
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

    /// Inside a component that is not a schema of the root document.
    pub(super) fn of_component(name: &str) -> Self {
        Self {
            base: HintBase::Component,
            words: vec![name.to_owned()],
        }
    }

    /// The hint for what a pointer leads to from here.
    fn descend(self, tokens: &[&str]) -> Option<Self> {
        let mut hint = self;
        let mut tokens = tokens.iter();
        while let Some(token) = tokens.next() {
            match *token {
                "items" => hint = hint.child("item"),
                "additionalProperties" => hint = hint.child("value"),
                "properties" | "$defs" | "definitions" | "headers" => {
                    hint = hint.child(tokens.next()?);
                }
                // The index of a member, or a media type, tells nobody what the type is.
                "allOf" | "oneOf" | "anyOf" | "content" => drop(tokens.next()),
                _ => {}
            }
        }
        Some(hint)
    }

    /// At a parameter of an operation.
    pub(super) fn of_parameter(index: usize, name: &str) -> Self {
        Self {
            base: HintBase::Parameter(index),
            words: vec![name.to_owned()],
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
        matches!(self.base, HintBase::Operation(_) | HintBase::Parameter(_))
    }

    /// What the type is named after.
    pub(super) fn name(&self) -> NameHint {
        match self.base {
            HintBase::Type(id) => NameHint::Inside(id, self.words.clone()),
            HintBase::Operation(index) => NameHint::Operation(index, self.words.clone()),
            HintBase::Parameter(index) => NameHint::Parameter(index, self.words.clone()),
            HintBase::Component => NameHint::Beside(self.words.clone()),
        }
    }
}

impl Lowering<'_, '_> {
    /// Where a schema below `components` or in another file stands. One that is reached by a reference
    /// is named after its own place rather than after the first that refers to it, so that its name
    /// does not depend on who else does (B2, B8, B14).
    pub(super) fn home(&self, id: SchemaId) -> Option<Hint> {
        let schema = self.schema(id);
        let pointer = &schema.place.pointer;
        let tokens = pointer.tokens();
        let file = pointer.file();
        if let Some(file) = file
            && tokens.first() != Some(&"components")
        {
            let (hint, rest) = in_file(file, &tokens)?;
            return hint.descend(rest);
        }
        let component = pointer.component()?;
        let mut hint = match component.section {
            "schemas" if file.is_none() => {
                Hint::of_type(self.by_name.get(component.name).copied()?)
            }
            _ => Hint::of_component(component.name),
        };
        if matches!(component.section, "responses" | "requestBodies") {
            hint = hint.child("body");
        }
        hint.descend(&component.rest)
    }
}

/// What stands in a file is named after the last token of the pointer, or else after the file.
fn in_file<'t>(file: &str, tokens: &'t [&'t str]) -> Option<(Hint, &'t [&'t str])> {
    let is_word = |token: &&str| Kind::Schema.below(token).is_none() && *token != "content";
    let named = tokens.iter().take_while(|token| is_word(token)).count();
    let (container, rest) = tokens.split_at(named);
    let in_operation = ["responses", "requestBody", "parameters"];
    if container.iter().any(|token| in_operation.contains(token)) {
        return None;
    }
    let (name, rest) = match (container.last(), rest) {
        (Some(name), _) => (*name, rest),
        // A schema with the name of a keyword.
        (None, [name]) => (*name, &rest[1..]),
        (None, ["definitions" | "$defs", name, rest @ ..]) => (*name, rest),
        (None, _) => (stem(file), rest),
    };
    let hint = Hint::of_component(name);
    match rest.first() {
        Some(&"content") => Some((hint.child("body"), rest)),
        _ => Some((hint, rest)),
    }
}

/// The name of a file without what says how it is written.
fn stem(location: &str) -> &str {
    let name = location.rsplit('/').next().unwrap_or(location);
    match name.split_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}
