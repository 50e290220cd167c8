//! Keys that the specification does not know.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::grammar::Kind;
use crate::load::{NodeId, Tree};

use crate::near::nearest;

/// Warns of every unknown key of every object. In a schema, where JSON Schema allows any keyword
/// (L4), only a key that is nearly a known one is taken for a mistake.
pub(super) fn check(diagnostics: &mut Diagnostics, tree: &Tree<'_>, objects: &[(Kind, NodeId)]) {
    for (kind, node) in objects.iter().copied() {
        if tree.entry(node, "$ref").is_some() && kind != Kind::Schema && kind != Kind::PathItem {
            continue;
        }
        for entry in tree.entries(node) {
            let key = entry.key.as_ref();
            if key.starts_with("x-") || kind.below(key).is_some() {
                continue;
            }
            let near = nearest(key, kind.keys().iter().map(|(known, _)| *known));
            if kind == Kind::Schema && near.is_none() {
                continue;
            }
            let message = format!("`{key}` is not a key of the {} object", kind.name());
            let mut finding = Diagnostic::warning(Code::UnknownKey, entry.key_span, message);
            finding = match near {
                Some(near) => finding.label(format!("did you mean `{near}`?")),
                None => finding.label("ignored"),
            };
            diagnostics.push(finding);
        }
    }
}
