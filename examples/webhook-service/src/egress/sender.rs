//! The client that delivers.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use reqwest::dns::Resolve;
use reqwest::{Client, Response, redirect, retry};
use thiserror::Error;

use super::resolver::{Checked, SystemResolver, refusal};
use super::{Policy, Refused, Target, check_url};

/// How long an attempt may take in all: from asking for the address to the end of the answer.
pub const ATTEMPT_LIMIT: Duration = Duration::from_secs(10);
/// How many bytes of an answer are read.
pub const MAX_ANSWER: usize = 64 * 1024;

const USER_AGENT: &str = "Anchor-Webhooks/1.0";

/// What a receiver answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// How long it asks to be left alone, by `Retry-After`. There is no limit to what it may ask.
    pub retry_after: Option<Duration>,
}

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum SendError {
    /// The delivery must not go there. Another attempt makes no sense.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// There was no answer within the limit.
    #[error("there was no answer in time")]
    Timeout,
    /// There was no connection, or it broke.
    #[error("there was no answer: {0}")]
    Transport(String),
}

/// Sends deliveries, each to where its URL says and nowhere else.
#[derive(Debug, Clone)]
pub struct Sender {
    client: Client,
    policy: Policy,
    limit: Duration,
}

impl Sender {
    /// A sender that asks the operating system for addresses.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up.
    pub fn new(policy: Policy) -> Result<Self, SendError> {
        Self::with_resolver(policy, Arc::new(SystemResolver))
    }

    /// A sender that asks somebody else for addresses. What it is told is checked all the same.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up.
    pub fn with_resolver(policy: Policy, resolver: Arc<dyn Resolve>) -> Result<Self, SendError> {
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .dns_resolver(Checked::new(resolver, policy))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .no_proxy()
            .build()
            .map_err(|error| SendError::Transport(innermost(error)))?;
        Ok(Self {
            client,
            policy,
            limit: ATTEMPT_LIMIT,
        })
    }

    /// The same with another limit than [`ATTEMPT_LIMIT`], for tests that cannot wait.
    #[must_use]
    pub fn limit(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// Posts a body, once.
    ///
    /// The URL is checked again here, because the policy may have changed since it was stored. The
    /// answer is its status: the rest is read as far as [`MAX_ANSWER`] and the limit allow, so that
    /// the connection can be used again, and thrown away.
    ///
    /// # Errors
    ///
    /// Why there is no answer. Nothing in it comes from the headers or the body.
    pub async fn post(
        &self,
        target: &Target,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Answer, SendError> {
        let target = check_url(target.url().as_str(), &self.policy)?;
        let request = self.client.post(target.url().clone());
        // This limit goes on while the answer is read.
        let request = request.timeout(self.limit).headers(headers).body(body);
        let response = request.send().await.map_err(|error| {
            match refusal(&error) {
                Some(refused) => refused.clone().into(),
                None if error.is_timeout() => SendError::Timeout,
                // Without the URL, which may have a token of the receiver in it.
                None => SendError::Transport(innermost(error)),
            }
        })?;
        let answer = Answer {
            status: response.status(),
            retry_after: retry_after(response.headers()),
        };
        read_to_limit(response).await;
        Ok(answer)
    }
}

/// Reads an answer until it ends, breaks, takes too long or is too large. A connection with more to
/// come is closed when the response is dropped.
async fn read_to_limit(mut response: Response) {
    let mut read = 0;
    while let Ok(Some(chunk)) = response.chunk().await {
        read += chunk.len();
        if read >= MAX_ANSWER {
            break;
        }
    }
}

/// What `Retry-After` asks for: a number of seconds, or a moment, which is taken relative to the
/// `Date` of the answer, so that it does not matter how the receiver's clock is set.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let date = headers.get(DATE).and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| httpdate::parse_http_date(date).ok());
    let now = date.unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}

/// The error at the bottom of an error, which says the most. It never has the URL in it.
fn innermost(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut innermost: &dyn Error = &error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
