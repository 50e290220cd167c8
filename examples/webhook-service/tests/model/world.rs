//! The model: what the owners of webhooks were told, and what must follow from it.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use crate::common::{Database, expected_signature};
use anchor_webhooks::types::WebhookEventType;
use http::StatusCode;
use serde_json::json;
use uuid::Uuid;
use webhook_service::clock::{Clock, Timestamp};
use webhook_service::dispatch::{judge, prepare};
use webhook_service::egress::{Answer, SendError};
use webhook_service::signature::Verifier;
use webhook_service::store::{Claimed, MAX_ATTEMPTS, Status, StoreError};

use crate::Step;

pub(crate) const WEBHOOKS: usize = 2;

/// A secret that somebody was given.
struct Given {
    secret: String,
    expires_at: Option<Timestamp>,
}

/// What is known of a webhook by its owner.
struct Webhook {
    id: String,
    /// All secrets ever, in the order in which they were given.
    secrets: Vec<Given>,
    enabled: bool,
    /// The deliveries by event: what has become of each, and how many attempts were seen.
    deliveries: BTreeMap<String, (Status, u32)>,
}

impl Webhook {
    /// The secrets that were promised to be valid, the newest first.
    fn live(&self, now: Timestamp) -> Vec<&Given> {
        let live = |given: &&Given| given.expires_at.is_none_or(|expiry| now < expiry);
        self.secrets.iter().rev().filter(live).collect()
    }
}

/// What is known by whoever owns the webhooks and runs the service, beside the service.
pub(crate) struct Model {
    database: Database,
    project: Uuid,
    webhooks: Vec<Webhook>,
    given: HashSet<String>,
}

impl Model {
    pub(crate) fn new() -> Self {
        let database = Database::new();
        let (project, _) = database.project();
        let mut given = HashSet::new();
        let webhooks = (0..WEBHOOKS).map(|_| {
            let (id, secret) = database.webhook(project);
            let secret = secret.expose().to_owned();
            assert!(given.insert(secret.clone()), "a secret is given twice");
            let secrets = vec![Given {
                secret,
                expires_at: None,
            }];
            Webhook {
                id,
                secrets,
                enabled: true,
                deliveries: BTreeMap::new(),
            }
        });
        let webhooks = webhooks.collect();
        Self {
            database,
            project,
            webhooks,
            given,
        }
    }

    fn now(&self) -> Timestamp {
        self.database.clock.now()
    }

    fn advance(&self, millis: i64) {
        let to = self.now().unix_millis() + millis.max(0);
        self.database.clock.set(Timestamp::from_unix_millis(to));
    }

    /// Lets something happen, and compares.
    pub(crate) fn take(&mut self, step: &Step) {
        match *step {
            Step::Rotate(webhook) => self.rotate(webhook),
            Step::Advance(millis) => self.advance(millis),
            Step::AdvanceToExpiry(offset) => {
                let now = self.now();
                let secrets = self.webhooks.iter().flat_map(|webhook| &webhook.secrets);
                let expiries = secrets.filter_map(|given| given.expires_at);
                if let Some(next) = expiries.filter(|expiry| *expiry > now).min() {
                    self.advance(next.unix_millis() - now.unix_millis() + offset);
                }
            }
            Step::Publish => self.publish(),
            Step::Test(webhook) => self.test(webhook),
            Step::Deliver(status) => {
                let mut claimed = self.claim();
                while let Some(delivery) = claimed.pop() {
                    self.record(&delivery, status, &claimed);
                }
            }
            Step::Crash => {
                self.claim();
                self.restart();
            }
            Step::Restart => self.restart(),
            Step::DisableUnderWay(webhook) => {
                let mut claimed = self.claim();
                self.set_enabled(webhook, false, &claimed);
                while let Some(delivery) = claimed.pop() {
                    self.record(&delivery, None, &claimed);
                }
            }
            Step::SetEnabled(webhook, enabled) => self.set_enabled(webhook, enabled, &[]),
        }
        self.compare();
    }

    fn rotate(&mut self, webhook: usize) {
        let now = self.now();
        let webhook = &mut self.webhooks[webhook];
        let live = webhook.live(now);
        let full = live.len() >= 8;
        let first = live.iter().filter_map(|given| given.expires_at).min();
        match self.database.store.rotate(self.project, &webhook.id) {
            Ok((_, secret)) => {
                assert!(!full, "a ninth secret is valid");
                let secret = secret.expose().to_owned();
                assert!(self.given.insert(secret.clone()), "a secret is given twice");
                let current = webhook.secrets.last_mut().expect("there always is one");
                current.expires_at = Some(now.plus(Duration::from_secs(24 * 60 * 60)));
                webhook.secrets.push(Given {
                    secret,
                    expires_at: None,
                });
            }
            Err(StoreError::TooManySecrets { until }) => {
                assert!(full, "{} secrets are too many", live.len());
                assert_eq!(Some(until), first);
            }
            Err(error) => panic!("{error}"),
        }
    }

    fn publish(&mut self) {
        let event_type = WebhookEventType::TaskCompleted;
        let published = self
            .database
            .store
            .publish(self.project, &event_type, &json!({}));
        let (event, count) = published.expect("the event is published");
        let enabled = self.webhooks.iter_mut().filter(|webhook| webhook.enabled);
        let told = enabled.map(|webhook| {
            let known = webhook
                .deliveries
                .insert(event.clone(), (Status::Pending, 0));
            assert_eq!(known, None);
        });
        assert_eq!(told.count(), count);
    }

    fn test(&mut self, webhook: usize) {
        let webhook = &mut self.webhooks[webhook];
        match self.database.store.publish_test(&webhook.id) {
            Ok(event) => {
                assert!(webhook.enabled);
                webhook.deliveries.insert(event, (Status::Pending, 0));
            }
            Err(StoreError::Disabled) => assert!(!webhook.enabled),
            Err(error) => panic!("{error}"),
        }
    }

    fn set_enabled(&mut self, webhook: usize, enabled: bool, under_way: &[Claimed]) {
        let webhook = &mut self.webhooks[webhook];
        let set = self.database.store.set_enabled(&webhook.id, enabled);
        set.expect("the webhook is there");
        if enabled {
            webhook.enabled = true;
        } else {
            let id = webhook.id.clone();
            self.gone(&id, under_way);
        }
    }

    /// Takes what is due, and holds what would be sent to the promise.
    fn claim(&mut self) -> Vec<Claimed> {
        let now = self.now();
        let claimed = self
            .database
            .store
            .claim(1000, 1000)
            .expect("the store works");
        for delivery in &claimed {
            let event = event_id(delivery);
            let webhook = self.webhook(&delivery.webhook_id);
            let known = webhook.deliveries.get_mut(&event);
            let (status, attempts) = known.expect("it was published");
            assert_eq!(*status, Status::Pending, "it is sent when it is over");
            *attempts += 1;
            assert_eq!(*attempts, delivery.attempt);
            assert!(*attempts <= MAX_ATTEMPTS);
            let webhook = self.webhook(&delivery.webhook_id);
            let live: Vec<_> = webhook
                .live(now)
                .iter()
                .map(|it| it.secret.clone())
                .collect();
            self.verify(delivery, now, &live);
        }
        claimed
    }

    /// Every secret in its life verifies, in order, and there is no other signature.
    fn verify(&self, delivery: &Claimed, now: Timestamp, live: &[String]) {
        let prepared = prepare(&self.database.store, delivery).expect("it can be signed");
        let header = |name| {
            let value = prepared.headers.get(name).expect(name);
            value.to_str().expect("it is ASCII")
        };
        let timestamp = now.unix_seconds();
        assert_eq!(header("anchor-timestamp"), timestamp.to_string());
        let mut expected = format!("t={timestamp}");
        for secret in live {
            let signature = expected_signature(secret, timestamp, &prepared.body);
            expected.push_str(",v1=");
            expected.push_str(&signature);
        }
        assert_eq!(header("anchor-signature"), expected);
        // The library for receivers comes to the same, for each secret that was ever given.
        for secret in &self.given {
            let verifier = Verifier::new([secret]).expect("it is a secret");
            let (signature, time) = (header("anchor-signature"), header("anchor-timestamp"));
            let verified = verifier.verify(signature, time, &prepared.body, timestamp);
            assert_eq!(verified.is_ok(), live.contains(secret), "{verified:?}");
        }
    }

    /// Lets an attempt end, while others are still under way.
    fn record(&mut self, delivery: &Claimed, status: Option<u16>, under_way: &[Claimed]) {
        let answer = status.map(|status| Answer {
            status: StatusCode::from_u16(status).expect("it is a status"),
            retry_after: None,
        });
        let verdict = judge(
            self.now(),
            delivery.attempt,
            answer.ok_or(SendError::Timeout),
        );
        let recorded = self.database.store.record(
            delivery,
            verdict.outcome,
            verdict.response_status,
            verdict.error.as_deref(),
        );
        let webhook = self.webhook(&delivery.webhook_id);
        let expected = match status {
            Some(200) => Status::Succeeded,
            Some(404 | 410) => Status::Failed,
            _ if !webhook.enabled => Status::Failed,
            _ if delivery.attempt == 6 => Status::Dead,
            _ => Status::Pending,
        };
        assert_eq!(recorded.expect("the store works"), expected);
        let known = webhook.deliveries.get_mut(&event_id(delivery));
        known.expect("it was published").0 = expected;
        if status == Some(410) {
            self.gone(&delivery.webhook_id, under_way);
        }
    }

    /// The receiver wants nothing more; attempts that are under way go on.
    fn gone(&mut self, webhook_id: &str, under_way: &[Claimed]) {
        // The same event may be under way to another webhook.
        let under_way = under_way.iter().filter(|it| it.webhook_id == webhook_id);
        let under_way: HashSet<_> = under_way.map(event_id).collect();
        let webhook = self.webhook(webhook_id);
        webhook.enabled = false;
        for (event, (status, _)) in &mut webhook.deliveries {
            if *status == Status::Pending && !under_way.contains(event) {
                *status = Status::Failed;
            }
        }
    }

    fn restart(&mut self) {
        self.database.reopen();
        let recovered = self.database.store.recover_deliveries();
        recovered.expect("the store works");
        // Attempts that were cut short count.
        for webhook in &mut self.webhooks {
            for (status, attempts) in webhook.deliveries.values_mut() {
                if *status == Status::Pending && *attempts >= 6 {
                    *status = Status::Dead;
                }
            }
        }
    }

    /// Holds what the store says about deliveries to what was seen of them: none is lost.
    fn compare(&self) {
        for webhook in &self.webhooks {
            let stored = self.database.store.deliveries(Some(&webhook.id));
            let stored: BTreeMap<_, _> = stored
                .expect("the store works")
                .into_iter()
                .map(|it| (it.event_id, (it.status, it.attempt)))
                .collect();
            assert_eq!(stored, webhook.deliveries);
        }
    }

    /// Sends all that is left. Each wait is at most an hour, so six rounds are enough.
    pub(crate) fn finish(&mut self) {
        for _ in 0..MAX_ATTEMPTS {
            self.take(&Step::Advance(60 * 60 * 1000));
            self.take(&Step::Deliver(None));
        }
        for webhook in &self.webhooks {
            for (event, (status, _)) in &webhook.deliveries {
                assert_ne!(*status, Status::Pending, "{event} is stuck");
            }
        }
    }

    fn webhook(&mut self, id: &str) -> &mut Webhook {
        let found = self.webhooks.iter_mut().find(|webhook| webhook.id == id);
        found.expect("there is no other webhook")
    }
}

fn event_id(delivery: &Claimed) -> String {
    let body: serde_json::Value = serde_json::from_slice(&delivery.body).expect("it is JSON");
    body["id"].as_str().expect("it has an id").to_owned()
}
