//! Values of the document as the members of an enum, or as JSON that is compared.

use crate::api::{Enumeration, Kind, Literal, Member, NumberFormat, Others};
use crate::load::{Value, number};
use crate::spec::{Data, Types};

use super::{Listed, ListedValue};

/// A value with what it is under the type that is stated; an array or an object is no literal.
pub(super) type Fitting<'a> = (ListedValue<'a>, Option<Literal>);

/// The members of the enum that values are; `None` if they are none. `number` has no enum, for it
/// could not keep a value that is not listed; a constant needs not to.
pub(super) fn members(values: &[Fitting<'_>], types: Types, constant: bool) -> Option<Vec<Member>> {
    let (_, first) = values.first()?;
    let is_alike = |literal: &Literal| match (first, literal) {
        (Some(Literal::Text(_)), Literal::Text(_)) => true,
        (Some(Literal::Integer(_)), Literal::Integer(_)) => constant || !types.number,
        _ => constant && !types.integer,
    };
    let members = values.iter().map(|(value, literal)| {
        let literal = literal.clone().filter(|it| is_alike(it))?;
        Some(Member {
            value: literal,
            name: value.name.map(str::to_owned),
            description: value.description.map(str::to_owned),
        })
    });
    members.collect()
}

/// The kind of whole numbers of which one has more than 64 bits with a sign (D1).
pub(super) fn wide(values: &[Fitting<'_>]) -> Option<Kind> {
    let whole = |literal: &Literal| match literal {
        Literal::Integer(value) => Some(i128::from(*value)),
        Literal::Number(digits) => digits.parse().ok(),
        _ => None,
    };
    let values = values
        .iter()
        .filter_map(|(_, literal)| whole(literal.as_ref()?));
    let (min, max) = values.fold((0, 0), |(min, max), it| (it.min(min), it.max(max)));
    let is_large = min < i128::from(i64::MIN) || max > i128::from(i64::MAX);
    let fits_u64 = min == 0 && max <= i128::from(u64::MAX);
    is_large.then_some(Kind::Integer(match fits_u64 {
        true => NumberFormat::Uint64,
        false => NumberFormat::Int128,
    }))
}

pub(super) fn enumeration(members: Vec<Member>, listed: &Listed<'_>, types: Types) -> Enumeration {
    let others = match (listed.constant, listed.extensible) {
        (true, _) => Others::Refused,
        (_, true) => Others::Allowed,
        _ => Others::ByDirection,
    };
    let value = listed.default.and_then(|data| literal(&data, types));
    let default = value.and_then(|value| members.iter().position(|it| it.value == value));
    Enumeration {
        default: if listed.constant { Some(0) } else { default },
        members,
        others,
    }
}

/// What a scalar is under the types that are stated; `None` if it is of none of them.
pub(super) fn literal(data: &Data<'_>, types: Types) -> Option<Literal> {
    let free = types == Types::default();
    let numeric = types.integer || types.number;
    match data.value() {
        // A list under `type: string` may hold words that YAML took for more (I14).
        Value::Number(text) if types.string && types.count() == 1 => {
            Some(Literal::Text(text.to_string()))
        }
        Value::Bool(flag) if types.string && types.count() == 1 => {
            Some(Literal::Text(flag.to_string()))
        }
        Value::String(text) if free || types.string => Some(Literal::Text(text.to_string())),
        Value::String(text) if numeric && types.count() == 1 => digits(text),
        Value::String(text) if types.boolean && types.count() == 1 => {
            text.parse().ok().map(Literal::Boolean)
        }
        Value::Number(text) if free || numeric => digits(text),
        Value::Bool(flag) if free || types.boolean => Some(Literal::Boolean(*flag)),
        _ => None,
    }
}

/// The type that a value has by itself.
pub(super) fn class(data: &Data<'_>) -> Types {
    let none = Types::default();
    match data.value() {
        Value::Null => Types { null: true, ..none },
        Value::Bool(_) => Types {
            boolean: true,
            ..none
        },
        Value::Number(text) => match digits(text) {
            Some(Literal::Integer(_)) => Types {
                integer: true,
                ..none
            },
            _ => Types {
                number: true,
                ..none
            },
        },
        Value::String(_) => Types {
            string: true,
            ..none
        },
        Value::Sequence(_) => Types {
            array: true,
            ..none
        },
        Value::Mapping(_) => Types {
            object: true,
            ..none
        },
    }
}

/// A number; `1.0` is the whole number 1 (D5).
fn digits(text: &str) -> Option<Literal> {
    if let Some(whole) = number::integer(text) {
        let literal = i64::try_from(whole).map(Literal::Integer);
        return Some(literal.unwrap_or_else(|_| Literal::Number(whole.to_string())));
    }
    let value = number::float(text)?;
    let whole = format!("{value:.0}").parse::<i64>().ok();
    Some(match whole.filter(|_| value.fract() == 0.0) {
        Some(whole) => Literal::Integer(whole),
        None => Literal::Number(format!("{value:?}")),
    })
}

/// A value as JSON, the same for values that are equal by the rules of JSON Schema.
pub(super) fn json(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(digits) => digits.clone(),
    }
}

/// The same for any value of the document.
pub(super) fn canonical(data: &Data<'_>) -> String {
    match literal(data, Types::default()) {
        Some(literal) => json(&literal),
        None => format!("{data:?}"),
    }
}

pub(super) fn is_null(data: &Data<'_>) -> bool {
    *data.value() == Value::Null
}
