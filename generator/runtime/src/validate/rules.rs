//! The constraints that a [`Checker`] checks, one method per keyword.

use std::collections::HashSet;
use std::fmt;
use std::hash::Hash;
use std::ops::RangeBounds;

use super::{Checker, Entries, Flag, Items, Length, Number, Numeric, Text, Tuple, validate};

impl Checker<'_> {
    /// The text has at least so many characters.
    pub fn min_length(&mut self, text: &(impl Text + ?Sized), min: usize) -> &mut Self {
        let holds = text.text().is_none_or(|text| text.chars().count() >= min);
        self.require(
            holds,
            "minLength",
            format_args!("is shorter than {}", Count(min, "character", "characters")),
        )
    }

    /// The text has at most so many characters.
    pub fn max_length(&mut self, text: &(impl Text + ?Sized), max: usize) -> &mut Self {
        // Characters are never more than bytes, so most texts need no counting.
        let holds = text
            .text()
            .is_none_or(|text| text.len() <= max || text.chars().count() <= max);
        self.require(
            holds,
            "maxLength",
            format_args!("is longer than {}", Count(max, "character", "characters")),
        )
    }

    /// The number is at least the limit.
    pub fn minimum<N: Numeric>(&mut self, number: &N, min: N::Number) -> &mut Self {
        let holds = number.number().is_none_or(|number| number >= min);
        self.require(holds, "minimum", format_args!("is less than {min}"))
    }

    /// The number is at most the limit.
    pub fn maximum<N: Numeric>(&mut self, number: &N, max: N::Number) -> &mut Self {
        let holds = number.number().is_none_or(|number| number <= max);
        self.require(holds, "maximum", format_args!("is greater than {max}"))
    }

    /// The number is greater than the limit.
    pub fn exclusive_minimum<N: Numeric>(&mut self, number: &N, min: N::Number) -> &mut Self {
        let holds = number.number().is_none_or(|number| number > min);
        self.require(
            holds,
            "exclusiveMinimum",
            format_args!("is not greater than {min}"),
        )
    }

    /// The number is less than the limit.
    pub fn exclusive_maximum<N: Numeric>(&mut self, number: &N, max: N::Number) -> &mut Self {
        let holds = number.number().is_none_or(|number| number < max);
        self.require(
            holds,
            "exclusiveMaximum",
            format_args!("is not less than {max}"),
        )
    }

    /// The number is a whole multiple of the step.
    pub fn multiple_of<N: Numeric>(&mut self, number: &N, step: N::Number) -> &mut Self {
        let holds = number
            .number()
            .is_none_or(|number| number.is_multiple_of(step));
        self.require(
            holds,
            "multipleOf",
            format_args!("is not a multiple of {step}"),
        )
    }

    /// The number is one of those that are listed.
    pub fn one_number_of<N: Numeric>(&mut self, number: &N, listed: &[N::Number]) -> &mut Self {
        let holds = number
            .number()
            .is_none_or(|number| listed.contains(&number));
        self.listed(holds)
    }

    /// The flag is this one.
    pub fn only(&mut self, flag: &impl Flag, only: bool) -> &mut Self {
        self.listed(flag.flag().is_none_or(|flag| flag == only))
    }

    /// Reports a value that is not one of those that are declared, unless it is.
    pub(crate) fn listed(&mut self, holds: bool) -> &mut Self {
        self.require(
            holds,
            "enum",
            format_args!("is not one of the declared values"),
        )
    }

    /// The array has at least so many items.
    pub fn min_items(&mut self, items: &impl Length, min: usize) -> &mut Self {
        let holds = items.length().is_none_or(|len| len >= min);
        self.require(
            holds,
            "minItems",
            format_args!("has fewer than {}", Count(min, "item", "items")),
        )
    }

    /// The array has at most so many items.
    pub fn max_items(&mut self, items: &impl Length, max: usize) -> &mut Self {
        let holds = items.length().is_none_or(|len| len <= max);
        self.require(
            holds,
            "maxItems",
            format_args!("has more than {}", Count(max, "item", "items")),
        )
    }

    /// No two items of the array are equal.
    pub fn unique_items<C>(&mut self, items: &C) -> &mut Self
    where
        C: Items + ?Sized,
        C::Item: Eq + Hash,
    {
        // Comparing each with each would let a long array stall the server.
        let mut seen = HashSet::new();
        let holds = items.items().iter().all(|item| seen.insert(item));
        self.require(holds, "uniqueItems", format_args!("has an item twice"))
    }

    /// The object has at least so many properties.
    pub fn min_properties(&mut self, keys: &impl Length, min: usize) -> &mut Self {
        let holds = keys.length().is_none_or(|len| len >= min);
        self.require(
            holds,
            "minProperties",
            format_args!("has fewer than {}", Count(min, "property", "properties")),
        )
    }

    /// The object has at most so many properties.
    pub fn max_properties(&mut self, keys: &impl Length, max: usize) -> &mut Self {
        let holds = keys.length().is_none_or(|len| len <= max);
        self.require(
            holds,
            "maxProperties",
            format_args!("has more than {}", Count(max, "property", "properties")),
        )
    }

    /// Every item of the array follows the rules.
    pub fn items<C: Items + ?Sized>(
        &mut self,
        items: &C,
        rules: impl for<'c, 'p> Fn(&'c mut Checker<'p>, &C::Item) -> &'c mut Checker<'p>,
    ) -> &mut Self {
        for (index, item) in items.items().iter().enumerate() {
            rules(&mut self.index(index), item);
        }
        self
    }

    /// The items of the tuple follow their rules.
    pub fn tuple<T: Tuple>(
        &mut self,
        tuple: &T,
        rules: impl for<'c, 'p> Fn(&'c mut Checker<'p>, &T::Places) -> &'c mut Checker<'p>,
    ) -> &mut Self {
        if let Some(places) = tuple.places() {
            rules(self, places);
        }
        self
    }

    /// So many items of the array follow the rules.
    pub fn contains<C: Items + ?Sized>(
        &mut self,
        items: &C,
        count: impl RangeBounds<usize> + fmt::Debug,
        rules: impl for<'c, 'p> Fn(&'c mut Checker<'p>, &C::Item) -> &'c mut Checker<'p>,
    ) -> &mut Self {
        let follows = |item: &&C::Item| validate(|at| rules(at, item)).is_ok();
        let found = items.items().iter().filter(follows).count();
        let holds = count.contains(&found) || !items.is_there();
        self.require(
            holds,
            "contains",
            format_args!("has {found} of the items that it must have {count:?} of"),
        )
    }

    /// Every value of the object follows the rules.
    pub fn values<C: Entries>(
        &mut self,
        object: &C,
        rules: impl for<'c, 'p> Fn(&'c mut Checker<'p>, &C::Value) -> &'c mut Checker<'p>,
    ) -> &mut Self {
        for (key, value) in object.entries() {
            rules(&mut self.entry(key), value);
        }
        self
    }

    /// Every key of the object follows the rules; it is told at the place of its value.
    pub fn keys<C: Entries>(
        &mut self,
        object: &C,
        rules: impl for<'c, 'p> Fn(&'c mut Checker<'p>, &C::Key) -> &'c mut Checker<'p>,
    ) -> &mut Self {
        for (key, _) in object.entries() {
            rules(&mut self.entry(key), key);
        }
        self
    }
}

/// A number of things, with the words for one and for several.
struct Count(usize, &'static str, &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(count, one, several) = self;
        let unit = if *count == 1 { one } else { several };
        write!(f, "{count} {unit}")
    }
}
