//! Security schemes and what operations require of them (group V).

use std::collections::HashMap;

use crate::api::{Alternative, Api, Docs, Origin, Scheme, SchemeKind};
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
            // The wire form of both is a bearer token (V5).
            spec::SchemeKind::OAuth2 | spec::SchemeKind::OpenIdConnect => SchemeKind::Bearer,
            _ => {
                let fallback = "operations that need it are left out";
                self.unsupported(scheme.place.span, "this kind of security scheme", fallback);
                return None;
            }
        })
    }

    /// The alternatives of an operation: its own list replaces that of the document (V7). An
    /// alternative with a scheme that cannot be generated is left out; if none is left, the whole
    /// operation is, since without it the operation would be open to everybody.
    pub(super) fn security(
        &mut self,
        operation: &spec::Operation<'a>,
        schemes: &HashMap<&str, usize>,
    ) -> Result<Vec<Alternative>, LeftOut> {
        let document = self.document;
        let requirements = operation.security.as_ref().unwrap_or(&document.security);
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
