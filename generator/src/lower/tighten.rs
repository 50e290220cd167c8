//! The constraints that several schemas put on one value (J4).

use std::cmp::Ordering;

use crate::api::Constraints;
use crate::load::number;
use crate::spec::Schema;

/// Adds the constraints of a schema; of two limits the tighter one holds.
pub(super) fn merge(into: &mut Constraints, schema: &Schema<'_>) {
    let own = &schema.constraints;
    into.min_length = into.min_length.max(own.min_length);
    into.max_length = smaller(into.max_length, own.max_length);
    into.min_items = into.min_items.max(own.min_items);
    into.max_items = smaller(into.max_items, own.max_items);
    into.min_properties = into.min_properties.max(own.min_properties);
    into.max_properties = smaller(into.max_properties, own.max_properties);
    into.unique_items |= own.unique_items;
    let (higher, lower) = (Ordering::Greater, Ordering::Less);
    tighten(&mut into.minimum, own.minimum, higher);
    tighten(&mut into.exclusive_minimum, own.exclusive_minimum, higher);
    tighten(&mut into.maximum, own.maximum, lower);
    tighten(&mut into.exclusive_maximum, own.exclusive_maximum, lower);
    if let Some(divisor) = own
        .multiple_of
        .map(decimal)
        .filter(|it| !into.multiple_of.contains(it))
    {
        into.multiple_of.push(divisor);
    }
    if let Some(pattern) = own
        .pattern
        .filter(|it| !into.patterns.iter().any(|known| known == it))
    {
        into.patterns.push(pattern.to_owned());
    }
}

fn smaller(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a.into_iter().chain(b).min()
}

/// Takes the new bound if there is none yet or if it is tighter.
fn tighten(bound: &mut Option<String>, new: Option<&str>, tighter: Ordering) {
    let Some(new) = new.map(decimal) else { return };
    let is_tighter = match bound {
        Some(old) => compare(&new, old).is_none_or(|order| order == tighter),
        None => true,
    };
    if is_tighter {
        *bound = Some(new);
    }
}

/// A number in the spelling that JSON has too, without the hexadecimal digits of YAML.
fn decimal(text: &str) -> String {
    number::integer(text).map_or_else(
        || text.trim_start_matches('+').to_owned(),
        |whole| whole.to_string(),
    )
}

/// Whole numbers are compared digit by digit, since large ones would be rounded otherwise.
fn compare(a: &str, b: &str) -> Option<Ordering> {
    match (number::integer(a), number::integer(b)) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ => number::float(a)?.partial_cmp(&number::float(b)?),
    }
}
