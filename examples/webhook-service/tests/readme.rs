//! Holds `README.md` to the files that it speaks of.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

#[test]
fn the_links_lead_somewhere() {
    let page = read("README.md");
    let links: Vec<_> = page
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .collect();
    assert!(links.len() > 30, "{links:?}");
    for link in links {
        assert!(root().join(link).exists(), "{link}");
    }
}

/// All files of tests are named, so that what is shown is not forgotten.
#[test]
fn the_tests_are_all_there() {
    let page = read("README.md");
    for entry in fs::read_dir(root().join("tests")).expect("there are tests") {
        let name = entry.expect("it is read").file_name();
        let name = name.to_string_lossy();
        let helper = ["common", "verifiers", "readme.rs"].contains(&&*name);
        assert!(
            helper || page.contains(&format!("(tests/{name})")),
            "{name}"
        );
    }
}

/// The handler is the one in the documentation of the receiver, which is compiled.
#[test]
fn the_handler_is_one_that_compiles() {
    let page = read("README.md");
    let block = page.split("```rust\n").nth(1).expect("there is a handler");
    let block = block.split("```").next().expect("it ends");
    let documented: String = read("src/receiver.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect();
    assert!(documented.contains(block), "{block}");
}
