//! Types: names, fields, derives, constructors and conversions.

use serde::Serialize;

use crate::api::{Api, Definition, Direction, Kind, Role, Style, Type, TypeDef, TypeId};
use crate::config::{Custom, UserCode};
use crate::diagnostic::Diagnostics;

use super::additions::{self, Added};
use super::check::Check;
use super::checks::Checks;
use super::constraint_words::{in_words, of_constraints};
use super::defaults::DefaultPlan;
use super::docs::doc_lines;
use super::enums::{self, EnumPlan};
use super::graph;
use super::modules::Division;
use super::names::Name;
use super::prose::{code, paragraph, see};
use super::reading::Reader;
use super::rust_type::RustType;
use super::size;
use super::structs::Planner;
use super::unions::{self, Surroundings, UnionPlan};

/// The decisions about one type.
#[derive(Debug, Serialize)]
pub(crate) struct TypePlan {
    pub(crate) name: Name,
    /// The module that it stands in; `None` if it is not written.
    pub(crate) module: Option<usize>,
    /// The modules of which one must be there for it to be there; none if it always is.
    pub(crate) owners: Vec<usize>,
    /// Whether the files of operations refer to it as `types::Name`, because they have another item
    /// of that name (NM3).
    pub(crate) qualified: bool,
    pub(crate) docs: Vec<String>,
    pub(crate) derives: Vec<&'static str>,
    /// What the user adds.
    pub(crate) added: Added,
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
    Union(UnionPlan),
    Alias(RustType),
    Wrapper(WrapperPlan),
}

/// The decisions about a list or a map that contains itself (M3).
#[derive(Debug, Serialize)]
pub(crate) struct WrapperPlan {
    /// What it is around.
    pub(crate) ty: RustType,
    /// The checks on that.
    pub(crate) checks: Vec<Check>,
}

/// The decisions about a struct.
#[derive(Debug, Serialize)]
pub(crate) struct StructPlan {
    pub(crate) fields: Vec<FieldPlan>,
    /// The casing of serde's that makes keys of the names of the fields (G1).
    pub(crate) casing: Option<&'static str>,
    /// Whether further fields are to be expected (G18).
    pub(crate) non_exhaustive: bool,
    /// Whether other keys are refused (G7).
    pub(crate) deny_unknown: bool,
    /// What it stands for; serde has to do with values only.
    pub(crate) role: Role,
    /// How each field is written, if they are the headers of a response.
    pub(crate) headers: Vec<Style>,
    /// Whether a constructor takes the required fields that have no default (G17).
    pub(crate) constructor: bool,
    /// Whether the constructor takes nothing, and so is what `Default` does.
    pub(crate) constructs_default: bool,
    /// The named types that a value can be taken for or apart into.
    pub(crate) parts: Vec<PartPlan>,
    /// The fields that belong to no part, if the parts and they make up the whole exactly once.
    pub(crate) own_fields: Option<Vec<usize>>,
    /// Whether the whole can be made of the parts as well.
    pub(crate) reversible: bool,
    /// Checks on which keys there are.
    pub(crate) checks: Vec<Check>,
    /// The fields that these checks ask for, as indices.
    pub(crate) keys: Vec<usize>,
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
    /// What reads it, if serde does not read it by itself.
    pub(crate) reader: Option<Reader>,
    /// Whether its key may be missing on the wire.
    pub(crate) may_lack: bool,
    /// What it is where nothing is said about it.
    pub(crate) default: Option<DefaultPlan>,
    pub(crate) deprecated: bool,
    /// Attributes that the user adds.
    pub(crate) attributes: Vec<UserCode>,
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
    /// A union whose properties stand beside the others (J11).
    Beside,
    /// Everything that is not declared (G4).
    Rest,
}

impl Presence {
    /// Whether a value cannot be made without it.
    pub(super) fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::Beside)
    }
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
    /// Its index in the whole, if the whole has it.
    pub(crate) index: Option<usize>,
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
    /// The whole has it in a box, because it contains itself by way of it, and the part does not.
    Unbox,
    /// The same, and both may lack it.
    UnboxSome,
    /// The whole always has it, the part may lack it. There is no way back.
    Some,
    /// The whole never has it, because it travels one way only (N2, N3). There is no way back.
    Absent,
}

/// Plans every type.
pub(super) fn plan(
    diagnostics: &mut Diagnostics,
    api: &Api,
    names: &[Name],
    directions: &[Direction],
    checks: &Checks<'_>,
    custom: &Custom,
) -> Vec<TypePlan> {
    let replacement = |ty: &Type| match ty.kind {
        Kind::Replaced(index) => custom.replacements.get(index),
        _ => None,
    };
    let is_eq = |ty: &Type| replacement(ty).map_or_else(|| graph::is_eq(ty), |it| it.is_eq);
    let is_hash = |ty: &Type| replacement(ty).map_or_else(|| graph::is_hash(ty), |it| it.is_hash);
    let direction = |index: usize| directions.get(index).copied().unwrap_or_default();
    let keeps_any = |id: TypeId| keeps_objects(api, direction(id.0), id);
    let eq = graph::all_parts(api, keeps_any, is_eq);
    let hash = graph::all_parts(api, keeps_any, is_hash);
    let groups = graph::inline_groups(api);
    let mut plans = Vec::with_capacity(api.types.len());
    for (index, (def, name)) in api.types.iter().zip(names).enumerate() {
        let id = TypeId(index);
        let mut planner = Planner {
            api,
            diagnostics,
            id,
            groups: &groups,
            checks,
            directions,
            custom,
        };
        let definition = match &def.definition {
            Definition::Struct(structure) => {
                DefinitionPlan::Struct(planner.structure(structure, direction(index)))
            }
            Definition::Enum(enumeration) => {
                DefinitionPlan::Enum(enums::plan(enumeration, direction(index)))
            }
            Definition::Union(union) => {
                let around = Surroundings {
                    api,
                    names,
                    groups: &groups,
                    checks,
                };
                DefinitionPlan::Union(unions::plan(&around, id, union, keeps_any(id)))
            }
            Definition::Alias(ty) => DefinitionPlan::Alias(RustType::of(ty)),
            Definition::Wrapper(ty) => DefinitionPlan::Wrapper(WrapperPlan {
                ty: RustType::of(ty),
                checks: checks.of(ty),
            }),
        };
        if let Definition::Alias(_) = &def.definition {
            additions::warn_alias(diagnostics, custom, def);
        }
        let derives = derives(&definition, eq[index], hash[index]);
        plans.push(TypePlan {
            added: additions::of_type(custom, def, &derives),
            name: name.clone(),
            module: None,
            owners: Vec::new(),
            qualified: false,
            docs: type_docs(def),
            derives,
            validates: checks.validates(id),
            direction: direction(index),
            definition,
        });
    }
    size::box_large_variants(&mut plans);
    plans
}

/// Notes which module each type stands in, and which features it belongs to.
pub(super) fn place(types: &mut [TypePlan], division: &Division) {
    for (index, module) in division.modules.iter().enumerate() {
        for id in &module.types {
            if let Some(plan) = types.get_mut(id.0) {
                plan.module = Some(index);
                // A file of a tag belongs to its feature as a whole.
                if module.feature.is_none() {
                    plan.owners = division.owners.get(id.0).cloned().unwrap_or_default();
                }
            }
        }
    }
}

/// Whether a type is an enum or a union that keeps values which `validate` objects to: one that can arrive
/// in a response, or whose way is not known.
pub(super) fn is_open(api: &Api, direction: Direction, id: TypeId) -> bool {
    let can_be = match api.types.get(id.0).map(|def| &def.definition) {
        Some(Definition::Enum(_)) => return enums::validates(api, id, direction),
        Some(Definition::Union(union)) => unions::has_unknown(union),
        _ => false,
    };
    can_be && (direction.response || !direction.request)
}

/// Whether a type is a union that keeps objects of a type that it does not know (K13).
fn keeps_objects(api: &Api, direction: Direction, id: TypeId) -> bool {
    let def = api.types.get(id.0);
    let is_union = def.is_some_and(|def| matches!(def.definition, Definition::Union(_)));
    is_union && is_open(api, direction, id)
}

fn derives(definition: &DefinitionPlan, eq: bool, hash: bool) -> Vec<&'static str> {
    match definition {
        DefinitionPlan::Alias(_) => Vec::new(),
        DefinitionPlan::Enum(plan) => enums::derives(plan),
        DefinitionPlan::Union(plan) => {
            let mut derives = vec!["Debug", "Clone", "PartialEq"];
            derives.extend(eq.then_some("Eq"));
            derives.extend(hash.then_some("Hash"));
            // A union that writes tags does so by hand.
            let is_tagged = plan.variants.iter().any(|variant| variant.tag.is_some());
            derives.extend((!is_tagged).then_some("Serialize"));
            derives
        }
        DefinitionPlan::Struct(plan) => {
            let needed = |field: &FieldPlan| {
                let constant = field.default.as_ref().is_some_and(|it| it.constant);
                field.presence.is_required() && !constant
            };
            let defaults = !plan.fields.iter().any(needed);
            let mut derives = of_values(defaults, eq, hash);
            if !plan.role.is_value() {
                derives.retain(|name| !matches!(*name, "Serialize" | "Deserialize"));
            }
            if plan.role == Role::Form {
                // A file can be read once, and that is all.
                derives.retain(|name| matches!(*name, "Debug" | "Default"));
            }
            derives
        }
        DefinitionPlan::Wrapper(_) => of_values(true, eq, hash),
    }
}

/// The derives of a type that serde reads and writes by itself.
fn of_values(default: bool, eq: bool, hash: bool) -> Vec<&'static str> {
    let mut derives = vec!["Debug", "Clone"];
    let more = [
        (default, "Default"),
        (true, "PartialEq"),
        (eq, "Eq"),
        (hash, "Hash"),
    ];
    derives.extend(
        more.into_iter()
            .filter_map(|(holds, name)| holds.then_some(name)),
    );
    derives.extend(["Serialize", "Deserialize"]);
    derives
}

fn type_docs(def: &TypeDef) -> Vec<String> {
    let mut lines = Vec::new();
    for text in [&def.docs.summary, &def.docs.description]
        .into_iter()
        .flatten()
    {
        paragraph(&mut lines, doc_lines(text));
    }
    let facts = def
        .docs
        .facts
        .iter()
        .map(|(label, text)| format!("{label}: {}.", code(text)));
    let mut notes = match &def.definition {
        Definition::Alias(target) | Definition::Wrapper(target) => in_words(target),
        Definition::Struct(structure) => {
            let constraints = structure.constraints.as_deref();
            constraints.map(of_constraints).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    notes.extend(facts);
    paragraph(&mut lines, doc_lines(&notes.join(" ")));
    see(&mut lines, def.docs.see.as_ref());
    if def.docs.deprecated {
        paragraph(&mut lines, vec!["Deprecated.".to_owned()]);
    }
    let of = match &def.definition {
        Definition::Struct(it) if !it.headers.is_empty() => "Response",
        Definition::Struct(it) if it.role == Role::Parameters => "Operation",
        _ => "Schema",
    };
    let pointer = doc_lines(&format!("{of}: {}", code(&def.origin.pointer)));
    paragraph(&mut lines, pointer);
    lines
}
