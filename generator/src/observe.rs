//! How far a run is, for whoever measures it. The library itself looks at no clock.

/// What a run does, one after the other; the last two for each file, and for several files at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Reading the text.
    Load,
    /// Rewriting it to the newest dialect.
    Upgrade,
    /// Reading the document that the tree is.
    Spec,
    /// Finding out what it means.
    Lower,
    /// Deciding on the Rust that it becomes.
    Plan,
    /// Making the tokens of a file.
    Emit,
    /// Making its text of them.
    Format,
}

impl Step {
    /// Every step, in order.
    pub const ALL: &'static [Self] = &[
        Self::Load,
        Self::Upgrade,
        Self::Spec,
        Self::Lower,
        Self::Plan,
        Self::Emit,
        Self::Format,
    ];

    /// What it is called.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Upgrade => "upgrade",
            Self::Spec => "spec",
            Self::Lower => "lower",
            Self::Plan => "plan",
            Self::Emit => "emit",
            Self::Format => "format",
        }
    }
}

/// Is told how far a run is.
pub trait Observer: Sync {
    /// A file is begun, by the thread that calls.
    fn begin_file(&self);

    /// A step is done. Of a file, it is the thread that has begun the file which says so.
    fn done(&self, step: Step);
}

/// Does not want to know.
pub(crate) struct Nobody;

impl Observer for Nobody {
    fn begin_file(&self) {}

    fn done(&self, _: Step) {}
}
