//! What a server puts up with, and how it says no.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use axum::extract::Request;
use axum::response::Response;

use super::Problem;

/// What answers problems.
pub(super) type Respond = Arc<dyn Fn(Problem) -> Response + Send + Sync>;

/// What a server puts up with, and how it answers what gets no further.
#[derive(Clone, Default)]
pub struct Settings {
    limits: Limits,
    most_requests: Option<usize>,
    respond: Option<Respond>,
}

impl Settings {
    /// The settings that a server has unless it is told otherwise.
    pub fn new() -> Self {
        Self::default()
    }

    /// The most bytes of a body that is read as a whole; more are answered with 413. 2 MiB unless said
    /// otherwise. A body that a handler reads as a stream has no limit.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// The most bytes of a form of several parts, which is held as a whole, and of one of its parts; more are
    /// answered with 413. 16 MiB and 8 MiB unless said otherwise.
    pub fn max_form_bytes(mut self, form: usize, part: usize) -> Self {
        (self.limits.form, self.limits.part) = (form, part);
        self
    }

    /// How long a body that is read as a whole may take to arrive; a slower one is answered with 408. 30
    /// seconds unless said otherwise.
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.limits.body_time = timeout;
        self
    }

    /// The most bytes of the names and values of all headers; more are answered with 431. 64 KiB unless
    /// said otherwise.
    pub fn max_header_bytes(mut self, bytes: usize) -> Self {
        self.limits.headers = bytes;
        self
    }

    /// The most bytes of a path and its query; more are answered with 414. 16 KiB unless said otherwise.
    pub fn max_uri_bytes(mut self, bytes: usize) -> Self {
        self.limits.uri = bytes;
        self
    }

    /// How many requests may be worked on at once; further ones are answered with 503. Any number unless
    /// said otherwise.
    pub fn max_requests(mut self, requests: usize) -> Self {
        self.most_requests = Some(requests);
        self
    }

    /// Answers every problem in the place of the generated crate: what is not routed, let in or valid, what
    /// a handler panics over, and responses that cannot be written. Headers that belong to a problem, such
    /// as `WWW-Authenticate`, are added to the answer unless it has them.
    pub fn on_problem(
        mut self,
        respond: impl Fn(Problem) -> Response + Send + Sync + 'static,
    ) -> Self {
        self.respond = Some(Arc::new(respond));
        self
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("limits", &self.limits)
            .field("most_requests", &self.most_requests)
            .finish_non_exhaustive()
    }
}

/// The limits of single requests. They stand in the extensions of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) body: usize,
    pub(super) form: usize,
    pub(super) part: usize,
    pub(super) body_time: Duration,
    headers: usize,
    uri: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 2 << 20,
            form: 16 << 20,
            part: 8 << 20,
            body_time: Duration::from_secs(30),
            headers: 64 << 10,
            uri: 16 << 10,
        }
    }
}

impl Limits {
    /// Refuses a request by its head.
    fn check(&self, request: &Request) -> Result<(), Problem> {
        let target = request.uri().path_and_query();
        if target.is_some_and(|target| target.as_str().len() > self.uri) {
            return Err(Problem::uri_too_long());
        }
        let headers = request.headers().iter();
        let bytes: usize = headers
            .map(|(name, value)| name.as_str().len() + value.len())
            .sum();
        if bytes > self.headers {
            return Err(Problem::headers_too_large());
        }
        Ok(())
    }
}

/// The settings at work.
pub(super) struct Gate {
    limits: Limits,
    most_requests: Option<usize>,
    requests: AtomicUsize,
    respond: Respond,
}

impl Gate {
    /// With what answers problems if the settings do not say.
    pub(super) fn new(settings: Settings, respond: fn(Problem) -> Response) -> Self {
        Self {
            limits: settings.limits,
            most_requests: settings.most_requests,
            requests: AtomicUsize::new(0),
            respond: settings.respond.unwrap_or_else(|| Arc::new(respond)),
        }
    }

    /// Lets a request in for as long as the pass is kept, and tells it the limits.
    ///
    /// # Errors
    ///
    /// 414, 431 or 503 if it is too much.
    pub(super) fn enter(&self, request: &mut Request) -> Result<Pass<'_>, Problem> {
        self.limits.check(request)?;
        request.extensions_mut().insert(self.limits);
        let pass = Pass(&self.requests);
        let others = self.requests.fetch_add(1, Ordering::AcqRel);
        match self.most_requests {
            Some(most) if others >= most => Err(Problem::busy()),
            _ => Ok(pass),
        }
    }

    /// The answer to a problem.
    pub(super) fn respond(&self, problem: Problem) -> Response {
        let headers = problem.headers().to_vec();
        let mut response = (self.respond)(problem);
        for (name, value) in headers {
            response.headers_mut().entry(name).or_insert(value);
        }
        response
    }

    /// An answer as it is sent: one that had become a problem already is made anew.
    pub(super) fn settle(&self, answer: Result<Response, Problem>) -> Response {
        match answer {
            Ok(mut response) => match response.extensions_mut().remove::<Problem>() {
                Some(problem) => self.respond(problem),
                None => response,
            },
            Err(problem) => self.respond(problem),
        }
    }
}

/// A request that is worked on.
pub(super) struct Pass<'g>(&'g AtomicUsize);

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Waits for a future, but no longer than that. Most are done at once, which needs no clock: not every
/// program that calls a server in its own process has one.
pub(super) async fn within<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    match poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await {
        Poll::Ready(output) => Some(output),
        Poll::Pending => tokio::time::timeout(limit, future).await.ok(),
    }
}
