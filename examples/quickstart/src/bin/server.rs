//! Serves the document's operation on this machine: `cargo run -p quickstart --bin server [PORT]`.

use std::env;
use std::error::Error;
use std::net::Ipv4Addr;

use anchor_webhooks::server;
use anchor_webhooks::types::{WebhookEventType, WebhookPublic};
use quickstart::{Keys, Service};
use tokio::net::TcpListener;
use uuid::{Uuid, uuid};

const PROJECT: Uuid = uuid!("5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197");
const KEY: &str = "local-key";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = env::args().nth(1).or_else(|| env::var("PORT").ok());
    let port: u16 = port.as_deref().unwrap_or("8080").parse()?;

    let service = Service::default().with(WebhookPublic {
        id: "wh_1".into(),
        project_id: PROJECT,
        url: "https://example.com/hooks".into(),
        description: None,
        subscribed_events: vec![WebhookEventType::TaskCompleted],
        enabled: true,
        created_at: None,
        updated_at: None,
    });
    let app = server::router(service, Keys(vec![(KEY.into(), PROJECT)]));

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    println!("Listening on http://{address}");
    println!(
        "Try: curl -i -X POST -H 'anchor-api-key: {KEY}' http://{address}/v1/webhooks/wh_1/rotate-secret"
    );
    println!("Or:  ANCHOR_BASE_URL=http://{address} cargo run -p quickstart --bin client");
    axum::serve(listener, app).await?;
    Ok(())
}
