//! A search of all that the service leaves behind or says, for what it must not tell; and what
//! happens to sealed secrets that somebody moved.

mod common;

use std::fs;
use std::time::Duration;

use anchor_webhooks::client::Error;
use axum::http::StatusCode;
use common::hooks::Hooks;
use common::program::{Program, eventually};
use common::{Database, KEY};
use rusqlite::Connection;
use webhook_service::dispatch::prepare;
use webhook_service::store::{SealingKey, Status, StoreError};

/// The forms in which a secret of hexadecimal digits could stand somewhere.
fn forms(secret: &str) -> Vec<Vec<u8>> {
    let digits = secret.trim_start_matches("ak_");
    let bytes = hex::decode(digits).expect("it is hexadecimal");
    let reversed = bytes.iter().rev().copied().collect();
    vec![
        digits.as_bytes().to_vec(),
        digits.to_uppercase().into_bytes(),
        // A part of it would be too much as well.
        digits.as_bytes()[..24].to_vec(),
        digits.as_bytes()[40..].to_vec(),
        format!("{bytes:?}").into_bytes(),
        bytes,
        reversed,
    ]
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

/// The secrets that can be found in a place.
fn found<'a>(place: &[u8], secrets: &'a [String]) -> Vec<&'a str> {
    let shows = |secret: &&String| forms(secret).iter().any(|form| contains(place, form));
    secrets.iter().filter(shows).map(String::as_str).collect()
}

#[test]
fn the_search_finds_what_is_there() {
    let secret = "36da51b166a69268a59a8d5ee0b32c9f5e5aaee7d301c7a5a36844318e116fc6".to_owned();
    for form in forms(&secret) {
        let place = [b"before ", &form[..], b" after"].concat();
        assert_eq!(found(&place, std::slice::from_ref(&secret)), [&secret]);
    }
    assert_eq!(found(b"nothing", &[secret]), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_left_anywhere() {
    let hooks = Hooks::start(StatusCode::OK, Duration::ZERO).await;
    let failing = Hooks::start(StatusCode::INTERNAL_SERVER_ERROR, Duration::ZERO).await;
    let program = Program::new();
    let (project, key) = program.project();
    let (webhook, first) = program.webhook(&project, &hooks.url);
    let (other, second) = program.webhook(&project, &failing.url);
    let mut secrets = vec![KEY.to_owned(), key.clone(), first, second];
    let mut said = Vec::new();

    let server = program.serve(&[("WEBHOOK_SERVICE_LOG", "trace")]);
    let client = server.client(&key);
    // Seven of these have room, and the rest are errors.
    for _ in 0..10 {
        match client.rotate_webhook_secret(&webhook).send().await {
            Ok(rotated) => {
                said.push(format!("{rotated:?}"));
                secrets.push(rotated.secret.expose().to_owned());
            }
            Err(error @ Error::Api(_)) => said.push(format!("{error:?} {error}")),
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(secrets.len(), 4 + 7);
    // A secret in place of a key, or of an id, is not repeated by the answer or the log.
    let secret = secrets[4].clone();
    for (key, id) in [(secret.as_str(), "wh_1"), (&key, &secret)] {
        let client = server.client(key);
        let answer = client.rotate_webhook_secret(id).send().await;
        said.push(match answer {
            Err(Error::Api(error)) => format!("{:?}", error.body),
            Err(Error::Unexpected(response)) => format!("{:?}", response.body),
            other => panic!("{other:?}"),
        });
    }
    for id in [&webhook, &other] {
        said.push(program.stdout(&["webhook", "test", id]));
        said.push(program.stdout(&["webhook", "show", id]));
    }
    eventually("both attempts", || {
        let deliveries = program.store().deliveries(None).expect("it is whole");
        let answered = deliveries.iter().filter(|it| it.response_status.is_some());
        (answered.count() == 2).then_some(())
    });
    said.push(program.stdout(&["webhook", "list"]));
    said.push(program.stdout(&["events"]));
    said.push(program.failure(&["webhook", "show", &secret]));

    let mut files = Vec::new();
    let mut read = |when: &str| {
        for ending in ["", "-wal", "-shm", ".lock"] {
            let path = format!("{}{ending}", program.path().display());
            if let Ok(bytes) = fs::read(&path) {
                files.push((format!("{when}{ending}"), bytes));
            }
        }
    };
    read("db, running");
    let (_, log) = server.stop();
    read("db, stopped");
    assert!(
        files
            .iter()
            .any(|(name, bytes)| name.ends_with("-wal") && !bytes.is_empty())
    );
    assert!(
        files
            .iter()
            .any(|(_, bytes)| contains(bytes, webhook.as_bytes()))
    );
    assert!(log.contains(&webhook), "{log}");

    said.push(log);
    for text in &said {
        assert_eq!(found(text.as_bytes(), &secrets), [""; 0], "{text}");
    }
    for (name, bytes) in &files {
        assert_eq!(found(bytes, &secrets), [""; 0], "{name}");
    }
    // What a receiver gets has signatures, and none of what they are made with.
    for received in hooks.received().iter().chain(&failing.received()) {
        let all = format!("{:?} {:?}", received.headers, received.body);
        assert_eq!(found(all.as_bytes(), &secrets), [""; 0], "{all}");
    }
}

#[test]
fn debug_shows_no_secret() {
    let database = Database::new();
    let (project, key) = database.project();
    let (webhook, secret) = database.webhook(project);
    let live = database
        .store
        .live_secrets(&webhook)
        .expect("they are there");
    let rotated = database.store.rotate(project, &webhook);
    let rotated = rotated.expect("there is room");
    let sealing = SealingKey::parse(KEY).expect("it is a key");
    let shown = format!("{key:?} {secret:?} {live:?} {rotated:?} {sealing:?}");
    assert_eq!(shown.matches("[redacted]").count(), 5, "{shown}");
    let secrets = [key.expose(), secret.expose(), rotated.1.expose(), KEY].map(str::to_owned);
    assert_eq!(found(shown.as_bytes(), &secrets), [""; 0], "{shown}");
}

/// Changes the database as somebody who has the file and not the key.
fn tamper(database: &Database, sql: &str) {
    let connection = Connection::open(database.path()).expect("the file is there");
    connection.execute_batch(sql).expect("it is valid");
}

/// Two rows exchange what is sealed in them.
const SWAP: &str = "
    CREATE TEMP TABLE old AS SELECT position, sealed FROM secret;
    UPDATE secret SET sealed = (SELECT sealed FROM old WHERE old.position <> secret.position);
";

#[test]
fn a_sealed_secret_opens_in_no_other_row() {
    // Of one webhook, and of two.
    for rotate in [true, false] {
        let database = Database::new();
        let (project, _) = database.project();
        let (webhook, _) = database.webhook(project);
        if rotate {
            database
                .store
                .rotate(project, &webhook)
                .expect("there is room");
        } else {
            database.webhook(project);
        }
        assert!(database.store.live_secrets(&webhook).is_ok());
        tamper(&database, SWAP);
        let refused = database.store.live_secrets(&webhook);
        assert!(
            matches!(refused, Err(StoreError::Unsealable(_))),
            "{refused:?}"
        );
        tamper(&database, SWAP);
        assert!(
            database.store.live_secrets(&webhook).is_ok(),
            "back in place"
        );
    }
}

#[test]
fn a_row_that_is_moved_to_another_webhook_does_not_open_there() {
    let database = Database::new();
    let (project, _) = database.project();
    let (ours, _) = database.webhook(project);
    let (theirs, _) = database.webhook(project);
    tamper(
        &database,
        &format!(
            "UPDATE secret SET expires_at = 9000000000000, webhook_id = '{theirs}' \
             WHERE webhook_id = '{ours}'"
        ),
    );
    let refused = database.store.live_secrets(&theirs);
    assert!(
        matches!(refused, Err(StoreError::Unsealable(_))),
        "{refused:?}"
    );
}

#[test]
fn nothing_is_sent_that_cannot_be_signed() {
    let database = Database::new();
    let (project, _) = database.project();
    let (webhook, _) = database.webhook(project);
    database
        .store
        .publish_test(&webhook)
        .expect("it is enabled");
    tamper(&database, "UPDATE secret SET sealed = zeroblob(104)");
    let claimed = database.store.claim(1, 1).expect("the store works");
    let prepared = prepare(&database.store, &claimed[0]);
    assert!(
        matches!(prepared, Err(StoreError::Unsealable(_))),
        "{prepared:?}"
    );
    let deliveries = database.store.deliveries(None).expect("the store works");
    assert_eq!(deliveries[0].status, Status::Pending);
}
