//! What a request presents to prove who calls.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::super::base64;
use super::super::secret::Secret;

/// An API key as a request presents it. It is never printed.
#[derive(Clone)]
pub struct ApiKey<'a>(pub(super) Cow<'a, str>);

impl ApiKey<'_> {
    /// The key itself, to look it up with.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether this is the given key. It takes the same time wherever they differ, and however
    /// long they are.
    pub fn matches(&self, key: &Secret) -> bool {
        let (ours, theirs) = (
            Sha256::digest(key.expose()),
            Sha256::digest(self.0.as_bytes()),
        );
        ours.as_slice().ct_eq(theirs.as_slice()).into()
    }
}

impl fmt::Debug for ApiKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey([redacted])")
    }
}

/// A bearer token as a request presents it. It is never printed.
#[derive(Clone)]
pub struct BearerToken<'a> {
    pub(super) token: &'a str,
    pub(super) scopes: &'static [&'static str],
}

impl<'a> BearerToken<'a> {
    /// The token itself, to look it up with.
    pub fn expose(&self) -> &'a str {
        self.token
    }

    /// The scopes that it must have for the operation.
    pub fn scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    /// Whether this is the given token; see [`ApiKey::matches`].
    pub fn matches(&self, token: &Secret) -> bool {
        ApiKey(self.token.into()).matches(token)
    }
}

impl fmt::Debug for BearerToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BearerToken([redacted])")
    }
}

/// A user name and a password as a request presents them, still encoded. They are never printed.
#[derive(Clone)]
pub struct BasicCredentials<'a>(pub(super) &'a str);

impl BasicCredentials<'_> {
    /// The user name and the password; nothing if they are not encoded as RFC 7617 says.
    pub fn decode(&self) -> Option<(String, Secret)> {
        let text = String::from_utf8(base64::decode(self.0, base64::STANDARD)?).ok()?;
        let (username, password) = text.split_once(':')?;
        Some((username.to_owned(), password.into()))
    }
}

impl fmt::Debug for BasicCredentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BasicCredentials([redacted])")
    }
}

/// What stands after the scheme in the `Authorization` of a request. It is never printed.
#[derive(Clone)]
pub struct HttpCredentials<'a>(pub(super) &'a str);

impl<'a> HttpCredentials<'a> {
    /// The credentials themselves.
    pub fn expose(&self) -> &'a str {
        self.0
    }
}

impl fmt::Debug for HttpCredentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpCredentials([redacted])")
    }
}

/// The certificate of a caller, as DER. A layer that knows the TLS connection puts it into the extensions
/// of the request; without it, an operation that asks for mutual TLS is answered with 401.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate(pub Bytes);

/// Why a request is not let in. The greater one is the better answer where there are two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthError {
    /// The credentials are not valid: 401, like a request without any.
    Unauthorized,
    /// The caller is known, but must not do this: 403.
    Forbidden,
    /// Whether the credentials are valid cannot be told now: 503. Nobody is let in, and nobody is told that
    /// their credentials are wrong.
    Unavailable,
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unauthorized => "the credentials are missing or not valid",
            Self::Forbidden => "the caller must not do this",
            Self::Unavailable => "the credentials cannot be checked now",
        })
    }
}

impl std::error::Error for AuthError {}
