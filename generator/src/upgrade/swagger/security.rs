//! Security schemes of 2.0 (X11).

use crate::load::{NodeId, Tree};
use crate::source::Span;

use super::edit;

/// The flows of 2.0 and what they are called now.
const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

/// Rewrites a security scheme; gives the place of a spelling of 2.0.
pub(in super::super) fn rewrite(tree: &mut Tree<'_>, scheme: NodeId) -> Option<Span> {
    let entry = tree.entry(scheme, "type")?;
    let (key_span, kind) = (entry.key_span, entry.value);
    let span = tree.span(kind);
    match tree.string(kind)? {
        "basic" => {
            let http = edit::text(tree, "http", span);
            let basic = edit::text(tree, "basic", span);
            edit::set(tree, scheme, "type", key_span, http);
            edit::set(tree, scheme, "scheme", key_span, basic);
            Some(key_span)
        }
        "oauth2" => rewrite_flow(tree, scheme),
        _ => None,
    }
}

/// `flow` and its addresses beside it become an entry of `flows`.
fn rewrite_flow(tree: &mut Tree<'_>, scheme: NodeId) -> Option<Span> {
    let entry = tree.entry(scheme, "flow")?;
    let (key_span, node) = (entry.key_span, entry.value);
    let span = tree.span(node);
    let flow = tree.string(node)?;
    // A flow that nobody knows stays, and is told as an unknown key.
    let (_, name) = FLOWS.into_iter().find(|(old, _)| *old == flow)?;
    edit::remove(tree, scheme, "flow");
    let mut entries = Vec::new();
    for key in ["authorizationUrl", "tokenUrl", "scopes"] {
        let entry = edit::take(tree, scheme, key);
        entries.extend(entry.map(|entry| (key, entry.value)));
    }
    let flow = edit::mapping(tree, entries, span);
    let flows = edit::mapping(tree, [(name, flow)], span);
    edit::set(tree, scheme, "flows", key_span, flows);
    Some(key_span)
}
