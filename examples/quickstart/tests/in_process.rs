//! Tests the service through its client, without a socket.

use anchor_webhooks::client::{Client, Error, InProcess};
use anchor_webhooks::server;
use anchor_webhooks::types::WebhookPublic;
use quickstart::{Keys, Service};
use uuid::Uuid;

fn webhook(id: &str, project_id: Uuid) -> WebhookPublic {
    WebhookPublic {
        id: id.into(),
        project_id,
        url: "https://example.com/hooks".into(),
        description: None,
        subscribed_events: Vec::new(),
        enabled: true,
        created_at: None,
        updated_at: None,
    }
}

fn client(key: &str) -> Client {
    let (ours, theirs) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let service = Service::default()
        .with(webhook("ours", ours))
        .with(webhook("theirs", theirs));
    let app = server::router(service, Keys(vec![("our-key".into(), ours)]));
    let builder = Client::builder().transport(InProcess::new(app));
    builder.api_key(key).build().expect("the settings are fine")
}

#[tokio::test]
async fn every_rotation_makes_another_secret() {
    let client = client("our-key");
    let first = client.rotate_webhook_secret("ours").send().await;
    let second = client.rotate_webhook_secret("ours").send().await;
    assert_ne!(
        first.expect("it is ours").secret,
        second.expect("it still is").secret
    );
}

#[tokio::test]
async fn webhooks_of_others_are_not_found() {
    let client = client("our-key");
    for id in ["theirs", "nobody's"] {
        match client.rotate_webhook_secret(id).send().await {
            Err(Error::Api(error)) => assert_eq!(error.status, 404),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_wrong_key_is_refused() {
    let client = client("their-key");
    match client.rotate_webhook_secret("ours").send().await {
        Err(Error::Unexpected(response)) => assert_eq!(response.status, 401),
        other => panic!("{other:?}"),
    }
}
