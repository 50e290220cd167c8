//! Calls the document's operation: `cargo run -p quickstart --bin client [WEBHOOK]`.
//!
//! `ANCHOR_BASE_URL` and `ANCHOR_API_KEY` say where and with which key; without them it is the
//! server of this package. Each run rotates the secret of the webhook twice.

use std::env;
use std::process::ExitCode;

use anchor_webhooks::client::{Client, Error};
use anchor_webhooks::operations::RotateWebhookSecretResponse;

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Failure> {
    let variable = |name, fallback: &str| env::var(name).unwrap_or_else(|_| fallback.to_owned());
    let client = Client::builder()
        .base_url(variable("ANCHOR_BASE_URL", "http://127.0.0.1:8080"))
        .api_key(variable("ANCHOR_API_KEY", "local-key"))
        .build()?;
    let id = env::args().nth(1).unwrap_or_else(|| "wh_1".to_owned());

    body(&client, &id).await?;
    response(&client, &id).await?;
    outcome(&client, "wh_unknown").await
}

/// `send` gives the body of the success. Everything else is an error that says what it was.
async fn body(client: &Client, id: &str) -> Result<(), Failure> {
    match client.rotate_webhook_secret(id).send().await {
        Ok(webhook) => {
            // This prints `Secret([redacted])`.
            println!("send: {:?} of {}", webhook.secret, webhook.id);
            // To read it takes an explicit call.
            println!("send: {} characters", webhook.secret.expose().len());
        }
        Err(Error::Api(error)) => println!("send: {}, {}", error.status, error.body.error),
        Err(error) if error.is_retryable() => {
            return Err(format!("{error} (another try may help)").into());
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// `send_response` gives the status and the headers too.
async fn response(client: &Client, id: &str) -> Result<(), Failure> {
    let response = match client.rotate_webhook_secret(id).send_response().await {
        Ok(response) => response,
        Err(Error::Api(error)) if error.status == 404 => {
            println!("send_response: {}", error.body.error);
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    let content_type = response.headers.get("content-type");
    println!("send_response: {}, {content_type:?}", response.status);
    // What may be shown, apart from what may not.
    let (webhook, _secret) = response.into_body().into_parts();
    println!("send_response: {webhook:?}");
    Ok(())
}

/// `send_outcome` gives whichever outcome of the document it is; a new one is a compile error here.
async fn outcome(client: &Client, id: &str) -> Result<(), Failure> {
    let response = client.rotate_webhook_secret(id).send_outcome().await?;
    match response.into_body() {
        RotateWebhookSecretResponse::Ok(webhook) => println!("send_outcome: {}", webhook.id),
        RotateWebhookSecretResponse::NotFound(error) => {
            println!("send_outcome: not found, {}", error.error);
        }
        RotateWebhookSecretResponse::InternalServerError(error) => {
            println!("send_outcome: the server failed, {}", error.error);
        }
    }
    Ok(())
}
