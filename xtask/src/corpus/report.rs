//! What is shown of the rows: progress, the table, the summary, JSON.

use std::collections::BTreeMap;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::negative::Verdict;
use super::row::{Compiled, Outcome, Role, Row};

/// A bar for so many steps. Where nobody looks at a terminal, it shows nothing.
pub(crate) fn progress(what: &'static str, steps: usize) -> ProgressBar {
    let bar = ProgressBar::new(steps as u64).with_prefix(what);
    let style = ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len} {elapsed} {wide_msg}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Prints the table and the summary.
pub(crate) fn print(rows: &[Row], quiet: bool) {
    for row in rows {
        if !quiet || !row.is_expected() {
            println!("{}", line(row));
        }
    }
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for (code, count) in rows.iter().flat_map(|row| &row.made.findings) {
        *codes.entry(code).or_default() += count;
    }
    println!();
    for (code, count) in codes {
        println!("{count:>8}  {code}");
    }
    println!("\n{}", Summary::of(rows).text());
}

fn line(row: &Row) -> String {
    let made = &row.made;
    let cost = format!(
        "{:>8.1} ms {:>5} MiB",
        made.seconds * 1000.0,
        made.peak_bytes.map_or(0, |bytes| bytes >> 20)
    );
    let (word, what) = match &made.outcome {
        Outcome::Rejected(refusal) => {
            let place = refusal.place.as_deref().unwrap_or("no place");
            let (code, message) = (&refusal.code, &refusal.message);
            ("rejected", format!("[{code}] {message} ({place})"))
        }
        Outcome::Panicked(message) => ("PANICKED", message.clone()),
        Outcome::Generated(size) => {
            let (done, declared) = (size.operations, size.declared_operations);
            let warnings: usize = made.findings.values().sum();
            let (types, files, lines) = (size.types, size.files, size.lines);
            let what = format!(
                "{done}/{declared} operations, {types} types, {files} files, {lines} lines, {warnings} warnings"
            );
            let (word, complaint) = compiled(row.compiled.as_ref());
            (word, what + &complaint)
        }
    };
    let verdict = row.verdict.as_ref().map(Verdict::text);
    let verdict = verdict.map_or_else(String::new, |text| format!("\n          bad; {text}"));
    format!("{word:<9} {cost}  {}: {what}{verdict}", row.name)
}

fn compiled(compiled: Option<&Compiled>) -> (&'static str, String) {
    let (word, complaints) = match compiled {
        None => return ("generated", String::new()),
        Some(Compiled::Fine) => return ("compiled", String::new()),
        Some(Compiled::Warned(complaints)) => ("WARNED", complaints),
        Some(Compiled::Failed(complaints)) => ("FAILED", complaints),
    };
    let place = complaints.place.as_deref().unwrap_or("no place");
    let text = format!(
        "\n          {} ({place}), {} in all",
        complaints.first, complaints.count
    );
    (word, text)
}

/// The table as JSON, with the summary.
pub(crate) fn json(rows: &[Row]) -> String {
    #[derive(Serialize)]
    struct Report<'r> {
        /// A program without optimisation takes many times as long.
        optimised: bool,
        summary: Summary,
        documents: &'r [Row],
    }
    let report = Report {
        optimised: !cfg!(debug_assertions),
        summary: Summary::of(rows),
        documents: rows,
    };
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

/// How many rows there are of each kind.
#[derive(Debug, Default, Serialize)]
struct Summary {
    documents: usize,
    generated: usize,
    rejected: usize,
    panicked: usize,
    compiled: usize,
    warned: usize,
    failed: usize,
    operations: usize,
    declared_operations: usize,
    types: usize,
    fields: usize,
    lines: usize,
    type_lines: usize,
    warnings: usize,
    /// Documents that are bad: all, those that are rejected or warned of at the place that is expected,
    /// those that are accepted for a reason, and those that nothing explains.
    negative: usize,
    negative_found: usize,
    negative_accepted: usize,
    negative_unexplained: usize,
}

impl Summary {
    fn of(rows: &[Row]) -> Self {
        let mut summary = Self::default();
        for row in rows {
            summary.count_compiled(row.compiled.as_ref());
            let is_panic = matches!(row.made.outcome, Outcome::Panicked(_));
            summary.panicked += usize::from(is_panic);
            match row.role {
                Role::Document => summary.count(row),
                Role::Negative => {
                    summary.negative += 1;
                    match &row.verdict {
                        Some(Verdict::Found(_)) => summary.negative_found += 1,
                        Some(Verdict::Accepted(_)) => summary.negative_accepted += 1,
                        _ => summary.negative_unexplained += 1,
                    }
                }
            }
        }
        summary
    }

    fn count(&mut self, row: &Row) {
        self.documents += 1;
        match &row.made.outcome {
            Outcome::Generated(size) => {
                self.generated += 1;
                self.operations += size.operations;
                self.declared_operations += size.declared_operations;
                self.types += size.types;
                self.fields += size.fields;
                self.lines += size.lines;
                self.type_lines += size.type_lines;
                self.warnings += row.made.findings.values().sum::<usize>();
            }
            Outcome::Rejected(_) => self.rejected += 1,
            Outcome::Panicked(_) => {}
        }
    }

    const fn count_compiled(&mut self, compiled: Option<&Compiled>) {
        match compiled {
            None => {}
            Some(Compiled::Fine) => self.compiled += 1,
            Some(Compiled::Warned(_)) => self.warned += 1,
            Some(Compiled::Failed(_)) => self.failed += 1,
        }
    }

    fn text(&self) -> String {
        let mut text = format!(
            "{} documents: {} generated, {} rejected; {} of {} operations, {} types, {} fields, {} lines, {} warnings\n",
            self.documents,
            self.generated,
            self.rejected,
            self.operations,
            self.declared_operations,
            self.types,
            self.fields,
            self.lines,
            self.warnings
        );
        if self.negative > 0 {
            text += &format!(
                "{} bad documents: {} rejected or found at the expected place, {} accepted for a stated reason, {} unexplained\n",
                self.negative,
                self.negative_found,
                self.negative_accepted,
                self.negative_unexplained
            );
        }
        if self.compiled + self.warned + self.failed > 0 {
            text += &format!(
                "{} crates compile, {} with warnings, {} do not\n",
                self.compiled, self.warned, self.failed
            );
        }
        text + &format!("{} panics", self.panicked)
    }
}
