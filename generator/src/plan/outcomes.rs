//! Outcomes: the variants of a response enum (group R).

use crate::api::{self, Operation, Status};

use super::docs::doc_lines;
use super::names::{Scope, Spelling};
use super::operations::Outcome;
use super::rust_type::RustType;
use super::types::{DefinitionPlan, TypePlan};

pub(super) fn bodies(outcomes: &[Outcome], wanted: fn(&Outcome) -> bool) -> Vec<Option<&RustType>> {
    let wanted = outcomes.iter().filter(|outcome| wanted(outcome));
    wanted
        .map(|outcome| outcome.body.as_ref().map(|(ty, _)| ty))
        .collect()
}

pub(super) fn is_eq(outcome: &Outcome, types: &[TypePlan]) -> bool {
    let Some((ty, _)) = &outcome.body else {
        return true;
    };
    ty.parts().into_iter().all(|part| match part {
        RustType::Value | RustType::JsonObject => false,
        RustType::Number(number) => !number.starts_with('f'),
        RustType::Named(id) => types.get(id.0).is_none_or(|plan| match &plan.definition {
            DefinitionPlan::Alias(_) => false,
            _ => plan.derives.contains(&"Eq"),
        }),
        _ => true,
    })
}

pub(super) fn outcomes(operation: &Operation) -> Vec<Outcome> {
    let mut scope = Scope::default();
    let mut outcomes = Vec::new();
    for response in &operation.responses {
        let Status::Code(status) = response.status else {
            continue;
        };
        let phrase = reason_phrase(status);
        let fallback = format!("Status{status}");
        let variant = scope.name(phrase.unwrap_or(&fallback), Spelling::Pascal, &fallback);
        let description = response.docs.description.as_deref().unwrap_or_default();
        outcomes.push(Outcome {
            variant,
            status,
            docs: doc_lines(&format!("{status}: {description}")),
            body: response.body.as_ref().map(|(media, ty)| {
                let api::Media::Json(media_type) = media;
                (RustType::of(ty), media_type.clone())
            }),
            is_success: status < 400,
        });
    }
    outcomes
}

/// The media types of the bodies, each once.
pub(super) fn accept(outcomes: &[Outcome]) -> Option<String> {
    let mut types: Vec<&str> = Vec::new();
    for (_, media_type) in outcomes.iter().filter_map(|outcome| outcome.body.as_ref()) {
        if !types.contains(&media_type.as_str()) {
            types.push(media_type);
        }
    }
    (!types.is_empty()).then(|| types.join(", "))
}

/// The words of a status (R30), from the registry of HTTP status codes.
fn reason_phrase(status: u16) -> Option<&'static str> {
    http::StatusCode::from_u16(status).ok()?.canonical_reason()
}
