//! Questions about how types contain each other: what must be boxed (M2), what may derive what
//! (G19, M6), what has constraints to check.

use crate::api::{Api, Definition, Kind, StringFormat, Type, TypeId, mentions, named};
use crate::cycles::strong_components;

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

/// Whether a type that contains itself is a union with a variant that does not, so that it has an end.
pub(super) fn has_choice(api: &Api, groups: &[usize], id: TypeId) -> bool {
    let Some(Definition::Union(union)) = api.types.get(id.0).map(|def| &def.definition) else {
        return false;
    };
    union.variants.iter().any(|variant| match variant.ty.kind {
        Kind::Named(target) => groups.get(target.0) != groups.get(id.0),
        _ => true,
    })
}

fn mentions_inline(api: &Api, from: TypeId, to: TypeId) -> bool {
    let def = api.types.get(from.0);
    let mentioned = def.map(|def| mentions(&def.definition)).unwrap_or_default();
    mentioned.iter().any(|ty| ty.kind == Kind::Named(to))
}

/// For each type, whether `holds` is true of all it is made of; types that contain themselves count
/// as what the rest of them says (M6). It is true of no type that keeps any value.
pub(super) fn all_parts(
    api: &Api,
    keeps_any: impl Fn(TypeId) -> bool,
    holds: impl Fn(&Type) -> bool,
) -> Vec<bool> {
    let fails = api.types.iter().enumerate().map(|(index, def)| {
        let mut mentions = mentions(&def.definition).into_iter();
        keeps_any(TypeId(index)) || mentions.any(|ty| !holds_without_names(ty, &holds))
    });
    spread(api, fails.collect())
        .into_iter()
        .map(|fails| !fails)
        .collect()
}

/// What is true of a type is true of every type that mentions it, and of those that mention these. Each
/// type is looked at once, however long the way is.
pub(super) fn spread(api: &Api, mut marks: Vec<bool>) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    for (index, def) in api.types.iter().enumerate() {
        for target in mentions(&def.definition).into_iter().flat_map(named) {
            if let Some(users) = users.get_mut(target.0) {
                users.push(index);
            }
        }
    }
    let marked = |(index, mark): (usize, &bool)| mark.then_some(index);
    let mut work: Vec<usize> = marks.iter().enumerate().filter_map(marked).collect();
    while let Some(index) = work.pop() {
        for user in users.get(index).into_iter().flatten() {
            if let Some(mark) = marks.get_mut(*user)
                && !std::mem::replace(mark, true)
            {
                work.push(*user);
            }
        }
    }
    marks
}

fn holds_without_names(ty: &Type, holds: &impl Fn(&Type) -> bool) -> bool {
    match &ty.kind {
        Kind::Named(_) => true,
        kind => {
            let mut inner = kind.inner().into_iter();
            holds(ty) && inner.all(|inner| holds_without_names(inner, holds))
        }
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
