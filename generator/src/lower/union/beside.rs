//! Unions beside properties: a struct with a field for the union, or a union of wholes (J11, J17, K22,
//! K23).

use std::collections::HashSet;

use crate::api::Type;
use crate::spec::{SchemaId, Types};

use super::super::Lowering;
use super::super::hint::Hint;
use super::super::merge::View;
use super::super::shape::Shape;
use super::{Branch, List, Part};

/// How the properties beside a union and those of its branches stand to each other.
struct Overlap<'a> {
    /// The properties that are left to the union, because each branch has them, or because they are
    /// what tells the branches apart.
    left: HashSet<&'a str>,
    /// Whether a property stands beside the union and in some of the branches only, so that a value
    /// cannot be taken apart.
    is_partial: bool,
}

/// The unions beside the properties of a struct, and whose properties are whose.
#[derive(Default)]
pub(in super::super) struct Beside<'a> {
    /// The unions, each with a name.
    pub(in super::super) unions: Vec<(String, Type)>,
    /// The properties of the struct that are left to them.
    pub(in super::super) left: HashSet<&'a str>,
    /// All that they declare.
    pub(in super::super) declared: HashSet<&'a str>,
}

impl<'a> Lowering<'_, 'a> {
    /// What a union with properties beside it comes to, if it is not a struct: each branch with the
    /// properties, or the union alone.
    pub(super) fn whole_shape(
        &mut self,
        view: &View<'a>,
        ids: &[SchemaId],
        lists: Vec<List>,
        hint: &Hint,
    ) -> Option<Shape<'a>> {
        let alone = lists.len() == 1;
        let list = lists.into_iter().next()?;
        let overlap = self.overlap(view, &list);
        let mut around = self.view(&[]);
        around.types = Some(OBJECT);
        if overlap.is_partial {
            let branches = list.branches.iter().map(|branch| Branch {
                ids: ids.iter().chain(&branch.ids).copied().collect(),
                part: Part::Beside(list.owner),
            });
            let whole = List {
                branches: branches.collect(),
                ..list
            };
            return Some(self.choice_shape(&around, whole, hint));
        }
        let is_left = |name: &&'a str| overlap.left.contains(name);
        if alone && view.properties.iter().all(|(name, _)| is_left(name)) {
            return Some(self.choice_shape(&around, list, hint));
        }
        None
    }

    /// The unions beside the properties of a struct.
    pub(in super::super) fn unions_beside(&mut self, view: &View<'a>, hint: &Hint) -> Beside<'a> {
        let mut beside = Beside::default();
        for list in self.lists(view) {
            beside.left.extend(self.overlap(view, &list).left);
            for branch in &list.branches {
                let facts = self.facts_of(branch);
                let objects = facts.objects.iter();
                let names = objects.flat_map(|object| &object.properties);
                beside.declared.extend(names.map(|(name, _)| *name));
            }
            let component = self
                .component_name(list.owner)
                .filter(|_| view.only() != Some(list.owner) && self.is_just_a_union(list.owner));
            beside.unions.push(match component {
                Some(name) => (name.to_owned(), self.type_of(&[list.owner], hint)),
                None => {
                    let hint = hint.child("kind");
                    ("kind".to_owned(), self.type_of_list(list, &hint))
                }
            });
        }
        beside
    }

    /// Whether a component is nothing but a union, so that its type can be used for one.
    fn is_just_a_union(&self, id: SchemaId) -> bool {
        let schema = self.schema(id);
        schema.properties.is_empty()
            && schema.all_of.is_empty()
            && schema.reference.is_none()
            && (schema.one_of.is_empty() || schema.any_of.is_empty())
    }

    fn overlap(&mut self, view: &View<'a>, list: &List) -> Overlap<'a> {
        let tag = self
            .schema(list.owner)
            .discriminator
            .as_ref()
            .map(|it| it.property);
        let mut objects = Vec::new();
        for branch in &list.branches {
            objects.extend(self.facts_of(branch).objects.iter().cloned());
        }
        let mut overlap = Overlap {
            left: HashSet::new(),
            is_partial: false,
        };
        for (name, _) in &view.properties {
            let declaring = objects
                .iter()
                .filter(|object| object.declares(name))
                .count();
            // A property that tells the branches apart is read, and written, by the union.
            let is_tag = tag == Some(*name) && declaring == 0;
            if !objects.is_empty() && declaring == objects.len() || is_tag {
                overlap.left.insert(name);
            } else if declaring > 0 {
                overlap.is_partial = true;
            }
        }
        overlap
    }
}

/// Only objects have properties.
const OBJECT: Types = Types {
    null: false,
    boolean: false,
    integer: false,
    number: false,
    string: false,
    array: false,
    object: true,
};
