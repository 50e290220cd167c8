//! Running the generator on a text, for all tests of this folder.

use oarlock::Generated;
use oarlock::config::Config;
use oarlock::diagnostic::{Diagnostics, Severity};
use oarlock::source::Sources;

/// What a run ended with, and everything that it had to say as the user would see it.
pub(crate) struct Run {
    pub(crate) result: Result<Generated, Diagnostics>,
    pub(crate) rendered: String,
}

impl Run {
    /// The files of a run that must succeed.
    pub(crate) fn files(&self) -> Vec<(&str, &str)> {
        match &self.result {
            Ok(generated) => generated
                .files
                .iter()
                .map(|(path, text)| (path.as_str(), text))
                .collect(),
            Err(_) => panic!("the document is refused:\n{}", self.rendered),
        }
    }

    /// The files that were written for this document, without the runtime, which is the same for
    /// every document.
    pub(crate) fn own_files(&self) -> Vec<(&str, &str)> {
        let mut files = self.files();
        files.retain(|(path, _)| !is_runtime(path));
        files
    }

    /// The bytes of all files that were written for this document.
    pub(crate) fn own_bytes(&self) -> usize {
        self.own_files().iter().map(|(_, text)| text.len()).sum()
    }

    /// The findings, whether the run succeeded or not.
    pub(crate) fn diagnostics(&self) -> &Diagnostics {
        match &self.result {
            Ok(generated) => &generated.warnings,
            Err(diagnostics) => diagnostics,
        }
    }
}

/// Whether a file is copied from the runtime.
pub(crate) fn is_runtime(path: &str) -> bool {
    path.starts_with("src/runtime/")
}

/// The configuration of all runs here: every schema is written, so that none escapes a test.
pub(crate) fn config() -> Config {
    Config {
        package: "hostile".to_owned(),
        all_schemas: true,
        ..Config::default()
    }
}

/// Generates from a text; the findings are rendered as well, because that may not panic either.
pub(crate) fn run(path: &str, text: &str) -> Run {
    run_with(path, text, &config())
}

/// As [`run`], with another configuration.
pub(crate) fn run_with(path: &str, text: &str, config: &Config) -> Run {
    let sources = Sources::new(path, text);
    let result = oarlock::generate(&sources, config);
    let diagnostics = match &result {
        Ok(generated) => &generated.warnings,
        Err(diagnostics) => diagnostics,
    };
    let rendered = diagnostics
        .iter()
        .map(|finding| finding.render(&sources, false))
        .collect();
    if result.is_err() {
        assert!(
            diagnostics.count(Severity::Error) > 0,
            "a run that fails says why"
        );
    }
    Run { result, rendered }
}

/// A number from the environment, for runs that are longer than everybody wants to wait for.
pub(crate) fn number_from(variable: &str, default: u32) -> u32 {
    std::env::var(variable)
        .ok()
        .map_or(default, |text| text.parse().expect("a number of cases"))
}
