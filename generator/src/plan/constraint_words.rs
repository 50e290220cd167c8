//! Constraints as sentences of the documentation.

use crate::api::{Constraints, RareConstraints, Type};

use super::prose::code;

/// The constraints on a value and on what it holds, as sentences.
/// Those on an object as a whole come from its structure.
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

/// The constraints on the value itself, as sentences.
pub(super) fn of_constraints(constraints: &Constraints) -> Vec<String> {
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
        words.push(format!("One of {}.", listed(&constraints.values)));
    }
    for pattern in &constraints.patterns {
        words.push(format!("Matches {}.", code(pattern)));
    }
    if let Some(rare) = &constraints.rare {
        words.extend(of_rare(rare));
    }
    words
}

fn of_rare(rare: &RareConstraints) -> Vec<String> {
    let mut words = Vec::new();
    if !rare.not_values.is_empty() {
        words.push(format!("None of {}.", listed(&rare.not_values)));
    }
    for name in &rare.not_types {
        words.push(format!("Not of the type {name}."));
    }
    for contains in &rare.contains {
        let count = range(Some(contains.min), contains.max, "item").unwrap_or_default();
        let mut what: Vec<String> = Vec::new();
        what.extend(
            contains
                .json_type
                .map(|name| format!("Of the type {name}.")),
        );
        if !contains.values.is_empty() {
            what.push(format!("One of {}.", listed(&contains.values)));
        }
        what.extend(of_constraints(&contains.constraints));
        words.push(format!(
            "{} {}",
            count.replace('.', ":"),
            lower_first(&what.join(" "))
        ));
    }
    for keys in &rare.keys {
        let keys = of_constraints(keys).join(" ");
        words.push(format!("Each key: {}", lower_first(&keys)));
    }
    for (key, others) in &rare.dependent_required {
        words.push(format!("With {} comes {}.", code(key), names(others)));
    }
    for lists in &rare.alternatives {
        let how = if lists.exactly_one {
            "Exactly"
        } else {
            "At least"
        };
        let lists: Vec<String> = lists.lists.iter().map(|keys| names(keys)).collect();
        words.push(format!("{how} one of {} is there.", lists.join(", or ")));
    }
    for keys in &rare.forbidden {
        words.push(format!("Without {}.", names(keys)));
    }
    words
}

fn names(keys: &[String]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| code(key)).collect();
    keys.join(" and ")
}

fn listed(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|it| code(it)).collect();
    values.join(", ")
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
