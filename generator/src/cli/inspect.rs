//! `oarlock inspect`: prints what a phase makes of a document.

use super::Exit;
use super::arguments::InspectArguments;
use super::failure::{Failure, Problem};
use super::jobs::{self, ByHand, Job};
use super::report::Report;

pub(super) fn run(arguments: &InspectArguments, report: &mut Report<'_, '_>) -> Exit {
    let job = match find_job(arguments, report) {
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

fn find_job(arguments: &InspectArguments, report: &Report<'_, '_>) -> Result<Job, Problem> {
    let here = &report.host.folder;
    if let Some(document) = &arguments.document {
        // Nothing is written, so any output folder will do.
        let out = "generated".into();
        return jobs::by_hand(
            here,
            &ByHand {
                document,
                out,
                package: None,
                module: false,
            },
        );
    }
    let mut jobs = jobs::of_config(here, None)?;
    match (jobs.pop(), jobs.is_empty()) {
        (Some(job), true) => job,
        _ => Err(Failure::new("there are several crates, so name a document").into()),
    }
}
