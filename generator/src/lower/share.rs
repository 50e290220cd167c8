//! Types that are declared in the same words at several places are one type (I22).

use std::collections::HashMap;

use crate::api::{Api, Definition, Direction, Docs, NameHint, Origin, TypeDef, TypeId, directions};
use crate::source::Span;

/// Makes one type of the inline types that have the same property name and say the same. It stands where
/// the first of them stood, so the order of the others does not change.
pub(super) fn share(api: &mut Api) {
    let groups = groups(api);
    let mut first: HashMap<usize, usize> = HashMap::new();
    let mut kept = Vec::with_capacity(api.types.len());
    // The new number of each type, and how many types became one of them.
    let mut new: Vec<TypeId> = Vec::with_capacity(api.types.len());
    let mut merged: Vec<Vec<usize>> = Vec::new();
    for (index, group) in groups.into_iter().enumerate() {
        let known = group.and_then(|group| first.get(&group).copied());
        if let Some(at) = known {
            new.push(TypeId(at));
            merged[at].push(index);
            continue;
        }
        first.extend(group.map(|group| (group, kept.len())));
        new.push(TypeId(kept.len()));
        kept.push(index);
        merged.push(Vec::new());
    }
    let renumber = |id: TypeId| new.get(id.0).copied().unwrap_or(id);
    let mut types = Vec::with_capacity(kept.len());
    for (index, others) in kept.into_iter().zip(merged) {
        let mut def = api.types[index].clone();
        let by_property = !is_variant(&api.types, &def);
        def.name.renumber(&renumber);
        def.definition.renumber(&renumber);
        for other in others {
            if by_property {
                rename(&mut def, &api.types[other], &renumber);
            }
            if def.docs != api.types[other].docs {
                def.docs = Docs::default();
            }
        }
        types.push(def);
    }
    api.types = types;
    for operation in &mut api.operations {
        operation.sent_mut().for_each(|ty| ty.renumber(&renumber));
        operation
            .received_mut()
            .for_each(|ty| ty.renumber(&renumber));
    }
}

/// The first of several types stands for another one too, and has a name of both if they stand in
/// different types.
fn rename(def: &mut TypeDef, other: &TypeDef, renumber: &impl Fn(TypeId) -> TypeId) {
    let mut name = other.name.clone();
    name.renumber(renumber);
    if let Some(words) = property(&def.name).filter(|_| name != def.name) {
        def.name = NameHint::Shared(words.to_vec(), Box::new(def.name.clone()));
    }
}

/// Whether a type is one of a union, and so not named after a property.
fn is_variant(types: &[TypeDef], def: &TypeDef) -> bool {
    let NameHint::Inside(owner, _) = &def.name else {
        return false;
    };
    matches!(
        types.get(owner.0),
        Some(TypeDef {
            definition: Definition::Union(_),
            ..
        })
    )
}

/// For each type, the number of the types that it is the same as; `None` for one that has a name or
/// that no property has.
fn groups(api: &Api) -> Vec<Option<usize>> {
    let directions = directions(api);
    let mut groups: Vec<Option<usize>> = vec![None; api.types.len()];
    let mut known: HashMap<String, usize> = HashMap::new();
    // What stands inside a type comes after it, so that is known first.
    for (index, def) in api.types.iter().enumerate().rev() {
        let direction = directions.get(index).copied().unwrap_or_default();
        let numbers = |id: TypeId| match groups.get(id.0).copied().flatten() {
            Some(group) => TypeId(api.types.len() + group),
            None => id,
        };
        if let Some(says) = says(def, direction, &numbers) {
            let next = known.len();
            groups[index] = Some(*known.entry(says).or_insert(next));
        }
    }
    groups
}

/// What a type says, as a text to compare.
fn says(
    def: &TypeDef,
    direction: Direction,
    numbers: &impl Fn(TypeId) -> TypeId,
) -> Option<String> {
    let property = property(&def.name)?;
    let mut definition = def.definition.clone();
    definition.renumber(numbers);
    // An object holds other fields where it travels another way; an enum holds the same values.
    let direction = match &mut definition {
        Definition::Struct(structure) => {
            for field in &mut structure.fields {
                field.origin = Origin {
                    pointer: String::new(),
                    span: Span::default(),
                };
            }
            Some(direction)
        }
        _ => None,
    };
    Some(format!(
        "{property:?}{:?}{direction:?}{definition:?}",
        def.chosen
    ))
}

/// The property or parameter that a type is declared at, with what else leads to it.
fn property(hint: &NameHint) -> Option<&[String]> {
    match hint {
        NameHint::Inside(_, words) | NameHint::Parameter(_, words) => {
            Some(&words[..]).filter(|words| !words.is_empty())
        }
        _ => None,
    }
}
