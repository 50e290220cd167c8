//! Constraints as sentences of the documentation.

use crate::api::{Constraints, Type};

use super::prose::code;

/// The constraints on a value and on what it holds, as sentences.
pub(super) fn in_words(ty: &Type) -> Vec<String> {
    let mut words = of_constraints(&ty.constraints);
    if let [inner] = ty.kind.inner()[..] {
        let inner = in_words(inner);
        if !inner.is_empty() {
            let each = match ty.kind {
                crate::api::Kind::Map(_) => "Each value",
                _ => "Each item",
            };
            words.push(format!("{each}: {}", lower_first(&inner.join(" "))));
        }
    }
    words
}

/// A sentence behind a colon starts with a small letter.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn of_constraints(constraints: &Constraints) -> Vec<String> {
    let mut words = Vec::new();
    let positive = |min: Option<u64>| min.filter(|min| *min > 0);
    words.extend(range(
        positive(constraints.min_length),
        constraints.max_length,
        "character",
    ));
    words.extend(range(
        positive(constraints.min_items),
        constraints.max_items,
        "item",
    ));
    words.extend(range(
        positive(constraints.min_properties),
        constraints.max_properties,
        "key",
    ));
    let number = |text: &Option<String>, words: &str| {
        text.as_ref().map(|number| format!("{words} {number}."))
    };
    words.extend(number(&constraints.minimum, "At least"));
    words.extend(number(&constraints.maximum, "At most"));
    words.extend(number(&constraints.exclusive_minimum, "More than"));
    words.extend(number(&constraints.exclusive_maximum, "Less than"));
    let steps = constraints.multiple_of.iter();
    words.extend(steps.map(|step| format!("A multiple of {step}.")));
    if constraints.unique_items {
        words.push("Without repeats.".to_owned());
    }
    if !constraints.values.is_empty() {
        let values: Vec<String> = constraints.values.iter().map(|it| code(it)).collect();
        words.push(format!("One of {}.", values.join(", ")));
    }
    for pattern in &constraints.patterns {
        words.push(format!("Matches {}.", code(pattern)));
    }
    words
}

fn range(min: Option<u64>, max: Option<u64>, unit: &str) -> Option<String> {
    let plural = |n: u64| {
        let plural = if n == 1 { "" } else { "s" };
        format!("{n} {unit}{plural}")
    };
    match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("Exactly {}.", plural(min))),
        (Some(min), Some(max)) => Some(format!("{min} to {}.", plural(max))),
        (Some(min), None) => Some(format!("At least {}.", plural(min))),
        (None, Some(max)) => Some(format!("At most {}.", plural(max))),
        (None, None) => None,
    }
}
