use expect_test::{Expect, expect};

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::load::{Limits, Tree, load};
use crate::source::Sources;

/// The upgraded tree of a document of 2.0, and what there was to say.
fn upgraded(sources: &Sources) -> (Tree<'_>, Diagnostics) {
    let mut diagnostics = Diagnostics::new(false);
    let tree = load(&mut diagnostics, sources, &Limits::default()).expect("it is YAML");
    let tree = crate::upgrade::upgrade(&mut diagnostics, tree, &Config::default());
    (tree, diagnostics)
}

/// Shows what a pointer leads to after the upgrade.
fn check(text: &str, pointer: &str, expected: Expect) {
    let text = format!("swagger: '2.0'\n{text}");
    let sources = Sources::new("openapi.yaml", text);
    let (tree, diagnostics) = upgraded(&sources);
    let node = tree.at_pointer(pointer);
    let mut shown = node.map_or_else(
        || "nothing".to_owned(),
        |node| tree.to_json_value(node).to_string(),
    );
    for finding in diagnostics.iter() {
        let line = finding.span.map_or(0, |span| sources.position(span).line);
        let label = finding.label.as_deref().unwrap_or_default();
        shown.push_str(&format!(
            "\n{}:{line}: {} ({label})",
            finding.code, finding.message
        ));
    }
    expected.assert_eq(&shown);
}

#[test]
fn an_address_becomes_servers_the_safest_first() {
    let servers = |text: &str, expected| check(text, "/servers", expected);
    servers(
        "host: h:81\nbasePath: /v1/\nschemes: [ws, http, https]\n",
        expect![[r#"
            [{"url":"https://h:81/v1"},{"url":"http://h:81/v1"}]
            unsupported:4: the scheme `ws` is not supported (left out; clients speak HTTP)"#]],
    );
    servers("host: h\n", expect![[r#"[{"url":"https://h"}]"#]]);
    servers("basePath: /v1\n", expect![[r#"[{"url":"/v1"}]"#]]);
    servers(
        "host: 'HTTP://h/'\nschemes: [https]\n",
        expect![[r#"
        [{"url":"http://h"}]
        wrong-type:2: `host` is written with a scheme (this scheme is used)"#]],
    );
    servers("schemes: [https]\nbasePath: /\n", expect!["nothing"]);
}

#[test]
fn a_host_with_variables_becomes_a_server_with_them() {
    let text = "basePath: /v1\nx-ms-parameterized-host:\n  hostTemplate: '{a}.{b}/'\n  parameters: [{$ref: '#/parameters/A'}, {name: b, default: h}]\nparameters:\n  A: {name: a, in: path, required: true, type: string, enum: [x, y]}\n";
    check(
        text,
        "/servers",
        expect![[
            r#"[{"url":"https://{a}.{b}/v1","variables":{"a":{"enum":["x","y"]},"b":{"default":"h"}}}]"#
        ]],
    );
    let text = "x-ms-parameterized-host: {hostTemplate: '{endpoint}', useSchemePrefix: false}\n";
    check(
        text,
        "/servers",
        expect![[r#"[{"url":"{endpoint}","variables":{}}]"#]],
    );
}

#[test]
fn an_operation_has_servers_only_if_it_does_not_work_with_the_first() {
    let text = "host: h\nschemes: [https, http]\npaths:\n  /a:\n    get: {schemes: [http]}\n    put: {schemes: [https]}\n";
    let relative = "basePath: /v1\npaths:\n  /a:\n    get: {schemes: [http]}\n";
    check(relative, "/paths/~1a", expect![[r#"{"get":{}}"#]]);
    check(
        text,
        "/paths/~1a",
        expect![[r#"{"get":{"servers":[{"url":"http://h"}]},"put":{}}"#]],
    );
}

#[test]
fn a_body_is_taken_from_the_path_and_from_references() {
    let text = "consumes: [application/json]\nparameters:\n  B: {name: b, in: body, required: true, schema: {type: string}}\npaths:\n  /a:\n    parameters: [{$ref: '#/parameters/B'}, {name: q, in: query, type: string}]\n    get: {}\n    put: {consumes: [], parameters: [{name: own, in: body, description: D, schema: {type: integer}}]}\n    post: {consumes: [text/plain, application/xml]}\n";
    check(
        text,
        "/paths/~1a/get",
        expect![[
            r#"{"requestBody":{"content":{"application/json":{"schema":{"type":"string"}}},"required":true},"x-codegen-request-body-name":"b"}"#
        ]],
    );
    check(
        text,
        "/paths/~1a/put",
        expect![[
            r#"{"requestBody":{"content":{"application/json":{"schema":{"type":"integer"}}},"description":"D"},"x-codegen-request-body-name":"own"}"#
        ]],
    );
    check(
        text,
        "/paths/~1a/post/requestBody",
        expect![[
            r#"{"content":{"application/xml":{"schema":{"type":"string"}},"text/plain":{"schema":{"type":"string"}}},"required":true}"#
        ]],
    );
}

#[test]
fn fields_become_one_form() {
    let form = |consumes: &str, fields: &str, expected| {
        let text = format!(
            "consumes: [{consumes}]\nparameters:\n  L: {{name: l, in: formData, type: array, items: {{type: string}}, collectionFormat: multi}}\npaths:\n  /a:\n    parameters: [{{name: x, in: formData, type: string}}]\n    post:\n      parameters: [{fields}]\n"
        );
        check(&text, "/paths/~1a/post/requestBody", expected);
    };
    form(
        "application/json",
        "{name: n, in: formData, required: true, description: D, type: integer, minimum: 1}, {$ref: '#/parameters/L'}",
        expect![[
            r#"{"content":{"application/x-www-form-urlencoded":{"encoding":{"l":{"explode":true,"style":"form"}},"schema":{"properties":{"l":{"items":{"type":"string"},"type":"array"},"n":{"description":"D","minimum":1,"type":"integer"},"x":{"type":"string"}},"required":["n"],"type":"object"}}},"required":true}"#
        ]],
    );
    form(
        "application/x-www-form-urlencoded, multipart/form-data",
        "{name: f, in: formData, type: file}, {name: x, in: formData, type: boolean}",
        expect![[
            r#"{"content":{"multipart/form-data":{"schema":{"properties":{"f":{"format":"binary","type":"string"},"x":{"type":"boolean"}},"type":"object"}}},"required":false}"#
        ]],
    );
    form(
        "multipart/form-data",
        "",
        expect![[
            r#"{"content":{"multipart/form-data":{"schema":{"properties":{"x":{"type":"string"}},"type":"object"}}},"required":false}"#
        ]],
    );
}

#[test]
fn types_of_parameters_and_headers_become_schemas() {
    let parameter = |text: &str, expected| {
        let text = format!("paths:\n  /a:\n    get:\n      parameters: [{{name: p, {text}}}]\n");
        check(&text, "/paths/~1a/get/parameters/0", expected);
    };
    parameter(
        "in: query, type: integer, format: int32, default: 1, x-nullable: true, x-other: 1, allowEmptyValue: true",
        expect![[
            r#"{"allowEmptyValue":true,"in":"query","name":"p","schema":{"default":1,"format":"int32","type":["integer","null"]},"x-other":1}"#
        ]],
    );
    for format in ["csv", "ssv", "tsv", "pipe", "multi"] {
        parameter(
            &format!("in: query, type: array, items: {{type: string}}, collectionFormat: {format}"),
            match format {
                "csv" => expect![[
                    r#"{"explode":false,"in":"query","name":"p","schema":{"items":{"type":"string"},"type":"array"},"style":"form"}"#
                ]],
                "ssv" => expect![[
                    r#"{"explode":false,"in":"query","name":"p","schema":{"items":{"type":"string"},"type":"array"},"style":"spaceDelimited"}"#
                ]],
                "tsv" => expect![[
                    r#"{"explode":false,"in":"query","name":"p","schema":{"items":{"type":"string"},"type":"array"},"style":"tabDelimited"}"#
                ]],
                "pipe" => expect![[r#"
                    {"explode":false,"in":"query","name":"p","schema":{"items":{"type":"string"},"type":"array"},"style":"pipeDelimited"}
                    wrong-type:5: this is not a `collectionFormat` that a list can have here (read as `pipes`)"#]],
                _ => expect![[
                    r#"{"explode":true,"in":"query","name":"p","schema":{"items":{"type":"string"},"type":"array"},"style":"form"}"#
                ]],
            },
        );
    }
    parameter(
        "in: path, type: array, items: {}",
        expect![[r#"{"in":"path","name":"p","schema":{"items":{},"type":"array"}}"#]],
    );
    parameter(
        "in: header, type: array, items: {type: array, items: {}, collectionFormat: csv}, collectionFormat: multi",
        expect![[r#"
            {"in":"header","name":"p","schema":{"items":{"items":{},"type":"array"},"type":"array"}}
            wrong-type:5: this is not a `collectionFormat` that a list can have here (read as `csv`)
            unsupported:5: the `collectionFormat` of a list in a list is not supported (the inner lists are written as JSON)"#]],
    );
}

#[test]
fn a_schema_becomes_content_of_what_is_produced() {
    let text = "produces: [application/json]\nresponses:\n  R: {description: D, schema: {type: string}, headers: {X: {type: integer}}}\npaths:\n  /a:\n    get:\n      responses:\n        200: {description: A, schema: {type: string}, examples: {application/json: x, text/plain: y}}\n        201: {$ref: '#/responses/R'}\n        204: {description: None, examples: {application/json: x}}\n    put:\n      produces: [text/plain, text/plain]\n      responses:\n        200: {$ref: '#/responses/R'}\n        201: {description: A, schema: {type: file}}\n    post:\n      responses:\n        200: {description: A, schema: {type: file}}\n";
    check(
        text,
        "/paths/~1a",
        expect![[
            r##"{"get":{"responses":{"200":{"content":{"application/json":{"example":"x","schema":{"type":"string"}}},"description":"A"},"201":{"$ref":"#/responses/R"},"204":{"description":"None"}}},"post":{"responses":{"200":{"content":{"*/*":{"schema":{"format":"binary","type":"string"}}},"description":"A"}}},"put":{"responses":{"200":{"content":{"text/plain":{"schema":{"type":"string"}}},"description":"D","headers":{"X":{"schema":{"type":"integer"}}}},"201":{"content":{"text/plain":{"schema":{"format":"binary","type":"string"}}},"description":"A"}}}}"##
        ]],
    );
    check(
        text,
        "/responses/R",
        expect![[
            r#"{"content":{"application/json":{"schema":{"type":"string"}}},"description":"D","headers":{"X":{"schema":{"type":"integer"}}}}"#
        ]],
    );
}

#[test]
fn schemes_are_called_as_they_are_now() {
    let text = "securityDefinitions:\n  b: {type: basic}\n  k: {type: apiKey, in: header, name: X}\n  i: {type: oauth2, flow: implicit, authorizationUrl: a, scopes: {}}\n  c: {type: oauth2, flow: application, tokenUrl: t, scopes: {r: R}}\n";
    check(
        text,
        "/securityDefinitions",
        expect![[
            r#"{"b":{"scheme":"basic","type":"http"},"c":{"flows":{"clientCredentials":{"scopes":{"r":"R"},"tokenUrl":"t"}},"type":"oauth2"},"i":{"flows":{"implicit":{"authorizationUrl":"a","scopes":{}}},"type":"oauth2"},"k":{"in":"header","name":"X","type":"apiKey"}}"#
        ]],
    );
}

/// Where the document was before, pointers still find what stood there.
#[test]
fn pointers_of_the_old_document_stay_true() {
    let text = "definitions:\n  P: {properties: {a: {type: integer}}}\npaths:\n  /a:\n    post:\n      parameters:\n      - {name: b, in: body, schema: {title: body}}\n      - {name: q, in: query, type: array, items: {title: item}}\n      responses:\n        200: {description: A, schema: {title: answer}}\n";
    for (pointer, expected) in [
        (
            "/definitions/P/properties/a",
            expect![[r#"{"type":"integer"}"#]],
        ),
        (
            "/components/schemas/P/properties/a",
            expect![[r#"{"type":"integer"}"#]],
        ),
        (
            "/paths/~1a/post/parameters/0/schema",
            expect![[r#"{"title":"body"}"#]],
        ),
        (
            "/paths/~1a/post/parameters/1/items",
            expect![[r#"{"title":"item"}"#]],
        ),
        (
            "/paths/~1a/post/responses/200/schema",
            expect![[r#"{"title":"answer"}"#]],
        ),
    ] {
        check(text, pointer, expected);
    }
}

#[test]
fn bases_know_the_values_that_their_children_say() {
    let text = "definitions:\n  Pet: {type: object, discriminator: kind}\n  Cat: {x-ms-discriminator-value: cat, allOf: [{$ref: '#/definitions/Pet'}]}\n  Lion: {x-ms-discriminator-value: lion, allOf: [{$ref: '#/definitions/Cat'}, {}]}\n  Loop: {x-ms-discriminator-value: loop, allOf: [{$ref: '#/definitions/Loop'}]}\n";
    check(
        text,
        "/definitions/Pet",
        expect![[
            r##"{"discriminator":{"mapping":{"cat":"#/components/schemas/Cat","lion":"#/components/schemas/Lion"},"propertyName":"kind"},"type":"object"}"##
        ]],
    );
}

#[test]
fn extensions_stand_for_keywords_of_later_versions() {
    let text = "x-ms-paths:\n  /b?x=1: {get: {}}\npaths:\n  /a: {}\ndefinitions:\n  U:\n    x-oneOf: [{x-nullable: true, type: string}]\n";
    check(
        text,
        "/paths",
        expect![[r#"{"/a":{},"/b?x=1":{"get":{}}}"#]],
    );
    check(
        text,
        "/definitions/U",
        expect![[r#"{"oneOf":[{"type":["string","null"]}]}"#]],
    );
}
