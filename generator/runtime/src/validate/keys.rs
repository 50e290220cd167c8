//! The constraints on which keys an object has.

use std::collections::BTreeMap;
use std::fmt;

use super::{Checker, Length};

/// A value that has keys, or is absent.
pub trait Keyed {
    /// Whether the key is there; nothing if the value itself is absent.
    fn has(&self, key: &str) -> Option<bool>;
}

impl<T> Keyed for BTreeMap<String, T> {
    fn has(&self, key: &str) -> Option<bool> {
        Some(self.contains_key(key))
    }
}

impl<C: Keyed> Keyed for Option<C> {
    fn has(&self, key: &str) -> Option<bool> {
        self.as_ref()?.has(key)
    }
}

impl<C: Keyed> Keyed for Box<C> {
    fn has(&self, key: &str) -> Option<bool> {
        (**self).has(key)
    }
}

/// The keys of a struct: those that are declared, with whether they are there, and those that are not.
#[derive(Debug, Clone, Copy)]
pub struct Keys<'a, const N: usize, R = ()> {
    pub(in super::super) declared: [(&'a str, bool); N],
    pub(in super::super) rest: Option<&'a R>,
}

impl<'a, const N: usize> Keys<'a, N> {
    /// The keys of a struct that holds no others.
    pub const fn new(declared: [(&'a str, bool); N]) -> Self {
        Self {
            declared,
            rest: None,
        }
    }

    /// The same keys beside those that are not declared.
    pub const fn and<R>(self, rest: &'a R) -> Keys<'a, N, R> {
        Keys {
            declared: self.declared,
            rest: Some(rest),
        }
    }
}

impl<const N: usize> Length for Keys<'_, N> {
    fn length(&self) -> Option<usize> {
        Some(
            self.declared
                .iter()
                .filter(|(_, is_there)| *is_there)
                .count(),
        )
    }
}

impl<const N: usize> Keyed for Keys<'_, N> {
    fn has(&self, key: &str) -> Option<bool> {
        Some(self.declared.contains(&(key, true)))
    }
}

/// Both kinds of keys together.
impl<const N: usize, K, T> Length for Keys<'_, N, BTreeMap<K, T>> {
    fn length(&self) -> Option<usize> {
        let rest = self.rest.map_or(0, BTreeMap::len);
        Some(Keys::new(self.declared).length()? + rest)
    }
}

impl<const N: usize, T> Keyed for Keys<'_, N, BTreeMap<String, T>> {
    fn has(&self, key: &str) -> Option<bool> {
        let in_rest = self.rest.is_some_and(|rest| rest.contains_key(key));
        Some(self.declared.contains(&(key, true)) || in_rest)
    }
}

impl Checker<'_> {
    /// The object has these keys.
    pub fn required(&mut self, object: &impl Keyed, keys: &[&str]) -> &mut Self {
        for key in keys {
            let holds = object.has(key).unwrap_or(true);
            self.require(holds, "required", format_args!("lacks `{key}`"));
        }
        self
    }

    /// If the object has the key, it has the others too.
    pub fn dependent_required(
        &mut self,
        object: &impl Keyed,
        key: &str,
        others: &[&str],
    ) -> &mut Self {
        if object.has(key) != Some(true) {
            return self;
        }
        for other in others {
            let holds = object.has(other).unwrap_or(true);
            self.require(
                holds,
                "dependentRequired",
                format_args!("has `{key}` and lacks `{other}`"),
            );
        }
        self
    }

    /// The object has all keys of at least one of the lists.
    pub fn any_of_keys(&mut self, object: &impl Keyed, lists: &[&[&str]]) -> &mut Self {
        let holds = complete(object, lists).is_none_or(|count| count > 0);
        self.require(holds, "anyOf", format_args!("has none of {}", Lists(lists)))
    }

    /// The object has all keys of exactly one of the lists.
    pub fn one_of_keys(&mut self, object: &impl Keyed, lists: &[&[&str]]) -> &mut Self {
        let holds = complete(object, lists).is_none_or(|count| count == 1);
        self.require(
            holds,
            "oneOf",
            format_args!("does not have exactly one of {}", Lists(lists)),
        )
    }

    /// The object lacks at least one of the keys.
    pub fn not_all_keys(&mut self, object: &impl Keyed, keys: &[&str]) -> &mut Self {
        let has_all = keys.iter().all(|key| object.has(key) == Some(true));
        self.require(!has_all, "not", format_args!("has {}", Lists(&[keys])))
    }
}

/// How many of the lists the object has as a whole; nothing if there is no object.
fn complete(object: &impl Keyed, lists: &[&[&str]]) -> Option<usize> {
    let mut count = 0;
    for list in lists {
        let mut all = true;
        for key in *list {
            all &= object.has(key)?;
        }
        count += usize::from(all);
    }
    Some(count)
}

/// Lists of keys in words.
struct Lists<'a>(&'a [&'a [&'a str]]);

impl fmt::Display for Lists<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, keys) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { ", " })?;
            for (index, key) in keys.iter().enumerate() {
                let and = if index == 0 { "" } else { " and " };
                write!(f, "{and}`{key}`")?;
            }
        }
        Ok(())
    }
}
