//! The keys of each kind of object, in the order of the specification.

use super::Below::{self, Data, ExtensibleMap, List, Map, MapOfMaps, One, OneOrList};
use super::Kind;

pub(super) const DOCUMENT: &[(&str, Below)] = &[
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

pub(super) const INFO: &[(&str, Below)] = &[
    ("title", Data),
    ("summary", Data),
    ("description", Data),
    ("termsOfService", Data),
    ("contact", One(Kind::Contact)),
    ("license", One(Kind::License)),
    ("version", Data),
];

pub(super) const SERVER: &[(&str, Below)] = &[
    ("url", Data),
    ("name", Data),
    ("description", Data),
    ("variables", Map(Kind::ServerVariable)),
];

pub(super) const TAG: &[(&str, Below)] = &[
    ("name", Data),
    ("summary", Data),
    ("description", Data),
    ("parent", Data),
    ("kind", Data),
    ("externalDocs", One(Kind::ExternalDocs)),
];

pub(super) const COMPONENTS: &[(&str, Below)] = &[
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

pub(super) const PATH_ITEM: &[(&str, Below)] = &[
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

pub(super) const OPERATION: &[(&str, Below)] = &[
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

pub(super) const PARAMETER: &[(&str, Below)] = &[
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

pub(super) const HEADER: &[(&str, Below)] = &[
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

pub(super) const REQUEST_BODY: &[(&str, Below)] = &[
    ("description", Data),
    ("content", Map(Kind::MediaType)),
    ("required", Data),
];

pub(super) const MEDIA_TYPE: &[(&str, Below)] = &[
    ("schema", One(Kind::Schema)),
    ("itemSchema", One(Kind::Schema)),
    ("example", Data),
    ("examples", Map(Kind::Example)),
    ("encoding", Map(Kind::Encoding)),
    ("prefixEncoding", List(Kind::Encoding)),
    ("itemEncoding", One(Kind::Encoding)),
];

pub(super) const ENCODING: &[(&str, Below)] = &[
    ("contentType", Data),
    ("headers", Map(Kind::Header)),
    ("style", Data),
    ("explode", Data),
    ("allowReserved", Data),
    ("encoding", Map(Kind::Encoding)),
    ("prefixEncoding", List(Kind::Encoding)),
    ("itemEncoding", One(Kind::Encoding)),
];

pub(super) const RESPONSE: &[(&str, Below)] = &[
    ("summary", Data),
    ("description", Data),
    ("headers", Map(Kind::Header)),
    ("content", Map(Kind::MediaType)),
    ("links", Map(Kind::Link)),
];

pub(super) const EXAMPLE: &[(&str, Below)] = &[
    ("summary", Data),
    ("description", Data),
    ("value", Data),
    ("dataValue", Data),
    ("serializedValue", Data),
    ("externalValue", Data),
];

pub(super) const LINK: &[(&str, Below)] = &[
    ("operationRef", Data),
    ("operationId", Data),
    ("parameters", Data),
    ("requestBody", Data),
    ("description", Data),
    ("server", One(Kind::Server)),
];

pub(super) const SECURITY_SCHEME: &[(&str, Below)] = &[
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

pub(super) const OAUTH_FLOWS: &[(&str, Below)] = &[
    ("implicit", One(Kind::OAuthFlow)),
    ("password", One(Kind::OAuthFlow)),
    ("clientCredentials", One(Kind::OAuthFlow)),
    ("authorizationCode", One(Kind::OAuthFlow)),
    ("deviceAuthorization", One(Kind::OAuthFlow)),
];

pub(super) const OAUTH_FLOW: &[(&str, Below)] = &[
    ("authorizationUrl", Data),
    ("deviceAuthorizationUrl", Data),
    ("tokenUrl", Data),
    ("refreshUrl", Data),
    ("scopes", Data),
];

pub(super) const XML: &[(&str, Below)] = &[
    ("nodeType", Data),
    ("name", Data),
    ("namespace", Data),
    ("prefix", Data),
    ("attribute", Data),
    ("wrapped", Data),
];

pub(super) const SCHEMA: &[(&str, Below)] = &[
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
