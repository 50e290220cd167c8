//! The security requirements of an operation.

use std::collections::BTreeSet;

use openapiv3::{APIKeyLocation, OpenAPI, ReferenceOr, SecurityScheme};

use super::Mismatches;
use super::operations::Subject;
use crate::stub::KEY;

/// Each alternative is a set of schemes with their scopes.
type Alternatives = Vec<BTreeSet<(String, Vec<String>)>>;

/// Compares the alternatives. Whether they are heeded is seen when requests are made.
pub(super) fn check(subject: &Subject<'_>, mismatches: &mut Mismatches) {
    let declared: Alternatives = declared(subject)
        .iter()
        .map(|alternative| alternative.clone().into_iter().collect())
        .collect();
    let ours: Alternatives = subject
        .ours
        .security
        .iter()
        .map(|alternative| {
            let requirements = alternative.iter();
            requirements
                .map(|one| {
                    let scopes = one.scopes.iter().map(ToString::to_string);
                    (one.scheme.to_owned(), scopes.collect())
                })
                .collect()
        })
        .collect();
    if declared != ours {
        let problem = format!("`security` is {declared:?}, but the crate has {ours:?}");
        mismatches.add(subject.place(), problem);
    }
}

fn declared<'d>(subject: &Subject<'d>) -> &'d [openapiv3::SecurityRequirement] {
    let operation = subject.operation.security.as_deref();
    operation
        .or(subject.document.security.as_deref())
        .unwrap_or_default()
}

/// Where a request carries its key, by the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Carrier {
    /// Nowhere: anybody may call.
    Nothing,
    /// In a header of this name, in lower case.
    Header { scheme: String, name: String },
}

impl Carrier {
    /// What a request looks like that has what the operation asks for.
    ///
    /// # Errors
    ///
    /// The operation asks for something that is not compared with the crate.
    pub(super) fn of(subject: &Subject<'_>) -> Result<Self, String> {
        let alternatives = declared(subject);
        let Some(first) = alternatives.first() else {
            return Ok(Self::Nothing);
        };
        match (alternatives.len(), first.iter().next(), first.len()) {
            (1, Some((scheme, _)), 1) => Self::of_scheme(subject.document, scheme),
            _ => Err("`security` that asks for more than one scheme is not compared".to_owned()),
        }
    }

    fn of_scheme(document: &OpenAPI, scheme: &str) -> Result<Self, String> {
        let schemes = document.components.as_ref();
        match schemes.and_then(|parts| parts.security_schemes.get(scheme)) {
            Some(ReferenceOr::Item(SecurityScheme::APIKey {
                location: APIKeyLocation::Header,
                name,
                ..
            })) => Ok(Self::Header {
                scheme: scheme.to_owned(),
                name: name.to_ascii_lowercase(),
            }),
            Some(_) => Err(format!("the kind of `{scheme}` is not compared")),
            None => Err(format!("there is no security scheme `{scheme}`")),
        }
    }

    /// The headers of a request with this key.
    pub(super) fn headers(&self, key: &str) -> Vec<(String, String)> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Header { name, .. } => vec![(name.clone(), key.to_owned())],
        }
    }

    /// Requests that must not be let in: what is wrong with each, and its headers.
    pub(super) fn refused(&self) -> Vec<(&'static str, Vec<(String, String)>)> {
        let Self::Header { name, .. } = self else {
            return Vec::new();
        };
        let pair = |name: &str, key: &str| (name.to_owned(), key.to_owned());
        vec![
            ("without a key", Vec::new()),
            ("with another key", vec![pair(name, "another key")]),
            ("with an empty key", vec![pair(name, "")]),
            ("with two keys", vec![pair(name, KEY), pair(name, KEY)]),
            ("with the key in another header", vec![pair("x-other", KEY)]),
        ]
    }
}
