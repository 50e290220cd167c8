//! `oarlock inspect`: prints what a phase makes of a document.

use super::Exit;
use super::arguments::InspectArguments;
use super::jobs;
use super::report::Report;

pub(super) fn run(arguments: &InspectArguments, report: &mut Report<'_, '_>) -> Exit {
    let document = arguments.document.as_deref();
    let overlays = &arguments.overlays.overlay;
    let job = match jobs::of_document(&report.host.folder, document, overlays) {
        Ok(job) => job,
        Err(problem) => {
            report.problem(&problem);
            return Exit::Failed;
        }
    };
    match crate::inspect(&job.sources, &job.config, arguments.phase) {
        Ok(text) => {
            report.result(&text);
            Exit::Fine
        }
        Err(findings) => {
            report.findings(&findings, &job.sources);
            Exit::Failed
        }
    }
}
