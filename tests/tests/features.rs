//! `features = "tags"`: a crate compiles with each of its tags, with none and with all, and holds just the
//! types that these reach.

use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use conformance::project::root;
use oarlock::config::{Config, Features};
use oarlock::source::Sources;

const DOCUMENT: &str = include_str!("fixtures/tags.yaml");

/// Sets of features, and a type of the document that each of them has.
const SETS: &[(&str, &str)] = &[
    ("", "Failure"),
    ("client", "Reason"),
    ("client,pets", "Pet"),
    ("server,default_tag", "Shop"),
    ("client,server,visits", "Visit"),
    ("pets", "Address"),
    ("default_tag", "Address"),
    ("client,server,default_tag,pets,visits", "Kind"),
];

/// Writes the crate, as a workspace of its own with the versions of this one.
fn write() -> Utf8PathBuf {
    let folder = Utf8PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tags");
    let _ = fs::remove_dir_all(&folder);
    let sources = Sources::new("openapi.yaml", DOCUMENT);
    let config = Config {
        package: "tags".to_owned(),
        features: Features::Tags,
        ..Config::default()
    };
    let generated = oarlock::generate(&sources, &config).expect("the document is taken");
    for (path, text) in generated.files.iter() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder is made");
        fs::write(&path, text).expect("a file is written");
    }
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("there is a manifest");
    fs::write(folder.join("Cargo.toml"), manifest + "\n[workspace]\n").expect("it is written");
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("there is a lock");
    folder
}

/// Checks the crate with a set of features, and an example that uses a type of it.
fn check(folder: &Utf8Path, features: &str, used: &str) -> Result<(), String> {
    fs::create_dir_all(folder.join("examples")).expect("a folder is made");
    let example = format!("fn main() {{ let _: Option<tags::types::{used}> = None; }}\n");
    fs::write(folder.join("examples/used.rs"), example).expect("a file is written");
    let run = Command::new(env!("CARGO"))
        .args([
            "check",
            "--offline",
            "--quiet",
            "--examples",
            "--no-default-features",
            "--features",
        ])
        .arg(features)
        .current_dir(folder)
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_TARGET_DIR", folder.with_file_name("tags-target"))
        .output()
        .expect("cargo runs");
    if run.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&run.stderr).into_owned())
}

#[test]
fn every_set_of_tags_compiles_without_a_warning() {
    let folder = write();
    for (features, used) in SETS {
        if let Err(errors) = check(&folder, features, used) {
            panic!("with the features {features:?}:\n{errors}");
        }
    }
    // What only another tag reaches is not there.
    for (features, absent) in [
        ("pets", "Visit"),
        ("client,visits", "Address"),
        ("client", "Kind"),
    ] {
        let errors = check(&folder, features, absent).expect_err("the type is left out");
        assert!(errors.contains("cannot find type"), "{features}: {errors}");
    }
}
