//! Which keys the objects of an OpenAPI document have, and what stands below them.
//!
//! The table is the superset of all versions that are read. `upgrade` walks by it to find every
//! schema without mistaking data (an `example` that has a key `nullable`) for one, and `spec` finds
//! misspelt keys with it.

mod tables;
pub(crate) mod walk;

/// The key of a newer version that an extension stands for in an older document: the registries of
/// OpenAPI have prefixes for them (W13, W14), and 2.0 has no unions of its own (W17).
pub(crate) fn backported(key: &str) -> Option<&str> {
    let registered = ["x-oai-", "x-jsonschema-"];
    let registered = registered
        .iter()
        .find_map(|prefix| key.strip_prefix(prefix));
    registered.or(match key {
        "x-oneOf" => Some("oneOf"),
        "x-anyOf" => Some("anyOf"),
        "x-webhooks" => Some("webhooks"),
        _ => None,
    })
}

/// A kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    Components,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Example,
    Link,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Schema,
    Discriminator,
    Xml,
}

/// What stands under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Below {
    /// A scalar, or data that is not part of the grammar.
    Data,
    /// One object.
    One(Kind),
    /// A sequence of objects.
    List(Kind),
    /// A mapping from names to objects.
    Map(Kind),
    /// A mapping from names to objects in which keys that start with `x-` are extensions.
    ExtensibleMap(Kind),
    /// A mapping from names to mappings of this kind: callbacks by name, then by expression.
    MapOfMaps(Kind),
    /// One object or a sequence of them (`items` before 2020-12).
    OneOrList(Kind),
}

use Below::{Data, ExtensibleMap, List, Map, MapOfMaps, One, OneOrList};

impl Kind {
    /// The keys of this kind of object.
    pub(crate) const fn keys(self) -> &'static [(&'static str, Below)] {
        match self {
            Self::Document => tables::DOCUMENT,
            Self::Info => tables::INFO,
            Self::Contact => &[("name", Data), ("url", Data), ("email", Data)],
            Self::License => &[("name", Data), ("identifier", Data), ("url", Data)],
            Self::Server => tables::SERVER,
            Self::ServerVariable => &[("enum", Data), ("default", Data), ("description", Data)],
            Self::Tag => tables::TAG,
            Self::ExternalDocs => &[("description", Data), ("url", Data)],
            Self::Components => tables::COMPONENTS,
            Self::PathItem => tables::PATH_ITEM,
            Self::Operation => tables::OPERATION,
            Self::Parameter => tables::PARAMETER,
            Self::Header => tables::HEADER,
            Self::RequestBody => tables::REQUEST_BODY,
            Self::MediaType => tables::MEDIA_TYPE,
            Self::Encoding => tables::ENCODING,
            Self::Response => tables::RESPONSE,
            Self::Example => tables::EXAMPLE,
            Self::Link => tables::LINK,
            Self::SecurityScheme => tables::SECURITY_SCHEME,
            Self::OAuthFlows => tables::OAUTH_FLOWS,
            Self::OAuthFlow => tables::OAUTH_FLOW,
            Self::Schema => tables::SCHEMA,
            Self::Discriminator => &[
                ("propertyName", Data),
                ("mapping", Data),
                ("defaultMapping", Data),
            ],
            Self::Xml => tables::XML,
        }
    }

    /// What stands under `key`, if the key is known, by itself or as an extension that means it.
    pub(crate) fn below(self, key: &str) -> Option<Below> {
        let key = backported(key).unwrap_or(key);
        self.keys()
            .iter()
            .find(|(known, _)| *known == key)
            .map(|(_, below)| *below)
    }

    /// The name of this kind in the specification.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Document => "OpenAPI",
            Self::Info => "Info",
            Self::Contact => "Contact",
            Self::License => "License",
            Self::Server => "Server",
            Self::ServerVariable => "Server Variable",
            Self::Tag => "Tag",
            Self::ExternalDocs => "External Documentation",
            Self::Components => "Components",
            Self::PathItem => "Path Item",
            Self::Operation => "Operation",
            Self::Parameter => "Parameter",
            Self::Header => "Header",
            Self::RequestBody => "Request Body",
            Self::MediaType => "Media Type",
            Self::Encoding => "Encoding",
            Self::Response => "Response",
            Self::Example => "Example",
            Self::Link => "Link",
            Self::SecurityScheme => "Security Scheme",
            Self::OAuthFlows => "OAuth Flows",
            Self::OAuthFlow => "OAuth Flow",
            Self::Schema => "Schema",
            Self::Discriminator => "Discriminator",
            Self::Xml => "XML",
        }
    }
}

/// The kind of object that a pointer leads to in a document, if the grammar tells.
pub(crate) fn kind_at(tokens: &[&str]) -> Option<Kind> {
    let mut kind = Kind::Document;
    let mut tokens = tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        kind = match kind.below(token)? {
            Data => return None,
            One(below) => below,
            List(below) | Map(below) | ExtensibleMap(below) => {
                tokens.next()?;
                below
            }
            MapOfMaps(below) => {
                tokens.next()?;
                tokens.next()?;
                below
            }
            OneOrList(below) => {
                let is_index = |token: &&&str| token.bytes().all(|byte| byte.is_ascii_digit());
                tokens.next_if(|token| is_index(token));
                below
            }
        };
    }
    Some(kind)
}

/// The key of `components` that objects of a kind stand under.
pub(crate) fn section(kind: Kind) -> &'static str {
    let is_section = |(_, below): &&(&str, Below)| matches!(below, Map(found) | MapOfMaps(found) if *found == kind);
    // Path items have a section of their own behind that of callbacks, which hold them.
    let section = tables::COMPONENTS.iter().rev().find(is_section);
    section.map_or("", |(key, _)| *key)
}

/// The kind of the objects in a section of `components`.
pub(crate) fn kind_in(section: &str) -> Option<Kind> {
    match Kind::Components.below(section)? {
        Map(kind) => Some(kind),
        _ => None,
    }
}
