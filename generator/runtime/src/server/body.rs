//! Reading the body of a request.

use axum::body::{Body, to_bytes};
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use serde::de::DeserializeOwned;

use super::super::json;
use super::super::validate::{Checker, Validate, validate};
use super::{Incoming, Problem};

/// How many bytes of a body are read.
const MOST_BYTES: usize = 2 << 20;

impl Incoming {
    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// 415 if it is of another media type, 413 if it is larger than 2 MiB, and 400 if it is missing
    /// or does not fit. The values that it holds are not repeated.
    pub async fn json<T: DeserializeOwned>(
        &self,
        media_type: &'static str,
        body: Body,
    ) -> Result<T, Problem> {
        self.check_media_type(media_type)?;
        let body = self.bytes(body).await?;
        json::from_slice(&body).map_err(|error| {
            let place = error.path();
            Problem::bad_request(format!(
                "The body is not valid at `{place}`: {}.",
                error.problem()
            ))
        })
    }

    /// Reads the body as JSON if there is one.
    ///
    /// # Errors
    ///
    /// The same as for [`Self::json`], but a missing body is nothing.
    pub async fn optional_json<T: DeserializeOwned>(
        &self,
        media_type: &'static str,
        body: Body,
    ) -> Result<Option<T>, Problem> {
        let empty = match self.headers().get(CONTENT_LENGTH) {
            Some(length) => length == "0",
            None => !self.headers().contains_key(TRANSFER_ENCODING),
        };
        if empty && !self.headers().contains_key(CONTENT_TYPE) {
            return Ok(None);
        }
        self.json(media_type, body).await.map(Some)
    }

    /// Checks the constraints that the document puts on a body.
    ///
    /// # Errors
    ///
    /// 400 with every violation and its place.
    pub fn validate(&self, body: &impl Validate) -> Result<(), Problem> {
        self.check(|at| at.check(body))
    }

    /// Checks the constraints on a body whose type has no name.
    ///
    /// # Errors
    ///
    /// 400 with every violation and its place.
    pub fn check(
        &self,
        rules: impl for<'c, 'p> FnOnce(&'c mut Checker<'p>) -> &'c mut Checker<'p>,
    ) -> Result<(), Problem> {
        validate(rules).map_err(|violations| {
            Problem::bad_request(format!("The body is not valid: {violations}."))
        })
    }

    /// A missing header is taken for the declared type; parameters such as `charset` change nothing.
    fn check_media_type(&self, expected: &str) -> Result<(), Problem> {
        let Some(value) = self.headers().get(CONTENT_TYPE) else {
            return Ok(());
        };
        let essence = |text: &str| {
            let essence = text.split(';').next().unwrap_or_default();
            essence.trim().to_ascii_lowercase()
        };
        let is_json = |text: &str| text == "application/json" || text.ends_with("+json");
        let found = essence(value.to_str().unwrap_or_default());
        if found == essence(expected) || is_json(&found) && is_json(&essence(expected)) {
            Ok(())
        } else {
            Err(Problem::unsupported_media_type())
        }
    }

    async fn bytes(&self, body: Body) -> Result<Bytes, Problem> {
        let too_large = || Problem::payload_too_large();
        let length = self.headers().get(CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if length.is_some_and(|length| length > MOST_BYTES) {
            return Err(too_large());
        }
        // Reading fails when the limit is passed and when the connection breaks; whoever broke the
        // connection does not see the answer.
        to_bytes(body, MOST_BYTES).await.map_err(|_| too_large())
    }
}
