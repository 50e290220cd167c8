//! Documents in, the types and operations of the IR out, as one line each.

mod formats;
mod multipart;
mod operations;
mod servers;
mod show;
mod types;
mod values;

use expect_test::Expect;

use crate::config::{Config, Located};
use crate::diagnostic::Diagnostics;
use crate::load::{Limits, load};
use crate::source::Sources;

/// Lowers a document and compares what is shown of it, with the findings below.
fn check(text: &str, expected: Expect) {
    check_with(text, &Config::default(), expected);
}

fn check_schemas(schemas: &str, expected: Expect) {
    let indented: String = schemas
        .lines()
        .map(|line| format!("    {line}\n"))
        .collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n{indented}"
    );
    check(&text, expected);
}

fn check_with(text: &str, config: &Config, expected: Expect) {
    let sources = Sources::new("openapi.yaml", text);
    let mut diagnostics = Diagnostics::new(false);
    let tree = load(&mut diagnostics, &sources, &Limits::default());
    let mut shown = String::new();
    if let Some(tree) = tree {
        let tree = crate::upgrade::upgrade(&mut diagnostics, tree, config);
        let (document, mut schemas) = crate::spec::read(&mut diagnostics, &tree);
        let api = super::lower(&mut diagnostics, &tree, &document, &mut schemas, config);
        shown = show::api(&api);
    }
    for finding in diagnostics.iter() {
        let line = finding.span.map_or(0, |span| sources.position(span).line);
        let label = finding.label.as_deref().unwrap_or_default();
        shown.push_str(&format!(
            "{}:{line}: {} ({label})\n",
            finding.code, finding.message
        ));
    }
    expected.assert_eq(&shown);
}

fn secret(pointer: &str) -> Config {
    let secret = Located {
        text: pointer.to_owned(),
        span: None,
    };
    Config {
        secrets: vec![secret],
        ..Config::default()
    }
}
