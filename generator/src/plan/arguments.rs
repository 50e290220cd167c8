//! What is passed to an operation: parameters and a body.

use crate::api::{Api, Definition, Kind, Operation, TypeId};

use super::checks::Checks;
use super::formats;
use super::names::{Scope, Spelling};
use super::operations::{Argument, Body};
use super::payload::Payload;
use super::rust_type::RustType;
use super::types::TypePlan;

pub(super) fn arguments(
    api: &Api,
    operation: &Operation,
    types: &[TypePlan],
    locals: &mut Scope,
) -> Vec<Argument> {
    operation
        .parameters
        .iter()
        .map(|parameter| {
            // How a value is written depends on what it is, whatever it is called.
            let kind = without_alias(api, &parameter.ty.kind);
            let name = parameter.chosen.as_deref().unwrap_or(&parameter.name);
            Argument {
                name: locals.name(name, Spelling::Snake, "parameter"),
                key: parameter.name.clone(),
                ty: RustType::of_kind(kind),
                is_copy: is_copy(kind, types),
            }
        })
        .collect()
}

/// What a type is once its other names are looked through.
fn without_alias<'a>(api: &'a Api, kind: &'a Kind) -> &'a Kind {
    let mut kind = kind;
    // Aliases cannot lead back to themselves; the bound is for what a mistake in here would cost.
    for _ in 0..api.types.len() {
        let Kind::Named(id) = kind else { break };
        match api.types.get(id.0).map(|def| &def.definition) {
            Some(Definition::Alias(target)) => kind = &target.kind,
            _ => break,
        }
    }
    kind
}

fn is_copy(kind: &Kind, types: &[TypePlan]) -> bool {
    match kind {
        Kind::Boolean | Kind::Integer(_) | Kind::Number(_) => true,
        Kind::String(format) => formats::is_copy(*format),
        Kind::Named(TypeId(index)) => types
            .get(*index)
            .is_some_and(|plan| plan.derives.contains(&"Copy")),
        _ => false,
    }
}

pub(super) fn body(operation: &Operation, checks: &Checks<'_>, locals: &mut Scope) -> Option<Body> {
    let body = operation.body.as_ref()?;
    Some(Body {
        name: locals.name(
            body.name.as_deref().unwrap_or("body"),
            Spelling::Snake,
            "body",
        ),
        payload: Payload::plan(&body.contents, checks)?,
        required: body.required,
    })
}
