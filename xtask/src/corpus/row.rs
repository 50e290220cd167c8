//! A row of the table: what became of one document.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use oarlock::diagnostic::Code;

use serde::{Deserialize, Serialize};

use super::negative::Verdict;

/// What the suite that a document is from says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    /// It is an OpenAPI document.
    Document,
    /// It is bad.
    Negative,
}

/// What became of one document.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    /// Its path below the folder.
    pub(crate) name: String,
    /// What its suite says of it.
    pub(crate) role: Role,
    /// How a bad document compares with what is expected of it.
    pub(crate) verdict: Option<Verdict>,
    /// What the generator made of it.
    #[serde(flatten)]
    pub(crate) made: Made,
    /// What rustc says about the crate, if it was asked.
    pub(crate) compiled: Option<Compiled>,
    /// The name of the crate.
    pub(crate) package: String,
}

/// What the generator made of one document, and what that cost.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Made {
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// How long it took.
    pub(crate) seconds: f64,
    /// How long the processors worked for it, where the system tells.
    pub(crate) cpu_seconds: Option<f64>,
    /// The most memory that it held, where the system tells.
    pub(crate) peak_bytes: Option<u64>,
    /// How many warnings there are of each code; all findings, if it was rejected.
    pub(crate) findings: BTreeMap<String, usize>,
    /// Where they are, if they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) places: Vec<Finding>,
}

/// A code, and the line of the document that it was found at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Finding {
    pub(crate) code: String,
    pub(crate) line: usize,
}

impl Finding {
    /// Reads `wrong-value:12`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (code, line) = text.split_once(':')?;
        let code = Code::from_str(code).ok()?.to_string();
        Some(Self {
            code,
            line: line.parse().ok()?,
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.code, self.line)
    }
}

/// How a document ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Outcome {
    /// Generated.
    Generated(Size),
    /// Refused, with the first error.
    Rejected(Refusal),
    /// The generator panicked or was killed, which is a mistake of ours.
    Panicked(String),
}

impl Default for Outcome {
    fn default() -> Self {
        Self::Panicked(String::new())
    }
}

/// How much was made.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Size {
    pub(crate) operations: usize,
    pub(crate) declared_operations: usize,
    pub(crate) types: usize,
    pub(crate) fields: usize,
    pub(crate) files: usize,
    /// The lines of all files.
    pub(crate) lines: usize,
    /// The lines of the files of types, which grow with the schemas.
    pub(crate) type_lines: usize,
}

/// Why a document was refused.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Refusal {
    pub(crate) code: String,
    pub(crate) message: String,
    /// The file, line and column, if the error has a place.
    pub(crate) place: Option<String>,
}

/// What rustc says about a generated crate.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Compiled {
    /// Nothing.
    Fine,
    /// It compiles with warnings.
    Warned(Complaints),
    /// It does not compile.
    Failed(Complaints),
}

/// What rustc complains about in one crate.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Complaints {
    /// How many complaints there are.
    pub(crate) count: usize,
    /// The first one, errors before warnings, in one line.
    pub(crate) first: String,
    /// Where it is, below the folder of the crate.
    pub(crate) place: Option<String>,
}

impl Row {
    /// Whether neither the generator nor rustc shows a mistake of ours, and a bad document is treated as
    /// it should be. A document that is refused shows none.
    pub(crate) const fn is_fine(&self) -> bool {
        let panicked = matches!(self.made.outcome, Outcome::Panicked(_));
        let complained = matches!(
            self.compiled,
            Some(Compiled::Warned(_) | Compiled::Failed(_))
        );
        !panicked && !complained && self.is_explained()
    }

    /// Whether a bad document is treated as it should be.
    const fn is_explained(&self) -> bool {
        match &self.verdict {
            Some(verdict) => verdict.is_explained(),
            None => true,
        }
    }

    /// Whether the row is what one hopes for: a document that is generated whole, or a bad one that is
    /// treated as it should be.
    pub(crate) const fn is_expected(&self) -> bool {
        let as_expected = match (&self.made.outcome, self.role) {
            (Outcome::Generated(size), Role::Document) => {
                size.operations == size.declared_operations
            }
            (_, Role::Document) => false,
            (_, Role::Negative) => true,
        };
        as_expected && self.is_fine()
    }
}
