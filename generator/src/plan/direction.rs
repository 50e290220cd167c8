//! Which way values travel: whether a type is part of a request, of a response, or of both.

use crate::api::{Api, Type, TypeId};

use super::graph::{mentions, named};

/// The directions of one type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Direction {
    /// Sent by a client.
    pub(crate) request: bool,
    /// Sent by a server.
    pub(crate) response: bool,
}

/// The directions of every type.
pub(super) fn directions(api: &Api) -> Vec<Direction> {
    let mut directions = vec![Direction::default(); api.types.len()];
    let mut sent: Vec<&Type> = Vec::new();
    let mut received: Vec<&Type> = Vec::new();
    for operation in &api.operations {
        sent.extend(operation.parameters.iter().map(|parameter| &parameter.ty));
        sent.extend(operation.body.iter().map(|body| &body.ty));
        let bodies = operation
            .responses
            .iter()
            .filter_map(|response| response.body.as_ref());
        received.extend(bodies.map(|(_, ty)| ty));
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
pub(super) fn reach<'a>(api: &'a Api, roots: Vec<&'a Type>) -> Vec<TypeId> {
    let mut seen = vec![false; api.types.len()];
    let mut work: Vec<TypeId> = roots.into_iter().flat_map(named).collect();
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
            if let crate::api::Definition::Struct(structure) = &def.definition {
                let parts = structure.parts.iter().filter(|part| part.convertible);
                work.extend(parts.map(|part| part.id));
            }
        }
    }
    found
}
