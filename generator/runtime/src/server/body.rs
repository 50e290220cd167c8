//! Reading the body of a request.

use std::str::FromStr;

use axum::body::Body;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use serde::de::DeserializeOwned;

use super::super::form::{self, Styles};
use super::super::json::{self, JsonError};
use super::super::media_type;
use super::super::validate::{Checker, Validate, Violations, validate};
use super::receiver::FromNewer;
use super::settings::{Limits, within};
use super::{Incoming, Problem};

impl Incoming {
    /// Whether there is a body, as far as the head of the request tells.
    pub fn has_body(&self) -> bool {
        let headers = self.headers();
        let is_announced = match headers.get(CONTENT_LENGTH) {
            Some(length) => length != "0",
            None => headers.contains_key(TRANSFER_ENCODING),
        };
        is_announced || headers.contains_key(CONTENT_TYPE)
    }

    /// Which of these media types the body is of. A missing header is taken for the first; parameters
    /// such as `charset` change nothing.
    ///
    /// # Errors
    ///
    /// 415 if it is none of them.
    pub fn takes(&self, media_types: &[&str]) -> Result<usize, Problem> {
        let Some(value) = self.headers().get(CONTENT_TYPE) else {
            return Ok(0);
        };
        let found = value.to_str().unwrap_or_default();
        media_type::position(media_types, found)
            .ok_or_else(|| Problem::unsupported_media_type(media_types))
    }

    /// The declared media type that the body is of; see [`Self::takes`].
    ///
    /// # Errors
    ///
    /// 415 if it is none of them.
    pub fn content_type(
        &self,
        media_types: &'static [&'static str],
    ) -> Result<&'static str, Problem> {
        let position = self.takes(media_types)?;
        Ok(media_types.get(position).copied().unwrap_or_default())
    }

    /// Which of these media types the caller would rather have, the first of equals. Any if there is no
    /// `Accept`.
    ///
    /// # Errors
    ///
    /// 406 if the caller wants none of them.
    pub fn accepts(&self, media_types: &'static [&'static str]) -> Result<&'static str, Problem> {
        let headers = self.headers().get_all(ACCEPT).iter();
        let headers: Vec<&str> = headers.filter_map(|it| it.to_str().ok()).collect();
        media_type::best(media_types, &headers.join(","))
            .ok_or_else(|| Problem::not_acceptable(media_types))
    }

    /// The id of the last event that the caller got, if it comes back for the others.
    pub fn last_event_id(&self) -> Option<String> {
        let id = self.headers().get("last-event-id")?;
        String::from_utf8(id.as_bytes().to_owned()).ok()
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// 413 if it is too large, 408 if it takes too long, and 400 if it is missing or does not fit. The values that it
    /// holds are not repeated.
    pub async fn json<T: DeserializeOwned>(&self, body: Body) -> Result<T, Problem> {
        let body = self.read(body).await?;
        json::from_slice(&body).map_err(|error| invalid(&error))
    }

    /// Reads the body as a form.
    ///
    /// # Errors
    ///
    /// 413 if it is too large, 408 if it takes too long, and 400 if it is missing or does not fit.
    pub async fn form<T: DeserializeOwned>(
        &self,
        styles: Styles,
        body: Body,
    ) -> Result<T, Problem> {
        self.needs_body()?;
        let body = self.read(body).await?;
        form::read(styles, &body).map_err(|error| invalid(&error))
    }

    /// Reads the body as a text in UTF-8 that is the value itself.
    ///
    /// # Errors
    ///
    /// 413 if it is too large, 408 if it takes too long, and 400 if it is missing or does not fit.
    pub async fn text<T: FromStr>(&self, body: Body) -> Result<T, Problem> {
        self.needs_body()?;
        let body = self.read(body).await?;
        json::from_text(&body).map_err(|error| invalid(&error))
    }

    /// Hands over the body unread. It has no limit but that of whoever reads it.
    ///
    /// # Errors
    ///
    /// 400 if it is missing.
    pub fn bytes(&self, body: Body) -> Result<super::super::body::Body, Problem> {
        self.needs_body()?;
        let mut body = super::super::body::Body::stream(body);
        let content_type = self.headers().get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        body.content_type = content_type.map(Into::into);
        Ok(body)
    }

    pub(in super::super) fn needs_body(&self) -> Result<(), Problem> {
        let problem = || Problem::bad_request("The body is missing.");
        self.has_body().then_some(()).ok_or_else(problem)
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
        match validate(rules) {
            Err(violations) if !self.tolerates(&violations) => {
                Err(Problem::invalid("The body is", violations))
            }
            _ => Ok(()),
        }
    }

    /// Whether the violations are no more than what a newer sender may send.
    fn tolerates(&self, violations: &Violations) -> bool {
        let is_newer = self.parts.extensions.get::<FromNewer>().is_some();
        is_newer && violations.is_complete() && violations.iter().all(|it| it.keyword == "enum")
    }

    /// Reads the whole body.
    pub(super) async fn read(&self, body: Body) -> Result<Bytes, Problem> {
        self.read_up_to(self.limits().body, body).await
    }

    /// The most bytes of a form of several parts, and of one of its parts.
    pub fn form_limits(&self) -> (usize, usize) {
        let limits = self.limits();
        (limits.form, limits.part)
    }

    fn limits(&self) -> Limits {
        self.extension::<Limits>().copied().unwrap_or_default()
    }

    /// Reads the whole body if it has at most so many bytes.
    pub(in super::super) async fn read_up_to(
        &self,
        limit: usize,
        body: Body,
    ) -> Result<Bytes, Problem> {
        let too_large = || Problem::payload_too_large();
        let length = self.headers().get(CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if length.is_some_and(|length| length > limit) {
            return Err(too_large());
        }
        let body = super::super::body::Body::stream(body).read(limit);
        match within(self.limits().body_time, body).await {
            Some(Ok((bytes, true))) => Ok(bytes),
            Some(Ok((_, false))) => Err(too_large()),
            Some(Err(_)) => Err(Problem::bad_request("The body breaks off.")),
            None => Err(Problem::request_timeout()),
        }
    }
}

/// 400: the body does not fit its type.
pub fn invalid(error: &JsonError) -> Problem {
    let (place, problem) = (error.path(), error.problem());
    Problem::bad_request(format!("The body is not valid at `{place}`: {problem}."))
}
