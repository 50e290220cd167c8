//! What the oracle found, as a table.

use std::collections::BTreeMap;
use std::fmt;

use super::Tally;

/// What became of one document.
#[derive(Debug, Default)]
pub struct Row {
    document: String,
    schemas: usize,
    /// The values that were made.
    pub made: Tally,
    /// The values that were spoilt; the same is one that is refused or violates something.
    pub mutated: Tally,
    /// The examples of the document that are valid.
    pub examples: Tally,
    /// How many examples are not valid, and so prove nothing.
    pub invalid_examples: usize,
    /// Schemas that the judge cannot read.
    pub unjudged: Vec<String>,
    /// Schemas of which no valid value could be made.
    pub unmade: Vec<String>,
}

impl Row {
    pub(super) fn new(document: &str, schemas: usize) -> Self {
        Self {
            document: document.to_owned(),
            schemas,
            ..Self::default()
        }
    }
}

impl Row {
    /// What a reader has to look at, a line or more each.
    #[must_use]
    pub fn findings(&self) -> String {
        let mut text = String::new();
        let lists = [
            ("not judged", &self.unjudged),
            ("no value made", &self.unmade),
        ];
        for (what, list) in lists {
            for pointer in list {
                text.push_str(&format!("{what}: {} {pointer}\n", self.document));
            }
        }
        let tallies = [&self.made, &self.mutated, &self.examples];
        for finding in tallies.into_iter().flat_map(|tally| &tally.unexplained) {
            text.push_str(&format!("unexplained: {} {finding}\n", self.document));
        }
        text
    }
}

/// What became of several documents.
#[derive(Debug, Default)]
pub struct Report {
    rows: Vec<Row>,
    failures: Vec<(String, String)>,
}

impl Report {
    /// Adds a document.
    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Adds a document that could not be judged.
    pub fn fail(&mut self, document: &str, reason: String) {
        self.failures.push((document.to_owned(), reason));
    }

    /// How many values no row of the mapping explains.
    #[must_use]
    pub fn unexplained(&self) -> usize {
        let tallies = self
            .rows
            .iter()
            .flat_map(|row| [&row.made, &row.mutated, &row.examples]);
        tallies
            .filter_map(|tally| tally.others.get(""))
            .sum::<usize>()
            + self.failures.len()
    }
}

fn share(tally: &Tally) -> String {
    if tally.all() == 0 {
        return "-".to_owned();
    }
    #[allow(clippy::cast_precision_loss, reason = "a share is read by people")]
    let share = tally.same as f64 / tally.all() as f64;
    format!("{:.3} %", share * 100.0)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<58} {:>7} {:>8} {:>10} {:>8} {:>10} {:>8} {:>10} {:>8}",
            "document",
            "schemas",
            "values",
            "equal",
            "spoilt",
            "caught",
            "examples",
            "equal",
            "invalid"
        )?;
        let mut all = [Tally::default(), Tally::default(), Tally::default()];
        let mut schemas = 0;
        for row in &self.rows {
            writeln!(
                f,
                "{:<58} {:>7} {:>8} {:>10} {:>8} {:>10} {:>8} {:>10} {:>8}",
                row.document,
                row.schemas,
                row.made.all(),
                share(&row.made),
                row.mutated.all(),
                share(&row.mutated),
                row.examples.all(),
                share(&row.examples),
                row.invalid_examples
            )?;
            schemas += row.schemas;
            let tallies = [&row.made, &row.mutated, &row.examples];
            for (sum, tally) in all.iter_mut().zip(tallies) {
                sum.same += tally.same;
                for (reason, count) in &tally.others {
                    *sum.others.entry(*reason).or_default() += count;
                }
            }
        }
        let [made, mutated, examples] = all;
        writeln!(
            f,
            "{:<58} {:>7} {:>8} {:>10} {:>8} {:>10} {:>8} {:>10}",
            "all",
            schemas,
            made.all(),
            share(&made),
            mutated.all(),
            share(&mutated),
            examples.all(),
            share(&examples)
        )?;
        let mut reasons: BTreeMap<&str, usize> = made.others;
        for (reason, count) in mutated.others.into_iter().chain(examples.others) {
            *reasons.entry(reason).or_default() += count;
        }
        for (reason, count) in reasons {
            let reason = if reason.is_empty() {
                "no row of the mapping explains it"
            } else {
                reason
            };
            writeln!(f, "{count:>10}  {reason}")?;
        }
        for row in &self.rows {
            write!(f, "{}", row.findings())?;
        }
        for (document, reason) in &self.failures {
            writeln!(f, "failed: {document}: {reason}")?;
        }
        Ok(())
    }
}
