//! Scalars and lists of values: formats (C), numbers (D), enums and constants (I).

use crate::api::{Kind, NumberFormat, StringFormat};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::Value;
use crate::spec::Types;

use super::Lowering;
use super::merge::View;
use super::shape::{Defined, Shape};

impl<'a> Lowering<'_, 'a> {
    /// What a list of values comes to, if there is one.
    pub(super) fn values_shape(&mut self, view: &View<'a>) -> Option<Shape> {
        let values = view.enumeration.as_ref()?;
        if values.is_empty() {
            // `enum: [null]` beside nothing else.
            return Some(Shape::Use(Kind::Null));
        }
        let types = view.types.unwrap_or_default();
        let as_text = types.string && types.count() == 1;
        let mut texts: Vec<String> = Vec::with_capacity(values.len());
        for value in values {
            let text = match value.value() {
                Value::String(text) => text.to_string(),
                // `enum: [1.0, true]` under `type: string` are words that YAML took for more (I14).
                Value::Number(text) if as_text => text.to_string(),
                Value::Bool(it) if as_text => it.to_string(),
                Value::Bool(_) if values.iter().all(|it| matches!(it.value(), Value::Bool(_))) => {
                    let has = |wanted| values.iter().any(|it| *it.value() == Value::Bool(wanted));
                    if !(has(true) && has(false)) {
                        let what = "checking `enum` of a boolean";
                        self.unsupported(value.span(), what, "documented, and not checked");
                    }
                    return Some(Shape::Use(Kind::Boolean));
                }
                _ => return self.values_without_enum(view),
            };
            if texts.contains(&text) {
                self.report(
                    Diagnostic::warning(
                        Code::DuplicateKey,
                        value.span(),
                        format!("the value `{text}` is listed twice"),
                    )
                    .label("this one is ignored"),
                );
            } else {
                texts.push(text);
            }
        }
        Some(Shape::Define(Defined::Enum(texts)))
    }

    /// Lists of numbers and of mixed values are read as their type until they are generated.
    fn values_without_enum(&mut self, view: &View<'a>) -> Option<Shape> {
        let span = view.enumeration.as_ref()?.first()?.span();
        let types = view.types.unwrap_or_default();
        let fallback = if types.count() == 1 {
            "read as any value of its type"
        } else {
            "read as any value"
        };
        self.unsupported(span, "a list of values that are not all strings", fallback);
        match types.count() {
            1 if !types.object && !types.array => None,
            _ => Some(Shape::Use(Kind::Any)),
        }
    }

    /// The kind of a string (C1, C11 to C24).
    pub(super) fn string(&mut self, view: &View<'a>) -> Kind {
        Kind::String(match view.format {
            Some("date-time") => StringFormat::DateTime,
            Some("date") => StringFormat::Date,
            Some("uuid") => StringFormat::Uuid,
            Some("password") => StringFormat::Secret,
            _ => StringFormat::Plain,
        })
    }

    /// The kind of an integer (C3, C5, C6).
    pub(super) fn integer(&mut self, view: &View<'a>) -> Kind {
        Kind::Integer(match view.format {
            Some("int8") => NumberFormat::Int8,
            Some("int16") => NumberFormat::Int16,
            Some("int32") => NumberFormat::Int32,
            Some("uint8") => NumberFormat::Uint8,
            Some("uint16") => NumberFormat::Uint16,
            Some("uint32") => NumberFormat::Uint32,
            Some("uint64" | "uint") => NumberFormat::Uint64,
            Some("int64") => NumberFormat::Int64,
            _ if exceeds_i64(view) => NumberFormat::Uint64,
            _ => NumberFormat::Plain,
        })
    }

    /// The kind of a number (C4, C7, C9).
    pub(super) fn number(&mut self, view: &View<'a>) -> Kind {
        match view.format {
            Some("int32") => Kind::Integer(NumberFormat::Int32),
            Some("int64") => Kind::Integer(NumberFormat::Int64),
            Some("float") => Kind::Number(NumberFormat::Float),
            _ => Kind::Number(NumberFormat::Double),
        }
    }
}

/// Whether the bounds say that values are not negative and may be beyond 63 bits (D1).
fn exceeds_i64(view: &View<'_>) -> bool {
    let bound = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i128>().ok());
    bound(&view.constraints.minimum).is_some_and(|minimum| minimum >= 0)
        && bound(&view.constraints.maximum).is_some_and(|maximum| maximum > i128::from(i64::MAX))
}

/// The type that a format belongs to, where `type` is missing.
pub(super) fn type_of_format(format: Option<&str>) -> Types {
    let none = Types::default();
    match format {
        Some(
            "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64"
            | "uint",
        ) => Types {
            integer: true,
            ..none
        },
        Some("float" | "double") => Types {
            number: true,
            ..none
        },
        Some(
            "date-time" | "date" | "time" | "uuid" | "uri" | "email" | "password" | "byte"
            | "hostname" | "ipv4" | "ipv6",
        ) => Types {
            string: true,
            ..none
        },
        _ => none,
    }
}

/// Whether a format chooses a Rust type, so that the documentation need not name it.
pub(super) fn is_mapped(format: &str) -> bool {
    matches!(
        format,
        "date-time"
            | "date"
            | "uuid"
            | "password"
            | "int8"
            | "int16"
            | "int32"
            | "int64"
            | "uint8"
            | "uint16"
            | "uint32"
            | "uint64"
            | "uint"
            | "float"
            | "double"
    )
}
