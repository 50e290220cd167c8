//! Generates all documents, a process for each, some at a time.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::Utf8Path;

use super::find::Document;
use super::negative::Negatives;
use super::report::progress;
use super::row::{Made, Outcome, Role, Row};

/// Generates every document, and writes the crates below `out` if there is one. The rows come in the
/// order of the documents.
///
/// # Errors
///
/// A sentence, if this program cannot be found to run it again.
pub(crate) fn all(
    documents: &[Document],
    negatives: &Negatives<'_>,
    out: Option<&Utf8Path>,
    jobs: usize,
) -> Result<Vec<Row>, String> {
    let program = std::env::current_exe()
        .map_err(|error| format!("the path of this program is not known: {error}"))?;
    let bar = progress("generating", documents.len());
    let next = AtomicUsize::new(0);
    let rows: Mutex<Vec<(usize, Row)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(document) = documents.get(index) else {
                        return;
                    };
                    bar.set_message(document.name.clone());
                    let mut command = Command::new(&program);
                    let row = row(document, negatives, out, &mut command);
                    bar.inc(1);
                    if let Ok(mut rows) = rows.lock() {
                        rows.push((index, row));
                    }
                }
            });
        }
    });
    bar.finish_and_clear();
    let mut rows = rows.into_inner().unwrap_or_default();
    rows.sort_by_key(|(index, _)| *index);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

fn row(
    document: &Document,
    negatives: &Negatives<'_>,
    out: Option<&Utf8Path>,
    command: &mut Command,
) -> Row {
    let package = package(&document.name);
    command
        .args(["corpus-document", document.path.as_str()])
        .args(["--package", &package])
        .stdin(Stdio::null());
    if let Some(out) = out {
        command.args(["--out", out.join(&package).as_str()]);
    }
    let is_negative = document.role == Role::Negative;
    if is_negative {
        command.arg("--places");
    }
    let made = made(command);
    Row {
        name: document.name.clone(),
        role: document.role,
        verdict: is_negative.then(|| negatives.judge(&document.listed, &made)),
        made,
        compiled: None,
        package,
    }
}

/// Runs the process of one document. One that dies has panicked, run out of stack, or was killed.
fn made(command: &mut Command) -> Made {
    let panicked = |message: String| Made {
        outcome: Outcome::Panicked(message),
        ..Made::default()
    };
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return panicked(error.to_string()),
    };
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().filter(|line| !line.trim().is_empty());
        let said: Vec<&str> = said.take(2).map(str::trim).collect();
        return panicked(format!("{}: {}", output.status, said.join(" ")));
    }
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panicked(error.to_string()))
}

/// The name of a document's crate: the same in every run, however many documents there are.
fn package(name: &str) -> String {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    let words = name
        .split(|ch: char| !ch.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let words = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    // The end of a path tells more than its start does.
    let start = words.len().saturating_sub(45);
    let end = words[start..].trim_start_matches('-');
    format!("c-{end}-{:08x}", hasher.finish() >> 32)
}

#[cfg(test)]
mod tests;
