//! Which types hold which, and which way values travel: whether a type is part of a request, of a
//! response, or of both.

use serde::Serialize;

use super::{Api, Definition, Kind, Type, TypeId};

/// The directions of one type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Direction {
    /// Sent to the API.
    pub(crate) request: bool,
    /// Sent by the API.
    pub(crate) response: bool,
}

/// The directions of every type.
pub(crate) fn directions(api: &Api) -> Vec<Direction> {
    let mut directions = vec![Direction::default(); api.types.len()];
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for operation in &api.operations {
        let (mut asked, mut answered) = (&mut sent, &mut received);
        if operation.hook.is_some() {
            // The API sends it, and may be newer than who receives it, as with a response.
            std::mem::swap(&mut asked, &mut answered);
        }
        asked.extend(operation.sent().flat_map(named));
        answered.extend(operation.received().flat_map(named));
    }
    for id in reach(api, sent) {
        directions[id.0].request = true;
    }
    for id in reach(api, received) {
        directions[id.0].response = true;
    }
    directions
}

/// Every named type that can be reached from these, each once.
pub(crate) fn reach(api: &Api, roots: Vec<TypeId>) -> Vec<TypeId> {
    let mut seen = vec![false; api.types.len()];
    let mut work = roots;
    let mut found = Vec::new();
    while let Some(id) = work.pop() {
        let Some(seen) = seen.get_mut(id.0).filter(|seen| !**seen) else {
            continue;
        };
        *seen = true;
        found.push(id);
        if let Some(def) = api.types.get(id.0) {
            work.extend(mentions(&def.definition).into_iter().flat_map(named));
            // A whole can be turned into its parts, so it brings them along.
            if let Definition::Struct(structure) = &def.definition {
                let parts = structure.parts.iter().filter(|part| part.convertible);
                work.extend(parts.map(|part| part.id));
            }
        }
    }
    found
}

/// The types that a definition mentions.
pub(crate) fn mentions(definition: &Definition) -> Vec<&Type> {
    match definition {
        Definition::Struct(structure) => {
            let fields = structure.fields.iter().map(|field| &field.ty);
            let unions = structure.unions.iter().map(|(_, ty)| ty);
            fields.chain(unions).chain(&structure.additional).collect()
        }
        Definition::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Definition::Alias(ty) | Definition::Wrapper(ty) => vec![ty],
        Definition::Enum(_) => Vec::new(),
    }
}

/// The named types anywhere in a type, in order.
pub(crate) fn named(ty: &Type) -> Vec<TypeId> {
    let mut found = Vec::new();
    let mut work = vec![ty];
    while let Some(ty) = work.pop() {
        if let Kind::Named(id) = ty.kind {
            found.push(id);
        }
        work.extend(ty.kind.inner().into_iter().rev());
    }
    found
}
