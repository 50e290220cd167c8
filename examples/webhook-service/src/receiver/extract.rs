//! The extractor: a delivery that has been verified, read, and looked up.

use std::fmt;
use std::sync::Arc;

use axum::extract::{FromRef, FromRequest, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderName, StatusCode};
use serde::de::DeserializeOwned;
use thiserror::Error;

use super::{Claim, Event, Receiver, Seen};
use crate::signature::{SIGNATURE, TIMESTAMP, VerifyError};

/// A delivery that was signed with a known secret a short time ago, with data of type `T`.
#[derive(Debug)]
pub enum Verified<T> {
    /// Its event is new. Call [`Delivery::handled`] once it has been handled: without that, such as
    /// when the handler fails, the next attempt comes as the first again.
    First(Delivery<T>),
    /// Its event has been handled, and must not be again. Answer with a success, so that the sender
    /// stops.
    Again(Delivery<T>),
}

/// A verified delivery.
#[derive(Debug)]
pub struct Delivery<T> {
    /// What it says.
    pub event: Event<T>,
    /// Which of the verifier's secrets has signed it.
    pub secret: usize,
    claim: Option<Claimed>,
}

impl<T> Delivery<T> {
    /// Remembers that its event has been handled.
    pub fn handled(mut self) {
        if let Some(claim) = self.claim.take() {
            claim.keep();
        }
    }
}

/// An event that nobody else handles, until this is dropped.
struct Claimed {
    seen: Arc<dyn Seen>,
    event: String,
    kept: bool,
}

impl Claimed {
    fn keep(mut self) {
        self.seen.handled(&self.event);
        self.kept = true;
    }
}

impl Drop for Claimed {
    fn drop(&mut self) {
        if !self.kept {
            self.seen.give_back(&self.event);
        }
    }
}

impl fmt::Debug for Claimed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Claimed({:?})", self.event)
    }
}

/// Why a delivery does not get to the handler. As an answer, it says that and nothing of what was
/// received.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// A header is not there, is there twice, or is not ASCII.
    #[error("there is not exactly one {0}")]
    Header(HeaderName),
    /// The body does not arrive, or is too large.
    #[error("the body cannot be read")]
    Body(StatusCode),
    /// It cannot be trusted.
    #[error(transparent)]
    Signature(#[from] VerifyError),
    /// It can be trusted, but not understood.
    #[error("the body is not an event")]
    Event,
    /// The same event is being handled at this moment.
    #[error("the event is being handled")]
    Busy,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Body(status) => status,
            Self::Header(_) | Self::Event => StatusCode::BAD_REQUEST,
            Self::Signature(_) => StatusCode::UNAUTHORIZED,
            // The sender comes back, and then there is an outcome.
            Self::Busy => {
                let headers = [(RETRY_AFTER, "1")];
                let status = StatusCode::SERVICE_UNAVAILABLE;
                return (status, headers, self.to_string()).into_response();
            }
        };
        (status, self.to_string()).into_response()
    }
}

impl<S, T> FromRequest<S> for Verified<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
    Receiver: FromRef<S>,
{
    type Rejection = Refusal;

    /// In this order: the bytes are verified, then read as JSON, then looked up. What is not signed
    /// reaches neither the parser nor the memory.
    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let receiver = Receiver::from_ref(state);
        let (head, body) = request.into_parts();
        let signature = only(&head.headers, SIGNATURE)?.to_owned();
        let timestamp = only(&head.headers, TIMESTAMP)?.to_owned();
        let body = Bytes::from_request(Request::from_parts(head, body), state).await;
        let body = body.map_err(|error| Refusal::Body(error.status()))?;

        let now = receiver.clock.now();
        let verifier = &receiver.verifier;
        let secret = verifier.verify(&signature, &timestamp, &body, now.unix_seconds())?;
        let event: Event<T> = serde_json::from_slice(&body).map_err(|_| Refusal::Event)?;
        let delivery = |event, claim| Delivery {
            event,
            secret,
            claim,
        };
        match receiver.seen.claim(&event.id, now) {
            Claim::First => {
                let claim = Claimed {
                    seen: receiver.seen,
                    event: event.id.clone(),
                    kept: false,
                };
                Ok(Self::First(delivery(event, Some(claim))))
            }
            Claim::Handled => Ok(Self::Again(delivery(event, None))),
            Claim::Busy => Err(Refusal::Busy),
        }
    }
}

/// The value of a header that must be there once: with two, a proxy before this program may have
/// looked at the other one.
fn only(headers: &HeaderMap, name: HeaderName) -> Result<&str, Refusal> {
    let mut values = headers.get_all(&name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().map_err(|_| Refusal::Header(name)),
        _ => Err(Refusal::Header(name)),
    }
}
