//! `$schema` and `jsonSchemaDialect`: which JSON Schema a schema is written in (A4).
//!
//! The spellings of the drafts have one meaning each, so they are read wherever they stand. What the
//! declaration decides is whether they are a mistake, and whether `id` is a keyword.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::grammar::{Kind, walk};
use crate::load::{NodeId, Tree};

use super::edit;

/// A version of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// Draft-03 and draft-04, where `$id` is `id`.
    WithId,
    /// Draft-06 and draft-07.
    Draft,
    /// 2019-09, 2020-12 and the dialects of OpenAPI.
    Present,
}

/// The schemas that are declared to be written in a draft.
#[derive(Default)]
pub(super) struct Drafts {
    schemas: HashSet<NodeId>,
}

impl Drafts {
    /// Whether the spellings of the drafts are those that a schema should have.
    pub(super) fn contains(&self, schema: NodeId) -> bool {
        self.schemas.contains(&schema)
    }
}

/// Finds the schemas that are written in a draft, and gives the `id` of the old ones its present name.
pub(super) fn read(diagnostics: &mut Diagnostics, tree: &mut Tree<'_>) -> Drafts {
    let mut drafts = Drafts::default();
    let root = (Kind::Document, tree.root());
    for (kind, node) in walk::objects(tree) {
        let key = if (kind, node) == root {
            "jsonSchemaDialect"
        } else if kind == Kind::Schema {
            "$schema"
        } else {
            continue;
        };
        // A draft inside of a draft is read as the outer one: they are spelt alike.
        if drafts.contains(node) {
            continue;
        }
        let dialect = declared(diagnostics, tree, node, key);
        if !matches!(dialect, Some(Dialect::WithId | Dialect::Draft)) {
            continue;
        }
        for (kind, node) in walk::below(tree, [(kind, node)]) {
            if kind != Kind::Schema {
                continue;
            }
            drafts.schemas.insert(node);
            let id = tree.get(node, "id").and_then(|node| tree.string(node));
            if dialect == Some(Dialect::WithId) && id.is_some() {
                edit::rename(tree, node, "id", "$id");
            }
        }
    }
    drafts
}

fn declared(
    diagnostics: &mut Diagnostics,
    tree: &Tree<'_>,
    object: NodeId,
    key: &str,
) -> Option<Dialect> {
    let node = tree.get(object, key)?;
    let address = tree.string(node)?.trim_end_matches('#');
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    Some(match address.trim_end_matches('/') {
        "json-schema.org/draft-03/schema" | "json-schema.org/draft-04/schema" => Dialect::WithId,
        "json-schema.org/draft-06/schema" | "json-schema.org/draft-07/schema" => Dialect::Draft,
        "json-schema.org/schema"
        | "json-schema.org/draft/2019-09/schema"
        | "json-schema.org/draft/2020-12/schema" => Dialect::Present,
        address if address.starts_with("spec.openapis.org/oas/") => Dialect::Present,
        _ => {
            diagnostics.push(
                Diagnostic::warning(
                    Code::UnknownDialect,
                    tree.span(node),
                    format!("this is not a dialect of JSON Schema that `{key}` is known to name"),
                )
                .label("read as JSON Schema 2020-12"),
            );
            return None;
        }
    })
}
