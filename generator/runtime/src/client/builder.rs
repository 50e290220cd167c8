//! How a client is set up.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::header::{
    CONNECTION, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, TE, TRAILER, TRANSFER_ENCODING,
    UPGRADE,
};

use super::{Client, Credential, Inner, ReqwestTransport, Timeouts, Transport, TransportError};

/// Sets up a [`Client`].
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    settings: Settings,
    transport: Option<Arc<dyn Transport>>,
    timeouts: Timeouts,
    layers: Vec<Layer>,
}

/// What makes a transport of another.
type Layer = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

/// What a client sends with its requests, and where.
#[derive(Clone)]
pub(super) struct Settings {
    /// Without a slash at its end once it is checked. None if the client only sends to URLs that it is
    /// given.
    pub(super) base_url: Option<String>,
    /// Whether the user chose the base URL, which then holds for operations that are served elsewhere.
    pub(super) is_chosen: bool,
    pub(super) credentials: Vec<(&'static str, Credential)>,
    pub(super) headers: HeaderMap,
    pub(super) timeout: Option<Duration>,
    pub(super) max_response_bytes: usize,
    pub(super) allow_plain_http: bool,
    /// None if it cannot be sent.
    pub(super) user_agent: Option<HeaderValue>,
    /// The name of a header that cannot be sent.
    wrong_header: Option<String>,
}

/// The headers that say where a request ends and what its connection is for. They follow from the body.
const FRAMING: &[HeaderName] = &[
    CONNECTION,
    CONTENT_LENGTH,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

impl ClientBuilder {
    /// Starts with a base URL and everything else at its default. Operations that the document serves
    /// elsewhere go there.
    pub fn new(base_url: impl Into<String>) -> Self {
        let mut builder = Self::sender();
        builder.settings.base_url = Some(base_url.into());
        builder
    }

    /// Starts with a base URL below an origin, such as `https://example.com`.
    pub fn below(origin: impl Into<String>, base_path: &str) -> Self {
        let origin = origin.into();
        Self::new(format!("{}{base_path}", origin.trim_end_matches('/')))
    }

    /// Starts without a base URL. Such a client can only send webhooks, whose URLs it is given.
    pub fn sender() -> Self {
        let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        Self {
            settings: Settings {
                base_url: None,
                is_chosen: false,
                credentials: Vec::new(),
                headers: HeaderMap::new(),
                timeout: None,
                max_response_bytes: 16 * 1024 * 1024,
                allow_plain_http: false,
                user_agent: HeaderValue::try_from(user_agent).ok(),
                wrong_header: None,
            },
            transport: None,
            timeouts: Timeouts::default(),
            layers: Vec::new(),
        }
    }

    /// Starts with the settings of a client, and its transport.
    pub(super) fn of(client: &Inner) -> Self {
        Self {
            settings: client.settings.clone(),
            transport: Some(Arc::clone(&client.transport)),
            timeouts: Timeouts::default(),
            layers: Vec::new(),
        }
    }

    /// The URL that the paths of all operations are appended to, also of those that the document serves
    /// elsewhere. A path alone, such as `/v2`, is at the origin of the base URL that was there before.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        let settings = &mut self.settings;
        let before = settings.base_url.take().unwrap_or_default();
        settings.base_url = Some(resolve(&before, base_url.into()));
        settings.is_chosen = true;
        self
    }

    /// Sends requests in another way. The timeouts are then up to the transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Puts a layer around the transport, which sees each request before it and each response after it.
    /// The last layer is the outermost.
    pub fn layer<T: Transport>(
        mut self,
        layer: impl FnOnce(Arc<dyn Transport>) -> T + Send + Sync + 'static,
    ) -> Self {
        let layer = |inner| Arc::new(layer(inner)) as Arc<dyn Transport>;
        self.layers.push(Box::new(layer));
        self
    }

    /// How long a request may take, by the transport that is used unless another is given.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// How long a request may take in all, instead of [`Timeouts::total`]. The transport is told with
    /// each request, so it holds for one call as well: see [`Client::with`].
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// Sends a header with every request, webhooks included. It replaces what the client would send
    /// under this name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let header = (HeaderName::try_from(name), HeaderValue::try_from(value));
        match header {
            (Ok(name), Ok(value)) if !FRAMING.contains(&name) => {
                self.settings.headers.insert(name, value);
            }
            _ => drop(self.settings.wrong_header.get_or_insert(name.to_owned())),
        }
        self
    }

    /// The largest response body to read into memory, 16 MiB unless set.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_response_bytes = bytes;
        self
    }

    /// Allows `http` to other hosts than this one. Credentials then travel in the clear.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.settings.allow_plain_http = allow;
        self
    }

    /// How the client names itself to the server, by default with this package's name and version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.settings.user_agent = HeaderValue::try_from(user_agent.into()).ok();
        self
    }

    /// The credentials for a security scheme, named as in the document. They are sent only with
    /// operations that ask for the scheme.
    pub fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        let credentials = &mut self.settings.credentials;
        credentials.retain(|(name, _)| *name != scheme);
        credentials.push((scheme, credential));
        self
    }

    /// Checks the settings and makes the client.
    ///
    /// # Errors
    ///
    /// A setting cannot be used; see [`BuildError`].
    pub fn build(self) -> Result<Client, BuildError> {
        let mut settings = self.settings;
        settings.check()?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(ReqwestTransport::new(self.timeouts)?),
        };
        let layers = self.layers.into_iter();
        let transport = layers.fold(transport, |inner, layer| layer(inner));
        let inner = Inner {
            settings,
            transport,
            problem: None,
        };
        Ok(Client {
            inner: Arc::new(inner),
        })
    }
}

impl Settings {
    fn check(&mut self) -> Result<(), BuildError> {
        if let Some(base_url) = &mut self.base_url {
            *base_url = check_base_url(base_url, self.allow_plain_http)
                .map_err(|problem| BuildError::BaseUrl { problem })?;
        }
        for (scheme, credential) in &self.credentials {
            let attached = credential.attach(&mut HeaderMap::new(), &mut String::new());
            attached.ok_or(BuildError::Credential { scheme })?;
        }
        if self.user_agent.is_none() {
            return Err(BuildError::UserAgent);
        }
        match self.wrong_header.take() {
            Some(name) => Err(BuildError::Header { name }),
            None => Ok(()),
        }
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

/// Accepts what paths can be appended to, and cuts off a slash at the end. The error is to be read after
/// "the base URL".
pub(super) fn check_base_url(text: &str, allow_plain_http: bool) -> Result<String, &'static str> {
    // The parser would cut the fragment off.
    if text.contains(['?', '#']) {
        return Err("has a query or a fragment");
    }
    check_url(text, allow_plain_http)?;
    Ok(text.strip_suffix('/').unwrap_or(text).to_owned())
}

/// Accepts what a request can go to. The error is to be read after "the URL".
pub(super) fn check_url(text: &str, allow_plain_http: bool) -> Result<(), &'static str> {
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
    match scheme {
        "https" => Ok(()),
        "http" if allow_plain_http || is_loopback(authority.host()) => Ok(()),
        "http" => Err("is not https; see `allow_plain_http`"),
        _ => Err("is neither http nor https"),
    }
}

/// Whether a host is this very one.
pub(super) fn is_loopback(host: &str) -> bool {
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
            .field("credentials", &self.settings.credentials)
            .field("max_response_bytes", &self.settings.max_response_bytes)
            .field("allow_plain_http", &self.settings.allow_plain_http)
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
    /// A header cannot be sent, or follows from the body of each request.
    Header {
        /// The name of the header.
        name: String,
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
            Self::Header { name } => write!(f, "the header `{name}` cannot be sent"),
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
