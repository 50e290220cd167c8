//! Keys of which an object may have only one.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::grammar::Kind;
use crate::load::{NodeId, Tree};

use super::present;

/// Two keys that exclude each other: the one that is read, the one that should not be there, and what
/// is done.
struct Pair {
    kinds: &'static [Kind],
    read: &'static str,
    other: &'static str,
    label: &'static str,
}

const fn pair(
    kinds: &'static [Kind],
    read: &'static str,
    other: &'static str,
    label: &'static str,
) -> Pair {
    Pair {
        kinds,
        read,
        other,
        label,
    }
}

const VALUES: &[Kind] = &[Kind::Parameter, Kind::Header];
const EXAMPLES: &[Kind] = &[Kind::Parameter, Kind::Header, Kind::MediaType];
const PARTS: &[Kind] = &[Kind::MediaType, Kind::Encoding];

/// What is done about keys that change nothing that is generated.
const UNREAD: &str = "nothing is generated from either";
const BY_CONTENT: &str = "ignored, because `content` says how the value is written";
const BY_NAME: &str = "ignored, because `encoding` names the parts";

const PAIRS: &[Pair] = &[
    pair(EXAMPLES, "examples", "example", UNREAD),
    pair(VALUES, "content", "schema", BY_CONTENT),
    pair(VALUES, "content", "style", BY_CONTENT),
    pair(VALUES, "content", "explode", BY_CONTENT),
    pair(VALUES, "content", "allowReserved", BY_CONTENT),
    pair(&[Kind::Example], "value", "externalValue", UNREAD),
    pair(&[Kind::Example], "value", "dataValue", UNREAD),
    pair(&[Kind::Example], "value", "serializedValue", UNREAD),
    pair(&[Kind::Example], "serializedValue", "externalValue", UNREAD),
    pair(PARTS, "encoding", "prefixEncoding", BY_NAME),
    pair(PARTS, "encoding", "itemEncoding", BY_NAME),
    pair(&[Kind::Link], "operationId", "operationRef", UNREAD),
    pair(&[Kind::License], "identifier", "url", UNREAD),
    pair(&[Kind::Xml], "nodeType", "attribute", UNREAD),
    pair(&[Kind::Xml], "nodeType", "wrapped", UNREAD),
];

/// Reports the keys of an object that exclude each other.
pub(super) fn check(diagnostics: &mut Diagnostics, tree: &Tree<'_>, kind: Kind, node: NodeId) {
    for pair in PAIRS.iter().filter(|pair| pair.kinds.contains(&kind)) {
        let read = present(tree, node, pair.read);
        let (Some(read), Some(other)) = (read, present(tree, node, pair.other)) else {
            continue;
        };
        let (kind, read_key, key) = (kind.name(), pair.read, pair.other);
        let message = format!("`{key}` and `{read_key}` of the {kind} object exclude each other");
        diagnostics.push(
            Diagnostic::warning(Code::ExclusiveParts, other.key_span, message)
                .label(pair.label)
                .related(read.key_span, format!("`{read_key}` is here")),
        );
    }
}
