//! What the client makes of responses, whatever they are.

#![cfg(all(feature = "client", feature = "server"))]

mod common;

use std::time::{Duration, Instant};

use common::{KEY, ROTATE, Raw, Then, builder, client, response, short};
use oarlock_runtime::client::{
    Body, Client, Error, Recorder, Response, TransportError, TransportErrorKind,
};
use oarlock_runtime::param::Style;
use serde::Deserialize;

#[derive(Debug, Deserialize, PartialEq)]
struct Hook {
    id: String,
    events: Vec<bool>,
}

const HOOK: &str = r#"{"id":"a","events":[true],"new":1}"#;

/// As generated code does it, with 200 and 404 declared.
async fn call(client: &Client) -> Result<Response<Hook>, Error<String>> {
    enum Outcome {
        Ok(Hook),
        NotFound(String),
    }
    let mut call = client.call(&ROTATE);
    call.path("id", Style::SIMPLE, &"wh_01");
    let reply = call.send().await.map_err(Error::widen)?;
    let outcome = match reply.status() {
        200 => reply.json(Outcome::Ok).await,
        404 => reply.json(Outcome::NotFound).await,
        _ => Err(reply.unexpected().await),
    };
    outcome
        .map_err(Error::widen)?
        .split(|outcome| match outcome {
            Outcome::Ok(hook) => Ok(hook),
            Outcome::NotFound(text) => Err(text),
        })
}

async fn call_raw(then: Then) -> Result<Response<Hook>, Error<String>> {
    call(&client(&Raw::start(then).await.base_url)).await
}

fn kind<T: std::fmt::Debug>(result: Result<T, Error<String>>) -> TransportErrorKind {
    match result {
        Err(Error::Transport(error)) => error.kind(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn outcomes_by_status() {
    let ok = call_raw(Then::Send(response("200 OK", HOOK)))
        .await
        .expect("a hook");
    assert_eq!(ok.status, 200);
    assert_eq!(ok.headers["content-length"], "34");
    assert_eq!(
        ok.into_body(),
        Hook {
            id: "a".into(),
            events: vec![true]
        }
    );

    let error = call_raw(Then::Send(response("404 Nope", r#""gone""#)))
        .await
        .expect_err("404");
    assert_eq!(
        error.to_string(),
        "rotate (POST /v1/hooks/{id}/rotate) answered 404 Not Found"
    );
    assert!(!error.is_retryable());
    let Error::Api(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!((error.body.as_str(), error.status.as_u16()), ("gone", 404));

    for status in [201, 204, 302, 400, 418, 429, 503, 599, 999] {
        let error = call_raw(Then::Send(response(&format!("{status} X"), HOOK)))
            .await
            .expect_err("undeclared");
        assert_eq!(error.status().map(|s| s.as_u16()), Some(status));
        assert_eq!(error.is_retryable(), matches!(status, 429 | 503));
        let Error::Unexpected(raw) = error else {
            panic!("{error:?}")
        };
        if status != 204 {
            assert_eq!(raw.json::<Hook>().expect("a hook").id, "a");
        }
    }
}

#[tokio::test]
async fn content_type_does_not_matter() {
    for content_type in [
        "text/plain",
        "text/html; charset=x",
        "application/json",
        "\u{ff}",
        "",
    ] {
        let text = response("200 OK", HOOK).replace(
            "connection",
            &format!("content-type: {content_type}\r\nconnection"),
        );
        call_raw(Then::Send(text))
            .await
            .unwrap_or_else(|error| panic!("{content_type}: {error}"));
    }
}

#[tokio::test]
async fn bodies_that_do_not_fit_say_where_but_not_what() {
    for (body, problem) in [
        (
            r#"{"id":"a","events":[true,"S3CR3T"]}"#,
            "expected a boolean at `events[1]`, line 1 column 33",
        ),
        (
            r#""S3CR3T""#,
            "expected struct Hook at `.`, line 1 column 8",
        ),
        (
            r#"{"id":"a"}"#,
            "missing field `events` at `.`, line 1 column 10",
        ),
        ("", "EOF while parsing a value at `.`, line 1 column 0"),
        ("<html>", "expected value at `.`, line 1 column 1"),
        (
            r#"{"id":"a","events":[]} S3CR3T"#,
            "trailing characters at `.`, line 1 column 24",
        ),
        (
            r#"{"id":"a","id":"S3CR3T","events":[]}"#,
            "duplicate field `id` at `.`, line 1 column 14",
        ),
    ] {
        let error = call_raw(Then::Send(response("200 OK", body)))
            .await
            .expect_err(body);
        assert!(
            !format!("{error} {error:?}").contains("S3CR3T"),
            "{error:?}"
        );
        let Error::Decode(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.body, body);
        assert_eq!(error.error.to_string(), problem);
    }
    let deep = "[".repeat(100_000);
    let error = call_raw(Then::Send(response("200 OK", &deep)))
        .await
        .expect_err("too deep");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

/// A redirect is an answer like any other, and the other port gets nothing.
#[tokio::test]
async fn redirects_are_not_followed() {
    let other = Raw::json("200 OK", HOOK).await;
    for status in ["301 A", "302 A", "303 A", "307 A", "308 A"] {
        let head = format!(
            "HTTP/1.1 {status}\r\nlocation: {}/x\r\nconnection: close\r\n\r\n",
            other.base_url
        );
        let error = call_raw(Then::Send(head)).await.expect_err("not followed");
        assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn bodies_are_capped() {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let flood = Raw::start(Then::Flood(chunked.into())).await;
    let capped = |base_url: &str| {
        builder(base_url)
            .max_response_bytes(100_000)
            .build()
            .expect("a client")
    };
    assert_eq!(
        kind(call(&capped(&flood.base_url)).await),
        TransportErrorKind::TooLarge
    );

    let flood = Raw::start(Then::Flood(chunked.replace("200", "418"))).await;
    let error = call(&capped(&flood.base_url))
        .await
        .expect_err("undeclared");
    let Error::Unexpected(raw) = error else {
        panic!("{error:?}")
    };
    assert!(raw.truncated);
    assert_eq!((raw.status.as_u16(), raw.body.len()), (418, 100_000));

    let exact = builder("https://x").max_response_bytes(HOOK.len());
    call(
        &exact
            .transport(Recorder::new().json(200, HOOK))
            .build()
            .expect("a client"),
    )
    .await
    .expect("it fits");
    let short = builder("https://x").max_response_bytes(HOOK.len() - 1);
    let short = short
        .transport(Recorder::new().json(200, HOOK))
        .build()
        .expect("a client");
    assert_eq!(kind(call(&short).await), TransportErrorKind::TooLarge);
}

#[tokio::test]
async fn every_call_ends() {
    let start = Instant::now();
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{";
    for hang in ["", "HTTP/1.1 200", half] {
        let result = call_raw(Then::Hang(hang.into())).await;
        assert_eq!(kind(result), TransportErrorKind::Timeout, "{hang}");
    }
    assert_eq!(
        kind(call_raw(Then::Send(half.into())).await),
        TransportErrorKind::Body
    );
    assert_eq!(
        kind(call_raw(Then::Send("nonsense".into())).await),
        TransportErrorKind::Other
    );
    assert_eq!(
        kind(call_raw(Then::Send(String::new())).await),
        TransportErrorKind::Other
    );
    assert_eq!(
        kind(call(&client("http://127.0.0.1:9")).await),
        TransportErrorKind::Connect
    );
    assert!(
        start.elapsed() < Duration::from_secs(4),
        "{:?}",
        start.elapsed()
    );
    assert!(short().total < Duration::from_secs(2));
}

#[tokio::test]
async fn transport_errors_name_neither_url_nor_key() {
    let client = client("http://127.0.0.1:9/S3CR3T");
    let error = call(&client).await.expect_err("no server");
    let mut text = format!("{error:?}");
    let mut next: Option<&dyn std::error::Error> = Some(&error);
    while let Some(error) = next {
        text.push_str(&format!("\n{error}\n{error:?}"));
        next = error.source();
    }
    assert!(
        text.contains("rotate (POST /v1/hooks/{id}/rotate): cannot connect to the server"),
        "{text}"
    );
    for secret in ["S3CR3T", "wh_01", KEY] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn recorder_answers_in_order_and_records() {
    let recorder = Recorder::new()
        .json(200, HOOK)
        .error(TransportError::new(TransportErrorKind::Timeout))
        .response(http::Response::new(Body::from("x")));
    let client = builder("https://example.com/base")
        .transport(recorder.clone())
        .build()
        .expect("a client");
    call(&client).await.expect("a hook");
    let error = call(&client).await.expect_err("a timeout");
    assert!(error.is_retryable());
    assert!(matches!(call(&client).await, Err(Error::Decode(_))));

    let requests = recorder.requests();
    assert_eq!(requests.len(), 3);
    assert_eq!(requests[0].method, "POST");
    assert_eq!(
        requests[0].uri,
        "https://example.com/base/v1/hooks/wh_01/rotate"
    );
    assert_eq!(requests[0].headers["x-api-key"], KEY);
    assert!(requests[0].body.is_empty());
}

#[test]
fn errors_are_small_and_futures_can_be_sent() {
    assert!(
        size_of::<Error<[u8; 1000]>>() <= 32,
        "{}",
        size_of::<Error<[u8; 1000]>>()
    );
    fn sendable<T: Send + 'static>(_: T) {}
    let client = client("https://example.com");
    sendable(async move { call(&client).await.map(drop) });
}
