//! The named parts of a composed struct: what a value of the whole can be taken for, and taken apart
//! into (group J).

use crate::api::{Definition, Field, Kind, NameHint, Structure, TypeId};

use super::graph;
use super::names::{Scope, Spelling};
use super::presence::{holds_null, presence};
use super::structs::{Planner, field_names};
use super::types::{Adapt, FieldPlan, PartField, PartPlan, Presence};

/// How many levels of parts are looked into. `allOf` nests less deep in practice.
const MAX_PART_DEPTH: usize = 8;

/// How many own fields `into_parts` gives back next to the parts.
const MOST_OWN_FIELDS: usize = 4;

/// How many arguments `from_parts` takes.
const MOST_PARTS: usize = 7;

impl Planner<'_> {
    /// Whether a field needs a box, in its own type or in a part that has it too: a field must not
    /// change its type on the way from a whole to a part.
    pub(super) fn is_boxed(
        &self,
        owner: TypeId,
        field: &Field,
        target: TypeId,
        depth: usize,
    ) -> bool {
        if graph::is_boxed(self.api, self.groups, owner, target) {
            return true;
        }
        let Some(Definition::Struct(structure)) =
            self.api.types.get(owner.0).map(|def| &def.definition)
        else {
            return false;
        };
        let has_field = |id: TypeId| {
            matches!(self.api.types.get(id.0).map(|def| &def.definition),
                Some(Definition::Struct(part)) if part.fields.iter().any(|it| it.name == field.name))
        };
        depth < MAX_PART_DEPTH
            && structure
                .parts
                .iter()
                .filter(|part| part.convertible && has_field(part.id))
                .any(|part| self.is_boxed(part.id, field, target, depth + 1))
    }

    /// How a field of the whole becomes one of the part. A field that the part does without is none of
    /// its fields, and one that the whole does without is absent in the part.
    fn adapt(&self, whole: &Field, field: &Field, part: TypeId) -> Option<Adapt> {
        let is_unboxed = match field.ty.kind {
            Kind::Named(target) => {
                self.is_boxed(self.id, whole, target, 0) && !self.is_boxed(part, field, target, 0)
            }
            _ => false,
        };
        let of = |field: &Field, id: TypeId| {
            let direction = self.directions.get(id.0).copied().unwrap_or_default();
            presence(self.api, field, direction)
        };
        let inner = of(field, part)?;
        let Some(outer) = of(whole, self.id) else {
            return Some(Adapt::Absent);
        };
        let holds_null = holds_null(self.api, &field.ty);
        Some(match (outer, inner) {
            // What holds `null` by itself has one `Option` in both.
            (Presence::Optional, Presence::ThreeState) if !holds_null => Adapt::Wrap,
            (Presence::ThreeState, Presence::Optional) if !holds_null => Adapt::Flatten,
            (Presence::Required, Presence::ThreeState) => Adapt::Some,
            // A nullable value is an `Option` whether it is required or not.
            (Presence::Required, Presence::Optional) if !field.ty.nullable || holds_null => {
                Adapt::Some
            }
            (Presence::Required, _) if is_unboxed && !field.ty.nullable => Adapt::Unbox,
            _ if is_unboxed => Adapt::UnboxSome,
            _ => Adapt::Same,
        })
    }

    /// The parts. Their variables stand beside the own fields in signatures, so they share a scope.
    pub(super) fn parts(
        &self,
        structure: &Structure,
        fields: &[FieldPlan],
        mut scope: Scope,
    ) -> Vec<PartPlan> {
        let mut parts = Vec::new();
        for part in structure.parts.iter().filter(|part| part.convertible) {
            let Some(def) = self.api.types.get(part.id.0) else {
                continue;
            };
            let (Definition::Struct(inner), NameHint::Component(name)) =
                (&def.definition, &def.name)
            else {
                continue;
            };
            if inner.additional.is_some() {
                continue;
            }
            let (names, _) = field_names(inner);
            let fields = inner.fields.iter().zip(names).filter_map(|(field, name)| {
                let whole = structure.fields.iter().find(|it| it.name == field.name)?;
                let adapt = self.adapt(whole, field, part.id)?;
                let index = fields.iter().position(|it| it.key == field.name);
                Some(PartField { name, index, adapt })
            });
            parts.push(PartPlan {
                id: part.id,
                variable: scope.name(name, Spelling::Snake, "part"),
                fields: fields.collect(),
            });
        }
        parts
    }
}

/// Whether the parts hold nothing that the whole has no place for, so that it can be made of them.
pub(super) fn is_reversible(parts: &[PartPlan]) -> bool {
    let mut fields = parts.iter().flat_map(|part| &part.fields);
    fields.all(|field| field.adapt != Adapt::Absent)
}

/// The fields that no part has, if every field belongs to exactly one part or to none, and there
/// are few enough to hand back beside the parts.
pub(super) fn own_fields(fields: &[FieldPlan], parts: &[PartPlan]) -> Option<Vec<usize>> {
    let uses = |index: usize| {
        parts
            .iter()
            .flat_map(|part| &part.fields)
            .filter(|field| field.index == Some(index))
            .count()
    };
    let disjoint = (0..fields.len()).all(|index| uses(index) <= 1);
    let shared = || parts.iter().flat_map(|part| &part.fields);
    let goes_over = shared().all(|field| field.adapt != Adapt::Some);
    let own: Vec<usize> = (0..fields.len())
        .filter(|index| uses(*index) == 0)
        .collect();
    let sensible = !parts.is_empty()
        && own.len() <= MOST_OWN_FIELDS
        && (2..=MOST_PARTS).contains(&(parts.len() + own.len()));
    (disjoint && goes_over && sensible).then_some(own)
}
