//! Documents with mistakes, and exactly what a user gets to read about them.
//!
//! A folder of `rejected/` holds a document, `openapi.yaml` or `.json` or `.md`, and `diagnostics.txt`.
//! Where there is a file `strict.toml`, the findings are only warnings, and the document is refused by
//! `--strict`; where there is an `oarlock.toml`, the mistake is in there. `UPDATE_EXPECT=1 cargo test`
//! writes the messages anew: read them as the user will.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use camino::Utf8Path;
use oarlock::cli::add_referred;
use oarlock::config::{Config, Project};
use oarlock::diagnostic::Diagnostics;
use oarlock::source::Sources;

/// How many mistakes there are at least; a folder that gets lost is noticed.
const AT_LEAST: usize = 60;

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rejected");
    let entries = fs::read_dir(root).expect("the folder of mistakes");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    folders.sort();
    folders
}

/// What a run says about the document of a folder.
fn messages(folder: &Path) -> Result<String, String> {
    let names = ["openapi.yaml", "openapi.json", "openapi.md"];
    let name = names.iter().find(|name| folder.join(name).exists());
    let name = name.ok_or("there is no document")?;
    let text = fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())?;
    let path = Utf8Path::from_path(folder).ok_or("its path is not UTF-8")?;
    let mut sources = add_referred(Sources::new(*name, text), &path.join(name));
    if let Ok(overlay) = fs::read_to_string(folder.join("fix.overlay.yaml")) {
        sources.add_overlay("fix.overlay.yaml", overlay);
    }
    let strict = folder.join("strict.toml").exists();
    let mut config = Config {
        strict,
        ..Config::default()
    };
    if let Ok(text) = fs::read_to_string(folder.join("oarlock.toml")) {
        let file = sources.add("oarlock.toml", text.as_str());
        let project = Project::parse(file, &text).map_err(|findings| format!("{findings:?}"))?;
        config = project
            .crates
            .into_iter()
            .next()
            .ok_or("there is no crate")?
            .config;
    }
    let found: Diagnostics = match oarlock::generate(&sources, &config) {
        Ok(generated) => {
            return Err(format!(
                "it is taken:\n{}",
                generated.warnings.render(&sources, false)
            ));
        }
        Err(found) => found,
    };
    // Warnings are shown as the user who does not ask for `--strict` sees them.
    let shown = if strict {
        let lenient = Config {
            strict: false,
            ..config
        };
        match oarlock::generate(&sources, &lenient) {
            Ok(generated) => generated.warnings,
            Err(errors) => {
                return Err(format!(
                    "it is refused in any case:\n{}",
                    errors.render(&sources, false)
                ));
            }
        }
    } else {
        found
    };
    Ok(format!(
        "{}\n{}\n",
        shown.render(&sources, false),
        shown.summary()
    ))
}

#[test]
fn every_mistake_is_told_in_these_words() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut report = String::new();
    let folders = folders();
    assert!(
        folders.len() >= AT_LEAST,
        "only {} mistakes are found",
        folders.len()
    );
    for folder in folders {
        let name = folder
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let found = match messages(&folder) {
            Ok(found) => found,
            Err(error) => {
                let _ = writeln!(report, "{name}: {error}");
                continue;
            }
        };
        let file = folder.join("diagnostics.txt");
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if update && found != expected {
            fs::write(&file, &found).expect("the messages are written");
        } else if found != expected {
            let _ = writeln!(report, "{name} says\n{found}\ninstead of\n{expected}");
        }
    }
    assert!(
        report.is_empty(),
        "{report}\nUPDATE_EXPECT=1 writes the messages anew"
    );
}

/// Every message has a place, and none of them is longer than a user reads.
#[test]
fn every_mistake_has_a_place() {
    for folder in folders() {
        let name = folder.display();
        let Ok(text) = fs::read_to_string(folder.join("diagnostics.txt")) else {
            continue;
        };
        let heads = text
            .lines()
            .filter(|line| line.starts_with("error[") || line.starts_with("warning["));
        let places = text
            .lines()
            .filter(|line| line.trim_start().starts_with("--> "))
            .count();
        assert!(
            places >= heads.clone().count(),
            "{name}: a message has no place"
        );
        for head in heads {
            assert!(head.chars().count() <= 120, "{name}: {head}");
        }
    }
}
