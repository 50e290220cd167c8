//! Types that are declared in the same words at several places are one type (I22).

use std::collections::HashMap;

use crate::api::{
    Api, Definition, Direction, Docs, NameHint, Origin, Structure, TypeDef, TypeId, directions,
};
use crate::source::Span;

/// Makes one type of the inline types that have the same property name and say the same, and one struct
/// of sets of headers that say the same. It stands where the first of them stood, so the order of the
/// others does not change.
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
    let operations = api.operations.iter_mut();
    operations.for_each(|operation| operation.renumber(&renumber));
}

/// The first of several types stands for another one too, and has a name of both if they stand in
/// different types.
fn rename(def: &mut TypeDef, other: &TypeDef, renumber: &impl Fn(TypeId) -> TypeId) {
    let mut name = other.name.clone();
    name.renumber(renumber);
    let words = common_words(def).filter(|words| name != def.name && !words.is_empty());
    if let Some(words) = words {
        def.name = NameHint::Shared(words, Box::new(def.name.clone()));
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
/// that neither a property has nor a response.
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
    let words = common_words(def)?;
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
        "{words:?}{:?}{direction:?}{definition:?}",
        def.chosen
    ))
}

/// What types of the same words have in common: the property or parameter that a type is declared at,
/// with what else leads to it, or what all names of a set of headers begin with. There may be no such words
/// for headers. Nothing for a type that has a name, and for what is declared once.
fn common_words(def: &TypeDef) -> Option<Vec<String>> {
    match (&def.name, &def.definition) {
        (NameHint::Inside(_, words) | NameHint::Parameter(_, words), _) if !words.is_empty() => {
            Some(words.clone())
        }
        (NameHint::Operation(..), Definition::Struct(it)) if !it.headers.is_empty() => {
            Some(beginning(it))
        }
        _ => None,
    }
}

/// The words that all headers of a set begin with, and that they are headers.
fn beginning(set: &Structure) -> Vec<String> {
    let mut names = set.fields.iter().map(|field| field.name.split('-'));
    let mut common: Vec<&str> = names.next().map(Iterator::collect).unwrap_or_default();
    for name in names {
        let pairs = common.iter().zip(name);
        let same = pairs.take_while(|(word, other)| word.eq_ignore_ascii_case(other));
        common.truncate(same.count());
    }
    match &common[..] {
        [] => Vec::new(),
        [word] if word.eq_ignore_ascii_case("x") => Vec::new(),
        words => vec![words.join("-"), "headers".to_owned()],
    }
}
