//! Invariants 7 and 8: what a generated crate is made of. That it compiles without warnings is seen by
//! `tests/` and by `cargo xtask corpus --compile`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::hostile::harmless;
use crate::interference::inspect;
use crate::run::{Run, run};

/// The documents of the corpus that lies beside the repository, if it is there.
fn flagships() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/flagship");
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(path) = open.pop() {
        let Ok(entries) = fs::read_dir(&path) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let extension = path
                .extension()
                .and_then(|it| it.to_str())
                .unwrap_or_default();
            if path.is_dir() {
                open.push(path);
            } else if ["json", "yaml", "yml"].contains(&extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn invariant_7_the_output_is_ascii_and_forbids_unsafe_code() {
    let run = run("document.json", &harmless());
    inspect(&run.own_files());
    for (path, text) in run.files() {
        assert!(text.is_ascii(), "{path} is not ASCII");
    }
    let root = run
        .files()
        .into_iter()
        .find(|(path, _)| *path == "src/lib.rs");
    assert!(
        root.expect("the root")
            .1
            .contains("\n#![forbid(unsafe_code)]\n")
    );
}

/// Documents of the world have every script and sign in them. The largest ones are left to `xtask
/// corpus`, which is built with optimisations.
#[test]
fn invariant_7_the_output_of_the_flagships_is_ascii() {
    let documents = flagships();
    if documents.is_empty() {
        println!("SKIPPED: there is no corpus beside this repository");
        return;
    }
    let (mut generated, mut refused) = (0, 0);
    for path in documents {
        let text = fs::read_to_string(&path).expect("a document");
        if text.len() > 1_500_000 {
            continue;
        }
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let run: Run = run(name, &text);
        if run.result.is_err() {
            refused += 1;
            continue;
        }
        inspect(&run.own_files());
        generated += 1;
    }
    // Most of those are parts of a document that is split into files.
    println!("{generated} documents are generated, {refused} refused");
    assert!(generated > 10, "only {generated} documents are generated");
}

#[test]
fn invariant_8_a_generated_crate_never_depends_on_oarlock() {
    let documents = [
        harmless(),
        r#"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{}}"#.to_owned(),
    ];
    for document in documents {
        let run = run("document.json", &document);
        let files = run.files();
        let manifest = files
            .iter()
            .find(|(path, _)| *path == "Cargo.toml")
            .expect("a manifest")
            .1;
        let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
        for key in [
            "build-dependencies",
            "dev-dependencies",
            "patch",
            "target",
            "workspace",
        ] {
            assert!(!manifest.contains_key(key), "the manifest has `{key}`");
        }
        let package = manifest["package"].as_table().expect("a package");
        assert!(
            !package.contains_key("build"),
            "the package has a build script"
        );
        let dependencies = manifest["dependencies"].as_table().expect("dependencies");
        for (name, dependency) in dependencies {
            assert!(
                WELL_KNOWN.contains(&name.as_str()),
                "`{name}` is not on the list"
            );
            for key in ["path", "git", "registry", "registry-index", "package"] {
                assert!(dependency.get(key).is_none(), "`{name}` comes from a {key}");
            }
            let version = dependency
                .as_str()
                .or_else(|| dependency.get("version")?.as_str());
            assert!(
                version.is_some_and(|version| version.starts_with(|ch: char| ch.is_ascii_digit())),
                "`{name}` has no version"
            );
        }
        for (path, text) in files {
            let named = text.contains("oarlock::")
                || text.contains("oarlock_runtime")
                || text.contains("extern crate");
            assert!(!named, "{path} refers to Oarlock");
        }
    }
}

/// The crates that generated code may depend on (`ARCHITECTURE.md`, dependencies).
const WELL_KNOWN: &[&str] = &[
    "axum",
    "bytes",
    "chrono",
    "futures-core",
    "http",
    "http-body",
    "http-body-util",
    "jiff",
    "regex",
    "reqwest",
    "rust_decimal",
    "secrecy",
    "serde",
    "serde_json",
    "serde_path_to_error",
    "sha2",
    "subtle",
    "tokio",
    "time",
    "tower",
    "tower-http",
    "url",
    "uuid",
];
