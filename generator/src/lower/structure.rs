//! Objects: structs and maps (group G), and what an `allOf` is composed of (group J).

use crate::api::{
    Constraints, Docs, Field, Kind, Literal, Member, Part, Reading, Role, Structure, Type, TypeId,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::spec::SchemaId;

use super::hint::Hint;
use super::merge::View;
use super::shape::{Defined, Shape};
use super::union::Beside;
use super::values::Values;
use super::{Lowering, any, origin};

/// How many fields all structs may have together, unless the document has more nodes than that. Flat structs
/// repeat the fields of their parts, so a small document can make an endless crate; the largest public
/// documents have some 60,000.
pub(super) const MAX_FIELDS: usize = 250_000;

/// How many schemas are asked what they say about a property.
const MAX_BEHIND: usize = 32;

impl<'a> Lowering<'_, 'a> {
    /// What an object comes to: a struct if it has properties, else a map.
    pub(super) fn object_shape(&mut self, view: &View<'a>, hint: &Hint) -> Shape<'a> {
        let is_struct =
            !view.properties.is_empty() || self.forbids_others(view) && view.patterned.is_empty();
        if is_struct {
            return Shape::Define(Defined::Struct);
        }
        let values = match self.additional(view, hint) {
            Some(values) => values,
            None => any(),
        };
        Shape::Use(match self.key_type(view, hint) {
            Some(keys) => Kind::KeyedMap(Box::new(keys), Box::new(values)),
            None => Kind::Map(Box::new(values)),
        })
    }

    /// The type of the keys of a map, if they are more than texts: an enum, or identifiers (G9, G10).
    fn key_type(&mut self, view: &View<'a>, hint: &Hint) -> Option<Type> {
        let id = view.key_schema.filter(|_| view.patterned.is_empty())?;
        let names = self.view(&[id]);
        let is_uuid = names.format == Some("uuid");
        let is_enum = match &names.values {
            Some(Values::Enum(it)) => {
                let is_text = |member: &Member| matches!(member.value, Literal::Text(_));
                it.members.iter().all(is_text)
            }
            _ => false,
        };
        (is_uuid || is_enum).then(|| {
            let ty = self.type_of(&[id], &hint.child("key"));
            Type {
                nullable: false,
                ..ty
            }
        })
    }

    /// The fields of a struct and what it is composed of.
    pub(super) fn structure(
        &mut self,
        view: &View<'a>,
        hint: &Hint,
        own: Option<TypeId>,
    ) -> Structure {
        let beside = self.unions_beside(view, hint);
        self.fields += view.properties.len();
        if self.fields > self.most_fields {
            self.too_many_fields(view.span);
            return Structure::default();
        }
        let mut fields = Vec::with_capacity(view.properties.len());
        for (name, ids) in &view.properties {
            if beside.left.contains(name) {
                continue;
            }
            fields.extend(self.field(view, name, ids, hint));
        }
        let mut constraints = view.constraints.clone();
        fields.extend(self.undeclared(view, &beside, &mut constraints));
        let node = view.only().map(|id| self.schema(id).place.node);
        let captures = self.choices.capture.of(node) && !self.forbids_others(view);
        let additional = self.additional(view, hint);
        let mut additional = additional.or_else(|| captures.then(any));
        if !beside.unions.is_empty() {
            // The keys of the union are not known here.
            let rules = !std::mem::take(&mut constraints).is_empty();
            let rest = additional.take().is_some();
            if rules || rest {
                let what = "what is said about other keys beside a union";
                self.unsupported(view.span, what, "left out");
            }
        }
        // A part that two members name is one part; the type itself is none of its parts.
        let mut parts: Vec<TypeId> = Vec::new();
        for id in view
            .parts
            .iter()
            .filter_map(|id| self.components.get(id).copied())
        {
            if Some(id) != own && !parts.contains(&id) {
                parts.push(id);
            }
        }
        let structure = Structure {
            fields,
            unions: beside.unions,
            constraints: (!constraints.is_empty()).then(|| Box::new(constraints)),
            additional,
            closed: self.is_closed(view),
            non_exhaustive: self.choices.non_exhaustive.of(node),
            role: Role::Value,
            headers: Vec::new(),
            parts: parts
                .into_iter()
                .map(|id| Part {
                    id,
                    convertible: false,
                })
                .collect(),
        };
        match view.role {
            Role::Form => self.as_form(view, structure),
            _ => structure,
        }
    }

    /// Whether other keys are forbidden. Of a composition they never are: the members of an `allOf` would
    /// forbid each other's keys by the letter, and nobody means that (J9).
    fn is_closed(&self, view: &View<'a>) -> bool {
        let Some(schema) = view.only().map(|id| self.schema(id)) else {
            return false;
        };
        let is_false = |id: SchemaId| self.schema(id).boolean == Some(false);
        // This one sees the properties of all members (G13).
        let others = schema
            .rare
            .as_ref()
            .and_then(|rare| rare.unevaluated_properties);
        if others.is_some_and(is_false) {
            return true;
        }
        let is_composed = schema.reference.is_some() || !schema.all_of.is_empty();
        !is_composed && schema.additional_properties.is_some_and(is_false)
    }

    fn too_many_fields(&mut self, span: Span) {
        if std::mem::replace(&mut self.stopped, true) {
            return;
        }
        let most = self.most_fields;
        let message =
            format!("with every `allOf` made flat, the structs have more than {most} fields");
        self.report(
            Diagnostic::error(Code::Limit, span, message)
                .help("long chains of `allOf` repeat the fields of every link before"),
        );
    }

    fn field(
        &mut self,
        view: &View<'a>,
        name: &str,
        ids: &[SchemaId],
        hint: &Hint,
    ) -> Option<Field> {
        let last = ids.last().copied()?;
        if ids.iter().any(|id| self.schema(*id).boolean == Some(false)) {
            // The key must be absent, so there is nothing to hold (C30).
            return None;
        }
        let mut chosen = None;
        for id in ids {
            let schema = self.schema(*id);
            chosen = self.chosen_field(schema.place.node, schema.hint).or(chosen);
        }
        let hint = hint.child(chosen.as_deref().unwrap_or(name));
        let file = match view.role {
            Role::Form => self.file(ids),
            _ => None,
        };
        let ty = match (file, view.alternatives.get(name)) {
            (Some(file), _) => file,
            (None, Some(branches)) => self.type_of_any(branches, &hint),
            (None, None) => self.type_of(ids, &hint),
        };
        let schemas: Vec<_> = ids.iter().map(|id| self.schema(*id)).collect();
        let described = schemas
            .iter()
            .rev()
            .find(|schema| schema.description.is_some());
        let (read_only, write_only) = self.one_way(ids);
        let schema = match described {
            Some(schema) => schema.clone(),
            None => self.documented(last),
        };
        Some(Field {
            name: name.to_owned(),
            chosen,
            additions: self.field_additions(ids),
            ty,
            required: view.required_names.contains(name),
            default: self.default_of(ids),
            docs: Docs {
                deprecated: schemas.iter().any(|it| it.deprecated),
                ..self.docs(&schema)
            },
            origin: origin(&schema),
            read_only,
            write_only,
            reading: self.reading(ids, view.only()),
        })
    }

    /// The schemas of a property and what they refer to.
    pub(super) fn behind(&mut self, ids: &[SchemaId]) -> Vec<SchemaId> {
        let mut schemas = Vec::new();
        let mut work = ids.to_vec();
        // What stands behind a longer chain of references is not said about this property any more.
        while schemas.len() < MAX_BEHIND
            && let Some(id) = work.pop()
        {
            schemas.push(id);
            let schema = self.schema(id);
            match schema.all_of.is_empty() {
                true => work.extend(self.only_member(&schema)),
                false => work.extend(&schema.all_of),
            }
            let reference = schema.reference.as_ref();
            work.extend(reference.and_then(|reference| self.resolve_schema(reference)));
        }
        schemas
    }

    /// Whether only the server sends a value, and whether only the client does, by the schemas of a
    /// property and by what they refer to (N1, N3, J16).
    fn one_way(&mut self, ids: &[SchemaId]) -> (bool, bool) {
        let (mut read_only, mut write_only) = (false, false);
        for id in self.behind(ids) {
            let schema = self.schema(id);
            read_only |= schema.read_only;
            write_only |= schema.write_only;
        }
        if !(read_only && write_only) {
            return (read_only, write_only);
        }
        let span = ids.last().map(|id| self.schema(*id).place.span);
        let message = "this property is `readOnly` and `writeOnly`";
        let finding = Diagnostic::warning(Code::OneWay, span, message);
        self.report(finding.label("taken for neither, so both sides send it"));
        (false, false)
    }

    /// Names in `required` that no property has are kept as any value, and never asked for when
    /// decoding: they are mostly misspelt (G2).
    fn undeclared(
        &mut self,
        view: &View<'a>,
        beside: &Beside<'a>,
        constraints: &mut Constraints,
    ) -> Vec<Field> {
        let mut fields = Vec::new();
        for (name, span) in &view.required {
            if view.has_property(name) || beside.declared.contains(name) {
                continue;
            }
            let demanded = &mut constraints.rare_mut().required;
            if !view.properties.is_empty() {
                demanded.push((*name).to_owned());
            }
            let mut finding = Diagnostic::warning(
                Code::RequiredUnknown,
                *span,
                format!("`{name}` is required but is not a property"),
            )
            .label("added as an optional property with any value");
            let names = view.properties.iter().map(|(name, _)| *name);
            if let Some(near) = crate::near::nearest(name, names) {
                finding = finding.help(format!("did you mean `{near}`?"));
            }
            self.report(finding);
            fields.push(Field {
                name: (*name).to_owned(),
                chosen: None,
                additions: Vec::new(),
                ty: any(),
                required: false,
                default: None,
                docs: Docs::default(),
                origin: crate::api::Origin {
                    pointer: String::new(),
                    span: *span,
                },
                read_only: false,
                write_only: false,
                reading: Reading::default(),
            });
        }
        fields
    }

    /// The type of the values of undeclared keys, where the document gives one (G4, G5).
    fn additional(&mut self, view: &View<'a>, hint: &Hint) -> Option<Type> {
        let typed: Vec<SchemaId> = view
            .additional
            .iter()
            .copied()
            .filter(|id| self.schema(*id).boolean.is_none())
            .collect();
        let others = (!typed.is_empty()).then(|| self.type_of(&typed, &hint.child("value")));
        if view.patterned.is_empty() {
            return others;
        }
        self.patterned_values(view, others, hint)
    }
}
