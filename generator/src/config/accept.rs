//! Which warnings a user accepts: `accept`.

use toml::de::DeTable;

use super::Located;
use super::reader::Reader;
use crate::diagnostic::{Accept, Code};

impl Reader {
    /// The key `accept` of a crate.
    pub(super) fn accept(&mut self, table: &DeTable<'_>) -> Vec<Accept> {
        let entries = self.texts(table, "accept");
        let entry = |entry: Located| self.accepted(&entry);
        entries.into_iter().filter_map(entry).collect()
    }

    fn accepted(&mut self, entry: &Located) -> Option<Accept> {
        let (code, part) = match entry.text.split_once(':') {
            Some((code, part)) => (code, Some(part)),
            None => (entry.text.as_str(), None),
        };
        let code = match code.parse::<Code>() {
            Ok(code) => code,
            Err(unknown) => {
                self.add_at(entry.span, &unknown.to_string(), &unknown.help());
                return None;
            }
        };
        if part.is_some_and(str::is_empty) {
            let help = "write a code, or a code and a part such as `unsupported:#/paths/~1pets`";
            self.add_at(entry.span, "there is no part behind the code", help);
            return None;
        }
        Some(Accept {
            code,
            part: part.map(str::to_owned),
            span: entry.span,
        })
    }
}
