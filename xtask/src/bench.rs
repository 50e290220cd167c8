//! `cargo xtask bench`: how long each step of the generator takes, on real documents and on made ones that grow.
//!
//! Each document is measured by a process of its own, so that its peak of memory is its own. The time of a row is
//! that of its fastest run, as everything that makes a run slower has nothing to do with the generator.

mod document;
mod growth;
mod maker;
mod table;

use std::process::{Command, ExitCode};

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

pub(crate) use document::{DocumentArguments, run as document};

/// What `cargo xtask bench` is asked for.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder of the corpus, whose documents are left out, with a word, where there is none
    #[arg(long, default_value = "../shared/corpus")]
    corpus: Utf8PathBuf,

    /// How large the made documents get, as a multiple of 100 kB
    #[arg(long, value_name = "N", default_value_t = 1000)]
    most: usize,

    /// How many times each document is generated
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: usize,

    /// Only the documents whose name contains this text
    #[arg(long, value_name = "TEXT", default_value = "")]
    filter: String,
}

/// What is measured beside the repository's own document, in the order of their sizes.
const DOCUMENTS: &[&str] = &[
    "flagship/museum-3.1.yaml",
    "flagship/stripe-2022-11-15.json",
    "flagship/openai.json",
    "flagship/openai.yaml",
    "flagship/cloudflare.json",
    "flagship/kubernetes-swagger2.json",
    "flagship/digitalocean/specification/DigitalOcean-public.v2.yaml",
    "flagship/github-api-3.0.json",
];

/// The sizes of the made documents, as multiples of the first.
const SIZES: &[usize] = &[1, 10, 100, 1000];

/// Measures everything and prints a table, and the exponent with which the made documents grow. The exit code
/// is 1 if a document is not generated.
pub(crate) fn run(arguments: &Arguments, root: &Utf8Path) -> ExitCode {
    match measure(arguments, root) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: &Arguments, root: &Utf8Path) -> Result<(), String> {
    if cfg!(debug_assertions) {
        eprintln!(
            "This is a debug build: `cargo run --release -p xtask -- bench` measures what users have."
        );
    }
    let folder = root.join("target/bench");
    std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {folder}: {error}"))?;
    println!("{}", table::HEAD);
    for (name, path) in documents(arguments, root) {
        println!(
            "{}",
            table::row(&name, &one(&path, arguments.runs, &folder)?)
        );
    }
    let mut grown = Vec::new();
    for size in SIZES.iter().copied().filter(|size| *size <= arguments.most) {
        let name = format!("made, {size}x");
        if !name.contains(&arguments.filter) {
            continue;
        }
        let path = folder.join(format!("made-{size}.json"));
        let text = maker::document(size);
        std::fs::write(&path, text).map_err(|error| format!("cannot write {path}: {error}"))?;
        let measured = one(&path, arguments.runs, &folder)?;
        println!("{}", table::row(&name, &measured));
        grown.push(measured);
    }
    if let Some(text) = growth::exponents(&grown) {
        println!("\n{text}");
    }
    Ok(())
}

/// The documents that are there, by name.
fn documents(arguments: &Arguments, root: &Utf8Path) -> Vec<(String, Utf8PathBuf)> {
    let own = ("openapi.yaml".to_owned(), root.join("openapi.yaml"));
    let mut documents = vec![own];
    for path in DOCUMENTS {
        let name = path.rsplit('/').next().unwrap_or(path);
        let path = arguments.corpus.join(path);
        if path.is_file() {
            documents.push((name.to_owned(), path));
        } else {
            eprintln!("{name} is left out: there is no {path}");
        }
    }
    documents.retain(|(name, _)| name.contains(&arguments.filter));
    documents
}

/// What a process of its own measures.
fn one(path: &Utf8Path, runs: usize, folder: &Utf8Path) -> Result<document::Measured, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let runs = runs.to_string();
    let output = Command::new(program)
        .args(["bench-document", path.as_str(), "--runs", &runs, "--out"])
        .arg(folder.join("out"))
        .output()
        .map_err(|error| format!("cannot measure {path}: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{path} is not generated:\n{said}"));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("{path}: {error}"))
}
