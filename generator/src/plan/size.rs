//! How large values are, roughly: clippy asks for a box around an enum variant that is much larger
//! than the others.

use super::enums::Representation;
use super::formats;
use super::rust_type::RustType;
use super::types::{DefinitionPlan, TypePlan};

/// Two hundred bytes of difference make clippy complain; sizes here may be off by a few words.
const LARGE: usize = 150;

/// The same for the failures of a `Result`: the limit is 128 bytes.
const LARGE_FAILURE: usize = 96;

/// How deep types are looked into. What is deeper is behind a pointer in practice.
const MAX_DEPTH: usize = 16;

/// Whether the largest of these variants, by what they hold, is much larger than the next.
pub(super) fn is_uneven(types: &[TypePlan], variants: &[Vec<&RustType>]) -> bool {
    let mut sizes: Vec<usize> = variants.iter().map(|held| sum(types, held)).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    matches!(sizes[..], [largest, next, ..] if largest > next + LARGE)
}

/// Whether any of these variants is too large for a failure.
pub(super) fn is_large(types: &[TypePlan], variants: &[Vec<&RustType>]) -> bool {
    let mut sizes = variants.iter().map(|held| sum(types, held));
    sizes.any(|size| size > LARGE_FAILURE)
}

fn sum(types: &[TypePlan], held: &[&RustType]) -> usize {
    held.iter().map(|ty| size(types, ty, 0)).sum()
}

/// The largest variant of a union that is not boxed (M2).
const LARGEST_VARIANT: usize = 256;

/// Boxes the variants of unions that are large, or much larger than the others.
pub(super) fn box_large_variants(types: &mut [TypePlan]) {
    for index in 0..types.len() {
        let Some(DefinitionPlan::Union(plan)) = types.get(index).map(|it| &it.definition) else {
            continue;
        };
        let mut sizes: Vec<usize> = plan
            .variants
            .iter()
            .map(|it| size(types, &it.ty, 0))
            .collect();
        // What is kept of an unknown object is a variant too.
        sizes.extend(plan.open.then_some(32));
        let limit = |own: usize| {
            let others = sizes.iter().enumerate().filter(|(other, _)| *other != own);
            let next = others.map(|(_, size)| *size).max().unwrap_or(0);
            LARGEST_VARIANT.min(next + LARGE)
        };
        let large: Vec<usize> = (0..plan.variants.len())
            .filter(|own| sizes[*own] > limit(*own))
            .collect();
        if let Some(DefinitionPlan::Union(plan)) = types.get_mut(index).map(|it| &mut it.definition)
        {
            for own in large {
                let variant = &mut plan.variants[own];
                variant.ty = variant.ty.clone().boxed();
            }
        }
    }
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
        RustType::Replaced(_)
        | RustType::String
        | RustType::Vec(_)
        | RustType::Map(_)
        | RustType::JsonObject => 24,
        RustType::Choice(_, items) => {
            let items = items.iter().map(|it| size(types, it, depth));
            items.max().unwrap_or(0) + 8
        }
        RustType::Value => 32,
        RustType::Body => 64,
        RustType::File => 184,
        RustType::Form(inner) => size(types, inner, depth),
        RustType::EventStream(_) => 48,
        RustType::JsonStream(_) => 176,
        RustType::KeyedMap(..) => 24,
        RustType::Fixed(inner, length) => size(types, inner, depth) * length,
        RustType::Tuple(items) => items.iter().map(|it| size(types, it, depth)).sum(),
        RustType::Option(inner) => size(types, inner, depth).next_multiple_of(8).max(16),
        RustType::Named(_) if depth > MAX_DEPTH => 0,
        RustType::Named(id) => match types.get(id.0).map(|plan| &plan.definition) {
            Some(DefinitionPlan::Struct(plan)) => plan
                .fields
                .iter()
                .map(|field| size(types, &field.ty, depth + 1))
                .sum(),
            Some(DefinitionPlan::Enum(plan)) => match plan.representation {
                Representation::OpenText { .. } => 24,
                Representation::OpenInteger { .. } => 16,
                _ => 1,
            },
            Some(DefinitionPlan::Union(plan)) => {
                let variants = plan
                    .variants
                    .iter()
                    .map(|it| size(types, &it.ty, depth + 1));
                let rest = if plan.open { 32 } else { 0 };
                variants.max().unwrap_or(0).max(rest) + 8
            }
            Some(DefinitionPlan::Alias(target)) => size(types, target, depth + 1),
            Some(DefinitionPlan::Wrapper(plan)) => size(types, &plan.ty, depth + 1),
            None => 0,
        },
    }
}
