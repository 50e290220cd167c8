//! What is passed to an operation: parameters and a body.

use crate::api::Operation;

use super::checks::Checks;
use super::names::{Scope, Spelling};
use super::operations::{Argument, Body, MediaChoice};
use super::payload::{Codec, Payload, Payloads};
use super::rust_type::RustType;

pub(super) fn arguments(
    operation: &Operation,
    checks: &Checks<'_>,
    locals: &mut Scope,
) -> Vec<Argument> {
    operation
        .parameters
        .iter()
        .map(|parameter| {
            let name = parameter.chosen.as_deref().unwrap_or(&parameter.name);
            Argument {
                name: locals.name(name, Spelling::Snake, "parameter"),
                key: parameter.name.clone(),
                ty: RustType::of(&parameter.ty),
                style: parameter.style,
                checks: checks.of(&parameter.ty),
            }
        })
        .collect()
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
        is_part_stream: operation.part_stream,
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
