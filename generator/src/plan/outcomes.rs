//! Outcomes: the variants of a response enum (group R).

use crate::api::{Operation, Response, Status};

use super::docs::doc_lines;
use super::names::{Scope, Spelling};
use super::operations::{Ending, MediaChoice, Outcome};
use super::payload::{Payload, Payloads};
use super::rust_type::RustType;

/// The bodies of the outcomes that are wanted.
pub(super) fn bodies(outcomes: &[Outcome], wanted: fn(&Outcome) -> bool) -> Vec<Option<&RustType>> {
    let wanted = outcomes.iter().filter(|outcome| wanted(outcome));
    wanted
        .map(|outcome| outcome.body.as_ref().map(|body| &body.ty))
        .collect()
}

/// The outcomes of an operation, those of one status first: a status beats a range, and a range
/// beats the default.
pub(super) fn outcomes(operation: &Operation, payloads: &mut Payloads<'_>) -> Vec<Outcome> {
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
        let variant = scope.name(&phrase, Spelling::Pascal, "Outcome");
        let body = payloads.plan(&response.contents, &format!("{} body", variant.plain()));
        Outcome {
            variant,
            status: response.status,
            docs: doc_lines(&format!("{key}: {description}")),
            body,
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

/// The types of the bodies.
pub(super) fn tys(outcomes: &[Outcome]) -> impl Iterator<Item = &RustType> + Clone {
    let bodies = outcomes.iter().filter_map(|it| it.body.as_ref());
    bodies.map(|body| &body.ty)
}

/// Where the body of a success is one of several kinds, what says which is wanted (R19).
pub(super) fn wanted(outcomes: &[Outcome], locals: &mut Scope) -> Option<MediaChoice> {
    let successes = outcomes.iter().filter(|it| it.ending.may_be(true));
    let bodies = successes.filter_map(|it| it.body.as_ref());
    let choices = bodies.filter(|body| body.choice.is_some());
    let mut media_types: Vec<String> = Vec::new();
    for media_type in choices.flat_map(Payload::media_types) {
        if !media_types.iter().any(|it| it == media_type) {
            media_types.push(media_type.to_owned());
        }
    }
    (!media_types.is_empty()).then(|| {
        let name = locals.name("accept", Spelling::Snake, "accept");
        MediaChoice::new(name, "Asks for a media type", media_types)
    })
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
