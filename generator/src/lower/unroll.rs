//! Lists of a fixed length and tuples that contain themselves (F4, M2).

use crate::api::{Definition, Kind, Type, TypeDef, TypeId};
use crate::cycles::strong_components;

use super::any;

/// A list of a fixed length holds its items in place, and so does a tuple. One that leads back to the type
/// that it stands in becomes a list of any length, which holds them elsewhere.
pub(super) fn unroll_cycles(types: &mut [TypeDef]) {
    let edges: Vec<Vec<usize>> = types.iter().map(in_place).collect();
    if types
        .iter_mut()
        .flat_map(members)
        .all(|ty| !holds_places(ty))
    {
        return;
    }
    let groups = strong_components(&edges);
    for (index, def) in types.iter_mut().enumerate() {
        let own = groups.get(index);
        let leads_back = |id: TypeId| {
            groups.get(id.0) == own && (id.0 != index || edges[index].contains(&index))
        };
        for ty in members(def) {
            unroll(ty, &leads_back);
        }
    }
}

/// The types that a definition is made of.
fn members(def: &mut TypeDef) -> Vec<&mut Type> {
    match &mut def.definition {
        Definition::Struct(it) => {
            let fields = it.fields.iter_mut().map(|field| &mut field.ty);
            let unions = it.unions.iter_mut().map(|(_, ty)| ty);
            fields.chain(unions).chain(&mut it.additional).collect()
        }
        Definition::Union(it) => it.variants.iter_mut().map(|it| &mut it.ty).collect(),
        Definition::Alias(ty) | Definition::Wrapper(ty) => vec![ty],
        Definition::Enum(_) => Vec::new(),
    }
}

/// The named types that a value of a type holds in place.
fn in_place(def: &TypeDef) -> Vec<usize> {
    let mut work: Vec<&Type> = match &def.definition {
        Definition::Struct(it) => {
            let fields = it.fields.iter().map(|field| &field.ty);
            fields.chain(it.unions.iter().map(|(_, ty)| ty)).collect()
        }
        Definition::Union(it) => it.variants.iter().map(|it| &it.ty).collect(),
        Definition::Alias(ty) | Definition::Wrapper(ty) => vec![ty],
        Definition::Enum(_) => Vec::new(),
    };
    let mut found = Vec::new();
    while let Some(ty) = work.pop() {
        match &ty.kind {
            Kind::Named(id) => found.push(id.0),
            Kind::Array(_) | Kind::Map(_) | Kind::KeyedMap(..) => {}
            kind => work.extend(kind.inner()),
        }
    }
    found
}

fn holds_places(ty: &Type) -> bool {
    matches!(ty.kind, Kind::Fixed(..) | Kind::Tuple(_))
        || ty.kind.inner().into_iter().any(holds_places)
}

/// Types without a name stand inside each other to a limited depth, so this may recurse.
fn unroll(ty: &mut Type, leads_back: &impl Fn(TypeId) -> bool) {
    let holds = |ty: &Type| holds_in_place(ty, leads_back);
    match &mut ty.kind {
        Kind::Fixed(items, _) if holds(items) => {
            ty.kind = Kind::Array(items.clone());
        }
        Kind::Tuple(items) if items.iter().any(holds) => {
            ty.kind = Kind::Array(Box::new(any()));
        }
        _ => {}
    }
    for inner in ty.kind.inner_mut() {
        unroll(inner, leads_back);
    }
}

fn holds_in_place(ty: &Type, leads_back: &impl Fn(TypeId) -> bool) -> bool {
    match &ty.kind {
        Kind::Named(id) => leads_back(*id),
        Kind::Array(_) | Kind::Map(_) | Kind::KeyedMap(..) => false,
        kind => kind
            .inner()
            .into_iter()
            .any(|inner| holds_in_place(inner, leads_back)),
    }
}
