//! One document, in a process of its own.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use oarlock::Generated;
use oarlock::cli::add_referred;
use oarlock::config::Config;
use oarlock::diagnostic::{Diagnostic, Diagnostics, Severity};
use oarlock::source::{Sources, decode};
use oarlock::write::Files;

use crate::process;

use super::row::{Finding, Made, Outcome, Refusal, Size};

/// What `cargo xtask corpus-document` is asked for.
#[derive(Debug, Args)]
pub(crate) struct DocumentArguments {
    /// The document
    path: Utf8PathBuf,

    /// The name of the package
    #[arg(long)]
    package: String,

    /// Tells the place of each finding as well
    #[arg(long)]
    places: bool,

    /// The folder to write the crate to
    #[arg(long)]
    out: Option<Utf8PathBuf>,
}

/// How long a document may take: a hundred times what the largest one does. A generator that hangs would
/// keep the whole table from being printed.
const LIMIT: Duration = Duration::from_secs(300);

/// Generates one document and prints what became of it as JSON.
pub(crate) fn run(arguments: &DocumentArguments) -> ExitCode {
    std::thread::spawn(|| {
        std::thread::sleep(LIMIT);
        eprintln!("it takes more than {} s", LIMIT.as_secs());
        std::process::exit(1);
    });
    match made(arguments) {
        Ok(made) => {
            println!("{}", serde_json::to_string(&made).unwrap_or_default());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cannot write the crate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn made(arguments: &DocumentArguments) -> std::io::Result<Made> {
    let start = Instant::now();
    let path = &arguments.path;
    let text = match std::fs::read(path) {
        Ok(bytes) => decode(path.as_str(), bytes),
        Err(error) => Err(error.to_string()),
    };
    let text = match text {
        Ok(text) => text,
        Err(message) => {
            let outcome = Outcome::Rejected(Refusal {
                message,
                ..Refusal::default()
            });
            return Ok(Made {
                outcome,
                ..Made::default()
            });
        }
    };
    let sources = add_referred(Sources::new(path.as_str(), text), path);
    let config = Config {
        package: arguments.package.clone(),
        all_schemas: true,
        keep_going: true,
        ..Config::default()
    };
    let result = oarlock::generate(&sources, &config);
    let mut made = Made {
        seconds: start.elapsed().as_secs_f64(),
        cpu_seconds: process::cpu_seconds(),
        peak_bytes: process::peak_bytes(),
        ..Made::default()
    };
    let findings = match result {
        Ok(generated) => {
            made.outcome = Outcome::Generated(size(&generated));
            if let Some(out) = &arguments.out {
                write(out, &generated.files)?;
            }
            generated.warnings
        }
        Err(findings) => {
            made.outcome = Outcome::Rejected(refusal(&findings, &sources));
            findings
        }
    };
    made.findings = by_code(&findings);
    if arguments.places {
        made.places = places(&findings, &sources, path);
    }
    Ok(made)
}

/// Where the findings are in the document itself.
fn places(findings: &Diagnostics, sources: &Sources, path: &Utf8Path) -> Vec<Finding> {
    let place = |finding: &Diagnostic| {
        let span = finding.span?;
        let is_root = sources.get(span.file)?.path == path.as_str();
        is_root.then(|| Finding {
            code: finding.code.to_string(),
            line: sources.position(span).line,
        })
    };
    findings.iter().filter_map(place).collect()
}

fn size(generated: &Generated) -> Size {
    let lines = |wanted: fn(&Utf8Path) -> bool| {
        let files = generated.files.iter().filter(|(path, _)| wanted(path));
        files.map(|(_, text)| text.lines().count()).sum()
    };
    let counts = generated.counts;
    Size {
        operations: counts.operations,
        declared_operations: counts.declared_operations,
        types: counts.types,
        fields: counts.fields,
        files: generated.files.len(),
        lines: lines(|_| true),
        type_lines: lines(|path| path.starts_with("src/types") || path == "src/types.rs"),
    }
}

fn refusal(findings: &Diagnostics, sources: &Sources) -> Refusal {
    let mut errors = findings.iter().filter(|it| it.severity == Severity::Error);
    let Some(first) = errors.next() else {
        return Refusal::default();
    };
    let place = first.span.and_then(|span| {
        let file = Utf8Path::new(&sources.get(span.file)?.path);
        let position = sources.position(span);
        let (line, column) = (position.line, position.column);
        Some(format!("{}:{line}:{column}", file.file_name()?))
    });
    Refusal {
        code: first.code.to_string(),
        message: first.message.clone(),
        place,
    }
}

fn by_code(findings: &Diagnostics) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings.iter() {
        *counts.entry(finding.code.to_string()).or_default() += 1;
    }
    counts
}

/// Writes the files that changed: cargo checks a crate again when one of its files is newer than the
/// last time.
pub(crate) fn write(out: &Utf8Path, files: &Files) -> std::io::Result<()> {
    for (path, text) in files.iter() {
        let path = out.join(path);
        if std::fs::read(&path).is_ok_and(|known| known == text.as_bytes()) {
            continue;
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, text)?;
    }
    Ok(())
}
