//! The server's fixed half: reading requests, answering, and problems.

mod body;
mod credentials;
mod incoming;
mod problem;
mod router;

pub use self::credentials::{ApiKey, AuthError, BasicCredentials, BearerToken};
pub use self::incoming::Incoming;
pub use self::problem::{Problem, empty, json, of_class};
pub use self::router::finish;
