//! Findings as text for people, in the form that rustc made familiar.

mod excerpt;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer};

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::Sources;
use excerpt::{Excerpt, message, one_line};

impl Diagnostics {
    /// Every finding as text, with the lines that it is about; empty if there is none.
    #[must_use]
    pub fn render(&self, sources: &Sources, color: bool) -> String {
        let mut out = String::new();
        for diagnostic in self.iter() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&diagnostic.render(sources, color));
        }
        out
    }

    /// How many findings there are, such as `2 errors, 1 warning`.
    #[must_use]
    pub fn summary(&self) -> String {
        let counts = [(Severity::Error, "error"), (Severity::Warning, "warning")];
        let parts = counts
            .into_iter()
            .filter_map(|(severity, word)| match self.count(severity) {
                0 => None,
                1 => Some(format!("1 {word}")),
                count => Some(format!("{count} {word}s")),
            });
        let summary = parts.collect::<Vec<_>>().join(", ");
        if summary.is_empty() {
            "no errors".to_owned()
        } else {
            summary
        }
    }
}

impl Diagnostic {
    /// The finding as text that ends with a line break.
    #[must_use]
    pub fn render(&self, sources: &Sources, color: bool) -> String {
        let excerpts = self.excerpts(sources);
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level
            .primary_title(one_line(&self.message))
            .id(self.code.as_str());
        let snippets = excerpts.iter().map(Excerpt::snippet);
        let help = self
            .help
            .iter()
            .map(|text| Level::HELP.message(message(text)));
        let group = Group::with_title(title).elements(snippets).elements(help);
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut text = renderer.render(&[group]);
        for excerpt in &excerpts {
            excerpt.put_origin(&mut text);
        }
        text.push('\n');
        text
    }

    /// The places of the finding, with those that stand close together in one excerpt.
    fn excerpts<'a>(&self, sources: &'a Sources) -> Vec<Excerpt<'a>> {
        let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
        let primary = self.span.map(|span| {
            (
                span,
                self.label.as_deref().unwrap_or(""),
                AnnotationKind::Primary,
            )
        });
        let related = self
            .related
            .iter()
            .map(|(span, label)| (*span, label.as_str(), AnnotationKind::Context));
        for (span, label, kind) in primary.into_iter().chain(related) {
            if sources.get(span.file).is_none() {
                continue;
            }
            if !excerpts
                .iter_mut()
                .any(|excerpt| excerpt.take_in(sources, span, label, kind))
            {
                excerpts.push(Excerpt::new(sources, span, label, kind, excerpts.len()));
            }
        }
        excerpts
    }
}

#[cfg(test)]
mod tests;
