//! Single edits of a text.

/// A change of one place in a text.
#[derive(Debug, Clone, Copy)]
pub struct Edit {
    /// What the change means, for messages.
    pub name: &'static str,
    /// The text to find. It must be there exactly once, so that it is known what was changed.
    pub find: &'static str,
    /// What to put in its place.
    pub replace: &'static str,
}

impl Edit {
    /// An edit of this name.
    #[must_use]
    pub const fn new(name: &'static str, find: &'static str, replace: &'static str) -> Self {
        Self {
            name,
            find,
            replace,
        }
    }

    /// The text after the edit.
    ///
    /// # Panics
    ///
    /// The place is not there, or not unique, or nothing changes.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let Self {
            name,
            find,
            replace,
        } = self;
        let count = text.matches(find).count();
        assert_eq!(count, 1, "{name}: {find:?} is there {count} times");
        let edited = text.replacen(find, replace, 1);
        assert_ne!(edited, text, "{name} changes nothing");
        edited
    }
}
