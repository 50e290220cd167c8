//! The program is killed where it hurts most, and started again.

mod common;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use axum::http::StatusCode;
use common::hooks::Hooks;
use common::program::{Program, Server, eventually};
use webhook_service::store::{Delivery, Status};

const NOTHING: Duration = Duration::ZERO;

fn live(program: &Program, webhook: &str) -> Vec<String> {
    let live = program.store().live_secrets(webhook);
    let live = live.expect("they can be unsealed").secrets;
    live.iter().map(|it| it.expose().to_owned()).collect()
}

fn deliveries(program: &Program) -> Vec<Delivery> {
    let deliveries = program.store().deliveries(None);
    deliveries.expect("the database is whole")
}

fn all(program: &Program, status: Status) -> Option<()> {
    let deliveries = deliveries(program);
    let all = deliveries.iter().all(|delivery| delivery.status == status);
    all.then_some(())
}

async fn rotate(server: &Server, key: &str, webhook: &str) -> String {
    let client = server.client(key);
    let rotated = client.rotate_webhook_secret(webhook).send().await;
    let rotated = rotated.expect("it is rotated");
    rotated.secret.expose().to_owned()
}

/// Waits without holding up the receiver, which runs on the same threads.
async fn wait<T: Send + 'static>(
    what: &'static str,
    look: impl FnMut() -> Option<T> + Send + 'static,
) -> T {
    let waiting = tokio::task::spawn_blocking(move || eventually(what, look));
    waiting.await.expect("it does not panic")
}

/// Kills a server in a rotation, and holds what is left to the promise: the secrets that were known
/// are still there, and `orphans` that nobody was given. Gives those.
async fn kill_in_rotation(point: &str, orphans: usize) {
    let hooks = Hooks::start(StatusCode::OK, NOTHING).await;
    let program = Program::new();
    let (project, key) = program.project();
    let (webhook, first) = program.webhook(&project, &hooks.url);

    let server = program.serve(&[("WEBHOOK_SERVICE_PAUSE_AT", point)]);
    let client = server.client(&key);
    let call = tokio::spawn({
        let webhook = webhook.clone();
        async move { client.rotate_webhook_secret(&webhook).send().await }
    });
    let paused = format!("paused {point}");
    eventually(&paused, || server.log().contains(&paused).then_some(()));
    let log = server.kill();
    assert!(!log.contains("ERROR"), "{log}");
    let answer = call.await.expect("it does not panic");
    assert!(answer.is_err(), "nobody was given the secret");

    let left = live(&program, &webhook);
    assert_eq!(left.len(), 1 + orphans, "{point}");
    assert_eq!(left.last(), Some(&first), "{point}");

    // Whoever has no answer asks again, and gets a secret that nobody has seen.
    let server = program.serve(&[]);
    let second = rotate(&server, &key, &webhook).await;
    assert!(!left.contains(&second), "{point}: a secret is shown twice");
    let expected: Vec<_> = [second].into_iter().chain(left).collect();
    assert_eq!(live(&program, &webhook), expected, "{point}");

    program.stdout(&["webhook", "test", &webhook]);
    let receiver = hooks.clone();
    let received = wait("a delivery", move || receiver.received().pop()).await;
    received.verify(&expected.iter().map(String::as_str).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_that_is_killed_before_the_mint_has_not_been() {
    kill_in_rotation("before-mint", 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_that_is_killed_before_the_commit_has_not_been() {
    kill_in_rotation("before-commit", 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_that_is_killed_before_the_answer_takes_nothing_away() {
    kill_in_rotation("after-commit", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_that_was_answered_outlives_the_server() {
    let program = Program::new();
    let (project, key) = program.project();
    let (webhook, first) = program.webhook(&project, "https://example.com/hooks");
    let mut given = vec![first];
    for _ in 0..5 {
        let server = program.serve(&[]);
        given.insert(0, rotate(&server, &key, &webhook).await);
        server.kill();
        assert_eq!(live(&program, &webhook), given);
    }
    assert_eq!(given.iter().collect::<HashSet<_>>().len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_whose_outcome_was_not_recorded_is_made_again() {
    let hooks = Hooks::start(StatusCode::OK, NOTHING).await;
    let program = Program::new();
    let (project, _) = program.project();
    let (webhook, secret) = program.webhook(&project, &hooks.url);
    program.stdout(&["webhook", "test", &webhook]);

    let server = program.serve(&[("WEBHOOK_SERVICE_PAUSE_AT", "before-record")]);
    let paused = "paused before-record";
    eventually(paused, || server.log().contains(paused).then_some(()));
    server.kill();
    assert_eq!(hooks.received().len(), 1);
    assert_eq!(all(&program, Status::Pending), Some(()));

    let server = program.serve(&[]);
    eventually("the second attempt", || all(&program, Status::Succeeded));
    server.kill();
    assert_eq!(deliveries(&program)[0].attempt, 2);
    let received = hooks.received();
    assert_eq!(received.len(), 2);
    for received in &received {
        received.verify(&[&secret]);
    }
    assert_eq!(received[0].body, received[1].body);
    let id = |at: usize| received[at].header("anchor-delivery-id");
    assert_eq!(id(0), id(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_delivery_is_lost_however_often_the_server_is_killed() {
    const EVENTS: usize = 200;
    let hooks = Hooks::start(StatusCode::OK, Duration::from_millis(100)).await;
    let program = Program::new();
    let (project, key) = program.project();
    let (webhook, first) = program.webhook(&project, &hooks.url);
    let store = program.store();
    let published = (0..EVENTS).map(|_| store.publish_test(&webhook));
    let published: HashSet<_> = published.collect::<Result<_, _>>().expect("it is enabled");

    let mut secrets = vec![first];
    for seen in [10, 60, 120] {
        let server = program.serve(&[]);
        secrets.insert(0, rotate(&server, &key, &webhook).await);
        let receiver = hooks.clone();
        let enough = move || (receiver.received().len() >= seen).then_some(());
        wait("some deliveries", enough).await;
        server.kill();
    }
    let cut_short = deliveries(&program);
    let cut_short = cut_short
        .iter()
        .filter(|it| it.status == Status::Pending && it.attempt > 0);
    assert!(cut_short.count() > 0, "nothing was under way");

    let server = program.serve(&[]);
    let (program, _) = tokio::task::spawn_blocking(move || {
        eventually("the rest", || all(&program, Status::Succeeded));
        (program, server.stop())
    })
    .await
    .expect("it does not panic");
    let by_event = hooks.by_event();
    assert_eq!(by_event.keys().cloned().collect::<HashSet<_>>(), published);
    let attempts: HashMap<_, _> = deliveries(&program)
        .into_iter()
        .map(|delivery| (delivery.event_id, delivery.attempt as usize))
        .collect();
    for (event, received) in &by_event {
        assert!(received.len() <= attempts[event], "{event}");
        let ids = received.iter().map(|it| it.header("anchor-delivery-id"));
        assert_eq!(ids.collect::<HashSet<_>>().len(), 1, "{event}");
        for received in received {
            // Each was signed with the secrets that there were then.
            let signatures = received.header("anchor-signature").matches("v1=").count();
            let then = &secrets[secrets.len() - signatures..];
            received.verify(&then.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_told_to_stop_finishes_what_it_has_begun() {
    let hooks = Hooks::start(StatusCode::OK, Duration::from_secs(2)).await;
    let program = Program::new();
    let (project, _) = program.project();
    let (webhook, _) = program.webhook(&project, &hooks.url);
    program.stdout(&["webhook", "test", &webhook]);
    let server = program.serve(&[]);
    let receiver = hooks.clone();
    wait("the attempt", move || receiver.received().pop()).await;
    let stopped = tokio::task::spawn_blocking(move || server.stop());
    let (status, log) = stopped.await.expect("it does not panic");
    assert!(status.success(), "{status}: {log}");
    assert_eq!(all(&program, Status::Succeeded), Some(()));
    assert_eq!(hooks.received().len(), 1);
}
