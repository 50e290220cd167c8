//! The crate of any document at work: a program with a server whose handlers answer every operation
//! with made values, and with a client that calls every operation with made values.
//!
//! The program can call all operations in one process, serve, or call a server elsewhere.
//! `cargo run -p conformance --bin rig` is the way in.

mod calls;
mod handlers;
mod parse;
mod values;

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use oarlock::config::Config;
use oarlock::{Generated, Phase};
use serde_json::Value;

use crate::oracle::Document;
use crate::project;
use values::Values;

/// What every program does with its handlers and its calls.
const MAIN: &str = include_str!("rig/main.rs");

/// What all programs depend on. What the generated crate depends on besides is added.
const MANIFEST: &str = r#"[package]
name = "rig"
version = "0.0.0"
edition = "2024"
publish = false

[profile.dev]
debug = false
incremental = false

[workspace]
members = ["api"]

[dependencies]
api = { path = "api" }
tokio = { version = "1", features = ["macros", "net", "rt-multi-thread"] }
"#;

/// Lines for crates whose features are not those of the generated crate.
const OWN: &[(&str, &str)] = &[
    (
        "axum",
        r#"axum = { version = "0.8", default-features = false, features = ["http1", "tokio"] }"#,
    ),
    ("http", r#"http = "1""#),
];

/// Writes and compiles the program of a document, and gives its path: `rig` in a folder of `target/rig/`
/// that is named after the document and the folder it is in.
///
/// # Errors
///
/// The document cannot be generated, or the program does not compile.
pub fn build(path: &Utf8Path) -> Result<Utf8PathBuf, Box<dyn Error>> {
    let document = Document::read(path, Config::default())?;
    let source = Source::read(&document)?;
    let folder = project::root().join("target/rig").join(name(path));
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in source.generated.files.iter() {
        write(&folder.join("api").join(path), text)?;
    }
    write(&folder.join("Cargo.toml"), &source.manifest())?;
    // The versions that this repository has been tested with.
    fs::copy(
        project::root().join("Cargo.lock"),
        folder.join("Cargo.lock"),
    )?;
    let mut values = Values::new(&document, &source.lowered);
    write(
        &folder.join("src/handlers.rs"),
        &handlers::write(&source, &mut values)?,
    )?;
    write(
        &folder.join("src/calls.rs"),
        &calls::write(&source, &mut values)?,
    )?;
    write(&folder.join("src/main.rs"), MAIN)?;
    compile(&folder)
}

/// Two documents may have the same name, but hardly in folders of the same name.
fn name(path: &Utf8Path) -> String {
    let parent = path.parent().and_then(Utf8Path::file_name);
    let stem = path.file_stem().unwrap_or_default();
    format!("{}-{stem}", parent.unwrap_or("here")).replace('.', "-")
}

fn compile(folder: &Utf8Path) -> Result<Utf8PathBuf, Box<dyn Error>> {
    // One folder for all programs, so that what they depend on is compiled once.
    let target = project::root().join("target/rig/target");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--color", "never", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .output()?;
    if !built.status.success() {
        let errors = String::from_utf8_lossy(&built.stderr);
        let first: Vec<&str> = errors.lines().take(60).collect();
        return Err(format!("the program does not compile:\n{}", first.join("\n")).into());
    }
    // The next program would be written over this one.
    let own = folder.join("rig");
    fs::copy(target.join("debug/rig"), &own)?;
    Ok(own)
}

fn write(path: &Utf8Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// A crate, and what the phases say about it.
struct Source {
    generated: Generated,
    lowered: Value,
    planned: Value,
}

impl Source {
    fn read(document: &Document) -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            generated: document.generated()?,
            lowered: document.phase(Phase::Lower)?,
            planned: document.phase(Phase::Plan)?,
        })
    }

    /// The manifest of the program. Its handlers name types of the crates that the generated one
    /// depends on.
    fn manifest(&self) -> String {
        let mut manifest = MANIFEST.to_owned();
        let lines = self.text("Cargo.toml").lines();
        let lines = lines.skip_while(|line| *line != "[dependencies]").skip(1);
        for line in lines.take_while(|line| !line.starts_with('[')) {
            let name = line.split(' ').next().unwrap_or_default();
            if MANIFEST.contains(&format!("\n{name} = ")) {
                continue;
            }
            let own = OWN.iter().find(|(it, _)| *it == name);
            let line = own.map_or(line.replace("optional = true, ", ""), |(_, line)| {
                (*line).to_owned()
            });
            // Writing to a string cannot fail.
            let _ = writeln!(manifest, "{}", line.replace(", optional = true", ""));
        }
        manifest
    }

    /// A generated file.
    fn text(&self, path: &str) -> &str {
        let mut files = self.generated.files.iter();
        let file = files.find(|(it, _)| it.as_str() == path);
        file.map_or("", |(_, text)| text)
    }

    /// A generated file of Rust.
    fn file(&self, path: &str) -> syn::Result<syn::File> {
        syn::parse_file(self.text(path))
    }

    /// The modules of operations: their names, and their operations.
    fn modules(&self) -> impl Iterator<Item = Module<'_>> {
        let modules = self.planned["modules"].as_array().into_iter().flatten();
        modules.filter_map(|module| {
            let indices = module["operations"].as_array()?.iter();
            let indices = indices.filter_map(|it| usize::try_from(it.as_u64()?).ok());
            let operations = indices.map(|index| Operation {
                lowered: &self.lowered["operations"][index],
                planned: &self.planned["operations"][index],
            });
            // A webhook goes to a URL that somebody gave, so there is no router for it.
            let operations: Vec<Operation<'_>> = operations
                .filter(|it| it.lowered["hook"].is_null())
                .collect();
            if operations.is_empty() {
                return None;
            }
            Some(Module {
                name: module["name"].as_str()?.trim_start_matches("r#"),
                trait_name: module["trait_name"].as_str()?,
                operations,
            })
        })
    }

    /// Whether any operation asks who calls.
    fn is_secured(&self) -> bool {
        let operations = self.planned["operations"].as_array();
        let mut operations = operations.into_iter().flatten();
        operations.any(|it| it["auth"] != "None")
    }
}

/// The operations of a tag.
struct Module<'s> {
    name: &'s str,
    trait_name: &'s str,
    operations: Vec<Operation<'s>>,
}

impl<'s> Module<'s> {
    /// The operation that a method is for.
    fn operation(&self, method: &syn::Ident) -> Option<&Operation<'s>> {
        let mut operations = self.operations.iter();
        operations.find(|it| it.planned["method"].as_str().is_some_and(|it| method == it))
    }
}

/// What two phases say about one operation.
struct Operation<'s> {
    lowered: &'s Value,
    planned: &'s Value,
}

impl Operation<'_> {
    /// What it is called in messages.
    fn id(&self) -> &str {
        self.planned["id"].as_str().unwrap_or_default()
    }
}
