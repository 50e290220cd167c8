//! The folders of `cases/`: a document, what is generated for it, and what there was to say. The output
//! is compiled as `conformance::cases`, and `behaviour/` puts it to work.
//!
//! The runtime is the same text in every one of them, so the cases share one that is compiled once.
//! [`WHOLE`] keeps its copy, as a user has it.
//!
//! `UPDATE_EXPECT=1 cargo test -p conformance --test cases` writes the output anew. This test stands by
//! itself, so that it runs although other tests do not compile with the old output.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use camino::Utf8Path;
use oarlock::cli::add_referred;
use oarlock::config::{Config, Mode, Project, UserCode};
use oarlock::source::{FileId, Sources};

/// The list of the cases that are compiled; one that is not is worth little.
const COMPILED: &str = include_str!("../src/cases.rs");

/// The cases with a first implementation of their server, which `behaviour/scaffold.rs` compiles and calls.
const SCAFFOLDED: [&str; 6] = [
    "bare",
    "media_choices",
    "parameters",
    "service",
    "streams",
    "webhooks",
];

/// The case whose output is kept with all of its files.
const WHOLE: &str = "service";

/// The modules of the runtime that generated files add methods to, so that no two documents can share them,
/// and those that are for them.
const OWN: [&str; 11] = [
    "absent",
    "blocking",
    "client",
    "in_process",
    "multipart_client",
    "multipart_server",
    "paging",
    "part_stream",
    "retry",
    "server",
    "traced",
];

/// Whether the output of a folder is compiled.
fn is_compiled(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| COMPILED.contains(&format!("../cases/{name}/expected/mod.rs")))
}

/// How the document of a folder is generated: `oarlock.toml` beside it says so, if there is one.
fn config(folder: &Path) -> Config {
    let mut config = match fs::read_to_string(folder.join("oarlock.toml")) {
        Ok(text) => {
            let project = Project::parse(FileId(1), &text).expect("a configuration");
            let target = project.crates.into_iter().next();
            target.expect("a crate in the configuration").config
        }
        Err(_) => Config::default(),
    };
    config.mode = Mode::Module;
    config
}

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let entries = fs::read_dir(root).expect("the folder of cases");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    folders.sort();
    folders
}

/// What is generated for the document of a folder, by path, and what there was to say.
fn generated(folder: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder.join("openapi.yaml")).expect("a document");
    let path = Utf8Path::from_path(folder).expect("its path is UTF-8");
    let mut sources = Sources::new("openapi.yaml", text);
    if let Ok(overlay) = fs::read_to_string(folder.join("fix.overlay.yaml")) {
        sources.add_overlay("fix.overlay.yaml", overlay);
    }
    let sources = add_referred(sources, &path.join("openapi.yaml"));
    let config = config(folder);
    let generated = match oarlock::generate(&sources, &config) {
        Ok(generated) => generated,
        Err(errors) => panic!("{}\n{}", folder.display(), errors.render(&sources, false)),
    };
    let files = generated.files.iter();
    let mut files: BTreeMap<String, String> = files
        .map(|(path, text)| (format!("expected/{path}"), text.to_owned()))
        .collect();
    if !folder.ends_with(WHOLE) {
        share_runtime(&mut files);
    }
    if let Some(name) = SCAFFOLDED.iter().find(|name| folder.ends_with(name)) {
        let text = scaffold(&sources, &config, name);
        files.insert("expected/scaffold.rs".to_owned(), text);
    }
    let findings = generated.warnings.render(&sources, false);
    files.insert("diagnostics.txt".to_owned(), findings);
    files
}

/// The first implementation of the server of a case.
fn scaffold(sources: &Sources, config: &Config, name: &str) -> String {
    let path = UserCode::type_path(&format!("conformance::cases::{name}"));
    let text = oarlock::scaffold(sources, config, &path.expect("a path"));
    let text = text.expect("the document has no mistakes");
    text.expect("the document has operations")
}

/// Takes the modules of the runtime that all cases share in the place of copies.
fn share_runtime(files: &mut BTreeMap<String, String>) {
    files.retain(|path, _| !path.starts_with("expected/runtime/"));
    let index = files.get_mut("expected/runtime.rs");
    let index = index.expect("every output has a runtime");
    let modules = index
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let (own, shared): (Vec<&str>, Vec<&str>) = modules.partition(|name| OWN.contains(name));
    let own: String = own
        .iter()
        .map(|name| format!("    pub mod {name};\n"))
        .collect();
    *index = format!(
        "//! The runtime: what this document adds methods to, and what all cases share.\n\n\
         pub use files::*;\n\n\
         #[path = \"../../../../generator/runtime/src\"]\n\
         mod files {{\n    pub use crate::runtime::{{{}}};\n\n{own}}}\n",
        shared.join(", ")
    );
}

/// What the folder holds of what is generated.
fn committed(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("it is below the folder");
            let name = name.to_str().expect("its path is UTF-8").replace('\\', "/");
            if name.starts_with("expected/") || name == "diagnostics.txt" {
                files.insert(name, fs::read_to_string(&path).expect("a file"));
            }
        }
    }
    files
}

fn write(folder: &Path, files: &BTreeMap<String, String>) {
    let _ = fs::remove_dir_all(folder.join("expected"));
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder is made");
        fs::write(path, text).expect("a file is written");
    }
}

#[test]
fn the_output_of_every_case_is_up_to_date() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let folders = folders();
    for folder in &folders {
        let shown = folder.display();
        assert!(
            is_compiled(folder),
            "list {shown} in `src/cases.rs` as well"
        );
    }
    let mut stale = Vec::new();
    for folder in folders {
        let (fresh, known) = (generated(&folder), committed(&folder));
        if fresh == known {
            continue;
        }
        if update {
            write(&folder, &fresh);
        }
        let names = fresh.keys().chain(known.keys());
        let names: std::collections::BTreeSet<&String> = names.collect();
        let odd = names
            .into_iter()
            .filter(|name| fresh.get(*name) != known.get(*name));
        stale.extend(odd.map(|name| folder.join(name).display().to_string()));
    }
    assert!(
        update || stale.is_empty(),
        "UPDATE_EXPECT=1 writes these anew:\n{}",
        stale.join("\n")
    );
}
