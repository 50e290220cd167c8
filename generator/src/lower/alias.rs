//! Aliases that contain themselves (M3).

use crate::api::{Definition, Kind, Type, TypeDef, TypeId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::any;

/// An alias cannot refer to itself, not even through a list. Where one does, its inner use is read
/// as any value.
pub(super) fn break_cycles(diagnostics: &mut Diagnostics, types: &mut [TypeDef]) {
    let targets: Vec<Vec<TypeId>> = types.iter().map(alias_targets).collect();
    for index in 0..types.len() {
        if !reaches_itself(&targets, index) {
            continue;
        }
        let Some(def) = types.get_mut(index) else {
            continue;
        };
        diagnostics.push(
            Diagnostic::warning(
                Code::InfiniteType,
                def.origin.span,
                "this type contains itself without an object between",
            )
            .label("its inner use is read as any value"),
        );
        if let Definition::Alias(ty) = &mut def.definition {
            cut(ty);
        }
    }
}

fn alias_targets(def: &TypeDef) -> Vec<TypeId> {
    let Definition::Alias(ty) = &def.definition else {
        return Vec::new();
    };
    let mut ty = ty;
    loop {
        match &ty.kind {
            Kind::Array(inner) | Kind::Map(inner) => ty = inner,
            Kind::Named(id) => return vec![*id],
            _ => return Vec::new(),
        }
    }
}

fn reaches_itself(targets: &[Vec<TypeId>], start: usize) -> bool {
    let mut seen = vec![start];
    let mut at = start;
    while let Some(next) = targets.get(at).and_then(|ids| ids.first()) {
        if next.0 == start {
            return true;
        }
        if seen.contains(&next.0) {
            return false;
        }
        seen.push(next.0);
        at = next.0;
    }
    false
}

fn cut(ty: &mut Type) {
    match &mut ty.kind {
        Kind::Array(inner) | Kind::Map(inner) => cut(inner),
        Kind::Named(_) => *ty = any(),
        _ => {}
    }
}
