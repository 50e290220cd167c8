//! Requests that get no further than the runtime.

use std::borrow::Cow;

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue};
use serde::Serialize;

use super::super::form::{self, Styles};
use super::super::headers::{DeclaredHeaders, Headers};
use super::super::validate::{Violation, Violations};
use super::super::{body, media_type};
use super::AuthError;

/// Why a request is answered without the handler, or in its place.
///
/// The generated crate turns it into a response in the document's own error shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    detail: Cow<'static, str>,
    headers: Vec<(HeaderName, HeaderValue)>,
    violations: Vec<Violation>,
}

impl Problem {
    /// A problem with this status and this sentence for the caller to read.
    pub fn new(status: StatusCode, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            detail: detail.into(),
            headers: Vec::new(),
            violations: Vec::new(),
        }
    }

    /// Adds a header to the response.
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// 400: the parameters or the body break constraints of the document.
    pub(super) fn invalid(what: &str, violations: Violations) -> Self {
        let mut problem = Self::bad_request(format!("{what} not valid: {violations}."));
        problem.violations = violations.into_iter().collect();
        problem
    }

    /// 400: a parameter or the body is not valid.
    pub fn bad_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// 401: there are no valid credentials. Missing and wrong ones look the same.
    pub fn unauthorized() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "The credentials are missing or not valid.",
        )
    }

    /// 403: the caller must not do this.
    pub fn forbidden() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "These credentials do not allow this operation.",
        )
    }

    /// 404: the document has no such path.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is nothing at this path.")
    }

    /// 405: the path is there, but not for this method.
    pub fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "This path does not support the method.",
        )
    }

    /// 406: the caller wants none of the media types that the operation has. The sentence lists them.
    pub fn not_acceptable(offered: &[&str]) -> Self {
        let detail = format!("The operation only has {}.", offered.join(", "));
        Self::new(StatusCode::NOT_ACCEPTABLE, detail)
    }

    /// 408: the body does not arrive.
    pub fn request_timeout() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "The body takes too long to arrive.",
        )
    }

    /// 414: the path or the query is too long.
    pub fn uri_too_long() -> Self {
        Self::new(StatusCode::URI_TOO_LONG, "The URI is too long.")
    }

    /// 431: the headers are too large.
    pub fn headers_too_large() -> Self {
        Self::new(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "The headers are too large.",
        )
    }

    /// 503: there are too many requests at once.
    pub fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "The server is busy.")
    }

    /// 503: the credentials cannot be checked now.
    pub fn unavailable() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "The credentials cannot be checked now.",
        )
    }

    /// 413: the body is too large.
    pub fn payload_too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.")
    }

    /// 415: the body has a media type that the operation does not take. The header `Accept` and the
    /// sentence list those that it takes.
    pub fn unsupported_media_type(taken: &[&str]) -> Self {
        let taken = taken.join(", ");
        let detail = format!("The operation does not take this media type, but {taken}.");
        let problem = Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail);
        match HeaderValue::try_from(taken) {
            Ok(taken) => problem.with_header(ACCEPT, taken),
            Err(_) => problem,
        }
    }

    /// 500: the server is at fault. What went wrong is not for the caller to know.
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "The server failed.")
    }

    /// 501: the service does nothing with such requests.
    pub fn not_implemented() -> Self {
        Self::new(StatusCode::NOT_IMPLEMENTED, "This is not implemented.")
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The status as a number.
    pub fn code(&self) -> u16 {
        self.status.as_u16()
    }

    /// A sentence for the caller to read. It repeats nothing from the request.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The headers of the response.
    pub fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.headers
    }

    /// The constraints of the document that the request breaks, each with its place. They repeat nothing
    /// from the request, and the sentence has them as well.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The response with a body as RFC 9457 describes it. Violations are listed under `errors`.
    pub fn respond_as_problem(self) -> Response {
        let mut body = serde_json::json!({
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.code(),
            "detail": self.detail(),
        });
        let errors = self.violations.iter().map(|violation| {
            serde_json::json!({ "pointer": violation.pointer, "detail": violation.message })
        });
        let errors: Vec<serde_json::Value> = errors.collect();
        if let Some(members) = body.as_object_mut().filter(|_| !errors.is_empty()) {
            members.insert("errors".to_owned(), errors.into());
        }
        self.respond("application/problem+json", &body)
    }

    /// The response with this body as JSON.
    pub fn respond(self, content_type: &'static str, body: &impl Serialize) -> Response {
        let mut response = match serde_json::to_vec(body) {
            Ok(text) => with_body(self.status, content_type, text),
            Err(_) => with_status(self.status),
        };
        response.headers_mut().extend(self.headers.iter().cloned());
        // So that a hook can answer in another way.
        response.extensions_mut().insert(self);
        response
    }
}

impl From<AuthError> for Problem {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::Unauthorized => Self::unauthorized(),
            AuthError::Forbidden => Self::forbidden(),
            AuthError::Unavailable => Self::unavailable(),
        }
    }
}

/// A response with a JSON body.
///
/// # Errors
///
/// 500 if the body cannot be written as JSON, or if there is no such status.
pub fn json(
    status: u16,
    media_type: &'static str,
    body: &impl Serialize,
) -> Result<Response, Problem> {
    match (StatusCode::from_u16(status), serde_json::to_vec(body)) {
        (Ok(status), Ok(text)) => Ok(with_body(status, media_type, text)),
        _ => Err(Problem::internal()),
    }
}

/// A response with a text as its body.
///
/// # Errors
///
/// 500 if there is no such status.
pub fn text(status: u16, media_type: &'static str, body: String) -> Result<Response, Problem> {
    let status = StatusCode::from_u16(status).map_err(|_| Problem::internal())?;
    Ok(with_body(status, media_type, body.into_bytes()))
}

/// A response with a form as its body.
///
/// # Errors
///
/// 500 if the body cannot be written as a form, or if there is no such status.
pub fn form(
    status: u16,
    media_type: &'static str,
    styles: Styles,
    body: &impl Serialize,
) -> Result<Response, Problem> {
    let body = form::write(styles, body).map_err(|_| Problem::internal())?;
    text(status, media_type, body)
}

/// A response with bytes as its body, which may say what they are; if they say nothing, they are of the
/// first of the declared media types.
///
/// # Errors
///
/// 500 if they say something else than what is declared, or if there is no such status.
pub fn bytes(
    status: u16,
    media_types: &'static [&'static str],
    body: body::Body,
) -> Result<Response, Problem> {
    let content_type = media_type::of_bytes(media_types, body.content_type());
    let content_type = content_type.ok_or_else(Problem::internal)?;
    let mut response = empty(status)?;
    *response.body_mut() = Body::new(body);
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    Ok(response)
}

/// The status of an outcome that stands for all with one first digit. Another one is a mistake of the
/// handler, and answered with 500.
pub fn of_class(digit: u16, status: StatusCode) -> u16 {
    let status = status.as_u16();
    if status / 100 == digit { status } else { 500 }
}

/// A response without a body.
///
/// # Errors
///
/// 500 if there is no such status.
pub fn empty(status: u16) -> Result<Response, Problem> {
    let status = StatusCode::from_u16(status).map_err(|_| Problem::internal())?;
    Ok(with_status(status))
}

/// The response with the headers that the document declares for it.
///
/// # Errors
///
/// 500 if a header cannot hold one of the values.
pub fn with_headers<H: DeclaredHeaders>(
    headers: &Headers<H>,
    response: Result<Response, Problem>,
) -> Result<Response, Problem> {
    let mut response = response?;
    let written = headers.write(response.headers_mut());
    written.map_err(|_| Problem::internal())?;
    Ok(response)
}

fn with_body(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

pub(super) fn with_status(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
