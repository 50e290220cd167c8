//! What time it is, from the system or from whoever tests.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};

/// A moment of wall time, in whole milliseconds since 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment that is this many milliseconds after 1970.
    pub const fn from_unix_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// The moment that is this many seconds after 1970, or the last one there is.
    pub fn from_unix_seconds(seconds: u64) -> Self {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        Self(seconds.saturating_mul(1000))
    }

    /// Milliseconds since 1970.
    pub const fn unix_millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, rounded down. A moment before 1970 counts as 1970.
    pub fn unix_seconds(self) -> u64 {
        u64::try_from(self.0.div_euclid(1000)).unwrap_or_default()
    }

    /// The moment that is this much later, rounded down to milliseconds.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(millis))
    }

    /// The moment as the generated types have it; nothing if it is too far off to have a date.
    pub fn date_time(self) -> Option<DateTime<FixedOffset>> {
        DateTime::<Utc>::from_timestamp_millis(self.0).map(|moment| moment.fixed_offset())
    }
}

/// As ISO 8601 with milliseconds, such as `2026-08-01T12:00:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match DateTime::<Utc>::from_timestamp_millis(self.0) {
            Some(moment) => f.write_str(&moment.to_rfc3339_opts(SecondsFormat::Millis, true)),
            None => write!(f, "{} ms", self.0),
        }
    }
}

/// Says what time it is.
pub trait Clock: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// The time of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        Timestamp(0).plus(since.unwrap_or_default())
    }
}

/// A clock that stands still until it is set, for tests.
#[derive(Debug)]
pub struct VirtualClock(AtomicI64);

impl VirtualClock {
    /// A clock that shows this moment.
    pub const fn new(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.0))
    }

    /// Makes it show this moment.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::SeqCst);
    }

    /// Makes it show a moment that is this much later.
    pub fn advance(&self, by: Duration) {
        self.set(self.now().plus(by));
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// A clock that shows the seconds since 1970 that stand in a file, so that a script can let a day
/// go by. A testing aid: the file is read each time somebody asks.
#[derive(Debug)]
pub struct FileClock {
    path: PathBuf,
    last: VirtualClock,
}

impl FileClock {
    /// A clock that shows what this file says.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or holds something else than a number of seconds.
    pub fn new(path: &Path) -> io::Result<Self> {
        let last = VirtualClock::new(read_seconds(path)?);
        let path = path.to_owned();
        Ok(Self { path, last })
    }
}

impl Clock for FileClock {
    /// While the file cannot be read, such as when it is being written, the clock stands still.
    fn now(&self) -> Timestamp {
        if let Ok(now) = read_seconds(&self.path) {
            self.last.set(now);
        }
        self.last.now()
    }
}

fn read_seconds(path: &Path) -> io::Result<Timestamp> {
    let text = fs::read_to_string(path)?;
    let seconds = text.trim().parse();
    let seconds = seconds.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(Timestamp::from_unix_seconds(seconds))
}
