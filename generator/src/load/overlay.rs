//! Overlays (OpenAPI Overlay 1.0 and 1.1): changes to the root document that stand in files of their own.
//!
//! They are applied before anything else looks at the document. What comes from an overlay keeps its place
//! there, so later findings point into the overlay.

mod edit;
mod parser;
mod query;
mod search;

use std::collections::HashMap;

use super::{Limits, NodeId, Tree, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::near::nearest;
use crate::source::Span;

use edit::{Editor, Misfit};
use query::Query;
use search::{Path, find, node_at};

const OVERLAY_KEYS: &[&str] = &["overlay", "info", "extends", "actions"];

const ACTION_KEYS: &[&str] = &["target", "description", "update", "remove", "copy"];

/// Applies overlays in their order. `overlays` are their roots, which are in the tree already.
pub(super) fn apply(
    diagnostics: &mut Diagnostics,
    tree: &mut Tree<'_>,
    overlays: &[NodeId],
    limits: &Limits,
) {
    if overlays.is_empty() {
        return;
    }
    let size = Size::of(tree, tree.root());
    let mut application = Application {
        diagnostics,
        editor: Editor::new(tree),
        limits,
        size,
    };
    for overlay in overlays {
        if application.overlay(*overlay).is_none() {
            return;
        }
    }
}

/// How much the document is, at most.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    /// Its nodes with every shared one counted as often as it is met, in units of [`Limits`].
    expanded: usize,
    depth: usize,
}

impl Size {
    fn of(tree: &Tree<'_>, node: NodeId) -> Self {
        Self::known(tree, node, &mut HashMap::new())
    }

    /// It calls itself once per level. What is measured is at most as deep as a document and an overlay.
    fn known(tree: &Tree<'_>, node: NodeId, known: &mut HashMap<NodeId, Self>) -> Self {
        if let Some(size) = known.get(&node) {
            return *size;
        }
        let mut size = Self::default();
        if let Value::String(text) | Value::Number(text) = tree.value(node) {
            size.expanded = text.len() / 64;
        }
        for at in 0..search::len(tree, node) {
            if let Some(part) = search::child(tree, node, at) {
                let part = Self::known(tree, part, known);
                size.expanded = size.expanded.saturating_add(part.expanded);
                size.depth = size.depth.max(part.depth);
            }
        }
        size.expanded = size.expanded.saturating_add(1);
        size.depth += 1;
        known.insert(node, size);
        size
    }
}

struct Application<'d, 't, 's, 'l> {
    diagnostics: &'d mut Diagnostics,
    editor: Editor<'t, 's>,
    limits: &'l Limits,
    /// An upper bound, so that not every action needs to measure the document.
    size: Size,
}

impl Application<'_, '_, '_, '_> {
    /// Applies an overlay. `None` if the document became too large to go on with.
    fn overlay(&mut self, root: NodeId) -> Option<()> {
        let tree = &*self.editor.tree;
        let version = tree.get(root, "overlay");
        let text = version.and_then(|node| match tree.value(node) {
            Value::String(text) | Value::Number(text) => Some(text.clone()),
            _ => None,
        });
        let is_known = |text: &str| {
            let minor = text.strip_prefix("1.").unwrap_or("");
            matches!(minor.split('.').next(), Some("0" | "1"))
        };
        if !text.as_deref().is_some_and(is_known) {
            let span = tree.span(version.unwrap_or(root));
            let message = "this is not an overlay of version 1.0 or 1.1";
            let finding = Diagnostic::error(Code::Overlay, span, message);
            self.diagnostics
                .push(finding.help("an overlay begins with `overlay: 1.1.0`"));
            return Some(());
        }
        self.check_keys(root, OVERLAY_KEYS, "of an overlay");
        let tree = &*self.editor.tree;
        let actions = tree.get(root, "actions");
        let Some(actions) = actions.filter(|it| matches!(tree.value(*it), Value::Sequence(_)))
        else {
            let span = tree.span(actions.unwrap_or(root));
            self.mistake(span, "an overlay must have a list of `actions`");
            return Some(());
        };
        for action in tree.items(actions).to_vec() {
            self.action(action)?;
        }
        Some(())
    }

    /// Applies an action. What is wrong with it is told, and the next one is gone on with.
    fn action(&mut self, action: NodeId) -> Option<()> {
        self.check_keys(action, ACTION_KEYS, "of an action");
        let tree = &*self.editor.tree;
        let Some(target) = tree.get(action, "target") else {
            let span = tree.span(action);
            self.mistake(span, "this action has no `target`");
            return Some(());
        };
        let removes = tree.get(action, "remove");
        let removes = removes.is_some_and(|node| *tree.value(node) == Value::Bool(true));
        let (update, copy) = (tree.get(action, "update"), tree.get(action, "copy"));
        let Some(paths) = self.places(target) else {
            return Some(());
        };
        if paths.is_empty() {
            self.idle(target, "selects nothing in the document");
        } else if removes {
            self.remove(target, paths);
        } else if let Some(value) = update {
            return self.update(target, &paths, value);
        } else if let Some(source) = copy {
            return self.copy(target, &paths, source);
        } else {
            self.idle(target, "is selected, and nothing is done with it");
        }
        Some(())
    }

    /// The places that a query finds in the document.
    fn places(&mut self, query: NodeId) -> Option<Vec<Path>> {
        let tree = &*self.editor.tree;
        let span = tree.span(query);
        let Some(text) = tree.string(query) else {
            self.mistake(span, "a JSONPath must be a string");
            return None;
        };
        let parsed = match Query::parse(text) {
            Ok(parsed) => parsed,
            Err(wrong) => {
                let message = format!("{} is not a JSONPath: {wrong}", quoted(text));
                self.mistake(span, &message);
                return None;
            }
        };
        let found = find(tree, &parsed).ok();
        if found.is_none() {
            let message = "this JSONPath looks at too many places";
            self.diagnostics
                .push(Diagnostic::error(Code::Limit, span, message));
        }
        found
    }

    /// Takes away what was found, from behind, so that the positions before stay true.
    fn remove(&mut self, target: NodeId, mut paths: Vec<Path>) {
        paths.sort();
        if paths.first().is_some_and(Vec::is_empty) {
            let span = self.editor.tree.span(target);
            self.mistake(span, "the document itself cannot be removed");
            return;
        }
        for path in paths.iter().rev() {
            self.editor.remove(path);
        }
    }

    fn copy(&mut self, target: NodeId, paths: &[Path], source: NodeId) -> Option<()> {
        let Some(found) = self.places(source) else {
            return Some(());
        };
        let node = match found.as_slice() {
            [single] => node_at(self.editor.tree, single),
            _ => None,
        };
        let Some(node) = node else {
            let span = self.editor.tree.span(source);
            let message = format!("`copy` must select one value, and selects {}", found.len());
            self.mistake(span, &message);
            return Some(());
        };
        // Of what it holds now: the target may be a part of it.
        let value = self.editor.copy(node);
        self.update(target, paths, value)
    }

    fn update(&mut self, target: NodeId, paths: &[Path], value: NodeId) -> Option<()> {
        let added = Size::of(self.editor.tree, value);
        let mut misfit = None;
        for path in paths {
            if let Err(Misfit { target }) = self.editor.update(path, value) {
                misfit = misfit.or_else(|| Some((target, node_at(self.editor.tree, path)?)));
            }
        }
        if let Some((what, node)) = misfit {
            let (span, place) = (self.editor.tree.span(value), self.editor.tree.span(node));
            let message = format!("this cannot be merged into {what}");
            let finding = Diagnostic::error(Code::Overlay, span, message);
            self.diagnostics
                .push(finding.related(place, "this is what `target` selects"));
        }
        self.grow(paths.len(), added, target)
    }

    /// Keeps the document within the limits: copies of copies double with every action.
    fn grow(&mut self, times: usize, added: Size, target: NodeId) -> Option<()> {
        let is_fine = |size: Size, limits: &Limits| {
            size.expanded <= limits.max_expanded && size.depth <= limits.max_depth
        };
        let all = added.expanded.saturating_mul(times);
        self.size.expanded = self.size.expanded.saturating_add(all);
        self.size.depth += added.depth;
        if is_fine(self.size, self.limits) {
            return Some(());
        }
        self.size = Size::of(self.editor.tree, self.editor.tree.root());
        if is_fine(self.size, self.limits) {
            return Some(());
        }
        let span = self.editor.tree.span(target);
        let message = "this action makes the document too large or too deep";
        self.diagnostics
            .push(Diagnostic::error(Code::Limit, span, message));
        None
    }

    fn check_keys(&mut self, node: NodeId, known: &[&str], whose: &str) {
        for entry in self.editor.tree.entries(node) {
            let key = entry.key.as_ref();
            if known.contains(&key) || key.starts_with("x-") {
                continue;
            }
            let message = format!("unknown key {} {whose}", quoted(key));
            let finding = Diagnostic::warning(Code::UnknownKey, entry.key_span, message);
            self.diagnostics
                .push(match nearest(key, known.iter().copied()) {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding,
                });
        }
    }

    fn idle(&mut self, target: NodeId, what: &str) {
        let tree = &*self.editor.tree;
        let message = format!("{} {what}", quoted(tree.string(target).unwrap_or("")));
        let finding = Diagnostic::warning(Code::OverlayUnused, tree.span(target), message);
        self.diagnostics
            .push(finding.label("this action changes nothing"));
    }

    fn mistake(&mut self, span: Span, message: &str) {
        self.diagnostics
            .push(Diagnostic::error(Code::Overlay, span, message));
    }
}

#[cfg(test)]
mod tests;
