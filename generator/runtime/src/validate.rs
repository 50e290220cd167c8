//! The constraints of the document that the types do not express.

mod decimal;
mod keys;
mod number;
mod rules;
mod values;

use std::collections::BTreeMap;
use std::fmt;

pub use keys::{Keyed, Keys};
pub use number::Number;
pub use values::{Entries, Flag, Items, Length, Numeric, Text, Tuple};

/// More violations than these are not collected, so that a hostile value cannot make a long list.
const MOST_VIOLATIONS: usize = 64;

/// A value that the document puts constraints on.
pub trait Validate {
    /// Reports every constraint that the value breaks. There may be none to break.
    fn check(&self, at: Checker<'_>) {
        let _ = at;
    }

    /// Checks every constraint.
    ///
    /// # Errors
    ///
    /// All violations, each with its place, but no more than 64 of them.
    fn validate(&self) -> Result<(), Violations> {
        validate(|at| at.check(self))
    }
}

/// Checks a value whose type has no name, by rules that the caller puts together.
///
/// # Errors
///
/// All violations, each with its place, but no more than 64 of them.
pub fn validate(
    rules: impl for<'c, 'p> FnOnce(&'c mut Checker<'p>) -> &'c mut Checker<'p>,
) -> Result<(), Violations> {
    validate_all(|at| {
        rules(at);
    })
}

/// Checks several values at once, each at a place that the caller chooses.
///
/// # Errors
///
/// All violations, each with its place, but no more than 64 of them.
pub fn validate_all(rules: impl FnOnce(&mut Checker<'_>)) -> Result<(), Violations> {
    let mut violations = Vec::new();
    rules(&mut Checker {
        path: Path::Root,
        violations: &mut violations,
    });
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Violations(violations))
    }
}

/// The constraints that a value breaks, in the order of its properties. There is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Whether these are all of them: no more than 64 are collected.
    pub fn is_complete(&self) -> bool {
        self.0.len() < MOST_VIOLATIONS
    }

    /// The violations one by one.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// One constraint that a value breaks. The value itself is never part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The place in the value, as a JSON pointer; the whole value is the empty text.
    pub pointer: String,
    /// The keyword of the constraint, like `maxLength`.
    pub keyword: &'static str,
    /// What is wrong, to be read after the place.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "the value"
        } else {
            &self.pointer
        };
        write!(f, "{place} {}", self.message)
    }
}

/// A place in a value, and where its violations go.
///
/// The constraint methods look through `Option` and `Box`, and leave absent values alone.
#[derive(Debug)]
pub struct Checker<'a> {
    path: Path<'a>,
    violations: &'a mut Vec<Violation>,
}

/// Linked to its parents on the stack, so that a valid value costs no allocation.
#[derive(Clone, Copy)]
enum Path<'a> {
    Root,
    Property(&'a Path<'a>, &'a str),
    Key(&'a Path<'a>, &'a dyn fmt::Display),
    Index(&'a Path<'a>, usize),
}

impl fmt::Debug for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pointer = String::new();
        self.write(&mut pointer);
        pointer.fmt(f)
    }
}

impl Path<'_> {
    fn write(&self, pointer: &mut String) {
        match self {
            Self::Root => {}
            Self::Property(parent, key) => {
                parent.write(pointer);
                push_token(pointer, key);
            }
            Self::Key(parent, key) => {
                parent.write(pointer);
                push_token(pointer, &key.to_string());
            }
            Self::Index(parent, index) => {
                parent.write(pointer);
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
        }
    }
}

fn push_token(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
}

impl Checker<'_> {
    /// The place of a property.
    pub fn key<'b>(&'b mut self, key: &'b str) -> Checker<'b> {
        Checker {
            path: Path::Property(&self.path, key),
            violations: self.violations,
        }
    }

    /// The place of what stands under a key of a map.
    pub(super) fn entry<'b>(&'b mut self, key: &'b dyn fmt::Display) -> Checker<'b> {
        Checker {
            path: Path::Key(&self.path, key),
            violations: self.violations,
        }
    }

    /// The place of an item.
    pub fn index(&mut self, index: usize) -> Checker<'_> {
        Checker {
            path: Path::Index(&self.path, index),
            violations: self.violations,
        }
    }

    /// Checks what stands at this place.
    pub fn check(&mut self, value: &(impl Validate + ?Sized)) -> &mut Self {
        value.check(self.again());
        self
    }

    /// The same place once more, for something that uses it up.
    fn again(&mut self) -> Checker<'_> {
        Checker {
            path: self.path,
            violations: self.violations,
        }
    }

    /// Reports a violation at this place.
    pub fn violation(&mut self, keyword: &'static str, message: impl Into<String>) -> &mut Self {
        if self.violations.len() < MOST_VIOLATIONS {
            let mut pointer = String::new();
            self.path.write(&mut pointer);
            self.violations.push(Violation {
                pointer,
                keyword,
                message: message.into(),
            });
        }
        self
    }

    /// Reports a violation unless the constraint holds.
    pub(super) fn require(
        &mut self,
        holds: bool,
        keyword: &'static str,
        message: fmt::Arguments<'_>,
    ) -> &mut Self {
        if holds {
            self
        } else {
            self.violation(keyword, message.to_string())
        }
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, mut at: Checker<'_>) {
        if let Some(value) = self {
            at.check(value);
        }
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn check(&self, at: Checker<'_>) {
        (**self).check(at);
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, mut at: Checker<'_>) {
        at.items(self, |at, item| at.check(item));
    }
}

impl<T: Validate, const N: usize> Validate for [T; N] {
    fn check(&self, mut at: Checker<'_>) {
        at.items(self, |at, item| at.check(item));
    }
}

impl<K: fmt::Display, T: Validate> Validate for BTreeMap<K, T> {
    fn check(&self, mut at: Checker<'_>) {
        at.values(self, |at, value| at.check(value));
    }
}
