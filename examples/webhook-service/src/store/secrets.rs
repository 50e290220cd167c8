//! The secrets of a webhook: one that is current, and those before it that are still valid.

use std::time::Duration;

use anchor_webhooks::types::WebhookPublic;
use rusqlite::Connection;
use uuid::Uuid;

use super::seal::{SealError, SealingKey, Unsealable};
use super::{Store, StoreError, id, webhooks};
use crate::clock::Timestamp;
use crate::pause::{self, Point};
use crate::secret::SigningSecret;

/// How long a secret is still valid after the next one was minted.
pub const LIFE_AFTER_ROTATION: Duration = Duration::from_secs(24 * 60 * 60);

/// The most secrets of a webhook that are valid at once. Each is one more signature on a delivery,
/// and eight keep the header under 700 bytes.
pub const MAX_LIVE_SECRETS: u32 = 8;

/// The secrets of a webhook that are valid at a moment.
#[derive(Debug)]
pub struct LiveSecrets {
    /// The moment.
    pub at: Timestamp,
    /// The secrets, the newest first.
    pub secrets: Vec<SigningSecret>,
}

impl Store {
    /// Mints a new secret for a webhook. The one before it becomes invalid in 24 hours, and so does
    /// each one before that in its own time: a rotation never takes from an earlier secret.
    ///
    /// The secret is on the disk when this returns, and nothing here gives it out again. A caller
    /// who does not get to see it rotates once more.
    ///
    /// # Errors
    ///
    /// The project has no such webhook, it has [`MAX_LIVE_SECRETS`] already, there is no
    /// randomness, or the database fails. Nothing has changed then.
    pub fn rotate(
        &self,
        project: Uuid,
        webhook_id: &str,
    ) -> Result<(WebhookPublic, SigningSecret), StoreError> {
        pause::at(Point::BeforeMint);
        let rotated = self.write(|transaction, now| {
            let webhook = webhooks::find(transaction, webhook_id)?;
            if webhook.project_id != project {
                return Err(StoreError::NoWebhook);
            }
            make_room(transaction, webhook_id, now)?;
            retire_current(transaction, webhook_id, now)?;
            let secret = insert(transaction, &self.key, webhook_id, now)?;
            pause::at(Point::BeforeCommit);
            Ok((webhooks::find(transaction, webhook_id)?, secret))
        })?;
        pause::at(Point::AfterCommit);
        Ok(rotated)
    }

    /// The secrets of a webhook that are valid now.
    ///
    /// # Errors
    ///
    /// A secret cannot be unsealed, or the database fails.
    pub fn live_secrets(&self, webhook_id: &str) -> Result<LiveSecrets, StoreError> {
        let connection = self.connection();
        let at = self.now();
        let mut statement = connection.prepare_cached(
            "SELECT id, sealed FROM secret
             WHERE webhook_id = ?1 AND (expires_at IS NULL OR expires_at > ?2)
             ORDER BY position DESC",
        )?;
        let rows = statement.query_and_then((webhook_id, at.unix_millis()), |row| {
            let (secret_id, sealed): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let text = self.key.unseal(&sealed, &place(webhook_id, &secret_id))?;
            let text = str::from_utf8(&text).map_err(|_| Unsealable)?;
            SigningSecret::parse(text).map_err(|_| Unsealable.into())
        })?;
        let secrets = rows.collect::<Result<Vec<_>, StoreError>>()?;
        Ok(LiveSecrets { at, secrets })
    }
}

/// Refuses a ninth secret, and forgets those that have expired.
fn make_room(connection: &Connection, webhook_id: &str, now: Timestamp) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM secret WHERE webhook_id = ?1 AND expires_at <= ?2",
        (webhook_id, now.unix_millis()),
    )?;
    let (live, first): (u32, Option<i64>) = connection.query_row(
        "SELECT count(*), min(expires_at) FROM secret WHERE webhook_id = ?1",
        [webhook_id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    match first {
        Some(first) if live >= MAX_LIVE_SECRETS => Err(StoreError::TooManySecrets {
            until: Timestamp::from_unix_millis(first),
        }),
        _ => Ok(()),
    }
}

fn retire_current(
    connection: &Connection,
    webhook_id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE secret SET expires_at = ?2 WHERE webhook_id = ?1 AND expires_at IS NULL",
        (webhook_id, now.plus(LIFE_AFTER_ROTATION).unix_millis()),
    )?;
    connection.execute(
        "UPDATE webhook SET updated_at = ?2 WHERE id = ?1",
        (webhook_id, now.unix_millis()),
    )?;
    Ok(())
}

/// Mints a secret and makes it the current one.
pub(super) fn insert(
    connection: &Connection,
    key: &SealingKey,
    webhook_id: &str,
    now: Timestamp,
) -> Result<SigningSecret, StoreError> {
    let (secret_id, secret) = (id::prefixed("sec")?, SigningSecret::mint()?);
    let sealed = key.seal(secret.expose().as_bytes(), &place(webhook_id, &secret_id))?;
    connection.execute(
        "INSERT INTO secret (id, webhook_id, sealed, created_at) VALUES (?1, ?2, ?3, ?4)",
        (secret_id, webhook_id, sealed, now.unix_millis()),
    )?;
    Ok(secret)
}

/// What binds a sealed secret to its row. Ids have no spaces.
fn place(webhook_id: &str, secret_id: &str) -> String {
    format!("secret {webhook_id} {secret_id}")
}

impl From<SealError> for StoreError {
    fn from(error: SealError) -> Self {
        match error {
            SealError::NoRandomness(error) => error.into(),
            SealError::TooLong => Self::Invalid("the secret is too long to seal"),
        }
    }
}
