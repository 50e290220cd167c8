use expect_test::{Expect, expect};

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::load::{Limits, load};
use crate::source::Sources;

fn check(text: &str, expected: Expect) {
    let sources = Sources::new("openapi.yaml", text);
    let mut diagnostics = Diagnostics::new(false);
    let tree = load(&mut diagnostics, &sources, &Limits::default());
    let tree = tree.map(|tree| super::upgrade(&mut diagnostics, tree, &Config::default()));
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

#[test]
fn spellings_of_drafts_are_read_in_every_version() {
    check(
        "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {items: [{type: string}], additionalItems: false}\n    B: {items: {type: string}, additionalItems: false}\n    C: {dependencies: {a: [b], c: {type: object}, d: e}}\n    D: {required: [x], properties: {a: {required: true}, b: {required: false}}}\n    E: {discriminator: kind}\n",
        expect![[r#"
            {"A":{"items":false,"prefixItems":[{"type":"string"}]},"B":{"items":{"type":"string"}},"C":{"dependentRequired":{"a":["b"],"d":["e"]},"dependentSchemas":{"c":{"type":"object"}}},"D":{"properties":{"a":{},"b":{}},"required":["x","a"]},"E":{"discriminator":{"propertyName":"kind"}}}
            mixed-dialect:8: a `discriminator` that is a text is Swagger 2.0, but this is a 3.1 document
            mixed-dialect:4: a list under `items`, or `additionalItems`, is an old draft of JSON Schema, but this is a 3.1 document (and at 1 other place)
            mixed-dialect:6: `dependencies` is an old draft of JSON Schema, but this is a 3.1 document
            mixed-dialect:7: `required` on a property is an old draft of JSON Schema, but this is a 3.1 document (and at 1 other place)"#]],
    );
}

#[test]
fn a_declared_draft_is_no_mixture() {
    check(
        "openapi: 3.1.0\ncomponents:\n  schemas:\n    A:\n      $schema: http://json-schema.org/draft-04/schema#\n      id: a.json\n      properties: {id: {id: '#x', items: [{}], minimum: 0, exclusiveMinimum: true}}\n    B: {id: b.json, $schema: 'http://json-schema.org/draft-07/schema'}\n    C: {$schema: 'https://example.com/dialect'}\n    D: {$schema: 'https://spec.openapis.org/oas/3.1/dialect/base'}\n",
        expect![[r##"
            {"A":{"$id":"a.json","$schema":"http://json-schema.org/draft-04/schema#","properties":{"id":{"$id":"#x","exclusiveMinimum":0,"prefixItems":[{}]}}},"B":{"$schema":"http://json-schema.org/draft-07/schema","id":"b.json"},"C":{"$schema":"https://example.com/dialect"},"D":{"$schema":"https://spec.openapis.org/oas/3.1/dialect/base"}}
            unknown-dialect:9: this is not a dialect of JSON Schema that `$schema` is known to name"##]],
    );
}

#[test]
fn spellings_of_2_0_are_read_in_later_versions() {
    check(
        "openapi: 3.0.0\ndefinitions:\n  A: {type: string}\nparameters:\n  p: {name: p, in: query, type: string}\nresponses:\n  r: {description: R, schema: {type: string}}\nsecurityDefinitions:\n  b: {type: basic}\n",
        expect![[r#"
            {"A":{"type":"string"}}
            mixed-dialect:2: a section such as `definitions` at the root is Swagger 2.0, but this is a 3.0 document (and at 3 other places)
            mixed-dialect:5: a parameter or header with a `type` of its own is Swagger 2.0, but this is a 3.0 document
            mixed-dialect:7: a response with a `schema` of its own is Swagger 2.0, but this is a 3.0 document
            mixed-dialect:9: a security scheme with `type: basic` or `flow` is Swagger 2.0, but this is a 3.0 document"#]],
    );
}

#[test]
fn back_ported_keywords_are_the_keywords() {
    check(
        "openapi: 3.0.0\ncomponents:\n  schemas:\n    A:\n      x-jsonschema-patternProperties: {^a: {nullable: true, type: string}}\n      x-jsonschema-contentMediaType: text/plain\n      contentMediaType: text/html\n      x-jsonschema-unknown: 1\n      x-oneOf: [{type: string}]\n",
        expect![[
            r#"{"A":{"contentMediaType":"text/html","patternProperties":{"^a":{"type":["string","null"]}},"x-jsonschema-unknown":1,"x-oneOf":[{"type":"string"}]}}"#
        ]],
    );
}

#[test]
fn kubernetes_says_it_in_extensions() {
    check(
        "openapi: 3.0.0\ncomponents:\n  schemas:\n    A: {type: string, format: int-or-string, nullable: true}\n    B: {x-kubernetes-int-or-string: true}\n    C: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}\n    D: {type: object, x-kubernetes-preserve-unknown-fields: true}\n    E: {type: object, additionalProperties: false, x-kubernetes-preserve-unknown-fields: true}\n",
        expect![[
            r#"{"A":{"type":["integer","string","null"]},"B":{"type":["integer","string"],"x-kubernetes-int-or-string":true},"C":{"anyOf":[{"type":"integer"},{"type":"string"}],"x-kubernetes-int-or-string":true},"D":{"additionalProperties":true,"type":"object","x-kubernetes-preserve-unknown-fields":true},"E":{"additionalProperties":false,"type":"object","x-kubernetes-preserve-unknown-fields":true}}"#
        ]],
    );
}

#[test]
fn reserved_characters_in_a_path_are_a_newer_word() {
    let document = |version: &str| {
        format!(
            "openapi: {version}\ncomponents:\n  parameters:\n    A: {{name: a, in: path, allowReserved: true}}\n    B: {{name: b, in: cookie, allowReserved: true}}\n    C: {{name: c, in: query, allowReserved: true}}\n"
        )
    };
    check(
        &document("3.1.0"),
        expect![[r#"

            mixed-dialect:4: `allowReserved` on a path or cookie parameter is OpenAPI 3.2, but this is a 3.1 document (and at 1 other place)"#]],
    );
    check(&document("3.2.0"), expect![""]);
}

#[test]
fn constraints_beside_a_reference_of_3_0_do_not_count() {
    check(
        "openapi: 3.0.0\ncomponents:\n  schemas:\n    A: {type: object, properties: {b: {$ref: '#/components/schemas/B', description: d, nullable: true, type: string, maxLength: 3, x-y: 1}}}\n    B: {type: string}\n    C: {$ref: '#/components/schemas/B', properties: {b: {$ref: '#/components/schemas/B'}}}\n    D: {type: object, properties: {b: {$ref: '#/components/schemas/B', required: true}}}\n",
        expect![[r##"
            {"A":{"properties":{"b":{"$ref":"#/components/schemas/B","description":"d","nullable":true,"x-y":1}},"type":"object"},"B":{"type":"string"},"C":{"$ref":"#/components/schemas/B"},"D":{"properties":{"b":{"$ref":"#/components/schemas/B"}},"required":["b"],"type":"object"}}
            ref-sibling:4: `type` and another keyword beside a `$ref` do not count before OpenAPI 3.1
            ref-sibling:6: `properties` beside a `$ref` does not count before OpenAPI 3.1
            mixed-dialect:7: `required` on a property is an old draft of JSON Schema, but this is a 3.0 document"##]],
    );
}

#[test]
fn constraints_beside_a_reference_of_3_1_count() {
    check(
        "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/B', maxLength: 3}\n    B: {type: string}\n",
        expect![[
            r##"{"A":{"$ref":"#/components/schemas/B","maxLength":3},"B":{"type":"string"}}"##
        ]],
    );
}
