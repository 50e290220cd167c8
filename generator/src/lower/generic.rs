//! `$dynamicRef`: schemas that leave a part open, and those that fill it in (B11).
//!
//! A schema with a `$dynamicRef` is a template. Whoever refers to it from another resource may bring a
//! schema along for the open part, with a `$dynamicAnchor` of that name. For each of these the template
//! is copied, with the open parts filled in, so that nobody else has to know about it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Code, Diagnostic};
use crate::spec::{Reference, SchemaId};

use super::Lowering;

/// How many schemas are copied. A template of a thousand schemas may be filled in by a thousand others,
/// so a small document could ask for a million.
const MAX_COPIES: usize = 100_000;

/// What fills in the open parts, by name.
type Bindings<'a> = Vec<(&'a str, SchemaId)>;

/// The copies that were made.
#[derive(Default)]
pub(super) struct Copies<'a> {
    by_source: HashMap<(SchemaId, Bindings<'a>), SchemaId>,
    /// Which schemas are copies.
    made: std::collections::HashSet<SchemaId>,
}

impl Copies<'_> {
    /// Whether a schema is a copy, and so has no place of its own to be named after.
    pub(super) fn contains(&self, id: SchemaId) -> bool {
        self.made.contains(&id)
    }
}

impl<'a> Lowering<'_, 'a> {
    /// What a reference to `target` means where it stands: a copy, if the schema around the reference
    /// fills in open parts of the target.
    pub(super) fn filled_in(&mut self, reference: &Reference<'a>, target: SchemaId) -> SchemaId {
        let (from, node) = (reference.place.node, self.schema(target).place.node);
        if !self.reader.fills_in(from, node) {
            return target;
        }
        let bindings = self.bindings(reference);
        let mut work = Vec::new();
        let copy = self.copy(target, &bindings, &mut work);
        // The outermost schema decides, so what it brings along goes for all that is copied.
        while let Some((source, copy)) = work.pop() {
            let mut schema = (*self.schema(source)).clone();
            for child in schema.children() {
                *child = self.copy(*child, &bindings, &mut work);
            }
            if let Some(reference) = &mut schema.reference {
                reference.resolved = self.end_in_copy(reference, &bindings, &mut work);
            }
            self.reader.replace(copy, schema);
        }
        copy
    }

    /// The schemas that the resource of a reference brings along.
    fn bindings(&mut self, reference: &Reference<'a>) -> Bindings<'a> {
        let places = self.reader.dynamic_anchors(reference.place.node);
        let bindings = places
            .into_iter()
            .map(|(name, place)| (name, self.reader.schema(place)))
            .collect();
        self.reader.finish_schemas();
        bindings
    }

    /// The copy of a schema, which is yet to be filled in; the schema itself if nothing in it is open.
    fn copy(
        &mut self,
        source: SchemaId,
        bindings: &Bindings<'a>,
        work: &mut Vec<(SchemaId, SchemaId)>,
    ) -> SchemaId {
        if !self.is_open(source, bindings) {
            return source;
        }
        let schema = self.schema(source);
        if self.copies.made.len() >= MAX_COPIES {
            let message = format!("`$dynamicRef` makes more than {MAX_COPIES} schemas");
            let finding = Diagnostic::error(Code::Limit, schema.place.span, message);
            self.report(finding.or_else("read as any value"));
            return source;
        }
        match self.copies.by_source.entry((source, bindings.clone())) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(slot) => {
                let copy = self.reader.add((*schema).clone());
                self.copies.made.insert(copy);
                work.push((source, *slot.insert(copy)));
                copy
            }
        }
    }

    /// Whether a schema, or one that stands inside of it, has a part that the bindings fill in. Schemas
    /// stand inside each other as deep as the document, which is bounded.
    fn is_open(&mut self, id: SchemaId, bindings: &Bindings<'a>) -> bool {
        let mut work = vec![id];
        while let Some(id) = work.pop() {
            let mut schema = (*self.schema(id)).clone();
            let is_open = schema.reference.as_ref().is_some_and(|reference| {
                match bound(reference, bindings) {
                    Some(_) => true,
                    None => self.leads_to_open(reference, bindings),
                }
            });
            if is_open {
                return true;
            }
            work.extend(schema.children().into_iter().map(|child| *child));
        }
        false
    }

    /// Whether a reference that is not dynamic leads to a template that the bindings fill in.
    fn leads_to_open(&mut self, reference: &Reference<'a>, bindings: &Bindings<'a>) -> bool {
        if reference.is_dynamic || reference.resolved.is_some() {
            return false;
        }
        let place = self.reader.end(reference).ok();
        let place = place.and_then(|end| self.reader.place_at(end));
        place.is_some_and(|place| {
            let names = bindings.iter().map(|(name, _)| *name);
            self.reader.leaves_open(place.node, names)
        })
    }

    /// Where a reference of a copy leads, if it is not where that of the source does.
    fn end_in_copy(
        &mut self,
        reference: &Reference<'a>,
        bindings: &Bindings<'a>,
        work: &mut Vec<(SchemaId, SchemaId)>,
    ) -> Option<SchemaId> {
        if let Some(bound) = bound(reference, bindings) {
            return Some(bound);
        }
        if !self.leads_to_open(reference, bindings) {
            return reference.resolved;
        }
        let target = self.referred(reference)?;
        Some(self.copy(target, bindings, work))
    }
}

/// The schema that fills in a dynamic reference.
fn bound<'a>(reference: &Reference<'a>, bindings: &Bindings<'a>) -> Option<SchemaId> {
    if !reference.is_dynamic {
        return None;
    }
    let (_, name) = reference.target.split_once('#')?;
    let found = bindings.iter().find(|(known, _)| *known == name);
    found.map(|(_, schema)| *schema)
}
