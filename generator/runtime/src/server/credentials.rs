//! What a request presents to prove who calls.

use std::borrow::Cow;
use std::fmt;

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
pub struct BearerToken<'a>(pub(super) &'a str);

impl<'a> BearerToken<'a> {
    /// The token itself, to look it up with.
    pub fn expose(&self) -> &'a str {
        self.0
    }

    /// Whether this is the given token; see [`ApiKey::matches`].
    pub fn matches(&self, token: &Secret) -> bool {
        ApiKey(self.0.into()).matches(token)
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

/// Why a request is not let in. The greater one is the better answer where there are two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthError {
    /// The credentials are not valid: 401, like a request without any.
    Unauthorized,
    /// The caller is known, but must not do this: 403.
    Forbidden,
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unauthorized => "the credentials are missing or not valid",
            Self::Forbidden => "the caller must not do this",
        })
    }
}

impl std::error::Error for AuthError {}
