//! Settings of single calls.

#![cfg(all(feature = "client", feature = "server"))]

mod common;

use std::time::{Duration, Instant};

use common::{KEY, OPEN, ROTATE, Raw, Then, builder};
use oarlock_runtime::client::{
    BuildError, Client, ClientBuilder, Credential, Error, Recorder, TransportErrorKind,
};
use oarlock_runtime::param::Style;

fn recorded() -> (Client, Recorder) {
    let recorder = Recorder::new().json(200, "{}").json(200, "{}");
    let client = builder("https://example.com").transport(recorder.clone());
    (client.build().expect("a client"), recorder)
}

async fn open(client: &Client) -> Result<(), Error> {
    client.call(&OPEN).send().await.map(drop)
}

#[tokio::test]
async fn a_call_has_headers_and_a_base_url_of_its_own_and_the_next_one_has_not() {
    let (client, recorder) = recorded();
    let changed = client.with(|it| {
        it.base_url("https://other.example/v2")
            .header("x-trace", "7")
            .header("User-Agent", "me")
    });
    open(&changed).await.expect("an answer");
    open(&client).await.expect("an answer");
    let [first, second] = &recorder.requests()[..] else {
        panic!("two requests");
    };
    assert_eq!(first.uri, "https://other.example/v2/open");
    assert_eq!(first.headers["x-trace"], "7");
    assert_eq!(first.headers["user-agent"], "me");
    assert_eq!(second.uri, "https://example.com/open");
    assert!(!second.headers.contains_key("x-trace"));
    assert_ne!(second.headers["user-agent"], "me");
}

#[tokio::test]
async fn a_call_has_credentials_of_its_own() {
    let (client, recorder) = recorded();
    let theirs = client.with(|it| {
        let key = Credential::ApiKeyHeader {
            name: "x-api-key",
            key: "theirs".into(),
        };
        it.credential("key", key)
    });
    for client in [&theirs, &client] {
        let mut call = client.call(&ROTATE);
        call.path("id", Style::SIMPLE, "a");
        call.send().await.expect("an answer");
    }
    let requests = recorder.requests();
    assert_eq!(requests[0].headers["x-api-key"], "theirs");
    assert_eq!(requests[1].headers["x-api-key"], KEY);
    assert!(!format!("{theirs:?} {client:?}").contains("theirs"));
}

/// A setting of a client.
type Change = fn(ClientBuilder) -> ClientBuilder;

#[tokio::test]
async fn what_cannot_be_used_is_told_by_the_call() {
    let (client, recorder) = recorded();
    let wrong: [(Change, &str); 4] = [
        (
            |it| it.header("a b", "c"),
            "the header `a b` cannot be sent",
        ),
        (
            |it| it.header("x-a", "b\r\nx-c: d"),
            "the header `x-a` cannot be sent",
        ),
        (
            |it| it.header("Content-Length", "3"),
            "the header `Content-Length` cannot be sent",
        ),
        (
            |it| it.base_url("http://example.com"),
            "the base URL is not https; see `allow_plain_http`",
        ),
    ];
    for (change, problem) in wrong {
        // A later change, as good as it may be, does not hide it.
        let client = client.with(change).with(|it| it.header("x-fine", "1"));
        let error = open(&client).await.expect_err("it is not sent");
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert_eq!(error.to_string(), format!("open (GET /open): {problem}"));
    }
    assert!(recorder.requests().is_empty());
    let error = builder("https://example.com").header("te", "x").build();
    assert!(matches!(error, Err(BuildError::Header { name }) if name == "te"));
}

#[tokio::test]
async fn a_call_has_a_time_limit_of_its_own() {
    let server = Raw::start(Then::Hang(String::new())).await;
    let client = builder(&server.base_url).build().expect("a client");
    let start = Instant::now();
    let hasty = client.with(|it| it.timeout(Duration::from_millis(50)));
    let error = open(&hasty).await.expect_err("it takes too long");
    assert!(
        matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::Timeout),
        "{error:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(4));
}
