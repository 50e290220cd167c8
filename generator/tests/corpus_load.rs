//! Every document of the corpus loads, but for those that are listed here with a reason.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use oarlock::diagnostic::Diagnostics;
use oarlock::load::{Limits, load};
use oarlock::source::{Sources, decode};
use rayon::prelude::*;
use serde_json::Value;

/// Documents that do not load: a part of the path, and a part of the first message.
const REFUSED: &[(&str, &str)] = &[];

#[test]
fn every_document_of_the_corpus_loads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if !root.is_dir() {
        eprintln!("skipped: there is no corpus at {}", root.display());
        return;
    }
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let start = Instant::now();
    let wrong: Mutex<Vec<String>> = Mutex::default();
    files.par_iter().for_each(|file| {
        let path = file
            .strip_prefix(&root)
            .unwrap_or(file)
            .display()
            .to_string();
        if let Err(message) = check(&path, std::fs::read(file).expect("the corpus can be read")) {
            wrong
                .lock()
                .expect("no thread panicked")
                .push(format!("{path}: {message}"));
        }
    });
    let mut wrong = wrong.into_inner().expect("no thread panicked");
    wrong.sort();
    eprintln!("{} documents in {:.1?}", files.len(), start.elapsed());
    assert!(
        wrong.is_empty(),
        "{} of {} documents:\n{}",
        wrong.len(),
        files.len(),
        wrong.join("\n")
    );
}

/// The documents below a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the corpus can be read") {
        let path = entry.expect("the corpus can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path
            .extension()
            .is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|known| ending == *known))
        {
            files.push(path);
        }
    }
}

fn check(path: &str, bytes: Vec<u8>) -> Result<(), String> {
    let reason = REFUSED
        .iter()
        .find(|(part, _)| path.contains(part))
        .map(|(_, reason)| *reason);
    match (read(path, bytes), reason) {
        (Ok(()), None) => Ok(()),
        (Ok(()), Some(_)) => Err("it loads; take it from the list".to_owned()),
        (Err(message), Some(reason)) if message.contains(reason) => Ok(()),
        (Err(message), _) => Err(message),
    }
}

/// Loads a document, and compares it with what `serde_json` reads if it is JSON.
fn read(path: &str, bytes: Vec<u8>) -> Result<(), String> {
    let sources = Sources::new(path, decode(path, bytes)?);
    let mut diagnostics = Diagnostics::new(false);
    let tree = load(&mut diagnostics, &sources, &Limits::default());
    let rendered = diagnostics.render(&sources, false);
    let tree = tree.filter(|_| !diagnostics.has_errors()).ok_or(rendered)?;
    let text = sources.text(sources.root()).trim_start_matches('\u{FEFF}');
    match serde_json::from_str::<Value>(text) {
        Ok(value) if !is_same(&value, &tree.to_json_value(tree.root())) => {
            Err("serde_json reads another value".to_owned())
        }
        _ => Ok(()),
    }
}

/// Whether two values are the same, but for the last bits of numbers: `serde_json` rounds some of
/// them less exactly than the standard library does.
fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| is_same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let is_here = |(key, value)| right.get(key).is_some_and(|other| is_same(value, other));
            left.len() == right.len() && left.iter().all(is_here)
        }
        (Value::Number(left), Value::Number(right)) => {
            let close = |left: f64, right: f64| (left - right).abs() <= left.abs() * 1e-15;
            left == right
                || left
                    .as_f64()
                    .zip(right.as_f64())
                    .is_some_and(|(left, right)| close(left, right))
        }
        _ => left == right,
    }
}
