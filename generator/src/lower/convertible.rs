//! Which composed types can be turned into their parts (group J).

use crate::api::{Definition, Structure, TypeDef, TypeId};

/// Marks every part whose fields all stand in the whole with the same type. The whole may require
/// what the part does not.
pub(super) fn mark(types: &mut [TypeDef]) {
    let marks: Vec<Vec<bool>> = types
        .iter()
        .map(|def| {
            let Definition::Struct(whole) = &def.definition else {
                return Vec::new();
            };
            whole
                .parts
                .iter()
                .map(|part| contains(types, whole, part.id))
                .collect()
        })
        .collect();
    for (def, marks) in types.iter_mut().zip(marks) {
        if let Definition::Struct(whole) = &mut def.definition {
            for (part, convertible) in whole.parts.iter_mut().zip(marks) {
                part.convertible = convertible;
            }
        }
    }
}

fn contains(types: &[TypeDef], whole: &Structure, part: TypeId) -> bool {
    let Some(Definition::Struct(part)) = types.get(part.0).map(|def| &def.definition) else {
        return false;
    };
    // Undeclared keys that the part keeps have no place in a whole that drops them, and the properties of a
    // union have one of their own in each.
    part.additional == whole.additional
        && part.unions.is_empty()
        && part.fields.iter().all(|field| {
            let same = whole.fields.iter().find(|it| it.name == field.name);
            same.is_some_and(|same| same.ty == field.ty && (same.required || !field.required))
        })
}
