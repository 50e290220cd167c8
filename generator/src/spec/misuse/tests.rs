use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::grammar::walk;
use crate::load::{Limits, load};
use crate::source::Sources;

/// The codes and the messages about a document.
fn found(text: &str) -> Vec<String> {
    let sources = Sources::new("openapi.yaml", text);
    let mut diagnostics = Diagnostics::new(false);
    let tree = load(&mut diagnostics, &sources, &Limits::default()).expect("it is YAML");
    let tree = crate::upgrade::upgrade(&mut diagnostics, tree, &Config::default());
    super::check(&mut diagnostics, &tree, &walk::objects(&tree));
    let finding = |it: &crate::diagnostic::Diagnostic| format!("{}: {}", it.code, it.message);
    diagnostics.iter().map(finding).collect()
}

#[test]
fn what_is_allowed_is_not_reported() {
    let document = "\
openapi: 3.2.0
servers:
  - {url: /, variables: {a: {enum: [x, '1'], default: 1}, b: {default: x}}}
components:
  pathItems:
    A:
      parameters: [{name: q, in: query, schema: {}}]
      get: {parameters: [{name: r, in: query, schema: {}}]}
    B:
      get: {parameters: [{name: q, in: querystring, content: {text/plain: {}}}]}
      put: {parameters: [{name: q, in: query, schema: {}}]}
  parameters:
    Referred: {$ref: '#/components/parameters/Path', style: form, example: 1, examples: {}}
    Path: {name: a, in: path, required: true, style: matrix, allowReserved: true, schema: {}}
    Query: {name: a, in: query, style: deepObject, allowReserved: true, allowEmptyValue: true, schema: {}}
    Header: {name: X-a, in: header, style: simple, allowEmptyValue: false, schema: {}, example: null, examples: {}}
    Cookie: {name: a, in: cookie, allowReserved: true, schema: {}}
  headers:
    X-a: {content: {text/plain: {}}}
  examples:
    A: {dataValue: 1, serializedValue: '1'}
    B: {dataValue: 1, externalValue: /a}
  schemas:
    A: {example: 1, examples: [1], xml: {attribute: true, wrapped: true}}
    B: {properties: {value: {}, externalValue: {}}, default: {value: 1, externalValue: 2}}
";
    assert_eq!(found(document), [""; 0]);
}

#[test]
fn a_collection_format_of_2_0_is_no_style_that_the_document_has() {
    let document = "\
swagger: '2.0'
paths: {}
parameters:
  A: {name: a, in: path, required: true, type: array, items: {type: string}, collectionFormat: pipes}
";
    assert_eq!(found(document), [""; 0]);
}
