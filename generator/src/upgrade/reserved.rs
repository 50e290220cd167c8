//! `allowReserved` outside of a query, which means something since 3.2 (PR17).

use crate::load::{NodeId, Tree};
use crate::source::Span;

/// The place of `allowReserved` on a path or cookie parameter.
pub(super) fn find(tree: &Tree<'_>, parameter: NodeId) -> Option<Span> {
    let place = tree.get(parameter, "in")?;
    let is_new = matches!(tree.string(place), Some("path" | "cookie"));
    let entry = tree.entry(parameter, "allowReserved")?;
    is_new.then_some(entry.key_span)
}
