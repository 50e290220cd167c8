use expect_test::expect;

use super::check;

const HEAD: &str = "\
openapi: 3.1.0
info: {title: T, version: '1'}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: integer}}
  responses:
    Missing: {description: none, content: {application/json: {schema: {type: object, properties: {error: {type: string}}}}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: x-key}
    token: {type: http, scheme: bearer}
security: [{key: []}]
";

fn check_paths(paths: &str, expected: expect_test::Expect) {
    check(&format!("{HEAD}paths:\n{paths}"), expected);
}

#[test]
fn parameters_bodies_and_responses() {
    check_paths(
        "
  /pets/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    put:
      operationId: putPet
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        '204': {description: ok}
        '404': {$ref: '#/components/responses/Missing'}
",
        expect![[r#"
            Pet = { name?: string }
            Missing.body = { error?: string }
            PUT putPet /pets/<id: integer:Plain> body Pet -> 200 Pet -> 204 -> 404 Missing.body if key
        "#]],
    );
}

#[test]
fn security_of_an_operation_replaces_that_of_the_document() {
    check_paths(
        "
  /a:
    get: {operationId: a, responses: {'204': {description: ok}}}
    put: {operationId: b, security: [], responses: {'204': {description: ok}}}
    post: {operationId: c, security: [{key: [], token: []}, {}], responses: {'204': {description: ok}}}
    patch: {operationId: d, security: [{tokn: []}], responses: {'204': {description: ok}}}
",
        expect![[r#"
            Pet = { name?: string }
            GET a /a -> 204 if key
            PUT b /a -> 204
            POST c /a -> 204 if key+token if 
            unknown-security-scheme:20: no security scheme is called `tokn` ()
        "#]],
    );
}

#[test]
fn paths_and_their_parameters_must_fit() {
    check_paths(
        "
  /a/{petId}:
    get: {operationId: a, parameters: [{name: petid, in: path, required: true, schema: {type: string}}], responses: {'204': {description: ok}}}
  /b/{x}:
    get: {operationId: b, responses: {'204': {description: ok}}}
  /b/{y}:
    get: {operationId: b, responses: {'204': {description: ok}}}
",
        expect![[r#"
            Pet = { name?: string }
            GET a /a/<petId: string> -> 204 if key
            GET b /b/<x: string> -> 204 if key
            ambiguous-path:20: `/b/{y}` and `/b/{x}` match the same requests (GET is here)
            duplicate-operation-id:21: another operation has the id `b` already (this operation is named after its method and path)
            path-parameter:16: the path has `{petId}`, but no parameter of that name is declared (taken for a string)
            path-parameter:17: the path has no `{petid}` (this parameter is ignored)
            path-parameter:18: the path has `{x}`, but no parameter of that name is declared (taken for a string)
            path-parameter:20: the path has `{y}`, but no parameter of that name is declared (taken for a string)
        "#]],
    );
}

#[test]
fn what_is_left_out_is_told() {
    check_paths(
        "
  /a:
    get:
      operationId: a
      parameters: [{name: q, in: query, schema: {type: string}}]
      responses: {'204': {description: ok}, default: {description: error}}
    put:
      operationId: b
      parameters: [{name: q, in: query, required: true, schema: {type: string}}]
      responses: {'204': {description: ok}}
    post:
      operationId: c
      requestBody: {required: true, content: {text/csv: {schema: {type: string}}}}
      responses: {'204': {description: ok}}
    trace: {operationId: d, responses: {'204': {description: ok}}}
  /b/{x}.json:
    get: {operationId: e, responses: {'204': {description: ok}}}
",
        expect![[r#"
            Pet = { name?: string }
            a:params = { q?: string }
            b:params = { q: string }
            GET a /a -> 204 -> Default if key
            PUT b /a -> 204 if key
            POST c /a body text/csv=text string -> 204 if key
            TRACE d /a -> 204 if key
            GET e /b/<x: string>.json -> 204 if key
            path-parameter:30: the path has `{x}`, but no parameter of that name is declared (taken for a string)
        "#]],
    );
}

#[test]
fn media_types_that_are_left_out_are_told_once_for_all_operations() {
    check_paths(
        "
  /a:
    get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {}, text/xml: {}}}}}
    put: {operationId: b, responses: {'200': {description: ok, content: {application/json: {}, text/xml: {}}}}}
  /b:
    get: {operationId: c, responses: {'200': {description: ok, content: {application/json: {}, text/xml: {}, text/csv: {}}}}}
",
        expect![[r#"
            Pet = { name?: string }
            GET a /a -> 200 any if key
            PUT b /a -> 200 any if key
            GET c /b -> 200 any if key
            unsupported:20: `text/csv` beside `application/json` is not supported yet (left out)
            unsupported:17: `text/xml` beside `application/json` is not supported yet (and at 2 other places) (left out)
        "#]],
    );
}
