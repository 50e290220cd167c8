//! Security schemes and requirements.

use super::model::{OAuthFlow, Place, RequiredScheme, Requirement, Scheme, SchemeKind};
use super::reader::{Object, Reader};
use crate::grammar::Kind;
use crate::load::Value;

impl<'a> Reader<'_, 'a> {
    /// The `security` of the document or of an operation; `None` if it says nothing.
    pub(super) fn requirements(&mut self, object: &Object<'a>) -> Option<Vec<Requirement<'a>>> {
        object.entry("security")?;
        let mut requirements = Vec::new();
        for place in self.list(object, "security") {
            if !matches!(self.tree.value(place.node), Value::Mapping(_)) {
                self.wrong_type(place.node, "an item of `security`", "a mapping", true);
                continue;
            }
            let mut schemes = Vec::new();
            for entry in self.tree.entries(place.node) {
                let scopes = self.tree.items(entry.value).iter();
                schemes.push(RequiredScheme {
                    name: &entry.key,
                    span: entry.key_span,
                    scopes: scopes
                        .filter_map(|scope| self.tree.string(*scope))
                        .collect(),
                });
            }
            requirements.push(Requirement { schemes });
        }
        Some(requirements)
    }

    /// `components.securitySchemes`.
    pub(super) fn schemes(&mut self, components: &Object<'a>) -> Vec<Scheme<'a>> {
        let entries = self.map(components, "securitySchemes").into_iter();
        entries
            .filter_map(|(entry, place)| self.scheme(&entry.key, place))
            .collect()
    }

    /// The security scheme at a place, under the name that requirements use.
    pub(crate) fn scheme(&mut self, name: &'a str, place: Place<'a>) -> Option<Scheme<'a>> {
        let object = self.object(place, Kind::SecurityScheme)?;
        let kind = match self.reference(&object) {
            Some(reference) => SchemeKind::Ref(reference),
            None => self.scheme_kind(&object)?,
        };
        Some(Scheme {
            name,
            description: self.text(&object, "description"),
            deprecated: self.flag(&object, "deprecated").unwrap_or(false),
            kind,
            place: object.place,
        })
    }

    fn scheme_kind(&mut self, object: &Object<'a>) -> Option<SchemeKind<'a>> {
        let kind = self.required_text(object, "type", Kind::SecurityScheme)?;
        Some(match kind {
            "apiKey" => {
                let name = self.required_text(object, "name", Kind::SecurityScheme)?;
                let location = self.required_text(object, "in", Kind::SecurityScheme)?;
                SchemeKind::ApiKey {
                    location: self.location(object, location)?,
                    name,
                }
            }
            "http" => {
                let scheme = self.required_text(object, "scheme", Kind::SecurityScheme)?;
                SchemeKind::Http { scheme }
            }
            "oauth2" => SchemeKind::OAuth2 {
                flows: self.flows(object),
            },
            "openIdConnect" => SchemeKind::OpenIdConnect {
                url: self.text(object, "openIdConnectUrl"),
            },
            "mutualTLS" => SchemeKind::MutualTls,
            other => SchemeKind::Other(other),
        })
    }

    /// The flows of OAuth 2, which only say where and for what tokens are to be had.
    fn flows(&mut self, object: &Object<'a>) -> Vec<OAuthFlow<'a>> {
        let mut found = Vec::new();
        for (entry, place) in self.map(object, "flows") {
            if entry.key.starts_with("x-") {
                continue;
            }
            let Some(flow) = self.object(place, Kind::OAuthFlow) else {
                continue;
            };
            let urls = FLOW_URLS.iter();
            let urls = urls.filter_map(|key| Some((*key, self.text(&flow, key)?)));
            found.push(OAuthFlow {
                name: &entry.key,
                urls: urls.collect(),
                scopes: self.flow_scopes(&flow),
            });
        }
        found
    }

    fn flow_scopes(&mut self, flow: &Object<'a>) -> Vec<(&'a str, Option<&'a str>)> {
        let Some(scopes) = flow.child("scopes") else {
            return Vec::new();
        };
        let entries = self.tree.entries(scopes.node).iter();
        let entries = entries.filter(|entry| !entry.key.starts_with("x-"));
        entries
            .map(|entry| (entry.key.as_ref(), self.tree.string(entry.value)))
            .collect()
    }
}

/// The URLs that a flow may have.
const FLOW_URLS: &[&str] = &[
    "authorizationUrl",
    "deviceAuthorizationUrl",
    "tokenUrl",
    "refreshUrl",
];
