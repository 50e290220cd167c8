//! Types: names, fields, derives, constructors and conversions.

use std::collections::HashMap;

use serde::Serialize;

use crate::api::{Api, Definition, Enumeration, Field, Kind, NameHint, Structure, TypeDef, TypeId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::checks::{self, Check};
use super::direction::Direction;
use super::docs::doc_lines;
use super::graph;
use super::modules::Module;
use super::names::{Name, Scope, Spelling};
use super::rust_type::RustType;
use super::words::{pascal, words};

/// The decisions about one type.
#[derive(Debug, Serialize)]
pub(crate) struct TypePlan {
    pub(crate) name: Name,
    /// The module that it stands in; `None` if it is not written.
    pub(crate) module: Option<usize>,
    /// Whether the files of operations refer to it as `types::Name`, because they have another item
    /// of that name (NM3).
    pub(crate) qualified: bool,
    pub(crate) docs: Vec<String>,
    pub(crate) derives: Vec<&'static str>,
    /// Whether there is anything in it to check.
    pub(crate) validates: bool,
    pub(crate) direction: Direction,
    pub(crate) definition: DefinitionPlan,
}

/// The decisions that depend on what the type is.
#[derive(Debug, Serialize)]
pub(crate) enum DefinitionPlan {
    Struct(StructPlan),
    Enum(EnumPlan),
    Alias(RustType),
}

/// The decisions about a struct.
#[derive(Debug, Serialize)]
pub(crate) struct StructPlan {
    pub(crate) fields: Vec<FieldPlan>,
    /// Whether a constructor takes the required fields (G17).
    pub(crate) constructor: bool,
    /// The named types that a value can be taken for or apart into.
    pub(crate) parts: Vec<PartPlan>,
    /// The fields that belong to no part, if the parts and they make up the whole exactly once.
    pub(crate) own_fields: Option<Vec<usize>>,
    /// Checks on the whole object.
    pub(crate) checks: Vec<Check>,
}

/// The decisions about a field.
#[derive(Debug, Serialize)]
pub(crate) struct FieldPlan {
    pub(crate) name: Name,
    pub(crate) docs: Vec<String>,
    pub(crate) ty: RustType,
    /// The key on the wire where it is not the name of the field.
    pub(crate) rename: Option<String>,
    /// The key on the wire.
    pub(crate) key: String,
    pub(crate) presence: Presence,
    pub(crate) deprecated: bool,
    pub(crate) checks: Vec<Check>,
}

/// How absence is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Presence {
    /// Always there (H1, H2).
    Required,
    /// Left out when there is none (H3, H5).
    Optional,
    /// Absent, null and value are three states (H4).
    ThreeState,
    /// Everything that is not declared (G4).
    Rest,
}

/// A named part of a composed struct.
#[derive(Debug, Serialize)]
pub(crate) struct PartPlan {
    pub(crate) id: TypeId,
    /// The name of a variable that holds it.
    pub(crate) variable: Name,
    /// Its fields.
    pub(crate) fields: Vec<PartField>,
}

/// A field that a whole shares with a part.
#[derive(Debug, Serialize)]
pub(crate) struct PartField {
    /// Its name in the part.
    pub(crate) name: Name,
    /// Its index in the whole.
    pub(crate) index: usize,
    /// Whether the part tells three states apart and the whole two, or the reverse.
    pub(crate) adapt: Adapt,
}

/// How a field of the whole becomes one of the part. The two may differ where only one of them is
/// part of a request (H4, H5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Adapt {
    /// They are the same.
    Same,
    /// The part tells three states apart, the whole two.
    Wrap,
    /// The whole tells three states apart, the part two.
    Flatten,
    /// The whole always has it, the part may lack it. There is no way back.
    Some,
}

/// The decisions about an enum of strings.
#[derive(Debug, Serialize)]
pub(crate) struct EnumPlan {
    pub(crate) variants: Vec<VariantPlan>,
    /// Whether values that are not declared are kept (I8, I9).
    pub(crate) open: bool,
}

/// A variant and its value.
#[derive(Debug, Serialize)]
pub(crate) struct VariantPlan {
    pub(crate) docs: Vec<String>,
    pub(crate) name: Name,
    pub(crate) value: String,
}

/// Names that the macros of the runtime refer to where a type is defined.
const RESERVED: &[&str] = &["Validate", "Checker", "UnknownValue"];

/// How many levels of parts are looked into. `allOf` nests less deep in practice.
const MAX_PART_DEPTH: usize = 16;

/// How many own fields `into_parts` gives back next to the parts.
const MOST_OWN_FIELDS: usize = 4;

/// How many arguments `from_parts` takes.
const MOST_PARTS: usize = 7;

/// The names of all components, in order; inline types follow, so that a component never loses its
/// name to one (NM2).
pub(super) fn names(api: &Api) -> (Scope, HashMap<TypeId, Name>) {
    let mut scope = Scope::with(RESERVED);
    let mut names = HashMap::new();
    for (index, def) in api.types.iter().enumerate() {
        if let NameHint::Component(name) = &def.name {
            names.insert(TypeId(index), scope.name(name, Spelling::Pascal, "Type"));
        }
    }
    (scope, names)
}

/// Adds the names of the types that stand inside others (NM4 to NM7).
pub(super) fn name_inside(api: &Api, known: (Scope, HashMap<TypeId, Name>)) -> Vec<Name> {
    let (mut scope, mut names) = known;
    for (index, def) in api.types.iter().enumerate() {
        let (owner, path) = match &def.name {
            NameHint::Component(_) => continue,
            NameHint::Inside(owner, path) => {
                let owner = names.get(owner).map(|name| name.plain().to_owned());
                (owner.unwrap_or_default(), path)
            }
            NameHint::Operation(operation, path) => (operation_words(api, *operation), path),
        };
        let mut all = words(&owner);
        all.extend(path.iter().flat_map(|word| words(word)));
        names.insert(TypeId(index), scope.words(&all, Spelling::Pascal, "Type"));
    }
    (0..api.types.len())
        .map(|index| {
            let fallback = || scope.name("type", Spelling::Pascal, "Type");
            names.get(&TypeId(index)).cloned().unwrap_or_else(fallback)
        })
        .collect()
}

fn operation_words(api: &Api, index: usize) -> String {
    api.operations
        .get(index)
        .map(|it| pascal(&super::operations::words(it)))
        .unwrap_or_default()
}

/// Plans every type.
pub(super) fn plan(
    diagnostics: &mut Diagnostics,
    api: &Api,
    names: &[Name],
    directions: &[Direction],
) -> Vec<TypePlan> {
    let eq = graph::all_parts(api, graph::is_eq);
    let hash = graph::all_parts(api, graph::is_hash);
    let groups = graph::inline_groups(api);
    let direction = |index: usize| directions.get(index).copied().unwrap_or_default();
    let validates = checks::validating(api, |id| is_open(api, direction(id.0), id));
    let mut plans = Vec::with_capacity(api.types.len());
    for (index, (def, name)) in api.types.iter().zip(names).enumerate() {
        let id = TypeId(index);
        let mut planner = Planner {
            api,
            diagnostics,
            id,
            groups: &groups,
            validates: &validates,
            directions,
        };
        let definition = match &def.definition {
            Definition::Struct(structure) => {
                DefinitionPlan::Struct(planner.structure(structure, direction(index)))
            }
            Definition::Enum(enumeration) => {
                DefinitionPlan::Enum(enum_plan(enumeration, is_open(api, direction(index), id)))
            }
            Definition::Alias(ty) => DefinitionPlan::Alias(RustType::of(ty)),
        };
        plans.push(TypePlan {
            name: name.clone(),
            module: None,
            qualified: false,
            docs: type_docs(def),
            derives: derives(&definition, eq[index], hash[index]),
            validates: validates[index],
            direction: direction(index),
            definition,
        });
    }
    plans
}

/// Notes which module each type stands in.
pub(super) fn place(types: &mut [TypePlan], modules: &[Module]) {
    for (index, module) in modules.iter().enumerate() {
        for id in &module.types {
            if let Some(plan) = types.get_mut(id.0) {
                plan.module = Some(index);
            }
        }
    }
}

/// An enum that can arrive in a response, or whose way is not known, keeps unknown values.
fn is_open(api: &Api, direction: Direction, id: TypeId) -> bool {
    let is_enum = matches!(
        api.types.get(id.0).map(|def| &def.definition),
        Some(Definition::Enum(_))
    );
    is_enum && (direction.response || !direction.request)
}

fn enum_plan(enumeration: &Enumeration, open: bool) -> EnumPlan {
    let mut scope = Scope::with(if open { &["Unrecognized"] } else { &[] });
    let variants = enumeration.values.iter().enumerate().map(|(index, value)| {
        let fallback = if value.is_empty() {
            "Empty".to_owned()
        } else {
            format!("Value{}", index + 1)
        };
        let name = scope.name(value, Spelling::Pascal, &fallback);
        VariantPlan {
            docs: doc_lines(&code(value)),
            name,
            value: value.clone(),
        }
    });
    EnumPlan {
        variants: variants.collect(),
        open,
    }
}

fn derives(definition: &DefinitionPlan, eq: bool, hash: bool) -> Vec<&'static str> {
    match definition {
        DefinitionPlan::Alias(_) => Vec::new(),
        DefinitionPlan::Enum(plan) if plan.open => {
            vec![
                "Debug",
                "Clone",
                "PartialEq",
                "Eq",
                "Hash",
                "PartialOrd",
                "Ord",
            ]
        }
        DefinitionPlan::Enum(_) => {
            vec![
                "Debug",
                "Clone",
                "Copy",
                "PartialEq",
                "Eq",
                "Hash",
                "PartialOrd",
                "Ord",
            ]
        }
        DefinitionPlan::Struct(plan) => {
            let mut derives = vec!["Debug", "Clone"];
            let required = |field: &FieldPlan| field.presence == Presence::Required;
            if !plan.fields.iter().any(required) {
                derives.push("Default");
            }
            derives.push("PartialEq");
            if eq {
                derives.push("Eq");
            }
            if hash {
                derives.push("Hash");
            }
            derives.extend(["Serialize", "Deserialize"]);
            derives
        }
    }
}

fn type_docs(def: &TypeDef) -> Vec<String> {
    let mut lines = Vec::new();
    for text in [&def.docs.summary, &def.docs.description]
        .into_iter()
        .flatten()
    {
        paragraph(&mut lines, doc_lines(text));
    }
    if def.docs.deprecated {
        paragraph(&mut lines, vec!["Deprecated.".to_owned()]);
    }
    let pointer = doc_lines(&format!("Schema: {}", code(&def.origin.pointer)));
    paragraph(&mut lines, pointer);
    lines
}

/// Adds a paragraph to documentation.
pub(super) fn paragraph(lines: &mut Vec<String>, paragraph: Vec<String>) {
    if paragraph.is_empty() {
        return;
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(paragraph);
}

/// A text as Markdown code, whatever backticks it holds.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

struct Planner<'p> {
    api: &'p Api,
    diagnostics: &'p mut Diagnostics,
    id: TypeId,
    groups: &'p [usize],
    validates: &'p [bool],
    directions: &'p [Direction],
}

impl Planner<'_> {
    fn structure(&mut self, structure: &Structure, direction: Direction) -> StructPlan {
        let mut scope = Scope::with(&["whole"]);
        let mut fields: Vec<FieldPlan> = structure
            .fields
            .iter()
            .enumerate()
            .map(|(index, field)| {
                let fallback = if field.name.is_empty() {
                    "empty".to_owned()
                } else {
                    format!("field_{}", index + 1)
                };
                let name = scope.name(&field.name, Spelling::Snake, &fallback);
                self.field(field, name, direction)
            })
            .collect();
        if let Some(additional) = &structure.additional {
            fields.push(FieldPlan {
                name: scope.name("additional_properties", Spelling::Snake, "rest"),
                docs: vec!["Every other property.".to_owned()],
                ty: RustType::of_kind(&Kind::Map(Box::new(additional.clone()))),
                rename: None,
                key: String::new(),
                presence: Presence::Rest,
                deprecated: false,
                checks: Vec::new(),
            });
        }
        let required = fields
            .iter()
            .filter(|it| it.presence == Presence::Required)
            .count();
        let parts = self.parts(structure, scope);
        StructPlan {
            constructor: required > 0 && required < fields.len(),
            own_fields: own_fields(&fields, &parts),
            parts,
            checks: Vec::new(),
            fields,
        }
    }

    fn field(&mut self, field: &Field, name: Name, direction: Direction) -> FieldPlan {
        let presence = presence(field, direction);
        let mut inner = RustType::of_kind(&field.ty.kind);
        if let Kind::Named(target) = field.ty.kind
            && self.is_boxed(self.id, field, target, 0)
        {
            if field.required && !field.ty.nullable {
                self.warn_infinite(field);
            }
            inner = inner.boxed();
        }
        let nullable = field.ty.nullable && !matches!(field.ty.kind, Kind::Any | Kind::Null);
        let ty = match presence {
            Presence::Required if nullable => inner.optional(),
            Presence::Required | Presence::Rest => inner,
            Presence::Optional => inner.optional(),
            Presence::ThreeState => inner.optional().optional(),
        };
        FieldPlan {
            rename: (name.plain() != field.name).then(|| field.name.clone()),
            key: field.name.clone(),
            docs: field_docs(field),
            checks: checks::of_field(self.api, field, self.validates),
            deprecated: field.docs.deprecated,
            name,
            ty,
            presence,
        }
    }

    /// Whether a field needs a box, in its own type or in a part that has it too: a field must not
    /// change its type on the way from a whole to a part.
    fn is_boxed(&self, owner: TypeId, field: &Field, target: TypeId, depth: usize) -> bool {
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
    fn parts(&self, structure: &Structure, mut scope: Scope) -> Vec<PartPlan> {
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

/// How absence and null of a field are told apart.
fn presence(field: &Field, direction: Direction) -> Presence {
    match (field.required, field.ty.nullable) {
        (true, _) => Presence::Required,
        (false, true) if direction.request && field.ty.kind != Kind::Any => Presence::ThreeState,
        (false, _) => Presence::Optional,
    }
}

/// The fields that no part has, if every field belongs to exactly one part or to none, and there
/// are few enough to hand back beside the parts.
fn own_fields(fields: &[FieldPlan], parts: &[PartPlan]) -> Option<Vec<usize>> {
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

fn field_docs(field: &Field) -> Vec<String> {
    let mut lines = Vec::new();
    for text in [&field.docs.summary, &field.docs.description]
        .into_iter()
        .flatten()
    {
        paragraph(&mut lines, doc_lines(text));
    }
    let mut notes = Vec::new();
    if field.read_only {
        notes.push("Read-only.".to_owned());
    }
    if field.write_only {
        notes.push("Write-only.".to_owned());
    }
    notes.extend(checks::in_words(&field.ty.constraints));
    // The example of a secret is not shown: it teaches people to paste secrets into code.
    let secret = field.ty.kind == Kind::String(crate::api::StringFormat::Secret);
    if let Some(example) = field.docs.example.as_deref().filter(|_| !secret) {
        notes.push(format!("Example: {}", code(example.trim_matches('"'))));
    }
    paragraph(&mut lines, doc_lines(&notes.join(" ")));
    lines
}
