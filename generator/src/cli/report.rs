//! What a run prints.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use annotate_snippets::{Group, Level, Renderer};

use super::Host;
use super::failure::{Failure, Problem};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::Sources;

/// How many findings of one code are printed. The thousandth of a kind tells nothing new, and the
/// few of another kind must not drown.
const SHOWN: usize = 50;

/// Prints messages in the way that the arguments ask for.
pub(super) struct Report<'h, 'w> {
    pub(super) host: &'h mut Host<'w>,
    color: bool,
    all: bool,
    /// The codes of the findings so far.
    codes: BTreeSet<Code>,
}

// A failure to print cannot be told to anyone, so the functions here ignore it. A reader that goes
// away, such as `head`, is no reason to fail either.
impl<'h, 'w> Report<'h, 'w> {
    pub(super) const fn new(host: &'h mut Host<'w>, color: bool, all: bool) -> Self {
        Self {
            host,
            color,
            all,
            codes: BTreeSet::new(),
        }
    }

    /// Ends the run: says once where to read more about the codes that were printed.
    pub(super) fn finish(&mut self) {
        let codes: Vec<&str> = self.codes.iter().map(|code| code.as_str()).collect();
        match codes.as_slice() {
            [] => {}
            [code] => self.line(format_args!("`oarlock explain {code}` tells more")),
            codes => self.line(format_args!(
                "`oarlock explain CODE` tells more about {}",
                codes.join(", ")
            )),
        }
    }

    /// Prints a result.
    pub(super) fn result(&mut self, text: &str) {
        let _ = self.host.stdout.write_all(text.as_bytes());
        let _ = self.host.stdout.flush();
    }

    /// Prints a line for the user.
    pub(super) fn line(&mut self, line: fmt::Arguments<'_>) {
        let _ = writeln!(self.host.stderr, "{line}");
    }

    /// Prints what kept a run from starting.
    pub(super) fn problem(&mut self, problem: &Problem) {
        match problem {
            Problem::Failure(failure) => self.failure(failure),
            Problem::Findings(findings, sources) => self.findings(findings, sources),
        }
    }

    /// Prints an error that has no place in a text.
    pub(super) fn failure(&mut self, failure: &Failure) {
        self.message(Level::ERROR, failure);
    }

    /// Prints a warning that has no place in a text.
    pub(super) fn warning(&mut self, failure: &Failure) {
        self.message(Level::WARNING, failure);
    }

    fn message(&mut self, level: Level<'_>, failure: &Failure) {
        let help = failure.help.iter().map(|text| Level::HELP.message(text));
        let group = Group::with_title(level.primary_title(&failure.message)).elements(help);
        let renderer = if self.color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        self.line(format_args!("{}", renderer.render(&[group])));
    }

    /// Prints findings, of each code only so many.
    pub(super) fn findings(&mut self, findings: &Diagnostics, sources: &Sources) {
        let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
        let mut shown = Diagnostics::default();
        for finding in findings.iter() {
            let count = counts.entry(finding.code).or_default();
            *count += 1;
            if self.all || *count <= SHOWN {
                shown.push(finding.clone());
            }
        }
        if shown.is_empty() {
            return;
        }
        self.codes.extend(counts.keys());
        self.line(format_args!("{}", shown.render(sources, self.color)));
        for (code, count) in counts {
            if count > SHOWN && !self.all {
                self.line(format_args!(
                    "... and {} more [{code}] (--all shows them)",
                    count - SHOWN
                ));
            }
        }
    }
}
