//! Aliases that contain themselves (M3).

use crate::api::{Definition, Kind, Type, TypeDef, TypeId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::any;

/// An alias cannot refer to itself, not even through a list. Where one does, its inner use is read
/// as any value.
pub(super) fn break_cycles(diagnostics: &mut Diagnostics, types: &mut [TypeDef]) {
    let targets: Vec<Option<TypeId>> = types.iter().map(alias_target).collect();
    let cyclic = on_cycles(&targets);
    for (index, _) in cyclic.iter().enumerate().filter(|(_, cyclic)| **cyclic) {
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

fn alias_target(def: &TypeDef) -> Option<TypeId> {
    let Definition::Alias(ty) = &def.definition else {
        return None;
    };
    let mut ty = ty;
    loop {
        match &ty.kind {
            Kind::Array(inner) | Kind::Map(inner) => ty = inner,
            Kind::Named(id) => return Some(*id),
            _ => return None,
        }
    }
}

/// Every type that leads back to itself. Each alias leads to one type at most, so a walk that meets
/// its own steps has found a cycle, and one that meets those of another walk has nothing new to find.
fn on_cycles(targets: &[Option<TypeId>]) -> Vec<bool> {
    let mut walk_of: Vec<Option<usize>> = vec![None; targets.len()];
    let mut found = vec![false; targets.len()];
    for start in 0..targets.len() {
        let mut at = start;
        let stop = loop {
            match walk_of.get(at) {
                Some(None) => {}
                Some(Some(walk)) if *walk == start => break Some(at),
                _ => break None,
            }
            walk_of[at] = Some(start);
            match targets.get(at).copied().flatten() {
                Some(next) => at = next.0,
                None => break None,
            }
        };
        let Some(first) = stop else { continue };
        let mut at = first;
        while !std::mem::replace(&mut found[at], true) {
            at = targets
                .get(at)
                .copied()
                .flatten()
                .map_or(first, |next| next.0);
        }
    }
    found
}

fn cut(ty: &mut Type) {
    match &mut ty.kind {
        Kind::Array(inner) | Kind::Map(inner) => cut(inner),
        Kind::Named(_) => *ty = any(),
        _ => {}
    }
}
