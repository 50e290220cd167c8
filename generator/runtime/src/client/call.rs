//! A request in the making.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::Method;
use http::header::{
    ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, USER_AGENT,
};
use http_body::Body as _;
use serde::Serialize;

use super::super::form::{self, Styles};
use super::super::media_type;
use super::super::operation::{Operation, Requirement};
use super::builder::{check_base_url, check_url, resolve};
use super::token::{Asking, Source};
use super::{
    Body, Client, Credential, Error, InvalidRequest, MissingCredentials, Reply, TimeLimit, Token,
    Unhurried,
};

/// A request in the making. The first thing that is wrong is kept until it is sent.
#[must_use = "a request does nothing until it is sent"]
pub struct Call<'c> {
    client: &'c Client,
    operation: &'static Operation,
    /// Where the request goes, up to the path of the operation.
    base_url: Cow<'c, str>,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) cookies: String,
    pub(super) headers: HeaderMap,
    body: Body,
    is_unhurried: bool,
    problem: Option<String>,
}

impl<'c> Call<'c> {
    pub(super) fn new(client: &'c Client, operation: &'static Operation) -> Self {
        let (path, query) = operation
            .path
            .split_once('?')
            .unwrap_or((operation.path, ""));
        Self::starting_at(client, operation, client.base_url().into(), path, query)
    }

    /// A request that goes to this URL; its query stays, and its fragment is not sent.
    pub(super) fn to(client: &'c Client, operation: &'static Operation, url: &str) -> Self {
        let url = url.split('#').next().unwrap_or_default();
        let (base_url, query) = url.split_once('?').unwrap_or((url, ""));
        let base_url = base_url.to_owned().into();
        let mut call = Self::starting_at(client, operation, base_url, "", query);
        if let Err(problem) = check_url(url, client.inner.settings.allow_plain_http) {
            call.wrong(format!("the URL {problem}"));
        }
        call
    }

    /// Says where the document serves the operation: at a URL, or at a path of the host that serves the
    /// others. A base URL that the user chose is kept.
    pub fn served_at(&mut self, url: &'static str) {
        let settings = &self.client.inner.settings;
        if settings.is_chosen {
            return;
        }
        let url = resolve(&self.base_url, url.to_owned());
        match check_base_url(&url, settings.allow_plain_http) {
            Ok(url) => self.base_url = url.into(),
            Err(problem) => self.wrong(format!("the base URL of the operation {problem}")),
        }
    }

    fn starting_at(
        client: &'c Client,
        operation: &'static Operation,
        base_url: Cow<'c, str>,
        path: &str,
        query: &str,
    ) -> Self {
        Self {
            client,
            operation,
            base_url,
            path: path.to_owned(),
            query: query.to_owned(),
            cookies: String::new(),
            headers: HeaderMap::new(),
            body: Body::empty(),
            is_unhurried: false,
            problem: client.inner.problem.clone(),
        }
    }

    /// Sends a value as JSON.
    pub fn json(&mut self, media_type: &'static str, body: &impl Serialize) {
        match serde_json::to_vec(body) {
            Ok(text) => {
                self.body = Body::from(text);
                self.headers
                    .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
            }
            // What the value holds may be secret, so the reason is not repeated.
            Err(_) => self.wrong("the body cannot be written as JSON".to_owned()),
        }
    }

    /// Sends a value as a form.
    pub fn form(&mut self, media_type: &'static str, styles: Styles, body: &impl Serialize) {
        match form::write(styles, body) {
            Ok(text) => self.text(media_type, text),
            Err(error) => self.wrong(format!("the form: {error}")),
        }
    }

    /// Sends a text as it is.
    pub fn text(&mut self, media_type: &'static str, body: String) {
        self.body = Body::from(body);
        self.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    }

    /// Sends bytes as they are. They are what they say, which must be one of the declared media types;
    /// if they say nothing, they are of the first.
    pub fn bytes(&mut self, media_types: &'static [&'static str], body: Body) {
        match media_type::of_bytes(media_types, body.content_type()) {
            Some(value) => drop(self.headers.insert(CONTENT_TYPE, value)),
            None => self.wrong("the body is of a media type that is not declared".to_owned()),
        }
        self.body = body;
    }

    /// Asks for the events after the one with this id.
    pub fn last_event_id(&mut self, id: Option<&str>) {
        match id.map(|id| HeaderValue::from_bytes(id.as_bytes())) {
            Some(Ok(value)) => drop(self.headers.insert("last-event-id", value)),
            Some(Err(_)) => self.wrong("the id of the last event cannot be sent".to_owned()),
            None => {}
        }
    }

    /// Says that the response is a stream, which is read bit by bit and for any length of time.
    pub fn unhurried(&mut self) {
        self.is_unhurried = true;
    }

    /// Says which media types can be read.
    pub fn accept(&mut self, media_types: &'static str) {
        match HeaderValue::from_str(media_types) {
            Ok(value) => drop(self.headers.insert(ACCEPT, value)),
            Err(_) => self.wrong("what is asked for is no media type".to_owned()),
        }
    }

    /// Says that the body goes by this media type, which must be one of those that are declared.
    pub fn content_type(&mut self, media_types: &'static [&'static str], chosen: &'static str) {
        match media_type::of_bytes(media_types, Some(chosen)) {
            Some(value) => drop(self.headers.insert(CONTENT_TYPE, value)),
            None => self.wrong("the body is of a media type that is not declared".to_owned()),
        }
    }

    /// Attaches the credentials and sends the request.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`], [`Error::Auth`] or [`Error::Token`] before anything is sent, or
    /// [`Error::Transport`].
    pub async fn send(self) -> Result<Reply, Error> {
        let (operation, client) = (self.operation, self.client);
        let (request, asking) = self.into_request()?;
        let response = match asking {
            None => client.exchange(operation, request).await?,
            Some(asking) => asking.send(client, request).await?,
        };
        let (parts, body) = response.into_parts();
        let limit = client.inner.settings.max_response_bytes;
        Ok(Reply {
            operation,
            status: parts.status,
            headers: parts.headers,
            body,
            limit,
        })
    }

    fn into_request(mut self) -> Result<(http::Request<Body>, Option<Asking>), Error> {
        if let Some(problem) = self.problem.take() {
            return Err(invalid(self.operation, problem));
        }
        if self.base_url.is_empty() {
            let problem = "the client has no base URL".to_owned();
            return Err(invalid(self.operation, problem));
        }
        if !self.cookies.is_empty() {
            match HeaderValue::try_from(std::mem::take(&mut self.cookies)) {
                Ok(cookies) => drop(self.headers.insert(COOKIE, cookies)),
                Err(_) => return Err(invalid(self.operation, "a cookie is not valid".to_owned())),
            }
        }
        let asking = self.authorize()?;
        // Some documents declare the header, and then it is the caller who says.
        let settings = &self.client.inner.settings;
        if let Some(user_agent) = &settings.user_agent {
            let entry = self.headers.entry(USER_AGENT);
            entry.or_insert_with(|| user_agent.clone());
        }
        for (name, value) in &settings.headers {
            self.headers.insert(name, value.clone());
        }
        let uri = self
            .uri()
            .map_err(|problem| invalid(self.operation, problem.to_owned()))?;
        let method = Method::from_bytes(self.operation.method.as_bytes())
            .map_err(|_| invalid(self.operation, "there is no such method".to_owned()))?;
        if self.body.is_end_stream() && anticipates_body(&method) {
            self.headers
                .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let mut request = http::Request::new(self.body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        request.extensions_mut().insert(self.operation);
        if self.is_unhurried {
            request.extensions_mut().insert(Unhurried);
        } else if let Some(timeout) = settings.timeout {
            request.extensions_mut().insert(TimeLimit(timeout));
        }
        Ok((request, asking))
    }

    /// Attaches the first alternative for which the client has everything. An anonymous call is
    /// the last resort, wherever the document lists it. Gives what is still to be asked for a token.
    fn authorize(&mut self) -> Result<Option<Asking>, Error> {
        let alternatives = self.operation.security;
        let known = |alternative: &&&[_]| {
            let mut requirements = alternative.iter();
            requirements.all(|r: &Requirement| self.client.credential(r.scheme).is_some())
        };
        let chosen = alternatives
            .iter()
            .filter(|alternative| !alternative.is_empty())
            .find(known);
        let Some(chosen) = chosen else {
            let anonymous = alternatives.is_empty() || alternatives.contains(&&[][..]);
            let error = MissingCredentials {
                operation: self.operation,
            };
            return if anonymous {
                Ok(None)
            } else {
                Err(Error::Auth(error))
            };
        };
        let mut asking = None;
        for requirement in *chosen {
            let Some(credential) = self.client.credential(requirement.scheme) else {
                continue;
            };
            if let Credential::Bearer(Token(Source::Provided(provider))) = credential {
                asking = Some(Asking {
                    provider: Arc::clone(provider),
                    operation: self.operation,
                    scopes: requirement.scopes,
                });
            }
            if credential
                .attach(&mut self.headers, &mut self.query)
                .is_none()
            {
                let problem = format!(
                    "the credentials for `{}` cannot be sent",
                    requirement.scheme
                );
                return Err(invalid(self.operation, problem));
            }
        }
        Ok(asking)
    }

    /// The base URL with the path appended, so that a base path is kept.
    fn uri(&self) -> Result<http::Uri, &'static str> {
        if self.path.contains('{') {
            return Err("a path parameter is missing");
        }
        if self
            .path
            .split('/')
            .any(|segment| matches!(segment, "." | ".."))
        {
            return Err("a path segment is `.` or `..`");
        }
        let separator = if self.query.is_empty() { "" } else { "?" };
        let text = format!("{}{}{separator}{}", self.base_url, self.path, self.query);
        text.try_into()
            .map_err(|_| "the URL is too long or not valid")
    }

    /// Keeps what is wrong, unless something is already.
    pub(in super::super) fn wrong(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }
}

/// Some servers refuse these methods with 411 unless told that there is no body.
fn anticipates_body(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

pub(super) fn invalid(operation: &'static Operation, problem: String) -> Error {
    Error::InvalidRequest(InvalidRequest {
        operation,
        problem: problem.into(),
    })
}

/// Leaves out the values, which may be secret.
impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}
