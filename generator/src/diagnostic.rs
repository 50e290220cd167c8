//! What a run has to say to its user: errors and warnings with a code, a place and a way out.

mod code;
mod policy;
mod render;

pub use code::{Code, UnknownCode};
pub use policy::{Accept, Policy};

use crate::source::Span;
use policy::{Judge, Verdict};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was read in another way than it is written, or is left out; the output stands.
    Warning,
    /// No output is made.
    Error,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Diagnostic {
    /// What kind of finding this is; stable across versions.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where, if it has a place.
    pub span: Option<Span>,
    /// What the caret line says.
    pub label: Option<String>,
    /// Other places that belong to the finding, each with a word on why.
    pub related: Vec<(Span, String)>,
    /// Where else the same is found, if it is told once for the whole document.
    pub elsewhere: Vec<Span>,
    /// What to do, or which fallback was taken.
    pub help: Vec<String>,
    /// What is done in place of what cannot be generated, if the user wants to go on after an error.
    pub fallback: Option<&'static str>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span.into(), message.into())
    }

    /// A warning at a place.
    pub fn warning(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span.into(), message.into())
    }

    fn new(severity: Severity, code: Code, span: Option<Span>, message: String) -> Self {
        Self {
            code,
            severity,
            message,
            span,
            label: None,
            related: Vec::new(),
            elsewhere: Vec::new(),
            help: Vec::new(),
            fallback: None,
        }
    }

    /// Says what is done if the user wants to go on after this error. Whoever says it does it: the
    /// error may be a warning from here on.
    pub fn or_else(mut self, fallback: impl Into<Option<&'static str>>) -> Self {
        self.fallback = fallback.into();
        self
    }

    /// Says something under the caret.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Points at another place as well.
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Says that the same is found at other places: how many they are, and which are the first two.
    pub fn elsewhere(mut self, others: &[Span]) -> Self {
        match others.len() {
            0 => return self,
            1 => self.message.push_str(" (and at 1 other place)"),
            n => self.message += &format!(" (and at {n} other places)"),
        }
        let first = others.iter().take(2);
        self.related
            .extend(first.map(|place| (*place, "here too".to_owned())));
        self.elsewhere.extend(others);
        self
    }

    /// Says what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

/// Collects the findings of a run. Every phase takes it first.
#[derive(Debug, Default, Clone)]
#[must_use = "findings must reach the user"]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    accepted: usize,
    /// How many errors there were, with those that the user goes on after.
    mistakes: usize,
    judge: Judge,
}

/// How much there was to say at some time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    told: usize,
    accepted: usize,
    mistakes: usize,
}

/// A phase border was reached with errors; the findings say which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

impl Diagnostics {
    /// An empty collector. With `strict`, every warning is an error.
    pub fn new(strict: bool) -> Self {
        Self::by(Policy {
            strict,
            ..Policy::default()
        })
    }

    /// An empty collector that treats warnings as the user wants.
    pub fn by(policy: Policy) -> Self {
        Self {
            list: Vec::new(),
            accepted: 0,
            mistakes: 0,
            judge: Judge::new(policy),
        }
    }

    /// Tells the collector where the parts of the document are whose warnings are accepted. It must be
    /// called once the document is read, and before the run can be stopped.
    pub fn find_accepted(&mut self, place: impl Fn(&str) -> Option<Span>) {
        self.judge.find_parts(place);
        let found = std::mem::take(&mut self.list);
        found.into_iter().for_each(|finding| self.push(finding));
    }

    /// Adds a finding for each entry of `accept` that accepted nothing. It must be called at the end of
    /// the run: before it, what an entry is for may be yet to come.
    pub fn report_unused(&mut self) {
        let unused = self.judge.unused();
        unused.into_iter().for_each(|finding| self.push(finding));
    }

    /// How many warnings the user accepted, and so are not among the findings.
    #[must_use]
    pub const fn accepted(&self) -> usize {
        self.accepted
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.mistakes += usize::from(diagnostic.severity == Severity::Error);
        match self.judge.judge(diagnostic) {
            Verdict::Told(diagnostic) => self.list.push(diagnostic),
            Verdict::Accepted => self.accepted += 1,
        }
    }

    /// How much there is to say up to here.
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            told: self.list.len(),
            accepted: self.accepted,
            mistakes: self.mistakes,
        }
    }

    /// Whether there was an error since a mark, even if the user goes on after it.
    pub(crate) fn is_mistaken_since(&self, mark: Mark) -> bool {
        self.mistakes > mark.mistakes
    }

    /// Takes back what was said since a mark, because it was said before.
    pub(crate) fn take_back(&mut self, mark: Mark) {
        self.list.truncate(mark.told);
        self.accepted = mark.accepted;
    }

    /// Adds the findings of another collector behind those of this one.
    pub fn append(&mut self, other: Self) {
        other
            .list
            .into_iter()
            .for_each(|diagnostic| self.push(diagnostic));
    }

    /// Adds the findings of another collector, with what is done if the user goes on after them.
    pub(crate) fn append_with(&mut self, other: Self, fallback: &'static str) {
        let findings = other.list.into_iter();
        findings.for_each(|finding| self.push(finding.or_else(fallback)));
    }

    /// Ends the run at a phase border if there is an error, so that all mistakes of a phase are
    /// told at once.
    ///
    /// # Errors
    ///
    /// [`Stopped`] if there is at least one error.
    pub fn stop_if_errors(&self) -> Result<(), Stopped> {
        if self.has_errors() {
            Err(Stopped)
        } else {
            Ok(())
        }
    }

    /// Whether there is at least one error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Every finding, in the order of the phases.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// How many findings there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// Text of a document between backticks, for use in a message; the middle of a long one is left
/// out, because a document may hold a key of a megabyte.
#[must_use]
pub fn quoted(text: &str) -> String {
    const KEPT: usize = 30;
    if text.chars().nth(2 * KEPT + 3).is_none() {
        return format!("`{text}`");
    }
    let head = text.chars().take(KEPT);
    let tail = text
        .char_indices()
        .rev()
        .nth(KEPT - 1)
        .map_or(0, |(at, _)| at);
    format!(
        "`{}...{}`",
        head.collect::<String>(),
        text.get(tail..).unwrap_or("")
    )
}
