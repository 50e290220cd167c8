//! Outcomes: the variants of a response enum (group R).

use crate::api::{self, Operation, Response, Status};

use super::docs::doc_lines;
use super::names::{Scope, Spelling};
use super::operations::{Ending, Outcome};
use super::rust_type::RustType;
use super::types::{DefinitionPlan, TypePlan};

/// The bodies of the outcomes that are wanted.
pub(super) fn bodies(outcomes: &[Outcome], wanted: fn(&Outcome) -> bool) -> Vec<Option<&RustType>> {
    let wanted = outcomes.iter().filter(|outcome| wanted(outcome));
    wanted
        .map(|outcome| outcome.body.as_ref().map(|(ty, _)| ty))
        .collect()
}

/// Whether what an outcome holds can be compared for full equality.
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

/// The outcomes of an operation, those of one status first: a status beats a range, and a range
/// beats the default.
pub(super) fn outcomes(operation: &Operation) -> Vec<Outcome> {
    let mut scope = Scope::default();
    let declares_success = operation
        .responses
        .iter()
        .any(|response| match response.status {
            Status::Code(code) => code < 400,
            Status::Range(digit) => digit < 4,
            Status::Default => false,
        });
    let outcome = |response: &Response| {
        let (key, phrase, ending) = match response.status {
            Status::Code(code) => {
                let phrase =
                    reason_phrase(code).map_or_else(|| format!("Status{code}"), str::to_owned);
                let ending = if code < 400 {
                    Ending::Success
                } else {
                    Ending::Failure
                };
                (code.to_string(), phrase, ending)
            }
            Status::Range(digit) => {
                let ending = if digit < 4 {
                    Ending::Success
                } else {
                    Ending::Failure
                };
                (format!("{digit}XX"), range_phrase(digit).to_owned(), ending)
            }
            // Where no success is declared, the default is that as well (R6).
            Status::Default => {
                let ending = if declares_success {
                    Ending::Failure
                } else {
                    Ending::Either
                };
                ("default".to_owned(), "Default".to_owned(), ending)
            }
        };
        let description = response.docs.description.as_deref().unwrap_or_default();
        Outcome {
            variant: scope.name(&phrase, Spelling::Pascal, "Outcome"),
            status: response.status,
            docs: doc_lines(&format!("{key}: {description}")),
            body: response.body.as_ref().map(|(media, ty)| {
                let api::Media::Json(media_type) = media;
                (RustType::of(ty), media_type.clone())
            }),
            ending,
        }
    };
    let mut outcomes: Vec<Outcome> = operation.responses.iter().map(outcome).collect();
    outcomes.sort_by_key(|outcome| match outcome.status {
        Status::Code(_) => 0,
        Status::Range(_) => 1,
        Status::Default => 2,
    });
    outcomes
}

/// The words of a range of statuses (R30).
fn range_phrase(digit: u16) -> &'static str {
    match digit {
        1 => "Informational",
        2 => "Success",
        3 => "Redirection",
        4 => "ClientError",
        _ => "ServerError",
    }
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
