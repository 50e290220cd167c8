//! Rotations through the generated client and over HTTP: who may, how many, and many at once.

mod common;

use std::collections::HashSet;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use anchor_webhooks::client::{Client, Error};
use anchor_webhooks::operations::RotateWebhookSecretResponse;
use anchor_webhooks::server;
use anchor_webhooks::types::WebhookWithSecret;
use common::{Database, START};
use rusqlite::Connection;
use tokio::net::TcpListener;
use tokio::sync::Barrier;
use webhook_service::clock::{Clock, Timestamp};
use webhook_service::service::{Keys, Service};
use webhook_service::store::{LIFE_AFTER_ROTATION, MAX_LIVE_SECRETS, Store, StoreError};

const TASKS: usize = 64;

/// Serves a store for as long as the test runs; gives its URL.
async fn serve(store: &Arc<Store>) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.expect("there is a port");
    let address = listener.local_addr().expect("it has an address");
    let app = server::router(Service::new(store.clone()), Keys::new(store.clone()));
    tokio::spawn(async { axum::serve(listener, app).await });
    format!("http://{address}")
}

fn client(url: &str, key: &str) -> Client {
    let builder = Client::builder().base_url(url).api_key(key);
    builder.build().expect("the settings are fine")
}

async fn status(client: &Client, webhook: &str) -> u16 {
    match client.rotate_webhook_secret(webhook).send().await {
        Ok(_) => 200,
        Err(Error::Api(error)) => error.status.as_u16(),
        Err(Error::Unexpected(response)) => response.status.as_u16(),
        Err(error) => panic!("{error}"),
    }
}

fn live(store: &Store, webhook: &str) -> Vec<String> {
    let live = store.live_secrets(webhook).expect("they can be unsealed");
    let texts = live.secrets.iter().map(|it| it.expose().to_owned());
    texts.collect()
}

/// How many secrets of a webhook have no end.
fn current(path: &Path, webhook: &str) -> u32 {
    let connection = Connection::open(path).expect("the file is there");
    let count = connection.query_row(
        "SELECT count(*) FROM secret WHERE webhook_id = ?1 AND expires_at IS NULL",
        [webhook],
        |row| row.get(0),
    );
    count.expect("there is such a table")
}

/// Rotates so many times at once; gives the outcomes in any order.
async fn rotate_at_once(client: &Client, webhook: &str) -> Vec<RotateWebhookSecretResponse> {
    let barrier = Arc::new(Barrier::new(TASKS));
    let tasks = (0..TASKS).map(|_| {
        let (client, webhook) = (client.clone(), webhook.to_owned());
        let barrier = barrier.clone();
        tokio::spawn(async move {
            barrier.wait().await;
            let outcome = client.rotate_webhook_secret(&webhook).send_outcome().await;
            outcome.expect("the document declares it").into_body()
        })
    });
    let mut outcomes = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        outcomes.push(task.await.expect("no task panics"));
    }
    outcomes
}

/// The successes, in the order in which they took place, and the texts of the failures.
fn sort(outcomes: Vec<RotateWebhookSecretResponse>) -> (Vec<WebhookWithSecret>, Vec<String>) {
    let (mut rotated, mut failures) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome {
            RotateWebhookSecretResponse::Ok(webhook) => rotated.push(webhook),
            RotateWebhookSecretResponse::InternalServerError(error) => {
                assert_eq!(error.code, Some(500));
                failures.push(error.error);
            }
            RotateWebhookSecretResponse::NotFound(error) => panic!("{error:?}"),
        }
    }
    rotated.sort_by_key(|webhook| webhook.updated_at);
    (rotated, failures)
}

#[tokio::test]
async fn only_the_project_of_a_webhook_rotates_its_secret() {
    let database = Database::new();
    let (ours, our_key) = database.project();
    let (theirs, their_key) = database.project();
    let (our_webhook, our_secret) = database.webhook(ours);
    let (their_webhook, _) = database.webhook(theirs);
    let url = serve(&database.store).await;

    let ours = client(&url, our_key.expose());
    assert_eq!(status(&ours, &our_webhook).await, 200);
    for id in [their_webhook.as_str(), "wh_unknown", " ", "'--", "wh/../x"] {
        assert_eq!(status(&ours, id).await, 404, "{id}");
    }
    let theirs = client(&url, their_key.expose());
    assert_eq!(status(&theirs, &our_webhook).await, 404);
    for key in ["wrong", "ak_", our_secret.expose()] {
        assert_eq!(status(&client(&url, key), &our_webhook).await, 401, "{key}");
    }
    assert_eq!(live(&database.store, &our_webhook).len(), 2);
    assert_eq!(live(&database.store, &their_webhook).len(), 1);
}

#[tokio::test]
async fn nobody_is_let_in_or_blamed_while_keys_cannot_be_looked_up() {
    let database = Database::new();
    let (project, key) = database.project();
    let (webhook, _) = database.webhook(project);
    let url = serve(&database.store).await;
    let connection = Connection::open(database.path()).expect("the file is there");
    let rename = "ALTER TABLE api_key RENAME TO gone";
    connection.execute_batch(rename).expect("it is renamed");
    for key in [key.expose(), "wrong"] {
        assert_eq!(status(&client(&url, key), &webhook).await, 503);
    }
    assert_eq!(live(&database.store, &webhook).len(), 1);
}

#[tokio::test]
async fn the_answer_is_the_webhook_with_the_newest_secret() {
    let database = Database::new();
    let (project, key) = database.project();
    let (webhook, first) = database.webhook(project);
    let url = serve(&database.store).await;
    database.clock.advance(Duration::from_secs(60));
    let rotated = client(&url, key.expose())
        .rotate_webhook_secret(&webhook)
        .send()
        .await;
    let (public, secret) = rotated.expect("it is rotated").into_parts();
    assert_eq!(
        public,
        database.store.webhook(&webhook).expect("it is there")
    );
    assert_eq!(public.created_at, START.date_time());
    assert_eq!(public.updated_at, database.clock.now().date_time());
    assert_eq!(
        live(&database.store, &webhook),
        [secret.expose(), first.expose()]
    );
}

#[test]
fn a_day_ends_at_its_last_millisecond() {
    let database = Database::new();
    let (project, _) = database.project();
    let (webhook, first) = database.webhook(project);
    let rotated = database.store.rotate(project, &webhook);
    let (_, second) = rotated.expect("it is rotated");

    let end = START.plus(LIFE_AFTER_ROTATION);
    database
        .clock
        .set(Timestamp::from_unix_millis(end.unix_millis() - 1));
    assert_eq!(
        live(&database.store, &webhook),
        [second.expose(), first.expose()]
    );
    database.clock.set(end);
    assert_eq!(live(&database.store, &webhook), [second.expose()]);
    assert_eq!(LIFE_AFTER_ROTATION, Duration::from_secs(86_400));
}

#[test]
fn the_ninth_secret_waits_for_the_first_to_expire() {
    let database = Database::new();
    let (project, _) = database.project();
    let (webhook, _) = database.webhook(project);
    for _ in 1..MAX_LIVE_SECRETS {
        let rotated = database.store.rotate(project, &webhook);
        rotated.expect("there is room");
        database.clock.advance(Duration::from_secs(1));
    }
    let before = live(&database.store, &webhook);
    let end = START.plus(LIFE_AFTER_ROTATION);
    match database.store.rotate(project, &webhook) {
        Err(StoreError::TooManySecrets { until }) => assert_eq!(until, end),
        other => panic!("{other:?}"),
    }
    assert_eq!(live(&database.store, &webhook), before);
    database.clock.set(end);
    let rotated = database.store.rotate(project, &webhook);
    rotated.expect("there is room again");
}

#[tokio::test]
async fn a_failure_of_the_database_says_nothing_about_it() {
    let database = Database::new();
    let (project, key) = database.project();
    let (webhook, _) = database.webhook(project);
    let connection = Connection::open(database.path()).expect("the file is there");
    let renamed = connection.execute_batch("ALTER TABLE secret RENAME TO elsewhere");
    renamed.expect("nobody holds the table");
    let url = serve(&database.store).await;
    let client = client(&url, key.expose());
    match client.rotate_webhook_secret(&webhook).send().await {
        Err(Error::Api(error)) => {
            assert_eq!(error.status, 500);
            assert_eq!(error.body.error, "The secret was not rotated.");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_rotations_at_once_seven_have_room() {
    for _ in 0..4 {
        let database = Database::new();
        let (project, key) = database.project();
        let (webhook, first) = database.webhook(project);
        let url = serve(&database.store).await;
        let client = client(&url, key.expose());
        let (rotated, failures) = sort(rotate_at_once(&client, &webhook).await);

        assert_eq!(rotated.len(), 7);
        assert_eq!(failures.len(), TASKS - 7);
        let text = "The secret was not rotated: 8 secrets are valid, the most there can be; \
                    the first of them expires at 2024-05-25T09:48:04.000Z.";
        assert!(
            failures.iter().all(|failure| failure == text),
            "{failures:?}"
        );
        let given = rotated.iter().map(|it| it.secret.expose());
        let given: HashSet<_> = given.chain([first.expose()]).collect();
        assert_eq!(given.len(), 8, "two secrets are alike");
        let live = live(&database.store, &webhook);
        assert_eq!(
            live.iter().map(String::as_str).collect::<HashSet<_>>(),
            given
        );
        assert_eq!(live.last().map(String::as_str), Some(first.expose()));
        assert_eq!(current(&database.path(), &webhook), 1);
    }
}

/// A clock that goes on by four hours each time that somebody looks.
struct March(AtomicI64);

impl Clock for March {
    fn now(&self) -> Timestamp {
        let four_hours = 4 * 60 * 60 * 1000;
        Timestamp::from_unix_millis(self.0.fetch_add(four_hours, Ordering::SeqCst))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_rotations_over_days_all_have_room() {
    for _ in 0..4 {
        let folder = common::folder();
        let path = folder.path().join("db");
        let store = common::open(&path, Arc::new(March(AtomicI64::new(START.unix_millis()))));
        let (project, key) = store.create_project("Test").expect("a project is made");
        let created = store.create_webhook(&common::new_webhook(project));
        let (webhook, first) = created.expect("a webhook is made");
        let url = serve(&store).await;
        let client = client(&url, key.expose());
        let (rotated, failures) = sort(rotate_at_once(&client, &webhook.id).await);

        assert_eq!(failures, Vec::<String>::new());
        let given = rotated.iter().map(|it| it.secret.expose());
        let given: Vec<_> = [first.expose()].into_iter().chain(given).collect();
        assert_eq!(given.iter().collect::<HashSet<_>>().len(), TASKS + 1);
        // The one that is asked for here is four hours later than the last rotation, so that the
        // current secret and the five before it are in their lives.
        let expected: Vec<_> = given.iter().rev().take(6).copied().collect();
        assert_eq!(live(&store, &webhook.id), expected);
        assert_eq!(current(&path, &webhook.id), 1);
    }
}

#[test]
fn processes_that_share_the_file_take_turns() {
    let database = Database::new();
    let (project, _) = database.project();
    // What processes share is the file, and these share no more.
    let open = |_| common::open(&database.path(), database.clock.clone());
    let stores: Vec<_> = (0..8).map(open).collect();
    for _ in 0..20 {
        let (webhook, _) = database.webhook(project);
        let barrier = std::sync::Barrier::new(stores.len());
        let rotations = std::thread::scope(|scope| {
            let rotate = |store: &Store| {
                barrier.wait();
                store.rotate(project, &webhook)
            };
            let threads = stores
                .iter()
                .map(|store| scope.spawn(move || rotate(store)));
            let threads: Vec<_> = threads.collect();
            let joined = threads.into_iter().map(|thread| thread.join());
            joined.collect::<Result<Vec<_>, _>>()
        });
        let rotations = rotations.expect("no thread panics");
        let refused = |it: &&Result<_, _>| matches!(it, Err(StoreError::TooManySecrets { .. }));
        assert_eq!(rotations.iter().filter(|it| it.is_ok()).count(), 7);
        assert_eq!(rotations.iter().filter(refused).count(), 1);
        assert_eq!(live(&database.store, &webhook).len(), 8);
        assert_eq!(current(&database.path(), &webhook), 1);
    }
}
