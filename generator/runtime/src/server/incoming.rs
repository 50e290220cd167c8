//! A request as it came in.

use std::fmt;

use axum::body::Body;
use axum::extract::Request;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, HeaderValue, WWW_AUTHENTICATE};
use http::request::Parts;

use super::super::operation::Operation;
use super::super::percent;
use super::{
    ApiKey, AuthError, BasicCredentials, BearerToken, Certificate, HttpCredentials, Problem,
    template,
};

/// The head of a request for an operation. Nothing of it has been decoded or trusted yet.
pub struct Incoming {
    operation: &'static Operation,
    pub(super) parts: Parts,
}

impl Incoming {
    /// Leaves the body unread: the operation has none.
    pub fn new(operation: &'static Operation, request: Request) -> Self {
        Self::with_body(operation, request).0
    }

    /// The head of the request, and the body to be read later.
    pub fn with_body(operation: &'static Operation, request: Request) -> (Self, Body) {
        let (parts, body) = request.into_parts();
        (Self { operation, parts }, body)
    }

    /// The operation that the request is for.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The head of the request, when nothing else is to be read from it.
    pub fn into_parts(self) -> Parts {
        self.parts
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// What a layer put into the extensions.
    pub(in super::super) fn extension<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.parts.extensions.get()
    }

    /// The text of a path parameter as it came, not decoded yet.
    pub(super) fn raw_path(&self, name: &str) -> Option<&str> {
        template::value(self.operation.path, self.parts.uri.path(), name)
    }

    /// The API key in a header. An empty header, or one that comes twice, says nothing.
    pub fn api_key_header(&self, name: &str) -> Option<ApiKey<'_>> {
        let value = only(self.parts.headers.get_all(name).iter())?;
        let key = std::str::from_utf8(value.as_bytes()).ok()?;
        (!key.is_empty()).then_some(ApiKey(key.into()))
    }
}

impl Incoming {
    /// The API key in the query. One that comes twice says nothing.
    pub fn api_key_query(&self, name: &str) -> Option<ApiKey<'_>> {
        let pairs = self.parts.uri.query()?.split('&');
        let key = only(pairs.filter_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (percent::decode(key)? == name).then_some(value)
        }))?;
        let key = percent::decode(key)?;
        (!key.is_empty()).then_some(ApiKey(key.into()))
    }

    /// The API key in a cookie. One that comes twice says nothing.
    pub fn api_key_cookie(&self, name: &str) -> Option<ApiKey<'_>> {
        let headers = self.parts.headers.get_all(COOKIE).iter();
        let cookies = headers.filter_map(|value| value.to_str().ok());
        let key = only(
            cookies
                .flat_map(|cookies| cookies.split(';'))
                .filter_map(|cookie| {
                    let (key, value) = cookie.trim().split_once('=')?;
                    (key == name).then_some(value)
                }),
        )?;
        let key = percent::decode(key)?;
        (!key.is_empty()).then_some(ApiKey(key.into()))
    }

    /// The token of `Authorization: Bearer`, of which the operation asks these scopes.
    pub fn bearer_token(&self, scopes: &'static [&'static str]) -> Option<BearerToken<'_>> {
        let token = self.authorization("bearer")?;
        Some(BearerToken { token, scopes })
    }

    /// The credentials of `Authorization` with another scheme.
    pub fn http_credentials(&self, scheme: &str) -> Option<HttpCredentials<'_>> {
        self.authorization(scheme).map(HttpCredentials)
    }

    /// The certificate that a layer put into the extensions.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.parts.extensions.get()
    }

    /// The answer to a request that is not let in. What it lacks is what the operation asks for: a
    /// challenge for each scheme that has one.
    pub fn denied(&self, error: AuthError, challenge: fn(&str) -> Option<&'static str>) -> Problem {
        let mut problem = Problem::from(error);
        if error == AuthError::Unauthorized {
            let requirements = self.operation.security.iter().copied().flatten();
            let mut challenges: Vec<&str> = Vec::new();
            for challenge in requirements.filter_map(|it| challenge(it.scheme)) {
                if !challenges.contains(&challenge) {
                    challenges.push(challenge);
                }
            }
            if let Ok(value) = HeaderValue::from_str(&challenges.join(", "))
                && !value.is_empty()
            {
                problem = problem.with_header(WWW_AUTHENTICATE, value);
            }
        }
        problem
    }

    /// The credentials of `Authorization: Basic`.
    pub fn basic_credentials(&self) -> Option<BasicCredentials<'_>> {
        self.authorization("basic").map(BasicCredentials)
    }

    fn authorization(&self, scheme: &str) -> Option<&str> {
        let value = only(self.parts.headers.get_all(AUTHORIZATION).iter())?;
        let (found, credentials) = value.to_str().ok()?.split_once(' ')?;
        let credentials = credentials.trim();
        (found.eq_ignore_ascii_case(scheme) && !credentials.is_empty()).then_some(credentials)
    }
}

/// The only item, if there is exactly one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

/// Leaves out what the request holds, which may be secret.
impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}
