//! What is sent again, and when. Time stands still but for the waits.

#![cfg(feature = "retry")]

use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use oarlock_runtime::body::Body;
use oarlock_runtime::client::{BoxFuture, Transport, TransportError, TransportErrorKind};
use oarlock_runtime::retry::Retry;
use tokio::time::Instant;

/// What becomes of an attempt.
#[derive(Clone, Copy)]
enum Step {
    Status(u16),
    /// A status with `Retry-After` in seconds, or as a date so many seconds from now.
    After(u16, u64),
    Date(u16, u64),
    Fail(TransportErrorKind),
    Silence,
}
use Step::{After, Date, Fail, Silence, Status};

/// Answers step by step, and keeps the bodies and the times of the attempts.
#[derive(Clone)]
struct Script {
    steps: Arc<Mutex<Vec<Step>>>,
    start: Instant,
    seen: Arc<Mutex<Vec<(Duration, String)>>>,
}

impl Script {
    fn new(steps: &[Step]) -> Self {
        Self {
            steps: Arc::new(Mutex::new(steps.iter().rev().copied().collect())),
            start: Instant::now(),
            seen: Arc::default(),
        }
    }

    fn times(&self) -> Vec<Duration> {
        let seen = self.seen.lock().expect("the attempts");
        seen.iter().map(|(time, _)| *time).collect()
    }
}

impl Transport for Script {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let body = request.into_body().collect().await.expect("a body");
            let body = String::from_utf8_lossy(&body.to_bytes()).into_owned();
            let seen = (self.start.elapsed(), body);
            self.seen.lock().expect("the attempts").push(seen);
            let step = self.steps.lock().expect("the steps").pop();
            let answer = |status: u16, after: Option<String>| {
                let mut builder = http::Response::builder().status(status);
                if let Some(after) = after {
                    builder = builder.header("retry-after", after);
                }
                Ok(builder.body(Body::empty()).expect("a response"))
            };
            match step.expect("another step") {
                Status(status) => answer(status, None),
                After(status, seconds) => answer(status, Some(seconds.to_string())),
                Date(status, seconds) => {
                    let date = SystemTime::now() + Duration::from_secs(seconds);
                    answer(status, Some(httpdate::fmt_http_date(date)))
                }
                Fail(kind) => Err(TransportError::new(kind)),
                Silence => pending().await,
            }
        })
    }
}

fn request(method: &str, body: Body) -> http::Request<Body> {
    let request = http::Request::builder().method(method).uri("https://a/b");
    request.body(body).expect("a request")
}

fn status(outcome: &Result<http::Response<Body>, TransportError>) -> u16 {
    outcome.as_ref().expect("an answer").status().as_u16()
}

/// How many attempts a request takes that is answered in these steps.
async fn attempts(request: http::Request<Body>, steps: &[Step]) -> usize {
    let script = Script::new(steps);
    let _ = Retry::new(script.clone()).send(request).await;
    script.times().len()
}

#[tokio::test(start_paused = true)]
async fn what_may_help_is_tried_again() {
    for method in ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"] {
        for step in [
            Status(408),
            Status(429),
            Status(502),
            Status(503),
            Status(504),
            Fail(TransportErrorKind::Connect),
            Fail(TransportErrorKind::Timeout),
            Fail(TransportErrorKind::Other),
        ] {
            let request = request(method, Body::empty());
            assert_eq!(attempts(request, &[step, Status(200)]).await, 2, "{method}");
        }
    }
    for code in [200, 302, 400, 401, 404, 409, 500, 501] {
        let request = request("GET", Body::empty());
        assert_eq!(attempts(request, &[Status(code)]).await, 1, "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_changes_something_is_sent_once_unless_it_has_a_key_or_was_not_seen() {
    for method in ["POST", "PATCH", "COPY"] {
        for step in [
            Status(503),
            After(429, 1),
            Fail(TransportErrorKind::Timeout),
        ] {
            assert_eq!(attempts(request(method, Body::empty()), &[step]).await, 1);
            let mut request = request(method, Body::empty());
            let key = http::HeaderValue::from_static("k");
            request.headers_mut().insert("idempotency-key", key);
            assert_eq!(attempts(request, &[step, Status(200)]).await, 2);
        }
        let unseen = [Fail(TransportErrorKind::Connect), Status(200)];
        assert_eq!(attempts(request(method, Body::empty()), &unseen).await, 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_is_sent_again_whole_and_a_stream_never() {
    let script = Script::new(&[Status(503), Status(200)]);
    let retry = Retry::new(script.clone());
    let request = |body: Body| request("PUT", body);
    let outcome = retry.send(request(Body::from("text".to_owned()))).await;
    assert_eq!(status(&outcome), 200);
    let seen = script.seen.lock().expect("the attempts").clone();
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|(_, body)| body == "text"));
    for step in [Status(503), Fail(TransportErrorKind::Connect)] {
        let stream = Body::stream(Full::new(Bytes::from("text")));
        assert_eq!(attempts(request(stream), &[step]).await, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn it_ends_after_so_many_attempts_with_the_last_answer() {
    let script = Script::new(&[
        Status(503),
        Status(502),
        Status(429),
        Status(504),
        Status(200),
    ]);
    let retry = Retry::new(script.clone()).attempts(4);
    assert_eq!(
        status(&retry.send(request("GET", Body::empty())).await),
        504
    );
    assert_eq!(script.times().len(), 4);
    for attempts in [0, 1] {
        let script = Script::new(&[Status(503)]);
        let retry = Retry::new(script).attempts(attempts);
        assert_eq!(
            status(&retry.send(request("GET", Body::empty())).await),
            503
        );
    }
}

#[tokio::test(start_paused = true)]
async fn waits_are_random_below_a_limit_that_doubles() {
    let mut longest = [Duration::ZERO; 4];
    for _ in 0..200 {
        let script = Script::new(&[Status(503); 5]);
        let retry = Retry::new(script.clone())
            .attempts(5)
            .backoff(Duration::from_secs(1), Duration::from_secs(3));
        let _ = retry.send(request("GET", Body::empty())).await;
        let times = script.times();
        for (index, pair) in times.windows(2).enumerate() {
            longest[index] = longest[index].max(pair[1] - pair[0]);
        }
    }
    for (longest, limit) in longest.into_iter().zip([1, 2, 3, 3]) {
        // The clock of tests counts milliseconds.
        let limit = Duration::from_secs(limit) + Duration::from_millis(2);
        assert!(longest <= limit, "{longest:?} of {limit:?}");
        assert!(longest > limit / 2, "{longest:?} of {limit:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn it_waits_as_long_as_the_server_asks() {
    for (step, least) in [
        (After(503, 7), 7_000),
        (Date(429, 9), 7_900),
        (After(503, 0), 0),
    ] {
        let script = Script::new(&[step, Status(200)]);
        let retry = Retry::new(script.clone());
        assert_eq!(
            status(&retry.send(request("GET", Body::empty())).await),
            200
        );
        let waited = script.times()[1].as_millis();
        assert!(
            (least..least + 1_200).contains(&waited),
            "{waited} of {least}"
        );
    }
    // A date that is over, and a text that says nothing.
    let script = Script::new(&[Date(503, 0), Status(200)]);
    let _ = Retry::new(script.clone())
        .send(request("GET", Body::empty()))
        .await;
    assert!(script.times()[1] <= Duration::from_millis(2));
}

#[tokio::test(start_paused = true)]
async fn nothing_begins_after_the_deadline_and_nothing_goes_on_beyond() {
    for asked in [61, u64::MAX] {
        let script = Script::new(&[After(503, asked)]);
        let retry = Retry::new(script.clone());
        assert_eq!(
            status(&retry.send(request("GET", Body::empty())).await),
            503
        );
        assert_eq!(script.start.elapsed(), Duration::ZERO);
    }
    let script = Script::new(&[Status(503), Silence]);
    let retry = Retry::new(script.clone()).deadline(Duration::from_secs(5));
    let error = retry.send(request("GET", Body::empty())).await;
    assert_eq!(
        error.expect_err("it takes too long").kind(),
        TransportErrorKind::Timeout
    );
    assert_eq!(script.times().len(), 2);
    assert_eq!(script.start.elapsed().as_secs(), 5);
}
