//! The lines of a text that a finding shows.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Snippet};

use crate::source::{Position, Sources, Span};

/// Lines of more bytes than this are cut to a window around the place: a minified document is one
/// line of megabytes.
const LONG_LINE: usize = 240;
/// How many bytes of a long line stand before the place, and how many from its start on.
const WINDOW: (usize, usize) = (40, 80);
/// Stands for what a window leaves out.
const DOTS: &str = "...";
/// Places of one file that are at most this many lines apart share an excerpt.
const CLOSE: usize = 4;
/// Stands for a path and position that the renderer must not work out by itself, because it sees a
/// window of the line only. [`clean`] keeps the character out of everything else.
const MARK: char = '\u{F8FF}';

/// Some lines of one file with the places in them.
pub(super) struct Excerpt<'a> {
    path: Cow<'a, str>,
    first_line: usize,
    /// The bytes of the file that are shown. They begin where a line does, unless a line is cut.
    shown: Range<usize>,
    /// The position to name and the column that the renderer will name, if a line is cut.
    cut: Option<(Position, usize)>,
    /// What a cut line's path is called until [`Excerpt::put_origin`].
    number: usize,
    text: &'a str,
    source: String,
    places: Vec<Place>,
    file: u32,
}

struct Place {
    bytes: Range<usize>,
    label: String,
    kind: AnnotationKind,
}

impl<'a> Excerpt<'a> {
    /// The excerpt for one place.
    pub(super) fn new(
        sources: &'a Sources,
        span: Span,
        label: &str,
        kind: AnnotationKind,
        number: usize,
    ) -> Self {
        let text = sources.text(span.file);
        let position = sources.position(span);
        let line = sources.line_range(span);
        let bytes = within(text, span, &line);
        let is_long = line.len() > LONG_LINE;
        let shown = if is_long {
            window(text, &line, &bytes)
        } else {
            line
        };
        let mut excerpt = Self {
            path: clean(sources.get(span.file).map_or("", |file| &file.path)),
            first_line: position.line,
            shown,
            cut: None,
            number,
            text,
            source: String::new(),
            places: vec![Place {
                bytes,
                label: label.to_owned(),
                kind,
            }],
            file: span.file.0,
        };
        excerpt.fill();
        if is_long {
            let column =
                excerpt.column(excerpt.places.first().map_or(0, |place| place.bytes.start));
            excerpt.cut = Some((position, column));
        }
        excerpt
    }

    /// Adds a place if it stands close to what is shown already.
    pub(super) fn take_in(
        &mut self,
        sources: &Sources,
        span: Span,
        label: &str,
        kind: AnnotationKind,
    ) -> bool {
        let line = sources.line_range(span);
        let number = sources.position(span).line;
        let last_line = self.first_line + self.source.matches('\n').count();
        let is_close = number + CLOSE >= self.first_line && number <= last_line + CLOSE;
        if span.file.0 != self.file || self.cut.is_some() || !is_close {
            return false;
        }
        let shown = self.shown.start.min(line.start)..self.shown.end.max(line.end);
        let text = self.text.get(shown.clone()).unwrap_or("");
        if text.lines().any(|line| line.len() > LONG_LINE) {
            return false;
        }
        self.places.push(Place {
            bytes: within(self.text, span, &line),
            label: label.to_owned(),
            kind,
        });
        self.first_line = self.first_line.min(number);
        self.shown = shown;
        self.fill();
        true
    }

    /// What the renderer needs to know.
    pub(super) fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let path = if self.cut.is_some() {
            Cow::Owned(self.mark())
        } else {
            Cow::Borrowed(&*self.path)
        };
        let annotations = self.places.iter().map(|place| {
            let span = self.offset(place.bytes.start)..self.offset(place.bytes.end);
            let label = (!place.label.is_empty()).then(|| one_line(&place.label));
            place.kind.span(span).label(label)
        });
        Snippet::source(self.source.as_str())
            .path(path)
            .line_start(self.first_line)
            .annotations(annotations)
    }

    /// Writes the true path and position of a cut line.
    pub(super) fn put_origin(&self, rendered: &mut String) {
        if let Some((position, column)) = self.cut {
            let mark = format!("{}:{}:{column}", self.mark(), self.first_line);
            let origin = format!("{}:{}:{}", self.path, position.line, position.column);
            *rendered = rendered.replacen(&mark, &origin, 1);
        }
    }

    fn mark(&self) -> String {
        format!("{MARK}{}{MARK}", self.number)
    }

    /// Writes down the lines that are shown, with dots where a long line goes on.
    fn fill(&mut self) {
        let shown = self.text.get(self.shown.clone()).unwrap_or("");
        let rest = self.text.get(self.shown.end..).unwrap_or("");
        let goes_on = !(rest.is_empty() || rest.starts_with('\n') || rest.starts_with("\r\n"));
        self.source = format!(
            "{}{}{}",
            self.dots(),
            clean(shown),
            if goes_on { DOTS } else { "" }
        );
    }

    /// What stands for the part of the line before the shown one.
    fn dots(&self) -> &'static str {
        let before = self.text.get(..self.shown.start).unwrap_or("");
        if before.is_empty() || before.ends_with(['\n', '\u{FEFF}']) {
            ""
        } else {
            DOTS
        }
    }

    /// Where a byte of the file stands in `source`, which differs in length where it was cleaned.
    fn offset(&self, byte: usize) -> usize {
        let before = self.text.get(self.shown.start..byte.min(self.shown.end));
        self.dots().len() + before.map_or(0, |before| clean(before).len())
    }

    /// The column that the renderer works out for a byte of the file.
    fn column(&self, byte: usize) -> usize {
        let before = self.text.get(self.shown.start..byte).unwrap_or("");
        self.dots().len() + before.chars().count() + 1
    }
}

/// The part of a span that lies on its first line, between characters.
fn within(text: &str, span: Span, line: &Range<usize>) -> Range<usize> {
    let start = floor(text, (span.start as usize).clamp(line.start, line.end));
    let end = floor(text, (span.end as usize).clamp(start, line.end));
    let written = text.get(start..end).unwrap_or("").trim_end();
    start..start + written.len()
}

/// The part of a long line that is shown for a place on it.
fn window(text: &str, line: &Range<usize>, place: &Range<usize>) -> Range<usize> {
    let start = floor(text, place.start.saturating_sub(WINDOW.0).max(line.start));
    let end = floor(text, (place.start + WINDOW.1).min(line.end));
    start..end.max(start)
}

/// The last border between characters at or before a byte.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Text without the characters that a terminal would obey and that the renderer lets through: the
/// C1 block, among them a second way to begin an escape sequence.
fn clean(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| c == MARK || matches!(c, '\u{80}'..='\u{9F}');
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| {
                if is_bad(c) {
                    char::REPLACEMENT_CHARACTER
                } else {
                    c
                }
            })
            .collect(),
    )
}

/// A message that may quote the document, in a form that is safe to print.
pub(super) fn message(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(&clean(text))
}

/// A message that must stay on its line.
pub(super) fn one_line(text: &str) -> String {
    message(text).replace('\n', " ")
}
