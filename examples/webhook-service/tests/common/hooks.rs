//! A receiver that remembers all that it gets.

use std::collections::{HashMap, VecDeque};
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::net::TcpListener;

use super::expected_signature;

/// A delivery as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).expect(name);
        value.to_str().expect("it is ASCII")
    }

    pub(crate) fn event_id(&self) -> String {
        let body: Value = serde_json::from_slice(&self.body).expect("it is JSON");
        body["id"].as_str().expect("it has an id").to_owned()
    }

    /// Holds the signatures to these secrets: each is there, in this order, and no other.
    pub(crate) fn verify(&self, secrets: &[&str]) {
        let timestamp = self.header("anchor-timestamp");
        let seconds = timestamp.parse().expect("it is a number");
        let signatures = secrets
            .iter()
            .map(|secret| format!(",v1={}", expected_signature(secret, seconds, &self.body)));
        let expected = format!("t={timestamp}{}", signatures.collect::<String>());
        assert_eq!(self.header("anchor-signature"), expected);
    }
}

/// A running receiver.
#[derive(Clone)]
pub(crate) struct Hooks {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

#[derive(Clone)]
struct Settings {
    received: Arc<Mutex<Vec<Received>>>,
    script: Arc<Mutex<VecDeque<Response>>>,
    last: StatusCode,
    after: Duration,
}

impl Hooks {
    /// A receiver that answers with this status after a while, for as long as the runtime is there.
    pub(crate) async fn start(answer: StatusCode, after: Duration) -> Self {
        Self::follow(vec![answer.into_response()], after).await
    }

    /// A receiver that answers with these in turn, and then with nothing but the last one's status.
    pub(crate) async fn follow(script: Vec<Response>, after: Duration) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("there is a port");
        let address = listener.local_addr().expect("it has an address");
        let received = Arc::default();
        let settings = Settings {
            received: Arc::clone(&received),
            last: script.last().map(Response::status).unwrap_or_default(),
            script: Arc::new(Mutex::new(script.into())),
            after,
        };
        let app = Router::new().fallback(receive).with_state(settings);
        tokio::spawn(async { axum::serve(listener, app).await });
        let url = format!("http://{address}/hooks");
        Self { url, received }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        let received = self.received.lock();
        received.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was received of each event.
    pub(crate) fn by_event(&self) -> HashMap<String, Vec<Received>> {
        let mut events = HashMap::<_, Vec<_>>::new();
        for received in self.received() {
            events
                .entry(received.event_id())
                .or_default()
                .push(received);
        }
        events
    }
}

async fn receive(State(settings): State<Settings>, headers: HeaderMap, body: Bytes) -> Response {
    settings
        .received
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(Received { headers, body });
    tokio::time::sleep(settings.after).await;
    let next = settings.script.lock();
    let next = next.unwrap_or_else(PoisonError::into_inner).pop_front();
    next.unwrap_or_else(|| settings.last.into_response())
}
