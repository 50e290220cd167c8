//! Spellings of another version than the document declares.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

use super::version::Version;

/// The places where a document uses one such spelling.
pub(super) struct Foreign {
    /// The spelling, and where it is from, as in "`nullable` is OpenAPI 3.0".
    what: &'static str,
    /// The version that has another spelling for it.
    since: Version,
    /// That spelling.
    instead: &'static str,
    places: Vec<Span>,
}

impl Foreign {
    /// No place yet.
    pub(super) fn new(what: &'static str, since: Version, instead: &'static str) -> Self {
        Self {
            what,
            since,
            instead,
            places: Vec::new(),
        }
    }

    /// Adds places.
    pub(super) fn extend(&mut self, places: impl IntoIterator<Item = Span>) {
        self.places.extend(places);
    }

    /// Says it once for the whole document: one spelling, used everywhere, is one finding.
    pub(super) fn report(&self, diagnostics: &mut Diagnostics, version: Version) {
        let Some((first, others)) = self.places.split_first() else {
            return;
        };
        let finding = Diagnostic::warning(
            Code::MixedDialect,
            *first,
            format!(
                "{}, but this is {} document",
                self.what,
                version.with_article()
            ),
        )
        .elsewhere(others)
        .label("read as it is meant")
        .help(format!(
            "{} says it with {}",
            version.max(self.since),
            self.instead
        ));
        diagnostics.push(finding);
    }
}
