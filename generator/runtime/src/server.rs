//! The server's fixed half: reading requests, answering, and problems.

mod base;
mod body;
mod credentials;
mod incoming;
mod parameters;
mod problem;
mod receiver;
mod routes;
mod settings;
mod template;

pub use self::base::below;
pub use self::body::invalid;
pub use self::credentials::{
    ApiKey, AuthError, BasicCredentials, BearerToken, Certificate, HttpCredentials,
};
pub use self::incoming::Incoming;
pub use self::problem::{Problem, bytes, empty, form, json, of_class, text, with_headers};
pub use self::routes::Routes;
pub use self::settings::Settings;

pub use self::receiver::{Receiver, Unverified, Verify};
