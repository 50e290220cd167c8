//! Moments at which a test can stop the program, to kill it there.
//!
//! With the environment variable `WEBHOOK_SERVICE_PAUSE_AT` set to the name of a point, the thread
//! that gets there writes the name to the standard error and waits for ever. A testing aid.

use std::env;
use std::sync::LazyLock;
use std::thread;

/// A moment in a rotation or in an attempt to deliver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    /// A rotation was asked for, and nothing has been done.
    BeforeMint,
    /// The new secret is in the transaction.
    BeforeCommit,
    /// The new secret is on the disk, and nobody has been told.
    AfterCommit,
    /// The receiver has answered, and the outcome is not yet recorded.
    BeforeRecord,
}

impl Point {
    const ALL: [Self; 4] = [
        Self::BeforeMint,
        Self::BeforeCommit,
        Self::AfterCommit,
        Self::BeforeRecord,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::BeforeMint => "before-mint",
            Self::BeforeCommit => "before-commit",
            Self::AfterCommit => "after-commit",
            Self::BeforeRecord => "before-record",
        }
    }
}

static CHOSEN: LazyLock<Option<Point>> = LazyLock::new(|| {
    let name = env::var("WEBHOOK_SERVICE_PAUSE_AT").ok()?;
    Point::ALL.into_iter().find(|point| point.name() == name)
});

/// Waits here for ever, if this is where a test wants the program to stop.
pub(crate) fn at(point: Point) {
    if *CHOSEN == Some(point) {
        eprintln!("paused {}", point.name());
        loop {
            thread::park();
        }
    }
}
