//! Deliveries: one event on its way to one webhook, over as many attempts as it takes.

use rusqlite::{Connection, Row};

use super::{Store, StoreError, id, webhooks};
use crate::clock::Timestamp;

/// The most attempts to deliver.
pub const MAX_ATTEMPTS: u32 = 6;

/// What is due at `?1`: `?2` deliveries, with `?3` of each webhook under way. It looks at the first
/// few of each webhook only, so that it takes no longer the more there are.
const CLAIMABLE: &str = "
    WITH due AS (
        SELECT delivery.*, row_number() OVER (
            PARTITION BY delivery.webhook_id ORDER BY due_at, position
        ) AS place
        FROM webhook JOIN delivery ON position IN (
            SELECT position FROM delivery
            WHERE webhook_id = webhook.id AND status = 'pending' AND in_flight = 0 AND due_at <= ?1
            ORDER BY due_at, position LIMIT ?3
        )
    )
    SELECT due.id, event.type, webhook.id, webhook.url, due.attempt + 1, event.body
    FROM due JOIN event ON event.id = due.event_id JOIN webhook ON webhook.id = due.webhook_id
    WHERE due.place + (
        SELECT count(*) FROM delivery WHERE delivery.webhook_id = due.webhook_id AND in_flight
    ) <= ?3
    ORDER BY due.due_at, due.position LIMIT ?2
";

/// What has become of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// There is an attempt to be made, or one is being made.
    Pending,
    /// The receiver has it.
    Succeeded,
    /// The receiver, or whoever disabled the webhook, does not want it.
    Failed,
    /// It did not arrive in [`MAX_ATTEMPTS`].
    Dead,
}

impl Status {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Dead => "dead",
        }
    }

    fn parse(text: &str) -> Result<Self, StoreError> {
        let all = [Self::Pending, Self::Succeeded, Self::Failed, Self::Dead];
        let found = all.into_iter().find(|status| status.as_str() == text);
        found.ok_or(StoreError::Damaged("a delivery has an unknown status"))
    }
}

/// A delivery, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id, a UUID, which every attempt carries.
    pub id: String,
    /// The event.
    pub event_id: String,
    /// The type of the event.
    pub event_type: String,
    /// The webhook that it goes to.
    pub webhook_id: String,
    /// What has become of it.
    pub status: Status,
    /// How many attempts have begun.
    pub attempt: u32,
    /// When it may be sent next, while it is pending.
    pub due_at: Timestamp,
    /// The status that the receiver answered last.
    pub response_status: Option<u16>,
    /// Why the last attempt failed.
    pub error: Option<String>,
}

/// An attempt to be made now. Nobody else makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The id of the delivery.
    pub id: String,
    /// The type of the event.
    pub event_type: String,
    /// The webhook that it goes to.
    pub webhook_id: String,
    /// The URL of the webhook.
    pub url: String,
    /// Which attempt it is, from 1.
    pub attempt: u32,
    /// What to send.
    pub body: Vec<u8>,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver has it.
    Succeeded,
    /// It is to be sent again.
    Retry {
        /// When.
        at: Timestamp,
    },
    /// It is not to be sent again.
    Failed,
    /// Nothing is to be sent to this webhook again.
    Gone,
}

impl Store {
    /// Forgets which attempts were under way, to make them again. For the start of a dispatcher,
    /// when there is no other: those attempts died with the one before it.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub fn recover_deliveries(&self) -> Result<usize, StoreError> {
        self.write(|transaction, now| {
            // An attempt that was cut short counts, or one that kills the program would do so for ever.
            transaction.execute(
                "UPDATE delivery
                 SET status = 'dead', completed_at = ?2, error_message = 'the attempt was interrupted'
                 WHERE in_flight AND status = 'pending' AND attempt >= ?1",
                (MAX_ATTEMPTS, now.unix_millis()),
            )?;
            let recovered =
                transaction.execute("UPDATE delivery SET in_flight = 0 WHERE in_flight", ())?;
            Ok(recovered)
        })
    }

    /// Takes deliveries that are due, at most `limit`, the longest due first. No more than
    /// `per_webhook` are under way to one webhook, so that one whose receiver is slow does not hold
    /// up the others.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub fn claim(&self, limit: u32, per_webhook: u32) -> Result<Vec<Claimed>, StoreError> {
        self.write(|transaction, now| {
            let mut due = transaction.prepare_cached(CLAIMABLE)?;
            let due = due.query_map((now.unix_millis(), limit, per_webhook), |row| {
                Ok(Claimed {
                    id: row.get(0)?,
                    event_type: row.get(1)?,
                    webhook_id: row.get(2)?,
                    url: row.get(3)?,
                    attempt: row.get(4)?,
                    body: row.get(5)?,
                })
            })?;
            let claimed = due.collect::<Result<Vec<_>, _>>()?;
            for delivery in &claimed {
                transaction.execute(
                    "UPDATE delivery SET in_flight = 1, attempt = ?2 WHERE id = ?1",
                    (&delivery.id, delivery.attempt),
                )?;
            }
            Ok(claimed)
        })
    }

    /// Records how an attempt ended. A delivery that would be its last one's retry is dead, and one
    /// whose webhook was disabled meanwhile has failed.
    ///
    /// # Errors
    ///
    /// The database fails. The attempt then stays under way until the next start.
    pub fn record(
        &self,
        delivery: &Claimed,
        outcome: Outcome,
        response_status: Option<u16>,
        error: Option<&str>,
    ) -> Result<Status, StoreError> {
        self.write(|transaction, now| {
            if outcome == Outcome::Gone {
                webhooks::set_enabled(transaction, &delivery.webhook_id, false, now)?;
            }
            let enabled = webhooks::find(transaction, &delivery.webhook_id)?.enabled;
            let status = match outcome {
                Outcome::Succeeded => Status::Succeeded,
                Outcome::Failed | Outcome::Gone => Status::Failed,
                Outcome::Retry { .. } if !enabled => Status::Failed,
                Outcome::Retry { .. } if delivery.attempt >= MAX_ATTEMPTS => Status::Dead,
                Outcome::Retry { .. } => Status::Pending,
            };
            let due_at = match outcome {
                Outcome::Retry { at } => at,
                _ => now,
            };
            let completed_at = (status != Status::Pending).then_some(now.unix_millis());
            transaction.execute(
                "UPDATE delivery
                 SET status = ?2, in_flight = 0, due_at = ?3, response_status = ?4,
                     error_message = ?5, completed_at = ?6
                 WHERE id = ?1",
                (
                    &delivery.id,
                    status.as_str(),
                    due_at.unix_millis(),
                    response_status,
                    error,
                    completed_at,
                ),
            )?;
            Ok(status)
        })
    }

    /// All deliveries, or those to one webhook, the oldest first.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub fn deliveries(&self, webhook_id: Option<&str>) -> Result<Vec<Delivery>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT delivery.id, event_id, type, webhook_id, status, attempt, due_at,
                    response_status, error_message
             FROM delivery JOIN event ON event.id = event_id
             WHERE ?1 IS NULL OR webhook_id = ?1 ORDER BY position",
        )?;
        let rows = statement.query_and_then([webhook_id], read)?;
        rows.collect()
    }
}

/// Puts an event on its way to a webhook, now.
pub(super) fn insert(
    connection: &Connection,
    event_id: &str,
    webhook_id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO delivery (id, event_id, webhook_id, status, due_at)
         VALUES (?1, ?2, ?3, 'pending', ?4)",
        (
            id::uuid()?.to_string(),
            event_id,
            webhook_id,
            now.unix_millis(),
        ),
    )?;
    Ok(())
}

/// Gives up what is still to be sent to a webhook, but for attempts that are under way.
pub(super) fn give_up(
    connection: &Connection,
    webhook_id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE delivery
         SET status = 'failed', completed_at = ?2, error_message = 'the webhook is disabled'
         WHERE webhook_id = ?1 AND status = 'pending' AND in_flight = 0",
        (webhook_id, now.unix_millis()),
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        id: row.get(0)?,
        event_id: row.get(1)?,
        event_type: row.get(2)?,
        webhook_id: row.get(3)?,
        status: Status::parse(&row.get::<_, String>(4)?)?,
        attempt: row.get(5)?,
        due_at: Timestamp::from_unix_millis(row.get(6)?),
        response_status: row.get(7)?,
        error: row.get(8)?,
    })
}
