//! What the generated code costs: the service and its receiver against the same written by hand, on
//! loopback, in one run: `cargo bench -p webhook-service --bench load`.
//!
//! The two take turns, so that what the machine does meanwhile happens to both. The ratio is the
//! time of this service over the time of the one by hand, as the median over all turns; 1 is no
//! cost at all. The one by hand has no limits of its own and does not catch panics.
//!
//! The client runs in the same process, on the same cores. So a ratio is that of all that a request
//! takes, and not of the server's part alone, which it would be larger for. A receiver has only the
//! types of events from the generated crate, so its ratio shows what the extractor costs.

mod by_hand;
mod client;

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use anchor_webhooks::server;
use anchor_webhooks::types::WebhookEventType;
use axum::Router;
use axum::routing::post;
use client::{Requests, call, run};
use http::StatusCode;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use webhook_service::clock::{Clock, Timestamp, VirtualClock};
use webhook_service::receiver::{MemorySeen, Receiver, Verified};
use webhook_service::secret::SigningSecret;
use webhook_service::service::{Keys, Service};
use webhook_service::signature::{Verifier, sign};
use webhook_service::store::{NewWebhook, SealingKey, Store};

type Failed = Box<dyn std::error::Error>;

const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const NOW: u64 = 1_716_544_084;

/// How many connections there are at once.
const CONNECTIONS: usize = 4;

/// A clock that goes on by 25 hours each time that somebody looks, so that rotations never run into
/// the limit of secrets that are valid at once.
struct March(AtomicI64);

impl Clock for March {
    fn now(&self) -> Timestamp {
        let step = 25 * 60 * 60 * 1000;
        Timestamp::from_unix_millis(self.0.fetch_add(step, Ordering::SeqCst))
    }
}

#[tokio::main]
async fn main() -> Result<(), Failed> {
    // `cargo test --benches` only wants to know whether it runs.
    let measure = std::env::args().any(|it| it == "--bench");
    let (rounds, few, many) = if measure {
        (40, 250, 2000)
    } else {
        (1, 10, 10)
    };

    println!("{CONNECTIONS} connections; by hand / ours; medians of {rounds} turns");
    let memory = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir())?;
    rotations("rotations, in memory", memory.path(), rounds, many).await?;
    let disk = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    rotations("rotations, on the disk", disk.path(), rounds, few).await?;
    verifications(rounds, many).await
}

async fn rotations(name: &str, folder: &Path, rounds: usize, count: usize) -> Result<(), Failed> {
    let mut services = Vec::new();
    for (file, ours) in [("by-hand", false), ("ours", true)] {
        let clock = March(AtomicI64::new(0));
        let key = SealingKey::parse(KEY)?;
        let store = Arc::new(Store::open(&folder.join(file), key, Arc::new(clock))?);
        let (project, api_key) = store.create_project("Load")?;
        let (webhook, _) = store.create_webhook(&NewWebhook {
            project,
            url: "https://example.com/hooks".to_owned(),
            description: None,
            subscribed_events: vec![WebhookEventType::TaskCompleted],
        })?;
        let app = if ours {
            server::router(Service::new(store.clone()), Keys::new(store))
        } else {
            by_hand::service(store)
        };
        let path = |id| format!("/v1/webhooks/{id}/rotate-secret");
        let head = format!("anchor-api-key: {}\r\n", api_key.expose());
        let address = serve(app).await?;
        // What is not asked for in the load is answered by both as well.
        for (path, head, status) in [
            (path("wh_none"), head.as_str(), 404),
            (path(&webhook.id), "", 401),
            ("/".to_owned(), "", 404),
        ] {
            let found = call(address, &client::request(&path, head, b"")).await?;
            assert_eq!(found, status, "{file} {path}");
        }
        let request = client::request(&path(&webhook.id), &head, b"");
        services.push(Requests {
            address,
            requests: vec![request; count],
            status: 200,
        });
    }
    compare(name, &services, rounds).await
}

async fn verifications(rounds: usize, count: usize) -> Result<(), Failed> {
    let secret = SigningSecret::mint()?;
    let old = SigningSecret::mint()?;
    let verifier = Verifier::new([secret.expose()])?;
    let clock = Arc::new(VirtualClock::new(Timestamp::from_unix_seconds(NOW)));
    let requests: Vec<_> = (0..count)
        .map(|number| {
            let body = event(number);
            let signature = sign(&[&secret, &old], NOW, &body);
            let head = format!("anchor-timestamp: {NOW}\r\nanchor-signature: {signature}\r\n");
            client::request("/hooks", &head, &body)
        })
        .collect();
    let receiver = Receiver::new(verifier.clone(), MemorySeen::default(), clock.clone());
    let ours = Router::new()
        .route("/hooks", post(hook))
        .with_state(receiver);
    let by_hand = by_hand::receiver(by_hand::Parts {
        verifier,
        seen: MemorySeen::default(),
        clock,
    });
    let mut services = Vec::new();
    for app in [by_hand, ours] {
        let address = serve(app).await?;
        // Both do verify: with a body that is not the one that was signed, nothing gets through.
        let unsigned = client::request("/hooks", "", &event(0));
        assert_eq!(call(address, &unsigned).await?, 400);
        let (signature, forged) = (sign(&[&secret, &old], NOW, &event(0)), event(1));
        let head = format!("anchor-timestamp: {NOW}\r\nanchor-signature: {signature}\r\n");
        let forged = client::request("/hooks", &head, &forged);
        assert_eq!(call(address, &forged).await?, 401);
        services.push(Requests {
            address,
            requests: requests.clone(),
            status: 204,
        });
    }
    compare("verifications", &services, rounds).await
}

async fn hook(delivery: Verified<Value>) -> StatusCode {
    if let Verified::First(delivery) = delivery {
        delivery.handled();
    }
    StatusCode::NO_CONTENT
}

fn event(number: usize) -> Vec<u8> {
    let event = json!({
        "id": format!("evt_{number}"),
        "type": "task.completed",
        "created": "2024-05-24T09:48:04.000Z",
        "project_id": "5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197",
        "text": "A task is done.",
        "data": { "steps": number, "result": "The page was read to its end." },
    });
    event.to_string().into_bytes()
}

async fn serve(app: Router) -> Result<std::net::SocketAddr, Failed> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async { axum::serve(listener, app).await });
    Ok(address)
}

/// Lets the two take turns, one by hand first, and prints what came of it.
async fn compare(name: &str, services: &[Requests], rounds: usize) -> Result<(), Failed> {
    let mut rates = [Vec::new(), Vec::new()];
    let mut latencies = [Vec::new(), Vec::new()];
    let mut ratios = Vec::new();
    for service in services {
        run(service, CONNECTIONS).await?;
    }
    for round in 0..rounds {
        let mut times = [0.0; 2];
        // Which of the two goes first changes.
        for turn in 0..2 {
            let index = (round + turn) % 2;
            let (time, each) = run(&services[index], CONNECTIONS).await?;
            times[index] = time.as_secs_f64();
            rates[index].push(each.len() as f64 / time.as_secs_f64());
            latencies[index].extend(each);
        }
        ratios.push(times[1] / times[0]);
    }
    let [by_hand, ours] = rates.map(median);
    let [by_hand_p99, ours_p99] = latencies.map(p99);
    println!(
        "{name}: {by_hand:.0} / {ours:.0} a second, p99 {by_hand_p99:.2?} / {ours_p99:.2?}, ratio {:.3}",
        median(ratios)
    );
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) {
        (values[middle - 1] + values[middle]) / 2.0
    } else {
        values[middle]
    }
}

fn p99(mut values: Vec<Duration>) -> Duration {
    values.sort();
    values[(values.len() * 99).div_ceil(100) - 1]
}
