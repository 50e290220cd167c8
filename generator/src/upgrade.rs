//! Old dialects to the newest one, on the tree. Nobody behind this phase asks for the version.
//!
//! What comes out is OpenAPI 3.2 with one spelling more: `nullable: true` stays where a schema has
//! no `type` that could take a `"null"`, because `$ref` and `allOf` with `nullable` are common and
//! 3.2 has no word for them (mapping H8).

mod bounds;
mod nullable;
mod version;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::grammar::{Kind, walk};
use crate::load::{NodeId, Tree};
use crate::source::Span;
use version::Version;

/// Rewrites the tree to the newest dialect.
pub(crate) fn upgrade<'s>(diagnostics: &mut Diagnostics, mut tree: Tree<'s>) -> Tree<'s> {
    let Some(version) = version::read(diagnostics, &tree) else {
        return tree;
    };
    let schemas: Vec<NodeId> = walk::objects(&tree)
        .into_iter()
        .filter_map(|(kind, node)| (kind == Kind::Schema).then_some(node))
        .collect();
    let mut nullable = Foreign::new("`nullable`");
    let mut bounds = Foreign::new("a boolean `exclusiveMinimum` or `exclusiveMaximum`");
    for schema in schemas {
        nullable.places.extend(nullable::rewrite(&mut tree, schema));
        bounds.places.extend(bounds::rewrite(&mut tree, schema));
    }
    if version >= Version::V31 {
        nullable.report(diagnostics, version, "a `\"null\"` in `type`");
        bounds.report(diagnostics, version, "a number under the same keyword");
    }
    tree
}

/// The places where a document uses a spelling of another version than it declares.
struct Foreign {
    what: &'static str,
    places: Vec<Span>,
}

impl Foreign {
    fn new(what: &'static str) -> Self {
        Self {
            what,
            places: Vec::new(),
        }
    }

    /// Says it once for the whole document: one spelling, used everywhere, is one finding.
    fn report(&self, diagnostics: &mut Diagnostics, version: Version, instead: &str) {
        let Some((first, others)) = self.places.split_first() else {
            return;
        };
        let places = match others.len() {
            0 => String::new(),
            1 => " (and at 1 other place)".to_owned(),
            n => format!(" (and at {n} other places)"),
        };
        let mut finding = Diagnostic::warning(
            Code::MixedDialect,
            *first,
            format!(
                "{} is OpenAPI 3.0, but this is a {version} document{places}",
                self.what
            ),
        )
        .label("read as it is meant")
        .help(format!("OpenAPI {version} says it with {instead}"));
        for place in others.iter().take(2) {
            finding = finding.related(*place, "here too");
        }
        diagnostics.push(finding);
    }
}

/// Takes an entry out of a mapping.
fn remove_entry(tree: &mut Tree<'_>, mapping: NodeId, key: &str) {
    if let crate::load::Value::Mapping(entries) = &mut tree.node_mut(mapping).value {
        entries.retain(|entry| entry.key != key);
    }
}

#[cfg(test)]
mod tests;
