//! What is passed to an operation: parameters and a body.

use crate::api::{Api, Definition, Kind, Operation, TypeId};

use super::formats;
use super::names::{Scope, Spelling};
use super::operations::{Argument, Body, MediaChoice};
use super::payload::{Codec, Payload, Payloads};
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

/// The request body, if there is one.
pub(super) fn body(
    operation: &Operation,
    payloads: &mut Payloads<'_>,
    locals: &mut Scope,
) -> Option<Body> {
    let body = operation.body.as_ref()?;
    let payload = payloads.plan(&body.contents, "body")?;
    let name = body.name.as_deref().unwrap_or("body");
    let name = locals.name(name, Spelling::Snake, "body");
    let content_type = is_told(&payload).then(|| {
        let name = locals.name("content_type", Spelling::Snake, "content_type");
        let media_types = payload.media_types().map(str::to_owned).collect();
        MediaChoice::new(name, "Sends the body as this media type", media_types)
    });
    Some(Body {
        name,
        payload,
        required: body.required,
        content_type,
    })
}

/// Whether it makes a difference by which of several media types one JSON value goes, such as the kinds
/// of patches (Q4).
fn is_told(payload: &Payload) -> bool {
    let [content] = &payload.contents[..] else {
        return false;
    };
    let plain = ["application/json", "text/json"];
    let told = content
        .media_types
        .iter()
        .filter(|it| !it.contains('*') && !plain.contains(&it.as_str()));
    content.codec == Codec::Json && content.media_types.len() > 1 && told.count() > 0
}
