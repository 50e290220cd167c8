//! Holds the pages of `docs/` to the case folders: their documents and their Rust stand there word for
//! word, and their JSON is read and written by the types of the case.
//!
//! The first line of a block says what it is: a language, a case, and for JSON a type and, where the
//! value is not simply written back, what becomes of it. Rust that uses a client or a server stands in a
//! test, `behaviour/NAME`.

use std::fs;
use std::path::{Path, PathBuf};

use conformance::cases;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a value and writes it again.
fn recode<T: DeserializeOwned + Serialize>(json: &str) -> Result<Value, String> {
    let value: T = serde_json::from_str(json).map_err(|error| error.to_string())?;
    serde_json::to_value(&value).map_err(|error| error.to_string())
}

macro_rules! types {
    ($($case:ident $name:ident,)+) => {
        fn recode_as(case: &str, name: &str, json: &str) -> Option<Result<Value, String>> {
            match (case, name) {
                $((stringify!($case), stringify!($name)) => {
                    Some(recode::<cases::$case::types::$name>(json))
                })+
                _ => None,
            }
        }
    };
}

types! {
    all_of Whole,
    defaults Settings,
    directions Account,
    discriminators Pet,
    integer_enums Report,
    names Fields,
    nullable Matrix,
    service PetPatch,
    unions Event,
    unions Loose,
    unions Owner,
}

/// A fenced block: the words of its first line, and its text.
struct Block {
    page: String,
    words: Vec<String>,
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    let folder = root().join("docs");
    for entry in fs::read_dir(folder).expect("the folder of pages") {
        let path = entry.expect("an entry").path();
        let page = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("a page");
        for block in text.split("\n```").skip(1).step_by(2) {
            let (first, text) = block.split_once('\n').expect("a block has lines");
            blocks.push(Block {
                page: page.clone(),
                words: first.split(' ').map(str::to_owned).collect(),
                text: text.to_owned(),
            });
        }
    }
    blocks
}

/// The runs of lines of a block between its `...`, without the indentation that they share.
fn runs(text: &str) -> Vec<Vec<&str>> {
    let mut runs = vec![Vec::new()];
    for line in text.lines() {
        if matches!(line.trim(), "// ..." | "# ...") {
            runs.push(Vec::new());
        } else if let Some(run) = runs.last_mut() {
            run.push(line.trim());
        }
    }
    runs
}

/// Whether the lines stand in a text one behind the other, however they are indented.
fn stands_in(text: &str, run: &[&str]) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    run.is_empty() || lines.windows(run.len()).any(|window| window == run)
}

/// The texts that a block of a language may come from.
fn sources(case: &str, language: &str) -> Vec<String> {
    if let Some(name) = case.strip_prefix("behaviour/") {
        let path = root().join(format!("tests/tests/behaviour/{name}.rs"));
        return vec![fs::read_to_string(path).expect("a test")];
    }
    let folder = root().join("tests/cases").join(case);
    if language == "yaml" {
        return vec![fs::read_to_string(folder.join("openapi.yaml")).expect("a case")];
    }
    let types = fs::read_dir(folder.join("expected/types")).expect("the types of a case");
    types
        .map(|entry| fs::read_to_string(entry.expect("an entry").path()).expect("a file"))
        .collect()
}

#[test]
fn the_documents_and_the_rust_stand_in_the_cases() {
    let mut seen = 0;
    for block in blocks() {
        let [language, case] = &block.words[..] else {
            continue;
        };
        if !matches!(language.as_str(), "yaml" | "rust") {
            continue;
        }
        seen += 1;
        let sources = sources(case, language);
        let found = sources
            .iter()
            .any(|text| runs(&block.text).iter().all(|run| stands_in(text, run)));
        assert!(
            found,
            "{}: not in the case {case}:\n{}",
            block.page, block.text
        );
    }
    assert!(seen > 10, "the pages have blocks");
}

#[test]
fn the_json_is_read_and_written() {
    let mut seen = 0;
    for block in blocks() {
        if block.words.first().is_none_or(|word| word != "json") {
            continue;
        }
        let [_, case, name, rest @ ..] = &block.words[..] else {
            panic!("{}: say which type reads\n{}", block.page, block.text);
        };
        seen += 1;
        let recoded = recode_as(case, name, &block.text);
        let recoded = recoded.unwrap_or_else(|| panic!("list {case} {name} among the types"));
        let given: Value = serde_json::from_str(&block.text).expect("JSON");
        match (rest, recoded) {
            ([], Ok(written)) => assert_eq!(written, given, "{}", block.page),
            ([word], Err(_)) if word == "refused" => {}
            ([word], Ok(written)) if word == "changed" => assert_ne!(written, given),
            (_, recoded) => panic!("{}: {recoded:?}\n{}", block.page, block.text),
        }
    }
    assert!(seen > 5, "the pages have JSON");
}
