//! Security schemes and what operations require of them (group V).

use std::collections::{HashMap, HashSet};

use crate::api::{Alternative, Api, Docs, Origin, Scheme, SchemeKind};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::near;
use crate::spec;

use super::Lowering;
use super::operation::LeftOut;

/// What becomes of operations, if a scheme cannot be generated and the user goes on.
const WITHOUT_SCHEME: &str = "operations that need it are left out";

impl<'a> Lowering<'_, 'a> {
    /// Lowers the schemes; gives their indices by name.
    pub(super) fn schemes(&mut self, api: &mut Api) -> HashMap<&'a str, usize> {
        let mut indices = HashMap::new();
        for scheme in &self.document.schemes {
            let Some(scheme) = self.scheme(scheme) else {
                continue;
            };
            let Some(kind) = self.scheme_kind(&scheme) else {
                continue;
            };
            indices.insert(scheme.name, api.schemes.len());
            api.schemes.push(Scheme {
                name: scheme.name.to_owned(),
                kind,
                scopes: scopes(&scheme.kind),
                urls: urls(&scheme.kind),
                docs: Docs {
                    description: scheme.description.map(str::to_owned),
                    deprecated: scheme.deprecated,
                    ..Docs::default()
                },
                origin: Origin {
                    pointer: scheme.place.pointer.to_string(),
                    span: scheme.place.span,
                },
            });
        }
        indices
    }

    /// What operations ask for if neither they nor the document say so: what the user wants, or nothing,
    /// which is told (V11).
    pub(super) fn find_security(&mut self, config: &Config) {
        let document = self.document;
        let mut operations = document.paths.iter().flat_map(|item| &item.operations);
        let asks = !document.security.is_empty() || operations.any(|it| it.security.is_some());
        let Some(assumed) = &config.assume_security else {
            if let Some(first) = document.schemes.first().filter(|_| !asks) {
                let message = "no operation asks for any of the security schemes";
                self.report(
                    Diagnostic::warning(Code::UnusedSecurity, first.place.span, message)
                        .label("the client offers it, and sends it with nothing")
                        .help("write `security` beside `paths`, or set `assume_security`"),
                );
            }
            return;
        };
        if asks {
            let message = "the document says itself what operations ask for";
            self.report(Diagnostic::error(Code::ConfigUnused, assumed.span, message));
            return;
        }
        match document.schemes.iter().find(|it| it.name == assumed.text) {
            Some(scheme) => self.assumed.push(spec::Requirement {
                schemes: vec![spec::RequiredScheme {
                    name: scheme.name,
                    span: scheme.place.span,
                    scopes: Vec::new(),
                }],
            }),
            None => {
                let names = document.schemes.iter().map(|scheme| scheme.name);
                let near = near::nearest(&assumed.text, names);
                let message = format!("no security scheme is called `{}`", assumed.text);
                let mut finding =
                    Diagnostic::error(Code::UnknownSecurityScheme, assumed.span, message);
                if let Some(near) = near {
                    finding = finding.help(format!("did you mean `{near}`?"));
                }
                self.report(finding);
            }
        }
    }

    fn scheme_kind(&mut self, scheme: &spec::Scheme<'a>) -> Option<SchemeKind> {
        Some(match &scheme.kind {
            spec::SchemeKind::ApiKey {
                location: spec::Location::Header,
                name,
            } if http::HeaderName::try_from(*name).is_err() => {
                self.report(
                    Diagnostic::error(
                        Code::WrongType,
                        scheme.place.span,
                        "this key has a name that no header can have",
                    )
                    .help("a header name has letters, digits and hyphens")
                    .or_else(WITHOUT_SCHEME),
                );
                return None;
            }
            spec::SchemeKind::ApiKey {
                location: spec::Location::Header,
                name,
            } => SchemeKind::ApiKeyHeader((*name).to_owned()),
            spec::SchemeKind::ApiKey {
                location: spec::Location::Query,
                name,
            } => SchemeKind::ApiKeyQuery((*name).to_owned()),
            spec::SchemeKind::ApiKey {
                location: spec::Location::Cookie,
                name,
            } => SchemeKind::ApiKeyCookie((*name).to_owned()),
            spec::SchemeKind::ApiKey { .. } => {
                self.report(
                    Diagnostic::error(
                        Code::WrongType,
                        scheme.place.span,
                        "an API key is not sent there",
                    )
                    .help("write `in: header`, `in: query` or `in: cookie`")
                    .or_else(WITHOUT_SCHEME),
                );
                return None;
            }
            spec::SchemeKind::Http { scheme } if scheme.eq_ignore_ascii_case("bearer") => {
                SchemeKind::Bearer
            }
            spec::SchemeKind::Http { scheme } if scheme.eq_ignore_ascii_case("basic") => {
                SchemeKind::Basic
            }
            spec::SchemeKind::Http { scheme } if is_token(scheme) => {
                SchemeKind::Http((*scheme).to_owned())
            }
            // The wire form of both is a bearer token (V5).
            spec::SchemeKind::OAuth2 { .. } | spec::SchemeKind::OpenIdConnect { .. } => {
                SchemeKind::Bearer
            }
            spec::SchemeKind::MutualTls => SchemeKind::MutualTls,
            _ => {
                let fallback = "operations that need it are left out";
                self.unsupported(scheme.place.span, "this kind of security scheme", fallback);
                return None;
            }
        })
    }

    /// The alternatives of an operation: its own list replaces that of the document (V7), which says
    /// nothing about webhooks and callbacks: they go to whoever gave a URL, and not to the API. An
    /// alternative with a scheme that cannot be generated is left out; if none is left, the whole
    /// operation is, since without it the operation would be open to everybody.
    pub(super) fn security(
        &mut self,
        operation: &spec::Operation<'a>,
        is_hook: bool,
        schemes: &HashMap<&str, usize>,
    ) -> Result<Vec<Alternative>, LeftOut> {
        let document = self.document;
        let assumed = self.assumed.clone();
        let by_default = match assumed.is_empty() {
            _ if is_hook => &[][..],
            true => &document.security,
            false => &assumed,
        };
        let requirements = operation.security.as_deref().unwrap_or(by_default);
        let mut alternatives = Vec::new();
        let mut missing = None;
        for requirement in requirements {
            let mut needed = Vec::new();
            let mut complete = true;
            for scheme in &requirement.schemes {
                match schemes.get(scheme.name) {
                    Some(index) => {
                        let scopes = scheme.scopes.iter().map(|scope| (*scope).to_owned());
                        needed.push((*index, scopes.collect()));
                    }
                    None => {
                        let told = self.unknown_scheme(scheme.name, scheme.span);
                        complete = false;
                        missing = Some((scheme.span, told));
                    }
                }
            }
            if complete {
                alternatives.push(Alternative { schemes: needed });
            }
        }
        match missing {
            Some((_, true)) if alternatives.is_empty() => Err(LeftOut),
            Some((span, false)) if alternatives.is_empty() => {
                Err(self.leave_out(operation, span, "the security scheme that it needs"))
            }
            _ => Ok(alternatives),
        }
    }

    /// Says that a scheme is not declared; false if it is, and only cannot be generated.
    fn unknown_scheme(&mut self, name: &str, span: crate::source::Span) -> bool {
        let declared = self.document.schemes.iter().map(|scheme| scheme.name);
        if declared.clone().any(|known| known == name) {
            return false;
        }
        let message = format!("no security scheme is called `{name}`");
        let mut finding = Diagnostic::error(Code::UnknownSecurityScheme, span, message);
        if let Some(near) = near::nearest(name, declared) {
            finding = finding.help(format!("did you mean `{near}`?"));
        }
        self.report(finding.or_else("left out, and with it an operation that allows nothing else"));
        true
    }
}

/// Whether a text can stand before credentials in a header.
fn is_token(text: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token)
}

/// The scopes of all flows, each once (V10).
fn scopes(kind: &spec::SchemeKind<'_>) -> Vec<(String, Option<String>)> {
    let spec::SchemeKind::OAuth2 { flows } = kind else {
        return Vec::new();
    };
    let mut known = HashSet::new();
    let scopes = flows.iter().flat_map(|flow| &flow.scopes);
    let scopes = scopes.filter(|(name, _)| known.insert(*name));
    scopes
        .map(|(name, docs)| ((*name).to_owned(), docs.map(str::to_owned)))
        .collect()
}

/// Where tokens are to be had, each URL under the names of its flow and its key.
fn urls(kind: &spec::SchemeKind<'_>) -> Vec<(String, String)> {
    match kind {
        spec::SchemeKind::OAuth2 { flows } => {
            let urls = flows.iter().flat_map(|flow| {
                let urls = flow.urls.iter();
                urls.map(|(key, url)| (format!("{} {key}", flow.name), (*url).to_owned()))
            });
            urls.collect()
        }
        spec::SchemeKind::OpenIdConnect { url: Some(url) } => {
            vec![("openIdConnectUrl".to_owned(), (*url).to_owned())]
        }
        _ => Vec::new(),
    }
}
