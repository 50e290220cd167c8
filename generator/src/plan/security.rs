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
    "base_url",
    "transport",
    "timeouts",
    "max_response_bytes",
    "allow_plain_http",
    "user_agent",
    "credential",
    "build",
];

/// Plans the schemes and their combinations.
pub(super) fn plan(api: &Api) -> SecurityPlan {
    let mut names = Scope::with(BUILDER_METHODS, "scheme");
    let schemes: Vec<SchemePlan> = api
        .schemes
        .iter()
        .map(|scheme| {
            let words = scheme_words(&scheme.name, &scheme.kind);
            let docs = scheme
                .docs
                .description
                .as_deref()
                .map(doc_lines)
                .unwrap_or_default();
            let mut builder_docs = docs.clone();
            if scheme.docs.deprecated {
                paragraph(&mut builder_docs, vec!["Deprecated.".to_owned()]);
            }
            paragraph(&mut builder_docs, doc_lines(&sent_as(scheme)));
            SchemePlan {
                name: names.words(&words, Spelling::Snake, "scheme"),
                docs,
                builder_docs,
            }
        })
        .collect();
    let mut variants = Scope::default();
    let mut combinations: Vec<Combination> = Vec::new();
    let alternatives = api
        .operations
        .iter()
        .flat_map(|operation| &operation.security);
    for alternative in alternatives {
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
            all.extend(
                schemes
                    .get(*index)
                    .map(|it| words(it.name.plain()))
                    .unwrap_or_default(),
            );
        }
        let variant = variants.words(&all, Spelling::Pascal, "Credentials");
        let names = needed.iter().filter_map(|index| api.schemes.get(*index));
        let names: Vec<String> = names.map(|scheme| code(&scheme.name)).collect();
        let docs = doc_lines(&names.join(" and "));
        combinations.push(Combination {
            variant,
            schemes: needed,
            docs,
        });
    }
    SecurityPlan {
        schemes,
        combinations,
    }
}

/// `api_key_header` is called `api_key`: where the key is sent is no concern of the caller.
fn scheme_words(name: &str, kind: &SchemeKind) -> Vec<String> {
    let mut words = words(name);
    let place = match kind {
        SchemeKind::ApiKeyHeader(_) => "header",
        SchemeKind::ApiKeyQuery(_) => "query",
        SchemeKind::ApiKeyCookie(_) => "cookie",
        SchemeKind::Bearer | SchemeKind::Basic => return words,
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
    };
    format!(
        "Sent as {place} with the operations that ask for {}.",
        code(&scheme.name)
    )
}
