//! Where deliveries may go, and how they are sent there.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use thiserror::Error;

/// What is allowed beyond the rules.
#[derive(Debug, Clone, Copy, Default)]
pub struct Policy {
    /// Allows `http` to the loopback of this machine, to try things out with.
    pub allow_http_loopback: bool,
}

/// Where a delivery goes: a URL whose text was checked.
#[derive(Debug, Clone)]
pub struct Target(url::Url);

/// Why a URL is refused.
#[derive(Debug, Error)]
#[error("the URL is refused")]
pub struct Refused;

/// Checks all of a URL that can be checked without asking for the addresses of its host.
///
/// # Errors
///
/// Why it is refused.
pub fn check_url(url: &str, _policy: &Policy) -> Result<Target, Refused> {
    url.parse().map(Target).map_err(|_| Refused)
}

/// What the receiver answered.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// How long it asks to be left alone, by `Retry-After`.
    pub retry_after: Option<Duration>,
}

/// Why there is no answer.
#[derive(Debug, Error)]
#[error("the delivery could not be sent to {0:?}")]
pub struct SendError(Target);

/// Sends deliveries.
#[derive(Debug, Clone)]
pub struct Sender {
    _policy: Policy,
}

impl Sender {
    /// A sender that goes where the policy allows.
    pub fn new(policy: Policy) -> Self {
        Self { _policy: policy }
    }

    /// Posts a body, and waits for the answer for 10 seconds in all.
    ///
    /// # Errors
    ///
    /// There is no answer.
    pub async fn post(
        &self,
        target: &Target,
        _headers: HeaderMap,
        _body: Bytes,
    ) -> Result<Answer, SendError> {
        Err(SendError(target.clone()))
    }
}
