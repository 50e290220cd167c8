//! Questions about how types contain each other: what must be boxed (M2), what may derive what
//! (G19, M6), what has constraints to check.

use crate::api::{Api, Definition, Kind, StringFormat, Type, TypeId};

/// The types that a definition mentions.
pub(super) fn mentions(definition: &Definition) -> Vec<&Type> {
    match definition {
        Definition::Struct(structure) => {
            let fields = structure.fields.iter().map(|field| &field.ty);
            fields.chain(&structure.additional).collect()
        }
        Definition::Alias(ty) => vec![ty],
        Definition::Enum(_) => Vec::new(),
    }
}

/// The named types anywhere in a type.
pub(super) fn named(ty: &Type) -> Option<TypeId> {
    match &ty.kind {
        Kind::Named(id) => Some(*id),
        Kind::Array(inner) | Kind::Map(inner) => named(inner),
        _ => None,
    }
}

/// For each type, the number of its group: types in one group contain each other without a list or
/// a map between, so every edge inside a group needs a `Box`.
pub(super) fn inline_groups(api: &Api) -> Vec<usize> {
    let edges: Vec<Vec<usize>> = api
        .types
        .iter()
        .map(|def| {
            let inline = mentions(&def.definition).into_iter();
            inline
                .filter_map(|ty| match ty.kind {
                    Kind::Named(id) => Some(id.0),
                    _ => None,
                })
                .collect()
        })
        .collect();
    strong_components(&edges)
}

/// Whether a type contains itself inline, given the groups.
pub(super) fn is_boxed(api: &Api, groups: &[usize], from: TypeId, to: TypeId) -> bool {
    let same = groups.get(from.0) == groups.get(to.0);
    // An alias cannot carry the box, so the field that goes through it does.
    same && (from != to || mentions_inline(api, from, to))
}

fn mentions_inline(api: &Api, from: TypeId, to: TypeId) -> bool {
    let def = api.types.get(from.0);
    let mentioned = def.map(|def| mentions(&def.definition)).unwrap_or_default();
    mentioned.iter().any(|ty| ty.kind == Kind::Named(to))
}

/// Strongly connected components by Tarjan's algorithm, with a list of work in place of recursion.
fn strong_components(edges: &[Vec<usize>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let mut order = vec![UNSEEN; edges.len()];
    let mut low = vec![0; edges.len()];
    let mut on_stack = vec![false; edges.len()];
    let mut group = vec![0; edges.len()];
    let (mut stack, mut counter, mut groups) = (Vec::new(), 0, 0);
    for start in 0..edges.len() {
        if order[start] != UNSEEN {
            continue;
        }
        let mut work = vec![(start, 0)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                order[node] = counter;
                low[node] = counter;
                counter += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(&next) = edges[node].get(edge) {
                work.push((node, edge + 1));
                if order[next] == UNSEEN {
                    work.push((next, 0));
                } else if on_stack[next] {
                    low[node] = low[node].min(order[next]);
                }
                continue;
            }
            if low[node] == order[node] {
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    group[member] = groups;
                    if member == node {
                        break;
                    }
                }
                groups += 1;
            }
            if let Some((parent, _)) = work.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
        }
    }
    group
}

/// For each type, whether `holds` is true of all it is made of; types that contain themselves count
/// as what the rest of them says.
pub(super) fn all_parts(api: &Api, holds: impl Fn(&Type) -> bool) -> Vec<bool> {
    let mut result = vec![true; api.types.len()];
    loop {
        let mut changed = false;
        for (index, def) in api.types.iter().enumerate() {
            let fails = mentions(&def.definition)
                .into_iter()
                .any(|ty| !part_holds(ty, &result, &holds));
            if fails && std::mem::replace(&mut result[index], false) {
                changed = true;
            }
        }
        if !changed {
            return result;
        }
    }
}

fn part_holds(ty: &Type, known: &[bool], holds: &impl Fn(&Type) -> bool) -> bool {
    match &ty.kind {
        Kind::Named(id) => known.get(id.0).copied().unwrap_or(true),
        Kind::Array(inner) => part_holds(inner, known, holds),
        Kind::Map(inner) => holds(ty) && part_holds(inner, known, holds),
        _ => holds(ty),
    }
}

/// Whether values of a scalar type can be compared for full equality.
pub(super) fn is_eq(ty: &Type) -> bool {
    !matches!(ty.kind, Kind::Any | Kind::Number(_))
}

/// Whether values of a scalar type can be hashed. A secret cannot: its hash would tell of it.
pub(super) fn is_hash(ty: &Type) -> bool {
    is_eq(ty) && !matches!(ty.kind, Kind::String(StringFormat::Secret))
}
