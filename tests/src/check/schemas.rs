//! The named schemas against the types.

use openapiv3::{OpenAPI, ReferenceOr};
use serde_json::Value;

use super::{Mismatches, values};
use crate::registry::{self, SchemaEntry};
use crate::shape::{Kind, Shape};

/// Checks each schema, and that there is a type for each.
pub(super) fn check(document: &OpenAPI, mismatches: &mut Mismatches) {
    let declared = document.components.iter().flat_map(|parts| &parts.schemas);
    let entries = registry::schemas();
    for (name, schema) in declared.clone() {
        let place = format!("#/components/schemas/{name}");
        let Some(entry) = entries.iter().find(|entry| entry.name == name) else {
            mismatches.add(place, "the registry has no type for it");
            continue;
        };
        match Shape::read(document, schema) {
            Ok(shape) => {
                check_schema(&place, &shape, entry, mismatches);
                check_parts(document, &place, &shape, entry, mismatches);
            }
            Err(problem) => mismatches.add(place, problem),
        }
    }
    for entry in &entries {
        if declared.clone().all(|(name, _)| name != entry.name) {
            let place = format!("#/components/schemas/{}", entry.name);
            mismatches.add(place, "the crate has a type for it, but it is not there");
        }
    }
}

fn check_schema(place: &str, shape: &Shape, entry: &SchemaEntry, mismatches: &mut Mismatches) {
    values::check(place, shape, &entry.codec, mismatches);
    if let Kind::Object { properties, .. } = &shape.kind {
        let Some(fields) = entry.fields else {
            return mismatches.add(place, "it is an object, but its type is not a struct");
        };
        for field in fields {
            if properties.iter().all(|property| property.name != *field) {
                let problem = format!("the type has `{field}`, the schema has not");
                mismatches.add(place, problem);
            }
        }
    }
    if let Kind::Text { values, .. } = &shape.kind {
        let ours = entry.values.as_deref().unwrap_or_default();
        if ours != values {
            let problem = format!("the values are {values:?}, but `ALL` has {ours:?}");
            mismatches.add(place, problem);
        }
    }
}

/// A whole can be turned into each of its parts, and the parts lose nothing of theirs.
fn check_parts(
    document: &OpenAPI,
    place: &str,
    whole: &Shape,
    entry: &SchemaEntry,
    mismatches: &mut Mismatches,
) {
    let parts: &[String] = match &whole.kind {
        Kind::Object { parts, .. } => parts,
        _ => &[],
    };
    let sample = whole.sample();
    for name in parts {
        let Some(part) = entry.parts.iter().find(|part| part.name == name) else {
            mismatches.add(place, format!("it cannot be turned into its part `{name}`"));
            continue;
        };
        let reference = ReferenceOr::ref_(&format!("#/components/schemas/{name}"));
        let expected = Shape::read(document, &reference).map(|part| restrict(&sample, &part));
        match (expected, (part.convert)(&sample)) {
            (Ok(expected), Ok(found)) if found == expected => {}
            (Ok(_), Ok(_)) => mismatches.add(place, format!("its part `{name}` is another one")),
            (Err(problem), _) | (_, Err(problem)) => {
                mismatches.add(place, format!("its part `{name}`: {problem}"));
            }
        }
    }
    for part in &entry.parts {
        if parts.iter().all(|name| name != part.name) {
            let problem = format!("it can be turned into `{}`, which is no part", part.name);
            mismatches.add(place, problem);
        }
    }
}

/// The properties of an object that belong to a part of it.
fn restrict(whole: &Value, part: &Shape) -> Value {
    let Kind::Object { properties, .. } = &part.kind else {
        return Value::Null;
    };
    let names = properties.iter().map(|property| &property.name);
    let entries = names.filter_map(|name| Some((name.clone(), whole.get(name)?.clone())));
    Value::Object(entries.collect())
}
