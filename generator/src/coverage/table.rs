//! What is done with each keyword, unless a finding says otherwise.
//!
//! What is in no list is enforced. The census in `tests/invariants/census.rs` puts every keyword into a
//! document, and compares what this table says with what the output shows.

use super::Treatment;
use crate::grammar::Kind;

type List = &'static [(Kind, &'static [&'static str])];

/// Keywords that stand in the documentation and change nothing else.
const CARRIED: List = &[
    (Kind::Document, &["tags", "externalDocs"]),
    (Kind::ExternalDocs, &["*"]),
    (Kind::Info, &["summary", "description"]),
    (Kind::ServerVariable, &["description"]),
    (Kind::Tag, &["summary", "description", "externalDocs"]),
    (Kind::Operation, &["summary", "description", "externalDocs"]),
    (Kind::Parameter, &["description", "deprecated"]),
    (Kind::Header, &["description"]),
    (Kind::RequestBody, &["description"]),
    (Kind::Response, &["description", "links"]),
    (Kind::Link, &["*"]),
    (Kind::SecurityScheme, &["description"]),
    (
        Kind::Schema,
        &[
            "title",
            "description",
            "example",
            "examples",
            "contentEncoding",
            "contentMediaType",
            "externalDocs",
        ],
    ),
];

/// Keywords that say nothing about types or the wire: words for people who read the document itself, and
/// hints for other tools. A star stands for all keywords of an object.
const IGNORED: List = &[
    (Kind::Document, &["$self"]),
    (Kind::Info, &["termsOfService", "contact", "license"]),
    (Kind::Contact, &["*"]),
    (Kind::License, &["*"]),
    (Kind::Tag, &["parent"]),
    (Kind::PathItem, &["summary", "description"]),
    (Kind::Parameter, &["example", "examples"]),
    (Kind::Header, &["example", "examples"]),
    (Kind::MediaType, &["example", "examples"]),
    (Kind::Example, &["*"]),
    (Kind::Response, &["summary"]),
    (Kind::SecurityScheme, &["bearerFormat", "oauth2MetadataUrl"]),
    (Kind::Schema, &["$vocabulary", "$comment", "xml"]),
    // Only a codec for XML would ask.
    (Kind::Xml, &["*"]),
];

/// What is done with a keyword of a kind of object.
pub(super) fn treatment(kind: Kind, key: &str) -> Treatment {
    let is_in = |list: List| {
        let mut rows = list.iter().filter(|(known, _)| *known == kind);
        rows.any(|(_, keys)| keys.contains(&key) || *keys == ["*"])
    };
    if is_in(CARRIED) {
        Treatment::Carried
    } else if is_in(IGNORED) {
        Treatment::Ignored
    } else {
        Treatment::Enforced
    }
}
