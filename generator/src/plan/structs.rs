//! Structs: fields, their types and presence, constructors.

use std::collections::HashSet;

use crate::api::{Api, Direction, Field, Kind, StringFormat, Structure, Type, TypeId};
use crate::config::Custom;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::additions;
use super::casing::rename_all;
use super::check::Check;
use super::checks::{Checks, Treatment};
use super::constraint_words::in_words;
use super::defaults;
use super::docs::doc_lines;
use super::graph;
use super::names::{Name, Scope, Spelling, Wanted};
use super::parts::{is_reversible, own_fields};
use super::presence::{holds_null, presence};
use super::prose::{code, paragraph, see};
use super::rare_checks::rest;
use super::reading;
use super::rust_type::RustType;
use super::types::{FieldPlan, Presence, StructPlan};

/// What planning a struct looks at.
pub(super) struct Planner<'p> {
    pub(super) api: &'p Api,
    pub(super) diagnostics: &'p mut Diagnostics,
    pub(super) id: TypeId,
    pub(super) groups: &'p [usize],
    pub(super) checks: &'p Checks<'p>,
    pub(super) directions: &'p [Direction],
    pub(super) custom: &'p Custom,
}

impl Planner<'_> {
    pub(super) fn structure(&mut self, structure: &Structure, direction: Direction) -> StructPlan {
        let (names, mut scope) = field_names(structure);
        let fields = structure.fields.iter().zip(names);
        let mut fields: Vec<(&Field, FieldPlan)> = fields
            .filter_map(|(field, name)| Some((field, self.field(field, name, direction)?)))
            .collect();
        defaults::plan(self.api, self.directions, &mut fields);
        let mut fields: Vec<FieldPlan> = fields.into_iter().map(|(_, plan)| plan).collect();
        let unions = structure.unions.iter();
        fields.extend(unions.map(|(name, ty)| self.beside(name, ty, &mut scope)));
        if let Some(additional) = &structure.additional {
            fields.push(self.rest(structure, additional, &mut scope));
        }
        // A client that is older or newer than the server is understood, so only a server refuses keys.
        // It takes those that only it sends, as a client may send back what it got.
        let deny_unknown = structure.closed
            && direction.request
            && !direction.response
            && fields.len() == structure.fields.len();
        let checks = self.key_checks(structure, &fields);
        let keys = asked_for(&checks, &fields);
        let required = || fields.iter().filter(|it| it.presence.is_required());
        let arguments = required().filter(|it| it.default.is_none()).count();
        // Constants have a `Default` of their own, and so has a struct of nothing else.
        let is_filled = |field: &FieldPlan| field.default.as_ref().is_some_and(|it| !it.constant);
        let constructs_default = arguments == 0 && required().any(is_filled);
        let parts = self.parts(structure, &fields, scope);
        let casing = rename_all(&mut fields).filter(|_| structure.role.is_value());
        // Outside of the crate, what is not exhaustive cannot be written with braces.
        let is_written = structure.non_exhaustive || arguments < fields.len();
        StructPlan {
            casing,
            non_exhaustive: structure.non_exhaustive,
            constructor: constructs_default || arguments > 0 && is_written,
            constructs_default,
            own_fields: own_fields(&fields, &parts),
            reversible: is_reversible(&parts),
            parts,
            deny_unknown,
            role: structure.role,
            headers: structure.headers.clone(),
            checks,
            keys,
            fields,
        }
    }

    /// The checks on which keys there are.
    fn key_checks(&self, structure: &Structure, fields: &[FieldPlan]) -> Vec<Check> {
        let has_rest = fields.iter().any(|field| field.presence == Presence::Rest);
        let has = |key: &str| has_rest || fields.iter().any(|field| field.key == key);
        let treated = self.checks.of_object(structure, has);
        let checks = treated
            .into_iter()
            .filter_map(|(_, treatment)| match treatment {
                Treatment::Checked(check) => Some(check),
                _ => None,
            });
        checks.collect()
    }

    /// The field that holds a union whose properties stand beside the others (J11).
    fn beside(&self, name: &str, ty: &Type, scope: &mut Scope) -> FieldPlan {
        let mut inner = RustType::of_kind(&ty.kind);
        if let Kind::Named(target) = ty.kind
            && graph::is_boxed(self.api, self.groups, self.id, target)
        {
            inner = inner.boxed();
        }
        FieldPlan {
            name: scope.name(name, Spelling::Snake, "kind"),
            docs: vec!["The properties that depend on what this is.".to_owned()],
            ty: inner,
            rename: None,
            key: String::new(),
            presence: Presence::Beside,
            reader: reading::of_flattened(self.api, ty),
            may_lack: false,
            default: None,
            deprecated: false,
            attributes: Vec::new(),
            checks: self.checks.of(ty),
        }
    }

    /// The field that holds what is not declared (G4).
    fn rest(&self, structure: &Structure, additional: &Type, scope: &mut Scope) -> FieldPlan {
        let map = rest(structure, additional);
        let mut notes = vec!["Every other property.".to_owned()];
        notes.extend(in_words(&map));
        FieldPlan {
            name: scope.name("additional_properties", Spelling::Snake, "rest"),
            docs: doc_lines(&notes.join(" ")),
            ty: RustType::of(&map),
            rename: None,
            key: String::new(),
            presence: Presence::Rest,
            reader: reading::of_flattened(self.api, &map),
            may_lack: false,
            default: None,
            deprecated: false,
            attributes: Vec::new(),
            checks: self.checks.of(&map),
        }
    }

    fn field(&mut self, field: &Field, name: Name, direction: Direction) -> Option<FieldPlan> {
        let presence = presence(self.api, field, direction)?;
        let mut inner = RustType::of_kind(&field.ty.kind);
        if let Kind::Named(target) = field.ty.kind
            && self.is_boxed(self.id, field, target, 0)
        {
            if presence == Presence::Required
                && !field.ty.nullable
                && !graph::has_choice(self.api, self.groups, target)
            {
                self.warn_infinite(field);
            }
            inner = inner.boxed();
        }
        let holds_null = holds_null(self.api, &field.ty);
        let nullable = field.ty.nullable && !holds_null;
        let ty = match presence {
            Presence::Required if nullable => inner.optional(),
            Presence::Required | Presence::Beside | Presence::Rest => inner,
            Presence::Optional => inner.optional(),
            Presence::ThreeState if holds_null => inner.optional(),
            Presence::ThreeState => inner.optional().optional(),
        };
        let (reader, may_lack) = reading::of_field(self.api, field, presence);
        Some(FieldPlan {
            rename: (name.plain() != field.name).then(|| field.name.clone()),
            key: field.name.clone(),
            docs: field_docs(field),
            checks: self.checks.of(&field.ty),
            default: None,
            deprecated: field.docs.deprecated,
            attributes: additions::of_field(self.custom, &field.additions),
            name,
            ty,
            presence,
            reader,
            may_lack,
        })
    }

    fn warn_infinite(&mut self, field: &Field) {
        self.diagnostics.push(
            Diagnostic::warning(
                Code::InfiniteType,
                field.origin.span,
                format!(
                    "`{}` makes its type contain itself without an end",
                    field.name
                ),
            )
            .label("no value of this type can be made")
            .help("make the property optional or nullable"),
        );
    }
}

/// The fields that checks on keys ask for, as indices.
fn asked_for(checks: &[Check], fields: &[FieldPlan]) -> Vec<usize> {
    let counts = |check: &Check| matches!(check, Check::MinProperties(_) | Check::MaxProperties(_));
    let all = checks.iter().any(counts);
    let keys: HashSet<&str> = checks.iter().flat_map(Check::keys).collect();
    let is_asked_for = |field: &FieldPlan| all || keys.contains(field.key.as_str());
    let declared = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| !matches!(field.presence, Presence::Beside | Presence::Rest));
    declared
        .filter(|(_, field)| is_asked_for(field))
        .map(|(index, _)| index)
        .collect()
}

/// The names of all fields, those that no view shows included, so that a field has the same name in a
/// whole and in its parts; and the scope that they fill.
pub(super) fn field_names(structure: &Structure) -> (Vec<Name>, Scope) {
    let mut scope = Scope::default();
    let wanted = structure
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| Wanted {
            text: &field.name,
            chosen: field.chosen.as_deref(),
            fallback: match field.name.as_str() {
                "" => "empty".to_owned(),
                _ => format!("field_{}", index + 1),
            },
        });
    let wanted: Vec<Wanted<'_>> = wanted.collect();
    (scope.all(&wanted, Spelling::Snake), scope)
}

fn field_docs(field: &Field) -> Vec<String> {
    let mut lines = Vec::new();
    for text in [&field.docs.summary, &field.docs.description]
        .into_iter()
        .flatten()
    {
        paragraph(&mut lines, doc_lines(text));
    }
    see(&mut lines, field.docs.see.as_ref());
    let mut notes = Vec::new();
    if field.read_only {
        notes.push("Read-only.".to_owned());
    }
    if field.write_only {
        notes.push("Write-only.".to_owned());
    }
    notes.extend(in_words(&field.ty));
    notes.extend(
        field
            .docs
            .facts
            .iter()
            .map(|(label, text)| format!("{label}: {}.", code(text))),
    );
    // The example of a secret is not shown: it teaches people to paste secrets into code.
    let secret = field.ty.kind == Kind::String(StringFormat::Secret);
    if let Some(example) = field.docs.example.as_deref().filter(|_| !secret) {
        notes.push(format!("Example: {}", code(example.trim_matches('"'))));
    }
    paragraph(&mut lines, doc_lines(&notes.join(" ")));
    lines
}
