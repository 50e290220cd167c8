//! `oarlock explain`: what the codes of findings mean.

use super::Exit;
use super::arguments::ExplainArguments;
use super::failure::Failure;
use super::report::Report;
use crate::diagnostic::Code;

/// Prints the page of a code, or a line about each code.
pub(super) fn run(arguments: &ExplainArguments, report: &mut Report<'_, '_>) -> Exit {
    let Some(text) = &arguments.code else {
        report.result(&list());
        return Exit::Fine;
    };
    match text.parse::<Code>() {
        Ok(code) => {
            report.result(code.page());
            Exit::Fine
        }
        Err(unknown) => {
            report.failure(&Failure::new(unknown.to_string()).help(unknown.help()));
            Exit::Usage
        }
    }
}

/// Every code and what it means, in the order of the phases.
fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max();
    let width = width.unwrap_or_default();
    let lines = Code::ALL.iter().map(|code| {
        let meaning: Vec<&str> = code.meaning().split_whitespace().collect();
        format!("{:width$}  {}\n", code.as_str(), meaning.join(" "))
    });
    lines.collect()
}
