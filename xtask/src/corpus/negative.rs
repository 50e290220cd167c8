//! What is expected of the documents that their own suites call bad.
//!
//! `negatives.tsv` has a row for each of them: the code and the line of a finding, or `accepted`, and why.
//! Suites call bad what their own generator cannot do as well, so a document may be accepted with a
//! reason.

use std::collections::BTreeMap;

use serde::Serialize;

use super::row::{Finding, Made, Outcome};

/// The rows of the table, by the path of the document in the manifest.
pub(crate) struct Negatives<'t> {
    rows: BTreeMap<&'t str, Expectation<'t>>,
}

/// What is expected of one document, and why.
struct Expectation<'t> {
    /// A finding at a place; none if the document is accepted.
    finding: Option<Finding>,
    reason: &'t str,
}

/// How a document compares with what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verdict {
    /// It is rejected, or warned of, where it should be.
    Found(Finding),
    /// It is generated, and this is why.
    Accepted(String),
    /// It is not what the table says.
    Otherwise(String),
    /// The table says nothing about it.
    Unlisted,
}

/// The table of this repository.
const TABLE: &str = include_str!("negatives.tsv");

impl Negatives<'static> {
    /// The table of this repository.
    ///
    /// # Errors
    ///
    /// A sentence, if a row cannot be read.
    pub(crate) fn read() -> Result<Self, String> {
        Self::parse(TABLE)
    }
}

impl<'t> Negatives<'t> {
    fn parse(text: &'t str) -> Result<Self, String> {
        let mut rows = BTreeMap::new();
        for line in text.lines().skip(1) {
            let row = || {
                let mut cells = line.split('\t');
                let (path, expected, reason) = (cells.next()?, cells.next()?, cells.next()?);
                let finding = match expected {
                    "accepted" => None,
                    place => Some(Finding::parse(place)?),
                };
                Some((path, Expectation { finding, reason }))
            };
            let (path, expectation) =
                row().ok_or_else(|| format!("this row of negatives.tsv cannot be read: {line}"))?;
            rows.insert(path, expectation);
        }
        Ok(Self { rows })
    }

    /// Compares what became of the document at a path with what is expected of it.
    pub(crate) fn judge(&self, path: &str, made: &Made) -> Verdict {
        let Some(Expectation { finding, reason }) = self.rows.get(path) else {
            return Verdict::Unlisted;
        };
        match finding {
            Some(finding) if made.places.contains(finding) => Verdict::Found(finding.clone()),
            Some(finding) => Verdict::Otherwise(format!("no {finding}, although {reason}")),
            None if matches!(made.outcome, Outcome::Generated(_)) => {
                Verdict::Accepted((*reason).to_owned())
            }
            None => Verdict::Otherwise(format!("not generated, although {reason}")),
        }
    }
}

impl Verdict {
    /// Whether the document is as the table says.
    pub(crate) const fn is_explained(&self) -> bool {
        matches!(self, Self::Found(_) | Self::Accepted(_))
    }

    /// The verdict for a person.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Found(finding) => format!("found as expected: {finding}"),
            Self::Accepted(reason) => format!("accepted, because {reason}"),
            Self::Otherwise(what) => format!("NOT AS EXPECTED: {what}"),
            Self::Unlisted => "NOT LISTED in negatives.tsv".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
