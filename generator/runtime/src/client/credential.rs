//! What proves who calls.

use http::HeaderValue;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName};

use super::super::secret::Secret;
use super::super::{base64, percent};
use super::token::{Source, Token};

/// The credentials for one security scheme.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Credential {
    /// An API key in a header.
    ApiKeyHeader {
        /// The header, in lower case.
        name: &'static str,
        /// The key.
        key: Secret,
    },
    /// An API key in the query.
    ApiKeyQuery {
        /// The query parameter.
        name: &'static str,
        /// The key.
        key: Secret,
    },
    /// An API key in a cookie.
    ApiKeyCookie {
        /// The cookie.
        name: &'static str,
        /// The key.
        key: Secret,
    },
    /// A bearer token.
    Bearer(Token),
    /// Credentials of another HTTP scheme, such as `Digest`.
    Http {
        /// The scheme.
        scheme: &'static str,
        /// What comes after it.
        credentials: Secret,
    },
    /// A certificate that the transport shows.
    Certificate,
    /// A user name and a password.
    Basic {
        /// The user name, without a colon.
        username: String,
        /// The password.
        password: Secret,
    },
}

impl Credential {
    /// Puts the credentials into a request; nothing if they do not fit into one.
    pub(super) fn attach(&self, headers: &mut HeaderMap, query: &mut String) -> Option<()> {
        if self.is_empty() {
            return None;
        }
        match self {
            Self::ApiKeyHeader { name, key } => {
                headers.insert(HeaderName::try_from(*name).ok()?, sensitive(key.expose())?);
            }
            Self::ApiKeyQuery { name, key } => {
                let separator = if query.is_empty() { "" } else { "&" };
                let (name, key) = (percent::encode(name), percent::encode(key.expose()));
                query.push_str(&format!("{separator}{name}={key}"));
            }
            Self::ApiKeyCookie { name, key } => {
                let cookie = format!("{name}={}", percent::encode(key.expose()));
                let cookies = match headers.get(COOKIE) {
                    Some(cookies) => format!("{}; {cookie}", cookies.to_str().ok()?),
                    None => cookie,
                };
                headers.insert(COOKIE, sensitive(&cookies)?);
            }
            Self::Bearer(Token(Source::Fixed(token))) => attach_token(token, headers)?,
            // It is attached once it is known.
            Self::Bearer(Token(Source::Provided(_))) | Self::Certificate => {}
            Self::Http {
                scheme,
                credentials,
            } => {
                let text = format!("{scheme} {}", credentials.expose());
                headers.insert(AUTHORIZATION, sensitive(&text)?);
            }
            Self::Basic { username, password } => {
                if username.contains(':') {
                    return None;
                }
                let pair = format!("{username}:{}", password.expose());
                let pair = base64::encode(pair.as_bytes(), base64::STANDARD, true);
                headers.insert(AUTHORIZATION, sensitive(&format!("Basic {pair}"))?);
            }
        }
        Some(())
    }

    /// An empty key comes from a variable that is not set, and might even match on a server.
    fn is_empty(&self) -> bool {
        match self {
            Self::ApiKeyHeader { key, .. }
            | Self::ApiKeyQuery { key, .. }
            | Self::ApiKeyCookie { key, .. } => key.expose().is_empty(),
            Self::Bearer(Token(Source::Fixed(token))) => token.expose().is_empty(),
            Self::Http { credentials, .. } => credentials.expose().is_empty(),
            Self::Bearer(_) | Self::Basic { .. } | Self::Certificate => false,
        }
    }
}

/// Puts a bearer token into a request; nothing if it does not fit into one.
pub(super) fn attach_token(token: &Secret, headers: &mut HeaderMap) -> Option<()> {
    let text = format!("Bearer {}", token.expose());
    let value = sensitive(&text).filter(|_| !token.expose().is_empty())?;
    headers.insert(AUTHORIZATION, value);
    Some(())
}

/// Refuses space at the ends, which the server would not get.
fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text)
        .ok()
        .filter(|_| text.trim() == text)?;
    value.set_sensitive(true);
    Some(value)
}
