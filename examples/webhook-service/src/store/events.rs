//! Events: what happened in a project, and to whom it is told.

use anchor_webhooks::types::{WebhookEventType, WebhookPublic};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Store, StoreError, deliveries, id, webhooks};
use crate::clock::Timestamp;

/// The body of a delivery. It is written once, so that every attempt sends the same bytes.
#[derive(Serialize)]
struct Envelope<'a> {
    /// What receivers tell duplicates by.
    id: &'a str,
    #[serde(rename = "type")]
    event_type: &'a WebhookEventType,
    created: String,
    project_id: Uuid,
    /// One line for people, which chat programs show.
    text: String,
    data: &'a Value,
}

impl Store {
    /// Tells all webhooks of a project that are enabled and subscribed about an event. Gives the id
    /// of the event, and to how many webhooks it goes.
    ///
    /// # Errors
    ///
    /// There is no such type of event, or the database fails.
    pub fn publish(
        &self,
        project: Uuid,
        event_type: &WebhookEventType,
        data: &Value,
    ) -> Result<(String, usize), StoreError> {
        let subscribed = |webhook: &WebhookPublic| {
            webhook.enabled && webhook.subscribed_events.contains(event_type)
        };
        self.write(|transaction, now| {
            let mut webhooks = webhooks::all(transaction, Some(project))?;
            webhooks.retain(subscribed);
            let event_id = insert(transaction, project, event_type, data, now)?;
            for webhook in &webhooks {
                deliveries::insert(transaction, &event_id, &webhook.id, now)?;
            }
            Ok((event_id, webhooks.len()))
        })
    }

    /// Tells one webhook about an event of the first type that it is subscribed to, which says that
    /// it is a test. It is signed, sent and retried like any other. Gives the id of the event.
    ///
    /// # Errors
    ///
    /// There is no such webhook, it is disabled, or the database fails.
    pub fn publish_test(&self, webhook_id: &str) -> Result<String, StoreError> {
        self.write(|transaction, now| {
            let webhook = webhooks::find(transaction, webhook_id)?;
            if !webhook.enabled {
                return Err(StoreError::Disabled);
            }
            let event_type = webhook.subscribed_events.first();
            let event_type = event_type.ok_or(StoreError::Damaged("a webhook has no events"))?;
            let data = json!({ "test": true });
            let event_id = insert(transaction, webhook.project_id, event_type, &data, now)?;
            deliveries::insert(transaction, &event_id, webhook_id, now)?;
            Ok(event_id)
        })
    }
}

fn insert(
    connection: &Connection,
    project: Uuid,
    event_type: &WebhookEventType,
    data: &Value,
    now: Timestamp,
) -> Result<String, StoreError> {
    if matches!(event_type, WebhookEventType::Unrecognized(_)) {
        return Err(StoreError::Invalid("there is no such type of event"));
    }
    let event_id = id::prefixed("evt")?;
    let envelope = Envelope {
        id: &event_id,
        event_type,
        created: now.to_string(),
        project_id: project,
        text: format!("{event_type} in project {project}"),
        data,
    };
    let body = serde_json::to_vec(&envelope);
    let body = body.map_err(|_| StoreError::Invalid("the event cannot be written as JSON"))?;
    connection.execute(
        "INSERT INTO event (id, type, body, created_at) VALUES (?1, ?2, ?3, ?4)",
        (&event_id, event_type.as_str(), body, now.unix_millis()),
    )?;
    Ok(event_id)
}
