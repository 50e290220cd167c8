//! `scaffold.rs` of some cases: the first implementation of a server compiles as it is printed, lets nobody
//! in, and answers everybody else with 501.

#![allow(
    unreachable_pub,
    reason = "the files are those of a crate that others may use"
)]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;

// By a macro, as these files are not formatted as ours are.
macro_rules! scaffolds {
    ($($name:ident = $path:literal;)+) => {
        $(#[path = $path] mod $name;)+
    };
}

scaffolds! {
    bare = "../../cases/bare/expected/scaffold.rs";
    media_choices = "../../cases/media_choices/expected/scaffold.rs";
    parameters = "../../cases/parameters/expected/scaffold.rs";
    service = "../../cases/service/expected/scaffold.rs";
    streams = "../../cases/streams/expected/scaffold.rs";
    webhooks = "../../cases/webhooks/expected/scaffold.rs";
}

/// The status and the body of the answer to a request without a body.
async fn answer(router: Router, method: &str, path: &str, token: bool) -> (StatusCode, Vec<u8>) {
    let mut request = Request::builder().method(method).uri(path);
    if token {
        request = request.header("Authorization", "Bearer secret");
    }
    let request = request.body(Body::empty()).expect("a request");
    let answer = router.oneshot(request).await.expect("there is an answer");
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 1 << 16).await;
    (status, body.expect("a body").to_vec())
}

#[tokio::test]
async fn what_asks_for_nobody_is_not_implemented() {
    for (router, method, path) in [
        (bare::router(), "GET", "/"),
        (bare::router(), "DELETE", "/things/1"),
        (parameters::router(), "GET", "/search?q=a"),
        (service::router(), "GET", "/pets/1"),
    ] {
        let (status, _) = answer(router, method, path, false).await;
        assert_eq!(status, StatusCode::NOT_IMPLEMENTED, "{method} {path}");
    }
    // The answer has the shape of the document's own errors.
    let (_, body) = answer(service::router(), "GET", "/pets/1", false).await;
    let body: Value = serde_json::from_slice(&body).expect("a body of JSON");
    assert_eq!(
        body,
        json!({ "message": "This is not implemented.", "code": 501 })
    );
}

#[tokio::test]
async fn nobody_is_let_in() {
    for token in [false, true] {
        let (status, _) = answer(service::router(), "DELETE", "/pets/1", token).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{token}");
        let (status, _) = answer(webhooks::receiver(), "POST", "/new_pet", token).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{token}");
    }
}

/// What has more than one body, and what is a stream, is routed as all else is.
#[tokio::test]
async fn every_router_can_be_made() {
    for router in [
        media_choices::router(),
        streams::router(),
        webhooks::router(),
    ] {
        let (status, _) = answer(router, "GET", "/nowhere", false).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
}
