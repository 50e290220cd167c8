//! Which warnings a user accepts, and which are errors (Y1).

use super::{Code, Diagnostic, Severity};
use crate::source::Span;

/// What a user thinks of warnings.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Every warning that is not accepted is an error.
    pub strict: bool,
    /// Warnings with these codes are errors, even if they are accepted.
    pub deny: Vec<Code>,
    /// Warnings that the user knows of and does not want to hear again.
    pub accept: Vec<Accept>,
    /// Errors that concern one operation or one schema are warnings: it is left out, or read as any
    /// value (Y2).
    pub keep_going: bool,
}

/// An entry of `accept`: a code, such as `mixed-dialect`, or a code in a part of the document, such as
/// `unsupported:#/paths/~1pets` or `unsupported:models/pet.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accept {
    /// The code.
    pub code: Code,
    /// The part, as a `$ref` in the root document leads to it.
    pub part: Option<String>,
    /// Where the entry is written.
    pub span: Option<Span>,
}

/// A [`Policy`] at work.
#[derive(Debug, Clone, Default)]
pub(super) struct Judge {
    strict: bool,
    deny: Vec<Code>,
    entries: Vec<Entry>,
    keep_going: bool,
}

#[derive(Debug, Clone)]
struct Entry {
    accept: Accept,
    part: Part,
    is_used: bool,
}

/// The part of the document that an entry is for.
#[derive(Debug, Clone, Copy)]
enum Part {
    Whole,
    /// The document is not read yet.
    Unknown,
    Within(Span),
    /// There is no such part.
    Nothing,
}

/// What becomes of a finding.
pub(super) enum Verdict {
    /// It is told.
    Told(Diagnostic),
    /// It is a warning that the user accepts.
    Accepted,
}

impl Judge {
    pub(super) fn new(policy: Policy) -> Self {
        let entries = policy.accept.into_iter().map(|accept| Entry {
            part: match accept.part {
                Some(_) => Part::Unknown,
                None => Part::Whole,
            },
            accept,
            is_used: false,
        });
        Self {
            strict: policy.strict,
            deny: policy.deny,
            entries: entries.collect(),
            keep_going: policy.keep_going,
        }
    }

    /// Looks up the parts that entries are for.
    pub(super) fn find_parts(&mut self, place: impl Fn(&str) -> Option<Span>) {
        for entry in &mut self.entries {
            if let Some(part) = &entry.accept.part {
                entry.part = place(part).map_or(Part::Nothing, Part::Within);
            }
        }
    }

    /// Accepts a warning, makes an error of it, or leaves it. An error that leaves the rest as it is may
    /// be a warning as well.
    pub(super) fn judge(&mut self, mut finding: Diagnostic) -> Verdict {
        if self.keep_going
            && finding.severity == Severity::Error
            && let Some(fallback) = finding.fallback
        {
            finding.severity = Severity::Warning;
            finding = match &finding.label {
                None => finding.label(fallback),
                Some(_) => finding.help(format!("kept going: {fallback}")),
            };
        }
        if finding.severity == Severity::Error {
            return Verdict::Told(finding);
        }
        let (mut is_accepted, mut is_open) = (false, false);
        let entries = self.entries.iter_mut();
        for entry in entries.filter(|entry| entry.accept.code == finding.code) {
            let covers = match entry.part {
                Part::Whole => true,
                Part::Within(part) => finding.span.is_some_and(|span| is_within(span, part)),
                Part::Unknown | Part::Nothing => false,
            };
            entry.is_used |= covers;
            is_accepted |= covers;
            is_open |= matches!(entry.part, Part::Unknown);
        }
        if self.deny.contains(&finding.code) {
            finding.severity = Severity::Error;
        } else if is_accepted {
            return Verdict::Accepted;
        } else if self.strict && !is_open {
            finding.severity = Severity::Error;
        }
        Verdict::Told(finding)
    }

    /// The entries that accepted nothing, as findings.
    pub(super) fn unused(&self) -> Vec<Diagnostic> {
        let unused = self.entries.iter().filter(|entry| !entry.is_used);
        let finding = |entry: &Entry| {
            let code = entry.accept.code;
            let message = match (&entry.accept.part, entry.part) {
                (Some(part), Part::Nothing) => format!("`{part}` leads to nothing"),
                (Some(part), _) => format!("there is no warning `{code}` at `{part}`"),
                (None, _) => format!("there is no warning `{code}`"),
            };
            Diagnostic::warning(Code::ConfigUnused, entry.accept.span, message)
                .label("this entry accepts nothing")
        };
        unused.map(finding).collect()
    }
}

fn is_within(span: Span, part: Span) -> bool {
    span.file == part.file && part.start <= span.start && span.end <= part.end
}

#[cfg(test)]
mod tests;
