//! Which keys the objects of an OpenAPI document have, and what stands below them.
//!
//! The table is the superset of all versions that are read. `upgrade` walks by it to find every
//! schema without mistaking data (an `example` that has a key `nullable`) for one, and `spec` finds
//! misspelt keys with it.

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
            Self::Document => DOCUMENT,
            Self::Info => INFO,
            Self::Contact => &[("name", Data), ("url", Data), ("email", Data)],
            Self::License => &[("name", Data), ("identifier", Data), ("url", Data)],
            Self::Server => SERVER,
            Self::ServerVariable => &[("enum", Data), ("default", Data), ("description", Data)],
            Self::Tag => TAG,
            Self::ExternalDocs => &[("description", Data), ("url", Data)],
            Self::Components => COMPONENTS,
            Self::PathItem => PATH_ITEM,
            Self::Operation => OPERATION,
            Self::Parameter => PARAMETER,
            Self::Header => HEADER,
            Self::RequestBody => REQUEST_BODY,
            Self::MediaType => MEDIA_TYPE,
            Self::Encoding => ENCODING,
            Self::Response => RESPONSE,
            Self::Example => EXAMPLE,
            Self::Link => LINK,
            Self::SecurityScheme => SECURITY_SCHEME,
            Self::OAuthFlows => OAUTH_FLOWS,
            Self::OAuthFlow => OAUTH_FLOW,
            Self::Schema => SCHEMA,
            Self::Discriminator => &[
                ("propertyName", Data),
                ("mapping", Data),
                ("defaultMapping", Data),
            ],
            Self::Xml => XML,
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
    let section = COMPONENTS.iter().rev().find(is_section);
    section.map_or("", |(key, _)| *key)
}

/// The kind of the objects in a section of `components`.
pub(crate) fn kind_in(section: &str) -> Option<Kind> {
    match Kind::Components.below(section)? {
        Map(kind) => Some(kind),
        _ => None,
    }
}

const DOCUMENT: &[(&str, Below)] = &[
    ("openapi", Data),
    ("$self", Data),
    ("info", One(Kind::Info)),
    ("jsonSchemaDialect", Data),
    ("servers", List(Kind::Server)),
    ("paths", ExtensibleMap(Kind::PathItem)),
    ("x-ms-paths", ExtensibleMap(Kind::PathItem)),
    ("webhooks", Map(Kind::PathItem)),
    ("components", One(Kind::Components)),
    ("security", Data),
    ("tags", List(Kind::Tag)),
    ("externalDocs", One(Kind::ExternalDocs)),
];

const INFO: &[(&str, Below)] = &[
    ("title", Data),
    ("summary", Data),
    ("description", Data),
    ("termsOfService", Data),
    ("contact", One(Kind::Contact)),
    ("license", One(Kind::License)),
    ("version", Data),
];

const SERVER: &[(&str, Below)] = &[
    ("url", Data),
    ("name", Data),
    ("description", Data),
    ("variables", Map(Kind::ServerVariable)),
];

const TAG: &[(&str, Below)] = &[
    ("name", Data),
    ("summary", Data),
    ("description", Data),
    ("parent", Data),
    ("kind", Data),
    ("externalDocs", One(Kind::ExternalDocs)),
];

const COMPONENTS: &[(&str, Below)] = &[
    ("schemas", Map(Kind::Schema)),
    ("responses", Map(Kind::Response)),
    ("parameters", Map(Kind::Parameter)),
    ("examples", Map(Kind::Example)),
    ("requestBodies", Map(Kind::RequestBody)),
    ("headers", Map(Kind::Header)),
    ("securitySchemes", Map(Kind::SecurityScheme)),
    ("links", Map(Kind::Link)),
    ("callbacks", MapOfMaps(Kind::PathItem)),
    ("pathItems", Map(Kind::PathItem)),
    ("mediaTypes", Map(Kind::MediaType)),
];

const PATH_ITEM: &[(&str, Below)] = &[
    ("$ref", Data),
    ("summary", Data),
    ("description", Data),
    ("get", One(Kind::Operation)),
    ("put", One(Kind::Operation)),
    ("post", One(Kind::Operation)),
    ("delete", One(Kind::Operation)),
    ("options", One(Kind::Operation)),
    ("head", One(Kind::Operation)),
    ("patch", One(Kind::Operation)),
    ("trace", One(Kind::Operation)),
    ("query", One(Kind::Operation)),
    ("additionalOperations", Map(Kind::Operation)),
    ("servers", List(Kind::Server)),
    ("parameters", List(Kind::Parameter)),
];

const OPERATION: &[(&str, Below)] = &[
    ("tags", Data),
    ("summary", Data),
    ("description", Data),
    ("externalDocs", One(Kind::ExternalDocs)),
    ("operationId", Data),
    ("parameters", List(Kind::Parameter)),
    ("requestBody", One(Kind::RequestBody)),
    ("responses", ExtensibleMap(Kind::Response)),
    ("callbacks", MapOfMaps(Kind::PathItem)),
    ("deprecated", Data),
    ("security", Data),
    ("servers", List(Kind::Server)),
];

const PARAMETER: &[(&str, Below)] = &[
    ("name", Data),
    ("in", Data),
    ("description", Data),
    ("required", Data),
    ("deprecated", Data),
    ("allowEmptyValue", Data),
    ("style", Data),
    ("explode", Data),
    ("allowReserved", Data),
    ("schema", One(Kind::Schema)),
    ("example", Data),
    ("examples", Map(Kind::Example)),
    ("content", Map(Kind::MediaType)),
];

const HEADER: &[(&str, Below)] = &[
    ("description", Data),
    ("required", Data),
    ("deprecated", Data),
    ("allowEmptyValue", Data),
    ("style", Data),
    ("explode", Data),
    ("schema", One(Kind::Schema)),
    ("example", Data),
    ("examples", Map(Kind::Example)),
    ("content", Map(Kind::MediaType)),
];

const REQUEST_BODY: &[(&str, Below)] = &[
    ("description", Data),
    ("content", Map(Kind::MediaType)),
    ("required", Data),
];

const MEDIA_TYPE: &[(&str, Below)] = &[
    ("schema", One(Kind::Schema)),
    ("itemSchema", One(Kind::Schema)),
    ("example", Data),
    ("examples", Map(Kind::Example)),
    ("encoding", Map(Kind::Encoding)),
    ("prefixEncoding", List(Kind::Encoding)),
    ("itemEncoding", One(Kind::Encoding)),
];

const ENCODING: &[(&str, Below)] = &[
    ("contentType", Data),
    ("headers", Map(Kind::Header)),
    ("style", Data),
    ("explode", Data),
    ("allowReserved", Data),
    ("encoding", Map(Kind::Encoding)),
    ("prefixEncoding", List(Kind::Encoding)),
    ("itemEncoding", One(Kind::Encoding)),
];

const RESPONSE: &[(&str, Below)] = &[
    ("summary", Data),
    ("description", Data),
    ("headers", Map(Kind::Header)),
    ("content", Map(Kind::MediaType)),
    ("links", Map(Kind::Link)),
];

const EXAMPLE: &[(&str, Below)] = &[
    ("summary", Data),
    ("description", Data),
    ("value", Data),
    ("dataValue", Data),
    ("serializedValue", Data),
    ("externalValue", Data),
];

const LINK: &[(&str, Below)] = &[
    ("operationRef", Data),
    ("operationId", Data),
    ("parameters", Data),
    ("requestBody", Data),
    ("description", Data),
    ("server", One(Kind::Server)),
];

const SECURITY_SCHEME: &[(&str, Below)] = &[
    ("type", Data),
    ("description", Data),
    ("name", Data),
    ("in", Data),
    ("scheme", Data),
    ("bearerFormat", Data),
    ("flows", One(Kind::OAuthFlows)),
    ("openIdConnectUrl", Data),
    ("oauth2MetadataUrl", Data),
    ("deprecated", Data),
];

const OAUTH_FLOWS: &[(&str, Below)] = &[
    ("implicit", One(Kind::OAuthFlow)),
    ("password", One(Kind::OAuthFlow)),
    ("clientCredentials", One(Kind::OAuthFlow)),
    ("authorizationCode", One(Kind::OAuthFlow)),
    ("deviceAuthorization", One(Kind::OAuthFlow)),
];

const OAUTH_FLOW: &[(&str, Below)] = &[
    ("authorizationUrl", Data),
    ("deviceAuthorizationUrl", Data),
    ("tokenUrl", Data),
    ("refreshUrl", Data),
    ("scopes", Data),
];

const XML: &[(&str, Below)] = &[
    ("nodeType", Data),
    ("name", Data),
    ("namespace", Data),
    ("prefix", Data),
    ("attribute", Data),
    ("wrapped", Data),
];

const SCHEMA: &[(&str, Below)] = &[
    ("$id", Data),
    ("$schema", Data),
    ("$ref", Data),
    ("$anchor", Data),
    ("$dynamicRef", Data),
    ("$dynamicAnchor", Data),
    ("$vocabulary", Data),
    ("$comment", Data),
    ("$defs", Map(Kind::Schema)),
    ("definitions", Map(Kind::Schema)),
    ("type", Data),
    ("format", Data),
    ("nullable", Data),
    ("enum", Data),
    ("const", Data),
    ("title", Data),
    ("description", Data),
    ("default", Data),
    ("example", Data),
    ("examples", Data),
    ("deprecated", Data),
    ("readOnly", Data),
    ("writeOnly", Data),
    ("externalDocs", One(Kind::ExternalDocs)),
    ("discriminator", One(Kind::Discriminator)),
    ("xml", One(Kind::Xml)),
    ("multipleOf", Data),
    ("maximum", Data),
    ("exclusiveMaximum", Data),
    ("minimum", Data),
    ("exclusiveMinimum", Data),
    ("maxLength", Data),
    ("minLength", Data),
    ("pattern", Data),
    ("maxItems", Data),
    ("minItems", Data),
    ("uniqueItems", Data),
    ("maxContains", Data),
    ("minContains", Data),
    ("maxProperties", Data),
    ("minProperties", Data),
    ("required", Data),
    ("dependentRequired", Data),
    ("contentEncoding", Data),
    ("contentMediaType", Data),
    ("contentSchema", One(Kind::Schema)),
    ("allOf", List(Kind::Schema)),
    ("oneOf", List(Kind::Schema)),
    ("anyOf", List(Kind::Schema)),
    ("not", One(Kind::Schema)),
    ("if", One(Kind::Schema)),
    ("then", One(Kind::Schema)),
    ("else", One(Kind::Schema)),
    ("dependentSchemas", Map(Kind::Schema)),
    ("dependencies", Map(Kind::Schema)),
    ("properties", Map(Kind::Schema)),
    ("patternProperties", Map(Kind::Schema)),
    ("additionalProperties", One(Kind::Schema)),
    ("propertyNames", One(Kind::Schema)),
    ("unevaluatedProperties", One(Kind::Schema)),
    ("items", OneOrList(Kind::Schema)),
    ("prefixItems", List(Kind::Schema)),
    ("additionalItems", One(Kind::Schema)),
    ("unevaluatedItems", One(Kind::Schema)),
    ("contains", One(Kind::Schema)),
];
