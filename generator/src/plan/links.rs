//! Links in the documentation of outcomes: which method goes on with what came back (U3).

use std::collections::HashMap;

use crate::api::{Api, Continuation, Target};

use super::operations::OperationPlan;
use super::prose::{bullet, code, paragraph};

/// Adds the links of each response to the documentation of its outcome, once all methods have names.
pub(super) fn document(api: &Api, plans: &mut [OperationPlan]) {
    let methods = api.operations.iter().zip(plans.iter());
    let methods = methods.flat_map(|(operation, plan)| {
        let method = plan.method.plain().to_owned();
        let id = operation.id.clone().map(Target::Id);
        let pointer = Target::Pointer(operation.origin.pointer.clone());
        [id, Some(pointer)]
            .into_iter()
            .flatten()
            .map(move |target| (target, method.clone()))
    });
    let methods: HashMap<Target, String> = methods.collect();
    for (operation, plan) in api.operations.iter().zip(plans) {
        for response in operation.responses.iter().filter(|it| !it.links.is_empty()) {
            let links = response
                .links
                .iter()
                .flat_map(|link| bullet(&words(link, &methods)));
            let links: Vec<String> = links.collect();
            let outcomes = plan.outcomes.iter_mut();
            for outcome in outcomes.filter(|it| it.status == response.status) {
                paragraph(
                    &mut outcome.docs,
                    vec!["What can be called next:".to_owned()],
                );
                paragraph(&mut outcome.docs, links.clone());
            }
        }
    }
}

/// A link in words: its name, the method, what is passed, and what the document says about it.
fn words(link: &Continuation, methods: &HashMap<Target, String>) -> String {
    let mut words = code(&link.name);
    words.push(':');
    if let Some(target) = &link.target {
        let called = methods
            .get(target)
            .map_or_else(|| target.text(), String::as_str);
        words.push_str(&format!(" {}", code(called)));
    }
    let arguments = link.arguments.iter();
    let arguments = arguments.map(|(name, value)| format!("{} = {}", code(name), code(value)));
    let body = link
        .body
        .iter()
        .map(|body| format!("the body = {}", code(body)));
    let passed: Vec<String> = arguments.chain(body).collect();
    if !passed.is_empty() {
        words.push_str(&format!(" with {}", passed.join(", ")));
    }
    if let Some(server) = &link.server {
        words.push_str(&format!(" at {}", code(server)));
    }
    if let Some(description) = &link.description {
        words.push_str(&format!(". {description}"));
    }
    words
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::config::Config;
    use crate::source::Sources;

    const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /users:
    post:
      operationId: addUser
      responses:
        '201':
          description: Added.
          links:
            Read:
              operationId: readUser
              parameters: {id: $response.body#/id, full: true}
              description: 'Read it back, [or] not.'
            Write:
              operationRef: '#/paths/~1users~1%7Bid%7D/put'
              requestBody: $response.body
              server: {url: 'https://example.com'}
            Gone: {$ref: '#/components/links/Gone'}
  /users/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: readUser, responses: {'204': {description: Read.}}}
    put: {operationId: replace user, responses: {'204': {description: Written.}}}
components:
  links:
    Gone: {operationId: goneUser, parameters: {id: {a: 1}}}
";

    #[test]
    fn a_link_is_a_line_of_the_outcome() {
        let sources = Sources::new("openapi.yaml", DOCUMENT);
        let generated = crate::generate(&sources, &Config::default()).expect("it is generated");
        let mut files = generated.files.iter();
        let file = files.find(|(path, _)| path.as_str() == "src/operations/api.rs");
        let (_, text) = file.expect("the file of the operations");
        let start = text.find("    /// 201: Added.").expect("the outcome");
        let end = text.find("    Created,").expect("the variant");
        let lines = text[start..end].lines().map(str::trim_start);
        let lines: Vec<&str> = lines.collect();
        expect![[r#"
            /// 201: Added.
            ///
            /// What can be called next:
            ///
            /// - `Read`: `read_user` with `id` = `$response.body#/id`, `full` = `true`. Read it back, \[or] not.
            /// - `Write`: `replace_user` with the body = `$response.body` at `https://example.com`
            /// - `Gone`: `goneUser` with `id` = `{...}`"#]].assert_eq(&lines.join("\n"));
    }
}
