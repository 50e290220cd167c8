use expect_test::{Expect, expect};

use crate::diagnostic::Diagnostics;
use crate::load::{Limits, load};
use crate::source::Sources;

fn check(text: &str, expected: Expect) {
    let sources = Sources::new("openapi.yaml", text);
    let mut diagnostics = Diagnostics::new(false);
    let tree = load(&mut diagnostics, &sources, &Limits::default());
    let tree = tree.map(|tree| super::upgrade(&mut diagnostics, tree));
    let mut shown = tree.map_or_else(String::new, |tree| {
        let schemas = tree.at_pointer("/components/schemas");
        schemas.map_or_else(String::new, |node| tree.to_json_value(node).to_string())
    });
    for finding in diagnostics.iter() {
        let line = finding.span.map_or(0, |span| sources.position(span).line);
        shown.push_str(&format!("\n{}:{line}: {}", finding.code, finding.message));
    }
    expected.assert_eq(&shown);
}

#[test]
fn nullable_of_3_0_widens_the_type_in_silence() {
    check(
        "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {type: string, nullable: true}\n    B: {type: string, nullable: false}\n",
        expect![[r#"{"A":{"type":["string","null"]},"B":{"type":"string"}}"#]],
    );
}

#[test]
fn nullable_in_3_1_is_honoured_with_one_warning() {
    check(
        "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {type: string, nullable: true}\n    B: {type: [integer, 'null'], nullable: true}\n    C: {$ref: '#/components/schemas/A', nullable: true}\n",
        expect![[r##"
            {"A":{"type":["string","null"]},"B":{"type":["integer","null"]},"C":{"$ref":"#/components/schemas/A","nullable":true}}
            mixed-dialect:4: `nullable` is OpenAPI 3.0, but this is a 3.1 document (and at 2 other places)"##]],
    );
}

#[test]
fn boolean_bounds_become_numbers() {
    check(
        "openapi: 3.0.0\ncomponents:\n  schemas:\n    A: {type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}\n",
        expect![[r#"{"A":{"exclusiveMinimum":1,"maximum":9,"type":"integer"}}"#]],
    );
}

#[test]
fn data_that_looks_like_a_keyword_is_left_alone() {
    check(
        "openapi: 3.0.0\ncomponents:\n  schemas:\n    A:\n      properties:\n        nullable: {type: boolean}\n      example: {nullable: true, type: x}\n",
        expect![[
            r#"{"A":{"example":{"nullable":true,"type":"x"},"properties":{"nullable":{"type":"boolean"}}}}"#
        ]],
    );
}

#[test]
fn the_version_is_required_and_known() {
    check(
        "info: {}\n",
        expect![[r#"
        
        version:1: the key `openapi` is missing"#]],
    );
    check("openapi: 3.0\n", expect![""]);
    check(
        "openapi: 4.0.0\n",
        expect![[r#"
        
        version:1: this is not a version of OpenAPI"#]],
    );
    check(
        "openapi: 3.7.0\n",
        expect![[r#"
        
        version:1: version 3.7.0 is newer than the versions that Oarlock knows"#]],
    );
    check(
        "- 1\n",
        expect![[r#"
        
        version:1: this is not an OpenAPI document"#]],
    );
}
