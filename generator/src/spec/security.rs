//! Security schemes and requirements.

use super::model::{Place, RequiredScheme, Requirement, Scheme, SchemeKind};
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
            "oauth2" => SchemeKind::OAuth2,
            "openIdConnect" => SchemeKind::OpenIdConnect,
            "mutualTLS" => SchemeKind::MutualTls,
            other => SchemeKind::Other(other),
        })
    }
}
