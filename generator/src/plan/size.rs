//! How large values are, roughly: clippy asks for a box around an enum variant that is much larger
//! than the others.

use super::formats;
use super::rust_type::RustType;
use super::types::{DefinitionPlan, TypePlan};

/// Two hundred bytes of difference make clippy complain; sizes here may be off by a few words.
const LARGE: usize = 150;

/// The same for the failures of a `Result`: the limit is 128 bytes.
const LARGE_FAILURE: usize = 96;

/// How deep types are looked into. What is deeper is behind a pointer in practice.
const MAX_DEPTH: usize = 16;

/// Whether the largest of these is much larger than the next.
pub(super) fn is_uneven(types: &[TypePlan], variants: &[Option<&RustType>]) -> bool {
    let mut sizes: Vec<usize> = variants
        .iter()
        .map(|ty| ty.map_or(0, |ty| size(types, ty, 0)))
        .collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    matches!(sizes[..], [largest, next, ..] if largest > next + LARGE)
}

/// Whether any of these is too large for a failure.
pub(super) fn is_large(types: &[TypePlan], variants: &[Option<&RustType>]) -> bool {
    variants
        .iter()
        .flatten()
        .any(|ty| size(types, ty, 0) > LARGE_FAILURE)
}

fn size(types: &[TypePlan], ty: &RustType, depth: usize) -> usize {
    match ty {
        RustType::Unit => 0,
        RustType::Bool => 1,
        RustType::Number("i8" | "u8") => 1,
        RustType::Number("i16" | "u16") => 2,
        RustType::Number("i32" | "u32" | "f32") => 4,
        RustType::Number("i128" | "u128") | RustType::Secret => 16,
        RustType::Number(_) | RustType::Boxed(_) | RustType::JsonString(_) => 8,
        RustType::Format(format) => formats::size(*format),
        RustType::String | RustType::Vec(_) | RustType::Map(_) | RustType::JsonObject => 24,
        RustType::Value => 32,
        RustType::Option(inner) => size(types, inner, depth).next_multiple_of(8).max(16),
        RustType::Named(_) if depth > MAX_DEPTH => 0,
        RustType::Named(id) => match types.get(id.0).map(|plan| &plan.definition) {
            Some(DefinitionPlan::Struct(plan)) => plan
                .fields
                .iter()
                .map(|field| size(types, &field.ty, depth + 1))
                .sum(),
            Some(DefinitionPlan::Enum(plan)) => {
                if plan.open {
                    24
                } else {
                    1
                }
            }
            Some(DefinitionPlan::Alias(target)) => size(types, target, depth + 1),
            Some(DefinitionPlan::Wrapper(plan)) => size(types, &plan.ty, depth + 1),
            None => 0,
        },
    }
}
