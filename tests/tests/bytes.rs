//! The generated client against a raw listener: what it sends, byte for byte, and what it makes of
//! responses that no good server gives.

mod common;

use std::time::{Duration, Instant};

use anchor_webhooks::client::{Client, ClientBuilder, Error, Timeouts, TransportErrorKind};
use anchor_webhooks::types::FlatErrorResponse;
use common::{KEY, hook};
use conformance::raw::{Raw, Then, response};

fn builder(server: &Raw) -> ClientBuilder {
    let short = Duration::from_millis(400);
    let timeouts = Timeouts {
        connect: short,
        read: short,
        total: 2 * short,
    };
    Client::builder()
        .base_url(server.url())
        .api_key(KEY)
        .timeouts(timeouts)
}

fn client(server: &Raw) -> Client {
    builder(server).build().expect("the settings are right")
}

fn body() -> String {
    serde_json::to_string(&hook("wh_1")).expect("a hook is JSON")
}

/// A call that never ends is a failure like any other.
async fn rotate(client: &Client) -> Result<(), Error<FlatErrorResponse>> {
    let call = client.rotate_webhook_secret("wh_1").send();
    let result = tokio::time::timeout(Duration::from_secs(10), call).await;
    result.expect("the call ends").map(drop)
}

async fn transport_error(client: &Client) -> TransportErrorKind {
    match rotate(client).await {
        Err(Error::Transport(error)) => error.kind(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn request_is_what_the_document_says_and_nothing_more() {
    let server = Raw::answer("200 OK", "", &body()).await;
    rotate(&client(&server)).await.expect("a success");
    let [request] = server.requests().try_into().expect("one request");
    let (head, rest) = request.split_once("\r\n\r\n").expect("a head");
    assert_eq!(rest, "", "there is no body");
    let mut lines = head.split("\r\n");
    assert_eq!(
        lines.next(),
        Some("POST /v1/webhooks/wh_1/rotate-secret HTTP/1.1")
    );
    let mut headers: Vec<_> = lines.collect();
    headers.sort_unstable();
    let host = format!("host: {}", server.url().replace("http://", ""));
    let key = format!("anchor-api-key: {KEY}");
    // No `referer`, no cookies, no `accept-encoding`, and the key once.
    assert_eq!(
        headers,
        [
            "accept: application/json",
            key.as_str(),
            "content-length: 0",
            host.as_str(),
            "user-agent: anchor-webhooks/0.1.0",
        ]
    );
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let other = Raw::answer("200 OK", "", &body()).await;
    for status in [300, 301, 302, 303, 305, 307, 308] {
        let location = format!("location: {}/elsewhere\r\n", other.url());
        let server = Raw::answer(&format!("{status} Elsewhere"), &location, "").await;
        let Err(Error::Unexpected(response)) = rotate(&client(&server)).await else {
            panic!("{status} was followed");
        };
        assert_eq!(response.status, status);
        assert_eq!(response.headers["location"], location[10..].trim());
        assert_eq!(server.connections(), 1, "{status}");
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn base_path_is_kept_and_the_path_is_appended() {
    let server = Raw::answer("200 OK", "", &body()).await;
    for (base, path) in [
        ("", ""),
        ("/", ""),
        ("/api", "/api"),
        ("/api/v2/", "/api/v2"),
        ("/a%2fb", "/a%2fb"),
    ] {
        let url = format!("{}{base}", server.url());
        let client = builder(&server)
            .base_url(url)
            .build()
            .expect("the settings are right");
        rotate(&client).await.expect("a success");
        let request = server.requests().pop().expect("a request");
        let expected = format!("POST {path}/v1/webhooks/wh_1/rotate-secret HTTP/1.1\r\n");
        assert!(request.starts_with(&expected), "{request}");
    }
}

/// A response may come in pieces of any size, and its head may be cut anywhere.
#[tokio::test]
async fn response_in_single_bytes_is_whole() {
    let body = body();
    let bytes = response("200 OK", "x-one: 1\r\nX-Two:   2\r\n", &body);
    let server = Raw::start(Then::Drip(bytes)).await;
    let client = client(&server);
    let response = client.rotate_webhook_secret("wh_1").send_response().await;
    let response = response.expect("a success");
    assert_eq!(response.body, hook("wh_1"));
    assert_eq!(response.headers["x-one"], "1");
    assert_eq!(response.headers["x-two"], "2");
    let chunks = body
        .bytes()
        .map(|byte| format!("1\r\n{}\r\n", char::from(byte)));
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{}0\r\n\r\n",
        chunks.collect::<String>()
    );
    server.then(Then::Drip(chunked.into_bytes()));
    let response = client.rotate_webhook_secret("wh_1").send().await;
    assert_eq!(response.expect("a success"), hook("wh_1"));
}

#[tokio::test]
async fn endless_body_is_cut_off() {
    let head = |status| format!("HTTP/1.1 {status}\r\ntransfer-encoding: chunked\r\n\r\n");
    let server = Raw::start(Then::Flood(head("200 OK").into_bytes())).await;
    let client = builder(&server)
        .max_response_bytes(100_000)
        .build()
        .expect("a client");
    assert_eq!(transport_error(&client).await, TransportErrorKind::TooLarge);
    // What has an undeclared status is not worth less: its beginning is kept.
    server.then(Then::Flood(head("418 Teapot").into_bytes()));
    let Err(Error::Unexpected(response)) = rotate(&client).await else {
        panic!("the body is endless");
    };
    assert_eq!((response.body.len(), response.truncated), (100_000, true));
}

#[tokio::test]
async fn body_may_be_as_large_as_allowed() {
    let body = body();
    let server = Raw::answer("200 OK", "", &body).await;
    let client = |bytes| {
        builder(&server)
            .max_response_bytes(bytes)
            .build()
            .expect("a client")
    };
    rotate(&client(body.len())).await.expect("a success");
    let kind = transport_error(&client(body.len() - 1)).await;
    assert_eq!(kind, TransportErrorKind::TooLarge);
    // The length that a server announces reserves no memory.
    let huge = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{{", u64::MAX);
    let server = Raw::start(Then::Send(huge.into_bytes())).await;
    let kind = transport_error(&builder(&server).build().expect("a client")).await;
    assert!(
        matches!(kind, TransportErrorKind::Body | TransportErrorKind::Other),
        "{kind:?}"
    );
}

#[tokio::test]
async fn hanging_server_is_given_up() {
    let whole = String::from_utf8(response("200 OK", "", &body())).expect("text");
    let server = Raw::start(Then::Hang(Vec::new())).await;
    let client = client(&server);
    for end in [0, 5, 30, whole.len() - 100, whole.len() - 1] {
        server.then(Then::Hang(whole.as_bytes()[..end].to_vec()));
        let start = Instant::now();
        assert_eq!(
            transport_error(&client).await,
            TransportErrorKind::Timeout,
            "{end}"
        );
        assert!(
            start.elapsed() < Duration::from_secs(3),
            "{end}: {:?}",
            start.elapsed()
        );
    }
    // Whoever hangs up the phone without a word is not slow.
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("an address")
    };
    let url = format!("http://{nobody}");
    let client = builder(&server).base_url(url).build().expect("a client");
    assert_eq!(transport_error(&client).await, TransportErrorKind::Connect);
}

#[tokio::test]
async fn body_that_breaks_off_is_no_body() {
    let body = body();
    let short = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
        body.len() + 1
    );
    let chunk = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n",
        body.len()
    );
    for status in ["200 OK", "404 Not Found", "418 Teapot"] {
        for text in [&short, &chunk] {
            let text = text.replace("200 OK", status);
            let server = Raw::start(Then::Send(text.into_bytes())).await;
            let kind = transport_error(&client(&server)).await;
            assert_eq!(kind, TransportErrorKind::Body, "{status}");
        }
    }
}

/// Bodies that are whole, but not what the document says.
#[tokio::test]
async fn body_of_another_kind_is_kept_and_told() {
    let bodies = [
        "",
        "null",
        "{}",
        "[]",
        "\"text\"",
        "<html>",
        "{\"error\": 7}",
        "{\"error\": \"x\"",
        "\u{feff}{}",
        "nul",
    ];
    for body in bodies {
        for status in ["200 OK", "404 Not Found", "500 Oh"] {
            let server = Raw::answer(status, "x-id: 7\r\n", body).await;
            let Err(Error::Decode(error)) = rotate(&client(&server)).await else {
                panic!("{status} {body}");
            };
            assert_eq!(error.body, body);
            assert_eq!(error.headers["x-id"], "7");
            assert!(status.starts_with(error.status.as_str()));
        }
    }
}
