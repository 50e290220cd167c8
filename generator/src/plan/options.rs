//! The parameters outside of the path: arguments of the client for those that are required, setters for the
//! rest, and how the server finds each (PR).

use std::collections::HashSet;

use serde::Serialize;

use crate::api::{
    Api, Carrier, Definition, Kind, Location, Operation, Structure, StyleKind, Type, TypeId,
    without_alias,
};

use super::names::{Name, Scope, Spelling};
use super::rust_type::RustType;
use super::types::{DefinitionPlan, FieldPlan, StructPlan, TypePlan};

/// The parameters outside of the path.
#[derive(Debug, Serialize)]
pub(crate) struct OptionsPlan {
    /// The struct that holds them.
    pub(crate) id: TypeId,
    /// What the struct is called where it is passed.
    pub(crate) name: Name,
    /// How the client makes it.
    pub(crate) made: Made,
    /// One for each field of the struct.
    pub(crate) parameters: Vec<ParameterPlan>,
    /// Whether the server has something to check.
    pub(crate) validates: bool,
}

/// How the struct of parameters is made from those that are required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Made {
    /// With its `Default`: none is required.
    Default,
    /// With its constructor.
    New,
    /// Field by field: all are required.
    Fields,
}

/// One parameter outside of the path.
#[derive(Debug, Serialize)]
pub(crate) struct ParameterPlan {
    /// How it is sent.
    pub(crate) carrier: Carrier,
    /// The argument or the setter of the client; nothing for a constant.
    pub(crate) passed: Option<Passed>,
    /// How the server finds it.
    pub(crate) found: Found,
}

/// How the caller passes a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Passed {
    /// As an argument of this name and type.
    Argument(Name, RustType),
    /// With a setter of this name, which takes a value of this type.
    Setter(Name, RustType),
}

/// How the server finds a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Found {
    /// By its name.
    Name,
    /// By the keys of its object, which stand for themselves (PR16).
    Keys(Vec<String>),
    /// It is an object of whatever is not one of these.
    Rest(Vec<String>),
}

/// Plans the parameters outside of the path.
pub(super) fn plan(
    api: &Api,
    operation: &Operation,
    types: &[TypePlan],
    name: Name,
    locals: &mut Scope,
    setters: &mut Scope,
) -> Option<OptionsPlan> {
    let options = operation.options.as_ref()?;
    let Kind::Named(id) = options.ty.kind else {
        return None;
    };
    let definition = api.types.get(id.0).map(|def| &def.definition);
    let (Some(Definition::Struct(structure)), Some(ty)) = (definition, types.get(id.0)) else {
        return None;
    };
    let DefinitionPlan::Struct(plan) = &ty.definition else {
        return None;
    };
    let fields = plan.fields.iter().zip(&options.carriers);
    let parameters = fields.zip(&structure.fields);
    let parameters: Vec<ParameterPlan> = parameters
        .map(|((field, carrier), declared)| ParameterPlan {
            carrier: carrier.clone(),
            passed: passed(field, locals, setters),
            found: found(api, carrier, &declared.ty, structure, &options.carriers),
        })
        .collect();
    Some(OptionsPlan {
        id,
        name,
        made: made(plan),
        parameters,
        validates: ty.validates,
    })
}

fn passed(field: &FieldPlan, locals: &mut Scope, setters: &mut Scope) -> Option<Passed> {
    let text = field.name.plain();
    if !field.presence.is_required() {
        let ty = match &field.ty {
            RustType::Option(inner) => (**inner).clone(),
            ty => ty.clone(),
        };
        let name = setters.name(text, Spelling::Snake, "parameter");
        return Some(Passed::Setter(name, ty));
    }
    field.default.is_none().then(|| {
        let name = locals.name(text, Spelling::Snake, "parameter");
        Passed::Argument(name, field.ty.clone())
    })
}

fn made(plan: &StructPlan) -> Made {
    let is_argument = |field: &FieldPlan| field.presence.is_required() && field.default.is_none();
    match plan
        .fields
        .iter()
        .filter(|field| is_argument(field))
        .count()
    {
        0 => Made::Default,
        n if n == plan.fields.len() => Made::Fields,
        _ => Made::New,
    }
}

/// An object in a query or a cookie that is exploded has its own keys there, and not its name (PR16).
fn found(
    api: &Api,
    carrier: &Carrier,
    ty: &Type,
    structure: &Structure,
    carriers: &[Carrier],
) -> Found {
    let is_exploded =
        carrier.style.explode && matches!(carrier.style.kind, StyleKind::Form | StyleKind::Cookie);
    if !is_exploded || matches!(carrier.location, Location::Header | Location::QueryString) {
        return Found::Name;
    }
    match keys(api, ty) {
        None => Found::Name,
        Some(Some(keys)) => Found::Keys(keys),
        Some(None) => {
            let beside = structure.fields.iter().zip(carriers);
            let beside = beside.filter(|(field, it)| {
                it.location == carrier.location && !std::ptr::eq(&raw const field.ty, ty)
            });
            Found::Rest(beside.map(|(field, _)| field.name.clone()).collect())
        }
    }
}

/// The keys of an object if they are known; `None` for what is no object.
fn keys(api: &Api, ty: &Type) -> Option<Option<Vec<String>>> {
    let meant = without_alias(&api.types, ty)?;
    if let Some(Definition::Struct(it)) = definition(api, meant)
        && it.additional.is_none()
        && it.unions.is_empty()
    {
        let keys = it.fields.iter().map(|field| field.name.clone());
        return Some(Some(keys.collect()));
    }
    is_object(api, meant).then_some(None)
}

/// Whether every value of a type is an object. Unions may stand inside of each other, and of themselves,
/// so each type is looked at once.
fn is_object(api: &Api, ty: &Type) -> bool {
    let mut seen: HashSet<TypeId> = HashSet::new();
    let mut work = vec![ty];
    while let Some(ty) = work.pop() {
        let Some(meant) = without_alias(&api.types, ty) else {
            return false;
        };
        match (&meant.kind, definition(api, meant)) {
            (Kind::Map(_) | Kind::KeyedMap(..), _) | (_, Some(Definition::Struct(_))) => {}
            (Kind::Named(id), Some(Definition::Wrapper(inner))) => {
                work.extend(seen.insert(*id).then_some(inner));
            }
            (Kind::Named(id), Some(Definition::Union(union))) if !union.variants.is_empty() => {
                if seen.insert(*id) {
                    work.extend(union.variants.iter().map(|variant| &variant.ty));
                }
            }
            _ => return false,
        }
    }
    true
}

fn definition<'a>(api: &'a Api, ty: &Type) -> Option<&'a Definition> {
    match ty.kind {
        Kind::Named(id) => api.types.get(id.0).map(|def| &def.definition),
        _ => None,
    }
}
