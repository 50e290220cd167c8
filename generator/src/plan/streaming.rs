//! Operations that answer with a stream: as a whole or bit by bit (S3), and again from where it broke
//! off (S9).

use serde::Serialize;

use super::names::{Name, Scope, Spelling};
use super::operations::{Body, Outcome};
use super::payload::{Codec, Content, Payload};
use super::rust_type::RustType;
use super::types::{DefinitionPlan, TypePlan};

/// A success that is either a whole or a stream, as the caller wants it.
#[derive(Debug, Serialize)]
pub(crate) struct Streaming {
    /// The enum of the two.
    pub(crate) choice: Name,
    pub(crate) whole: Half,
    pub(crate) stream: Half,
    /// The field of the request body that asks for a stream.
    pub(crate) flag: Option<Flag>,
}

/// One of the two.
#[derive(Debug, Serialize)]
pub(crate) struct Half {
    pub(crate) variant: Name,
    pub(crate) ty: RustType,
    /// What is accepted where this one is wanted.
    pub(crate) accept: String,
}

/// A field that asks for a stream where it is `true`.
#[derive(Debug, Serialize)]
pub(crate) struct Flag {
    pub(crate) body: Name,
    pub(crate) field: Name,
    pub(crate) ty: RustType,
}

/// Whether the success of an operation is a whole or a stream.
pub(super) fn streaming(
    outcomes: &[Outcome],
    body: Option<&Body>,
    types: &[TypePlan],
) -> Option<Streaming> {
    let mut successes = outcomes.iter().filter(|it| it.ending.may_be(true));
    let success = successes.next()?.body.as_ref()?;
    if successes.any(|it| it.body.as_ref().map(|body| &body.ty) != Some(&success.ty)) {
        return None;
    }
    let [first, second] = &success.contents[..] else {
        return None;
    };
    let (whole, stream) = match (is_stream(first), is_stream(second)) {
        (false, true) => (first, second),
        (true, false) => (second, first),
        _ => return None,
    };
    let bodies = || outcomes.iter().filter_map(|it| it.body.as_ref());
    let others = bodies().filter(|body| body.ty != success.ty);
    let others: Vec<&str> = others.flat_map(Payload::media_types).collect();
    // Failures are mostly of the media type that the whole has, which is not to be preferred for that.
    let half = |content: &Content| {
        let mut accept: Vec<String> = content.media_types.clone();
        for other in &others {
            let lesser = format!("{other};q=0.9");
            if !content.media_types.iter().any(|it| it == other) && !accept.contains(&lesser) {
                accept.push(lesser);
            }
        }
        Some(Half {
            variant: content.variant.as_ref()?.name.clone(),
            ty: content.ty.clone(),
            accept: accept.join(", "),
        })
    };
    Some(Streaming {
        choice: success.choice.as_ref()?.name.clone(),
        whole: half(whole)?,
        stream: half(stream)?,
        flag: body.and_then(|body| flag(body, types)),
    })
}

fn is_stream(content: &Content) -> bool {
    matches!(content.codec, Codec::Events(_) | Codec::JsonItems(_))
}

/// The boolean `stream` of a body that must be sent.
fn flag(body: &Body, types: &[TypePlan]) -> Option<Flag> {
    let RustType::Named(id) = &body.payload.ty else {
        return None;
    };
    let DefinitionPlan::Struct(plan) = &types.get(id.0)?.definition else {
        return None;
    };
    let field = plan.fields.iter().find(|field| field.key == "stream")?;
    let is_flag = field.ty.parts().last() == Some(&&RustType::Bool);
    (is_flag && body.required).then(|| Flag {
        body: body.name.clone(),
        field: field.name.clone(),
        ty: field.ty.clone(),
    })
}

/// What says after which event to go on, where a success is a stream of events.
pub(super) fn resumes(outcomes: &[Outcome], locals: &mut Scope) -> Option<Name> {
    let successes = outcomes.iter().filter(|it| it.ending.may_be(true));
    let mut contents = successes
        .filter_map(|it| it.body.as_ref())
        .flat_map(|it| &it.contents);
    let has_events = contents.any(|it| matches!(it.codec, Codec::Events(_)));
    has_events.then(|| locals.name("last_event_id", Spelling::Snake, "last_event_id"))
}
