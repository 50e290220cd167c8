//! How a client is set up.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use http::header::{HeaderMap, HeaderValue};

use super::{Client, Credential, Inner, ReqwestTransport, Timeouts, Transport, TransportError};

/// Sets up a [`Client`].
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    base_url: Option<String>,
    is_chosen: bool,
    transport: Option<Arc<dyn Transport>>,
    timeouts: Timeouts,
    credentials: Vec<(&'static str, Credential)>,
    max_response_bytes: usize,
    allow_plain_http: bool,
    user_agent: String,
}

impl ClientBuilder {
    /// Starts with a base URL and everything else at its default. Operations that the document serves
    /// elsewhere go there.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: Some(base_url.into()),
            ..Self::sender()
        }
    }

    /// Starts with a base URL below an origin, such as `https://example.com`.
    pub fn below(origin: impl Into<String>, base_path: &str) -> Self {
        let origin = origin.into();
        Self::new(format!("{}{base_path}", origin.trim_end_matches('/')))
    }

    /// Starts without a base URL. Such a client can only send webhooks, whose URLs it is given.
    pub fn sender() -> Self {
        Self {
            base_url: None,
            is_chosen: false,
            transport: None,
            timeouts: Timeouts::default(),
            credentials: Vec::new(),
            max_response_bytes: 16 * 1024 * 1024,
            allow_plain_http: false,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    /// The URL that the paths of all operations are appended to, also of those that the document serves
    /// elsewhere. A path alone, such as `/v2`, is at the origin of the base URL that was there before.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        let before = self.base_url.take().unwrap_or_default();
        self.base_url = Some(resolve(&before, base_url.into()));
        self.is_chosen = true;
        self
    }

    /// Sends requests in another way. The timeouts are then up to the transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// How long a request may take.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// The largest response body to read into memory, 16 MiB unless set.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Allows `http` to other hosts than this one. Credentials then travel in the clear.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// How the client names itself to the server, by default with this package's name and version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// The credentials for a security scheme, named as in the document. They are sent only with
    /// operations that ask for the scheme.
    pub fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        self.credentials.retain(|(name, _)| *name != scheme);
        self.credentials.push((scheme, credential));
        self
    }

    /// Checks the settings and makes the client.
    ///
    /// # Errors
    ///
    /// A setting cannot be used; see [`BuildError`].
    pub fn build(self) -> Result<Client, BuildError> {
        let (base_url, local) = match self.base_url {
            Some(base_url) => check_base_url(&base_url, self.allow_plain_http)
                .map_err(|problem| BuildError::BaseUrl { problem })?,
            None => (String::new(), false),
        };
        for (scheme, credential) in &self.credentials {
            let attached = credential.attach(&mut HeaderMap::new(), &mut String::new());
            attached.ok_or(BuildError::Credential { scheme })?;
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None if local => Arc::new(ReqwestTransport::local(self.timeouts)?),
            None => Arc::new(ReqwestTransport::new(self.timeouts)?),
        };
        let user_agent =
            HeaderValue::try_from(self.user_agent).map_err(|_| BuildError::UserAgent)?;
        let inner = Inner {
            base_url,
            is_chosen: self.is_chosen,
            transport,
            credentials: self.credentials,
            max_response_bytes: self.max_response_bytes,
            allow_plain_http: self.allow_plain_http,
            user_agent,
        };
        Ok(Client {
            inner: Arc::new(inner),
        })
    }
}

/// A base URL, or a path at the origin of another one.
pub(super) fn resolve(before: &str, base_url: String) -> String {
    let is_path = base_url.starts_with('/') && !base_url.starts_with("//");
    match before.split_once("://").filter(|_| is_path) {
        Some((scheme, rest)) => {
            let authority = rest.split('/').next().unwrap_or_default();
            format!("{scheme}://{authority}{base_url}")
        }
        None => base_url,
    }
}

/// Accepts what paths can be appended to, cuts off a slash at the end, and tells whether it is
/// this very host. The error is to be read after "the base URL".
pub(super) fn check_base_url(
    text: &str,
    allow_plain_http: bool,
) -> Result<(String, bool), &'static str> {
    // The parser would cut the fragment off.
    if text.contains(['?', '#']) {
        return Err("has a query or a fragment");
    }
    let local = check_url(text, allow_plain_http)?;
    Ok((text.strip_suffix('/').unwrap_or(text).to_owned(), local))
}

/// Accepts what a request can go to, and tells whether it is this very host. The error is to be read
/// after "the URL".
pub(super) fn check_url(text: &str, allow_plain_http: bool) -> Result<bool, &'static str> {
    let Ok(uri) = text.parse::<http::Uri>() else {
        return Err("is not a URL");
    };
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err("is not an absolute URL");
    };
    if authority.as_str().contains('@') {
        return Err("has a user name in it; use a credential");
    }
    if uri
        .path()
        .split('/')
        .any(|segment| matches!(segment, "." | ".."))
    {
        return Err("has a path segment `.` or `..`");
    }
    let local = is_loopback(authority.host());
    match scheme {
        "https" => {}
        "http" if allow_plain_http || local => {}
        "http" => return Err("is not https; see `allow_plain_http`"),
        _ => return Err("is neither http nor https"),
    }
    Ok(local)
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    match address.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL has not been checked yet, so it might hold a password.
        f.debug_struct("ClientBuilder")
            .field("timeouts", &self.timeouts)
            .field("credentials", &self.credentials)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("allow_plain_http", &self.allow_plain_http)
            .finish_non_exhaustive()
    }
}

/// Why a client cannot be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL cannot be used.
    BaseUrl {
        /// What is wrong, to be read after `the base URL`.
        problem: &'static str,
    },
    /// A credential cannot be sent, because of a line break for example.
    Credential {
        /// The security scheme that it is for.
        scheme: &'static str,
    },
    /// The user agent has characters that a header cannot have.
    UserAgent,
    /// The transport cannot be set up.
    Transport(TransportError),
}

impl From<TransportError> for BuildError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl { problem } => write!(f, "the base URL {problem}"),
            Self::Credential { scheme } => {
                write!(f, "the credential for `{scheme}` cannot be sent")
            }
            Self::UserAgent => f.write_str("the user agent cannot be sent"),
            Self::Transport(_) => f.write_str("the transport cannot be set up"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            _ => None,
        }
    }
}
