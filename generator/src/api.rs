//! The IR: what an API is, whatever language it is written out in.
//!
//! Plain data, without references, dialects or Rust, and printable as JSON. Names are hints here;
//! only `plan::names` makes identifiers of them.

mod content;
mod direction;
mod operation;
mod renumber;
mod server;
mod types;
mod union;
mod values;

pub(crate) use content::{Codec, Content, EventShape, JsonFraming};
pub(crate) use direction::{Direction, directions, mentions, named, reach};
pub(crate) use operation::{
    Alternative, Body, Carrier, Continuation, Hook, Location, Operation, Options, Parameter,
    Response, Scheme, SchemeKind, Status, Style, StyleKind, Target,
};
pub(crate) use server::{Address, Piece, Server, Variable};
pub(crate) use types::{
    Constraints, Contains, Definition, Field, KeyLists, Kind, NameHint, NumberFormat, Part,
    RareConstraints, Reading, Role, Rule, StringFormat, Structure, Type, TypeDef, TypeId,
    without_alias,
};
pub(crate) use union::{Arrays, Dispatch, JsonType, Objects, Score, Union, Variant};
pub(crate) use values::{Enumeration, FieldDefault, Literal, Member, Others};

use serde::Serialize;

use crate::source::Span;

/// One API.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Api {
    /// `info.title`.
    pub(crate) title: String,
    /// `info.version`.
    pub(crate) version: String,
    /// `info.summary` and `info.description`.
    pub(crate) docs: Docs,
    /// Where the API is served: the servers of the document, then those that only some operations
    /// have. Each address is there once.
    pub(crate) servers: Vec<Server>,
    /// How many of them are those of the document, of which the first is the default.
    pub(crate) common_servers: usize,
    /// The declared tags, in order.
    pub(crate) tags: Vec<Tag>,
    /// Every type that has a name. [`TypeId`] is an index into this list.
    pub(crate) types: Vec<TypeDef>,
    /// Every operation that can be generated, in the order of the document.
    pub(crate) operations: Vec<Operation>,
    /// How many operations the document declares, whether they can be generated or not.
    pub(crate) declared_operations: usize,
    /// The security schemes that the operations refer to.
    pub(crate) schemes: Vec<Scheme>,
}

/// What a document says about a thing in prose. Markdown, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Docs {
    /// A title or a summary: one line.
    pub(crate) summary: Option<String>,
    /// A description: any number of lines.
    pub(crate) description: Option<String>,
    /// One example, as JSON text.
    pub(crate) example: Option<String>,
    /// What else it says that changes no type: a label and a text, such as a default.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) facts: Vec<(&'static str, String)>,
    /// A page that says more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) see: Option<Link>,
    /// Whether the document deprecates it.
    pub(crate) deprecated: bool,
}

/// A page outside of the document (A6, N9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Link {
    /// What it is about.
    pub(crate) description: Option<String>,
    /// Its address, as written.
    pub(crate) url: String,
}

/// Where a thing is declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Origin {
    /// The JSON pointer as a URI fragment, such as `#/components/schemas/Pet`.
    pub(crate) pointer: String,
    /// The place in the text.
    #[serde(skip)]
    pub(crate) span: Span,
}

/// A group of operations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Tag {
    /// Its name.
    pub(crate) name: String,
    /// What it is about, in a line.
    pub(crate) summary: Option<String>,
    /// What it is about.
    pub(crate) description: Option<String>,
    /// The tag that it belongs to.
    pub(crate) parent: Option<String>,
    /// A page that says more.
    pub(crate) see: Option<Link>,
}
