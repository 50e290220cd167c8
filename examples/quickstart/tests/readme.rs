//! Holds the code in `README.md` to the files that it is taken from.

use std::fs;
use std::path::{Path, PathBuf};

/// Which files a block may come from, by its language.
const SOURCES: &[(&str, &[&str])] = &[
    (
        "rust",
        &[
            "examples/quickstart/src/lib.rs",
            "examples/quickstart/src/bin/client.rs",
            "examples/quickstart/tests/in_process.rs",
            "generated/src/types/webhooks.rs",
        ],
    ),
    ("yaml", &["openapi.yaml"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// The blocks of a page in a language, each in the runs of lines between its `...`.
fn blocks(page: &str, language: &str) -> Vec<Vec<String>> {
    let start = format!("```{language}\n");
    let blocks = page.split(start.as_str()).skip(1);
    blocks
        .map(|block| {
            let mut runs = vec![String::new()];
            for line in block.lines().take_while(|line| *line != "```") {
                if matches!(line.trim(), "// ..." | "# ...") {
                    runs.push(String::new());
                } else if let Some(run) = runs.last_mut() {
                    run.push_str(line);
                    run.push('\n');
                }
            }
            runs
        })
        .collect()
}

#[test]
fn the_code_is_what_the_files_say() {
    let page = read("README.md");
    for (language, paths) in SOURCES {
        let blocks = blocks(&page, language);
        assert!(!blocks.is_empty(), "there is no {language}");
        for block in blocks {
            let found = paths.iter().any(|path| {
                let text = read(path);
                block.iter().all(|run| text.contains(run))
            });
            assert!(found, "{} is in none of {paths:?}", block.join("..."));
        }
    }
}

#[test]
fn the_links_lead_somewhere() {
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = read(page);
        let targets = text.split("](").skip(1);
        for target in targets.filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap_or_default();
            let outside = target.starts_with("http");
            assert!(
                outside || path.is_empty() || root().join(path).exists(),
                "{page}: {target}"
            );
        }
    }
}

#[test]
fn the_paths_are_there() {
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = read(page);
        let quoted = text.split('`').skip(1).step_by(2);
        let paths =
            quoted.filter(|it| it.contains('/') && (it.ends_with(".rs") || it.ends_with('/')));
        for path in paths {
            // The code of the generator and of the runtime is named from its own folder.
            let places = [
                "",
                "generator/src",
                "generator/tests",
                "generator/runtime/src",
            ];
            let found = places
                .iter()
                .any(|place| root().join(place).join(path).exists());
            let example = path.starts_with("src/");
            assert!(found || example, "{page}: {path}");
        }
    }
}
