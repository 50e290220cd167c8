//! Bearer tokens, and where they come from.

use std::fmt;
use std::sync::Arc;

use http::StatusCode;

use super::super::operation::Operation;
use super::super::secret::Secret;
use super::call::invalid;
use super::credential::attach_token;
use super::transport::replay;
use super::{Body, BoxError, BoxFuture, Client, Error};

/// A bearer token, or somebody who has one for each call.
#[derive(Clone)]
pub struct Token(pub(super) Source);

#[derive(Clone)]
pub(super) enum Source {
    Fixed(Secret),
    Provided(Arc<dyn TokenProvider>),
}

/// Gives a token for each call, and may remember it.
///
/// This is the place for an OAuth 2 client: one that has a token until it ends, and gets another then.
pub trait TokenProvider: Send + Sync + 'static {
    /// The token to call with. It is asked once more, for the same call, if the server refuses the
    /// token with 401 and the request can be sent again.
    ///
    /// # Errors
    ///
    /// There is no token to be had; the call ends with [`Error::Token`](super::Error::Token).
    fn token<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, Result<Secret, BoxError>>;
}

/// What a token is asked for.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct TokenRequest<'a> {
    /// The operation to be called.
    pub operation: &'static Operation,
    /// The scopes that it needs.
    pub scopes: &'static [&'static str],
    /// The token that the server has just refused. The same one would not do.
    pub refused: Option<&'a Secret>,
}

impl Token {
    /// Asks for a token with each call.
    pub fn provided_by(provider: impl TokenProvider) -> Self {
        Self(Source::Provided(Arc::new(provider)))
    }
}

impl From<Secret> for Token {
    fn from(token: Secret) -> Self {
        Self(Source::Fixed(token))
    }
}

impl From<String> for Token {
    fn from(token: String) -> Self {
        Secret::from(token).into()
    }
}

impl From<&str> for Token {
    fn from(token: &str) -> Self {
        Secret::from(token).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Source::Fixed(_) => "Token([redacted])",
            Source::Provided(_) => "Token([provided])",
        })
    }
}

/// A call that still has to ask for its token.
pub(super) struct Asking {
    pub(super) provider: Arc<dyn TokenProvider>,
    pub(super) operation: &'static Operation,
    pub(super) scopes: &'static [&'static str],
}

impl Asking {
    /// Sends a request with a token, and once more with another if the first is refused.
    pub(super) async fn send(
        self,
        client: &Client,
        mut request: http::Request<Body>,
    ) -> Result<http::Response<Body>, Error> {
        let token = self.attach(None, &mut request).await?;
        let again = replay(&request);
        let response = client.exchange(self.operation, request).await?;
        let Some(mut request) = again.filter(|_| response.status() == StatusCode::UNAUTHORIZED)
        else {
            return Ok(response);
        };
        if self.attach(Some(&token), &mut request).await? == token {
            return Ok(response);
        }
        client.exchange(self.operation, request).await
    }

    async fn attach(
        &self,
        refused: Option<&Secret>,
        request: &mut http::Request<Body>,
    ) -> Result<Secret, Error> {
        let operation = self.operation;
        let asked = TokenRequest {
            operation,
            scopes: self.scopes,
            refused,
        };
        let token = self.provider.token(asked).await;
        let token = token.map_err(|source| Error::Token(TokenError { operation, source }))?;
        match attach_token(&token, request.headers_mut()) {
            Some(()) => Ok(token),
            None => Err(invalid(operation, "the token cannot be sent".to_owned())),
        }
    }
}

/// There was no token to be had for a call.
#[derive(Debug)]
pub struct TokenError {
    pub(super) operation: &'static Operation,
    pub(super) source: BoxError,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: there is no token to be had", self.operation)
    }
}

impl std::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
