//! What can go wrong with the store.

use thiserror::Error;

use super::seal::Unsealable;
use super::secrets::MAX_LIVE_SECRETS;
use crate::clock::Timestamp;
use crate::secret::NoRandomness;

/// Why the store did not do what it was asked. Nothing has changed then.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no such project.
    #[error("there is no such project")]
    NoProject,
    /// There is no such webhook in the project.
    #[error("there is no such webhook")]
    NoWebhook,
    /// The webhook is disabled, so nothing is sent to it.
    #[error("the webhook is disabled")]
    Disabled,
    /// The webhook has as many valid secrets as it can have.
    #[error(
        "{MAX_LIVE_SECRETS} secrets are valid, the most there can be; the first of them expires at {until}"
    )]
    TooManySecrets {
        /// When there is room for another one.
        until: Timestamp,
    },
    /// A value does not have the form that it must have.
    #[error("{0}")]
    Invalid(&'static str),
    /// A row is not one that this program writes.
    #[error("the database is damaged: {0}")]
    Damaged(&'static str),
    /// A sealed text is not what was sealed there with this key.
    #[error(transparent)]
    Unsealable(#[from] Unsealable),
    /// Everything is sealed with another key.
    #[error("the database was sealed with another key")]
    WrongKey,
    /// A later version of this program has written the database.
    #[error("the database has version {0}, which is newer than this program")]
    Newer(i64),
    /// There is no randomness for a new secret or id.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The file cannot be made.
    #[error("the database cannot be made: {0}")]
    File(#[from] std::io::Error),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// The call ended without a result; whether anything has changed is not known.
    #[error("the call to the database was interrupted")]
    Interrupted,
}
