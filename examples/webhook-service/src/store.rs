//! What the service remembers, in one SQLite file.
//!
//! All of it blocks, so the server calls it from threads that may ([`Store::blocking`]). Every
//! change is one transaction that is on the disk before the call returns.

mod deliveries;
mod error;
mod events;
mod id;
mod projects;
mod schema;
mod seal;
mod secrets;
mod webhooks;

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::clock::{Clock, Timestamp};

pub use deliveries::{Claimed, Delivery, MAX_ATTEMPTS, Outcome, Status};
pub use error::StoreError;
pub use seal::{NotASealingKey, SealingKey, Unsealable};
pub use secrets::{LIFE_AFTER_ROTATION, LiveSecrets, MAX_LIVE_SECRETS};
pub use webhooks::NewWebhook;

/// How long to wait for another process that writes to the same file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The database, the key that secrets are sealed with, and the clock that says what is still valid.
pub struct Store {
    connection: Mutex<Connection>,
    key: SealingKey,
    clock: Arc<dyn Clock>,
}

impl Store {
    /// Opens the database, makes it if it is not there, and brings it up to date.
    ///
    /// # Errors
    ///
    /// The file cannot be used, was sealed with another key, or is of a newer version than this.
    pub fn open(path: &Path, key: SealingKey, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        create(path)?;
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        // Readers do not wait for writers, and a commit returns when the disk has it.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        schema::migrate(&mut connection)?;
        let connection = Mutex::new(connection);
        let store = Self {
            connection,
            key,
            clock,
        };
        store.check_key()?;
        Ok(store)
    }

    /// The time that the store goes by.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Calls the store from a thread that may block. The call runs to its end even if nobody waits
    /// for it any more.
    ///
    /// # Errors
    ///
    /// Those of the call, and [`StoreError::Interrupted`] if it panics or the runtime shuts down.
    pub async fn blocking<T, F>(self: &Arc<Self>, call: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Self) -> Result<T, StoreError> + Send + 'static,
    {
        let store = Arc::clone(self);
        let task = tokio::task::spawn_blocking(move || call(&store));
        task.await.unwrap_or(Err(StoreError::Interrupted))
    }

    /// Does all that `change` does, or nothing if it fails. The time is read when no other change
    /// can come in between, so that it never runs backwards from one change to the next.
    fn write<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>, Timestamp) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = change(&transaction, self.now())?;
        transaction.commit()?;
        Ok(result)
    }

    /// The connection, whether or not somebody panicked with it: what they began is rolled back.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Finds out whether the key is the one that everything here is sealed with, so that a wrong
    /// one is noticed at the start and not at the first delivery.
    fn check_key(&self) -> Result<(), StoreError> {
        self.write(|transaction, _| {
            let found = transaction.query_row("SELECT sealed FROM key_check", (), |row| {
                row.get::<_, Vec<u8>>(0)
            });
            match found {
                Ok(sealed) => self
                    .key
                    .unseal(&sealed, "key check")
                    .map(drop)
                    .map_err(|_| StoreError::WrongKey),
                Err(rusqlite::Error::QueryReturnedNoRows) => {
                    let sealed = self.key.seal(b"", "key check")?;
                    transaction.execute("INSERT INTO key_check (sealed) VALUES (?1)", [sealed])?;
                    Ok(())
                }
                Err(error) => Err(error.into()),
            }
        })
    }
}

/// Makes the file if it is not there, for nobody but this user to read. SQLite gives the files that
/// it puts beside it the same permissions.
fn create(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error.into()),
    }
}
