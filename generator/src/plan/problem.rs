//! How the server words its own errors: in the document's error shape where it has one, else as
//! RFC 9457 says.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::api::{Api, Codec, Definition, Kind, Status, StringFormat, TypeId};

use super::payload;
use super::types::{DefinitionPlan, TypePlan};

/// The shape of the server's own errors.
#[derive(Debug, Serialize)]
pub(crate) enum Problem {
    /// `application/problem+json`.
    Rfc9457,
    /// A type of the document.
    Shape {
        id: TypeId,
        /// What the document has it go by.
        media_type: String,
        /// One per field of the type, in order.
        fills: Vec<Fill>,
    },
}

/// What a field of the error shape is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Fill {
    /// The text of the error.
    Text,
    /// The status as a number.
    Status,
    /// The status as a text.
    StatusText,
    /// Nothing.
    Absent,
}

const TEXT_FIELDS: &[&str] = &[
    "error",
    "message",
    "detail",
    "title",
    "description",
    "reason",
    "msg",
    "error_description",
];
const STATUS_FIELDS: &[&str] = &["code", "status", "status_code", "statuscode", "error_code"];

/// Finds the type that most declared errors have, if its required fields can be filled.
pub(super) fn plan(api: &Api, types: &[TypePlan]) -> Problem {
    let mut uses: BTreeMap<TypeId, (usize, &str)> = BTreeMap::new();
    for operation in &api.operations {
        for response in &operation.responses {
            let is_error = match response.status {
                Status::Code(code) => code >= 400,
                Status::Range(digit) => digit >= 4,
                Status::Default => true,
            };
            if is_error
                && let Some(content) = response.contents.first()
                && let Codec::Json(ty) = &content.codec
                && let Kind::Named(id) = ty.kind
            {
                uses.entry(id).or_insert((0, &content.media_type)).0 += 1;
            }
        }
    }
    // The most used one; among equals the first of the document.
    let mut candidates: Vec<(TypeId, (usize, &str))> = uses.into_iter().collect();
    candidates.sort_by_key(|(id, (count, _))| (usize::MAX - count, *id));
    for (id, (_, media_type)) in candidates {
        if let Some(fills) = fills(api, types, id) {
            let media_type = payload::sent(media_type, payload::Codec::Json);
            return Problem::Shape {
                id,
                media_type,
                fills,
            };
        }
    }
    Problem::Rfc9457
}

fn fills(api: &Api, types: &[TypePlan], id: TypeId) -> Option<Vec<Fill>> {
    let Definition::Struct(structure) = &api.types.get(id.0)?.definition else {
        return None;
    };
    let DefinitionPlan::Struct(plan) = &types.get(id.0)?.definition else {
        return None;
    };
    let mut fills = Vec::with_capacity(plan.fields.len());
    for field in &plan.fields {
        let declared = structure.fields.iter().find(|it| it.name == field.key);
        let fill = declared.map_or(Fill::Absent, |it| fill(&it.name, &it.ty.kind));
        let nullable = declared.is_some_and(|it| it.ty.nullable);
        if fill == Fill::Absent && field.presence.is_required() && !nullable {
            return None;
        }
        fills.push(fill);
    }
    fills.contains(&Fill::Text).then_some(fills)
}

fn fill(name: &str, kind: &Kind) -> Fill {
    let name = name.to_ascii_lowercase();
    match kind {
        Kind::String(StringFormat::Plain) if TEXT_FIELDS.contains(&name.as_str()) => Fill::Text,
        Kind::String(StringFormat::Plain) if STATUS_FIELDS.contains(&name.as_str()) => {
            Fill::StatusText
        }
        Kind::Integer(_) if STATUS_FIELDS.contains(&name.as_str()) => Fill::Status,
        _ => Fill::Absent,
    }
}
