//! `oarlock generate`: writes crates, or says what would change.

use camino::Utf8Path;

use super::Exit;
use super::apply::{apply, is_foreign};
use super::arguments::GenerateArguments;
use super::failure::{Failure, Problem};
use super::folder;
use super::jobs::{self, ByHand, Job};
use super::report::Report;
use crate::Generated;
use crate::diagnostic::Severity;
use crate::write::compare::{Change, Kind, compare, diff};

/// Generates every crate that the arguments ask for. One crate's mistakes do not keep the others
/// from being generated; the run ends as its worst crate does.
pub(super) fn run(arguments: &GenerateArguments, report: &mut Report<'_, '_>) -> Exit {
    let jobs = match find_jobs(arguments, report) {
        Ok(jobs) => jobs,
        Err(problem) => {
            report.problem(&problem);
            return Exit::Failed;
        }
    };
    let mut worst = Exit::Fine;
    for job in jobs {
        let exit = match job {
            Ok(job) => run_job(job, arguments, report),
            Err(problem) => {
                report.problem(&problem);
                Exit::Failed
            }
        };
        worst = worst.max(exit);
    }
    worst
}

fn find_jobs(
    arguments: &GenerateArguments,
    report: &Report<'_, '_>,
) -> Result<Vec<Result<Job, Problem>>, Problem> {
    let here = &report.host.folder;
    let (Some(document), Some(out)) = (&arguments.document, &arguments.out) else {
        return jobs::of_config(here, arguments.config.as_deref());
    };
    let package = arguments.package.as_deref();
    let by_hand = ByHand {
        document,
        out,
        package,
        module: arguments.module,
        filter: arguments.filter.filter(),
        overlays: &arguments.overlays.overlay,
    };
    jobs::by_hand(here, by_hand).map(|job| vec![Ok(job)])
}

fn run_job(mut job: Job, arguments: &GenerateArguments, report: &mut Report<'_, '_>) -> Exit {
    job.config.strict |= arguments.strict;
    job.config.keep_going |= arguments.keep_going;
    job.config.deny.extend(&arguments.deny);
    let generated = match (report.host.generate)(&job.sources, &job.config) {
        Ok(generated) => generated,
        Err(findings) => {
            report.findings(&findings, &job.sources);
            let name = &job.config.package;
            let summary = findings.summary();
            report.line(format_args!(
                "{}: {summary}; nothing was written ({name})",
                job.shown
            ));
            return Exit::Failed;
        }
    };
    report.findings(&generated.warnings, &job.sources);
    if generated.files.is_empty() {
        // To bring a folder to this state would be to delete it.
        report.failure(&Failure::new(
            "the generator made no files, so the output was left alone",
        ));
        return Exit::Failed;
    }
    let result = if arguments.check {
        check(&job, &generated, arguments, report)
    } else {
        write(&job, &generated, report)
    };
    result.unwrap_or_else(|failure| {
        report.failure(&failure);
        Exit::Failed
    })
}

fn write(job: &Job, generated: &Generated, report: &mut Report<'_, '_>) -> Result<Exit, Failure> {
    let written = apply(&job.out, job.config.mode, &generated.files)?;
    for path in &written.kept {
        report.warning(&foreign(&job.shown.join(path)));
    }
    let (shown, name) = (&job.shown, &job.config.package);
    let made = made(generated);
    if written.changed + written.removed == 0 {
        report.line(format_args!("{shown} is up to date: {made} ({name})"));
    } else {
        let removed = match written.removed {
            0 => String::new(),
            count => format!(", {count} removed"),
        };
        let files = counted(generated.files.len(), "file");
        let changed = written.changed;
        report.line(format_args!(
            "{shown}: {made}; {files}, {changed} changed{removed} ({name})"
        ));
    }
    Ok(Exit::Fine)
}

fn check(
    job: &Job,
    generated: &Generated,
    arguments: &GenerateArguments,
    report: &mut Report<'_, '_>,
) -> Result<Exit, Failure> {
    let folder = folder::read(&job.out, job.config.mode)?;
    let changes = compare(&generated.files, &folder);
    let (shown, name) = (&job.shown, &job.config.package);
    if changes.is_empty() {
        let made = made(generated);
        report.line(format_args!("{shown} is up to date: {made} ({name})"));
        return Ok(Exit::Fine);
    }
    report.result(&diff(&changes, shown));
    for change in changes.iter().filter(|change| is_foreign(change)) {
        report.warning(&foreign(&shown.join(change.path)));
    }
    let repair = if changes.iter().all(is_foreign) {
        "move or delete what is not written by Oarlock".to_owned()
    } else {
        format!("`{}` repairs it", repair(arguments, &report.host.command))
    };
    let counts = count(&changes);
    report.line(format_args!(
        "{shown} is out of date: {counts}; {repair} ({name})"
    ));
    Ok(Exit::OutOfDate)
}

/// What was made of how much, such as `5 of 7 operations, 12 types, 2 warnings` (Y1).
fn made(generated: &Generated) -> String {
    let counts = &generated.counts;
    let mut parts = Vec::new();
    if counts.operations < counts.declared_operations {
        let declared = counted(counts.declared_operations, "operation");
        parts.push(format!("{} of {declared}", counts.operations));
    } else if counts.operations > 0 {
        parts.push(counted(counts.operations, "operation"));
    }
    parts.push(counted(counts.types, "type"));
    match generated.warnings.count(Severity::Warning) {
        0 => {}
        warnings => parts.push(counted(warnings, "warning")),
    }
    match generated.warnings.accepted() {
        0 => {}
        accepted => parts.push(counted(accepted, "accepted warning")),
    }
    parts.join(", ")
}

/// A number of things, such as `1 file` or `3 files`.
pub(super) fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

fn foreign(path: &Utf8Path) -> Failure {
    Failure::new(format!(
        "`{path}` is not written by Oarlock, and is left alone"
    ))
    .help("move or delete it; `--check` fails as long as it is there")
}

/// Such as `1 missing, 2 edited`.
fn count(changes: &[Change<'_>]) -> String {
    let kinds = [
        (Kind::Missing, "missing"),
        (Kind::Extra, "extra"),
        (Kind::Edited, "edited"),
    ];
    let parts = kinds.iter().filter_map(|(kind, word)| {
        let count = changes
            .iter()
            .filter(|change| change.kind() == *kind)
            .count();
        (count > 0).then(|| format!("{count} {word}"))
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// The command that does what these arguments check.
fn repair(arguments: &GenerateArguments, command: &str) -> String {
    let mut parts = vec![command.to_owned()];
    if let (Some(document), Some(out)) = (&arguments.document, &arguments.out) {
        parts.push(format!("{document} --out {out}"));
    }
    if let Some(package) = &arguments.package {
        parts.push(format!("--package {package}"));
    }
    if arguments.module {
        parts.push("--module".to_owned());
    }
    for overlay in &arguments.overlays.overlay {
        parts.push(format!("--overlay {overlay}"));
    }
    for selector in &arguments.filter.include {
        parts.push(format!("--include '{}'", selector.written.text));
    }
    for selector in &arguments.filter.exclude {
        parts.push(format!("--exclude '{}'", selector.written.text));
    }
    if arguments.filter.exclude_internal {
        parts.push("--exclude-internal".to_owned());
    }
    if let Some(config) = &arguments.config {
        parts.push(format!("--config {config}"));
    }
    parts.join(" ")
}
