//! The request of an attempt.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};

use crate::signature;
use crate::store::{Claimed, Store, StoreError};

/// What is sent: the headers, and the bytes that are signed.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// Signs an attempt with every secret that is valid now. An attempt is signed when it is sent, so a
/// retry is as fresh as a first attempt and has no signature of a secret that expired meanwhile.
///
/// # Errors
///
/// The secrets cannot be had.
pub fn prepare(store: &Store, delivery: &Claimed) -> Result<Prepared, StoreError> {
    let live = store.live_secrets(&delivery.webhook_id)?;
    let secrets: Vec<_> = live.secrets.iter().collect();
    let timestamp = live.at.unix_seconds();
    let signature = signature::sign(&secrets, timestamp, &delivery.body);

    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(signature::TIMESTAMP, HeaderValue::from(timestamp));
    let texts = [
        (signature::EVENT, &delivery.event_type),
        (signature::DELIVERY_ID, &delivery.id),
        (signature::SIGNATURE, &signature),
    ];
    for (name, text) in texts {
        let value = HeaderValue::try_from(text);
        let value = value.map_err(|_| StoreError::Damaged("a delivery has an invalid header"))?;
        headers.insert(name, value);
    }
    let body = delivery.body.clone().into();
    Ok(Prepared { headers, body })
}
