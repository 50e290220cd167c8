//! Outcomes: the variants of a response enum (group R).

use crate::api::{Operation, Response, Status};

use super::docs::doc_lines;
use super::names::{Scope, Spelling};
use super::operations::{Ending, MediaChoice, Outcome};
use super::payload::{Payload, Payloads};
use super::rust_type::RustType;

/// What the outcomes that are wanted hold, for each of them.
pub(super) fn held(outcomes: &[Outcome], wanted: fn(&Outcome) -> bool) -> Vec<Vec<&RustType>> {
    let wanted = outcomes.iter().filter(|outcome| wanted(outcome));
    wanted
        .map(|outcome| tys(std::slice::from_ref(outcome)).collect())
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
        let ending_of = |is_success: bool| match is_success {
            true => Ending::Success,
            false => Ending::Failure,
        };
        let (key, ending) = match response.status {
            Status::Code(code) => (code.to_string(), ending_of(code < 400)),
            Status::Range(digit) => (format!("{digit}XX"), ending_of(digit < 4)),
            // Where no success is declared, the default is that as well (R6).
            Status::Default if declares_success => ("default".to_owned(), Ending::Failure),
            Status::Default => ("default".to_owned(), Ending::Either),
        };
        let description = response.docs.description.as_deref().unwrap_or_default();
        let variant = scope.name(&response.status.phrase(), Spelling::Pascal, "Outcome");
        let body = payloads.plan(&response.contents, &format!("{} body", variant.plain()));
        Outcome {
            variant,
            status: response.status,
            docs: doc_lines(&format!("{key}: {description}")),
            body,
            headers: response.headers.as_ref().map(RustType::of),
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

/// The types of the bodies and the headers.
pub(super) fn tys(outcomes: &[Outcome]) -> impl Iterator<Item = &RustType> + Clone {
    outcomes.iter().flat_map(|outcome| {
        let body = outcome.body.as_ref().map(|body| &body.ty);
        body.into_iter().chain(&outcome.headers)
    })
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
