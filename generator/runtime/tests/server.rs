//! What a router answers, with and without a handler.

#![cfg(all(feature = "client", feature = "server"))]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use common::{KEY, ROTATE, builder};
use http::Method;
use oarlock_runtime::client::{Body, Client, Error, Transport};
use oarlock_runtime::in_process::InProcess;
use oarlock_runtime::operation::Operation;
use oarlock_runtime::param::Style;
use oarlock_runtime::secret::Secret;
use oarlock_runtime::server::{ApiKey, AuthError, Incoming, Problem, Routes, json};
use tokio::net::TcpListener;

static HANDLED: AtomicUsize = AtomicUsize::new(0);

fn respond(problem: Problem) -> Response {
    let body = [problem.detail().to_owned()];
    problem.respond("application/json", &body)
}

/// As generated code does it.
async fn rotate(_: Arc<()>, request: Request) -> Result<Response, Problem> {
    let incoming = Incoming::new(&ROTATE, request);
    let key = incoming.api_key_header("x-api-key");
    if !key.is_some_and(|key| key.matches(&Secret::from(KEY))) {
        return Err(AuthError::Unauthorized.into());
    }
    let id: String = incoming.path("id", Style::SIMPLE)?;
    HANDLED.fetch_add(1, Ordering::Relaxed);
    json(200, "application/json", &id)
}

static PANIC: Operation = Operation {
    id: "panic",
    method: "GET",
    path: "/panic",
    security: &[],
};

fn router() -> Router {
    Routes::new(())
        .on(&ROTATE, rotate)
        .on(&PANIC, async |_, _| panic!("S3CR3T"))
        .into_router(respond)
}

fn client(transport: impl Transport) -> Client {
    builder("https://example.com")
        .transport(transport)
        .build()
        .expect("a client")
}

async fn id_of(client: &Client, id: &str) -> Result<String, Error> {
    let mut call = client.call(&ROTATE);
    call.path("id", Style::SIMPLE, &id);
    let reply = call.send().await?;
    match reply.status() {
        200 => reply
            .json(|id: String| id)
            .await
            .map(|response| response.into_body()),
        _ => Err(reply.unexpected().await),
    }
}

/// The status, the value of `Allow`, and the body.
async fn ask(method: Method, path: &str, key: Option<&str>) -> (u16, String, String) {
    let mut request = http::Request::new(Body::empty());
    *request.method_mut() = method;
    *request.uri_mut() = format!("https://example.com{path}").parse().expect("a URL");
    if let Some(key) = key {
        request
            .headers_mut()
            .append("x-api-key", key.parse().expect("a header"));
    }
    let response = InProcess::new(router())
        .send(request)
        .await
        .expect("an answer");
    let (parts, body) = response.into_parts();
    let allow = parts
        .headers
        .get("allow")
        .map_or("", |value| value.to_str().expect("text"));
    let body = http_body_util::BodyExt::collect(body)
        .await
        .expect("a body")
        .to_bytes();
    (
        parts.status.as_u16(),
        allow.to_owned(),
        String::from_utf8(body.into()).expect("text"),
    )
}

#[tokio::test]
async fn client_to_server_in_process_and_over_a_socket() {
    let in_process = client(InProcess::new(router()));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router()).await });
    let over_socket = common::client(&base_url);

    for id in [
        "wh_01",
        "a/b",
        "../x",
        "%2e",
        "a b+c",
        "\u{1f980}",
        "?#",
        "{id}",
        "%",
    ] {
        assert_eq!(id_of(&in_process, id).await.expect("an id"), id);
        assert_eq!(id_of(&over_socket, id).await.expect("an id"), id);
    }
    // A NUL ends a text for many a program behind the server, so it is not sent.
    for client in [&in_process, &over_socket] {
        let error = id_of(client, "a\0b").await.expect_err("a NUL");
        assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    }
}

#[tokio::test]
async fn missing_and_wrong_keys_look_the_same() {
    let missing = ask(Method::POST, "/v1/hooks/a/rotate", None).await;
    assert_eq!(
        missing,
        (
            401,
            String::new(),
            r#"["The credentials are missing or not valid."]"#.into()
        )
    );
    for key in [
        "",
        "wrong",
        "K-SECRET-012345678",
        "K-SECRET-01234567890",
        "k-secret-0123456789",
    ] {
        assert_eq!(
            ask(Method::POST, "/v1/hooks/a/rotate", Some(key)).await,
            missing,
            "{key}"
        );
    }
    // Authentication comes before everything that could be said about the parameters.
    assert_eq!(
        ask(Method::POST, "/v1/hooks/%zz/rotate", None).await,
        missing
    );
    assert_eq!(
        ask(Method::POST, "/v1/hooks/a/rotate", Some(KEY)).await.0,
        200
    );
}

#[tokio::test]
async fn broken_escapes_are_bad_requests() {
    for id in ["%zz", "%", "%4", "%00", "%FF", "%C3%28", "a%"] {
        let (status, _, body) =
            ask(Method::POST, &format!("/v1/hooks/{id}/rotate"), Some(KEY)).await;
        let because = match id {
            "" => "it is missing",
            _ => "it is not encoded as it should be",
        };
        let expected = format!(r#"["The path parameter `id` is not valid: {because}."]"#);
        assert_eq!((status, body), (400, expected), "{id}");
    }
    let (status, _, body) = ask(Method::POST, "/v1/hooks/a%2Fb%252F+/rotate", Some(KEY)).await;
    assert_eq!((status, body.as_str()), (200, r#""a/b%2F+""#));
}

#[tokio::test]
async fn unknown_paths_and_methods() {
    for path in [
        "/",
        "/v1/hooks/a",
        "/v1/hooks/a/rotate/",
        "/V1/hooks/a/rotate",
        "/v1/hooks//rotate",
    ] {
        let answer = ask(Method::POST, path, Some(KEY)).await;
        assert_eq!(
            answer,
            (
                404,
                String::new(),
                r#"["There is nothing at this path."]"#.into()
            ),
            "{path}"
        );
    }
    for method in ["GET", "PUT", "DELETE", "PATCH", "TRACE", "BREW", "HEAD"] {
        let (status, allow, body) = ask(
            method.parse().expect("a method"),
            "/v1/hooks/a/rotate",
            None,
        )
        .await;
        assert_eq!((status, allow.as_str()), (405, "POST"), "{method}");
        if method != "HEAD" {
            assert_eq!(body, r#"["This path does not support the method."]"#);
        }
    }
    assert_eq!(
        ask(Method::OPTIONS, "/v1/hooks/a/rotate", None).await,
        (204, "POST".into(), String::new())
    );
}

#[tokio::test]
async fn panic_is_an_answer_and_the_service_lives_on() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router()).await });
    let client = common::client(&base_url);
    for _ in 0..3 {
        let reply = client.call(&PANIC).send().await.expect("an answer");
        let Error::Unexpected(raw) = reply.unexpected().await else {
            panic!("undeclared")
        };
        assert_eq!(
            (raw.status.as_u16(), &raw.body[..]),
            (500, &br#"["The server failed."]"#[..])
        );
        assert_eq!(id_of(&client, "a").await.expect("an id"), "a");
    }
}

#[tokio::test]
async fn path_parameters_have_types() {
    static TYPED: Operation = Operation {
        id: "typed",
        method: "GET",
        path: "/a/{n}/{b}/",
        security: &[],
    };
    let incoming = |path: &str| {
        Incoming::new(
            &TYPED,
            Request::builder()
                .uri(path)
                .body(axum::body::Body::empty())
                .expect("a request"),
        )
    };
    let good = incoming("/a/-5/tr%75e/");
    assert_eq!(
        (
            good.path::<i8>("n", Style::SIMPLE),
            good.path::<bool>("b", Style::SIMPLE)
        ),
        (Ok(-5), Ok(true))
    );
    let error = incoming("/a/300/S3CR3T/")
        .path::<u8>("n", Style::SIMPLE)
        .expect_err("too large");
    assert_eq!(
        (error.code(), error.detail()),
        (
            400,
            "The path parameter `n` is not valid: expected a whole number that is not too large."
        )
    );
    assert!(good.path::<String>("other", Style::SIMPLE).is_err());
    assert_eq!(format!("{good:?}"), "Incoming { operation: \"typed\", .. }");
}

#[test]
fn api_keys_do_not_show_and_do_not_repeat() {
    let request = |keys: &[&str]| {
        let mut request = Request::new(axum::body::Body::empty());
        for key in keys {
            request
                .headers_mut()
                .append("x-api-key", key.parse().expect("a header"));
        }
        Incoming::new(&ROTATE, request)
    };
    let incoming = request(&[KEY]);
    let key: ApiKey<'_> = incoming.api_key_header("X-Api-Key").expect("a key");
    assert_eq!(
        (key.expose(), format!("{key:?}").as_str()),
        (KEY, "ApiKey([redacted])")
    );
    assert!(request(&[KEY, KEY]).api_key_header("x-api-key").is_none());
    assert!(request(&[""]).api_key_header("x-api-key").is_none());
    assert!(request(&[]).api_key_header("x-api-key").is_none());
}

#[test]
fn body_that_cannot_be_written() {
    let wrong = std::collections::HashMap::from([((1, 2), 3)]);
    assert_eq!(
        json(200, "application/json", &wrong)
            .expect_err("no JSON")
            .code(),
        500
    );
    assert_eq!(
        json(99, "application/json", &1)
            .expect_err("no status")
            .code(),
        500
    );
    let problem = Problem::not_found()
        .with_header(http::header::ALLOW, http::HeaderValue::from_static("GET"));
    let response = problem.respond("application/json", &wrong);
    assert_eq!(
        (response.status().as_u16(), &response.headers()["allow"]),
        (404, &http::HeaderValue::from_static("GET"))
    );
}
