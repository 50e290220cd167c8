//! A layer that sends requests again where that is safe and may help.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;
use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, Method};
use tokio::time::{Instant, sleep, timeout_at};

use super::client::{Body, BoxFuture, Transport, TransportError, TransportErrorKind, replay};

/// A layer that sends requests again where that is safe and may help:
/// `builder.layer(Retry::new)`.
///
/// What is sent again is a request that changes nothing if it comes twice: by its method, or because it
/// has an `Idempotency-Key`. Any other one is only if there was no connection, so that the server has not
/// seen it. A body that is a stream is never sent again. The answers 408, 429, 502, 503 and 504 are tried
/// again, and so is what got no answer.
///
/// Between two attempts it waits as long as `Retry-After` says, or for a random time that may be twice as
/// long each time.
#[derive(Clone)]
pub struct Retry<T> {
    transport: T,
    attempts: u32,
    first: Duration,
    longest: Duration,
    deadline: Duration,
}

impl<T: Transport> Retry<T> {
    /// Three attempts within a minute, with waits of up to 200 milliseconds at first and 10 seconds at
    /// most.
    pub fn new(transport: T) -> Self {
        Self {
            transport,
            attempts: 3,
            first: Duration::from_millis(200),
            longest: Duration::from_secs(10),
            deadline: Duration::from_secs(60),
        }
    }

    /// How often a request is sent at most, the first time included.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// How long to wait at most after the first attempt, and after any.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        (self.first, self.longest) = (first, longest);
        self
    }

    /// How long all attempts and the waits between them may take, up to the head of the response. What
    /// would begin later is not tried.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    async fn run(
        &self,
        mut request: http::Request<Body>,
    ) -> Result<http::Response<Body>, TransportError> {
        let end = Instant::now().checked_add(self.deadline);
        let is_repeatable = is_repeatable(request.method(), request.headers());
        let mut attempt = 1;
        loop {
            let again = (attempt < self.attempts)
                .then(|| replay(&request))
                .flatten();
            let sending = self.transport.send(request);
            let outcome = match end {
                Some(end) => timeout_at(end, sending)
                    .await
                    .unwrap_or_else(|_| Err(TransportError::new(TransportErrorKind::Timeout))),
                None => sending.await,
            };
            let Some(again) = again.filter(|_| may_help(&outcome, is_repeatable)) else {
                return outcome;
            };
            let wait = self.wait(attempt, &outcome);
            let next = Instant::now().checked_add(wait);
            if next.is_none_or(|next| end.is_some_and(|end| next >= end)) {
                return outcome;
            }
            // The connection is free for others while it waits.
            drop(outcome);
            sleep(wait).await;
            (request, attempt) = (again, attempt + 1);
        }
    }

    /// How long to wait after an attempt: what the server asks for, or else anything up to a limit that
    /// doubles, so that many clients do not come back at once.
    fn wait(
        &self,
        attempt: u32,
        outcome: &Result<http::Response<Body>, TransportError>,
    ) -> Duration {
        let asked = outcome.as_ref().ok();
        if let Some(asked) = asked.and_then(|response| retry_after(response.headers())) {
            return asked;
        }
        let factor = 1_u32.checked_shl(attempt - 1).unwrap_or(u32::MAX);
        let limit = self.first.saturating_mul(factor).min(self.longest);
        limit.mul_f64(random())
    }
}

/// Whether a request changes nothing if it comes twice.
fn is_repeatable(method: &Method, headers: &HeaderMap) -> bool {
    matches!(
        method.as_str(),
        "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE" | "QUERY"
    ) || headers.contains_key("idempotency-key")
}

/// Whether another attempt is safe after this one, and may end otherwise.
fn may_help(outcome: &Result<http::Response<Body>, TransportError>, is_repeatable: bool) -> bool {
    match outcome {
        Ok(response) => {
            is_repeatable && matches!(response.status().as_u16(), 408 | 429 | 502..=504)
        }
        Err(error) => error.kind() == TransportErrorKind::Connect || is_repeatable,
    }
}

/// How long the server asks to wait, in seconds or until a time.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let left = until.duration_since(SystemTime::now());
    Some(left.unwrap_or_default())
}

/// A number from 0 to 1. It only has to differ from that of other clients.
fn random() -> f64 {
    let number = RandomState::new().hash_one(Instant::now());
    // A part of it is a float without loss.
    f64::from(u32::try_from(number >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

impl<T: Transport> Transport for Retry<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.run(request))
    }
}

impl<T> fmt::Debug for Retry<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retry")
            .field("attempts", &self.attempts)
            .field("first", &self.first)
            .field("longest", &self.longest)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
