//! The names of types: components first, so that none of them loses its name to an inline type (NM2
//! to NM7).

use std::collections::HashMap;

use crate::api::{Api, NameHint, TypeId};

use super::names::{Name, Scope, Spelling};
use super::operation_names;
use super::words::{pascal, words};

/// Names that the macros of the runtime refer to where a type is defined.
const RESERVED: &[&str] = &["Validate", "Checker", "UnknownValue"];

/// The name of every type, by its index.
pub(super) fn type_names(api: &Api) -> Vec<Name> {
    let (scope, names) = of_components(api);
    with_inline(api, scope, names)
}

/// The names of all components, in order; inline types follow, so that a component never loses its
/// name to one (NM2).
fn of_components(api: &Api) -> (Scope, HashMap<TypeId, Name>) {
    let mut scope = Scope::with(RESERVED);
    let mut names = HashMap::new();
    for (index, def) in api.types.iter().enumerate() {
        if let NameHint::Component(name) = &def.name {
            names.insert(TypeId(index), scope.name(name, Spelling::Pascal, "Type"));
        }
    }
    (scope, names)
}

/// Adds the names of the types that stand inside others (NM4 to NM7).
fn with_inline(api: &Api, mut scope: Scope, mut names: HashMap<TypeId, Name>) -> Vec<Name> {
    for (index, def) in api.types.iter().enumerate() {
        let (owner, path) = match &def.name {
            NameHint::Component(_) => continue,
            NameHint::Inside(owner, path) => {
                let owner = names.get(owner).map(|name| name.plain().to_owned());
                (owner.unwrap_or_default(), path)
            }
            NameHint::Operation(operation, path) => (operation_words(api, *operation), path),
        };
        let mut all = words(&owner);
        all.extend(path.iter().flat_map(|word| words(word)));
        names.insert(TypeId(index), scope.words(&all, Spelling::Pascal, "Type"));
    }
    (0..api.types.len())
        .map(|index| {
            let fallback = || scope.name("type", Spelling::Pascal, "Type");
            names.get(&TypeId(index)).cloned().unwrap_or_else(fallback)
        })
        .collect()
}

fn operation_words(api: &Api, index: usize) -> String {
    api.operations
        .get(index)
        .map(|it| pascal(&operation_names::words(it)))
        .unwrap_or_default()
}
