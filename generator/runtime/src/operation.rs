//! What the document says about one operation, for the client and the server alike.

use std::fmt;

/// One operation of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// The operation's name in the document.
    pub id: &'static str,
    /// The request method, such as `POST`.
    pub method: &'static str,
    /// The path template below the base URL, with its parameters in braces; a plus sign before the name
    /// of the last one says that it is all that is left of the path. It may end with a query that is
    /// always sent. Empty for a webhook, which goes to the URL that its sender is given.
    pub path: &'static str,
    /// The alternatives of which one must be met. None means that anybody may call, and so does an
    /// alternative without requirements.
    pub security: &'static [&'static [Requirement]],
}

/// One security scheme that an alternative asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The scheme's name in the document.
    pub scheme: &'static str,
    /// The scopes or roles that the caller needs.
    pub scopes: &'static [&'static str],
}

impl Requirement {
    /// A scheme, and the scopes or roles in it.
    pub const fn new(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}

/// What stands for the successes, or the failures, of an operation that declares none: there is no
/// such value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoError {}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.path.is_empty() { "" } else { " " };
        write!(f, "{} ({}{space}{})", self.id, self.method, self.path)
    }
}
