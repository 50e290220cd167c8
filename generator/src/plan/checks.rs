//! What `validate` checks (groups D to G), and how documentation says it.

use serde::Serialize;

use crate::api::{Api, Constraints, Definition, Kind, StringFormat, Type, TypeId};

use super::graph::mentions;
use super::rust_type::RustType;

/// One check on a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Check {
    MinLength(u64),
    MaxLength(u64),
    Minimum(Bound),
    Maximum(Bound),
    ExclusiveMinimum(Bound),
    ExclusiveMaximum(Bound),
    MultipleOf(Bound),
    MinItems(u64),
    MaxItems(u64),
    MinProperties(u64),
    MaxProperties(u64),
    /// The value has checks of its own.
    Inside,
}

/// A bound with the primitive type that it is compared in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Bound {
    /// The number as a Rust literal without its sign.
    pub(crate) digits: String,
    pub(crate) negative: bool,
    /// The type, such as `i64`.
    pub(crate) ty: &'static str,
}

/// For each type, whether a value of it has anything to check.
pub(super) fn validating(api: &Api, is_open: impl Fn(TypeId) -> bool) -> Vec<bool> {
    let mut result: Vec<bool> = (0..api.types.len())
        .map(|index| is_open(TypeId(index)))
        .collect();
    loop {
        let mut changed = false;
        for (index, def) in api.types.iter().enumerate() {
            // An alias has no impl of its own; its uses check what it stands for.
            let checks = mentions(&def.definition)
                .into_iter()
                .any(|ty| !own_checks(api, ty).is_empty() || has_inside(api, ty, &result));
            if checks && !std::mem::replace(&mut result[index], true) {
                changed = true;
            }
        }
        if !changed {
            return result;
        }
    }
}

/// The checks on a value.
pub(super) fn of_type(api: &Api, ty: &Type, validates: &[bool]) -> Vec<Check> {
    let mut checks = own_checks(api, ty);
    if has_inside(api, ty, validates) {
        checks.push(Check::Inside);
    }
    checks
}

/// Whether a value has an impl to be checked with: its own type, or that of what it holds.
fn has_inside(api: &Api, ty: &Type, validates: &[bool]) -> bool {
    let mut ty = ty;
    // Aliases cannot lead back to themselves; the bound is for what a mistake in here would cost.
    for _ in 0..=api.types.len() {
        match &ty.kind {
            Kind::Array(inner) | Kind::Map(inner) => ty = inner,
            Kind::Named(id) => match api.types.get(id.0).map(|def| &def.definition) {
                Some(Definition::Alias(target)) => ty = target,
                _ => return validates.get(id.0).copied().unwrap_or(false),
            },
            _ => return false,
        }
    }
    false
}

/// The checks on the value itself; those of the aliases that it is written with are among them.
fn own_checks(api: &Api, ty: &Type) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut ty = ty;
    // Aliases cannot lead back to themselves; the bound is for what a mistake in here would cost.
    for _ in 0..api.types.len() + 1 {
        add_checks(&ty.kind, &ty.constraints, &mut checks);
        match &ty.kind {
            Kind::Named(id) => match api.types.get(id.0).map(|def| &def.definition) {
                Some(Definition::Alias(target)) => ty = target,
                _ => break,
            },
            _ => break,
        }
    }
    checks
}

fn add_checks(kind: &Kind, constraints: &Constraints, checks: &mut Vec<Check>) {
    match kind {
        Kind::String(StringFormat::Plain) => {
            checks.extend(
                constraints
                    .min_length
                    .filter(|min| *min > 0)
                    .map(Check::MinLength),
            );
            checks.extend(constraints.max_length.map(Check::MaxLength));
        }
        Kind::Array(_) => {
            checks.extend(
                constraints
                    .min_items
                    .filter(|min| *min > 0)
                    .map(Check::MinItems),
            );
            checks.extend(constraints.max_items.map(Check::MaxItems));
        }
        Kind::Map(_) => {
            checks.extend(
                constraints
                    .min_properties
                    .filter(|it| *it > 0)
                    .map(Check::MinProperties),
            );
            checks.extend(constraints.max_properties.map(Check::MaxProperties));
        }
        Kind::Integer(_) | Kind::Number(_) => {
            let RustType::Number(ty) = RustType::of_kind(kind) else {
                return;
            };
            let bound = |text: &Option<String>| bound(text.as_deref()?, ty);
            checks.extend(bound(&constraints.minimum).map(Check::Minimum));
            checks.extend(bound(&constraints.maximum).map(Check::Maximum));
            checks.extend(bound(&constraints.exclusive_minimum).map(Check::ExclusiveMinimum));
            checks.extend(bound(&constraints.exclusive_maximum).map(Check::ExclusiveMaximum));
            checks.extend(bound(&constraints.multiple_of).map(Check::MultipleOf));
        }
        _ => {}
    }
}

/// A bound as a literal of a primitive type. One that every value of the type keeps anyway is left
/// out, and so is one that the type cannot hold.
fn bound(text: &str, ty: &'static str) -> Option<Bound> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    if ty.starts_with('f') {
        let value: f64 = digits.parse().ok()?;
        let largest = if ty == "f32" {
            f64::from(f32::MAX)
        } else {
            f64::MAX
        };
        if !value.is_finite() || value > largest {
            return None;
        }
        let digits = format!("{value:?}");
        return Some(Bound {
            digits,
            negative,
            ty,
        });
    }
    let whole: i128 = match text.parse() {
        Ok(whole) => whole,
        // `1.0` and `1e3` are whole numbers too.
        Err(_) => {
            let value: f64 = text.parse().ok()?;
            if value.fract() != 0.0 || value.abs() > 9.0e15 {
                return None;
            }
            format!("{value:.0}").parse().ok()?
        }
    };
    let (min, max) = range(ty);
    if whole < min || whole > max || (whole == min && negative) {
        return None;
    }
    Some(Bound {
        digits: whole.unsigned_abs().to_string(),
        negative: whole < 0,
        ty,
    })
}

fn range(ty: &str) -> (i128, i128) {
    match ty {
        "i8" => (i8::MIN.into(), i8::MAX.into()),
        "i16" => (i16::MIN.into(), i16::MAX.into()),
        "i32" => (i32::MIN.into(), i32::MAX.into()),
        "u8" => (0, u8::MAX.into()),
        "u16" => (0, u16::MAX.into()),
        "u32" => (0, u32::MAX.into()),
        "u64" => (0, u64::MAX.into()),
        _ => (i64::MIN.into(), i64::MAX.into()),
    }
}

/// The constraints as sentences.
pub(super) fn in_words(constraints: &Constraints) -> Vec<String> {
    let plural = |n: u64, unit: &str| {
        if n == 1 {
            format!("1 {unit}")
        } else {
            format!("{n} {unit}s")
        }
    };
    let range = |min: Option<u64>, max: Option<u64>, unit: &str| match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("Exactly {}.", plural(min, unit))),
        (Some(min), Some(max)) => Some(format!("{min} to {}.", plural(max, unit))),
        (Some(min), None) => Some(format!("At least {}.", plural(min, unit))),
        (None, Some(max)) => Some(format!("At most {}.", plural(max, unit))),
        (None, None) => None,
    };
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
    words.extend(number(&constraints.multiple_of, "A multiple of"));
    if constraints.unique_items {
        words.push("Without repeats.".to_owned());
    }
    if let Some(pattern) = &constraints.pattern {
        words.push(format!("Matches {}.", super::prose::code(pattern)));
    }
    words
}
