//! The receiver: what gets to a handler, and what becomes of the rest.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::routing::post;
use serde::Deserialize;
use serde_json::{Value, json};
use tower::ServiceExt;
use webhook_service::clock::{Timestamp, VirtualClock};
use webhook_service::receiver::{Claim, MEMORY, MemorySeen, Receiver, Seen, Verified, router};
use webhook_service::secret::SigningSecret;
use webhook_service::signature::{SIGNATURE, TIMESTAMP, Verifier, sign};

const OLD: &str = "36da51b166a69268a59a8d5ee0b32c9f5e5aaee7d301c7a5a36844318e116fc6";
const NEW: &str = "00000000000000000000000000000000000000000000000000000000000000ff";
const NOW: u64 = 1_716_544_084;

fn clock() -> Arc<VirtualClock> {
    Arc::new(VirtualClock::new(Timestamp::from_unix_seconds(NOW)))
}

fn receiver(secrets: &[&str], clock: Arc<VirtualClock>) -> Receiver {
    let verifier = Verifier::new(secrets).expect("there are secrets");
    Receiver::new(verifier, MemorySeen::default(), clock)
}

fn event(id: &str) -> String {
    let project = "5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197";
    json!({
        "id": id,
        "type": "task.completed",
        "created": "2024-05-24T09:48:04.000Z",
        "project_id": project,
        "text": "A task is done.",
        "data": { "steps": 3 },
    })
    .to_string()
}

/// A delivery that is signed at a time with some secrets.
fn delivery(secrets: &[&str], timestamp: u64, body: impl Into<Vec<u8>>) -> Request<Body> {
    let body = body.into();
    let secrets = secrets.iter().map(|it| SigningSecret::parse(it).expect(it));
    let secrets: Vec<_> = secrets.collect();
    let signature = sign(&secrets.iter().collect::<Vec<_>>(), timestamp, &body);
    Request::post("/hook")
        .header(SIGNATURE, signature)
        .header(TIMESTAMP, timestamp)
        .body(body.into())
        .expect("it is a request")
}

/// Sends a request, and gives the status and the text of the answer.
async fn send(app: &Router, request: Request<Body>) -> (StatusCode, String) {
    let Ok(answer) = app.clone().oneshot(request).await;
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 1 << 20).await;
    let body = body.expect("there is a body").to_vec();
    (status, String::from_utf8(body).expect("it is text"))
}

/// The program `listen`, with the lines that it prints.
fn listen(secrets: &[&str], clock: Arc<VirtualClock>) -> (Router, Arc<Mutex<Vec<String>>>) {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let printed = lines.clone();
    let app = router(receiver(secrets, clock), move |line| {
        let mut lines = printed.lock().expect("nobody has panicked");
        lines.push(line.to_string());
    });
    (app, lines)
}

#[tokio::test]
async fn a_line_tells_who_signed_and_whether_it_is_new() {
    let (app, lines) = listen(&[NEW, OLD], clock());
    for secrets in [[OLD].as_slice(), &[OLD], &[NEW, OLD], &[NEW]] {
        let event = event(&format!("evt_{}", secrets.len()));
        let (status, text) = send(&app, delivery(secrets, NOW, event)).await;
        assert_eq!((status, text.as_str()), (StatusCode::NO_CONTENT, ""));
    }
    let lines = lines.lock().expect("nobody has panicked");
    let parts: Vec<_> = lines.iter().filter_map(|it| it.split_once(": ")).collect();
    let words: Vec<_> = parts.iter().map(|(words, _)| *words).collect();
    assert_eq!(
        words,
        [
            "evt_1 task.completed verified by secret 1, new",
            "evt_1 task.completed verified by secret 1, duplicate",
            "evt_2 task.completed verified by secret 0, new",
            "evt_1 task.completed verified by secret 0, duplicate",
        ]
    );
    let signatures: Vec<_> = parts
        .iter()
        .map(|(_, it)| it.matches(",v1=").count())
        .collect();
    assert_eq!(signatures, [1, 1, 2, 1]);
    assert!(
        parts
            .iter()
            .all(|(_, it)| it.starts_with(&format!("t={NOW},v1=")))
    );
}

#[tokio::test]
async fn what_is_not_right_is_refused() {
    let (app, lines) = listen(&[NEW], clock());
    let good = || delivery(&[NEW], NOW, event("evt_1"));
    let without = |name: &str| {
        let mut request = good();
        request.headers_mut().remove(name);
        request
    };
    let twice = |name: &'static str| {
        let mut request = good();
        let value = request.headers()[name].clone();
        request.headers_mut().append(name, value);
        request
    };
    let with = |name: &'static str, value: &[u8]| {
        let mut request = good();
        let value = http::HeaderValue::from_bytes(value).expect("it is a value");
        request.headers_mut().insert(name, value);
        request
    };
    let other = {
        let mut request = good();
        *request.body_mut() = event("evt_2").into();
        request
    };
    let cases = [
        (
            without("anchor-signature"),
            400,
            "there is not exactly one anchor-signature",
        ),
        (
            without("anchor-timestamp"),
            400,
            "there is not exactly one anchor-timestamp",
        ),
        (
            twice("anchor-signature"),
            400,
            "there is not exactly one anchor-signature",
        ),
        (
            twice("anchor-timestamp"),
            400,
            "there is not exactly one anchor-timestamp",
        ),
        (
            with("anchor-signature", b"\xe9"),
            400,
            "there is not exactly one anchor-signature",
        ),
        (
            with("anchor-signature", b"v1"),
            401,
            "an entry of the signature header is not label=value",
        ),
        (
            with("anchor-timestamp", b"1"),
            401,
            "the timestamps of the two headers differ",
        ),
        (
            delivery(&[OLD], NOW, event("evt_1")),
            401,
            "no signature was made with a known secret",
        ),
        (other, 401, "no signature was made with a known secret"),
        (
            delivery(&[NEW], NOW - 121, event("evt_1")),
            401,
            "the delivery is too old",
        ),
        (
            delivery(&[NEW], NOW + 121, event("evt_1")),
            401,
            "the delivery is from the future",
        ),
        // What is signed may still be no event.
        (delivery(&[NEW], NOW, ""), 400, "the body is not an event"),
        (delivery(&[NEW], NOW, "{}"), 400, "the body is not an event"),
        (
            delivery(&[NEW], NOW, "\0\u{ff}"),
            400,
            "the body is not an event",
        ),
        // What is not signed is not read as JSON.
        (
            delivery(&[OLD], NOW, "{"),
            401,
            "no signature was made with a known secret",
        ),
        (
            delivery(&[NEW], NOW, vec![b' '; 3 << 20]),
            413,
            "the body cannot be read",
        ),
    ];
    let count = cases.len();
    for (request, status, text) in cases {
        let answer = send(&app, request).await;
        assert_eq!((answer.0.as_u16(), answer.1.as_str()), (status, text));
    }
    let get = Request::get("/hook")
        .body(Body::empty())
        .expect("it is a request");
    assert_eq!(send(&app, get).await.0, StatusCode::METHOD_NOT_ALLOWED);

    // None of them was remembered, so the event is still new.
    assert_eq!(send(&app, good()).await.0, StatusCode::NO_CONTENT);
    let lines = lines.lock().expect("nobody has panicked");
    assert_eq!(lines.len(), count + 1);
    assert!(
        lines[..count]
            .iter()
            .all(|line| line.starts_with("refused: "))
    );
    assert!(lines[count].starts_with("evt_1 task.completed verified by secret 0, new: t="));
}

#[tokio::test]
async fn an_event_cannot_forge_a_line() {
    let (app, lines) = listen(&[NEW], clock());
    let event = event("x\nevt_1 task.completed verified by secret 0, new");
    assert_eq!(
        send(&app, delivery(&[NEW], NOW, event)).await.0,
        StatusCode::NO_CONTENT
    );
    let lines = lines.lock().expect("nobody has panicked");
    assert!(!lines[0].contains('\n'), "{lines:?}");
}

#[tokio::test]
async fn an_event_is_remembered_for_a_day() {
    let clock = clock();
    let (app, lines) = listen(&[NEW], clock.clone());
    let day = Duration::from_secs(24 * 60 * 60);
    assert_eq!(MEMORY, day);
    for wait in [
        Duration::ZERO,
        day - Duration::from_secs(1),
        Duration::from_secs(1),
    ] {
        clock.advance(wait);
        let now = webhook_service::clock::Clock::now(&*clock).unix_seconds();
        send(&app, delivery(&[NEW], now, event("evt_1"))).await;
    }
    let lines = lines.lock().expect("nobody has panicked");
    let new: Vec<_> = lines.iter().map(|line| line.contains(", new: ")).collect();
    assert_eq!(new, [true, false, true]);
}

#[derive(Deserialize)]
struct Steps {
    steps: u32,
}

/// Fails on its first call, and counts the steps of the others.
async fn counting(
    state: axum::Extension<Arc<Mutex<(bool, u32)>>>,
    delivery: Verified<Steps>,
) -> StatusCode {
    let Verified::First(delivery) = delivery else {
        return StatusCode::OK;
    };
    let mut state = state.lock().expect("nobody has panicked");
    if !std::mem::replace(&mut state.0, true) {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    state.1 += delivery.event.data.steps;
    delivery.handled();
    StatusCode::OK
}

#[tokio::test]
async fn what_a_handler_fails_at_comes_again() {
    let state = Arc::new(Mutex::new((false, 0_u32)));
    let app = Router::new()
        .route("/hook", post(counting))
        .layer(axum::Extension(state.clone()))
        .with_state(receiver(&[NEW], clock()));
    for status in [500, 200, 200] {
        let answer = send(&app, delivery(&[NEW], NOW, event("evt_1"))).await;
        assert_eq!(answer.0, status);
    }
    assert_eq!(state.lock().expect("nobody has panicked").1, 3);
}

#[tokio::test]
async fn an_event_is_handled_by_one_request_at_a_time() {
    let wait = Arc::new(tokio::sync::Notify::new());
    let gate = wait.clone();
    let slow = |delivery: Verified<Value>| async move {
        gate.notified().await;
        if let Verified::First(delivery) = delivery {
            delivery.handled();
        }
    };
    let app = Router::new()
        .route("/hook", post(slow))
        .with_state(receiver(&[NEW], clock()));
    let request = || delivery(&[NEW], NOW, event("evt_1"));
    let first = app.clone().oneshot(request());
    let first = tokio::spawn(first);
    tokio::task::yield_now().await;

    // One that got through as well would wait at the gate.
    let second = app.clone().oneshot(request());
    let second = tokio::time::timeout(Duration::from_secs(10), second).await;
    let Ok(second) = second.expect("it is answered at once");
    assert_eq!(second.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(second.headers()["retry-after"], "1");
    wait.notify_one();
    let Ok(first) = first.await.expect("it ends");
    assert_eq!(first.status(), StatusCode::OK);
}

#[test]
fn the_memory_does_not_grow_for_ever() {
    let seen = MemorySeen::default();
    let start = Timestamp::from_unix_seconds(NOW);
    for second in 0..1000 {
        let now = start.plus(Duration::from_secs(second));
        assert_eq!(seen.claim(&second.to_string(), now), Claim::First);
    }
    assert_eq!(seen.len(), 1000);
    seen.handled("998");
    let later = start.plus(MEMORY + Duration::from_secs(997));
    assert_eq!(seen.claim("998", later), Claim::Handled);
    assert_eq!(seen.claim("999", later), Claim::Busy);
    assert_eq!(seen.len(), 2);
    seen.give_back("999");
    assert_eq!(seen.claim("999", later), Claim::First);
    // The first claim of it ends then, but not the second.
    let end = start.plus(MEMORY + Duration::from_secs(999));
    assert_eq!(seen.claim("999", end), Claim::Busy);
}
