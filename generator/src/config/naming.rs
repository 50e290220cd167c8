//! What things are called: `rename` and `strip_prefix`.

use toml::de::{DeTable, DeValue};

use super::Located;
use super::reader::Reader;

/// The names that a user chooses. All of them go the way of the names of the document, so they become
/// identifiers of Rust whatever they hold.
#[derive(Debug, Clone, Default)]
pub struct Naming {
    /// What is to be called differently: JSON pointers to schemas, properties, parameters and
    /// operations, each with its name.
    pub rename: Vec<(Located, Located)>,
    /// What the names of schemas do without at their start, such as `io.k8s.api.`.
    pub strip_prefix: Vec<Located>,
}

impl Reader {
    /// The keys `rename` and `strip_prefix` of a crate.
    pub(super) fn naming(&mut self, table: &DeTable<'_>) -> Naming {
        Naming {
            rename: self.rename(table),
            strip_prefix: self.strip_prefix(table),
        }
    }

    fn rename(&mut self, table: &DeTable<'_>) -> Vec<(Located, Located)> {
        let Some(value) = table.get("rename") else {
            return Vec::new();
        };
        let DeValue::Table(entries) = value.get_ref() else {
            self.wrong_type(value.span(), "rename", "a table", value.get_ref());
            return Vec::new();
        };
        let mut renames = Vec::new();
        for (key, value) in entries.iter() {
            let pointer = Located {
                text: key.get_ref().clone().into_owned(),
                span: Some(self.span(key.span())),
            };
            if !pointer.text.starts_with("#/") {
                let help = "write `#/components/schemas/Name` or the like";
                self.add(key.span(), "this is not a JSON pointer", help);
            }
            renames.extend(self.located("rename", value).map(|name| (pointer, name)));
        }
        // The table is sorted by its keys; findings come in the order of the text.
        renames.sort_by_key(|(pointer, _)| pointer.span);
        renames
    }

    /// One prefix, or a list of them.
    fn strip_prefix(&mut self, table: &DeTable<'_>) -> Vec<Located> {
        match table.get("strip_prefix").map(|value| value.get_ref()) {
            None => Vec::new(),
            Some(DeValue::Array(_)) => self.texts(table, "strip_prefix"),
            Some(_) => self.text(table, "strip_prefix").into_iter().collect(),
        }
    }
}
