//! What a client brings along beside its operations: `extras`.

use toml::de::DeTable;

use super::reader::Reader;
use crate::diagnostic::quoted;

/// What a client brings along beside its operations. Each costs a file, and perhaps a dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extras {
    /// A layer that sends requests again.
    pub retry: bool,
    /// A layer that makes spans of requests.
    pub tracing: bool,
    /// Calls from code that is not asynchronous.
    pub blocking: bool,
}

impl Reader {
    /// The key `extras` of a crate.
    pub(super) fn extras(&mut self, table: &DeTable<'_>) -> Extras {
        let mut extras = Extras::default();
        for entry in self.texts(table, "extras") {
            match entry.text.as_str() {
                "retry" => extras.retry = true,
                "tracing" => extras.tracing = true,
                "blocking" => extras.blocking = true,
                other => {
                    let message = format!("there is no extra {}", quoted(other));
                    let help = "the extras are \"retry\", \"tracing\" and \"blocking\"";
                    self.add_at(entry.span, &message, help);
                }
            }
        }
        extras
    }
}
