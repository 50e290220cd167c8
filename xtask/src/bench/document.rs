//! One document, in a process of its own.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use oarlock::cli::add_referred;
use oarlock::config::Config;
use oarlock::source::{FileId, Sources, decode};
use oarlock::write::Files;
use oarlock::{Observer, Step};
use serde::{Deserialize, Serialize};

use crate::{corpus, process};

/// What `cargo xtask bench-document` is asked for.
#[derive(Debug, Args)]
pub(crate) struct DocumentArguments {
    /// The document
    path: Utf8PathBuf,

    /// How many times it is generated
    #[arg(long)]
    runs: usize,

    /// The folder to write the crate to
    #[arg(long)]
    out: Utf8PathBuf,
}

/// How long a document took, in milliseconds, and what of.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Measured {
    /// All files of the document.
    pub(crate) bytes: usize,
    /// What was written.
    pub(crate) lines: usize,
    /// Each step, by its name. Those of files are summed up over the threads.
    pub(crate) steps: BTreeMap<String, f64>,
    /// From the text in memory to the files in memory.
    pub(crate) total: f64,
    /// Writing the files.
    pub(crate) write: f64,
    /// The work of all processors for all runs, divided by their number.
    pub(crate) cpu: Option<f64>,
    pub(crate) peak_bytes: Option<u64>,
}

/// Measures one document and prints that as JSON.
pub(crate) fn run(arguments: &DocumentArguments) -> ExitCode {
    match measure(arguments) {
        Ok(measured) => {
            println!("{}", serde_json::to_string(&measured).unwrap_or_default());
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: &DocumentArguments) -> Result<Measured, String> {
    let path = &arguments.path;
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let sources = add_referred(
        Sources::new(path.as_str(), decode(path.as_str(), bytes)?),
        path,
    );
    let config = Config {
        keep_going: true,
        ..Config::default()
    };
    let before = process::cpu_seconds();
    let mut best: Option<Measured> = None;
    for _ in 0..arguments.runs.max(1) {
        let clock = Clock::default();
        let start = Instant::now();
        clock.begin_file();
        let generated = oarlock::generate_observed(&sources, &config, &clock);
        let total = milliseconds(start.elapsed());
        let generated = generated.map_err(|findings| findings.render(&sources, false))?;
        let measured = Measured {
            bytes: size(&sources),
            lines: generated
                .files
                .iter()
                .map(|(_, it)| it.lines().count())
                .sum(),
            steps: clock.steps(),
            total,
            ..Measured::default()
        };
        if best.as_ref().is_none_or(|best| total < best.total) {
            let write = write(&arguments.out, &generated.files);
            let write = milliseconds(write.map_err(|error| error.to_string())?);
            best = Some(Measured { write, ..measured });
        }
    }
    let mut best = best.unwrap_or_default();
    #[allow(clippy::cast_precision_loss, reason = "there are few runs")]
    let runs = arguments.runs.max(1) as f64;
    let cpu = process::cpu_seconds().zip(before);
    best.cpu = cpu.map(|(after, before)| (after - before) * 1000.0 / runs);
    best.peak_bytes = process::peak_bytes();
    Ok(best)
}

/// How many bytes all files of a document have.
fn size(sources: &Sources) -> usize {
    let files = (0..).map_while(|id| sources.get(FileId(id)));
    files.map(|file| file.text.len()).sum()
}

/// How long it takes to write the files to a folder that is not there.
fn write(out: &Utf8Path, files: &Files) -> std::io::Result<Duration> {
    if out.exists() {
        std::fs::remove_dir_all(out)?;
    }
    let start = Instant::now();
    corpus::write(out, files)?;
    Ok(start.elapsed())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Adds up how long the steps take.
#[derive(Default)]
struct Clock {
    steps: Mutex<BTreeMap<Step, Duration>>,
}

thread_local! {
    /// When the last step of this thread was done.
    static LAST: Cell<Option<Instant>> = const { Cell::new(None) };
}

impl Clock {
    fn steps(&self) -> BTreeMap<String, f64> {
        let steps = self.steps.lock().map(|steps| steps.clone());
        let steps = steps.unwrap_or_default().into_iter();
        steps
            .map(|(step, time)| (step.as_str().to_owned(), milliseconds(time)))
            .collect()
    }
}

impl Observer for Clock {
    fn begin_file(&self) {
        LAST.set(Some(Instant::now()));
    }

    fn done(&self, step: Step) {
        let now = Instant::now();
        if let (Some(last), Ok(mut steps)) = (LAST.replace(Some(now)), self.steps.lock()) {
            *steps.entry(step).or_default() += now - last;
        }
    }
}
