//! `oneOf`, `anyOf` and lists of types: one algorithm for all of them (groups K and C27).
//!
//! What a branch accepts is found without defining a type for it; from that come the variants, and how
//! a value is told to be one or the other of them.

mod beside;
mod collapse;
mod discriminator;
mod facts;
mod inherit;
mod objects;
mod variants;

use std::collections::HashSet;
use std::rc::Rc;

use crate::api::{Definition, Dispatch, Docs, Kind, Role, Type, Union, Variant};
use crate::spec::{SchemaId, Types};

use super::hint::Hint;
use super::merge::View;
use super::shape::{Defined, Shape};
use super::wrapper::says_nothing_itself;
use super::{Lowering, MAX_INLINE_DEPTH, any, plain};

pub(super) use beside::Beside;
pub(super) use collapse::collapse;
pub(super) use facts::{Facts, MAX_NESTED};
use variants::{Planned, Source};

/// Schemas that a value must follow, all of them; and what is left of them where they stand for several
/// types at once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Branch {
    pub(super) ids: Vec<SchemaId>,
    pub(super) part: Part,
}

/// What is left of the schemas of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// Only the values of these types.
    Of(Types),
    /// Everything but the union that this schema has.
    Beside(SchemaId),
    /// All of it, as a form with files.
    Form,
}

impl Branch {
    /// A branch of one schema.
    pub(super) fn one(id: SchemaId) -> Self {
        Self::all(vec![id])
    }

    /// A branch whose values follow all of these.
    pub(super) fn all(ids: Vec<SchemaId>) -> Self {
        Self {
            ids,
            part: Part::Whole,
        }
    }
}

/// The branches of one list, `null` left out.
pub(super) struct List {
    /// The schema that has the list.
    pub(super) owner: SchemaId,
    /// Whether the discriminator of that schema is about this list.
    pub(super) has_discriminator: bool,
    pub(super) is_any_of: bool,
    pub(super) branches: Vec<Branch>,
}

/// What a union comes to, before its types are defined.
pub(super) struct Choice<'a> {
    variants: Vec<Planned<'a>>,
    dispatch: Dispatch,
}

impl<'a> Lowering<'_, 'a> {
    /// What the unions of a view come to, if there are any that say more than which properties are
    /// required.
    pub(super) fn union_shape(
        &mut self,
        view: &View<'a>,
        ids: &[SchemaId],
        hint: &Hint,
    ) -> Option<Shape<'a>> {
        let mut lists = self.lists(view);
        if lists.len() > 1 || !view.properties.is_empty() {
            return self.whole_shape(view, ids, lists, hint);
        }
        let list = lists.pop()?;
        if let Some(enumeration) = self.values_of_branches(&list.branches) {
            return Some(Shape::Define(Defined::Enum(enumeration)));
        }
        Some(self.choice_shape(view, list, hint))
    }

    /// A value of one of several types that are listed (C27).
    pub(super) fn type_list_shape(
        &mut self,
        view: &View<'a>,
        ids: &[SchemaId],
        types: Types,
        hint: &Hint,
    ) -> Shape<'a> {
        let branches = types.each().into_iter().map(|only| Branch {
            ids: ids.to_vec(),
            part: Part::Of(only),
        });
        let list = List {
            owner: ids.first().copied().unwrap_or(SchemaId(0)),
            has_discriminator: false,
            is_any_of: false,
            branches: branches.collect(),
        };
        self.choice_shape(view, list, hint)
    }

    fn choice_shape(&mut self, view: &View<'a>, list: List, hint: &Hint) -> Shape<'a> {
        let mut choice = self.choice(view, list);
        if choice.variants.len() > 1 {
            return Shape::Define(Defined::Union(Box::new(choice)));
        }
        match choice.variants.pop().map(|only| only.source) {
            Some(Source::Merged(branches)) => {
                let merged = self.merged_view(&branches);
                Shape::Define(Defined::Merged(Box::new(merged)))
            }
            Some(source) => Shape::As(Box::new(self.source_type(&source, hint))),
            None => Shape::Use(Kind::Null),
        }
    }

    /// The definition of a union, its types included.
    pub(super) fn union_definition(&mut self, choice: &Choice<'a>, hint: &Hint) -> Definition {
        let variants = choice.variants.iter().map(|planned| {
            let ty = self.source_type(&planned.source, &hint.child(&planned.name));
            let own_docs = planned.docs.filter(|_| !matches!(ty.kind, Kind::Named(_)));
            Variant {
                name: planned.name.clone(),
                docs: own_docs.map_or_else(Docs::default, |id| self.docs(&self.schema(id))),
                tag: planned.tag.clone(),
                ty: Type {
                    nullable: false,
                    ..ty
                },
            }
        });
        Definition::Union(Union {
            variants: variants.collect(),
            dispatch: choice.dispatch.clone(),
        })
    }

    /// The type of a value that follows any of these.
    pub(super) fn type_of_any(&mut self, branches: &[Branch], hint: &Hint) -> Type {
        let Some(first) = branches.first() else {
            return any();
        };
        if branches.len() == 1 {
            return self.branch_type(first, hint);
        }
        let Some(owner) = first.ids.first().copied() else {
            return any();
        };
        let mut ids = branches.iter().flat_map(|branch| &branch.ids);
        let nullable = ids.any(|id| self.is_nullable(*id));
        let branches = self.inner_branches(branches);
        let mut ty = match &branches[..] {
            // Each of them is nothing but null.
            [] => self.branch_type(first, hint),
            [single] => self.branch_type(single, hint),
            _ => self.type_of_list(
                List {
                    owner,
                    has_discriminator: false,
                    is_any_of: true,
                    branches,
                },
                hint,
            ),
        };
        ty.nullable |= nullable;
        ty
    }

    /// Branches, each once, with those that are nothing but a list replaced by what they list.
    fn inner_branches(&mut self, branches: &[Branch]) -> Vec<Branch> {
        let mut found: Vec<Branch> = Vec::new();
        let mut seen = HashSet::new();
        for branch in branches {
            let inner = match (&branch.part, &branch.ids[..]) {
                (Part::Whole, [id]) => self.listed(&[*id]),
                _ => vec![branch.clone()],
            };
            found.extend(inner.into_iter().filter(|it| seen.insert(it.clone())));
        }
        found
    }

    /// The type of a value that follows any branch of a list, as if it stood alone.
    fn type_of_list(&mut self, list: List, hint: &Hint) -> Type {
        let key = list.branches.clone();
        if let Some(known) = self.united.get(&key) {
            return known.clone();
        }
        let mut nullable = false;
        for branch in &list.branches {
            nullable |= branch.ids.iter().any(|id| self.is_nullable(*id));
        }
        if self.depth >= MAX_INLINE_DEPTH {
            return self.too_deep(&[list.owner]);
        }
        self.depth += 1;
        let origin = super::origin(&self.schema(list.owner));
        let view = self.view(&[]);
        let mut ty = match self.choice_shape(&view, list, hint) {
            Shape::Use(kind) => plain(kind),
            Shape::As(ty) => *ty,
            Shape::Define(defined) => {
                let id = self.reserve_at(hint.name(), origin);
                let ty = Type {
                    nullable,
                    ..plain(Kind::Named(id))
                };
                self.united.insert(key.clone(), ty.clone());
                let definition = self.defined(&defined, &view, &Hint::of_type(id), None);
                self.define(id, definition);
                ty
            }
        };
        self.depth -= 1;
        ty.nullable |= nullable;
        self.united.insert(key, ty.clone());
        ty
    }

    /// One struct for objects that cannot be told apart and may be several of them at once: what one of
    /// the branches lacks is optional (K19).
    fn merged_type(&mut self, branches: &[Branch], hint: &Hint) -> Type {
        let key = branches.to_vec();
        if let Some(known) = self.merged.get(&key) {
            return known.clone();
        }
        let Some(owner) = branches.first().and_then(|branch| branch.ids.first()) else {
            return any();
        };
        let id = self.reserve_at(hint.name(), super::origin(&self.schema(*owner)));
        let ty = plain(Kind::Named(id));
        self.merged.insert(key, ty.clone());
        let view = self.merged_view(branches);
        let structure = self.structure(&view, &Hint::of_type(id), None);
        self.define(id, Definition::Struct(structure));
        ty
    }

    fn merged_view(&mut self, branches: &[Branch]) -> View<'a> {
        let mut views = branches.iter().map(|branch| self.branch_view(branch));
        let first = views.next();
        let rest: Vec<View<'a>> = views.collect();
        let mut merged = self.view(&[]);
        if let Some(first) = first {
            merged.required = first.required.clone();
            merged.required_names = first.required_names.clone();
            merged.span = first.span;
            merged.add_alternative(&first);
        }
        for view in &rest {
            merged.add_alternative(view);
        }
        merged
    }

    /// The schemas of a branch as one view.
    pub(super) fn branch_view(&mut self, branch: &Branch) -> View<'a> {
        let mut view = self.view(&branch.ids);
        match branch.part {
            Part::Whole => {}
            Part::Of(types) => self.narrow_values(&mut view, types),
            Part::Beside(owner) => view.unions.retain(|list| list.owner != owner),
            Part::Form => view.role = Role::Form,
        }
        view
    }

    /// The lists of a view with what there is to choose from.
    pub(super) fn lists(&mut self, view: &View<'a>) -> Vec<List> {
        let mut lists = Vec::new();
        for list in &view.unions {
            lists.push(List {
                owner: list.owner,
                has_discriminator: true,
                is_any_of: list.is_any_of,
                branches: self.listed(&list.branches),
            });
        }
        lists
    }

    /// The branches of a list, each once. A branch that is nothing but a list itself is replaced by
    /// its branches, unless it has a name (K16).
    fn listed(&mut self, branches: &[SchemaId]) -> Vec<Branch> {
        let mut found: Vec<SchemaId> = Vec::new();
        let mut work: Vec<SchemaId> = branches.iter().rev().copied().collect();
        let mut seen = HashSet::new();
        while let Some(branch) = work.pop() {
            let id = self.significant(branch);
            let target = self.names_of(id).last().copied().unwrap_or(id);
            if !seen.insert(target) || self.is_only_null(target) {
                continue;
            }
            let schema = self.schema(id);
            let inner = [&schema.one_of, &schema.any_of];
            let is_list = schema.reference.is_none()
                && schema.all_of.is_empty()
                && schema.discriminator.is_none()
                && schema.types == Types::default()
                && inner.iter().filter(|list| !list.is_empty()).count() == 1
                && says_nothing_itself(&schema)
                && self.named(id).is_none();
            if is_list {
                work.extend(inner.into_iter().flatten().rev());
            } else {
                found.push(id);
            }
        }
        found.into_iter().map(Branch::one).collect()
    }

    /// Whether a branch only says which of the declared properties must be there.
    pub(super) fn is_rule(&self, view: &View<'a>, id: SchemaId) -> bool {
        let schema = self.schema(id);
        let object = Types {
            object: true,
            ..Types::default()
        };
        let lists = [&schema.all_of, &schema.one_of, &schema.any_of];
        schema.reference.is_none()
            && schema.boolean.is_none()
            && !schema.required.is_empty()
            && (schema.types == Types::default() || schema.types == object)
            && lists.iter().all(|list| list.is_empty())
            && schema.enumeration.is_none()
            && schema.constant.is_none()
            && schema.additional_properties.is_none()
            && schema.items.is_none()
            && schema
                .properties
                .iter()
                .all(|(name, _)| view.has_property(name))
    }

    fn source_type(&mut self, source: &Source, hint: &Hint) -> Type {
        match source {
            Source::Branch(branch) => self.branch_type(branch, hint),
            Source::Kind(kind) => plain(kind.clone()),
            Source::Items(items) => {
                let items = self.type_of_any(items, &hint.child("item"));
                plain(Kind::Array(Box::new(items)))
            }
            Source::Merged(branches) => self.merged_type(branches, hint),
        }
    }
}

impl Types {
    /// The types one by one; whole numbers are numbers where there are both.
    pub(super) fn each(self) -> Vec<Self> {
        let none = Self::default();
        let all = [
            (
                self.boolean,
                Self {
                    boolean: true,
                    ..none
                },
            ),
            (
                self.integer && !self.number,
                Self {
                    integer: true,
                    ..none
                },
            ),
            (
                self.number,
                Self {
                    number: true,
                    ..none
                },
            ),
            (
                self.string,
                Self {
                    string: true,
                    ..none
                },
            ),
            (
                self.array,
                Self {
                    array: true,
                    ..none
                },
            ),
            (
                self.object,
                Self {
                    object: true,
                    ..none
                },
            ),
        ];
        all.into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, it)| it)
            .collect()
    }
}

/// What is known about branches, so that each is looked at once.
pub(super) type KnownFacts<'a> = std::collections::HashMap<Branch, Rc<Facts<'a>>>;
