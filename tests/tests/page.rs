//! The documentation page that publishes the document is as good as the document itself.

use conformance::edit::Edit;
use conformance::project::{self, CONFIG, Copy, DOCUMENT};
use oarlock::cli::Exit;
use oarlock::config::Config;

const PAGE: &str = "rotate-webhook-secret.md";

fn page() -> String {
    project::read(format!("tests/tests/fixtures/{PAGE}"))
}

#[test]
fn block_of_the_page_is_the_document() {
    let (page, document) = (page(), project::read(DOCUMENT));
    let (_, block) = page
        .split_once("````yaml /openapi.yaml")
        .expect("an opening fence");
    let (_, block) = block.split_once('\n').expect("a line");
    let (block, _) = block.split_once("\n````").expect("a closing fence");
    assert_eq!(format!("{block}\n"), document);
}

#[test]
fn page_and_document_give_the_same_crate() {
    let from_page = project::generate(PAGE, page()).expect("the page is right");
    let from_document = project::generate(DOCUMENT, project::read(DOCUMENT));
    let from_document = from_document.expect("the document is right");
    assert!(from_page.files == from_document.files);
}

#[test]
fn command_takes_the_page_by_hand_and_by_configuration() {
    let copy = Copy::new();
    copy.put(PAGE, page());
    let config = project::read(CONFIG).replace(DOCUMENT, PAGE);
    copy.put(CONFIG, config);
    let ran = copy.run(&["generate", "--check"]);
    assert_eq!(ran.exit, Exit::Fine, "{}{}", ran.stdout, ran.stderr);

    copy.put("documents/openapi.yaml", project::read(DOCUMENT));
    copy.put("documents/page.md", page());
    let generate = |document: &str, out: &str| {
        let ran = copy.run(&["generate", document, "--out", out, "--package", "hooks"]);
        assert_eq!(ran.exit, Exit::Fine, "{}", ran.stderr);
        project::files(&copy.root().join(out))
    };
    let from_page = generate("documents/page.md", "from-page");
    assert!(from_page == generate("documents/openapi.yaml", "from-document"));
    assert!(!from_page.is_empty());
}

/// Who reads a message opens the page, so it counts the lines of the page.
#[test]
fn messages_name_the_lines_of_the_page() {
    let mistakes = [
        (
            Exit::Failed,
            Edit::new(
                "a reference to nothing",
                "schemas/WebhookWithSecret'",
                "schemas/WebhookWithout'",
            ),
            "schemas/WebhookWithout'",
        ),
        (
            Exit::Failed,
            Edit::new(
                "a wrong type",
                "  required: true\n",
                "  required: yes please\n",
            ),
            "yes please",
        ),
        (
            Exit::Failed,
            Edit::new(
                "a key twice",
                "  version: 1.0.0\n",
                "  version: 1.0.0\n  version: 1.0.1\n",
            ),
            "version: 1.0.1",
        ),
    ];
    for (exit, edit, place) in mistakes {
        let page = edit.apply(&page());
        let document = edit.apply(&project::read(DOCUMENT));
        let line = |text: &str| {
            let before = text.lines().take_while(|line| !line.contains(place));
            before.count() + 1
        };
        assert_ne!(line(&page), line(&document), "{}", edit.name);
        let copy = Copy::new();
        copy.put(PAGE, &page);
        copy.put(CONFIG, project::read(CONFIG).replace(DOCUMENT, PAGE));
        let ran = copy.run(&["generate"]);
        assert_eq!(ran.exit, exit, "{}: {}", edit.name, ran.stderr);
        let expected = format!("{PAGE}:{}:", line(&page));
        let message = ran.stderr;
        assert!(
            message.contains(&expected),
            "{}: no {expected} in\n{message}",
            edit.name
        );
    }
    // A warning is told in the same way.
    let sources = project::sources(PAGE, page());
    let config = Config {
        accept: Vec::new(),
        strict: false,
        ..project::config()
    };
    let ran = oarlock::generate(&sources, &config).expect("the page is right");
    let warning = ran
        .warnings
        .iter()
        .next()
        .expect("`nullable` is of another version");
    let line = sources.position(warning.span.expect("a place")).line;
    let first = page()
        .lines()
        .position(|line| line.contains("nullable: true"));
    assert_eq!(Some(line - 1), first);
}
