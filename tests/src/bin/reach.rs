//! `cargo run -p conformance --bin reach -- FOLDER [TEXT]`: builds the router of every document of a
//! corpus and calls every operation once, as [`conformance::reach`] describes. The documents are those
//! that `MANIFEST.tsv` in the folder lists, or of them those whose path contains the text. The exit code
//! is 1 if a request does not get to its operation.

use std::process::ExitCode;

use camino::Utf8PathBuf;
use conformance::reach::{Reached, reach};
use rayon::prelude::*;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next().map(Utf8PathBuf::from) else {
        eprintln!("Usage: reach FOLDER [TEXT]");
        return ExitCode::from(2);
    };
    let filter = arguments.next().unwrap_or_default();
    let manifest = folder.join("MANIFEST.tsv");
    let listed = match std::fs::read_to_string(&manifest) {
        Ok(listed) => listed,
        Err(error) => {
            eprintln!("error: cannot read {manifest}: {error}");
            return ExitCode::from(2);
        }
    };
    let documents: Vec<&str> = roots(&listed)
        .filter(|path| path.contains(&filter))
        .collect();
    if documents.is_empty() {
        eprintln!("error: {manifest} lists no such document");
        return ExitCode::from(2);
    }
    let results: Vec<Result<Reached, String>> = documents
        .par_iter()
        .map(|path| reach(&folder.join(path)))
        .collect();
    let mut all = Reached::default();
    let mut refused = 0;
    for (path, result) in documents.iter().zip(results) {
        match result {
            Ok(reached) => {
                for lost in &reached.lost {
                    println!("{path}: {lost}");
                }
                all += reached;
            }
            Err(findings) => {
                refused += 1;
                let first = findings.lines().find(|line| line.starts_with("error"));
                let first = first.or(findings.lines().next()).unwrap_or_default();
                println!("{path}: no router: {first}");
            }
        }
    }
    let routers = documents.len() - refused;
    println!(
        "{} documents, {routers} routers built; operations: {all}",
        documents.len()
    );
    ExitCode::from(u8::from(!all.lost.is_empty()))
}

/// The paths of the documents that a manifest lists, without the files that they refer to.
fn roots(manifest: &str) -> impl Iterator<Item = &str> {
    let mut rows = manifest.lines().map(|row| row.split('\t'));
    let names = rows.next();
    let role = names.and_then(|mut names| names.position(|name| name == "role"));
    rows.filter_map(move |mut row| {
        let path = row.next()?;
        let role = row.nth(role?.checked_sub(1)?)?;
        role.starts_with("root").then_some(path)
    })
}
