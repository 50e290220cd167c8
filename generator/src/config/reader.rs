//! Getters for the tables of `oarlock.toml`: what is wrong is told with its place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Located;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::near::nearest;
use crate::source::{FileId, Span};

/// A value of the file with its place.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// Reads values, and collects the mistakes in them.
pub(super) struct Reader {
    pub(super) file: FileId,
    pub(super) findings: Vec<Diagnostic>,
}

impl Reader {
    /// The text under a key that must be there.
    pub(super) fn required(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        place: &Range<usize>,
    ) -> Option<Located> {
        if !table.contains_key(key) {
            self.report(place.clone(), &format!("the crate has no `{key}`"));
        }
        self.text(table, key)
    }

    /// The text under a key, if it is there.
    pub(super) fn text(&mut self, table: &DeTable<'_>, key: &str) -> Option<Located> {
        self.located(key, table.get(key)?)
    }

    /// A value as a text with its place; `key` is what a message calls it.
    pub(super) fn located(&mut self, key: &str, value: &Value<'_>) -> Option<Located> {
        match value.get_ref() {
            DeValue::String(text) => Some(Located {
                text: text.clone().into_owned(),
                span: Some(self.span(value.span())),
            }),
            other => {
                self.wrong_type(value.span(), key, "a string", other);
                None
            }
        }
    }

    /// A list of strings under a key, if it is there.
    pub(super) fn texts(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Located> {
        match table.get(key) {
            Some(value) => self.texts_of(key, value),
            None => Vec::new(),
        }
    }

    /// A value as a list of strings; `key` is what a message calls it.
    pub(super) fn texts_of(&mut self, key: &str, value: &Value<'_>) -> Vec<Located> {
        let DeValue::Array(values) = value.get_ref() else {
            self.wrong_type(value.span(), key, "a list of strings", value.get_ref());
            return Vec::new();
        };
        values
            .iter()
            .filter_map(|value| self.located(key, value))
            .collect()
    }

    /// Whether a switch is on. One that is not there is off.
    pub(super) fn flag(&mut self, table: &DeTable<'_>, key: &str) -> bool {
        let Some(value) = table.get(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(value.span(), key, "`true` or `false`", value.get_ref());
            false
        })
    }

    /// Tells of the keys that are not known, and which are meant.
    pub(super) fn check_keys(&mut self, table: &DeTable<'_>, known: &[&str], whose: &str) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let message = format!("unknown key {} {whose}", quoted(name));
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", known.join(", ")),
            };
            self.add(key.span(), &message, &help);
        }
    }

    /// One of a few words; the first is what holds where the key is missing.
    pub(super) fn choice<T: Copy + Default>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        names: &[(&str, T)],
    ) -> T {
        let Some(text) = self.text(table, key) else {
            return T::default();
        };
        if let Some((_, value)) = names.iter().find(|(name, _)| *name == text.text) {
            return *value;
        }
        let message = format!("unknown {key} {}", quoted(&text.text));
        let known: Vec<String> = names
            .iter()
            .map(|(name, _)| format!("\"{name}\""))
            .collect();
        let finding = Diagnostic::error(Code::Config, text.span, message);
        self.findings
            .push(finding.help(format!("write one of {}", known.join(", "))));
        T::default()
    }

    /// Tells of a value of another type.
    pub(super) fn wrong_type(
        &mut self,
        place: Range<usize>,
        key: &str,
        wanted: &str,
        found: &DeValue<'_>,
    ) {
        self.report(
            place,
            &format!(
                "`{key}` must be {wanted}, but is of type {}",
                found.type_str()
            ),
        );
    }

    /// Tells of a mistake at a place of the file.
    pub(super) fn report(&mut self, place: Range<usize>, message: &str) {
        self.report_at(Some(self.span(place)), message);
    }

    /// Tells of a mistake at a place that may not be known.
    pub(super) fn report_at(&mut self, span: Option<Span>, message: &str) {
        self.findings
            .push(Diagnostic::error(Code::Config, span, message));
    }

    /// Tells of a mistake, and what to do about it.
    pub(super) fn add(&mut self, place: Range<usize>, message: &str, help: &str) {
        self.add_at(Some(self.span(place)), message, help);
    }

    /// Tells of a mistake at a place that may not be known, and what to do about it.
    pub(super) fn add_at(&mut self, span: Option<Span>, message: &str, help: &str) {
        self.findings
            .push(Diagnostic::error(Code::Config, span, message).help(help));
    }

    /// A range of the file as a place.
    pub(super) fn span(&self, place: Range<usize>) -> Span {
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            file: self.file,
            start: offset(place.start),
            end: offset(place.end),
        }
    }
}
