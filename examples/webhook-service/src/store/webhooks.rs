//! Webhooks, without their secrets.

use anchor_webhooks::types::{WebhookEventType, WebhookPublic};
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::projects::parse_project;
use super::{Store, StoreError, deliveries, id, secrets};
use crate::clock::Timestamp;
use crate::secret::SigningSecret;

const COLUMNS: &str =
    "id, project_id, url, description, subscribed_events, enabled, created_at, updated_at";

/// The most characters of a description.
const MAX_DESCRIPTION: usize = 256;

/// What a webhook is made of. The URL has been checked by whoever sends to it.
#[derive(Debug, Clone)]
pub struct NewWebhook {
    /// The project that it belongs to.
    pub project: Uuid,
    /// Where events go.
    pub url: String,
    /// What it is for, in at most 256 characters.
    pub description: Option<String>,
    /// The types of events that it gets, at least one.
    pub subscribed_events: Vec<WebhookEventType>,
}

impl Store {
    /// Makes a webhook, and its first secret.
    ///
    /// # Errors
    ///
    /// There is no such project, a value is not valid, or the database fails.
    pub fn create_webhook(
        &self,
        new: &NewWebhook,
    ) -> Result<(WebhookPublic, SigningSecret), StoreError> {
        let events = check(new)?;
        let webhook_id = id::prefixed("wh")?;
        self.write(|transaction, now| {
            let known = transaction.query_row(
                "SELECT count(*) FROM project WHERE id = ?1",
                [new.project.to_string()],
                |row| row.get::<_, bool>(0),
            )?;
            if !known {
                return Err(StoreError::NoProject);
            }
            transaction.execute(
                &format!("INSERT INTO webhook ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?6)"),
                (
                    &webhook_id,
                    new.project.to_string(),
                    &new.url,
                    &new.description,
                    events,
                    now.unix_millis(),
                ),
            )?;
            let secret = secrets::insert(transaction, &self.key, &webhook_id, now)?;
            Ok((find(transaction, &webhook_id)?, secret))
        })
    }

    /// A webhook.
    ///
    /// # Errors
    ///
    /// There is none with this id, or the database fails.
    pub fn webhook(&self, webhook_id: &str) -> Result<WebhookPublic, StoreError> {
        find(&self.connection(), webhook_id)
    }

    /// All webhooks, or those of one project, in the order in which they were made.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub fn webhooks(&self, project: Option<Uuid>) -> Result<Vec<WebhookPublic>, StoreError> {
        all(&self.connection(), project)
    }

    /// Makes events go to a webhook or not. What is still to be sent to a webhook that is disabled
    /// is given up; an attempt that has begun goes on.
    ///
    /// # Errors
    ///
    /// There is no such webhook, or the database fails.
    pub fn set_enabled(&self, webhook_id: &str, enabled: bool) -> Result<(), StoreError> {
        self.write(|transaction, now| set_enabled(transaction, webhook_id, enabled, now))
    }
}

/// Makes events go to a webhook or not.
pub(super) fn set_enabled(
    connection: &Connection,
    webhook_id: &str,
    enabled: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let changed = connection.execute(
        "UPDATE webhook SET enabled = ?2, updated_at = ?3 WHERE id = ?1",
        (webhook_id, enabled, now.unix_millis()),
    )?;
    if changed == 0 {
        return Err(StoreError::NoWebhook);
    }
    if !enabled {
        deliveries::give_up(connection, webhook_id, now)?;
    }
    Ok(())
}

/// A webhook, whichever project it belongs to.
pub(super) fn find(connection: &Connection, webhook_id: &str) -> Result<WebhookPublic, StoreError> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM webhook WHERE id = ?1"))?;
    let found = statement.query_row([webhook_id], |row| Ok(read(row)));
    found.optional()?.unwrap_or(Err(StoreError::NoWebhook))
}

/// All webhooks, or those of one project.
pub(super) fn all(
    connection: &Connection,
    project: Option<Uuid>,
) -> Result<Vec<WebhookPublic>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM webhook WHERE ?1 IS NULL OR project_id = ?1 ORDER BY rowid"
    ))?;
    let rows = statement.query_and_then([project.map(|it| it.to_string())], read)?;
    rows.collect()
}

/// Checks what the document says about a webhook; gives the events as they are stored.
fn check(new: &NewWebhook) -> Result<String, StoreError> {
    let description = new.description.as_deref().unwrap_or_default();
    if description.chars().count() > MAX_DESCRIPTION {
        return Err(StoreError::Invalid(
            "a description has at most 256 characters",
        ));
    }
    if new.subscribed_events.is_empty() {
        return Err(StoreError::Invalid("a webhook gets at least one event"));
    }
    let unknown = |event: &WebhookEventType| matches!(event, WebhookEventType::Unrecognized(_));
    if new.subscribed_events.iter().any(unknown) {
        return Err(StoreError::Invalid("there is no such type of event"));
    }
    let events = serde_json::to_string(&new.subscribed_events);
    events.map_err(|_| StoreError::Invalid("there is no such type of event"))
}

fn read(row: &Row<'_>) -> Result<WebhookPublic, StoreError> {
    let events: String = row.get("subscribed_events")?;
    let events = serde_json::from_str(&events);
    let time = |column| -> Result<_, StoreError> {
        Ok(Timestamp::from_unix_millis(row.get(column)?).date_time())
    };
    Ok(WebhookPublic {
        id: row.get("id")?,
        project_id: parse_project(row.get("project_id")?)?,
        url: row.get("url")?,
        description: row.get("description")?,
        subscribed_events: events
            .map_err(|_| StoreError::Damaged("the events of a webhook are not a list"))?,
        enabled: row.get("enabled")?,
        created_at: time("created_at")?,
        updated_at: time("updated_at")?,
    })
}
