//! The generated crate does what the document says, by a reader of the document that is not ours.

use conformance::check::{Mismatch, check};
use conformance::edit::Edit;
use conformance::project;
use openapiv3::OpenAPI;

#[test]
fn crate_does_what_the_document_says() {
    let mismatches = check(&read(&project::read(project::DOCUMENT)));
    assert!(mismatches.is_empty(), "{}", lines(&mismatches));
}

fn read(text: &str) -> OpenAPI {
    serde_yaml::from_str(text).expect("openapiv3 can read the document")
}

fn lines(mismatches: &[Mismatch]) -> String {
    let lines = mismatches.iter().map(|mismatch| format!("{mismatch}\n"));
    lines.collect()
}

/// A check that cannot fail says nothing, so each of these documents, which differs from the crate
/// in one place, must be found out, by a mismatch that has the second text in it.
#[test]
fn every_single_difference_is_found() {
    let text = project::read(project::DOCUMENT);
    let mut unfound = Vec::new();
    for (edit, named) in EDITS {
        let mismatches = check(&read(&edit.apply(&text)));
        if !mismatches.iter().any(|one| one.to_string().contains(named)) {
            let found = lines(&mismatches);
            unfound.push(format!(
                "{}: nothing names {named:?} in:\n{found}",
                edit.name
            ));
        }
    }
    assert!(unfound.is_empty(), "{}", unfound.join("\n"));
}

const fn edit(
    name: &'static str,
    find: &'static str,
    replace: &'static str,
    named: &'static str,
) -> (Edit, &'static str) {
    (Edit::new(name, find, replace), named)
}

// A table: what is found, what it becomes, and what names it, each edit in a line or two.
#[rustfmt::skip]
const EDITS: &[(Edit, &str)] = &[
    // Schemas.
    edit("a schema more", "    WebhookEventType:\n",
        "    Ping:\n      type: object\n    WebhookEventType:\n", "schemas/Ping"),
    edit("a schema with another name", "    WebhookEventType:\n", "    WebhookEvent:\n", "schemas/WebhookEventType"),
    edit("an enum value more", "        - task.healed\n", "        - task.healed\n        - task.revived\n", "task.revived"),
    edit("an enum value less", "        - task.healed\n", "", "task.healed"),
    edit("another enum value", "- task.cancelled", "- task.canceled", "task.canceled"),
    edit("enum values in another order", "        - task.completed\n        - task.failed\n",
        "        - task.failed\n        - task.completed\n", "WebhookEventType"),
    edit("an open text for an enum", "      type: string\n      description: |\n        Catalog",
        "      type: boolean\n      description: |\n        Catalog", "WebhookEventType"),
    edit("a part of allOf less", "        - $ref: '#/components/schemas/WebhookPublic'\n", "", "WebhookWithSecret"),
    edit("another part of allOf", "        - $ref: '#/components/schemas/WebhookPublic'\n",
        "        - $ref: '#/components/schemas/FlatErrorResponse'\n", "FlatErrorResponse"),

    // Properties.
    edit("an optional property more", "        code:\n", "        hint:\n          type: string\n        code:\n", "`/hint` is lost"),
    edit("a required property more", "      required:\n        - error\n    WebhookPublic:",
        "        hint:\n          type: string\n      required:\n        - error\n        - hint\n    WebhookPublic:", "`/hint` is lost"),
    edit("a required name without its property", "        url:\n          type: string\n          format: uri\n", "        x-url:\n          type: string\n", "url"),
    edit("an optional property less", "        code:\n          type: integer\n          description: HTTP status code.\n", "", "`code`"),
    edit("a property with another name", "        code:\n", "        kode:\n", "kode"),
    edit("a property with other capitals", "        enabled:\n          type", "        Enabled:\n          type", "`enabled`"),
    edit("a required name more", "        - error\n    WebhookPublic", "        - error\n        - code\n    WebhookPublic", "FlatErrorResponse/code"),
    edit("a required name that is not declared", "        - error\n    WebhookPublic", "        - error\n        - trace\n    WebhookPublic", "trace"),
    edit("a required name less", "        - enabled\n", "", "WebhookPublic/enabled"),
    edit("a required name less that is nullable", "        - created_at\n", "", "WebhookPublic/created_at"),
    edit("a secret that is optional", "          required:\n            - secret\n", "", "WebhookWithSecret/secret"),

    // Values.
    edit("nullable less", "          nullable: true\n          maxLength: 256\n", "          maxLength: 256\n", "WebhookPublic/description"),
    edit("nullable more", "          type: boolean\n", "          type: boolean\n          nullable: true\n", "WebhookPublic/enabled"),
    edit("an integer for a boolean", "          type: boolean\n", "          type: integer\n", "`enabled`"),
    edit("a number for an integer", "          type: integer\n", "          type: number\n", "FlatErrorResponse"),
    edit("a small integer", "          type: integer\n", "          type: integer\n          format: int32\n", "FlatErrorResponse/code"),
    edit("a text for a secret of digits", "            secret:\n              type: string\n", "            secret:\n              type: integer\n", "`secret`"),
    edit("no format where it was uuid", "          format: uuid\n", "", "`project_id`"),
    edit("a format where there was none", "          description: Human-readable error message.\n",
        "          format: uuid\n          description: Human-readable error message.\n", "FlatErrorResponse/error"),
    edit("a date for a date-time", "        created_at:\n          type: string\n          format: date-time\n",
        "        created_at:\n          type: string\n          format: date\n", "`created_at`"),
    edit("a greater maxLength", "maxLength: 256", "maxLength: 257", "description"),
    edit("a smaller maxLength", "maxLength: 256", "maxLength: 255", "WebhookPublic/description"),
    edit("no maxLength", "          maxLength: 256\n", "", "WebhookPublic/description"),
    edit("a minLength", "          maxLength: 256\n", "          minLength: 1\n          maxLength: 256\n", "minLength"),
    edit("a pattern", "          maxLength: 256\n", "          pattern: ^a\n          maxLength: 256\n", "pattern"),
    edit("a minItems", "          items:\n", "          minItems: 1\n          items:\n", "minItems"),
    edit("a maxItems", "          items:\n", "          maxItems: 9\n          items:\n", "maxItems"),
    edit("an array of something else", "            $ref: '#/components/schemas/WebhookEventType'\n",
        "            type: string\n", "subscribed_events/0"),
    edit("an object that is closed", "    FlatErrorResponse:\n      type: object\n",
        "    FlatErrorResponse:\n      type: object\n      additionalProperties: false\n", "unknown key"),

    // Operations.
    edit("an operation more", "  /v1/webhooks/{id}/rotate-secret:\n",
        "  /v1/webhooks/{id}/rotate-secret:\n    get:\n      operationId: readSecret\n      responses: {'200': {description: x}}\n", "readSecret"),
    edit("another operation id", "operationId: rotateWebhookSecret", "operationId: rotateSecret", "rotateSecret"),
    edit("another method", "    post:\n", "    put:\n", "PUT /v1/webhooks"),
    edit("another path", "/rotate-secret:\n", "/rotate:\n", "/v1/webhooks/{id}/rotate: "),
    edit("a slash at the end", "/rotate-secret:\n", "/rotate-secret/:\n", "/rotate-secret/:"),
    edit("no operation at all", "  /v1/webhooks/{id}/rotate-secret:\n", "  /x-elsewhere:\n", "/x-elsewhere"),

    // Parameters.
    edit("a parameter with another name", "- name: id\n", "- name: hook\n", "hook"),
    edit("a parameter elsewhere", "          in: path\n", "          in: query\n", "`id`"),
    edit("a parameter of another type", "          schema:\n            type: string\n", "          schema:\n            type: integer\n", "`id`"),
    edit("a parameter with a format", "          schema:\n            type: string\n",
        "          schema:\n            type: string\n            format: uuid\n", "`id`"),
    edit("a parameter more", "      parameters:\n", "      parameters:\n        - name: force\n          in: query\n          schema:\n            type: boolean\n", "`force`"),
    edit("a header parameter more", "      parameters:\n", "      parameters:\n        - name: trace\n          in: header\n          schema:\n            type: string\n", "`trace`"),
    edit("a request body", "      responses:\n        '200'",
        "      requestBody:\n        content:\n          application/json:\n            schema:\n              type: object\n      responses:\n        '200'", "request body"),

    // Responses.
    edit("another status of success", "        '200':\n", "        '201':\n", "rotate-secret 201"),
    edit("another status of failure", "        '404':\n", "        '410':\n", "rotate-secret 410"),
    edit("a status more", "        '404':\n", "        '403':\n          description: No.\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/FlatErrorResponse'\n        '404':\n", "rotate-secret 403"),
    edit("a default response", "        '404':\n", "        default:\n          description: No.\n        '404':\n", "default"),
    edit("another success", "                $ref: '#/components/schemas/WebhookWithSecret'\n",
        "                $ref: '#/components/schemas/WebhookPublic'\n", "rotate-secret 200"),
    edit("another media type", "          description: Webhook not found in this project.\n          content:\n            application/json:\n",
        "          description: Webhook not found in this project.\n          content:\n            application/problem+json:\n", "application/problem+json"),
    edit("a response header", "          description: New signing secret issued.\n",
        "          description: New signing secret issued.\n          headers:\n            X-Remaining:\n              schema:\n                type: integer\n", "x-remaining"),

    // Security.
    edit("a key in another header", "name: anchor-api-key", "name: x-api-key", "x-api-key"),
    edit("a key in the query", "      in: header\n      name: anchor-api-key", "      in: query\n      name: anchor-api-key", "api_key_header"),
    edit("a bearer token", "      type: apiKey\n      in: header\n      name: anchor-api-key\n", "      type: http\n      scheme: bearer\n", "api_key_header"),
    edit("a scheme with another name", "    api_key_header:\n", "    other_key:\n", "api_key_header"),
    edit("no requirement", "      security:\n        - api_key_header: []\n", "", "security"),
    edit("a requirement that is empty", "      security:\n        - api_key_header: []\n", "      security: []\n", "security"),
    edit("a requirement that is optional", "        - api_key_header: []\n", "        - api_key_header: []\n        - {}\n", "security"),
    edit("a requirement with scopes", "        - api_key_header: []\n", "        - api_key_header: [write]\n", "write"),

    // The rest.
    edit("another version", "version: 1.0.0", "version: 1.0.1", "1.0.1"),
    edit("another server", "url: https://api.anchorbrowser.io", "url: https://eu.anchorbrowser.io", "eu.anchorbrowser.io"),
    edit("a base path", "url: https://api.anchorbrowser.io", "url: https://api.anchorbrowser.io/v2", "/v2/v1"),
];
