//! Which operations are generated: `include` and `exclude` (T19), `exclude_internal` (T18).

use std::fmt;

use toml::de::DeTable;

use super::Located;
use super::reader::Reader;
use crate::diagnostic::quoted;
use crate::near::nearest;

/// Which operations of a document are generated. Types follow: those that no operation reaches any more
/// are left out as well.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only what one of these chooses is generated; without any, everything is.
    pub include: Vec<Selector>,
    /// What one of these chooses is left out, also if it is included.
    pub exclude: Vec<Selector>,
    /// Operations that the document marks as internal are left out.
    pub exclude_internal: bool,
}

impl Filter {
    /// Whether nothing is left out.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty() && !self.exclude_internal
    }
}

/// Chooses operations, such as `tag:pets`, `id:getPet` or `path:/v1/pets/**`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// What is looked at.
    pub by: By,
    /// What is looked for, without the word before the colon. It may hold wildcards.
    pub pattern: String,
    /// The whole text and its place.
    pub written: Located,
}

/// What a [`Selector`] looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The tags of an operation; one of them is enough.
    Tag,
    /// The `operationId`.
    Id,
    /// The path template.
    Path,
}

impl By {
    const ALL: [Self; 3] = [Self::Tag, Self::Id, Self::Path];

    /// The word before the colon.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Id => "id",
            Self::Path => "path",
        }
    }
}

/// What is wrong with the text of a [`Selector`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectorMistake {
    message: String,
    help: String,
}

impl fmt::Display for SelectorMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for SelectorMistake {}

impl Selector {
    /// Reads the text of a selector.
    ///
    /// # Errors
    ///
    /// It does not say what it looks at, or for what.
    pub fn parse(written: Located) -> Result<Self, SelectorMistake> {
        let (word, pattern) = written.text.split_once(':').unwrap_or(("", &written.text));
        let Some(by) = By::ALL.into_iter().find(|by| by.as_str() == word) else {
            let near = nearest(word, By::ALL.map(By::as_str));
            return Err(SelectorMistake {
                message: format!("{} does not say what it chooses by", quoted(&written.text)),
                help: match near.filter(|_| !word.is_empty()) {
                    Some(near) => format!("did you mean `{near}:{pattern}`?"),
                    None => "write `tag:`, `id:` or `path:` before it".to_owned(),
                },
            });
        };
        if pattern.is_empty() {
            return Err(SelectorMistake {
                message: format!("there is nothing behind `{word}:`"),
                help: "`*` stands for any text, and `**` for any part of a path".to_owned(),
            });
        }
        let pattern = pattern.to_owned();
        Ok(Self {
            by,
            pattern,
            written,
        })
    }

    /// Whether a tag, an id or a path is what is looked for.
    ///
    /// `*` stands for any text, in a path within one segment; a segment `**` stands for any number of
    /// segments, also for none.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        if self.by != By::Path {
            return matches_text(&self.pattern, text);
        }
        let pattern: Vec<&str> = segments(&self.pattern);
        let path: Vec<&str> = segments(text);
        matches(
            &pattern,
            &path,
            |part| *part == "**",
            |part, text| matches_text(part, text),
        )
    }
}

/// The parts of a path; it makes no difference whether it begins with a slash.
fn segments(path: &str) -> Vec<&str> {
    path.strip_prefix('/').unwrap_or(path).split('/').collect()
}

fn matches_text(pattern: &str, text: &str) -> bool {
    matches(
        pattern.as_bytes(),
        text.as_bytes(),
        |byte| *byte == b'*',
        |byte, other| byte == other,
    )
}

/// Whether a pattern matches all of some items. Only the last wildcard is ever tried again, because
/// what the ones before it took was the least that they could take; so the work is at most the product
/// of both lengths.
fn matches<P, T>(
    pattern: &[P],
    items: &[T],
    is_wild: impl Fn(&P) -> bool,
    is_same: impl Fn(&P, &T) -> bool,
) -> bool {
    let (mut at, mut item) = (0, 0);
    // Where to go on if what is behind the last wildcard does not fit.
    let mut retry: Option<(usize, usize)> = None;
    while let Some(next) = items.get(item) {
        match pattern.get(at) {
            Some(part) if is_wild(part) => {
                retry = Some((at + 1, item));
                at += 1;
            }
            Some(part) if is_same(part, next) => {
                at += 1;
                item += 1;
            }
            _ => {
                let Some((behind, taken)) = retry else {
                    return false;
                };
                retry = Some((behind, taken + 1));
                (at, item) = (behind, taken + 1);
            }
        }
    }
    pattern.iter().skip(at).all(is_wild)
}

impl Reader {
    /// The keys `include`, `exclude` and `exclude_internal` of a crate.
    pub(super) fn filter(&mut self, table: &DeTable<'_>) -> Filter {
        Filter {
            include: self.selectors(table, "include"),
            exclude: self.selectors(table, "exclude"),
            exclude_internal: self.flag(table, "exclude_internal"),
        }
    }

    /// A list of selectors.
    pub(super) fn selectors(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Selector> {
        let mut selectors = Vec::new();
        for written in self.texts(table, key) {
            let span = written.span;
            match Selector::parse(written) {
                Ok(selector) => selectors.push(selector),
                Err(mistake) => self.add_at(span, &mistake.message, &mistake.help),
            }
        }
        selectors
    }
}

#[cfg(test)]
mod tests {
    use super::{Located, Selector};

    fn matches(selector: &str, text: &str) -> bool {
        let written = Located {
            text: selector.to_owned(),
            span: None,
        };
        let selector = Selector::parse(written).expect("a selector");
        selector.matches(text)
    }

    #[test]
    fn tags_and_ids_are_whole_and_may_have_wildcards() {
        assert!(matches("tag:pets", "pets"));
        assert!(!matches("tag:pets", "petshop"));
        assert!(!matches("tag:pets", "Pets"));
        assert!(matches("id:repos/*", "repos/get/all"));
        assert!(matches("id:*Pet*s", "listPetNames"));
        assert!(!matches("id:*Pet", "listPets"));
        assert!(matches("id:*", ""));
    }

    #[test]
    fn paths_are_matched_by_segment() {
        for (selector, path, expected) in [
            ("path:/pets", "/pets", true),
            ("path:pets", "/pets", true),
            ("path:/pets", "/pets/{id}", false),
            ("path:/pets/*", "/pets/{id}", true),
            ("path:/pets/*", "/pets/{id}/toys", false),
            ("path:/pets/{*}", "/pets/{id}", true),
            ("path:/v*/pets/**", "/v1/pets", true),
            ("path:/v*/pets/**", "/v1/pets/{id}/toys", true),
            ("path:/v*/pets/**", "/v1/owners", false),
            ("path:/**/toys", "/a/toys/b/toys", true),
            ("path:/**/toys/**/x", "/a/toys/b/toys/y", false),
            ("path:**", "/", true),
            ("path:/pets", "/pets/", false),
        ] {
            assert_eq!(matches(selector, path), expected, "{selector} {path}");
        }
    }

    #[test]
    fn many_wildcards_cost_little() {
        let pattern = format!("id:{}b", "*a".repeat(2_000));
        assert!(!matches(&pattern, &"a".repeat(20_000)));
    }
}
