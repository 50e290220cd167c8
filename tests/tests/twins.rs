//! The same API in two dialects becomes the same Rust. A case folder that has a `twin.yaml` beside its
//! document says the same in the newest dialect; but for the pointers in the documentation, which lead
//! into the one or the other document, the output is equal byte by byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use oarlock::config::{Config, Mode};
use oarlock::source::Sources;

fn generated(path: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path).expect("a document");
    let config = Config {
        mode: Mode::Module,
        ..Config::default()
    };
    let sources = Sources::new("openapi.yaml", text);
    let generated = match oarlock::generate(&sources, &config) {
        Ok(generated) => generated,
        Err(errors) => panic!("{}\n{}", path.display(), errors.render(&sources, false)),
    };
    let files = generated.files.iter();
    files
        .map(|(path, text)| (path.to_string(), without_pointers(text)))
        .collect()
}

/// The text with the pointers of the documentation taken out of their backticks.
fn without_pointers(text: &str) -> String {
    let mut kept = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 && part.starts_with("#/") {
            kept.push('#');
        } else {
            kept.push_str(part);
        }
        kept.push('`');
    }
    kept
}

#[test]
fn twins_in_two_dialects_become_the_same_rust() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut twins = Vec::new();
    for entry in fs::read_dir(root).expect("the folder of cases") {
        let folder = entry.expect("an entry").path();
        let twin = folder.join("twin.yaml");
        if !twin.exists() {
            continue;
        }
        let (old, new) = (generated(&folder.join("openapi.yaml")), generated(&twin));
        assert_eq!(
            old.keys().collect::<Vec<_>>(),
            new.keys().collect::<Vec<_>>()
        );
        for (path, text) in &old {
            assert_same_lines(&folder, path, text, &new[path]);
        }
        twins.push(folder);
    }
    assert!(!twins.is_empty(), "the folders with twins are lost");
}

/// Fails with the first line that differs, because whole files are too long to read.
fn assert_same_lines(folder: &Path, path: &str, old: &str, new: &str) {
    let lines = old.lines().zip(new.lines()).enumerate();
    for (number, (old, new)) in lines {
        assert_eq!(old, new, "{}: {path}:{}", folder.display(), number + 1);
    }
    assert_eq!(old, new, "{}: {path}", folder.display());
}

#[test]
fn pointers_are_all_that_may_differ() {
    let text = "/// Schema: `#/definitions/A`\npub struct A;\n";
    let other = "/// Schema: `#/components/schemas/A`\npub struct A;\n";
    assert_eq!(without_pointers(text), without_pointers(other));
    let other = "/// Schema: `#/definitions/A`\npub struct B;\n";
    assert_ne!(without_pointers(text), without_pointers(other));
}
