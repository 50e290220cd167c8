//! Parameters that are the whole query string (PR5), which leave no room for others.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::grammar::{Below, Kind};
use crate::load::{NodeId, Tree};
use crate::source::Span;

use super::{present, text};

/// What was met in the query of an operation so far.
#[derive(Default, Clone, Copy)]
struct Query {
    /// The first parameter that is the whole query string.
    whole: Option<Span>,
    /// The first one that is a part of it.
    part: Option<Span>,
}

/// Reports the operations of a path item that declare the query string twice. Parameters by reference
/// are not looked at: only `lower` follows references.
pub(super) fn check(diagnostics: &mut Diagnostics, tree: &Tree<'_>, item: NodeId) {
    let mut shared = Query::default();
    shared.add(diagnostics, tree, item);
    for entry in tree.entries(item) {
        match Kind::PathItem.below(&entry.key) {
            Some(Below::One(Kind::Operation)) => {
                { shared }.add(diagnostics, tree, entry.value);
            }
            Some(Below::Map(Kind::Operation)) => {
                for operation in tree.entries(entry.value) {
                    { shared }.add(diagnostics, tree, operation.value);
                }
            }
            _ => {}
        }
    }
}

impl Query {
    /// Adds the parameters of an object, and reports those that clash with what was met before.
    fn add(&mut self, diagnostics: &mut Diagnostics, tree: &Tree<'_>, object: NodeId) {
        let parameters = present(tree, object, "parameters");
        let parameters = parameters.map_or(&[][..], |entry| tree.items(entry.value));
        for parameter in parameters.iter().copied() {
            let span = tree.span(parameter);
            let other = match text(tree, parameter, "in") {
                Some("query") => {
                    self.part.get_or_insert(span);
                    self.whole
                }
                Some("querystring") => self.whole.replace(span).or(self.part),
                _ => continue,
            };
            if let Some(other) = other {
                let message = "a parameter `in: querystring` is the whole query of an operation";
                diagnostics.push(
                    Diagnostic::warning(Code::ExclusiveParts, span, message)
                        .label("this one claims a part of the same query")
                        .related(other, "the other parameter is here"),
                );
            }
        }
    }
}
