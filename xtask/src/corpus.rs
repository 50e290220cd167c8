//! `cargo xtask corpus DIR`: generates every document below a folder, in memory, and counts.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use oarlock::config::Config;
use oarlock::diagnostic::{Diagnostics, Severity};
use oarlock::source::{Sources, decode};

/// What became of one document.
struct Row {
    path: Utf8PathBuf,
    outcome: Outcome,
    time: Duration,
    warnings: BTreeMap<&'static str, usize>,
}

enum Outcome {
    /// Generated, with this many files and lines.
    Generated { files: usize, lines: usize },
    /// Refused; the first finding.
    Rejected(String),
    /// The generator panicked, which is a mistake of ours.
    Panicked(String),
}

/// Runs over every document below `dir` and prints a table and a summary. The exit code is 1 if the
/// generator panicked.
pub(crate) fn run(dir: &Utf8Path) -> ExitCode {
    let mut documents = Vec::new();
    if let Err(error) = find(dir, &mut documents) {
        eprintln!("error: cannot read {dir}: {error}");
        return ExitCode::FAILURE;
    }
    documents.sort();
    // A panic is caught and counted; its message is part of the row, so it is not printed as well.
    std::panic::set_hook(Box::new(|_| {}));
    let rows = generate_all(&documents);
    let _ = std::panic::take_hook();
    for row in &rows {
        print_row(dir, row);
    }
    print_summary(&rows);
    let panicked = rows
        .iter()
        .any(|row| matches!(row.outcome, Outcome::Panicked(_)));
    if panicked {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Every file below a folder that says that it is an OpenAPI document. Fragments, which other
/// documents refer to, do not.
fn find(dir: &Utf8Path, documents: &mut Vec<Utf8PathBuf>) -> std::io::Result<()> {
    for entry in dir.read_dir_utf8()? {
        let path = entry?.into_path();
        if path.is_dir() {
            find(&path, documents)?;
        } else if matches!(path.extension(), Some("yaml" | "yml" | "json")) && is_document(&path) {
            documents.push(path);
        }
    }
    Ok(())
}

fn is_document(path: &Utf8Path) -> bool {
    let text = std::fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let says = |line: &str| {
        let line = line.trim_start_matches(['{', ' ', '\u{feff}', '\t']);
        [
            "openapi",
            "\"openapi\"",
            "'openapi'",
            "swagger",
            "\"swagger\"",
            "'swagger'",
        ]
        .iter()
        .any(|key| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with(':'))
        })
    };
    // Minified documents are one line, whose keys may come in any order.
    text.lines().any(says) || text.contains("\"openapi\":\"3") || text.contains("\"swagger\":\"2")
}

fn generate_all(documents: &[Utf8PathBuf]) -> Vec<Row> {
    let next = AtomicUsize::new(0);
    let rows: Mutex<Vec<(usize, Row)>> = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(path) = documents.get(index) else {
                        return;
                    };
                    let row = generate(path);
                    if let Ok(mut rows) = rows.lock() {
                        rows.push((index, row));
                    }
                }
            });
        }
    });
    let mut rows = rows.into_inner().unwrap_or_default();
    rows.sort_by_key(|(index, _)| *index);
    rows.into_iter().map(|(_, row)| row).collect()
}

fn generate(path: &Utf8Path) -> Row {
    let start = Instant::now();
    let (outcome, warnings) = match std::fs::read(path) {
        Err(error) => (Outcome::Rejected(error.to_string()), BTreeMap::new()),
        Ok(bytes) => match decode(path.as_str(), bytes) {
            Err(error) => (Outcome::Rejected(error), BTreeMap::new()),
            Ok(text) => {
                let result = catch_unwind(AssertUnwindSafe(|| generate_text(path, text)));
                result
                    .unwrap_or_else(|panic| (Outcome::Panicked(text_of(&*panic)), BTreeMap::new()))
            }
        },
    };
    Row {
        path: path.to_owned(),
        outcome,
        time: start.elapsed(),
        warnings,
    }
}

fn generate_text(path: &Utf8Path, text: String) -> (Outcome, BTreeMap<&'static str, usize>) {
    let sources = Sources::new(path.as_str(), text);
    let config = Config {
        all_schemas: true,
        ..Config::default()
    };
    match oarlock::generate(&sources, &config) {
        Ok(generated) => {
            let lines = generated
                .files
                .iter()
                .map(|(_, text)| text.lines().count())
                .sum();
            let outcome = Outcome::Generated {
                files: generated.files.len(),
                lines,
            };
            (outcome, by_code(&generated.warnings))
        }
        Err(findings) => {
            let first = findings
                .iter()
                .find(|finding| finding.severity == Severity::Error);
            let message = first.map(|finding| {
                let line = finding.span.map_or(0, |span| sources.position(span).line);
                format!("[{}] line {line}: {}", finding.code, finding.message)
            });
            (
                Outcome::Rejected(message.unwrap_or_default()),
                by_code(&findings),
            )
        }
    }
}

fn by_code(findings: &Diagnostics) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings.iter() {
        *counts.entry(finding.code.as_str()).or_default() += 1;
    }
    counts
}

fn text_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic")
        .to_owned()
}

fn print_row(dir: &Utf8Path, row: &Row) {
    let path = row.path.strip_prefix(dir).unwrap_or(&row.path);
    let time = row.time.as_secs_f64() * 1000.0;
    let warnings: usize = row.warnings.values().sum();
    match &row.outcome {
        Outcome::Generated { files, lines } => {
            println!(
                "ok        {time:>8.1} ms {files:>4} files {lines:>7} lines {warnings:>6} warnings  {path}"
            );
        }
        Outcome::Rejected(message) => println!("rejected  {time:>8.1} ms  {path}: {message}"),
        Outcome::Panicked(message) => println!("PANICKED  {time:>8.1} ms  {path}: {message}"),
    }
}

fn print_summary(rows: &[Row]) {
    let count =
        |wanted: fn(&Outcome) -> bool| rows.iter().filter(|row| wanted(&row.outcome)).count();
    let generated = count(|outcome| matches!(outcome, Outcome::Generated { .. }));
    let rejected = count(|outcome| matches!(outcome, Outcome::Rejected(_)));
    let panicked = count(|outcome| matches!(outcome, Outcome::Panicked(_)));
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for (code, count) in rows.iter().flat_map(|row| &row.warnings) {
        *codes.entry(code).or_default() += count;
    }
    println!();
    for (code, count) in codes {
        println!("{count:>8}  {code}");
    }
    println!(
        "\n{} documents: {generated} generated, {rejected} rejected, {panicked} panicked",
        rows.len()
    );
}
