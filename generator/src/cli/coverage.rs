//! `oarlock coverage`: what becomes of every keyword of a document.

use serde::Serialize;

use super::Exit;
use super::arguments::CoverageArguments;
use super::generate::counted;
use super::jobs;
use super::report::Report;
use crate::source::{Sources, Span};
use crate::{Treatment, Use};

/// How many places of a keyword are printed.
const SHOWN: usize = 3;

/// Prints the keywords, as a table or as JSON.
pub(super) fn run(arguments: &CoverageArguments, report: &mut Report<'_, '_>) -> Exit {
    let document = arguments.document.as_deref();
    let overlays = &arguments.overlays.overlay;
    let job = match jobs::of_document(&report.host.folder, document, overlays) {
        Ok(job) => job,
        Err(problem) => {
            report.problem(&problem);
            return Exit::Failed;
        }
    };
    match crate::coverage(&job.sources, &job.config) {
        Ok(uses) if arguments.json => report.result(&json(&uses, &job.sources)),
        Ok(uses) => {
            let shown = if arguments.common.all {
                usize::MAX
            } else {
                SHOWN
            };
            report.result(&table(&uses, &job.sources, shown));
        }
        Err(findings) => {
            report.findings(&findings, &job.sources);
            return Exit::Failed;
        }
    }
    Exit::Fine
}

fn table(uses: &[Use], sources: &Sources, shown: usize) -> String {
    let mut text = String::new();
    for treatment in Treatment::ALL {
        let uses: Vec<&Use> = uses
            .iter()
            .filter(|it| it.treatment == *treatment)
            .collect();
        if uses.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let places: usize = uses.iter().map(|it| it.places.len()).sum();
        let word = treatment.as_str();
        let (keywords, places) = (counted(uses.len(), "keyword"), counted(places, "place"));
        text.push_str(&format!("{word}: {keywords} in {places}\n"));
        let width = uses.iter().map(|it| name(it).chars().count()).max();
        for it in &uses {
            text.push_str(&row(it, sources, width.unwrap_or_default(), shown));
        }
    }
    text
}

fn name(it: &Use) -> String {
    match it.object {
        "" => it.name.clone(),
        object => format!("{object}: {}", it.name),
    }
}

/// A line of the table, such as `     3  Schema: not  openapi.yaml:7:5, 9:5, 11:5`.
fn row(it: &Use, sources: &Sources, width: usize, shown: usize) -> String {
    let mut line = format!("{:>7}  {:width$}  ", it.places.len(), name(it));
    let mut file = None;
    for (index, span) in it.places.iter().take(shown).enumerate() {
        if index > 0 {
            line.push_str(", ");
        }
        if file != Some(span.file) {
            let path = sources.get(span.file).map_or("", |file| &file.path);
            line.push_str(&format!("{path}:"));
        }
        file = Some(span.file);
        let position = sources.position(*span);
        line.push_str(&format!("{}:{}", position.line, position.column));
    }
    if it.places.len() > shown {
        line.push_str(", ...");
    }
    match it.fallbacks.as_slice() {
        [] => {}
        [fallback] => line.push_str(&format!(" ({fallback})")),
        [fallback, ..] => line.push_str(&format!(" ({fallback}, ...)")),
    }
    line.push('\n');
    line
}

#[derive(Serialize)]
struct Row<'u> {
    treatment: &'static str,
    object: &'static str,
    name: &'u str,
    fallbacks: &'u [String],
    places: Vec<Place<'u>>,
}

#[derive(Serialize)]
struct Place<'s> {
    file: &'s str,
    line: usize,
    column: usize,
}

fn json(uses: &[Use], sources: &Sources) -> String {
    let place = |span: &Span| {
        let position = sources.position(*span);
        Place {
            file: sources.get(span.file).map_or("", |file| &file.path),
            line: position.line,
            column: position.column,
        }
    };
    let rows = uses.iter().map(|it| Row {
        treatment: it.treatment.as_str(),
        object: it.object,
        name: &it.name,
        fallbacks: &it.fallbacks,
        places: it.places.iter().map(place).collect(),
    });
    let rows: Vec<Row<'_>> = rows.collect();
    // The rows hold nothing that JSON cannot.
    serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
}
