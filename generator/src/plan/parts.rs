//! The named parts of a composed struct: what a value of the whole can be taken for, and taken apart
//! into (group J).

use crate::api::{Definition, Field, NameHint, Structure, TypeId};

use super::graph;
use super::names::{Scope, Spelling};
use super::structs::{Planner, presence};
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

    fn adapt(&self, whole: &Field, field: &Field, part: TypeId) -> Adapt {
        let of = |field: &Field, id: TypeId| {
            presence(
                field,
                self.directions.get(id.0).copied().unwrap_or_default(),
            )
        };
        match (of(whole, self.id), of(field, part)) {
            (Presence::Optional, Presence::ThreeState) => Adapt::Wrap,
            (Presence::ThreeState, Presence::Optional) => Adapt::Flatten,
            (Presence::Required, Presence::ThreeState) => Adapt::Some,
            // A nullable value is an `Option` whether it is required or not.
            (Presence::Required, Presence::Optional) if !field.ty.nullable => Adapt::Some,
            _ => Adapt::Same,
        }
    }

    /// The parts. Their variables stand beside the own fields in signatures, so they share a scope.
    pub(super) fn parts(&self, structure: &Structure, mut scope: Scope) -> Vec<PartPlan> {
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
            let mut names = Scope::default();
            let fields = inner
                .fields
                .iter()
                .enumerate()
                .filter_map(|(index, field)| {
                    let fallback = format!("field_{}", index + 1);
                    let name = names.name(&field.name, Spelling::Snake, &fallback);
                    let index = structure
                        .fields
                        .iter()
                        .position(|it| it.name == field.name)?;
                    let adapt = self.adapt(structure.fields.get(index)?, field, part.id);
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

/// The fields that no part has, if every field belongs to exactly one part or to none, and there
/// are few enough to hand back beside the parts.
pub(super) fn own_fields(fields: &[FieldPlan], parts: &[PartPlan]) -> Option<Vec<usize>> {
    let uses = |index: usize| {
        parts
            .iter()
            .flat_map(|part| &part.fields)
            .filter(|field| field.index == index)
            .count()
    };
    let disjoint = (0..fields.len()).all(|index| uses(index) <= 1);
    let shared = || parts.iter().flat_map(|part| &part.fields);
    let reversible = shared().all(|field| field.adapt != Adapt::Some);
    let own: Vec<usize> = (0..fields.len())
        .filter(|index| uses(*index) == 0)
        .collect();
    let sensible = !parts.is_empty()
        && own.len() <= MOST_OWN_FIELDS
        && (2..=MOST_PARTS).contains(&(parts.len() + own.len()));
    (disjoint && reversible && sensible).then_some(own)
}
