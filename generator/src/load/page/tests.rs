use expect_test::{Expect, expect};

use crate::load::Limits;
use crate::load::tests::check_at;

fn check(text: &str, expected: Expect) {
    check_at("page.md", text, &Limits::default(), expected);
}

/// A page in the form that documentation sites publish.
fn page(document: &str) -> String {
    format!(
        "> ## Index\n> Fetch it.\n\n# Rotate\n\n> Mint `one`.\n\n````yaml /openapi.yaml post /v1\n{document}````\n"
    )
}

#[test]
fn the_document_of_a_page_keeps_its_lines() {
    check(
        &page("openapi: 3.1.0\ninfo:\n  title: é\n\n"),
        expect![[r#"
        mapping @9:1-11:11
        "openapi" @9:1-9:8: "3.1.0" @9:10-9:15
        "info" @10:1-10:5: mapping @11:3-11:11
          "title" @11:3-11:8: "é" @11:10-11:11
    "#]],
    );
}

#[test]
fn mistakes_are_told_with_the_line_of_the_page() {
    check(
        &page("openapi: 3.1.0\ninfo: a: b\n"),
        expect![[r#"
        error[syntax]: not YAML: `: ` is not allowed here
          --> page.md:10:8
           |
        10 | info: a: b
           |        ^
           |
           = help: text with `: `, ` #`, or one of `@ % & * ! | > { [ ` at its start must stand in quotes
    "#]],
    );
    check(
        &page("openapi: 3.1.0\nopenapi: 3.1.0\n"),
        expect![[r#"
        mapping @9:1-10:15
        "openapi" @9:1-9:8: "3.1.0" @9:10-9:15
        error[duplicate-key]: the key `openapi` is written twice in this mapping
          --> page.md:10:1
           |
         9 | openapi: 3.1.0
           | ------- first written here
        10 | openapi: 3.1.0
           | ^^^^^^^ written again here
    "#]],
    );
}

#[test]
fn a_block_may_be_json_or_indented_or_end_with_the_page() {
    check(
        "```json\n{\"info\": {\"openapi\": 1}, \"openapi\": \"3.0.0\"}\n```\n",
        expect![[r#"
        mapping @2:1-2:45
        "info" @2:2-2:8: mapping @2:10-2:24
          "openapi" @2:11-2:20: number 1 @2:22-2:23
        "openapi" @2:26-2:35: "3.0.0" @2:37-2:44
    "#]],
    );
    check(
        "  ~~~ YML\r\n  swagger: '2.0'\r\n  info: {}\r\n  ~~~\r\n",
        expect![[r#"
        mapping @2:3-3:11
        "swagger" @2:3-2:10: "2.0" @2:12-2:17
        "info" @3:3-3:7: mapping @3:9-3:11
    "#]],
    );
    check(
        "````yaml\n# first\n---\ninfo: |\n  ```\nopenapi: 3.0.0\n",
        expect![[r#"
        mapping @4:1-6:15
        "info" @4:1-4:5: "```\n" @5:3-6:1
        "openapi" @6:1-6:8: "3.0.0" @6:10-6:15
    "#]],
    );
}

#[test]
fn blocks_of_other_things_are_passed_over() {
    check(
        "```yaml\ninfo:\n  openapi: 1\n```\n```json\n{\"a\": {\"openapi\": 1}}\n```\n```sh\nopenapi: 1\n```\n\
         ``` yaml `x`\n    ```yaml\n```yaml\nopenapi: 3.0.0\n```\n",
        expect![[r#"
            mapping @14:1-14:15
            "openapi" @14:1-14:8: "3.0.0" @14:10-14:15
        "#]],
    );
}

#[test]
fn a_page_without_a_document_is_an_error() {
    check(
        "# Nothing\n",
        expect![[r#"
        error[page-block]: the page has no fenced block that is an OpenAPI document
         --> page.md:1:1
          |
        1 | # Nothing
          | ^
          |
          = help: the block must begin with ```` ```yaml ```` or ```` ```json ````
    "#]],
    );
    check(
        "# Some\n\n```yaml\ninfo: 1\n```\n\n```json\n[]\n```\n",
        expect![[r#"
        error[page-block]: the page has no fenced block that is an OpenAPI document
         --> page.md:3:1
          |
        3 | ```yaml
          | ^^^^^^^ this block has no `openapi` or `swagger` at its top
        ...
        7 | ```json
          | ------- this block has no `openapi` or `swagger` at its top
          |
          = help: the block must begin with ```` ```yaml ```` or ```` ```json ````
    "#]],
    );
}

#[test]
fn a_page_with_several_documents_is_an_error() {
    check(
        "```yaml\nopenapi: 3.0.0\n```\n\n```yml\nswagger: '2.0'\n```\n",
        expect![[r#"
        error[page-block]: the page has 2 blocks that are OpenAPI documents
         --> page.md:1:1
          |
        1 | ```yaml
          | ^^^^^^^ this block is an OpenAPI document
        ...
        5 | ```yml
          | ------ this block is an OpenAPI document
          |
          = help: copy the one that is meant into a file of its own
    "#]],
    );
}
