//! What a generated crate has cargo features for: `features`.

use toml::de::DeTable;

use super::Mode;
use super::reader::Reader;

/// What a generated crate has cargo features for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Features {
    /// The client and the server.
    #[default]
    Sides,
    /// Those, and each tag with the types that it reaches, so that a user of a large API compiles what
    /// is used of it.
    Tags,
}

impl Features {
    /// Each choice and how it is written.
    const NAMES: &[(&str, Self)] = &[("sides", Self::Sides), ("tags", Self::Tags)];
}

impl Reader {
    /// The key `features` of a crate.
    pub(super) fn features(&mut self, table: &DeTable<'_>, mode: Mode) -> Features {
        let features = self.choice(table, "features", Features::NAMES);
        if let Some(value) = table.get("features").filter(|_| mode == Mode::Module) {
            let help = "leave out `features`, or generate a crate";
            self.add(
                value.span(),
                "a module has no cargo features of its own",
                help,
            );
        }
        features
    }
}
