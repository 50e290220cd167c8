//! An id, whatever its text is, reaches the handler as it was given, or is refused before anything
//! is sent.

mod common;

use anchor_webhooks::client::{Client, Error, Recorder};
use common::{KEY, Service};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use tokio::runtime::Runtime;

/// What must become of an id.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    /// The handler gets it, byte for byte.
    Arrives,
    /// The client refuses it, and opens no connection for it.
    NotSent,
}

fn fate(id: &str) -> Fate {
    match id {
        "" | "." | ".." => Fate::NotSent,
        // A NUL ends a text for many a program behind the server.
        _ if id.contains('\0') => Fate::NotSent,
        // What a URL with this id in it could not hold.
        _ if id.len() > 20_000 => Fate::NotSent,
        _ => Fate::Arrives,
    }
}

async fn check(service: &Service, client: &Client, id: &str) -> Result<(), String> {
    let before = service.seen().len();
    let result = client.rotate_webhook_secret(id).send().await;
    let seen = service.seen().split_off(before);
    let found = match (&result, seen.as_slice()) {
        (Ok(body), [seen]) if body.id == id && seen == id => Fate::Arrives,
        (Err(Error::InvalidRequest(_)), []) => Fate::NotSent,
        _ => {
            return Err(format!(
                "{id:?} became {result:?}, and the handler saw {seen:?}"
            ));
        }
    };
    if found == fate(id) {
        Ok(())
    } else {
        Err(format!("{id:?}: {found:?} and not {:?}", fate(id)))
    }
}

fn hard() -> Vec<String> {
    let texts = [
        "",
        ".",
        "..",
        "...",
        ".a",
        "a.",
        "/",
        "//",
        "a/b",
        "../..",
        "/..",
        "../",
        "..%2f",
        "%2e",
        "%2e%2e",
        "%2E%2E",
        "%252e",
        "%",
        "%%",
        "%zz",
        "%00",
        "\0",
        "a\0b",
        "?",
        "a?b=c",
        "#",
        "a#b",
        "&",
        "a=b",
        "+",
        "a b",
        " ",
        "  ",
        "\t",
        "\r\n",
        "\r\nanchor-api-key: x",
        "a\r\n\r\nb",
        "\n",
        "\\",
        "..\\..",
        ";",
        "a;b",
        ":",
        "@",
        "a@b",
        "http://evil.example/",
        "//evil.example",
        "{id}",
        "{",
        "}",
        "{p0}",
        "*",
        "*rest",
        "~",
        "\u{7f}",
        "\u{80}",
        "\u{e9}",
        "e\u{301}",
        "\u{df}",
        "\u{4e2d}\u{6587}",
        "\u{1f980}",
        "\u{202e}abc",
        "\u{feff}",
        "\u{2028}",
        "\u{2024}\u{2024}",
        "\u{ff0e}\u{ff0e}",
        "\u{ff0f}",
        "\u{fffd}",
        "\u{10ffff}",
        "'",
        "\"",
        "`",
        "<script>",
        "|",
        "^",
        "[",
        "]",
        "$(x)",
        "null",
        "true",
        "0",
        "-1",
        "wh_01HXJ4MZ7K9P3Q6R8S2T4V5W7Y",
        "rotate-secret",
    ];
    let mut texts: Vec<String> = texts.map(str::to_owned).to_vec();
    texts.push("x".repeat(1024));
    texts.push("\u{1f980}".repeat(256));
    texts.push("%2e/".repeat(256));
    texts.push("\u{e9}".repeat(5000));
    texts.push("x".repeat(70_000));
    texts
}

#[tokio::test]
async fn hard_ids_arrive_or_are_not_sent() {
    let service = Service::default();
    for client in [service.in_process(), service.over_a_socket().await] {
        for id in hard() {
            check(&service, &client, &id)
                .await
                .expect("the fate of the id");
        }
    }
}

#[test]
fn any_id_arrives_or_is_not_sent() {
    let runtime = Runtime::new().expect("a runtime");
    let service = Service::default();
    let over_a_socket = runtime.block_on(service.over_a_socket());
    let in_process = service.in_process();
    let ids = prop_oneof![
        any::<String>(),
        "[./%?#\\\\ a-c]{1,6}",
        proptest::collection::vec(proptest::sample::select(hard()), 2..4)
            .prop_map(|parts| parts.concat())
            .prop_filter("short enough for a URL", |id| id.len() < 10_000),
    ];
    let config = Config {
        cases: 512,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&ids, |id| {
        // The words that tell the service what to do.
        prop_assume!(!["gone", "broken", "panic", "teapot"].contains(&id.as_str()));
        for client in [&over_a_socket, &in_process] {
            runtime
                .block_on(check(&service, client, &id))
                .map_err(TestCaseError::fail)?;
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

/// The request that is recorded has nothing but the id between the two fixed parts of its path.
#[tokio::test]
async fn ids_stay_in_their_segment() {
    for id in hard() {
        let recorder = Recorder::new();
        let client = Client::builder()
            .transport(recorder.clone())
            .api_key(KEY)
            .build();
        let _ = client
            .expect("a client")
            .rotate_webhook_secret(&id)
            .send()
            .await;
        let requests = recorder.requests();
        if fate(&id) == Fate::NotSent {
            assert!(requests.is_empty(), "{id:?}");
            continue;
        }
        let uri = requests[0].uri.to_string();
        let path = uri.strip_prefix("https://api.anchorbrowser.io/v1/webhooks/");
        let id = path.and_then(|rest| rest.strip_suffix("/rotate-secret"));
        let id = id.unwrap_or_else(|| panic!("{uri}"));
        assert!(
            !id.contains(['/', '?', '#', '\\', ' ']) && id.is_ascii(),
            "{uri}"
        );
    }
}
