//! The other end: what a program needs that receives deliveries.
//!
//! A handler that takes [`Verified`] gets nothing that is not signed, and is told of what it has
//! handled before:
//!
//! ```
//! # use webhook_service::receiver::{Receiver, Verified};
//! async fn hook(delivery: Verified<serde_json::Value>) -> &'static str {
//!     if let Verified::First(delivery) = delivery {
//!         println!("{} says {}", delivery.event.id, delivery.event.text);
//!         delivery.handled();
//!     }
//!     "thanks"
//! }
//! # fn app(receiver: Receiver) -> axum::Router {
//! axum::Router::new()
//!     .route("/hook", axum::routing::post(hook))
//!     .with_state(receiver)
//! # }
//! ```

mod extract;
mod router;
mod seen;

use std::sync::Arc;

use anchor_webhooks::types::WebhookEventType;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Clock;
use crate::signature::Verifier;

pub use extract::{Delivery, Refusal, Verified};
pub use router::{Line, router};
pub use seen::{Claim, MEMORY, MemorySeen, Seen};

/// What is delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event<T> {
    /// Its id, which is the same in every attempt to deliver it.
    pub id: String,
    /// What has happened.
    #[serde(rename = "type")]
    pub kind: WebhookEventType,
    /// When it happened, as ISO 8601.
    pub created: String,
    /// The project that it happened in.
    pub project_id: Uuid,
    /// A line for people.
    pub text: String,
    /// What else there is to say, which depends on the type.
    pub data: T,
}

/// What verifies deliveries and remembers them: the state of the routes that take [`Verified`].
#[derive(Clone)]
pub struct Receiver {
    verifier: Arc<Verifier>,
    seen: Arc<dyn Seen>,
    clock: Arc<dyn Clock>,
}

impl Receiver {
    /// A receiver that accepts what the verifier does.
    pub fn new(verifier: Verifier, seen: impl Seen, clock: Arc<dyn Clock>) -> Self {
        Self {
            verifier: Arc::new(verifier),
            seen: Arc::new(seen),
            clock,
        }
    }
}
