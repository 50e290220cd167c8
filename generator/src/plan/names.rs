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
    /// Names that are not to be had, and the word that tells an identifier of the document from one.
    reserved: (&'static [&'static str], &'static str),
    /// How often a name was asked for, so that many equal names do not try every number.
    asked: HashMap<String, usize>,
}

/// A name that is asked for beside others.
pub(super) struct Wanted<'n> {
    /// The name in the document.
    pub(super) text: &'n str,
    /// The name that the user or the document asks for in its place (W4).
    pub(super) chosen: Option<&'n str>,
    /// What is used where no letter is left.
    pub(super) fallback: String,
}

impl Scope {
    /// A namespace in which these names are not to be had; what would have one gets `suffix` as a
    /// further word (NM11, NM15).
    pub(super) fn with(reserved: &'static [&'static str], suffix: &'static str) -> Self {
        Self {
            reserved: (reserved, suffix),
            ..Self::default()
        }
    }

    /// Keeps clear of an identifier that another namespace has given.
    pub(super) fn take(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// The identifier for a name of the document. `fallback` is used where no letter is left.
    pub(super) fn name(&mut self, text: &str, spelling: Spelling, fallback: &str) -> Name {
        self.words(&words(text), spelling, fallback)
    }

    /// Whether words have letters, and nothing else has the identifier that is made of them.
    pub(super) fn is_free(&self, words: &[String], spelling: Spelling) -> bool {
        let name = spell(words, spelling, "");
        !name.is_empty() && !self.taken.contains(&name) && !self.reserved.0.contains(&name.as_str())
    }

    /// The identifiers for names that stand beside each other, in their order. What was asked for comes
    /// first, then what the document spells as Rust does, so that such a name stays as it is when one
    /// that looks like it is added before it (NM2, NM9).
    pub(super) fn all(&mut self, wanted: &[Wanted<'_>], spelling: Spelling) -> Vec<Name> {
        let spelled = |it: &Wanted<'_>| spell(&words(it.text), spelling, "") == it.text;
        let ranks: Vec<usize> = wanted
            .iter()
            .map(|it| match it.chosen {
                Some(_) => 0,
                None if spelled(it) => 1,
                None => 2,
            })
            .collect();
        let mut names: Vec<(usize, Name)> = Vec::with_capacity(wanted.len());
        for rank in 0..=2 {
            for (index, it) in wanted
                .iter()
                .enumerate()
                .filter(|(index, _)| ranks[*index] == rank)
            {
                let text = it.chosen.unwrap_or(it.text);
                names.push((index, self.name(text, spelling, &it.fallback)));
            }
        }
        names.sort_by_key(|(index, _)| *index);
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// The identifier for words. A second one with the same words gets the number 2 (NM2).
    pub(super) fn words(&mut self, words: &[String], spelling: Spelling, fallback: &str) -> Name {
        let mut base = spell(words, spelling, fallback);
        let (reserved, suffix) = self.reserved;
        if reserved.contains(&base.as_str()) {
            let suffix = suffix.to_owned();
            base = spell(&[words, &[suffix]].concat(), spelling, fallback);
        }
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

    use super::{Name, Scope, Spelling, Wanted};

    #[test]
    fn keywords_digits_and_collisions() {
        let mut scope = Scope::with(&["client"], "op");
        let mut name = |text: &str| {
            scope
                .name(text, Spelling::Snake, "field")
                .as_str()
                .to_owned()
        };
        assert_eq!(name("type"), "r#type");
        assert_eq!(name("Type"), "type_2");
        assert_eq!(name("self"), "self_");
        assert_eq!(name("client"), "client_op");
        assert_eq!(name("client_op"), "client_op_2");
        assert_eq!(name("2fa"), "_2fa");
        assert_eq!(name("$$"), "field");
        assert_eq!(name("😀"), "field_2");
    }

    #[test]
    fn what_is_spelled_as_rust_does_stays_and_what_is_asked_for_comes_first() {
        let wanted = [
            ("fooBar", None),
            ("foo_bar", None),
            ("x", Some("foo bar")),
            ("", None),
        ];
        let wanted = wanted.map(|(text, chosen)| Wanted {
            text,
            chosen,
            fallback: "field_4".to_owned(),
        });
        let names = Scope::default().all(&wanted, Spelling::Snake);
        let names: Vec<&str> = names.iter().map(Name::as_str).collect();
        assert_eq!(names, ["foo_bar_3", "foo_bar_2", "foo_bar", "field_4"]);
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
