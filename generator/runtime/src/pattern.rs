//! Texts that must match a pattern.

use std::fmt;
use std::sync::OnceLock;

use regex::Regex;

use super::validate::{Checker, Entries, Text};

/// A pattern that is compiled when it is first used. Matching takes time in proportion to the text,
/// whatever the text is.
pub struct CompiledPattern {
    text: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl CompiledPattern {
    /// A pattern in the syntax of the `regex` crate, which the generator has tried.
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            regex: OnceLock::new(),
        }
    }

    /// Whether the pattern is found anywhere in the text.
    pub fn is_match(&self, text: &str) -> bool {
        let regex = self.regex.get_or_init(|| Regex::new(self.text).ok());
        regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

impl fmt::Debug for CompiledPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CompiledPattern").field(&self.text).finish()
    }
}

/// A pattern that is compiled once, wherever it is written. `CompiledPattern` is in scope where the
/// macro is used.
#[allow(unused_macros, reason = "only tests and generated crates use it")]
macro_rules! pattern {
    ($text:literal) => {{
        static PATTERN: CompiledPattern = CompiledPattern::new($text);
        &PATTERN
    }};
}

#[allow(unused_imports, reason = "only tests and generated crates use it")]
pub(crate) use pattern;

impl Checker<'_> {
    /// Every value of the object under a key that matches the pattern follows the rules.
    pub fn matching<C: Entries>(
        &mut self,
        object: &C,
        pattern: &CompiledPattern,
        rules: impl for<'c, 'p> Fn(&'c mut Checker<'p>, &C::Value) -> &'c mut Checker<'p>,
    ) -> &mut Self {
        for (key, value) in object.entries() {
            if pattern.is_match(&key.to_string()) {
                rules(&mut self.entry(key), value);
            }
        }
        self
    }

    /// The text matches the pattern somewhere.
    pub fn pattern(&mut self, text: &(impl Text + ?Sized), pattern: &CompiledPattern) -> &mut Self {
        let holds = text.text().is_none_or(|text| pattern.is_match(text));
        self.require(
            holds,
            "pattern",
            format_args!("does not match {}", pattern.text),
        )
    }
}
