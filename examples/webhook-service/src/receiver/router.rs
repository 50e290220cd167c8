//! A receiver that does nothing but say what it gets.

use std::fmt;

use anchor_webhooks::types::WebhookEventType;
use axum::Router;
use axum::extract::Extension;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::{Receiver, Refusal, Verified};
use crate::signature::SIGNATURE;

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// It was a delivery.
    Delivery {
        /// The id of the event.
        event: String,
        /// Its type.
        kind: WebhookEventType,
        /// Which of the secrets has signed it, counted from 0.
        secret: usize,
        /// Whether the event had been delivered before.
        duplicate: bool,
        /// The value of its signature header.
        signature: String,
    },
    /// It was refused.
    Refused(Refusal),
}

/// A line of words: the id of the event, its type, the secret, whether it is new, and how it was
/// signed.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delivery {
                event,
                kind,
                secret,
                duplicate,
                signature,
            } => {
                let again = if *duplicate { "duplicate" } else { "new" };
                // Quoted, as whoever knows the secret may put anything into an id.
                let (event, kind) = (event.escape_debug(), kind.as_str().escape_debug());
                let signature = signature.escape_debug();
                write!(
                    f,
                    "{event} {kind} verified by secret {secret}, {again}: {signature}"
                )
            }
            Self::Refused(refusal) => write!(f, "refused: {refusal}"),
        }
    }
}

/// Receives deliveries at every path, and gives a line for each request to `print`.
pub fn router<P>(receiver: Receiver, print: P) -> Router
where
    P: Fn(&Line) + Clone + Send + Sync + 'static,
{
    Router::new()
        .fallback_service(post(receive::<P>).with_state(receiver))
        .layer(Extension(print))
}

async fn receive<P: Fn(&Line) + Clone + Send + Sync + 'static>(
    Extension(print): Extension<P>,
    headers: HeaderMap,
    delivery: Result<Verified<Value>, Refusal>,
) -> Response {
    let (delivery, duplicate) = match delivery {
        Ok(Verified::First(delivery)) => (delivery, false),
        Ok(Verified::Again(delivery)) => (delivery, true),
        Err(refusal) => {
            print(&Line::Refused(refusal.clone()));
            return refusal.into_response();
        }
    };
    let signature = headers.get(SIGNATURE).and_then(|it| it.to_str().ok());
    print(&Line::Delivery {
        event: delivery.event.id.clone(),
        kind: delivery.event.kind.clone(),
        secret: delivery.secret,
        duplicate,
        signature: signature.unwrap_or_default().to_owned(),
    });
    delivery.handled();
    StatusCode::NO_CONTENT.into_response()
}
