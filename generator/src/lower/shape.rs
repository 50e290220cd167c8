//! What a schema is: a type that is used, or one that is defined (groups C, F, G, H, I).

use crate::api::{Definition, Enumeration, Kind, StringFormat, Type, TypeId};
use crate::diagnostic::{Code, Diagnostic};
use crate::spec::{SchemaId, Types};

use super::hint::Hint;
use super::merge::View;
use super::reference::Chain;
use super::union::{Branch, Choice, Part};
use super::values::Values;
use super::wrapper::is_plain_reference;
use super::{Lowering, MAX_INLINE_DEPTH, any, plain};

/// What a view comes to.
pub(super) enum Shape<'a> {
    /// A type that needs no definition.
    Use(Kind),
    /// The same with what must hold for its values.
    As(Box<Type>),
    /// A type that needs a definition and so a name.
    Define(Defined<'a>),
}

/// What has to be defined.
pub(super) enum Defined<'a> {
    Struct,
    Enum(Enumeration),
    Union(Box<Choice<'a>>),
    /// A struct of what this view says, in place of the one that it was found in (K19).
    Merged(Box<View<'a>>),
}

impl<'a> Lowering<'_, 'a> {
    /// Defines every type of `components.schemas`.
    pub(super) fn define_components(&mut self) {
        let components = &self.document.schemas;
        for (name, id) in components {
            let schema = self.schema(*id);
            let component = crate::api::NameHint::Component((*name).to_owned());
            let type_id = self.reserve(component, &schema);
            self.components.insert(*id, type_id);
            self.by_name.insert(name, type_id);
        }
        self.defining = true;
        for (_, id) in components {
            // A wrapper around a schema that stands in it says what the schema says, and gives it its name.
            let only = self.significant(*id);
            if self.stands_inside(only, *id)
                && let Some(type_id) = self.components.get(id).copied()
            {
                self.components.insert(only, type_id);
            }
        }
        for (_, id) in components {
            if self.stopped {
                return;
            }
            if let Some(type_id) = self.components.get(id).copied() {
                let definition = self.definition(*id, type_id);
                self.define(type_id, definition);
            }
        }
        self.defining = false;
        self.define_hoisted();
    }

    pub(super) fn define(&mut self, id: TypeId, definition: Definition) {
        if let Some(slot) = self.types.get_mut(id.0) {
            slot.definition = definition;
        }
    }

    /// The definition of a component. It is never nullable itself; its uses are (H6).
    pub(super) fn definition(&mut self, id: SchemaId, type_id: TypeId) -> Definition {
        let hint = Hint::of_type(type_id);
        if let Some(replaced) = self.replaced(id) {
            return Definition::Alias(plain(replaced));
        }
        if let Some(target) = self.alias_target(id) {
            return Definition::Alias(plain(Kind::Named(target)));
        }
        if is_plain_reference(&self.schema(id)) {
            // The reference leads nowhere, or round; either is told.
            return Definition::Alias(any());
        }
        if let Some(union) = self.inherited(id, type_id) {
            return union;
        }
        let only = self.significant(id);
        let is_own = only != id && self.components.get(&only) == Some(&type_id);
        let id = if is_own { only } else { id };
        if only != id {
            let alias = self.type_of(&[only], &hint);
            return Definition::Alias(Type {
                nullable: false,
                ..alias
            });
        }
        let view = self.view(&[id]);
        match self.shape(&view, &[id], &hint) {
            Shape::Define(defined) => self.defined(&defined, &view, &hint, Some(type_id)),
            Shape::As(ty) => Definition::Alias(Type {
                nullable: false,
                ..*ty
            }),
            Shape::Use(kind) => Definition::Alias(Type {
                kind,
                nullable: false,
                constraints: view.constraints,
            }),
        }
    }

    /// Whether a schema that has no name of its own is written inside another one.
    fn stands_inside(&mut self, inner: SchemaId, outer: SchemaId) -> bool {
        let (inside, outside) = (self.schema(inner), self.schema(outer));
        let outside = outside.place.pointer.tokens();
        inner != outer
            && self.named(inner).is_none()
            && inside.place.pointer.tokens().starts_with(&outside)
    }

    /// The component that a component is another name of (B3).
    fn alias_target(&mut self, id: SchemaId) -> Option<TypeId> {
        let schema = self.schema(id);
        let mut next = schema
            .reference
            .clone()
            .filter(|_| is_plain_reference(&schema))?;
        let mut first = None;
        let mut walked = vec![id];
        let mut chain = Chain::to(crate::grammar::Kind::Schema);
        // The whole chain is followed, so that one without an end is found.
        while self.is_new(&next, &mut chain) {
            let target = self.resolve_schema(&next)?;
            first = first.or_else(|| self.hoisted(target));
            let known = first.is_some() && self.ending.contains(&target);
            walked.push(target);
            let schema = self.schema(target);
            let onwards = schema
                .reference
                .clone()
                .filter(|_| is_plain_reference(&schema) && !known);
            match onwards {
                Some(reference) => next = reference,
                None => {
                    self.ending.extend(walked);
                    return first;
                }
            }
        }
        self.ending.extend(walked);
        None
    }

    /// The type of a value that all of these schemas describe; `null` is one wherever one of them says
    /// so, also in a wrapper that is looked through (H6 to H12).
    pub(super) fn type_of(&mut self, ids: &[SchemaId], hint: &Hint) -> Type {
        let ty = self.type_of_all(ids, hint);
        self.define_hoisted();
        Type {
            nullable: ty.nullable || ids.iter().any(|id| self.is_nullable(*id)),
            ..ty
        }
    }

    fn type_of_all(&mut self, ids: &[SchemaId], hint: &Hint) -> Type {
        let given = ids;
        if let Some(replaced) = self.replaced_in_place(ids) {
            return replaced;
        }
        let ids: Vec<SchemaId> = ids.iter().map(|id| self.significant(*id)).collect();
        let ids = self.without_repeats(ids);
        if let [id] = ids[..] {
            let schema = self.schema(id);
            if let Some(value) = schema.boolean {
                return if value { any() } else { plain(Kind::Null) };
            }
            if let Some(named) = self.named(id) {
                return Type {
                    nullable: self.is_nullable(id),
                    ..plain(Kind::Named(named))
                };
            }
        }
        let home = match ids[..] {
            [id] if given != ids || hint.is_of_operation() => self.home(id),
            _ => None,
        };
        let branch = Branch::all(ids);
        match self.inline.get(&branch) {
            Some(known) => known.clone(),
            None => self.inline_type(&branch, home.as_ref().unwrap_or(hint)),
        }
    }

    /// The type of a value of a branch.
    pub(super) fn branch_type(&mut self, branch: &Branch, hint: &Hint) -> Type {
        if branch.part == Part::Whole {
            return self.type_of(&branch.ids, hint);
        }
        match self.inline.get(branch) {
            Some(known) => known.clone(),
            None => self.inline_type(branch, hint),
        }
    }

    fn inline_type(&mut self, branch: &Branch, hint: &Hint) -> Type {
        if self.depth >= MAX_INLINE_DEPTH {
            return self.too_deep(&branch.ids);
        }
        self.depth += 1;
        let view = self.branch_view(branch);
        let ty = match self.shape(&view, &branch.ids, hint) {
            Shape::Use(kind) => Type {
                kind,
                nullable: view.nullable,
                constraints: view.constraints.clone(),
            },
            Shape::As(ty) => Type {
                nullable: view.nullable,
                ..*ty
            },
            Shape::Define(defined) => self.define_inline(branch, &defined, &view, hint),
        };
        self.depth -= 1;
        self.inline.insert(branch.clone(), ty.clone());
        ty
    }

    /// Defines the type of a branch, which may contain itself.
    fn define_inline(
        &mut self,
        branch: &Branch,
        defined: &Defined<'a>,
        view: &View<'a>,
        hint: &Hint,
    ) -> Type {
        let Some(last) = branch.ids.last() else {
            return any();
        };
        let schema = self.schema(*last);
        let id = self.reserve(hint.name(), &schema);
        let ty = Type {
            nullable: view.nullable,
            ..plain(Kind::Named(id))
        };
        self.inline.insert(branch.clone(), ty.clone());
        let definition = self.defined(defined, view, &Hint::of_type(id), None);
        self.define(id, definition);
        ty
    }

    pub(super) fn defined(
        &mut self,
        defined: &Defined<'a>,
        view: &View<'a>,
        hint: &Hint,
        own: Option<TypeId>,
    ) -> Definition {
        match defined {
            Defined::Struct => Definition::Struct(self.structure(view, hint, own)),
            Defined::Enum(enumeration) => {
                let node = view.only().map(|id| self.schema(id).place.node);
                let enumeration = self.with_openness(node, enumeration.clone());
                Definition::Enum(match own {
                    Some(_) => enumeration,
                    None => enumeration.unnamed(),
                })
            }
            Defined::Union(choice) => self.union_definition(choice, hint),
            Defined::Merged(view) => Definition::Struct(self.structure(view, hint, own)),
        }
    }

    fn without_repeats(&mut self, ids: Vec<SchemaId>) -> Vec<SchemaId> {
        let mut kept: Vec<SchemaId> = Vec::with_capacity(ids.len());
        for id in ids {
            let same_target = |known: &SchemaId, lowering: &mut Self| {
                *known == id || {
                    let target = lowering.named(id);
                    target.is_some() && target == lowering.named(*known)
                }
            };
            if !kept.iter().any(|known| same_target(known, self)) {
                kept.push(id);
            }
        }
        kept
    }

    pub(super) fn too_deep(&mut self, ids: &[SchemaId]) -> Type {
        let span = ids.first().map(|id| self.schema(*id).place.span);
        self.report(
            Diagnostic::warning(
                Code::Limit,
                span,
                format!("schemas stand inside each other more than {MAX_INLINE_DEPTH} deep"),
            )
            .label("read as any value")
            .help("move an inner schema to `components.schemas`"),
        );
        any()
    }

    /// What a view comes to. The structure of a struct is made by the caller, who knows its name.
    pub(super) fn shape(&mut self, view: &View<'a>, ids: &[SchemaId], hint: &Hint) -> Shape<'a> {
        match &view.values {
            Some(Values::Enum(enumeration)) => {
                return Shape::Define(Defined::Enum(enumeration.clone()));
            }
            Some(Values::Use(kind)) => return Shape::Use(kind.clone()),
            Some(Values::Several(types)) => {
                return self.type_list_shape(view, ids, *types, hint);
            }
            None => {}
        }
        if !view.unions.is_empty()
            && let Some(shape) = self.union_shape(view, ids, hint)
        {
            return shape;
        }
        let types = view.types.unwrap_or_default();
        let types = if types == Types::default() {
            infer(view)
        } else {
            types
        };
        // Only strings can be secret; an entry of the configuration that names anything else is told.
        let is_string = types == Types::default() || types.string && types.count() == 1;
        if !view.secrets.is_empty() && is_string {
            self.use_secrets(&view.secrets);
            return Shape::Use(Kind::String(StringFormat::Secret));
        }
        if view.sensitive {
            let what = "keeping a value that is no string out of sight";
            self.unsupported(view.span, what, "it is shown like any other");
        }
        if types.count() <= 1
            && !(types.object || types.array)
            && let Some(replaced) = self.replaced_format(view.format)
        {
            return Shape::Use(replaced);
        }
        match types.count() {
            0 if view.types.is_some() && view.nullable => Shape::Use(Kind::Null),
            0 => Shape::Use(Kind::Any),
            1 => self.single_type(view, types, hint),
            _ if types.number && types.integer && types.count() == 2 => {
                Shape::Use(self.number(view))
            }
            _ => self.type_list_shape(view, ids, types, hint),
        }
    }

    fn single_type(&mut self, view: &View<'a>, types: Types, hint: &Hint) -> Shape<'a> {
        if types.object {
            return self.object_shape(view, hint);
        }
        Shape::Use(if types.array {
            self.array_kind(view, hint)
        } else if types.string {
            self.string(view, hint)
        } else if types.integer {
            self.integer(view)
        } else if types.number {
            self.number(view)
        } else {
            self.boolean(view)
        })
    }
}

/// The type that the keywords mean where `type` is missing (C28).
pub(super) fn infer(view: &View<'_>) -> Types {
    let constraints = &view.constraints;
    let object = !view.properties.is_empty()
        || !view.additional.is_empty()
        || !view.patterned.is_empty()
        || view.key_schema.is_some()
        || constraints.min_properties.is_some()
        || constraints.max_properties.is_some();
    let array = !view.items.is_empty()
        || !view.places.is_empty()
        || constraints.min_items.is_some()
        || constraints.max_items.is_some();
    let string = !constraints.patterns.is_empty()
        || constraints.min_length.is_some()
        || constraints.max_length.is_some()
        || view.content_encoding.is_some()
        || !view.content_schema.is_empty();
    let number = constraints.minimum.is_some()
        || constraints.maximum.is_some()
        || !constraints.multiple_of.is_empty();
    let none = Types::default();
    if object {
        Types {
            object: true,
            ..none
        }
    } else if array {
        Types {
            array: true,
            ..none
        }
    } else if string {
        Types {
            string: true,
            ..none
        }
    } else if number {
        Types {
            number: true,
            ..none
        }
    } else {
        super::format::type_of_format(view.format)
    }
}
