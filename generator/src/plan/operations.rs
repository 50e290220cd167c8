//! Operations: names, arguments, outcomes.

use serde::Serialize;

use crate::api::{Api, Docs, Hook, Operation, Status, Style};

use super::arguments::{arguments, body};
use super::check::Check;
use super::checks::Checks;
use super::docs::doc_lines;
use super::links;
use super::names::{Name, Scope, Spelling};
use super::operation_names::{CLIENT_METHODS, CONSTANTS, FILE_NAMES, LOCALS, distinct_words};
use super::options::{self, OptionsPlan};
use super::outcomes::{accept, held, outcomes, tys, wanted};
use super::paging::PagingPlan;
use super::payload::{Payload, Payloads, Traits, is_streamed, traits};
use super::prose::{bullet, code, paragraph, see};
use super::rust_type::RustType;
use super::servers;
use super::size::{is_large, is_uneven};
use super::streaming::{Streaming, resumes, streaming};
use super::types::TypePlan;

/// The decisions about one operation.
#[derive(Debug, Serialize)]
pub(crate) struct OperationPlan {
    /// What it is called in messages: its id, or its method and path.
    pub(crate) id: String,
    /// The path as the runtime reads it.
    pub(crate) path: String,
    /// The method of the client and of the server trait.
    pub(crate) method: Name,
    /// The constant that describes it.
    pub(crate) constant: Name,
    /// The request that the client builds.
    pub(crate) request: Name,
    /// The enum of all outcomes.
    pub(crate) response: Name,
    /// The documentation of the methods.
    pub(crate) docs: Vec<String>,
    /// The first line of it.
    pub(crate) summary: Vec<String>,
    /// The documentation of the request, of the response, and of the enums of its outcomes.
    pub(crate) request_docs: Vec<String>,
    pub(crate) response_docs: Vec<String>,
    pub(crate) success_docs: Vec<String>,
    pub(crate) failure_docs: Vec<String>,
    /// The media types that the client can read.
    pub(crate) accept: Option<String>,
    /// What says which of them is wanted, where a success has several.
    pub(crate) wanted: Option<MediaChoice>,
    /// Where a success is either a whole or a stream.
    pub(crate) streaming: Option<Streaming>,
    /// What says after which event of a stream to go on.
    pub(crate) resumes: Option<Name>,
    /// The argument of a server's method for the head of the request as it came.
    pub(crate) parts: Option<Name>,
    /// Whether a response may be a stream.
    pub(crate) is_streamed: bool,
    pub(crate) deprecated: bool,
    /// Whether the server has it.
    pub(crate) served: bool,
    /// The argument for the URL that requests go to, if they go to none of the API.
    pub(crate) url: Option<Name>,
    /// Where it is served if that is not the default of the document (A12).
    pub(crate) server: Option<String>,
    /// How its pages follow each other, if it gives any.
    pub(crate) paging: Option<PagingPlan>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) options: Option<OptionsPlan>,
    pub(crate) body: Option<Body>,
    pub(crate) auth: Auth,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) success: OutcomeSet,
    pub(crate) failure: OutcomeSet,
    /// Whether one outcome is much larger than the others, of all, of the successes or of the
    /// failures.
    pub(crate) uneven: bool,
    /// Whether a failure is so large that clippy asks for a box around it.
    pub(crate) large_failure: bool,
    /// What can be done with the enums of its outcomes.
    pub(crate) traits: Traits,
}

/// A path parameter.
#[derive(Debug, Serialize)]
pub(crate) struct Argument {
    pub(crate) name: Name,
    /// The name on the wire.
    pub(crate) key: String,
    pub(crate) ty: RustType,
    pub(crate) style: Style,
    /// What the server checks.
    pub(crate) checks: Vec<Check>,
}

/// A request body.
#[derive(Debug, Serialize)]
pub(crate) struct Body {
    pub(crate) name: Name,
    pub(crate) payload: Payload,
    pub(crate) required: bool,
    /// Whether a server reads it part by part (Q6).
    pub(crate) is_part_stream: bool,
    /// What says by which media type it goes, where that makes a difference.
    pub(crate) content_type: Option<MediaChoice>,
}

/// What says which of several media types is meant: the setter of a request and the argument of a
/// handler.
#[derive(Debug, Serialize)]
pub(crate) struct MediaChoice {
    pub(crate) name: Name,
    pub(crate) media_types: Vec<String>,
    /// The documentation of the setter.
    pub(crate) docs: Vec<String>,
}

impl MediaChoice {
    /// A choice of one of these that says `what` it does.
    pub(super) fn new(name: Name, what: &str, media_types: Vec<String>) -> Self {
        let listed: Vec<String> = media_types.iter().map(|it| code(it)).collect();
        let docs = doc_lines(&format!("{what}: {}.", listed.join(" or ")));
        Self {
            name,
            media_types,
            docs,
        }
    }
}

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Auth {
    /// Anybody, unseen.
    None,
    /// Anybody; who shows credentials is known.
    Optional,
    /// Only who shows credentials.
    Required,
}

/// A declared outcome.
#[derive(Debug, Serialize)]
pub(crate) struct Outcome {
    pub(crate) variant: Name,
    pub(crate) status: Status,
    pub(crate) docs: Vec<String>,
    pub(crate) body: Option<Payload>,
    /// The struct of its declared headers.
    pub(crate) headers: Option<RustType>,
    pub(crate) ending: Ending,
}

/// What an outcome means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Ending {
    Success,
    Failure,
    /// Its status tells.
    Either,
}

impl Ending {
    /// Whether it may be a success, or a failure.
    pub(crate) fn may_be(self, success: bool) -> bool {
        match self {
            Self::Success => success,
            Self::Failure => !success,
            Self::Either => true,
        }
    }
}

/// What the successes, or the failures, of an operation have in common.
#[derive(Debug, Serialize)]
pub(crate) enum OutcomeSet {
    /// There are none.
    None,
    /// All have this body, or none.
    One(Option<RustType>),
    /// They differ, so there is an enum for them.
    Enum(Name),
}

impl OperationPlan {
    /// Whether its requests have no body, and its responses are not streams.
    pub(super) fn is_plain(&self) -> bool {
        self.url.is_none() && self.body.is_none() && !self.is_streamed && self.streaming.is_none()
    }

    /// The bodies that it sends and answers with.
    pub(crate) fn payloads(&self) -> impl Iterator<Item = &Payload> {
        let sent = self.body.iter().map(|body| &body.payload);
        sent.chain(self.outcomes.iter().filter_map(|it| it.body.as_ref()))
    }

    /// The names that it adds to the types of the crate.
    pub(super) fn type_names(&self) -> Vec<String> {
        let mut names = vec![
            self.request.plain().to_owned(),
            self.response.plain().to_owned(),
        ];
        let choices = self.payloads().filter_map(|it| it.choice.as_ref());
        names.extend(choices.map(|choice| choice.name.plain().to_owned()));
        for set in [&self.success, &self.failure] {
            if let OutcomeSet::Enum(name) = set {
                names.push(name.plain().to_owned());
            }
        }
        names
    }
}

/// Plans every operation.
pub(super) fn plan(api: &Api, types: &[TypePlan], checks: &Checks<'_>) -> Vec<OperationPlan> {
    let mut names = OperationNames {
        methods: Scope::with(CLIENT_METHODS, "op"),
        constants: Scope::with(CONSTANTS, "operation"),
        types: Scope::with(FILE_NAMES, "operation"),
    };
    let operations = api.operations.iter();
    let mut plans: Vec<OperationPlan> = operations
        .map(|operation| names.plan(api, operation, types, checks))
        .collect();
    links::document(api, &mut plans);
    plans
}

struct OperationNames {
    methods: Scope,
    constants: Scope,
    types: Scope,
}

impl OperationNames {
    /// What these bodies have in common; where they differ, an enum of this name holds them.
    fn outcome_set(&mut self, bodies: &[Option<&RustType>], name: &[String]) -> OutcomeSet {
        match bodies.split_first() {
            None => OutcomeSet::None,
            Some((first, rest)) if rest.iter().all(|body| body == first) => {
                OutcomeSet::One(first.cloned())
            }
            Some(_) => OutcomeSet::Enum(self.types.words(name, Spelling::Pascal, "Outcome")),
        }
    }

    fn plan(
        &mut self,
        api: &Api,
        operation: &Operation,
        types: &[TypePlan],
        checks: &Checks<'_>,
    ) -> OperationPlan {
        let words = distinct_words(operation, &self.methods);
        let suffixed = |suffix: &str| [words.clone(), vec![suffix.to_owned()]].concat();
        let id = operation.name();
        let mut locals = Scope::with(LOCALS, "value");
        let url = operation.hook.as_ref();
        let url = url.map(|_| locals.name("url", Spelling::Snake, "url"));
        let params = operation.options.as_ref();
        let params = params.map(|_| locals.name("params", Spelling::Snake, "params"));
        let arguments = arguments(operation, checks, &mut locals);
        let mut payloads = Payloads {
            types,
            checks,
            names: &mut self.types,
            words: &words,
            id: &id,
        };
        let body = body(operation, &mut payloads, &mut locals);
        let outcomes = outcomes(operation, &mut payloads);
        let wanted = wanted(&outcomes, &mut locals);
        let resumes = resumes(&outcomes, &mut locals);
        let parts = operation.parts;
        let parts = parts.then(|| locals.name("parts", Spelling::Snake, "parts"));
        let is_streamed = tys(&outcomes).any(is_streamed);
        let traits = traits(tys(&outcomes), types);
        let mut set = |suffix: &str, success: bool| {
            let bodies: Vec<Option<&RustType>> = outcomes
                .iter()
                .filter(|outcome| outcome.ending.may_be(success))
                .map(|outcome| outcome.body.as_ref().map(|body| &body.ty))
                .collect();
            self.outcome_set(&bodies, &suffixed(suffix))
        };
        let (success, failure) = (set("ok", true), set("error", false));
        let media = body.iter().filter_map(|it| it.content_type.as_ref());
        let media = wanted.iter().chain(media).map(|it| &it.name);
        let others = body.iter().map(|it| &it.name).chain(&resumes).chain(&url);
        let mut setters = setters(media.chain(others));
        let options = params
            .and_then(|name| options::plan(api, operation, types, name, &mut locals, &mut setters));
        let method = self.methods.words(&words, Spelling::Snake, "operation");
        let server = servers::of_operation(api, operation);
        let about = |text: &str| doc_lines(&format!("{text} {}.", code(&id)));
        let failures = held(&outcomes, |outcome| outcome.ending.may_be(false));
        OperationPlan {
            request_docs: request_docs(&id, &method),
            response_docs: about("The outcomes of"),
            success_docs: about("The successes of"),
            failure_docs: about("The failures of"),
            accept: accept(&outcomes),
            streaming: streaming(&outcomes, body.as_ref(), types),
            resumes,
            parts,
            wanted,
            is_streamed,
            id,
            method,
            constant: self.constants.words(&words, Spelling::Shouty, "OPERATION"),
            request: self.types.words(&words, Spelling::Pascal, "Operation"),
            response: self
                .types
                .words(&suffixed("response"), Spelling::Pascal, "Response"),
            docs: docs(operation, server.as_deref(), &arguments, body.as_ref()),
            server,
            paging: None,
            summary: summary(operation),
            deprecated: operation.docs.deprecated,
            served: !operation.client_only,
            url,
            body,
            arguments,
            options,
            auth: auth(operation),
            uneven: is_uneven(types, &held(&outcomes, |_| true))
                || is_uneven(types, &held(&outcomes, |it| it.ending.may_be(true)))
                || is_uneven(types, &failures),
            large_failure: is_large(types, &failures),
            traits,
            outcomes,
            success,
            failure,
            path: path(operation),
        }
    }
}

/// The names of the setters of a request, with those that are taken: a setter must not have the name of
/// another.
fn setters<'n>(taken: impl Iterator<Item = &'n Name>) -> Scope {
    let mut setters = Scope::with(LOCALS, "value");
    setters.name("params", Spelling::Snake, "params");
    for name in taken {
        setters.name(name.plain(), Spelling::Snake, "value");
    }
    setters
}

fn request_docs(id: &str, method: &Name) -> Vec<String> {
    let mut docs = doc_lines(&format!("A request for {}; see", code(id)));
    if let Some(last) = docs.last_mut() {
        last.push_str(&format!(" [`Client::{}`].", method.plain()));
    }
    docs
}

/// Who may call. What receives a webhook looks at the request as a whole, signature and all.
fn auth(operation: &Operation) -> Auth {
    if operation.hook.is_some() {
        return Auth::None;
    }
    let anonymous = operation.security.iter().any(|it| it.schemes.is_empty());
    let known = operation.security.iter().any(|it| !it.schemes.is_empty());
    match (known, anonymous) {
        (false, _) => Auth::None,
        (true, true) => Auth::Optional,
        (true, false) => Auth::Required,
    }
}

/// The path of an operation, with a plus sign before the name of a parameter that is all that is left of
/// it (T13).
fn path(operation: &Operation) -> String {
    let mut path = operation.path.clone();
    for parameter in operation.parameters.iter().filter(|it| it.style.slashes) {
        let name = &parameter.name;
        path = path.replace(&format!("{{{name}}}"), &format!("{{+{name}}}"));
    }
    path
}

fn summary(operation: &Operation) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(summary) = &operation.docs.summary {
        paragraph(&mut lines, doc_lines(summary));
    }
    paragraph(&mut lines, doc_lines(&target(operation)));
    lines
}

/// Where the requests of an operation go.
fn target(operation: &Operation) -> String {
    let method = &operation.method;
    match &operation.hook {
        None => code(&format!("{method} {}", operation.path)),
        Some(Hook::Webhook { name }) => format!("{} webhook {}", code(method), code(name)),
        Some(Hook::Callback { name, of, url }) => format!(
            "{} callback {} of {}, sent to {}",
            code(method),
            code(name),
            code(of),
            code(url)
        ),
    }
}

fn docs(
    operation: &Operation,
    server: Option<&str>,
    arguments: &[Argument],
    body: Option<&Body>,
) -> Vec<String> {
    let mut lines = Vec::new();
    for text in [&operation.docs.summary, &operation.docs.description]
        .into_iter()
        .flatten()
    {
        paragraph(&mut lines, doc_lines(text));
    }
    see(&mut lines, operation.docs.see.as_ref());
    let at = server.map(|url| format!(" at {}", code(url)));
    let target = format!("{}{}", target(operation), at.unwrap_or_default());
    paragraph(&mut lines, doc_lines(&target));
    let mut list = Vec::new();
    let mut item = |name: &str, docs: &Docs| {
        let deprecated = if docs.deprecated { "Deprecated. " } else { "" };
        let description = docs.description.as_deref().unwrap_or_default().trim();
        if deprecated.is_empty() && description.is_empty() {
            return;
        }
        list.extend(bullet(&format!(
            "{}: {deprecated}{description}",
            code(name)
        )));
    };
    for (parameter, argument) in operation.parameters.iter().zip(arguments) {
        item(argument.name.plain(), &parameter.docs);
    }
    if let (Some(declared), Some(body)) = (&operation.body, body) {
        item(body.name.plain(), &declared.docs);
    }
    paragraph(&mut lines, list);
    lines
}
