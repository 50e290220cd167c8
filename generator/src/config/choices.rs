//! Choices that hold for all schemas or for single ones: `enums`, `tri_state` and the like.

use toml::de::{DeTable, DeValue};

use super::Located;
use super::reader::Reader;

/// What holds for all schemas, and what for single ones.
#[derive(Debug, Clone, Default)]
pub struct Choices<T> {
    /// What holds for all.
    pub all: T,
    /// What holds for single ones: JSON pointers to their schemas, or the names of components.
    pub single: Vec<(Located, T)>,
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

/// Whether an optional property tells its absence from `null` (H4, H5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TriState {
    /// If a request can bring it.
    #[default]
    ByDirection,
    /// Always, so that the author of a server chooses what to send.
    Always,
}

impl TriState {
    const NAMES: &[(&str, Self)] = &[
        ("by-direction", Self::ByDirection),
        ("always", Self::Always),
    ];
}

/// How properties are read. A choice is one for a property, for the schema that it refers to, or for the
/// object that has it; the first of them counts.
#[derive(Debug, Clone, Default)]
pub struct Properties {
    /// Whether absence and `null` are two states (H5).
    pub tri_state: Choices<TriState>,
    /// Whether a required property that may be `null` must be there when it is read (H2).
    pub strict_required_nullable: Choices<bool>,
    /// Whether `1.0` and `1e2` are whole numbers (D2).
    pub accept_float_form: Choices<bool>,
    /// Whether `""` is no value where it is none of the type (E7).
    pub empty_string_as_none: Choices<bool>,
}

/// The key that stands for all schemas.
const ALL: &str = "*";

impl Reader {
    /// The key `enums` of a crate.
    pub(super) fn enums(&mut self, table: &DeTable<'_>) -> Choices<Openness> {
        self.choices(table, "enums", |reader, table, key| {
            reader.choice(table, key, Openness::NAMES)
        })
    }

    /// The keys of a crate that say how properties are read.
    pub(super) fn properties(&mut self, table: &DeTable<'_>) -> Properties {
        Properties {
            tri_state: self.choices(table, "tri_state", |reader, table, key| {
                reader.choice(table, key, TriState::NAMES)
            }),
            strict_required_nullable: self.switches(table, "strict_required_nullable"),
            accept_float_form: self.switches(table, "accept_float_form"),
            empty_string_as_none: self.switches(table, "empty_string_as_none"),
        }
    }

    /// `true` or `false` for all schemas, or a table from schemas to them.
    pub(super) fn switches(&mut self, table: &DeTable<'_>, key: &str) -> Choices<bool> {
        self.choices(table, key, Self::flag)
    }

    /// What is chosen for all schemas, or a table from schemas to choices. `read` takes one from a key.
    fn choices<T: Copy + Default>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        read: fn(&mut Self, &DeTable<'_>, &str) -> T,
    ) -> Choices<T> {
        let mut choices = Choices::default();
        match table.get(key).map(|value| value.get_ref()) {
            Some(DeValue::Table(entries)) => {
                for key in entries.keys() {
                    let place = Located {
                        text: key.get_ref().clone().into_owned(),
                        span: Some(self.span(key.span())),
                    };
                    let chosen = read(self, entries, &place.text);
                    if place.text == ALL {
                        choices.all = chosen;
                    } else {
                        choices.single.push((place, chosen));
                    }
                }
                // The table is sorted by its keys; findings come in the order of the text.
                choices.single.sort_by_key(|(place, _)| place.span);
            }
            _ => choices.all = read(self, table, key),
        }
        choices
    }
}
