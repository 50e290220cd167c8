//! Which enums keep values that the document does not declare: `enums`.

use toml::de::{DeTable, DeValue};

use super::Located;
use super::reader::Reader;

/// The choices that a user has about enums.
#[derive(Debug, Clone, Default)]
pub struct Enums {
    /// What holds for all enums.
    pub all: Openness,
    /// What holds for single ones: JSON pointers to their schemas, or the names of components.
    pub single: Vec<(Located, Openness)>,
}

/// Whether an enum keeps values that the document does not declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Openness {
    /// If a response can bring it.
    #[default]
    ByDirection,
    /// It does.
    Open,
    /// It refuses them.
    Closed,
}

impl Openness {
    const NAMES: &[(&str, Self)] = &[
        ("by-direction", Self::ByDirection),
        ("open", Self::Open),
        ("closed", Self::Closed),
    ];
}

/// The key that stands for all enums.
const ALL: &str = "*";

impl Reader {
    /// The key `enums` of a crate: a word for all enums, or a table from schemas to words.
    pub(super) fn enums(&mut self, table: &DeTable<'_>) -> Enums {
        let mut enums = Enums::default();
        match table.get("enums").map(|value| value.get_ref()) {
            Some(DeValue::Table(entries)) => {
                for key in entries.keys() {
                    let place = Located {
                        text: key.get_ref().clone().into_owned(),
                        span: Some(self.span(key.span())),
                    };
                    let chosen = self.choice(entries, &place.text, Openness::NAMES);
                    if place.text == ALL {
                        enums.all = chosen;
                    } else {
                        enums.single.push((place, chosen));
                    }
                }
                // The table is sorted by its keys; findings come in the order of the text.
                enums.single.sort_by_key(|(place, _)| place.span);
            }
            _ => enums.all = self.choice(table, "enums", Openness::NAMES),
        }
        enums
    }
}
