//! Constraints that nothing checks yet: they are told, and stand in the documentation.

use crate::api::{Kind, StringFormat, Type};
use crate::source::Span;

use super::Lowering;

impl Lowering<'_, '_> {
    /// Warns of the constraints of a type that `validate` leaves out. Those of a field itself are
    /// checked; those of what it holds are not.
    pub(super) fn warn_unchecked(&mut self, ty: &Type, is_field: bool, span: Span) {
        let mut ty = ty;
        let mut checked = is_field;
        loop {
            for keyword in unchecked(ty, checked) {
                self.unsupported(
                    span,
                    &format!("checking `{keyword}` here"),
                    "documented, and not checked",
                );
            }
            match &ty.kind {
                Kind::Array(inner) | Kind::Map(inner) => ty = inner,
                _ => return,
            }
            checked = false;
        }
    }
}

fn unchecked(ty: &Type, checked: bool) -> Vec<&'static str> {
    let constraints = &ty.constraints;
    // A length is a matter of plain text; dates, identifiers and secrets have theirs.
    let lengths = !checked || !matches!(ty.kind, Kind::String(StringFormat::Plain));
    let rows = [
        (constraints.pattern.is_some(), "pattern"),
        (constraints.unique_items, "uniqueItems"),
        (lengths && constraints.min_length.is_some(), "minLength"),
        (lengths && constraints.max_length.is_some(), "maxLength"),
        (!checked && constraints.minimum.is_some(), "minimum"),
        (!checked && constraints.maximum.is_some(), "maximum"),
        (
            !checked && constraints.exclusive_minimum.is_some(),
            "exclusiveMinimum",
        ),
        (
            !checked && constraints.exclusive_maximum.is_some(),
            "exclusiveMaximum",
        ),
        (!checked && constraints.multiple_of.is_some(), "multipleOf"),
        (!checked && constraints.min_items.is_some(), "minItems"),
        (!checked && constraints.max_items.is_some(), "maxItems"),
        (
            !checked && constraints.min_properties.is_some(),
            "minProperties",
        ),
        (
            !checked && constraints.max_properties.is_some(),
            "maxProperties",
        ),
    ];
    rows.into_iter()
        .filter(|(is_there, _)| *is_there)
        .map(|(_, keyword)| keyword)
        .collect()
}
