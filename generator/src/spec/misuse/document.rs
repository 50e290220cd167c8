//! What a document must have at its root.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::Tree;

use super::present;

/// The sections of which a document must have one.
const SECTIONS: [&str; 3] = ["paths", "webhooks", "components"];

/// A document without any section describes nothing that could be generated.
pub(super) fn check(diagnostics: &mut Diagnostics, tree: &Tree<'_>) {
    let root = tree.root();
    if SECTIONS
        .iter()
        .any(|key| present(tree, root, key).is_some())
    {
        return;
    }
    let message = "this document has none of `paths`, `webhooks` and `components`";
    diagnostics.push(
        Diagnostic::warning(Code::MissingKey, tree.span(root), message)
            .label("the crate has neither operations nor types")
            .help("add `paths` with the operations of the API, or `components` with its schemas"),
    );
}
