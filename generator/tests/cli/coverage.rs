//! `oarlock coverage`, with the real generator.

use expect_test::expect;
use oarlock::cli::Exit;

use crate::fixture::Fixture;

const DOCUMENT: &str = "\
openapi: 3.2.0
info: {title: Pets, version: '1', termsOfService: none}
paths:
  /pets:
    additionalOperations:
      CONNECT: {operationId: connectA, responses: {'204': {description: Nothing.}}}
    get:
      parameters:
        - {name: a, in: cookie, schema: {type: string}}
      responses: {'204': {description: Nothing.}}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string, maxLength: 3, title: Name}
        x: {type: string, x-unknown: 1}
";

#[test]
fn every_keyword_is_listed_with_what_becomes_of_it() {
    let fixture = Fixture::new(&[("api.yaml", DOCUMENT)]);
    fixture.check(
        &["coverage", "api.yaml"],
        expect![[r#"
            Fine
            --- stdout
            enforced: 17 keywords in 20 places
                  1  Components: schemas              api.yaml:12:3
                  1  Info: title                      api.yaml:2:8
                  1  Info: version                    api.yaml:2:21
                  1  OpenAPI: components              api.yaml:11:1
                  1  OpenAPI: info                    api.yaml:2:1
                  1  OpenAPI: openapi                 api.yaml:1:1
                  1  OpenAPI: paths                   api.yaml:3:1
                  1  Operation: parameters            api.yaml:8:7
                  1  Operation: responses             api.yaml:10:7
                  1  Parameter: in                    api.yaml:9:21
                  1  Parameter: name                  api.yaml:9:12
                  1  Parameter: schema                api.yaml:9:33
                  1  Path Item: additionalOperations  api.yaml:5:5
                  1  Path Item: get                   api.yaml:7:5
                  1  Schema: maxLength                api.yaml:16:30
                  1  Schema: properties               api.yaml:15:7
                  4  Schema: type                     api.yaml:9:42, 14:7, 16:16, ...

            carried: 2 keywords in 2 places
                  1  Response: description  api.yaml:10:27
                  1  Schema: title          api.yaml:16:44

            ignored: 1 keyword in 1 place
                  1  Info: termsOfService  api.yaml:2:35

            unsupported: 4 keywords in 4 places
                  1  this method             api.yaml:6:16 (the operation `connectA` is left out)
                  1  Operation: operationId  api.yaml:6:17 (the operation is left out)
                  1  Operation: responses    api.yaml:6:40 (the operation is left out)
                  1  Response: description   api.yaml:6:60 (the operation is left out)
            --- stderr
        "#]],
    );
    let all = fixture.run(&["coverage", "api.yaml", "--all"]).stdout;
    assert!(!all.contains("..."), "{all}");
}

#[test]
fn coverage_is_printed_as_json() {
    let fixture = Fixture::new(&[("api.yaml", DOCUMENT)]);
    let ran = fixture.run(&["coverage", "api.yaml", "--json"]);
    let rows: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    let rows = rows.as_array().expect("a list");
    let row = rows.iter().find(|row| row["name"] == "operationId");
    expect![[r#"
        {
          "fallbacks": [
            "the operation is left out"
          ],
          "name": "operationId",
          "object": "Operation",
          "places": [
            {
              "column": 17,
              "file": "api.yaml",
              "line": 6
            }
          ],
          "treatment": "unsupported"
        }"#]]
    .assert_eq(&format!("{:#}", row.expect("the row of a keyword")));
}

#[test]
fn a_document_with_mistakes_has_no_coverage() {
    let fixture = Fixture::new(&[("api.yaml", "openapi: 3.1.0\ninfo: {}\npaths: [")]);
    let ran = fixture.run(&["coverage", "api.yaml"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Exit::Failed, ""));
    assert!(ran.stderr.starts_with("error[syntax]"), "{}", ran.stderr);
}
