use std::collections::BTreeMap;

use expect_test::{Expect, expect};

use super::{Answer, gather};
use crate::load::Limits;
use crate::source::{Sources, Unread};

/// What a document asks for, round by round, when it is given these files. A text that begins with
/// `->` is a link.
fn check(document: &str, files: &[(&str, &str)], expected: Expect) {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    let mut rounds = String::new();
    let mut read = |locations: &[String]| {
        rounds += &format!("{}\n", locations.join(" "));
        let answers = locations.iter().map(|location| {
            let text = files.get(location.as_str()).ok_or(Unread::new("none"))?;
            let own = text.strip_prefix("-> ").unwrap_or(location);
            Ok(Answer {
                location: own.to_owned(),
                text: files.get(own).copied().unwrap_or_default().to_owned(),
            })
        });
        answers.collect()
    };
    let sources = gather(
        Sources::new("api/openapi.yaml", document),
        &Limits::default(),
        &mut read,
    );
    for (file, locations) in sources.documents() {
        let path = sources.get(file).map_or("", |file| &file.path);
        rounds += &format!("{path}: {}\n", locations.join(", "));
    }
    expected.assert_eq(&rounds);
}

#[test]
fn files_are_asked_for_by_the_grammar() {
    check(
        r"
openapi: 3.1.0
paths:
  /a: {$ref: 'paths/a.yaml'}
components:
  schemas:
    A:
      properties:
        $ref: {$ref: 'b.yaml#/B'}
        example: {$ref: './c/../b.yaml#/C'}
      example: {$ref: 'data.yaml'}
      enum: [{$ref: 'data.yaml'}]
      x-more: {$ref: 'data.yaml'}
      discriminator: {propertyName: a, mapping: {a: mapped.yaml, b: B}}
  examples:
    e: {value: {$ref: 'data.yaml'}}
",
        &[
            (
                "paths/a.yaml",
                "get: {responses: {'200': {$ref: '../b.yaml#/R'}}}",
            ),
            (
                "b.yaml",
                "B: {}\nC: {items: {$ref: 'deep/c.yaml'}}\nR: {content: {a: {schema: {$ref: 'r.yaml'}}}}\nUnused: {$ref: 'unused.yaml'}",
            ),
            (
                "deep/c.yaml",
                "allOf: [{$ref: '../b.yaml#/B'}, {$ref: '../openapi.yaml#/components/schemas/A'}]",
            ),
        ],
        expect![[r#"
            b.yaml mapped.yaml paths/a.yaml
            deep/c.yaml r.yaml
            api/openapi.yaml: openapi.yaml
            api/b.yaml: b.yaml
            api/paths/a.yaml: paths/a.yaml
            api/deep/c.yaml: deep/c.yaml
        "#]],
    );
}

#[test]
fn documents_without_other_files_ask_for_none() {
    check(
        "components: {schemas: {A: {$ref: '#/components/schemas/B', description: see b.yaml}}}",
        &[],
        expect![[r#"
            api/openapi.yaml: openapi.yaml
        "#]],
    );
}

#[test]
fn links_are_the_file_that_they_lead_to() {
    check(
        "components: {schemas: {A: {$ref: a/link.yaml}, B: {$ref: real.yaml}, C: {$ref: me.yaml}}}",
        &[
            ("a/link.yaml", "-> real.yaml"),
            ("real.yaml", "items: {$ref: other.yaml}"),
            ("me.yaml", "-> openapi.yaml"),
        ],
        expect![[r#"
            a/link.yaml me.yaml real.yaml
            other.yaml
            api/openapi.yaml: openapi.yaml, me.yaml
            api/real.yaml: real.yaml, a/link.yaml
        "#]],
    );
}
