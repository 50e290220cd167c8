//! The grammar of the generator, read off its source: which keys the objects of a document have.

use std::collections::BTreeMap;

/// What stands under a key; the names are those of kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Below {
    Data,
    One(String),
    List(String),
    Map(String),
    MapOfMaps(String),
    OneOrList(String),
}

/// The keys of every kind of object.
pub(crate) struct Grammar {
    kinds: BTreeMap<String, Vec<(String, Below)>>,
}

impl Grammar {
    /// Reads the table. Its lines are `Self::Info => tables::INFO,` and `("title", Data),`.
    pub(crate) fn read() -> Self {
        let source = concat!(
            include_str!("../../src/grammar.rs"),
            include_str!("../../src/grammar/tables.rs")
        );
        let packed: String = source
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(str::trim)
            .collect();
        let mut tables = BTreeMap::new();
        for part in packed.split("const ").skip(1) {
            if let Some((name, rest)) = part.split_once(": &[(&str, Below)] = &[") {
                tables.insert(name.to_owned(), entries(rest));
            }
        }
        let mut kinds = BTreeMap::new();
        for arm in packed.split("Self::").skip(1) {
            let Some((kind, value)) = arm.split_once(" => ") else {
                continue;
            };
            if let Some(rest) = value.strip_prefix("&[(") {
                kinds.insert(kind.to_owned(), entries(&format!("({rest}")));
            } else if let Some(table) = tables.get(
                value
                    .trim_start_matches("tables::")
                    .trim_end_matches(['}', ','])
                    .split(',')
                    .next()
                    .unwrap_or_default(),
            ) {
                kinds.insert(kind.to_owned(), table.clone());
            }
        }
        assert_eq!(
            kinds.len(),
            25,
            "the table of the grammar is written in another way: {:?}",
            kinds.keys()
        );
        Self { kinds }
    }

    pub(crate) fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }

    pub(crate) fn keys(&self, kind: &str) -> &[(String, Below)] {
        self.kinds
            .get(kind)
            .unwrap_or_else(|| panic!("there is no kind {kind}"))
    }

    pub(crate) fn below(&self, kind: &str, key: &str) -> Below {
        let known = self.keys(kind).iter().find(|(known, _)| known == key);
        known.map_or(Below::Data, |(_, below)| below.clone())
    }
}

/// The entries up to the end of a list.
fn entries(text: &str) -> Vec<(String, Below)> {
    let end = text.find(']').expect("the list ends");
    let mut entries = Vec::new();
    for entry in text[..end].split("(\"").skip(1) {
        let (key, rest) = entry.split_once("\",").expect("a key");
        let rest = rest.trim();
        let inner = rest
            .split_once("Kind::")
            .map(|(_, kind)| kind.split(')').next().unwrap_or_default().to_owned());
        let below = match (rest.split(['(', ')']).next().unwrap_or_default(), inner) {
            ("One", Some(kind)) => Below::One(kind),
            ("List", Some(kind)) => Below::List(kind),
            ("Map" | "ExtensibleMap", Some(kind)) => Below::Map(kind),
            ("MapOfMaps", Some(kind)) => Below::MapOfMaps(kind),
            ("OneOrList", Some(kind)) => Below::OneOrList(kind),
            _ => Below::Data,
        };
        entries.push((key.to_owned(), below));
    }
    entries
}
