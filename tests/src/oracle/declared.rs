//! Which keys of a value its schema declares.

use serde_json::{Value, json};

use super::document::Document;

/// How many schemas are looked at for one key.
const MOST_SCHEMAS: usize = 4096;

/// What a schema says of the value that a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing.
    Undeclared,
    /// Something, or it is not known.
    Declared,
    /// Which values it may be.
    Listed,
    /// That only one side sends it.
    OneSided,
    /// One thing for some places of a list or keys of an object, and another for the rest, so that the
    /// types have nothing in common.
    Mixed,
}

/// What the schema at `pointer`, or any branch or member of it, says of the value that the path leads to.
pub(super) fn known(document: &Document, pointer: &str, path: &[String]) -> Known {
    let Some(schemas) = schemas(document, pointer, path) else {
        return Known::Declared;
    };
    let has = |keys: [&str; 2]| {
        let has = |schema: &Value| keys.iter().any(|key| schema.get(key).is_some());
        schemas.iter().any(has)
    };
    if schemas.is_empty() {
        Known::Undeclared
    } else if has(["readOnly", "writeOnly"]) {
        Known::OneSided
    } else if is_mixed(document, pointer, path) {
        Known::Mixed
    } else if has(["enum", "const"]) {
        Known::Listed
    } else {
        Known::Declared
    }
}

/// Whether the place is one of an open list or object that says different things of different places.
fn is_mixed(document: &Document, pointer: &str, path: &[String]) -> bool {
    let Some((_, parent)) = path.split_last() else {
        return false;
    };
    let mut open = schemas(document, pointer, parent).unwrap_or_default();
    for _ in 0..MOST_SCHEMAS {
        let Some(schema) = open.pop() else { break };
        let says = |key: &str| schema.get(key).is_some_and(|it| *it != json!(false));
        let is_open_list = says("prefixItems") && schema.get("items") != Some(&json!(false));
        if is_open_list || says("patternProperties") && says("additionalProperties") {
            return true;
        }
        below(document, &schema, "", &mut open, &mut Vec::new());
    }
    false
}

/// Whether absence is taken for a value that the schema requires, and by which row.
pub(super) fn may_be_absent(
    document: &Document,
    pointer: &str,
    path: &[String],
) -> Option<&'static str> {
    let mut open = schemas(document, pointer, path)?;
    let mut left = MOST_SCHEMAS;
    while let Some(schema) = open.pop() {
        left = left.checked_sub(1)?;
        for key in ["readOnly", "writeOnly"] {
            if schema.get(key) == Some(&Value::Bool(true)) {
                return Some("N2, N3: what only one side sends may be absent");
            }
        }
        let values = ["type", "enum"].map(|key| schema.get(key).and_then(Value::as_array));
        let mut values = values.into_iter().flatten().flatten();
        let is_null = schema.get("type").is_some_and(|it| it == "null");
        if is_null || values.any(|it| it.is_null() || it == "null") {
            return Some("H2: a required null may be absent");
        }
        below(document, &schema, "", &mut open, &mut Vec::new());
    }
    None
}

/// Every schema for the value that a path leads to; `None` if there are too many to look at.
fn schemas(document: &Document, pointer: &str, path: &[String]) -> Option<Vec<Value>> {
    let mut left = MOST_SCHEMAS;
    let mut schemas = vec![json!({ "$ref": pointer })];
    for token in path {
        let mut next = Vec::new();
        let mut open = schemas;
        while let Some(schema) = open.pop() {
            left = left.checked_sub(1)?;
            below(document, &schema, token, &mut open, &mut next);
        }
        schemas = next;
    }
    Some(schemas)
}

/// Adds what applies to the same value to `open`, and what applies to the one under `token` to `next`.
fn below(
    document: &Document,
    schema: &Value,
    token: &str,
    open: &mut Vec<Value>,
    next: &mut Vec<Value>,
) {
    let target = schema.get("$ref").and_then(Value::as_str);
    open.extend(target.and_then(|target| document.resolve(target)));
    for key in ["allOf", "oneOf", "anyOf"] {
        let members = schema.get(key).and_then(Value::as_array);
        open.extend(members.into_iter().flatten().cloned());
    }
    for key in ["then", "else"] {
        open.extend(schema.get(key).cloned());
    }
    let property = schema.get("properties").and_then(|all| all.get(token));
    let index = token.parse::<usize>().ok();
    let first = index.and_then(|index| schema.get("prefixItems")?.get(index));
    let others = ["items", "additionalProperties"].map(|key| schema.get(key));
    let patterns = schema.get("patternProperties").and_then(Value::as_object);
    let found = property.into_iter().chain(first);
    next.extend(
        found
            .chain(others.into_iter().flatten().filter(|it| it.is_object()))
            .cloned(),
    );
    next.extend(patterns.into_iter().flat_map(|all| all.values().cloned()));
}
