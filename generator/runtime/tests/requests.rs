//! What the client sends, and what it refuses to send.

#![cfg(all(feature = "client", feature = "server"))]

mod common;

use common::{KEY, OPEN, ROTATE, Raw, builder, client};
use oarlock_runtime::client::{
    BuildError, Client, ClientBuilder, Credential, Error, NoError, Recorder,
};
use oarlock_runtime::operation::{Operation, Requirement};
use oarlock_runtime::param::Style;
use oarlock_runtime::percent;

async fn rotate(client: &Client, id: &str) -> Result<(), Error> {
    let mut call = client.call(&ROTATE);
    call.path("id", Style::SIMPLE, &id);
    call.accept("application/json");
    call.send().await.map(drop)
}

#[tokio::test]
async fn request_on_the_wire() {
    let server = Raw::json("200 OK", "{}").await;
    rotate(&client(&server.base_url), "wh_01")
        .await
        .expect("an answer");
    let request = &server.requests()[0];
    assert!(
        request.starts_with("POST /v1/hooks/wh_01/rotate HTTP/1.1\r\n"),
        "{request}"
    );
    let mut headers: Vec<_> = request
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    headers.retain(|line| !line.starts_with("host: 127.0.0.1:"));
    headers.sort();
    assert_eq!(
        headers,
        [
            "accept: application/json",
            "content-length: 0",
            "user-agent: oarlock-runtime/0.1.0",
            "x-api-key: k-secret-0123456789",
        ]
    );
}

/// What the server decodes is what was passed, whatever it was, and it never leaves its segment.
#[tokio::test]
async fn path_values_stay_in_their_segment() {
    let server = Raw::json("200 OK", "{}").await;
    let client = client(&server.base_url);
    let mut values: Vec<String> = (1..=0x7f_u8)
        .map(|byte| char::from(byte).to_string())
        .collect();
    values.retain(|value| value != ".");
    values.extend(
        [
            "a/b",
            "/",
            "//",
            "../..",
            "../../users/1",
            "..%2f",
            "%2e%2e",
            "%2E",
            "%",
            "%%",
            "%zz",
            "%00",
            "a b",
            "a+b",
            "a?b=c",
            "?",
            "#",
            "a#b",
            "a\\b",
            "\\..\\",
            "\r\nx: y",
            "\t",
            "\u{7f}",
            "\u{e9}",
            "e\u{301}",
            "\u{4e2d}\u{6587}",
            "\u{1f980}",
            "\u{202e}",
            "\u{feff}",
            "\u{2024}\u{2024}",
            "...",
            ".a",
            "a.",
            ". ",
            " ",
            "~",
            "-_.~",
            "{id}",
            "{",
            "}",
            "id}",
            "a;b=c",
            "a:b",
            "@",
            "a@b",
            "!$&'()*+,;=",
            "[::1]",
            "\"<>^`{|}",
            "null",
            "%2F",
            "%252F",
            "http://evil.example/",
        ]
        .map(str::to_owned),
    );
    values.push("x".repeat(4000));
    for value in &values {
        rotate(&client, value)
            .await
            .unwrap_or_else(|error| panic!("{value:?}: {error}"));
        let request = server.requests().pop().expect("a request");
        let target = request.split(' ').nth(1).expect("a target");
        let segment = target
            .strip_prefix("/v1/hooks/")
            .and_then(|rest| rest.strip_suffix("/rotate"));
        let segment = segment.unwrap_or_else(|| panic!("{value:?} became {target}"));
        assert!(
            !segment.contains(['/', '?', '#', '\\']),
            "{value:?} became {segment}"
        );
        let decoded = percent::decode(segment);
        assert!(
            decoded.as_deref() == Some(value),
            "{value:?} became {segment}"
        );
    }
    assert_eq!(server.requests().len(), values.len());
}

#[tokio::test]
async fn path_values_that_change_the_path_are_refused() {
    let recorder = Recorder::new();
    let client = builder("https://example.com")
        .transport(recorder.clone())
        .build()
        .expect("a client");
    for value in ["", ".", ".."] {
        let error = rotate(&client, value).await.expect_err("refused");
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        let because = if value.is_empty() {
            ": it is empty"
        } else {
            " is `.` or `..`"
        };
        assert_eq!(
            error.to_string(),
            format!("rotate (POST /v1/hooks/{{id}}/rotate): the path parameter `id`{because}")
        );
    }
    let nul = rotate(&client, "a\0b").await.expect_err("refused");
    assert!(nul.to_string().ends_with("holds a NUL"), "{nul}");
    let unfilled = client.call(&ROTATE).send().await.expect_err("refused");
    assert!(matches!(unfilled, Error::InvalidRequest(_)), "{unfilled:?}");
    let long = rotate(&client, &"x".repeat(70_000))
        .await
        .expect_err("refused");
    assert!(matches!(long, Error::InvalidRequest(_)), "{long:?}");
    assert!(recorder.requests().is_empty());
}

static EITHER: Operation = Operation {
    id: "either",
    method: "GET",
    path: "/either",
    security: &[
        &[Requirement::new("app", &[]), Requirement::new("query", &[])],
        &[],
        &[Requirement::new("bearer", &["read"])],
    ],
};

async fn sent(
    operation: &'static Operation,
    credentials: &[(&'static str, Credential)],
) -> (String, Vec<String>) {
    let recorder = Recorder::new().json(200, "{}");
    let mut builder = ClientBuilder::new("https://example.com/base/").transport(recorder.clone());
    for (scheme, credential) in credentials {
        builder = builder.credential(scheme, credential.clone());
    }
    builder
        .build()
        .expect("a client")
        .call(operation)
        .send()
        .await
        .expect("an answer");
    let request = recorder.requests().remove(0);
    let headers = request
        .headers
        .iter()
        .filter(|(name, _)| *name != "user-agent")
        .map(|(name, value)| {
            assert!(value.is_sensitive(), "{name}");
            format!("{name}: {}", value.to_str().expect("text"))
        });
    (request.uri.to_string(), headers.collect())
}

#[tokio::test]
async fn first_complete_alternative_is_attached() {
    let app = (
        "app",
        Credential::ApiKeyHeader {
            name: "app-id",
            key: "a".into(),
        },
    );
    let query = (
        "query",
        Credential::ApiKeyQuery {
            name: "api key",
            key: "q&=/".into(),
        },
    );
    let bearer = ("bearer", Credential::Bearer("t".into()));
    let all = [app.clone(), query.clone(), bearer.clone()];

    let (uri, headers) = sent(&EITHER, &all).await;
    assert_eq!(uri, "https://example.com/base/either?api%20key=q%26%3D%2F");
    assert_eq!(headers, ["app-id: a"]);

    let (uri, headers) = sent(&EITHER, &[app, bearer]).await;
    assert_eq!(
        (uri.as_str(), headers),
        (
            "https://example.com/base/either",
            vec!["authorization: Bearer t".into()]
        )
    );

    assert_eq!(
        sent(&EITHER, &[query]).await.1,
        [""; 0],
        "anonymous calls are allowed"
    );
    assert_eq!(
        sent(&OPEN, &all).await,
        ("https://example.com/base/open".into(), vec![])
    );
}

static COOKIES: Operation = Operation {
    id: "cookies",
    method: "GET",
    path: "/",
    security: &[&[
        Requirement::new("a", &[]),
        Requirement::new("b", &[]),
        Requirement::new("basic", &[]),
    ]],
};

#[tokio::test]
async fn cookies_and_basic() {
    for (password, encoded) in [
        ("b", "YTpi"),
        ("", "YTo="),
        ("bc", "YTpiYw=="),
        ("open sesame", "YTpvcGVuIHNlc2FtZQ=="),
    ] {
        let (_, headers) = sent(
            &COOKIES,
            &[
                (
                    "a",
                    Credential::ApiKeyCookie {
                        name: "a",
                        key: "1;".into(),
                    },
                ),
                (
                    "b",
                    Credential::ApiKeyCookie {
                        name: "b",
                        key: "2".into(),
                    },
                ),
                (
                    "basic",
                    Credential::Basic {
                        username: "a".into(),
                        password: password.into(),
                    },
                ),
            ],
        )
        .await;
        assert_eq!(
            headers,
            [
                "cookie: a=1%3B; b=2".to_owned(),
                format!("authorization: Basic {encoded}")
            ]
        );
    }
}

#[tokio::test]
async fn missing_credentials_are_an_error_before_sending() {
    let recorder = Recorder::new();
    let client = ClientBuilder::new("https://example.com")
        .transport(recorder.clone())
        .build()
        .expect("a client");
    let error = rotate(&client, "x").await.expect_err("refused");
    assert!(matches!(error, Error::Auth(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "rotate (POST /v1/hooks/{id}/rotate): the client has no credentials for `key`"
    );
    assert!(recorder.requests().is_empty());
}

#[test]
fn credentials_that_cannot_be_sent() {
    for key in ["", "a\nb", "a\r\nx: y", " a", "a ", "a\0", "\u{e9}\n"] {
        let key = Credential::ApiKeyHeader {
            name: "x",
            key: key.into(),
        };
        let error = ClientBuilder::new("https://x")
            .credential("key", key)
            .build()
            .expect_err("refused");
        assert!(
            matches!(error, BuildError::Credential { scheme: "key" }),
            "{error:?}"
        );
    }
    let basic = Credential::Basic {
        username: "a:b".into(),
        password: "c".into(),
    };
    ClientBuilder::new("https://x")
        .credential("basic", basic)
        .build()
        .expect_err("a colon");
}

#[test]
fn base_urls() {
    let build = |url: &str| {
        ClientBuilder::new(url)
            .build()
            .map(|client| client.base_url().to_owned())
    };
    for (url, kept) in [
        ("https://example.com", "https://example.com"),
        ("https://example.com/", "https://example.com"),
        ("https://example.com/v1/", "https://example.com/v1"),
        ("https://example.com:8443/v1", "https://example.com:8443/v1"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
    ] {
        assert_eq!(
            build(url).unwrap_or_else(|error| panic!("{url}: {error}")),
            kept
        );
    }
    for (url, problem) in [
        (
            "https://example.com?a=b",
            "the base URL has a query or a fragment",
        ),
        (
            "https://example.com/#a",
            "the base URL has a query or a fragment",
        ),
        ("example.com", "the base URL is not an absolute URL"),
        ("/v1", "the base URL is not an absolute URL"),
        ("", "the base URL is not a URL"),
        (
            "https://a:b@example.com",
            "the base URL has a user name in it; use a credential",
        ),
        (
            "https://example.com/a/../b",
            "the base URL has a path segment `.` or `..`",
        ),
        (
            "http://example.com",
            "the base URL is not https; see `allow_plain_http`",
        ),
        (
            "http://localhost.example.com",
            "the base URL is not https; see `allow_plain_http`",
        ),
        (
            "http://127.0.0.1.example.com",
            "the base URL is not https; see `allow_plain_http`",
        ),
        (
            "http://10.0.0.1",
            "the base URL is not https; see `allow_plain_http`",
        ),
        (
            "ftp://example.com",
            "the base URL is neither http nor https",
        ),
    ] {
        let error = build(url).expect_err(url);
        assert_eq!(error.to_string(), problem, "{url}");
    }
    ClientBuilder::new("http://example.com")
        .allow_plain_http(true)
        .build()
        .expect("allowed");
}

/// `NoError` cannot be made, so errors of any operation fit where its failures are declared.
#[tokio::test]
async fn recorder_runs_out_of_responses() {
    let client = builder("https://example.com")
        .transport(Recorder::new())
        .build()
        .expect("a client");
    let error: Error<NoError> = rotate(&client, "x")
        .await
        .expect_err("nothing to answer with");
    let error: Error<String> = error.widen();
    let source = std::error::Error::source(&error).expect("a source");
    assert_eq!(source.to_string(), "the recorder has no more responses");
    assert!(!format!("{error:?} {error}").contains(KEY));
}
