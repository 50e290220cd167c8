//! Checks all generated crates by one run of cargo.
//!
//! A crate for each document costs a quarter of a second where it is small, because what they depend
//! on is built once; and cargo itself knows which crates did not change since the last run.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use camino::Utf8Path;
use serde::Deserialize;

use super::report::progress;
use super::row::{Compiled, Complaints, Outcome, Row};

/// Checks the crates of all rows that have one, and notes in the rows what rustc said. `folder` holds
/// the crates, and `root` is the workspace whose versions of dependencies they take.
///
/// # Errors
///
/// A sentence, if the workspace cannot be written or cargo cannot be started.
pub(crate) fn all(
    rows: &mut [Row],
    folder: &Utf8Path,
    root: &Utf8Path,
    jobs: usize,
) -> Result<(), String> {
    let rows: Vec<&mut Row> = rows
        .iter_mut()
        .filter(|row| matches!(row.made.outcome, Outcome::Generated(_)))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    workspace(&rows, folder, root).map_err(|error| format!("cannot write {folder}: {error}"))?;
    let (mut large, mut small): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| is_large(row));
    for (rows, jobs) in [(&mut small, jobs), (&mut large, 1)] {
        if rows.is_empty() {
            continue;
        }
        let packages: Vec<&str> = rows.iter().map(|row| row.package.as_str()).collect();
        let checked = check(folder, &packages, jobs)
            .map_err(|error| format!("cargo cannot be started: {error}"))?;
        for row in rows.iter_mut() {
            row.compiled = Some(checked.of(&row.package));
        }
    }
    Ok(())
}

/// From how many lines on a crate is checked with no other beside it: the compiler takes some 15 KB for
/// a line, and two crates of half a million are more than most machines hold.
const LARGE: usize = 100_000;

const fn is_large(row: &Row) -> bool {
    match &row.made.outcome {
        Outcome::Generated(size) => size.lines > LARGE,
        _ => false,
    }
}

/// Writes the workspace of all crates.
fn workspace(rows: &[&mut Row], folder: &Utf8Path, root: &Utf8Path) -> std::io::Result<()> {
    let members = rows.iter().map(|row| format!("    \"{}\",\n", row.package));
    let members: String = members.collect();
    let text = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n");
    std::fs::write(folder.join("Cargo.toml"), text)?;
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// What a run of cargo said.
#[derive(Default)]
struct Checked {
    /// The packages that were checked to their end.
    finished: HashSet<String>,
    /// The errors and warnings of each package.
    errors: HashMap<String, Complaints>,
    warnings: HashMap<String, Complaints>,
    /// The last words of cargo itself, for packages that it never came to.
    last_words: String,
}

impl Checked {
    /// Takes in a line of cargo's output. Returns the package that is finished with it, if one is.
    fn read(&mut self, line: &str, folder: &Utf8Path) -> Option<String> {
        let line: Line = serde_json::from_str(line).ok()?;
        let package = package(&line.target?.src_path, folder)?;
        match (line.reason.as_str(), line.message) {
            ("compiler-artifact", _) => {
                self.finished.insert(package.clone());
                return Some(package);
            }
            ("compiler-message", Some(message)) => self.note(package, message),
            _ => {}
        }
        None
    }

    fn note(&mut self, package: String, message: Message) {
        let complaints = match message.level.as_str() {
            "error" | "error: internal compiler error" => &mut self.errors,
            "warning" => &mut self.warnings,
            _ => return,
        };
        // The last message only counts those before it.
        if message.spans.is_empty() && message.code.is_none() && complaints.contains_key(&package) {
            return;
        }
        let complaints = complaints.entry(package.clone()).or_default();
        complaints.count += 1;
        if complaints.count > 1 {
            return;
        }
        let code = message.code.map(|code| format!("[{}] ", code.code));
        let text = message.message.lines().next().unwrap_or_default();
        complaints.first = format!("{}{text}", code.unwrap_or_default());
        let primary = message.spans.into_iter().find(|span| span.is_primary);
        complaints.place = primary.map(|span| {
            let file = span.file_name;
            let file = file.strip_prefix(&format!("{package}/")).unwrap_or(&file);
            format!("{file}:{}:{}", span.line_start, span.column_start)
        });
    }

    fn of(&self, package: &str) -> Compiled {
        if let Some(errors) = self.errors.get(package) {
            Compiled::Failed(errors.clone())
        } else if let Some(warnings) = self.warnings.get(package) {
            Compiled::Warned(warnings.clone())
        } else if self.finished.contains(package) {
            Compiled::Fine
        } else {
            Compiled::Failed(Complaints {
                count: 1,
                first: format!("cargo did not check it: {}", self.last_words),
                place: None,
            })
        }
    }
}

fn check(folder: &Utf8Path, packages: &[&str], jobs: usize) -> std::io::Result<Checked> {
    let mut child = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--offline", "--keep-going", "--quiet"])
        .args(["--message-format", "json", "--jobs", &jobs.to_string()])
        .args(packages.iter().flat_map(|package| ["--package", package]))
        .current_dir(folder)
        // What one crate needs to be checked faster the next time takes more space than it is worth.
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        // Flags from outside would build everything again, and may hide what rustc has to say.
        .env_remove("RUSTFLAGS")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let stderr = child.stderr.take();
    // Whoever does not read a pipe stops the process at its other end.
    let last_words = std::thread::spawn(move || {
        let mut text = String::new();
        if let Some(mut stderr) = stderr {
            let _ = stderr.read_to_string(&mut text);
        }
        let last = text.lines().rfind(|line| !line.trim().is_empty());
        last.unwrap_or_default().to_owned()
    });
    let bar = progress("checking", packages.len());
    let mut checked = Checked::default();
    let lines = child
        .stdout
        .take()
        .map(|stdout| BufReader::new(stdout).lines());
    for line in lines.into_iter().flatten().map_while(Result::ok) {
        if let Some(package) = checked.read(&line, folder) {
            bar.inc(1);
            bar.set_message(package);
        }
    }
    bar.finish_and_clear();
    let status = child.wait()?;
    let last_words = last_words.join().unwrap_or_default();
    checked.last_words = format!("{status}, {last_words}");
    Ok(checked)
}

/// A line of cargo's output, as far as it is of interest.
#[derive(Deserialize)]
struct Line {
    reason: String,
    target: Option<Target>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Target {
    src_path: String,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
    code: Option<MessageCode>,
    spans: Vec<MessageSpan>,
}

#[derive(Deserialize)]
struct MessageCode {
    code: String,
}

#[derive(Deserialize)]
struct MessageSpan {
    file_name: String,
    line_start: usize,
    column_start: usize,
    is_primary: bool,
}

/// The package that a source file belongs to, if it is one of ours.
fn package(path: &str, folder: &Utf8Path) -> Option<String> {
    let path = Utf8Path::new(path).strip_prefix(folder).ok()?;
    Some(path.components().next()?.as_str().to_owned())
}

#[cfg(test)]
mod tests;
