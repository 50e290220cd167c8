use expect_test::expect;

use super::check;

fn check_document(rest: &str, expected: expect_test::Expect) {
    let head = "openapi: 3.2.0\ninfo: {title: T, version: '1'}\n";
    check(&format!("{head}{rest}"), expected);
}

#[test]
fn variables_have_values_and_defaults() {
    check_document(
        "
servers:
  - url: https://{region}.example.com:{port}/{region}/{base}/
    name: live
    variables:
      region: {enum: [eu, us, eu], default: us}
      port: {enum: ['443', '8443'], default: '80'}
      base: {enum: [v1, v2]}
      unused: {default: a}
  - url: 'https://{tenant}.example.com/{broken'
    variables:
      tenant: {description: An account.}
  - url: https://{missing}.example.com
paths: {}
",
        expect![[r#"
            server https://{region: us*|eu}.example.com:{port: 443*|8443}/{region: us*|eu}/{base: v1*|v2} called live
            server https://{tenant: }.example.com/{broken
            server https://{missing: }.example.com
            wrong-value:9: the `default` of a server variable must be one of its `enum` (this value is none of them, and the first is taken)
            missing-key:10: the variable `base` of this server has no `default` (the first value of its `enum` is taken)
            misplaced-key:11: the URL of this server has no `{unused}` (this variable is ignored)
            missing-key:14: the variable `tenant` of this server has no `default` (the client asks for a value)
            missing-key:15: the variable `missing` of this server is not described (it has any value, and no default)
        "#]],
    );
}

#[test]
fn the_most_specific_list_counts_alone() {
    check_document(
        "
servers: [{url: https://a.example}, {url: https://b.example}]
paths:
  /p:
    servers: [{url: https://b.example/}, {url: https://c.example}]
    get: {operationId: ofPath, responses: {'204': {description: ok}}}
    put: {operationId: own, servers: [{url: https://d.example}], responses: {'204': {description: ok}}}
    post: {operationId: back, servers: [{url: https://a.example}], responses: {'204': {description: ok}}}
    patch: {operationId: noDefault, servers: [{url: 'https://{x}.example', variables: {x: {}}}], responses: {'204': {description: ok}}}
    delete: {operationId: empty, servers: [], responses: {'204': {description: ok}}}
  /q:
    get: {operationId: plain, responses: {'204': {description: ok}}}
webhooks:
  w:
    servers: [{url: https://e.example}]
    post: {responses: {'204': {description: ok}}}
",
        expect![[r#"
            server https://a.example
            server https://b.example
            further server https://c.example of ofPath
            further server https://d.example of own
            further server https://{x: }.example of noDefault
            GET ofPath /p -> 204 at server 1
            PUT own /p -> 204 at server 3
            POST back /p -> 204
            PATCH noDefault /p -> 204
            DELETE empty /p -> 204 at server 1
            GET plain /q -> 204
            POST  -> 204
            missing-key:11: the variable `x` of this server has no `default` (the client asks for a value)
            unsupported:17: a server of a webhook or a callback is not supported yet (left out; the request goes to the URL that it is given)
        "#]],
    );
}

#[test]
fn where_nobody_can_go_is_left_out() {
    check_document(
        "
servers: [{url: wss://a.example}, {url: //b.example}, {url: ./v1}, {url: v1}, {url: HTTPS://c.example}, {url: /v2}, {url: /}]
paths: {}
",
        expect![[r#"
            server HTTPS://c.example
            server /v2
            server 
            unsupported:4: a server that is neither at http nor at a path that begins with a slash is not supported yet (left out)
            unsupported:4: a server that is neither at http nor at a path that begins with a slash is not supported yet (left out)
            unsupported:4: a server that is neither at http nor at a path that begins with a slash is not supported yet (left out)
            unsupported:4: a server that is neither at http nor at a path that begins with a slash is not supported yet (left out)
        "#]],
    );
}
