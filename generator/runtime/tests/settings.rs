//! What a server puts up with, and how it says no.

#![cfg(all(feature = "client", feature = "server"))]

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};
use http_body::Frame;
use oarlock_runtime::operation::Operation;
use oarlock_runtime::server::{Incoming, Problem, Routes, Settings, empty};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower::ServiceExt;

static ADD: Operation = Operation {
    id: "add",
    method: "POST",
    path: "/things",
    security: &[],
};

static WAIT: Operation = Operation {
    id: "wait",
    method: "GET",
    path: "/wait",
    security: &[],
};

fn respond(problem: Problem) -> Response {
    problem.respond_as_problem()
}

async fn add(_: Arc<()>, request: Request) -> Result<Response, Problem> {
    let (incoming, content) = Incoming::with_body(&ADD, request);
    let number: u32 = incoming.json(content).await?;
    match number {
        0 => panic!("a handler"),
        2 if incoming.headers().contains_key("x-check") => {
            incoming.check(|at| at.maximum(&number, 1))?;
            empty(204)
        }
        // As the response of a generated crate that cannot be written.
        1 => Ok(respond(Problem::internal())),
        2 => Err(Problem::unauthorized().with_header(
            HeaderName::from_static("www-authenticate"),
            HeaderValue::from_static("Basic"),
        )),
        _ => empty(204),
    }
}

fn router(settings: Settings) -> Router {
    Routes::new(())
        .settings(settings)
        .on(&ADD, add)
        .on(&WAIT, async |_, _| std::future::pending().await)
        .into_router(respond)
}

fn post(body: impl Into<Body>) -> Request {
    let request = Request::builder().method("POST").uri("/things");
    request.body(body.into()).expect("a request")
}

async fn ask(router: &Router, request: Request) -> Response {
    router.clone().oneshot(request).await.expect("an answer")
}

async fn status(settings: Settings, request: Request) -> u16 {
    ask(&router(settings), request).await.status().as_u16()
}

/// A body that comes as it is sent.
struct Slow(UnboundedReceiver<&'static str>);

impl http_body::Body for Slow {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let text = self.0.poll_recv(cx);
        text.map(|text| text.map(|text| Ok(Frame::data(Bytes::from(text)))))
    }
}

fn slow() -> (UnboundedSender<&'static str>, Request) {
    let (sender, receiver) = unbounded_channel();
    (sender, post(Body::new(Slow(receiver))))
}

#[tokio::test]
async fn what_is_too_much_is_refused() {
    let within = Settings::new()
        .max_body_bytes(3)
        .max_header_bytes(8)
        .max_uri_bytes(8);
    let of_header = |value: &'static str| {
        let mut request = post("123");
        let value = HeaderValue::from_static(value);
        request.headers_mut().insert("x-ab", value);
        request
    };
    let at = |uri: &str| {
        let mut request = post("123");
        *request.uri_mut() = uri.parse().expect("a URI");
        request
    };
    assert_eq!(status(within.clone(), post("123")).await, 204);
    assert_eq!(status(within.clone(), post("1234")).await, 413);
    assert_eq!(status(within.clone(), of_header("1234")).await, 204);
    assert_eq!(status(within.clone(), of_header("12345")).await, 431);
    assert_eq!(status(within.clone(), at("/things?")).await, 204);
    assert_eq!(status(within.clone(), at("/things?a")).await, 414);
    assert_eq!(status(within, at("/thing")).await, 404);
}

#[tokio::test]
async fn there_are_limits_without_settings() {
    let long = "a".repeat((2 << 20) + 1);
    assert_eq!(status(Settings::default(), post(long)).await, 413);
}

#[tokio::test(start_paused = true)]
async fn a_slow_sender_holds_no_handler_for_ever() {
    let settings = Settings::new().body_timeout(Duration::from_secs(2));
    let (silent, request) = slow();
    silent.send("12").expect("it is read");
    assert_eq!(status(settings.clone(), request).await, 408);

    let (drip, request) = slow();
    let drips = async {
        for _ in 0..5 {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let _ = drip.send("1");
        }
    };
    let (status_of_drips, ()) = tokio::join!(status(settings.clone(), request), drips);
    assert_eq!(status_of_drips, 408);

    let (fast, request) = slow();
    let all = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        fast.send("12").expect("it is read");
        drop(fast);
    };
    let (status_of_all, ()) = tokio::join!(status(settings, request), all);
    assert_eq!(status_of_all, 204);
}

#[test]
fn what_is_there_needs_no_clock() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.build().expect("a runtime without a clock");
    let answered = runtime.block_on(status(Settings::default(), post("123")));
    assert_eq!(answered, 204);
}

#[tokio::test]
async fn so_many_requests_are_worked_on_at_once() {
    let router = router(Settings::new().max_requests(1));
    let wait = || {
        let request = Request::builder().uri("/wait");
        request.body(Body::empty()).expect("a request")
    };
    let mut first = Box::pin(ask(&router, wait()));
    let waits = tokio::time::timeout(Duration::from_millis(10), &mut first).await;
    assert!(waits.is_err());
    assert_eq!(ask(&router, post("123")).await.status(), 503);
    drop(first);
    assert_eq!(ask(&router, post("123")).await.status(), 204);
    // One that ends with a panic leaves its place as well.
    assert_eq!(ask(&router, post("0")).await.status(), 500);
    assert_eq!(ask(&router, post("123")).await.status(), 204);
}

#[tokio::test]
async fn violations_are_listed() {
    let mut request = post("2");
    let value = HeaderValue::from_static("1");
    request.headers_mut().insert("x-check", value);
    let response = ask(&router(Settings::default()), request).await;
    let body = axum::body::to_bytes(response.into_body(), 1 << 10).await;
    let body: serde_json::Value =
        serde_json::from_slice(&body.expect("a body")).expect("the body is JSON");
    let expected = serde_json::json!({
        "title": "Bad Request",
        "status": 400,
        "detail": "The body is not valid: the value is greater than 1.",
        "errors": [{ "pointer": "", "detail": "is greater than 1" }],
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn one_hook_answers_every_problem() {
    let settings = Settings::new().on_problem(|problem| {
        let status = StatusCode::IM_A_TEAPOT;
        (status, format!("{}: {}", problem.code(), problem.detail())).into_response()
    });
    let router = router(settings.max_body_bytes(10));
    let cases = [
        (post("123"), 204, ""),
        (post("a"), 418, "400: The body is not valid at `.`"),
        (post("12345678901"), 418, "413: "),
        (post("0"), 418, "500: "),
        (post("1"), 418, "500: "),
        (post("2"), 418, "401: "),
        (Request::new(Body::empty()), 418, "404: "),
    ];
    for (request, status, start) in cases {
        let response = ask(&router, request).await;
        assert_eq!(response.status(), status, "{start}");
        let is_unauthorized = start == "401: ";
        assert_eq!(
            response.headers().contains_key("www-authenticate"),
            is_unauthorized
        );
        let body = axum::body::to_bytes(response.into_body(), 1 << 10).await;
        let body = body.expect("a body");
        assert!(body.starts_with(start.as_bytes()), "{body:?}");
    }
}
