//! Identifiers. This is the only place that makes them, so that no text of a document can become
//! anything else in the output (NM1 to NM15).

use std::collections::{BTreeSet, HashMap};

use super::words::{pascal, shouty, snake, words};

/// A Rust identifier: `[A-Za-z_][A-Za-z0-9_]*`, raw where it is a keyword.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub(crate) struct Name(String);

impl Name {
    /// The identifier as it is written, `r#` included.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`, as file names and serde see it.
    pub(crate) fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

/// How a name is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Types, traits and variants.
    Pascal,
    /// Fields, functions, modules.
    Snake,
    /// Constants.
    Shouty,
}

/// A namespace: every identifier in it is given once.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
    /// How often a name was asked for, so that many equal names do not try every number.
    asked: HashMap<String, usize>,
}

impl Scope {
    /// A namespace in which these names are taken.
    pub(super) fn with(reserved: &[&str]) -> Self {
        Self {
            taken: reserved.iter().map(|name| (*name).to_owned()).collect(),
            asked: HashMap::new(),
        }
    }

    /// The identifier for a name of the document. `fallback` is used where no letter is left.
    pub(super) fn name(&mut self, text: &str, spelling: Spelling, fallback: &str) -> Name {
        self.words(&words(text), spelling, fallback)
    }

    /// The identifier for words. A second one with the same words gets the number 2 (NM2).
    pub(super) fn words(&mut self, words: &[String], spelling: Spelling, fallback: &str) -> Name {
        let base = spell(words, spelling, fallback);
        let joint = if spelling == Spelling::Pascal {
            ""
        } else {
            "_"
        };
        let count = self.asked.entry(base.clone()).or_insert(0);
        let mut candidate = base.clone();
        loop {
            *count += 1;
            if *count > 1 {
                candidate = format!("{base}{joint}{count}");
            }
            if self.taken.insert(candidate.clone()) {
                return keyword(candidate);
            }
        }
    }
}

/// How many letters a name keeps.
const MAX_LENGTH: usize = 96;

fn spell(words: &[String], spelling: Spelling, fallback: &str) -> String {
    let text = match spelling {
        Spelling::Pascal => pascal(words),
        Spelling::Snake => snake(words),
        Spelling::Shouty => shouty(words),
    };
    // File systems and readers have their limits; the scope keeps what is cut apart.
    let text: String = text.chars().take(MAX_LENGTH).collect();
    let text = if text.is_empty() {
        fallback.to_owned()
    } else {
        text
    };
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        format!("_{text}")
    } else {
        text
    }
}

/// Keywords become raw identifiers; the four that cannot be raw get an underscore (NM8).
fn keyword(name: String) -> Name {
    Name(match name.as_str() {
        "self" | "Self" | "super" | "crate" | "_" => format!("{name}_"),
        _ if KEYWORDS.contains(&name.as_str()) => format!("r#{name}"),
        _ => name,
    })
}

/// Keywords of edition 2024, those reserved for later included.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Scope, Spelling};

    #[test]
    fn keywords_digits_and_collisions() {
        let mut scope = Scope::with(&["client"]);
        let mut name = |text: &str| {
            scope
                .name(text, Spelling::Snake, "field")
                .as_str()
                .to_owned()
        };
        assert_eq!(name("type"), "r#type");
        assert_eq!(name("Type"), "type_2");
        assert_eq!(name("self"), "self_");
        assert_eq!(name("client"), "client_2");
        assert_eq!(name("2fa"), "_2fa");
        assert_eq!(name("$$"), "field");
        assert_eq!(name("😀"), "field_2");
    }

    proptest! {
        #[test]
        fn identifiers_are_ascii_valid_and_unique(names in prop::collection::vec(".{0,12}", 1..20)) {
            for spelling in [Spelling::Pascal, Spelling::Snake, Spelling::Shouty] {
                let mut scope = Scope::default();
                let mut seen = std::collections::BTreeSet::new();
                for name in &names {
                    let made = scope.name(name, spelling, "item");
                    let plain = made.plain();
                    prop_assert!(plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
                    prop_assert!(!plain.starts_with(|c: char| c.is_ascii_digit()));
                    prop_assert!(syn::parse_str::<syn::Ident>(made.as_str()).is_ok());
                    prop_assert!(seen.insert(made));
                }
            }
        }
    }
}
