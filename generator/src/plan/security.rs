//! Security: what the client is given and what the server hands to its authenticator (V1 to V8).

use serde::Serialize;

use crate::api::{Api, Scheme, SchemeKind};

use super::docs::doc_lines;
use super::names::{Name, Scope, Spelling};
use super::prose::{code, paragraph};
use super::words::words;

/// The decisions about a security scheme.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SchemePlan {
    /// The method of the client's builder, and the field of the server's credentials.
    pub(crate) name: Name,
    pub(crate) docs: Vec<String>,
    /// The documentation of the builder's method.
    pub(crate) builder_docs: Vec<String>,
    pub(crate) deprecated: bool,
    /// What a server asks for it with in `WWW-Authenticate`, if an operation asks for it (V8).
    pub(crate) challenge: Option<String>,
    /// The documentation of the module of its scopes and URLs.
    pub(crate) module_docs: Vec<String>,
    /// The module of its scopes and URLs, if there are any.
    pub(crate) module: Option<Name>,
    /// The constants of that module.
    pub(crate) constants: Vec<SecurityConstant>,
}

/// A scope, or a URL where tokens are to be had.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SecurityConstant {
    pub(crate) name: Name,
    pub(crate) value: String,
    pub(crate) docs: Vec<String>,
}

/// Schemes that an operation asks for together.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Combination {
    /// The variant of the server's credentials.
    pub(crate) variant: Name,
    /// The schemes, as indices, in the order that they are asked for.
    pub(crate) schemes: Vec<usize>,
    /// The documentation of the variant.
    pub(crate) docs: Vec<String>,
}

/// What is decided about security.
pub(super) struct SecurityPlan {
    pub(super) schemes: Vec<SchemePlan>,
    pub(super) combinations: Vec<Combination>,
}

/// The methods that the client's builder has already.
const BUILDER_METHODS: &[&str] = &[
    "new",
    "below",
    "base_url",
    "transport",
    "timeouts",
    "timeout",
    "header",
    "layer",
    "max_response_bytes",
    "allow_plain_http",
    "user_agent",
    "credential",
    "build",
    "sender",
];

/// Plans the schemes and their combinations.
pub(super) fn plan(api: &Api) -> SecurityPlan {
    let mut schemes = schemes(api);
    let combinations = combinations(api, &schemes);
    for index in combinations.iter().flat_map(|it| &it.schemes) {
        if let (Some(scheme), Some(plan)) = (api.schemes.get(*index), schemes.get_mut(*index)) {
            plan.challenge = challenge(&scheme.kind);
        }
    }
    SecurityPlan {
        schemes,
        combinations,
    }
}

fn schemes(api: &Api) -> Vec<SchemePlan> {
    let mut names = Scope::with(BUILDER_METHODS, "scheme");
    let mut modules = Scope::default();
    let schemes = api.schemes.iter().map(|scheme| {
        let words = scheme_words(&scheme.name, &scheme.kind);
        let docs = scheme.docs.description.as_deref().map(doc_lines);
        let docs = docs.unwrap_or_default();
        let mut builder_docs = docs.clone();
        paragraph(&mut builder_docs, doc_lines(&sent_as(scheme)));
        let mut module_docs = doc_lines(&format!("The scheme {}.", code(&scheme.name)));
        paragraph(&mut module_docs, docs.clone());
        let has_constants = !scheme.scopes.is_empty() || !scheme.urls.is_empty();
        SchemePlan {
            name: names.words(&words, Spelling::Snake, "scheme"),
            docs,
            builder_docs,
            deprecated: scheme.docs.deprecated,
            challenge: None,
            module_docs,
            module: has_constants.then(|| modules.name(&scheme.name, Spelling::Snake, "scheme")),
            constants: constants(scheme),
        }
    });
    schemes.collect()
}

/// The combinations that operations list, each once. Webhooks are verified in another way.
fn combinations(api: &Api, schemes: &[SchemePlan]) -> Vec<Combination> {
    let mut variants = Scope::default();
    let mut combinations: Vec<Combination> = Vec::new();
    let operations = api.operations.iter().filter(|it| it.hook.is_none());
    for alternative in operations.flat_map(|operation| &operation.security) {
        let needed: Vec<usize> = alternative
            .schemes
            .iter()
            .map(|(index, _)| *index)
            .collect();
        if needed.is_empty() || combinations.iter().any(|known| known.schemes == needed) {
            continue;
        }
        let mut all = Vec::new();
        for index in &needed {
            if !all.is_empty() {
                all.push("and".to_owned());
            }
            let name = schemes.get(*index).map(|it| words(it.name.plain()));
            all.extend(name.unwrap_or_default());
        }
        let names = needed.iter().filter_map(|index| api.schemes.get(*index));
        let names: Vec<String> = names.map(|scheme| code(&scheme.name)).collect();
        combinations.push(Combination {
            variant: variants.words(&all, Spelling::Pascal, "Credentials"),
            schemes: needed,
            docs: doc_lines(&names.join(" and ")),
        });
    }
    combinations
}

/// What a server asks for credentials with. There is no such thing for keys and certificates.
fn challenge(kind: &SchemeKind) -> Option<String> {
    match kind {
        SchemeKind::Bearer => Some("Bearer".to_owned()),
        SchemeKind::Basic => Some("Basic realm=\"api\", charset=\"UTF-8\"".to_owned()),
        SchemeKind::Http(scheme) => Some(scheme.clone()),
        SchemeKind::ApiKeyHeader(_)
        | SchemeKind::ApiKeyQuery(_)
        | SchemeKind::ApiKeyCookie(_)
        | SchemeKind::MutualTls => None,
    }
}

/// The scopes and URLs of a scheme (V5, V10).
fn constants(scheme: &Scheme) -> Vec<SecurityConstant> {
    let mut names = Scope::default();
    let urls = scheme.urls.iter().map(|(words, url)| {
        let docs = format!("The {} of the document.", code(words));
        (words, url, doc_lines(&docs))
    });
    let scopes = scheme.scopes.iter().map(|(scope, docs)| {
        let docs = docs.as_deref().filter(|docs| !docs.trim().is_empty());
        let docs = docs.map_or_else(|| format!("The scope {}.", code(scope)), str::to_owned);
        (scope, scope, doc_lines(&docs))
    });
    let constants = urls.chain(scopes);
    constants
        .map(|(words, value, docs)| SecurityConstant {
            name: names.name(words, Spelling::Shouty, "scope"),
            value: value.clone(),
            docs,
        })
        .collect()
}

/// `api_key_header` is called `api_key`: where the key is sent is no concern of the caller.
fn scheme_words(name: &str, kind: &SchemeKind) -> Vec<String> {
    let mut words = words(name);
    let place = match kind {
        SchemeKind::ApiKeyHeader(_) => "header",
        SchemeKind::ApiKeyQuery(_) => "query",
        SchemeKind::ApiKeyCookie(_) => "cookie",
        SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::Http(_) | SchemeKind::MutualTls => {
            return words;
        }
    };
    if words.len() > 1 && words.last().is_some_and(|last| last == place) {
        words.pop();
    }
    words
}

fn sent_as(scheme: &Scheme) -> String {
    let place = match &scheme.kind {
        SchemeKind::ApiKeyHeader(name) => format!("the header {}", code(name)),
        SchemeKind::ApiKeyQuery(name) => format!("the query parameter {}", code(name)),
        SchemeKind::ApiKeyCookie(name) => format!("the cookie {}", code(name)),
        SchemeKind::Bearer => "the header `Authorization: Bearer`".to_owned(),
        SchemeKind::Basic => "the header `Authorization: Basic`".to_owned(),
        SchemeKind::Http(scheme) => {
            format!("the header {}", code(&format!("Authorization: {scheme}")))
        }
        SchemeKind::MutualTls => {
            return format!(
                "Says that the transport shows a certificate, which the operations that ask for {} need.",
                code(&scheme.name)
            );
        }
    };
    format!(
        "Sent as {place} with the operations that ask for {}.",
        code(&scheme.name)
    )
}
