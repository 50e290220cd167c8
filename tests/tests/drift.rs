//! Whatever changes on either side, the document or the crate, `--check` finds it.

use std::fs;

use conformance::edit::Edit;
use conformance::project::{CONFIG, Copy, DOCUMENT, GENERATED, REPAIR, Ran, files, read};
use oarlock::cli::Exit;

/// Checks the copy: nothing may be written, whatever comes out.
fn check(copy: &Copy) -> Ran {
    let before = files(&copy.root());
    let ran = copy.run(&["generate", "--check"]);
    assert!(
        files(&copy.root()) == before,
        "a check has written something"
    );
    ran
}

fn assert_fine(copy: &Copy, what: &str) {
    let ran = check(copy);
    assert_eq!(
        (ran.exit, ran.stdout.as_str()),
        (Exit::Fine, ""),
        "{what}: {}",
        ran.stderr
    );
    assert_eq!(ran.exit.code(), 0);
}

/// The diff names these files, and the message says what repairs them.
fn assert_out_of_date(copy: &Copy, what: &str, named: &[&str]) -> Ran {
    let ran = check(copy);
    assert_eq!(
        ran.exit,
        Exit::OutOfDate,
        "{what}: {}{}",
        ran.stdout,
        ran.stderr
    );
    assert_eq!(ran.exit.code(), 3);
    for file in named {
        let is_named = |line: &str| {
            (line.starts_with("--- ") || line.starts_with("+++ ")) && line.ends_with(file)
        };
        assert!(
            ran.stdout.lines().any(is_named),
            "{what}: no {file} in\n{}",
            ran.stdout
        );
    }
    assert!(
        ran.stderr.contains("generated is out of date"),
        "{what}: {}",
        ran.stderr
    );
    ran
}

#[test]
fn nothing_is_found_where_nothing_changed() {
    let copy = Copy::new();
    assert_fine(&copy, "a copy");
    copy.put(DOCUMENT, format!("# A comment.\n{}", read(DOCUMENT)));
    assert_fine(&copy, "a comment");
}

#[test]
fn every_edit_of_the_document_is_found_and_repaired() {
    let document = read(DOCUMENT);
    for (edit, named) in EDITS {
        let copy = Copy::new();
        copy.put(DOCUMENT, edit.apply(&document));
        let ran = assert_out_of_date(&copy, edit.name, &[named]);
        assert!(ran.stderr.contains(&format!("`{REPAIR}` repairs it")));
        let ran = copy.run(&["generate"]);
        assert_eq!(ran.exit, Exit::Fine, "{}: {}", edit.name, ran.stderr);
        assert_fine(&copy, edit.name);
    }
}

fn committed() -> std::collections::BTreeMap<camino::Utf8PathBuf, Vec<u8>> {
    files(&conformance::project::root().join(GENERATED))
}

#[test]
fn every_change_of_the_crate_is_found() {
    for path in committed().keys() {
        let path = path.as_str();
        let place = format!("{GENERATED}/{path}");
        let copy = Copy::new();
        let text = fs::read_to_string(copy.root().join(&place)).expect("a text");
        fs::remove_file(copy.root().join(&place)).expect("it was there");
        assert_out_of_date(&copy, &format!("{path} is deleted"), &[&place]);
        copy.put(&place, format!("{text}// A word.\n"));
        assert_out_of_date(&copy, &format!("{path} is longer"), &[&place]);
        copy.put(&place, text.trim_end());
        assert_out_of_date(&copy, &format!("{path} lacks a line break"), &[&place]);
        copy.put(&place, "");
        assert_out_of_date(&copy, &format!("{path} is empty"), &[&place]);
        copy.put(&place, text);
        assert_fine(&copy, path);
    }
}

#[test]
fn file_that_is_not_generated_is_found() {
    for path in [
        "src/extra.rs",
        "src/types/extra.rs",
        "src/new/mod.rs",
        "src/.hidden",
        "src/a.txt",
    ] {
        let copy = Copy::new();
        let place = format!("{GENERATED}/{path}");
        for text in [
            "fn extra() {}\n".to_owned(),
            format!("{}\n", oarlock::write::RUST_MARKER),
        ] {
            copy.put(&place, text);
            assert_out_of_date(&copy, path, &[&format!("a/{place}")]);
        }
        fs::remove_file(copy.root().join(&place)).expect("it was there");
        assert_fine(&copy, path);
    }
    // What lies beside the generated part is the user's.
    let copy = Copy::new();
    copy.put(format!("{GENERATED}/README.md"), "Mine.\n");
    assert_fine(&copy, "README.md");
}

#[test]
fn crate_that_is_not_there_is_found() {
    let copy = Copy::new();
    fs::remove_dir_all(copy.root().join(GENERATED)).expect("it was there");
    assert_out_of_date(
        &copy,
        "no crate",
        &["generated/Cargo.toml", "generated/src/lib.rs"],
    );
}

#[test]
fn every_edit_of_the_configuration_is_found() {
    let config = read(CONFIG);
    let edits = [
        (
            Edit::new("another package", "anchor-webhooks", "anchor-hooks"),
            "Cargo.toml",
        ),
        (
            Edit::new("a version", "package =", "version = \"0.2.0\"\npackage ="),
            "Cargo.toml",
        ),
        (
            Edit::new("no secret", "secrets = ", "# secrets = "),
            "src/types/webhooks.rs",
        ),
    ];
    for (edit, named) in edits {
        let copy = Copy::new();
        copy.put(CONFIG, edit.apply(&config));
        assert_out_of_date(&copy, edit.name, &[named]);
    }
}

/// A mistake is not a drift: the crate may be fine, and nobody knows.
#[test]
fn document_that_is_wrong_is_no_drift() {
    let copy = Copy::new();
    copy.put(
        DOCUMENT,
        read(DOCUMENT).replace("schemas/FlatErrorResponse'", "schemas/Flat'"),
    );
    let ran = check(&copy);
    assert_eq!(
        (ran.exit, ran.exit.code()),
        (Exit::Failed, 1),
        "{}",
        ran.stderr
    );
    assert_eq!(ran.stdout, "");
}

const fn edit(
    named: &'static str,
    name: &'static str,
    find: &'static str,
    replace: &'static str,
) -> (Edit, &'static str) {
    (Edit::new(name, find, replace), named)
}

const TYPES: &str = "src/types/webhooks.rs";
const OPERATIONS: &str = "src/operations/webhooks.rs";
const CLIENT: &str = "src/client/webhooks.rs";

/// Each with a file that it shows in. A description is part of the crate too.
#[rustfmt::skip]
const EDITS: &[(Edit, &str)] = &[
    edit("src/lib.rs", "title", "title: AnchorBrowser API", "title: Anchor API"),
    edit("src/lib.rs", "version", "version: 1.0.0", "version: 1.0.1"),
    edit("src/lib.rs", "description of the API", "APIs to manage all", "APIs to manage some"),
    edit("src/client.rs", "server", "https://api.anchorbrowser.io", "https://eu.anchorbrowser.io"),
    edit("src/client.rs", "description of the server", "description: API server", "description: The server"),
    edit("src/client.rs", "header of the key", "name: anchor-api-key", "name: x-api-key"),
    edit("src/client.rs", "description of the key", "API key passed in the header", "The key"),
    edit("src/server.rs", "place of the key", "      in: header\n", "      in: query\n"),
    edit(OPERATIONS, "path", "/rotate-secret:\n", "/rotate:\n"),
    edit(OPERATIONS, "method", "    post:\n", "    put:\n"),
    edit(OPERATIONS, "operation id", "operationId: rotateWebhookSecret", "operationId: rotateSecret"),
    edit("src/client/hooks.rs", "tag", "        - Webhooks\n", "        - Hooks\n"),
    edit(CLIENT, "summary", "summary: Rotate Webhook Signing Secret", "summary: Rotate"),
    edit(CLIENT, "description of the operation", "Mint a new HMAC-SHA256", "Make a new HMAC-SHA256"),
    edit(CLIENT, "description of a parameter", "description: Webhook id.\n          schema", "description: The id.\n          schema"),
    edit(OPERATIONS, "description of a response", "New signing secret issued.", "Issued."),
    edit(OPERATIONS, "status", "        '404':\n", "        '410':\n"),
    edit(OPERATIONS, "status more", "        '404':\n", "        '403':\n          description: No.\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/FlatErrorResponse'\n        '404':\n"),
    edit(OPERATIONS, "optional security", "        - api_key_header: []\n", "        - api_key_header: []\n        - {}\n"),
    edit(TYPES, "enum value less", "        - task.healed\n", ""),
    edit(TYPES, "enum value more", "        - task.healed\n", "        - task.healed\n        - task.revived\n"),
    edit(TYPES, "order of enum values", "        - task.completed\n        - task.failed\n", "        - task.failed\n        - task.completed\n"),
    edit(TYPES, "maxLength", "maxLength: 256", "maxLength: 255"),
    edit(TYPES, "no maxLength", "          maxLength: 256\n", ""),
    edit(TYPES, "type of a property", "          type: integer\n", "          type: number\n"),
    edit(TYPES, "format", "          format: uuid\n", ""),
    edit(TYPES, "nullable", "          type: boolean\n", "          type: boolean\n          nullable: true\n"),
    edit(TYPES, "required less", "        - enabled\n", ""),
    edit(TYPES, "required more", "        - error\n    WebhookPublic", "        - error\n        - code\n    WebhookPublic"),
    edit(TYPES, "property more", "        code:\n", "        hint:\n          type: string\n        code:\n"),
    edit(TYPES, "name of a property", "        code:\n", "        status:\n"),
    edit(TYPES, "description of a property", "Human-readable error message.", "What is wrong."),
    edit(TYPES, "example", "example: true", "example: false"),
    edit(TYPES, "description of a schema", "Catalog of webhook event types", "List of webhook event types"),
    edit(TYPES, "one letter of a description", "Event types this webhook is currently", "Event types this webhook is Currently"),
];
