//! The commands that do one thing to the database, beside a running server if there is one.

use std::env;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use anchor_webhooks::types::WebhookPublic;
use webhook_service::clock::Clock;
use webhook_service::egress;
use webhook_service::store::{NewWebhook, SealingKey, Store, StoreError};
use zeroize::Zeroizing;

use crate::Failure;
use crate::cli::{Command, OneWebhook, ProjectCommand, WebhookCommand};

/// Where the key that seals the database comes from.
const KEY_VARIABLE: &str = "WEBHOOK_SERVICE_KEY";

/// Opens the database with the key from the environment.
pub(crate) fn open(path: &Path, clock: Arc<dyn Clock>) -> Result<Store, Failure> {
    let key = env::var(KEY_VARIABLE).map(Zeroizing::new);
    let key = key.map_err(|error| format!("{KEY_VARIABLE}: {error}"))?;
    let key = SealingKey::parse(&key).map_err(|error| format!("{KEY_VARIABLE}: {error}"))?;
    let store = Store::open(path, key, clock);
    Ok(store.map_err(|error| format!("{}: {error}", path.display()))?)
}

pub(crate) fn run(command: Command, clock: Arc<dyn Clock>) -> Result<(), Failure> {
    match command {
        Command::Project(ProjectCommand::Create { database, name }) => {
            let (project, key) = open(&database.db, clock)?.create_project(&name)?;
            print(&[("project", &project), ("api-key", &key.expose())])
        }
        Command::Webhook(command) => webhook(command, clock),
        Command::Publish {
            database,
            project,
            event,
            data,
        } => {
            let store = open(&database.db, clock)?;
            let (event, webhooks) = store.publish(project, &event.into(), &data)?;
            print(&[("event", &event), ("webhooks", &webhooks)])
        }
        Command::Events { database, webhook } => {
            list_deliveries(&open(&database.db, clock)?, webhook.as_deref())
        }
        Command::Serve { .. } | Command::Listen { .. } => Ok(()),
    }
}

fn webhook(command: WebhookCommand, clock: Arc<dyn Clock>) -> Result<(), Failure> {
    match command {
        WebhookCommand::Create {
            database,
            project,
            url,
            events,
            description,
            egress,
        } => {
            egress::check_url(&url, &egress.policy())?;
            let new = NewWebhook {
                project,
                url,
                description,
                subscribed_events: events.into_iter().map(Into::into).collect(),
            };
            let (webhook, secret) = open(&database.db, clock)?.create_webhook(&new)?;
            print(&[("webhook", &webhook.id), ("secret", &secret.expose())])
        }
        WebhookCommand::List { database, project } => {
            let mut out = io::stdout().lock();
            for webhook in open(&database.db, clock)?.webhooks(project)? {
                let state = if webhook.enabled {
                    "enabled"
                } else {
                    "disabled"
                };
                let (id, project, url) = (webhook.id, webhook.project_id, webhook.url);
                writeln!(out, "{id} {project} {state} {url}")?;
            }
            Ok(())
        }
        WebhookCommand::Show(of) => {
            with(&of, clock, |store, id| store.webhook(id)).and_then(|webhook| show(&webhook))
        }
        WebhookCommand::Disable(of) => with(&of, clock, |store, id| store.set_enabled(id, false)),
        WebhookCommand::Enable(of) => with(&of, clock, |store, id| store.set_enabled(id, true)),
        WebhookCommand::Test(of) => {
            let event = with(&of, clock, Store::publish_test)?;
            print(&[("event", &event)])
        }
    }
}

fn with<T>(
    of: &OneWebhook,
    clock: Arc<dyn Clock>,
    call: impl FnOnce(&Store, &str) -> Result<T, StoreError>,
) -> Result<T, Failure> {
    let store = open(&of.database.db, clock)?;
    Ok(call(&store, &of.id)?)
}

fn show(webhook: &WebhookPublic) -> Result<(), Failure> {
    let events: Vec<_> = webhook
        .subscribed_events
        .iter()
        .map(ToString::to_string)
        .collect();
    let time = |time: Option<_>| time.map(|time: chrono::DateTime<_>| time.to_rfc3339());
    print(&[
        ("webhook", &webhook.id),
        ("project", &webhook.project_id),
        ("url", &webhook.url),
        (
            "description",
            &webhook.description.as_deref().unwrap_or("-"),
        ),
        ("events", &events.join(" ")),
        ("enabled", &webhook.enabled),
        ("created", &time(webhook.created_at).unwrap_or_default()),
        ("updated", &time(webhook.updated_at).unwrap_or_default()),
    ])
}

fn list_deliveries(store: &Store, webhook: Option<&str>) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for delivery in store.deliveries(webhook)? {
        let answer = delivery.response_status.map(|status| status.to_string());
        writeln!(
            out,
            "{} {} {} {} {} {} {} {}",
            delivery.id,
            delivery.event_id,
            delivery.event_type,
            delivery.webhook_id,
            delivery.status.as_str(),
            delivery.attempt,
            answer.as_deref().unwrap_or("-"),
            delivery.error.as_deref().unwrap_or("-"),
        )?;
    }
    Ok(())
}

fn print(lines: &[(&str, &dyn Display)]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for (name, value) in lines {
        writeln!(out, "{name} {value}")?;
    }
    Ok(())
}
