//! The OpenAPI document as it is read: typed, tolerant, every value with its place.
//!
//! The tree is read with getters rather than with serde, so that a value of the wrong type costs a
//! finding with its line and never the document. References are kept as they are written; `lower`
//! follows them and asks [`Reader`] for what they lead to.

mod body;
mod children;
mod discriminator;
mod hint;
mod identifiers;
mod keys;
mod link;
mod lookup;
mod misuse;
mod model;
mod operation;
mod pointer;
mod rare;
mod reader;
mod schema;
mod schema_model;
mod security;
mod server;
mod tag;
mod uri;
mod value_notes;

pub(crate) use discriminator::Discriminator;
pub(crate) use model::{
    Document, Encoding, ExternalDocs, Link, Location, MediaType, Operation, Parameter, PathItem,
    Place, RefOr, Reference, RequestBody, RequiredScheme, Requirement, Response, Scheme,
    SchemeKind, Server, Style, Tag,
};
pub(crate) use pointer::Pointer;
pub(crate) use reader::Reader;
pub(crate) use schema::Schemas;
pub(crate) use schema_model::{Constraints, Data, Rare, Schema, SchemaId, Types};

use identifiers::Identifiers;

use crate::diagnostic::Diagnostics;
use crate::grammar::walk;
use crate::load::Tree;

/// Reads the document that the tree holds.
pub(crate) fn read<'a>(
    diagnostics: &mut Diagnostics,
    tree: &'a Tree<'a>,
) -> (Document<'a>, Schemas<'a>) {
    let objects = walk::objects(tree);
    keys::check(diagnostics, tree, &objects);
    misuse::check(diagnostics, tree, &objects);
    let mut schemas = Schemas::new(Identifiers::find(tree, &objects));
    let mut reader = Reader::new(diagnostics, tree, &mut schemas);
    let document = reader.document();
    reader.finish_schemas();
    (document, schemas)
}
