//! A schema as it is read. Strings borrow from the tree.

use std::fmt;

use serde::{Serialize, Serializer};

use super::discriminator::Discriminator;
use super::model::{ExternalDocs, Place, Reference};
use crate::load::{NodeId, Tree, Value};
use crate::source::Span;

/// The number of a schema in [`super::Schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub(crate) struct SchemaId(pub(crate) u32);

/// A Schema object.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Schema<'a> {
    pub(crate) place: Place<'a>,
    /// `true` or `false` in place of an object.
    pub(crate) boolean: Option<bool>,
    pub(crate) reference: Option<Reference<'a>>,
    /// Whether the reference leads to a template whose open parts are filled in here (B11).
    pub(crate) fills_in: bool,
    pub(crate) types: Types,
    /// `nullable: true` where there is no `type` to widen.
    pub(crate) nullable: bool,
    pub(crate) format: Option<&'a str>,
    /// The name that an extension asks for.
    pub(crate) hint: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
    /// Rare, and so behind a pointer.
    pub(crate) external_docs: Option<Box<ExternalDocs<'a>>>,
    pub(crate) deprecated: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    pub(crate) example: Option<Data<'a>>,
    pub(crate) default: Option<Data<'a>>,
    pub(crate) content_encoding: Option<&'a str>,
    pub(crate) content_media_type: Option<&'a str>,
    pub(crate) content_schema: Option<SchemaId>,
    /// Whether an extension says that the value must not be seen.
    pub(crate) sensitive: bool,
    pub(crate) enumeration: Option<Vec<Data<'a>>>,
    /// What extensions say about the values of `enumeration`, one by one; empty if they say nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) value_notes: Vec<ValueNote<'a>>,
    /// Whether an extension says that there are more values than `enumeration` lists (I19).
    pub(crate) extensible: bool,
    pub(crate) constant: Option<Data<'a>>,
    pub(crate) properties: Vec<(&'a str, SchemaId)>,
    /// The `$ref` that stands in place of the properties, which JSON Schema has no word for (B14).
    pub(crate) more_properties: Option<Reference<'a>>,
    #[serde(skip)]
    pub(crate) required: Vec<(&'a str, Span)>,
    pub(crate) additional_properties: Option<SchemaId>,
    pub(crate) items: Option<SchemaId>,
    pub(crate) all_of: Vec<SchemaId>,
    pub(crate) one_of: Vec<SchemaId>,
    pub(crate) any_of: Vec<SchemaId>,
    pub(crate) discriminator: Option<Box<Discriminator<'a>>>,
    pub(crate) constraints: Constraints<'a>,
    /// The keywords that few schemas have, if there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rare: Option<Box<Rare<'a>>>,
    /// Keywords that are there and that nothing is generated from yet.
    #[serde(skip)]
    pub(crate) unsupported: Vec<(&'a str, Span)>,
}

/// The keywords that narrow a value without changing its type. Numbers are kept as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Constraints<'a> {
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) minimum: Option<&'a str>,
    pub(crate) maximum: Option<&'a str>,
    pub(crate) exclusive_minimum: Option<&'a str>,
    pub(crate) exclusive_maximum: Option<&'a str>,
    pub(crate) multiple_of: Option<&'a str>,
    pub(crate) pattern: Option<&'a str>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) unique_items: bool,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
}

/// The keywords that few schemas have: tuples, patterns of names, conditions.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Rare<'a> {
    pub(crate) prefix_items: Vec<SchemaId>,
    pub(crate) unevaluated_items: Option<SchemaId>,
    pub(crate) contains: Option<SchemaId>,
    pub(crate) min_contains: Option<u64>,
    pub(crate) max_contains: Option<u64>,
    pub(crate) pattern_properties: Vec<(&'a str, SchemaId)>,
    pub(crate) property_names: Option<SchemaId>,
    pub(crate) unevaluated_properties: Option<SchemaId>,
    pub(crate) dependent_required: Vec<(&'a str, Vec<&'a str>)>,
    pub(crate) dependent_schemas: Vec<(&'a str, SchemaId)>,
    pub(crate) not: Option<SchemaId>,
    /// `if`.
    pub(crate) condition: Option<SchemaId>,
    pub(crate) then: Option<SchemaId>,
    /// `else`.
    pub(crate) otherwise: Option<SchemaId>,
    /// Where each of the keywords that are there is written.
    #[serde(skip)]
    pub(crate) spans: Vec<(&'a str, Span)>,
}

impl Rare<'_> {
    /// Where a keyword is written.
    pub(crate) fn span(&self, keyword: &str) -> Option<Span> {
        let found = self.spans.iter().find(|(known, _)| *known == keyword);
        found.map(|(_, span)| *span)
    }
}

/// The JSON types that a schema names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub(crate) struct Types {
    pub(crate) null: bool,
    pub(crate) boolean: bool,
    pub(crate) integer: bool,
    pub(crate) number: bool,
    pub(crate) string: bool,
    pub(crate) array: bool,
    pub(crate) object: bool,
}

/// What an extension says about a value of an `enum`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct ValueNote<'a> {
    /// What it is called.
    pub(crate) name: Option<&'a str>,
    /// What it means.
    pub(crate) description: Option<&'a str>,
}

/// A value of the document that is data rather than description: a default, an example, a member
/// of an `enum`.
#[derive(Clone, Copy)]
pub(crate) struct Data<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) node: NodeId,
}

impl<'a> Data<'a> {
    /// The value.
    pub(crate) fn value(&self) -> &'a Value<'a> {
        self.tree.value(self.node)
    }

    /// Where it is written.
    pub(crate) fn span(&self) -> Span {
        self.tree.span(self.node)
    }

    /// A scalar as it is written, quotes aside; `None` if it is `null` or no scalar.
    pub(crate) fn text(&self) -> Option<&'a str> {
        match self.value() {
            Value::String(text) | Value::Number(text) => Some(text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }
}

impl fmt::Debug for Data<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.tree.to_json_value(self.node))
    }
}

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.tree.to_json_value(self.node).serialize(serializer)
    }
}
