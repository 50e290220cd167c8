//! Schemas that say nothing of their own: references, annotations, `null` beside another schema (B1,
//! H6 to H12, J1, K1).

use std::collections::HashSet;

use crate::api::TypeId;
use crate::load::Value;
use crate::spec::{Constraints, Schema, SchemaId, Types};

use super::Lowering;
use super::union::MAX_NESTED;

impl<'a> Lowering<'_, 'a> {
    /// The component that a schema refers to and adds nothing to.
    pub(super) fn named(&mut self, id: SchemaId) -> Option<TypeId> {
        if let Some(known) = self.components.get(&id) {
            return Some(*known);
        }
        let schema = self.schema(id);
        let reference = schema
            .reference
            .as_ref()
            .filter(|_| is_plain_reference(&schema))?;
        let target = self.resolve_schema(reference)?;
        self.hoisted(target)
    }

    /// The schema that says what `id` says: a wrapper that only annotates or only makes nullable
    /// (J1, H11, K1) is looked through, and so is a reference to something without a name.
    pub(super) fn significant(&mut self, id: SchemaId) -> SchemaId {
        let start = id;
        let mut id = id;
        let mut seen = HashSet::new();
        while seen.insert(id) {
            if let Some(known) = self.meaning.get(&id).copied() {
                id = known;
                break;
            }
            let schema = self.schema(id);
            let next = if self.components.contains_key(&id) && seen.len() > 1 {
                None
            } else if is_plain_reference(&schema) {
                self.unnamed_target(&schema)
            } else {
                self.only_member(&schema)
            };
            match next {
                Some(next) => id = next,
                None => break,
            }
        }
        // A component in the middle of a chain is the end of it for those before, yet not for itself.
        let inner = seen
            .into_iter()
            .filter(|it| *it == start || !self.components.contains_key(it));
        let inner: Vec<SchemaId> = inner.collect();
        self.meaning.extend(inner.into_iter().map(|it| (it, id)));
        id
    }

    /// The target of a plain reference, unless it has a name to be used by.
    fn unnamed_target(&mut self, schema: &Schema<'a>) -> Option<SchemaId> {
        let target = self.resolve_schema(schema.reference.as_ref()?)?;
        self.hoisted(target).is_none().then_some(target)
    }

    /// The member that a schema of nothing but members says it all with.
    pub(super) fn only_member(&mut self, schema: &Schema<'a>) -> Option<SchemaId> {
        if !says_nothing_itself(schema) {
            return None;
        }
        let lists = [&schema.all_of, &schema.one_of, &schema.any_of];
        let mut members = lists.into_iter().filter(|list| !list.is_empty());
        let (Some(list), None) = (members.next(), members.next()) else {
            return None;
        };
        // A member of an `allOf` that only annotates takes nothing away. A branch of a union that
        // does allows every value, so it counts.
        let is_all_of = std::ptr::eq(list, &schema.all_of);
        let counts = |member: &&SchemaId| {
            !(self.is_only_null(**member) || is_all_of && self.only_annotates(**member))
        };
        let mut rest = list.iter().filter(counts);
        match (rest.next(), rest.next()) {
            (Some(only), None) => Some(*only),
            _ => None,
        }
    }

    /// Whether a schema has nothing but annotations.
    fn only_annotates(&self, id: SchemaId) -> bool {
        let schema = self.schema(id);
        schema.boolean.is_none()
            && schema.reference.is_none()
            && schema.types == Types::default()
            && !schema.nullable
            && [&schema.all_of, &schema.one_of, &schema.any_of]
                .iter()
                .all(|list| list.is_empty())
            && says_nothing_itself(&schema)
    }

    /// Whether a schema is `{type: "null"}` or a list of values that holds `null` alone.
    pub(super) fn is_only_null(&self, id: SchemaId) -> bool {
        let schema = self.schema(id);
        let null_type = schema.types.null && schema.types.count() == 0;
        let null_values = schema.enumeration.as_ref().is_some_and(|values| {
            !values.is_empty() && values.iter().all(|value| *value.value() == Value::Null)
        });
        null_type || null_values
    }

    /// Whether `null` is a value of a schema, wrappers and references included (H6 to H12).
    pub(super) fn is_nullable(&mut self, id: SchemaId) -> bool {
        if let Some(known) = self.nullable.get(&id) {
            return *known;
        }
        // What only passes on what another schema says is followed in a loop: a chain may be as long
        // as the document. A cycle is no reason to allow null; it is reported elsewhere.
        let mut walked = vec![id];
        let mut at = id;
        let nullable = loop {
            let Some(next) = self.passes_on(at) else {
                break self.is_nullable_itself(at);
            };
            if let Some(known) = self.nullable.get(&next) {
                break *known;
            }
            self.nullable.insert(at, false);
            walked.push(next);
            at = next;
        };
        self.nullable
            .extend(walked.into_iter().map(|id| (id, nullable)));
        nullable
    }

    /// The schema that decides whether `null` is a value, where `id` itself has nothing to say.
    fn passes_on(&mut self, id: SchemaId) -> Option<SchemaId> {
        let schema = self.schema(id);
        if schema.types != Types::default() || schema.nullable {
            return None;
        }
        if is_plain_reference(&schema) {
            return self.resolve_schema(schema.reference.as_ref()?);
        }
        let mut union = schema.one_of.iter().chain(&schema.any_of);
        if union.any(|branch| self.is_only_null(*branch)) {
            return None;
        }
        self.only_member(&schema)
    }

    fn is_nullable_itself(&mut self, id: SchemaId) -> bool {
        self.nullable.insert(id, false);
        let schema = self.schema(id);
        let union = schema.one_of.iter().chain(&schema.any_of);
        let null_branch = union.into_iter().any(|branch| self.is_only_null(*branch));
        null_branch || self.view(&[id]).nullable || self.has_nullable_branch(&schema)
    }
}

impl<'a> Lowering<'_, 'a> {
    /// Whether a branch of a union allows `null`, so that the union does.
    fn has_nullable_branch(&mut self, schema: &Schema<'a>) -> bool {
        // Where `type` is stated, it says so itself.
        if schema.types != Types::default() || self.union_depth >= MAX_NESTED {
            return false;
        }
        self.union_depth += 1;
        let mut union = schema.one_of.iter().chain(&schema.any_of);
        let nullable = union.any(|branch| self.is_nullable(*branch));
        self.union_depth -= 1;
        nullable
    }
}

/// Whether a schema is a `$ref` with nothing beside it but annotations (B1, B5, B6). A `type` beside
/// a `$ref` repeats what the target says.
pub(super) fn is_plain_reference(schema: &Schema<'_>) -> bool {
    schema.reference.is_some()
        && !schema.fills_in
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && says_nothing_itself(schema)
}

/// Whether a schema has no keyword of its own that narrows a value, lists of members aside.
pub(super) fn says_nothing_itself(schema: &Schema<'_>) -> bool {
    schema.enumeration.is_none()
        && schema.constant.is_none()
        && schema.format.is_none()
        && !schema.sensitive
        && schema.content_encoding.is_none()
        && schema.content_schema.is_none()
        && schema.properties.is_empty()
        && schema.more_properties.is_none()
        && schema.required.is_empty()
        && schema.additional_properties.is_none()
        && schema.items.is_none()
        && schema.boolean.is_none()
        && schema.unsupported.is_empty()
        && schema.rare.is_none()
        && schema.constraints == Constraints::default()
}
