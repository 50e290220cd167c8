//! What several tests need: a database of their own, and the program itself.

#![allow(dead_code, reason = "each test uses some of it")]

pub(crate) mod hooks;
pub(crate) mod program;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anchor_webhooks::types::WebhookEventType;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tempfile::TempDir;
use uuid::Uuid;
use webhook_service::clock::{Clock, Timestamp, VirtualClock};
use webhook_service::secret::{ApiKey, SigningSecret};
use webhook_service::store::{NewWebhook, SealingKey, Store};

/// The key that databases of tests are sealed with.
pub(crate) const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// Any moment will do, and this one is a known answer's.
pub(crate) const START: Timestamp = Timestamp::from_unix_millis(1_716_544_084_000);

/// A folder in memory where there is one, so that no test waits for a disk.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .expect("there is room for files")
}

/// A store on a file, with a clock that a test sets.
pub(crate) struct Database {
    folder: TempDir,
    pub(crate) clock: Arc<VirtualClock>,
    pub(crate) store: Arc<Store>,
}

impl Database {
    pub(crate) fn new() -> Self {
        let folder = folder();
        let clock = Arc::new(VirtualClock::new(START));
        let store = open(&folder.path().join("db"), clock.clone());
        Self {
            folder,
            clock,
            store,
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("db")
    }

    /// Closes the database and opens it again, as a new process would.
    pub(crate) fn reopen(&mut self) {
        self.store = open(&self.path(), self.clock.clone());
    }

    pub(crate) fn project(&self) -> (Uuid, ApiKey) {
        let project = self.store.create_project("Test");
        project.expect("a project is made")
    }

    pub(crate) fn webhook(&self, project: Uuid) -> (String, SigningSecret) {
        let (webhook, secret) = self
            .store
            .create_webhook(&new_webhook(project))
            .expect("a webhook is made");
        (webhook.id, secret)
    }
}

/// Opens a database with the key of all tests.
pub(crate) fn open(path: &Path, clock: Arc<dyn Clock>) -> Arc<Store> {
    let key = SealingKey::parse(KEY).expect("it is a key");
    Arc::new(Store::open(path, key, clock).expect("the database opens"))
}

pub(crate) fn new_webhook(project: Uuid) -> NewWebhook {
    NewWebhook {
        project,
        url: "https://example.com/hooks".to_owned(),
        description: None,
        subscribed_events: vec![WebhookEventType::TaskCompleted],
    }
}

/// The signature as the document of the service describes it, by none of the service's own code.
pub(crate) fn expected_signature(secret: &str, timestamp: u64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any key will do");
    mac.update(format!("v0:{timestamp}:").as_bytes());
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}
