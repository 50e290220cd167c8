//! Sends what is due, until each delivery has arrived or there is no point in going on.
//!
//! Each delivery is made at least once: one whose outcome could not be recorded is made again, with
//! the same event id, by which a receiver tells. There is one dispatcher for a database.

mod attempt;
mod schedule;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use crate::egress::{Policy, Sender, check_url};
use crate::pause::{self, Point};
use crate::store::{Claimed, Outcome, Store, StoreError};

pub use attempt::{Prepared, prepare};
pub use schedule::{Verdict, judge};

/// How many attempts are made at once.
const CONCURRENCY: usize = 32;

/// How many of them are to one webhook.
const PER_WEBHOOK: u32 = 8;

/// How long to wait before looking again for what is due. Commands of other processes put it there,
/// so nobody tells.
const POLL: Duration = Duration::from_millis(200);

/// Sends the deliveries of a store.
#[derive(Clone)]
pub struct Dispatcher {
    store: Arc<Store>,
    policy: Policy,
    sender: Arc<Sender>,
}

impl Dispatcher {
    /// A dispatcher that sends where the policy allows.
    pub fn new(store: Arc<Store>, policy: Policy, sender: Sender) -> Self {
        let sender = Arc::new(sender);
        Self {
            store,
            policy,
            sender,
        }
    }

    /// Sends until `shutdown` ends, and then finishes the attempts that have begun, which takes 10
    /// seconds at most.
    ///
    /// # Errors
    ///
    /// The attempts of the dispatcher before this one cannot be taken up.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Result<(), StoreError> {
        let recovered = self.store.blocking(Store::recover_deliveries).await?;
        if recovered > 0 {
            tracing::info!(recovered, "attempts that were cut short are made again");
        }
        let mut attempts = JoinSet::new();
        tokio::pin!(shutdown);
        loop {
            for delivery in self.claim(CONCURRENCY.saturating_sub(attempts.len())).await {
                attempts.spawn(self.clone().attempt(delivery));
            }
            tokio::select! {
                () = &mut shutdown => break,
                () = tokio::time::sleep(POLL) => {}
                Some(_) = attempts.join_next(), if !attempts.is_empty() => {}
            }
            while attempts.try_join_next().is_some() {}
        }
        while attempts.join_next().await.is_some() {}
        Ok(())
    }

    /// What is due; nothing while the database fails.
    async fn claim(&self, limit: usize) -> Vec<Claimed> {
        if limit == 0 {
            return Vec::new();
        }
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let claimed = self
            .store
            .blocking(move |store| store.claim(limit, PER_WEBHOOK));
        claimed.await.unwrap_or_else(|error| {
            tracing::error!(%error, "what is due is not known");
            Vec::new()
        })
    }

    /// Makes one attempt and records how it ended.
    async fn attempt(self, delivery: Claimed) {
        let verdict = self.send(&delivery).await;
        pause::at(Point::BeforeRecord);
        let (id, webhook, attempt) = (
            delivery.id.clone(),
            delivery.webhook_id.clone(),
            delivery.attempt,
        );
        let response_status = verdict.response_status;
        let recorded = self.store.blocking(move |store| {
            let error = verdict.error.as_deref();
            store.record(&delivery, verdict.outcome, response_status, error)
        });
        match recorded.await {
            Ok(status) => {
                let status = status.as_str();
                tracing::info!(%id, %webhook, attempt, status, response_status, "attempt");
            }
            Err(error) => tracing::error!(%id, %webhook, attempt, %error, "not recorded"),
        }
    }

    async fn send(&self, delivery: &Claimed) -> Verdict {
        // The rules may have changed since the webhook was made.
        let target = match check_url(&delivery.url, &self.policy) {
            Ok(target) => target,
            Err(refused) => return Verdict::without_answer(Outcome::Failed, &refused),
        };
        let claimed = delivery.clone();
        let prepared = self.store.blocking(move |store| prepare(store, &claimed));
        let answer = match prepared.await {
            Ok(Prepared { headers, body }) => self.sender.post(&target, headers, body).await,
            Err(error) => {
                tracing::error!(id = %delivery.id, %error, "a delivery cannot be signed");
                let at = schedule::retry_at(self.store.now(), delivery.attempt, None);
                return Verdict::without_answer(Outcome::Retry { at }, &"it cannot be signed");
            }
        };
        judge(self.store.now(), delivery.attempt, answer)
    }
}
