//! Scalars: what formats and bounds choose (groups C, D and E).

use crate::api::{Constraints, Kind, NumberFormat, StringFormat};
use crate::config::{DateTimes, Decimals, Floats, Formats, Uris};
use crate::diagnostic::{Code, Diagnostic};
use crate::spec::{Schema, Types};

use super::Lowering;
use super::hint::Hint;
use super::media::is_json;
use super::merge::View;

/// The formats that belong to strings and to nothing else.
const OF_STRINGS: &[&str] = &[
    "base64",
    "base64url",
    "binary",
    "byte",
    "date",
    "date-time",
    "date-time-local",
    "duration",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "ip",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "partial-time",
    "password",
    "regex",
    "relative-json-pointer",
    "time",
    "time-local",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// Integers by the bounds of the types of Rust, as documents write them.
const I64_MAX: i128 = i64::MAX as i128;
const U64_MAX: i128 = u64::MAX as i128;

/// What a format stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    String,
    Integer,
    Number,
    Boolean,
}

impl<'a> Lowering<'_, 'a> {
    /// The kind of a string (C1, C10 to C24, E4 to E6).
    pub(super) fn string(&mut self, view: &View<'a>, hint: &Hint) -> Kind {
        if !view.content_schema.is_empty() {
            let is_json = view.content_media_type.is_some_and(is_json);
            if is_json && view.content_encoding.is_none() {
                let mut inner = self.type_of(&view.content_schema, &hint.child("content"));
                if !inner.constraints.is_empty() {
                    let what = "checking a scalar or a list in a string of JSON";
                    self.unsupported(view.span, what, "not checked");
                    inner.constraints = Constraints::default();
                }
                return Kind::JsonString(Box::new(inner));
            }
            let what = "`contentSchema` of something other than plain JSON";
            self.unsupported(view.span, what, "the text is not looked into");
        }
        if let Some(encoding) = view.content_encoding {
            return Kind::String(encoding_format(encoding));
        }
        self.check_format(view, Base::String);
        if view.format == Some("binary") {
            // Whether anybody reads it as JSON is known once all operations are.
            self.binary_texts.push(view.span);
        }
        let format = view.format.unwrap_or_default();
        Kind::String(string_format(format, self.formats))
    }

    /// The kind of an integer (C3, C5, C6, D1).
    pub(super) fn integer(&mut self, view: &View<'a>) -> Kind {
        self.check_format(view, Base::Integer);
        let format = integer_format(view.format.unwrap_or_default());
        Kind::Integer(format.unwrap_or_else(|| of_bounds(&view.constraints)))
    }

    /// The kind of a number (C4, C7, C9, C10).
    pub(super) fn number(&mut self, view: &View<'a>) -> Kind {
        self.check_format(view, Base::Number);
        let format = view.format.unwrap_or_default();
        if is_decimal(format) {
            let what = "keeping every digit of a decimal number that is no string";
            self.unsupported(view.span, what, "read as `f64`, which keeps 15 of them");
        }
        match integer_format(format) {
            Some(format) => Kind::Integer(format),
            None if format == "float" && self.formats.float == Floats::F32 => {
                Kind::Number(NumberFormat::Float)
            }
            None => Kind::Number(NumberFormat::Double),
        }
    }

    /// The kind of a boolean (C2).
    pub(super) fn boolean(&mut self, view: &View<'a>) -> Kind {
        self.check_format(view, Base::Boolean);
        Kind::Boolean
    }

    /// Warns of a format that belongs to values of another type (C32).
    fn check_format(&mut self, view: &View<'a>, base: Base) {
        let Some(format) = view.format.filter(|format| !fits(format, base)) else {
            return;
        };
        let base = match base {
            Base::String => "strings",
            Base::Integer => "integers",
            Base::Number => "numbers",
            Base::Boolean => "booleans",
        };
        self.report(
            Diagnostic::warning(
                Code::FormatMismatch,
                view.span,
                format!("`{format}` is no format of {base}"),
            )
            .label("the format is ignored"),
        );
    }
}

/// Whether a format can stand on a type. One that is not known can stand on all of them.
fn fits(format: &str, base: Base) -> bool {
    if OF_STRINGS.contains(&format) {
        base == Base::String
    } else if integer_format(format).is_some() {
        // The registry of formats lets 64 bits be written as a string (E9).
        let as_text = base == Base::String && matches!(format, "int64" | "uint64");
        as_text || matches!(base, Base::Integer | Base::Number)
    } else if is_decimal(format) {
        base != Base::Boolean
    } else {
        !matches!(format, "float" | "double") || base == Base::Number
    }
}

fn is_decimal(format: &str) -> bool {
    matches!(format, "decimal" | "decimal128")
}

/// What an encoding of bytes as text chooses (C20, C21, E6).
fn encoding_format(encoding: &str) -> StringFormat {
    match encoding.to_ascii_lowercase().as_str() {
        "base64" => StringFormat::Base64,
        "base64url" => StringFormat::Base64Url,
        _ => StringFormat::Plain,
    }
}

/// What a format of strings chooses. One that no type holds every value of chooses nothing: no
/// library has a type for a time of day with an offset, or keeps the spelling of every URI.
fn string_format(format: &str, choices: Formats) -> StringFormat {
    let dates = choices.datetime != DateTimes::String;
    let local = dates && choices.datetime != DateTimes::Time;
    match format {
        "date-time" if dates => StringFormat::DateTime,
        "date" if dates => StringFormat::Date,
        "date-time-local" if local => StringFormat::LocalDateTime,
        "time-local" | "partial-time" if local => StringFormat::LocalTime,
        "uuid" => StringFormat::Uuid,
        "uri" if choices.uri == Uris::Url => StringFormat::Uri,
        "ipv4" => StringFormat::Ipv4,
        "ipv6" => StringFormat::Ipv6,
        "ip" => StringFormat::Ip,
        "byte" | "base64" => StringFormat::Base64,
        "base64url" => StringFormat::Base64Url,
        "password" => StringFormat::Secret,
        _ if is_decimal(format) && choices.decimal == Decimals::RustDecimal => {
            StringFormat::Decimal
        }
        _ => StringFormat::Plain,
    }
}

/// What a format of integers chooses. Those of `usize` in Rust are 64 bits wide.
fn integer_format(format: &str) -> Option<NumberFormat> {
    Some(match format {
        "int8" => NumberFormat::Int8,
        "int16" => NumberFormat::Int16,
        "int32" => NumberFormat::Int32,
        "int64" | "int" => NumberFormat::Int64,
        "uint8" => NumberFormat::Uint8,
        "uint16" => NumberFormat::Uint16,
        "uint32" => NumberFormat::Uint32,
        "uint64" | "uint" => NumberFormat::Uint64,
        _ => return None,
    })
}

/// What the bounds of an integer without a format choose (D1).
fn of_bounds(constraints: &Constraints) -> NumberFormat {
    let one_up = |bound: i128| bound.saturating_add(1);
    let one_down = |bound: i128| bound.saturating_sub(1);
    let low = bound(constraints.minimum.as_deref())
        .max(bound(constraints.exclusive_minimum.as_deref()).map(one_up));
    let highs = [
        bound(constraints.maximum.as_deref()),
        bound(constraints.exclusive_maximum.as_deref()).map(one_down),
    ];
    let high = highs.into_iter().flatten().min().unwrap_or(I64_MAX);
    match low {
        Some(low) if low >= 0 && high > U64_MAX => NumberFormat::Uint128,
        Some(low) if low < -I64_MAX - 1 || low < 0 && high > I64_MAX => NumberFormat::Int128,
        None if high > U64_MAX => NumberFormat::Int128,
        // Who writes an upper bound of 64 bits and no lower one means a number without a sign.
        _ if high > I64_MAX => NumberFormat::Uint64,
        _ => NumberFormat::Plain,
    }
}

/// A bound as a whole number. Beyond 128 bits it is as large as it can be.
fn bound(text: Option<&str>) -> Option<i128> {
    let text = text?;
    let whole: i128 = match text.parse() {
        Ok(whole) => whole,
        // A conversion from a float stops at the ends of the range.
        Err(_) => text.parse::<f64>().ok()?.trunc() as i128,
    };
    // JavaScript writes the ends of 64 bits in the digits that it can hold.
    Some(match whole {
        9_223_372_036_854_775_808 | 9_223_372_036_854_776_000 => I64_MAX,
        -9_223_372_036_854_776_000 => -I64_MAX - 1,
        18_446_744_073_709_551_616 | 18_446_744_073_709_552_000 => U64_MAX,
        _ => whole,
    })
}

/// The type that a format belongs to, where `type` is missing (C28).
pub(super) fn type_of_format(format: Option<&str>) -> Types {
    let none = Types::default();
    match format {
        Some("float" | "double") => Types {
            number: true,
            ..none
        },
        // Bytes that are sent as they are have no type of JSON.
        Some("binary") | None => none,
        Some(format) => Types {
            integer: integer_format(format).is_some(),
            string: OF_STRINGS.contains(&format),
            ..none
        },
    }
}

/// Whether the format of a schema chooses its type of Rust, so that the documentation need not name
/// it.
pub(super) fn is_mapped(schema: &Schema<'_>, format: &str, choices: Formats) -> bool {
    let types = schema.types;
    let untyped = types.count() == 0;
    if types.string || untyped && OF_STRINGS.contains(&format) {
        return string_format(format, choices) != StringFormat::Plain;
    }
    let number = types.number || untyped;
    number && matches!(format, "float" | "double")
        || (number || types.integer) && integer_format(format).is_some()
}

/// Whether the encoding of a schema chooses its type of Rust.
pub(super) fn is_mapped_encoding(encoding: &str) -> bool {
    encoding_format(encoding) != StringFormat::Plain
}
