//! Constraints as sentences of the documentation.

use crate::api::{Constraints, Kind, RareConstraints, Rule, Type};

use super::prose::code;

/// The constraints on a value and on what it holds, as sentences.
/// Those on an object as a whole come from its structure.
pub(super) fn in_words(ty: &Type) -> Vec<String> {
    let mut words = of_constraints(&ty.constraints);
    let mut of_inner = |what: &str, inner: &Type| {
        let inner = in_words(inner).join(" ");
        if !inner.is_empty() {
            words.push(format!("{what}: {}", lower_first(&inner)));
        }
    };
    match &ty.kind {
        Kind::Array(items) | Kind::Fixed(items, _) => of_inner("Each item", items),
        Kind::Map(values) | Kind::KeyedMap(_, values) => of_inner("Each value", values),
        Kind::JsonString(inner) => of_inner("The value inside", inner),
        Kind::Tuple(items) => {
            for (index, item) in items.iter().enumerate() {
                of_inner(&format!("Item {}", index + 1), item);
            }
        }
        _ => {}
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
        words.push(format!(
            "{} {}",
            count.replace('.', ":"),
            of_rule(&contains.rule)
        ));
    }
    for keys in &rare.keys {
        let keys = of_constraints(keys).join(" ");
        words.push(format!("Each key: {}", lower_first(&keys)));
    }
    for (pattern, rule) in &rare.patterned {
        words.push(format!(
            "Under a key like {}: {}",
            code(pattern),
            of_rule(rule)
        ));
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

fn of_rule(rule: &Rule) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(rule.json_type.map(|name| format!("Of the type {name}.")));
    if !rule.values.is_empty() {
        words.push(format!("One of {}.", listed(&rule.values)));
    }
    words.extend(of_constraints(&rule.constraints));
    lower_first(&words.join(" "))
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
