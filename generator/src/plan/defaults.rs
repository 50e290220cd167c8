//! Defaults: the methods that give them, and what a constructor fills in (I1 to I5, G17).

use serde::Serialize;
use serde_json::Value;

use crate::api::{
    Api, Definition, Direction, Enumeration, Field, Kind, Literal, StringFormat, Type, TypeId,
    without_alias,
};

use super::bound::{self, Bound};
use super::enums;
use super::names::{Name, Scope, Spelling};
use super::rust_type::RustType;
use super::types::{FieldPlan, Presence};

/// What a field is where nothing is said about it.
#[derive(Debug, Serialize)]
pub(crate) struct DefaultPlan {
    pub(crate) value: DefaultValue,
    /// How it is asked for. A field that is always there is only filled in by the constructor (I2).
    pub(crate) accessor: Option<Accessor>,
    /// Whether the type of the field has no other value (I6).
    pub(crate) constant: bool,
}

/// A value as an expression.
#[derive(Debug, Serialize)]
pub(crate) enum DefaultValue {
    Boolean(bool),
    Number(Bound),
    Text(String),
    /// A variant of an enum, by its index.
    Variant(TypeId, usize),
    EmptyList,
    /// JSON that is a value of the type.
    Json(String),
}

/// A method that gives the value of a field, or its default.
#[derive(Debug, Serialize)]
pub(crate) struct Accessor {
    pub(crate) name: Name,
    /// The constant that holds the default, if its type has constants.
    pub(crate) constant: Option<Name>,
    pub(crate) gives: Gives,
    /// Whether the value may be `null` all the same.
    pub(crate) nullable: bool,
}

/// What a method gives.
#[derive(Debug, Serialize)]
pub(crate) enum Gives {
    /// A copy.
    Copy(RustType),
    /// `&str`.
    Text,
    /// A slice of these.
    List(RustType),
    /// A reference.
    Reference(RustType),
}

/// Methods that every type has, or that types of ours have: an accessor of that name would hide them.
const RESERVED: &[&str] = &[
    "as_ref",
    "borrow",
    "check",
    "clone",
    "cmp",
    "default",
    "deserialize",
    "eq",
    "fmt",
    "from",
    "from_parts",
    "hash",
    "into",
    "into_parts",
    "ne",
    "new",
    "partial_cmp",
    "serialize",
    "to_owned",
    "to_string",
    "try_from",
    "try_into",
    "type_id",
    "validate",
];

/// Plans the defaults of the fields of a struct, each of which stands beside what it is planned from.
pub(super) fn plan(api: &Api, directions: &[Direction], fields: &mut [(&Field, FieldPlan)]) {
    let mut methods = Scope::with(RESERVED, "value");
    let mut constants = Scope::default();
    for (field, plan) in fields {
        if field.default.is_none() && !(field.required && constant_of(api, &field.ty).is_some()) {
            continue;
        }
        if plan.presence == Presence::Required {
            plan.default = filled_in(api, field);
        } else if let Some((value, gives)) = effective(api, field, directions) {
            let has_constant = !matches!(value, DefaultValue::EmptyList | DefaultValue::Json(_));
            let constant = format!("default {}", plan.name.plain());
            plan.default = Some(DefaultPlan {
                value,
                constant: false,
                accessor: Some(Accessor {
                    name: methods.name(plan.name.plain(), Spelling::Snake, "value"),
                    constant: has_constant
                        .then(|| constants.name(&constant, Spelling::Shouty, "DEFAULT")),
                    gives,
                    nullable: matches!(&plan.ty, RustType::Option(it) if matches!(**it, RustType::Option(_))),
                }),
            });
        }
    }
}

/// What the constructor fills in for a field that is always there: a constant, or a default (I2, I6).
fn filled_in(api: &Api, field: &Field) -> Option<DefaultPlan> {
    let constant = constant_of(api, &field.ty);
    let value = match constant {
        Some(id) => DefaultValue::Variant(id, 0),
        None => value(api, &field.ty, &field.default.as_ref()?.value)?,
    };
    Some(DefaultPlan {
        value,
        accessor: None,
        constant: constant.is_some(),
    })
}

/// The type of a constant, if a type is one.
fn constant_of(api: &Api, ty: &Type) -> Option<TypeId> {
    match (resolved(api, ty)?, ty.nullable) {
        (Kind::Named(id), false) => enumeration(api, *id)?.constant().map(|_| *id),
        _ => None,
    }
}

/// The default of a field that may be absent, and how it is given.
fn effective(api: &Api, field: &Field, directions: &[Direction]) -> Option<(DefaultValue, Gives)> {
    let value = value(api, &field.ty, &field.default.as_ref()?.value)?;
    let kind = resolved(api, &field.ty)?;
    let ty = RustType::of_kind(kind);
    let gives = match (&value, kind) {
        (DefaultValue::Boolean(_) | DefaultValue::Number(_), _) => Gives::Copy(ty),
        (DefaultValue::Text(_), _) => Gives::Text,
        (DefaultValue::Variant(id, _), _) => {
            let direction = directions.get(id.0).copied().unwrap_or_default();
            match enums::is_copy(enumeration(api, *id)?, direction) {
                true => Gives::Copy(ty),
                false => Gives::Reference(ty),
            }
        }
        (_, Kind::Array(items)) => Gives::List(RustType::of(items)),
        _ => Gives::Reference(ty),
    };
    Some((value, gives))
}

/// A value of a type as an expression.
fn value(api: &Api, ty: &Type, value: &Value) -> Option<DefaultValue> {
    let kind = resolved(api, ty)?;
    Some(match (kind, value) {
        (Kind::Boolean, Value::Bool(flag)) => DefaultValue::Boolean(*flag),
        (Kind::Integer(_) | Kind::Number(_), Value::Number(number)) => {
            let RustType::Number(ty) = RustType::of_kind(kind) else {
                return None;
            };
            DefaultValue::Number(bound::value(&number.to_string(), ty)?)
        }
        (Kind::String(StringFormat::Plain), Value::String(text)) => {
            DefaultValue::Text(text.clone())
        }
        (Kind::Array(_), Value::Array(items)) if items.is_empty() => DefaultValue::EmptyList,
        (Kind::Named(id), value) => match enumeration(api, *id) {
            Some(listed) => DefaultValue::Variant(*id, member(listed, value)?),
            None => DefaultValue::Json(value.to_string()),
        },
        _ => DefaultValue::Json(value.to_string()),
    })
}

fn enumeration(api: &Api, id: TypeId) -> Option<&Enumeration> {
    match &api.types.get(id.0)?.definition {
        Definition::Enum(listed) => Some(listed),
        _ => None,
    }
}

fn member(listed: &Enumeration, value: &Value) -> Option<usize> {
    listed
        .members
        .iter()
        .position(|member| match &member.value {
            Literal::Text(text) => value.as_str() == Some(text),
            Literal::Integer(whole) => value.as_i64() == Some(*whole),
            Literal::Boolean(flag) => value.as_bool() == Some(*flag),
            Literal::Number(digits) => value.as_f64() == digits.parse().ok(),
        })
}

/// What a type is once its other names are looked through.
fn resolved<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a Kind> {
    without_alias(&api.types, ty).map(|ty| &ty.kind)
}
