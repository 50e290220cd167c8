//! The dispatcher and a receiver that answers by a script, while a day goes by in no time.

mod common;

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header::{LOCATION, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use common::Database;
use common::hooks::Hooks;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;
use webhook_service::clock::{Clock, Timestamp};
use webhook_service::dispatch::Dispatcher;
use webhook_service::egress::{Policy, Sender};
use webhook_service::store::{Delivery, NewWebhook, Status, Store, StoreError};

/// A dispatcher under way.
struct Running {
    database: Database,
    project: Uuid,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<Result<(), StoreError>>,
}

impl Running {
    fn start() -> Self {
        let database = Database::new();
        let (project, _) = database.project();
        let policy = Policy {
            allow_http_loopback: true,
        };
        let sender = Sender::new(policy).expect("TLS can be set up");
        let dispatcher = Dispatcher::new(database.store.clone(), policy, sender);
        let (stop, stopped) = oneshot::channel();
        let ended = tokio::spawn(dispatcher.run(async {
            let _ = stopped.await;
        }));
        Self {
            database,
            project,
            stop,
            ended,
        }
    }

    fn store(&self) -> &Arc<Store> {
        &self.database.store
    }

    /// The id of a webhook whose events go to these hooks, and its secret.
    fn webhook(&self, hooks: &Hooks) -> (String, String) {
        let webhook = NewWebhook {
            url: hooks.url.clone(),
            ..common::new_webhook(self.project)
        };
        let created = self.store().create_webhook(&webhook);
        let (webhook, secret) = created.expect("a webhook is made");
        (webhook.id, secret.expose().to_owned())
    }

    fn test(&self, webhook: &str) {
        let published = self.store().publish_test(webhook);
        published.expect("the webhook is enabled");
    }

    /// Waits until the only delivery to a webhook is as it should be.
    async fn until(&self, webhook: &str, what: impl Fn(&Delivery) -> bool) -> Delivery {
        for _ in 0..500 {
            let deliveries = self.store().deliveries(Some(webhook));
            let delivery = deliveries.expect("the store works").remove(0);
            if what(&delivery) {
                return delivery;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{:?}", self.store().deliveries(Some(webhook)));
    }

    /// Waits until an attempt has been answered; gives the time until the next one is due.
    async fn wait_after(&self, webhook: &str, attempt: u32) -> Duration {
        let now = self.database.clock.now();
        let answered =
            |it: &Delivery| it.attempt == attempt && it.error.is_some() && it.due_at > now;
        let delivery = self.until(webhook, answered).await;
        let wait = delivery.due_at.unix_millis() - now.unix_millis();
        Duration::from_millis(wait.try_into().expect("it is due later"))
    }

    async fn stop(self) {
        self.stop.send(()).expect("it is running");
        let ended = self.ended.await.expect("it does not panic");
        ended.expect("the store works");
    }
}

fn with(status: StatusCode, name: axum::http::HeaderName, value: &'static str) -> Response {
    (status, [(name, value)]).into_response()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_is_tried_until_it_arrives_and_is_signed_anew_each_time() {
    let script = vec![
        StatusCode::SERVICE_UNAVAILABLE.into_response(),
        with(StatusCode::TOO_MANY_REQUESTS, RETRY_AFTER, "600"),
        StatusCode::NO_CONTENT.into_response(),
    ];
    let hooks = Hooks::follow(script, Duration::ZERO).await;
    let running = Running::start();
    let (webhook, first) = running.webhook(&hooks);
    let rotated = running.store().rotate(running.project, &webhook);
    let (_, second) = rotated.expect("there is room");
    let second = second.expose();
    running.test(&webhook);

    let clock = running.database.clock.clone();
    let wait = running.wait_after(&webhook, 1).await;
    assert!(wait >= Duration::from_secs(5) && wait <= Duration::from_secs(10));
    clock.advance(wait);
    let wait = running.wait_after(&webhook, 2).await;
    assert_eq!(wait, Duration::from_secs(600));
    // The first secret expires before the third attempt is made.
    let day = Duration::from_secs(24 * 60 * 60);
    clock.advance(day);
    running
        .until(&webhook, |it| it.status == Status::Succeeded)
        .await;

    let received = hooks.received();
    assert_eq!(received.len(), 3);
    for early in &received[..2] {
        early.verify(&[second, &first]);
    }
    received[2].verify(&[second]);
    let header = |name: &str| -> Vec<&str> { received.iter().map(|it| it.header(name)).collect() };
    let times: Vec<u64> = header("anchor-timestamp")
        .iter()
        .map(|time| time.parse().expect("it is a number"))
        .collect();
    assert!(
        times[1] > times[0] && times[2] >= times[1] + day.as_secs(),
        "{times:?}"
    );
    for name in [
        "anchor-delivery-id",
        "anchor-event",
        "user-agent",
        "content-type",
    ] {
        assert!(
            header(name).iter().all(|it| *it == header(name)[0]),
            "{name}"
        );
    }
    assert_eq!(header("user-agent")[0], "Anchor-Webhooks/1.0");
    assert_eq!(header("anchor-event")[0], "task.completed");
    assert!(received.iter().all(|it| it.body == received[0].body));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sixth_attempt_is_the_last() {
    let hooks = Hooks::start(StatusCode::BAD_GATEWAY, Duration::ZERO).await;
    let running = Running::start();
    let (webhook, _) = running.webhook(&hooks);
    running.test(&webhook);
    let mut waits = Vec::new();
    for attempt in 1..6 {
        waits.push(running.wait_after(&webhook, attempt).await);
        running.database.clock.advance(waits[waits.len() - 1]);
    }
    let dead = running
        .until(&webhook, |it| it.status != Status::Pending)
        .await;
    assert_eq!((dead.status, dead.attempt), (Status::Dead, 6));
    assert!(waits.is_sorted(), "{waits:?}");
    running
        .database
        .clock
        .set(Timestamp::from_unix_seconds(4_000_000_000));
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(hooks.received().len(), 6);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_gone_gets_nothing_more() {
    let hooks = Hooks::start(StatusCode::GONE, Duration::ZERO).await;
    let running = Running::start();
    let (webhook, _) = running.webhook(&hooks);
    running.test(&webhook);
    let failed = running
        .until(&webhook, |it| it.status != Status::Pending)
        .await;
    assert_eq!(failed.status, Status::Failed);
    let webhook = running.store().webhook(&webhook).expect("it is there");
    assert!(!webhook.enabled);
    let refused = running.store().publish_test(&webhook.id);
    assert!(matches!(refused, Err(StoreError::Disabled)), "{refused:?}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_a_failure_and_is_not_followed() {
    let elsewhere = Hooks::start(StatusCode::OK, Duration::ZERO).await;
    let location = String::leak(elsewhere.url.clone());
    let script = vec![with(StatusCode::TEMPORARY_REDIRECT, LOCATION, location)];
    let hooks = Hooks::follow(script, Duration::ZERO).await;
    let running = Running::start();
    let (webhook, _) = running.webhook(&hooks);
    running.test(&webhook);
    let failed = running
        .until(&webhook, |it| it.status != Status::Pending)
        .await;
    assert_eq!(failed.status, Status::Failed);
    assert_eq!(failed.response_status, Some(307));
    assert_eq!(elsewhere.received().len(), 0);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_receiver_does_not_hold_up_the_others() {
    let slow = Hooks::start(StatusCode::OK, Duration::from_secs(8)).await;
    let quick = Hooks::start(StatusCode::OK, Duration::ZERO).await;
    let running = Running::start();
    let (slow_webhook, _) = running.webhook(&slow);
    let (quick_webhook, _) = running.webhook(&quick);
    for _ in 0..100 {
        running.test(&slow_webhook);
    }
    running.test(&quick_webhook);
    let start = tokio::time::Instant::now();
    running
        .until(&quick_webhook, |it| it.status == Status::Succeeded)
        .await;
    assert!(
        start.elapsed() < Duration::from_secs(6),
        "{:?}",
        start.elapsed()
    );
    let under_way = slow.received().len();
    assert!((1..=8).contains(&under_way), "{under_way}");
    running.ended.abort();
}
