//! What a schema is: a type that is used, or one that is defined (groups C, F, G, H, I).

use crate::api::{Definition, Kind, StringFormat, Type, TypeId};
use crate::diagnostic::{Code, Diagnostic};
use crate::spec::{Schema, SchemaId, Types};

use super::merge::View;
use super::{Hint, Lowering, MAX_INLINE_DEPTH, any, plain};

/// What a view comes to.
pub(super) enum Shape {
    /// A type that needs no definition.
    Use(Kind),
    /// A type that needs a definition and so a name.
    Define(Defined),
}

/// What has to be defined.
pub(super) enum Defined {
    Struct,
    Enum(Vec<String>),
}

impl<'a> Lowering<'_, 'a> {
    /// Defines every type of `components.schemas`.
    pub(super) fn define_components(&mut self) {
        let components = &self.document.schemas;
        for (name, id) in components {
            let schema = self.schema(*id);
            let name = crate::api::NameHint::Component((*name).to_owned());
            let type_id = self.reserve(name, &schema);
            self.components.insert(*id, type_id);
        }
        for (_, id) in components {
            if let Some(type_id) = self.components.get(id).copied() {
                let definition = self.definition(*id, type_id);
                self.define(type_id, definition);
            }
        }
    }

    fn define(&mut self, id: TypeId, definition: Definition) {
        if let Some(slot) = self.types.get_mut(id.0) {
            slot.definition = definition;
        }
    }

    /// The definition of a component. It is never nullable itself; its uses are (H6).
    fn definition(&mut self, id: SchemaId, type_id: TypeId) -> Definition {
        let hint = Hint::of_type(type_id);
        if let Some(target) = self.alias_target(id) {
            return Definition::Alias(plain(Kind::Named(target)));
        }
        let only = self.significant(id);
        if only != id {
            let alias = self.type_of(&[only], &hint);
            return Definition::Alias(Type {
                nullable: false,
                ..alias
            });
        }
        let view = self.view(&[id]);
        match self.shape(&view, &hint) {
            Shape::Define(Defined::Struct) => {
                Definition::Struct(self.structure(&view, &hint, Some(type_id)))
            }
            Shape::Define(Defined::Enum(values)) => {
                Definition::Enum(crate::api::Enumeration { values })
            }
            Shape::Use(kind) => Definition::Alias(Type {
                kind,
                nullable: false,
                constraints: view.constraints,
            }),
        }
    }

    /// The component that a component is another name of (B3).
    fn alias_target(&mut self, id: SchemaId) -> Option<TypeId> {
        let schema = self.schema(id);
        let mut next = schema
            .reference
            .clone()
            .filter(|_| is_plain_reference(&schema))?;
        let mut first = None;
        let mut seen = std::collections::HashSet::new();
        // The whole chain is followed, so that one without an end is found.
        while self.is_new(&next, &mut seen) {
            let target = self.resolve_schema(&next)?;
            first = first.or_else(|| self.components.get(&target).copied());
            let schema = self.schema(target);
            match schema
                .reference
                .clone()
                .filter(|_| is_plain_reference(&schema))
            {
                Some(reference) => next = reference,
                None => return first,
            }
        }
        None
    }

    /// The type of a value that all of these schemas describe.
    pub(super) fn type_of(&mut self, ids: &[SchemaId], hint: &Hint) -> Type {
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
        if let Some(known) = self.inline.get(&ids) {
            return known.clone();
        }
        if self.depth >= MAX_INLINE_DEPTH {
            return self.too_deep(&ids);
        }
        self.depth += 1;
        let ty = self.inline_type(&ids, hint);
        self.depth -= 1;
        ty
    }

    fn inline_type(&mut self, ids: &[SchemaId], hint: &Hint) -> Type {
        let view = self.view(ids);
        let mut ty = match self.shape(&view, hint) {
            Shape::Use(kind) => Type {
                kind,
                nullable: false,
                constraints: view.constraints.clone(),
            },
            Shape::Define(defined) => {
                let Some(last) = ids.last() else { return any() };
                let schema = self.schema(*last);
                let id = self.reserve(hint.name(), &schema);
                let ty = plain(Kind::Named(id));
                let known = Type {
                    nullable: view.nullable,
                    ..ty.clone()
                };
                self.inline.insert(ids.to_vec(), known);
                let definition = match defined {
                    Defined::Enum(values) => Definition::Enum(crate::api::Enumeration { values }),
                    Defined::Struct => {
                        let hint = Hint::of_type(id);
                        Definition::Struct(self.structure(&view, &hint, None))
                    }
                };
                self.define(id, definition);
                ty
            }
        };
        ty.nullable = view.nullable;
        ty
    }

    /// The component that a schema refers to and adds nothing to.
    fn named(&mut self, id: SchemaId) -> Option<TypeId> {
        if let Some(known) = self.components.get(&id) {
            return Some(*known);
        }
        let schema = self.schema(id);
        let reference = schema
            .reference
            .as_ref()
            .filter(|_| is_plain_reference(&schema))?;
        let target = self.resolve_schema(reference)?;
        self.components.get(&target).copied()
    }

    /// The schema that says what `id` says: a wrapper that only annotates or only makes nullable
    /// (J1, H11, K1) is looked through, and so is a reference to something without a name.
    fn significant(&mut self, id: SchemaId) -> SchemaId {
        let mut id = id;
        let mut seen = std::collections::HashSet::new();
        while seen.insert(id) {
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
        id
    }

    /// The target of a plain reference, unless it has a name to be used by.
    fn unnamed_target(&mut self, schema: &Schema<'a>) -> Option<SchemaId> {
        let target = self.resolve_schema(schema.reference.as_ref()?)?;
        (!self.components.contains_key(&target)).then_some(target)
    }

    fn only_member(&mut self, schema: &Schema<'a>) -> Option<SchemaId> {
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
    fn is_only_null(&self, id: SchemaId) -> bool {
        let schema = self.schema(id);
        let null_type = schema.types.null && schema.types.count() == 0;
        let null_values = schema.enumeration.as_ref().is_some_and(|values| {
            !values.is_empty()
                && values
                    .iter()
                    .all(|value| *value.value() == crate::load::Value::Null)
        });
        null_type || null_values
    }

    /// Whether `null` is a value of a schema, wrappers and references included (H6 to H12).
    pub(super) fn is_nullable(&mut self, id: SchemaId) -> bool {
        if let Some(known) = self.nullable.get(&id) {
            return *known;
        }
        // A cycle of references is no reason to allow null; the cycle itself is reported elsewhere.
        self.nullable.insert(id, false);
        let schema = self.schema(id);
        let union = schema.one_of.iter().chain(&schema.any_of);
        let null_branch = union.clone().any(|branch| self.is_only_null(*branch));
        let only = self.only_member(&schema);
        let nullable = null_branch
            || self.view(&[id]).nullable
            || only.is_some_and(|only| self.is_nullable(only));
        self.nullable.insert(id, nullable);
        nullable
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

    fn too_deep(&mut self, ids: &[SchemaId]) -> Type {
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
    pub(super) fn shape(&mut self, view: &View<'a>, hint: &Hint) -> Shape {
        if let Some(shape) = self.values_shape(view) {
            return shape;
        }
        if !view.unions.is_empty() && view.properties.is_empty() {
            return Shape::Use(self.union_kind(view));
        }
        let types = view.types.unwrap_or_default();
        let types = if types == Types::default() {
            infer(view)
        } else {
            types
        };
        if view.secret {
            return Shape::Use(Kind::String(StringFormat::Secret));
        }
        match types.count() {
            0 if view.types.is_some() && view.nullable => Shape::Use(Kind::Null),
            0 => Shape::Use(Kind::Any),
            1 => self.single_type(view, types, hint),
            _ if types.number && types.integer && types.count() == 2 => {
                Shape::Use(self.number(view))
            }
            _ => {
                let fallback = "read as any value";
                self.unsupported(view.span, "a value of one of several types", fallback);
                Shape::Use(Kind::Any)
            }
        }
    }

    fn single_type(&mut self, view: &View<'a>, types: Types, hint: &Hint) -> Shape {
        if types.object {
            return self.object_shape(view, hint);
        }
        Shape::Use(if types.array {
            let items = match view.items[..] {
                [] => any(),
                _ => self.type_of(&view.items.clone(), &hint.child("item")),
            };
            Kind::Array(Box::new(items))
        } else if types.string {
            self.string(view)
        } else if types.integer {
            self.integer(view)
        } else if types.number {
            self.number(view)
        } else {
            Kind::Boolean
        })
    }

    /// A union is read as any value until unions are generated; nothing is lost that way.
    fn union_kind(&mut self, view: &View<'a>) -> Kind {
        for (span, _) in &view.unions {
            self.unsupported(*span, "a union (`oneOf`, `anyOf`)", "read as any value");
        }
        Kind::Any
    }
}

/// Whether a schema is a `$ref` with nothing beside it but annotations (B1, B5, B6). A `type` beside
/// a `$ref` repeats what the target says.
fn is_plain_reference(schema: &Schema<'_>) -> bool {
    schema.reference.is_some()
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && says_nothing_itself(schema)
}

/// Whether a schema has no keyword of its own that narrows a value, lists of members aside.
fn says_nothing_itself(schema: &Schema<'_>) -> bool {
    schema.enumeration.is_none()
        && schema.constant.is_none()
        && schema.format.is_none()
        && schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.additional_properties.is_none()
        && schema.items.is_none()
        && schema.boolean.is_none()
        && schema.unsupported.is_empty()
        && schema.constraints == crate::spec::Constraints::default()
}

/// The type that the keywords mean where `type` is missing (C28).
fn infer(view: &View<'_>) -> Types {
    let constraints = &view.constraints;
    let object = !view.properties.is_empty()
        || !view.additional.is_empty()
        || constraints.min_properties.is_some()
        || constraints.max_properties.is_some();
    let array = !view.items.is_empty()
        || constraints.min_items.is_some()
        || constraints.max_items.is_some();
    let string = constraints.pattern.is_some()
        || constraints.min_length.is_some()
        || constraints.max_length.is_some();
    let number = constraints.minimum.is_some()
        || constraints.maximum.is_some()
        || constraints.multiple_of.is_some();
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
        super::scalar::type_of_format(view.format)
    }
}
