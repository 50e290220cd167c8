//! What is passed to an operation: parameters, a body, and the route that they come by.

use crate::api::{self, Kind, Operation, StringFormat, TypeId};

use super::names::{Scope, Spelling};
use super::operations::{Argument, Body};
use super::rust_type::RustType;
use super::types::TypePlan;

pub(super) fn arguments(
    operation: &Operation,
    types: &[TypePlan],
    locals: &mut Scope,
) -> Vec<Argument> {
    operation
        .parameters
        .iter()
        .map(|parameter| Argument {
            name: locals.name(&parameter.name, Spelling::Snake, "parameter"),
            key: parameter.name.clone(),
            ty: RustType::of(&parameter.ty),
            is_copy: is_copy(&parameter.ty.kind, types),
        })
        .collect()
}

fn is_copy(kind: &Kind, types: &[TypePlan]) -> bool {
    match kind {
        Kind::Boolean | Kind::Integer(_) | Kind::Number(_) => true,
        Kind::String(format) => {
            matches!(
                format,
                StringFormat::DateTime | StringFormat::Date | StringFormat::Uuid
            )
        }
        Kind::Named(TypeId(index)) => types
            .get(*index)
            .is_some_and(|plan| plan.derives.contains(&"Copy")),
        _ => false,
    }
}

pub(super) fn body(operation: &Operation, types: &[TypePlan], locals: &mut Scope) -> Option<Body> {
    let body = operation.body.as_ref()?;
    let api::Media::Json(media_type) = &body.media;
    let ty = RustType::of(&body.ty);
    let validates = ty.parts().into_iter().any(|part| match part {
        RustType::Named(id) => types.get(id.0).is_some_and(|plan| plan.validates),
        _ => false,
    });
    Some(Body {
        name: locals.name("body", Spelling::Snake, "body"),
        ty,
        media_type: media_type.clone(),
        required: body.required,
        validates,
    })
}

/// The path with positions in place of names, which the router does not restrict (T4, T7).
pub(super) fn route(operation: &Operation) -> String {
    let mut route = String::new();
    let mut position = 0;
    for segment in &operation.segments {
        route.push('/');
        match segment {
            // A literal brace is doubled, as the router wants it.
            api::Segment::Literal(text) => {
                route.push_str(&text.replace('{', "{{").replace('}', "}}"));
            }
            api::Segment::Parameter(_) => {
                route.push_str(&format!("{{p{position}}}"));
                position += 1;
            }
        }
    }
    route
}
