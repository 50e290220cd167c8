//! Constraints that nothing checks yet: they are told, and stand in the documentation.

use std::collections::HashSet;

use crate::api::{Api, Definition, Kind, StringFormat, Type, TypeDef};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Warns of the constraints that `validate` leaves out, at each place where they would be checked.
/// Those of a field itself are checked; those of what it holds, and of parameters, are not.
pub(super) fn report(diagnostics: &mut Diagnostics, api: &Api) {
    let mut seen = HashSet::new();
    let mut tell = |ty: &Type, is_field: bool, span: Span| {
        for keyword in keywords(&api.types, ty, is_field) {
            if seen.insert((span, keyword)) {
                let message = format!("checking `{keyword}` here is not supported yet");
                diagnostics.push(
                    Diagnostic::warning(Code::Unsupported, span, message)
                        .label("documented, and not checked"),
                );
            }
        }
    };
    for def in &api.types {
        if let Definition::Struct(structure) = &def.definition {
            for field in &structure.fields {
                tell(&field.ty, true, field.origin.span);
            }
            if let Some(rest) = &structure.additional {
                tell(rest, false, def.origin.span);
            }
        }
    }
    for operation in &api.operations {
        for parameter in &operation.parameters {
            tell(&parameter.ty, false, parameter.origin.span);
        }
        if let Some(body) = &operation.body {
            tell(&body.ty, false, operation.origin.span);
        }
    }
}

/// The keywords on a value and on what it holds that nothing checks.
fn keywords(types: &[TypeDef], ty: &Type, is_field: bool) -> Vec<&'static str> {
    let mut found = Vec::new();
    let (mut ty, mut checked) = (ty, is_field);
    // Aliases cannot lead back to themselves; the bound is for what a mistake in here would cost.
    for _ in 0..=types.len() + MAX_NESTING {
        found.extend(unchecked(ty, checked));
        match &ty.kind {
            Kind::Array(inner) | Kind::Map(inner) => (ty, checked) = (inner, false),
            Kind::Named(id) => match types.get(id.0).map(|def| &def.definition) {
                Some(Definition::Alias(target)) => ty = target,
                _ => break,
            },
            _ => break,
        }
    }
    found
}

/// How many lists and maps a type without a name has around each other at most.
const MAX_NESTING: usize = super::MAX_INLINE_DEPTH;

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
