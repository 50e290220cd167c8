//! Which events have been handled, as the same one may be delivered more than once.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::Timestamp;

/// How long an event is remembered. No sender tries for so long.
pub const MEMORY: Duration = Duration::from_secs(24 * 60 * 60);

/// What is known of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is new, and now the caller's to handle.
    First,
    /// Another request has it, and may yet fail.
    Busy,
    /// It has been handled.
    Handled,
}

/// Remembers events by their id, for [`MEMORY`].
///
/// One in a database, shared by all the processes that receive, also outlives them.
pub trait Seen: Send + Sync + 'static {
    /// Takes an event to handle it, unless somebody has.
    fn claim(&self, event: &str, now: Timestamp) -> Claim;
    /// Says that an event which was claimed has been handled.
    fn handled(&self, event: &str);
    /// Gives an event that was claimed back, so that another attempt may handle it.
    fn give_back(&self, event: &str);
}

/// Remembers events until the program ends.
#[derive(Debug, Default)]
pub struct MemorySeen(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    /// When each event was claimed, and whether it has been handled.
    events: HashMap<String, (Timestamp, bool)>,
    /// The claims, the oldest first.
    order: VecDeque<(Timestamp, String)>,
}

impl MemorySeen {
    /// How many events are remembered.
    pub fn len(&self) -> usize {
        self.lock().events.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        // Each change is a single step, so a panic of another thread leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    fn forget(&mut self, now: Timestamp) {
        while let Some((at, event)) = self.order.pop_front() {
            if now < at.plus(MEMORY) {
                self.order.push_front((at, event));
                break;
            }
            // It may have been given back and claimed again since.
            if self.events.get(&event).is_some_and(|found| found.0 == at) {
                self.events.remove(&event);
            }
        }
    }
}

impl Seen for MemorySeen {
    fn claim(&self, event: &str, now: Timestamp) -> Claim {
        let mut memory = self.lock();
        memory.forget(now);
        match memory.events.get(event) {
            Some((_, true)) => Claim::Handled,
            Some((_, false)) => Claim::Busy,
            None => {
                memory.events.insert(event.to_owned(), (now, false));
                memory.order.push_back((now, event.to_owned()));
                Claim::First
            }
        }
    }

    fn handled(&self, event: &str) {
        if let Some((_, handled)) = self.lock().events.get_mut(event) {
            *handled = true;
        }
    }

    fn give_back(&self, event: &str) {
        self.lock().events.remove(event);
    }
}
