//! `type: file` (X5): bytes that are not described further.

use crate::load::{NodeId, Tree};
use crate::source::Span;

use super::edit;

/// Whether a schema, or a parameter, is a file.
pub(super) fn is_file(tree: &Tree<'_>, node: NodeId) -> bool {
    let kind = tree.get(node, "type").and_then(|node| tree.string(node));
    kind == Some("file")
}

/// The entries that make a schema of bytes.
pub(super) fn entries(tree: &mut Tree<'_>, span: Span) -> [(&'static str, NodeId); 2] {
    [
        ("type", edit::text(tree, "string", span)),
        ("format", edit::text(tree, "binary", span)),
    ]
}
