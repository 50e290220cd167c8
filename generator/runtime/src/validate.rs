//! The constraints of the document that the types do not express.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::hash::Hash;

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
        let mut violations = Vec::new();
        self.check(Checker {
            path: Path::Root,
            violations: &mut violations,
        });
        if violations.is_empty() {
            Ok(())
        } else {
            Err(Violations(violations))
        }
    }
}

/// The constraints that a value breaks, in the order of its properties. There is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
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
/// The constraint methods take optional values, and leave absent ones alone.
#[derive(Debug)]
pub struct Checker<'a> {
    path: Path<'a>,
    violations: &'a mut Vec<Violation>,
}

/// Linked to its parents on the stack, so that a valid value costs no allocation.
#[derive(Debug, Clone, Copy)]
enum Path<'a> {
    Root,
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn write(&self, pointer: &mut String) {
        match self {
            Self::Root => {}
            Self::Key(parent, key) => {
                parent.write(pointer);
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Self::Index(parent, index) => {
                parent.write(pointer);
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
        }
    }
}

impl Checker<'_> {
    /// The place of a property.
    pub fn key<'b>(&'b mut self, key: &'b str) -> Checker<'b> {
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
        value.check(Checker {
            path: self.path,
            violations: self.violations,
        });
        self
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

    fn require(
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

    /// The text has at least so many characters.
    pub fn min_length<'v>(&mut self, text: impl Into<Option<&'v str>>, min: usize) -> &mut Self {
        let holds = text.into().is_none_or(|text| text.chars().count() >= min);
        self.require(
            holds,
            "minLength",
            format_args!("is shorter than {min} characters"),
        )
    }

    /// The text has at most so many characters.
    pub fn max_length<'v>(&mut self, text: impl Into<Option<&'v str>>, max: usize) -> &mut Self {
        // Characters are never more than bytes, so most texts need no counting.
        let holds = text
            .into()
            .is_none_or(|text| text.len() <= max || text.chars().count() <= max);
        self.require(
            holds,
            "maxLength",
            format_args!("is longer than {max} characters"),
        )
    }

    /// The number is at least the limit.
    pub fn minimum<N: Number>(&mut self, number: impl Into<Option<N>>, min: N) -> &mut Self {
        let holds = number.into().is_none_or(|number| number >= min);
        self.require(holds, "minimum", format_args!("is less than {min}"))
    }

    /// The number is at most the limit.
    pub fn maximum<N: Number>(&mut self, number: impl Into<Option<N>>, max: N) -> &mut Self {
        let holds = number.into().is_none_or(|number| number <= max);
        self.require(holds, "maximum", format_args!("is greater than {max}"))
    }

    /// The number is greater than the limit.
    pub fn exclusive_minimum<N: Number>(
        &mut self,
        number: impl Into<Option<N>>,
        min: N,
    ) -> &mut Self {
        let holds = number.into().is_none_or(|number| number > min);
        self.require(
            holds,
            "exclusiveMinimum",
            format_args!("is not greater than {min}"),
        )
    }

    /// The number is less than the limit.
    pub fn exclusive_maximum<N: Number>(
        &mut self,
        number: impl Into<Option<N>>,
        max: N,
    ) -> &mut Self {
        let holds = number.into().is_none_or(|number| number < max);
        self.require(
            holds,
            "exclusiveMaximum",
            format_args!("is not less than {max}"),
        )
    }

    /// The number is a whole multiple of the step.
    pub fn multiple_of<N: Number>(&mut self, number: impl Into<Option<N>>, step: N) -> &mut Self {
        let holds = number
            .into()
            .is_none_or(|number| number.is_multiple_of(step));
        self.require(
            holds,
            "multipleOf",
            format_args!("is not a multiple of {step}"),
        )
    }

    /// The array has at least so many items. The caller passes its length.
    pub fn min_items(&mut self, len: impl Into<Option<usize>>, min: usize) -> &mut Self {
        let holds = len.into().is_none_or(|len| len >= min);
        self.require(
            holds,
            "minItems",
            format_args!("has fewer than {min} items"),
        )
    }

    /// The array has at most so many items. The caller passes its length.
    pub fn max_items(&mut self, len: impl Into<Option<usize>>, max: usize) -> &mut Self {
        let holds = len.into().is_none_or(|len| len <= max);
        self.require(holds, "maxItems", format_args!("has more than {max} items"))
    }

    /// No two items of the array are equal.
    pub fn unique_items<'v, T>(&mut self, items: impl Into<Option<&'v [T]>>) -> &mut Self
    where
        T: Eq + Hash + 'v,
    {
        // Comparing each with each would let a long array stall the server.
        let mut seen = HashSet::new();
        let holds = items
            .into()
            .is_none_or(|items| items.iter().all(|item| seen.insert(item)));
        self.require(holds, "uniqueItems", format_args!("has an item twice"))
    }

    /// The object has at least so many properties. The caller passes their number.
    pub fn min_properties(&mut self, len: impl Into<Option<usize>>, min: usize) -> &mut Self {
        let holds = len.into().is_none_or(|len| len >= min);
        self.require(
            holds,
            "minProperties",
            format_args!("has fewer than {min} properties"),
        )
    }

    /// The object has at most so many properties. The caller passes their number.
    pub fn max_properties(&mut self, len: impl Into<Option<usize>>, max: usize) -> &mut Self {
        let holds = len.into().is_none_or(|len| len <= max);
        self.require(
            holds,
            "maxProperties",
            format_args!("has more than {max} properties"),
        )
    }
}

/// A number that can be checked.
pub trait Number: PartialOrd + Copy + fmt::Display {
    /// Whether the number is a whole multiple of the step.
    fn is_multiple_of(self, step: Self) -> bool;
}

macro_rules! integers {
    ($($integer:ty)*) => {
        $(impl Number for $integer {
            fn is_multiple_of(self, step: Self) -> bool {
                self.checked_rem(step) == Some(0)
            }
        })*
    };
}

integers!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128);

impl Number for f64 {
    fn is_multiple_of(self, step: Self) -> bool {
        // 0.3 is a multiple of 0.1 to whoever wrote the document, so the quotient may be off by
        // what the two roundings explain.
        let quotient = self / step;
        (quotient - quotient.round()).abs() <= 4.0 * Self::EPSILON * quotient.abs()
    }
}

impl Number for f32 {
    fn is_multiple_of(self, step: Self) -> bool {
        let quotient = self / step;
        (quotient - quotient.round()).abs() <= 4.0 * Self::EPSILON * quotient.abs()
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
        for (index, item) in self.iter().enumerate() {
            at.index(index).check(item);
        }
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn check(&self, mut at: Checker<'_>) {
        for (key, value) in self {
            at.key(key).check(value);
        }
    }
}
