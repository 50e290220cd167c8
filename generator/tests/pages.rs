//! The pages of `oarlock explain`: what an example says in a page is what the generator says about it.
//!
//! `UPDATE_EXPECT=1 cargo test` writes what is said into the pages: read it as the user will.

use std::fs;
use std::path::Path;

use oarlock::config::{Config, Project};
use oarlock::diagnostic::{Code, Diagnostics};
use oarlock::source::Sources;

/// The codes that no document can give: their pages have no example.
const WITHOUT_EXAMPLE: &[Code] = &[Code::Internal];

/// A fenced block: its language, and where its text lies in the page.
struct Block<'p> {
    language: &'p str,
    text: &'p str,
}

/// The fenced blocks behind the heading `## Example`, up to the next heading.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let Some((_, example)) = page.split_once("\n## Example\n") else {
        return Vec::new();
    };
    let mut rest = example.split_once("\n## ").map_or(example, |(it, _)| it);
    let mut blocks = Vec::new();
    while let Some(at) = rest.find("\n```") {
        rest = &rest[at + 1..];
        let fence = &rest[..rest.len() - rest.trim_start_matches('`').len()];
        let (language, text) = rest[fence.len()..]
            .split_once('\n')
            .expect("a fence has a line");
        let end = if text.starts_with(fence) {
            0
        } else {
            text.find(&format!("\n{fence}")).expect("the fence ends") + 1
        };
        blocks.push(Block {
            language,
            text: &text[..end],
        });
        rest = &text[end + fence.len()..];
    }
    blocks
}

/// What the generator says about the blocks of an example.
fn said(blocks: &[Block<'_>]) -> String {
    let text = |language: &str| {
        let block = blocks.iter().find(|block| block.language == language);
        block.map(|block| block.text.to_owned())
    };
    let documents = [
        ("yaml", "openapi.yaml"),
        ("json", "openapi.json"),
        ("markdown", "openapi.md"),
    ];
    let document = documents
        .iter()
        .find_map(|(language, name)| Some((*name, text(language)?)));
    let (name, document) = document.unwrap_or_default();
    let mut sources = Sources::new(name, document);
    if let Some(overlay) = text("yaml overlay") {
        sources.add_overlay("fix.overlay.yaml", overlay);
    }
    let mut config = Config::default();
    if let Some(text) = text("toml") {
        let file = sources.add("oarlock.toml", text.as_str());
        match Project::parse(file, &text) {
            Ok(project) => {
                config = project
                    .crates
                    .into_iter()
                    .next()
                    .expect("there is a crate")
                    .config;
            }
            Err(findings) => {
                let mut all = Diagnostics::default();
                findings.into_iter().for_each(|finding| all.push(finding));
                return all.render(&sources, false);
            }
        }
    }
    match oarlock::generate(&sources, &config) {
        Ok(generated) => generated.warnings.render(&sources, false),
        Err(findings) => findings.render(&sources, false),
    }
}

#[test]
fn an_example_gives_what_its_page_says() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/pages");
    let mut faults = Vec::new();
    for code in Code::ALL {
        let page = code.page();
        let blocks = blocks(page);
        let Some((output, input)) = blocks.split_last() else {
            assert!(WITHOUT_EXAMPLE.contains(code), "{code} has no example");
            continue;
        };
        assert_eq!(
            output.language, "text",
            "{code} does not end with its output"
        );
        let said = said(input);
        let head = format!("[{code}]: ");
        assert!(said.contains(&head), "{code} has another example:\n{said}");
        if said == output.text {
            continue;
        }
        if update {
            let block = |text: &str| format!("```text\n{text}```\n");
            let page = page.replacen(&block(output.text), &block(&said), 1);
            fs::write(folder.join(format!("{code}.md")), page).expect("the page is written");
        } else {
            faults.push(format!("{code} says\n{said}instead of\n{}", output.text));
        }
    }
    assert!(
        faults.is_empty(),
        "{}\nUPDATE_EXPECT=1 writes the pages anew",
        faults.join("\n")
    );
}

#[test]
fn a_page_starts_with_its_code_and_ends_with_what_to_do() {
    for code in Code::ALL {
        let page = code.page();
        assert!(page.starts_with(&format!("# {code}\n\n")), "{code}");
        let (_, end) = page
            .split_once("\n## What to do\n\n")
            .unwrap_or_else(|| panic!("{code} does not say what to do"));
        assert!(end.trim().len() > 30, "{code}");
        assert!(page.is_ascii() && page.ends_with('\n'), "{code}");
    }
}

#[test]
fn every_page_belongs_to_a_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/pages");
    for entry in fs::read_dir(folder).expect("the folder of pages") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().and_then(|name| name.to_str());
        let code = name.and_then(|name| name.parse::<Code>().ok());
        assert!(code.is_some(), "{} belongs to no code", path.display());
    }
}
