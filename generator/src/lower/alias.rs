//! Aliases that contain themselves (M3).

use crate::api::{Definition, Kind, TypeDef, named};
use crate::cycles::on_cycles;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::any;

/// An alias cannot refer to itself, not even through a list, so a list or a map that does becomes a type
/// of its own. Another name of such a type may stay an alias: the cycle is broken without it.
pub(super) fn wrap_cycles(types: &mut [TypeDef]) {
    let edges: Vec<Vec<usize>> = types.iter().map(targets).collect();
    for (def, is_cyclic) in types.iter_mut().zip(on_cycles(&edges)) {
        if let Definition::Alias(ty) = &def.definition
            && is_cyclic
            && !matches!(ty.kind, Kind::Named(_))
        {
            def.definition = Definition::Wrapper(ty.clone());
        }
    }
}

/// A name that stands for itself and for nothing else, as the only branch of a union may say it, is read
/// as any value: nobody behind this phase could come to an end of it.
pub(super) fn cut_cycles(diagnostics: &mut Diagnostics, types: &mut [TypeDef]) {
    let edges: Vec<Vec<usize>> = types.iter().map(targets).collect();
    for (def, is_cyclic) in types.iter_mut().zip(on_cycles(&edges)) {
        if !is_cyclic {
            continue;
        }
        let message = "this schema says only that it is itself";
        diagnostics.push(
            Diagnostic::warning(Code::InfiniteType, def.origin.span, message)
                .label("read as any value"),
        );
        def.definition = Definition::Alias(any());
    }
}

/// The types that an alias is spelled with.
fn targets(def: &TypeDef) -> Vec<usize> {
    match &def.definition {
        Definition::Alias(ty) => named(ty).into_iter().map(|id| id.0).collect(),
        _ => Vec::new(),
    }
}
