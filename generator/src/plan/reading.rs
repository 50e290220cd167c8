//! Which fields are not read as serde reads them by itself: by the choice of the user, or because serde
//! keeps their values before it knows what they are.

use serde::Serialize;

use crate::api::{Api, Definition, Field, Kind, Literal, NumberFormat, StringFormat, Type};

use super::presence::holds_null;
use super::types::Presence;

/// What reads a field in the place of serde.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Reader {
    /// Its type alone, which does not take a missing key for `None` (H2).
    Present,
    /// The runtime's `float_form`, for which `1.0` is a whole number (D2).
    FloatForm,
    /// The runtime's `empty_string`, for which `""` is no value (E7).
    EmptyString,
    /// The runtime's `strict`, which reads an object for a struct and no array.
    Strict,
}

impl Reader {
    /// The module of the runtime that has it.
    pub(crate) fn module(self) -> Option<&'static str> {
        match self {
            Self::Present => None,
            Self::FloatForm => Some("float_form"),
            Self::EmptyString => Some("empty_string"),
            Self::Strict => Some("strict"),
        }
    }
}

/// What reads a declared property, if serde does not; and whether its key may be missing.
pub(super) fn of_field(api: &Api, field: &Field, presence: Presence) -> (Option<Reader>, bool) {
    let reading = field.reading;
    let is_required = presence == Presence::Required;
    let holds_null = holds_null(api, &field.ty);
    let is_option = !is_required || field.ty.nullable && !holds_null;
    let is_strict = reading.strict_nullable && is_required;
    let reader = if reading.float_form && holds_integer(api, &field.ty) {
        Some(Reader::FloatForm)
    } else if reading.empty_string && is_option && is_never_empty(api, &field.ty) {
        Some(Reader::EmptyString)
    } else {
        (is_strict && is_option).then_some(Reader::Present)
    };
    (reader, is_option && !is_strict)
}

/// What reads properties that stand beside the declared ones. serde keeps these, and reads them from what
/// it kept, where the strictness of the whole does not reach.
pub(super) fn of_flattened(api: &Api, ty: &Type) -> Option<Reader> {
    let is_object = |ty: &Type| match &ty.kind {
        Kind::Named(id) => !matches!(
            api.types.get(id.0).map(|def| &def.definition),
            Some(Definition::Enum(_) | Definition::Alias(_))
        ),
        _ => false,
    };
    anywhere(api, ty, is_object).then_some(Reader::Strict)
}

/// Whether there is a whole number of at most 64 bits in a value, outside of the objects and unions in it:
/// fields of those are read as is said there.
fn holds_integer(api: &Api, ty: &Type) -> bool {
    anywhere(api, ty, |ty| match ty.kind {
        Kind::Integer(format) => !matches!(format, NumberFormat::Int128 | NumberFormat::Uint128),
        _ => false,
    })
}

/// Whether `holds` is true of a type or of one that it is made of, other names and lists that contain
/// themselves included.
fn anywhere(api: &Api, ty: &Type, holds: impl Fn(&Type) -> bool) -> bool {
    let (mut work, mut seen) = (vec![ty], Vec::new());
    while let Some(ty) = work.pop() {
        if holds(ty) {
            return true;
        }
        work.extend(ty.kind.inner());
        if let Kind::Named(id) = ty.kind
            && !seen.contains(&id)
            && let Some(Definition::Alias(target) | Definition::Wrapper(target)) =
                api.types.get(id.0).map(|def| &def.definition)
        {
            seen.push(id);
            work.push(target);
        }
    }
    false
}

/// Whether a value is written as a string that is never empty.
fn is_never_empty(api: &Api, ty: &Type) -> bool {
    let Some(ty) = crate::api::without_alias(&api.types, ty) else {
        return false;
    };
    match &ty.kind {
        Kind::String(format) => !matches!(
            format,
            StringFormat::Plain
                | StringFormat::Secret
                | StringFormat::Base64
                | StringFormat::Base64Url
        ),
        Kind::Named(id) => match api.types.get(id.0).map(|def| &def.definition) {
            Some(Definition::Enum(listed)) => listed
                .members
                .iter()
                .all(|member| matches!(&member.value, Literal::Text(text) if !text.is_empty())),
            _ => false,
        },
        _ => false,
    }
}
