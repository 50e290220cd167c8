//! Outcomes: the variants of a response enum (group R).

use crate::api::{Operation, Response, Status};

use super::checks::Checks;
use super::docs::doc_lines;
use super::names::{Scope, Spelling};
use super::operations::{Ending, Outcome};
use super::payload::Payload;
use super::rust_type::RustType;
use super::types::{DefinitionPlan, TypePlan};

/// The bodies of the outcomes that are wanted.
pub(super) fn bodies(outcomes: &[Outcome], wanted: fn(&Outcome) -> bool) -> Vec<Option<&RustType>> {
    let wanted = outcomes.iter().filter(|outcome| wanted(outcome));
    wanted
        .map(|outcome| outcome.body.as_ref().map(|body| &body.ty))
        .collect()
}

/// Whether any body is a stream.
pub(super) fn is_streamed(outcomes: &[Outcome]) -> bool {
    let mut bodies = outcomes.iter().filter_map(|it| it.body.as_ref());
    bodies.any(|body| body.ty.parts().contains(&&RustType::Body))
}

/// What can be done with outcomes of these bodies. A stream can be read once, and that is all.
pub(super) fn derives(outcomes: &[Outcome], types: &[TypePlan]) -> Vec<&'static str> {
    if is_streamed(outcomes) {
        return vec!["Debug"];
    }
    let mut bodies = outcomes.iter().filter_map(|it| it.body.as_ref());
    let mut derives = vec!["Debug", "Clone", "PartialEq"];
    derives.extend(bodies.all(|body| is_eq(&body.ty, types)).then_some("Eq"));
    derives
}

/// Whether values of a type can be compared for full equality.
fn is_eq(ty: &RustType, types: &[TypePlan]) -> bool {
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
pub(super) fn outcomes(operation: &Operation, checks: &Checks<'_>) -> Vec<Outcome> {
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
            body: Payload::plan(&response.contents, checks),
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
    let bodies = outcomes.iter().filter_map(|outcome| outcome.body.as_ref());
    let contents = bodies.flat_map(|body| &body.contents);
    let mut types: Vec<&str> = Vec::new();
    for media_type in contents.flat_map(|it| &it.media_types) {
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
