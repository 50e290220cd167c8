//! From arguments to jobs: which documents become which crates.

use std::fs;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::failure::{Failure, Problem};
use super::texts::{add_referred, read};
use crate::config::{Config, Filter, Mode, Project, Target, default_package};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Sources;

/// The name of the configuration.
const CONFIG: &str = "oarlock.toml";

/// One crate to generate.
pub(super) struct Job {
    pub(super) sources: Sources,
    pub(super) config: Config,
    /// The output folder, absolute.
    pub(super) out: Utf8PathBuf,
    /// The output folder as the user wrote it.
    pub(super) shown: Utf8PathBuf,
}

/// A document by hand, with its options.
pub(super) struct ByHand<'a> {
    pub(super) document: &'a Utf8Path,
    pub(super) out: &'a Utf8Path,
    pub(super) package: Option<&'a str>,
    pub(super) module: bool,
    pub(super) filter: Filter,
    pub(super) overlays: &'a [Utf8PathBuf],
}

/// The job that the arguments describe.
pub(super) fn by_hand(here: &Utf8Path, arguments: ByHand<'_>) -> Result<Job, Problem> {
    let path = here.join(arguments.document);
    let text = read(&path, arguments.document)?;
    let out = absolute(here, arguments.out);
    let package = arguments
        .package
        .unwrap_or_else(|| default_package(&out))
        .to_owned();
    let mode = if arguments.module {
        Mode::Module
    } else {
        Mode::Crate
    };
    let config = Config {
        package,
        mode,
        filter: arguments.filter,
        ..Config::default()
    };
    let mut sources = Sources::new(arguments.document.as_str(), text);
    for overlay in arguments.overlays {
        sources.add_overlay(overlay.as_str(), read(&here.join(overlay), overlay)?);
    }
    Ok(Job {
        sources: add_referred(sources, &path),
        config,
        out,
        shown: arguments.out.to_owned(),
    })
}

/// The job to look into and not to write: that of a document, or that of the only crate of the nearest
/// configuration.
pub(super) fn of_document(
    here: &Utf8Path,
    document: Option<&Utf8Path>,
    overlays: &[Utf8PathBuf],
) -> Result<Job, Problem> {
    if let Some(document) = document {
        let arguments = ByHand {
            document,
            // Nothing is written, so any output folder will do.
            out: "generated".into(),
            package: None,
            module: false,
            filter: Filter::default(),
            overlays,
        };
        return by_hand(here, arguments);
    }
    let mut jobs = of_config(here, None)?;
    match (jobs.pop(), jobs.is_empty()) {
        (Some(job), true) => job,
        _ => Err(Failure::new("there are several crates, so name a document").into()),
    }
}

/// The jobs of a configuration: the one named, or the nearest from `here` upwards.
///
/// A document that cannot be read spoils its own job only.
pub(super) fn of_config(
    here: &Utf8Path,
    named: Option<&Utf8Path>,
) -> Result<Vec<Result<Job, Problem>>, Problem> {
    let path = match named {
        Some(path) => here.join(path),
        None => find_config(here)?,
    };
    let shown = named.map_or_else(|| shorten(here, &path), Utf8Path::to_owned);
    let text = read(&path, &shown)?;
    // Every job has its document as file 0 and the configuration as file 1, so the places in the
    // configuration are right for all of them.
    let mut sources = Sources::new("", "");
    let file = sources.add(shown.as_str(), text.as_str());
    let project = match Project::parse(file, &text) {
        Ok(project) => project,
        Err(findings) => return Err(problem(findings, sources)),
    };
    let root = path.parent().unwrap_or(here);
    let job = |target| of_target(here, root, target, (&shown, &text));
    Ok(project.crates.into_iter().map(job).collect())
}

fn of_target(
    here: &Utf8Path,
    root: &Utf8Path,
    target: Target,
    (config_path, config_text): (&Utf8Path, &str),
) -> Result<Job, Problem> {
    let sources = |shown: &str, text: String| {
        let mut sources = Sources::new(shown, text);
        sources.add(config_path.as_str(), config_text);
        sources
    };
    let refuse = |span, failure: Failure| {
        let mut finding = Diagnostic::error(Code::Config, span, failure.message);
        finding.help = failure.help;
        problem(vec![finding], sources("", String::new()))
    };
    let path = root.join(&target.document.text);
    let shown = shorten(here, &path);
    let text = read(&path, &shown).map_err(|failure| refuse(target.document.span, failure))?;
    let written = Utf8Path::new(&target.out.text);
    refuse_links(root, written).map_err(|failure| refuse(target.out.span, failure))?;
    let out = absolute(root, written);
    let mut sources = sources(shown.as_str(), text);
    for overlay in &target.overlays {
        let path = root.join(&overlay.text);
        let shown = shorten(here, &path);
        let text = read(&path, &shown).map_err(|failure| refuse(overlay.span, failure))?;
        sources.add_overlay(shown.as_str(), text);
    }
    Ok(Job {
        sources: add_referred(sources, &path),
        config: target.config,
        shown: written.components().collect(),
        out,
    })
}

fn problem(findings: Vec<Diagnostic>, sources: Sources) -> Problem {
    let mut diagnostics = Diagnostics::default();
    findings
        .into_iter()
        .for_each(|finding| diagnostics.push(finding));
    Problem::Findings(diagnostics, Box::new(sources))
}

fn find_config(here: &Utf8Path) -> Result<Utf8PathBuf, Failure> {
    let found = here
        .ancestors()
        .map(|folder| folder.join(CONFIG))
        .find(|path| path.is_file());
    found.ok_or_else(|| {
        Failure::new(format!(
            "there is no {CONFIG} in this folder or in one above it"
        ))
        .help("name a document: `oarlock generate openapi.yaml --out generated`")
    })
}

/// The configuration may come with a repository, so its output folder must be where it seems to be.
fn refuse_links(root: &Utf8Path, out: &Utf8Path) -> Result<(), Failure> {
    let mut path = root.to_owned();
    for part in out.components() {
        path.push(part);
        if fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
            let message = format!("`{}` is a symbolic link", shorten(root, &path));
            return Err(Failure::new(message)
                .help("name the folder that it leads to, or replace it by one"));
        }
    }
    Ok(())
}

/// The path without `.` and `..`, as far as text tells.
fn absolute(here: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    let mut out = Utf8PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir if out.file_name().is_some() => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// The path as seen from here, if it lies below.
fn shorten(here: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    path.strip_prefix(here).unwrap_or(path).to_owned()
}
