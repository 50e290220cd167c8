//! Names: each schema has one, no two have the same, and none changes because of a schema that has
//! nothing to do with it (NM2, NM4, NM9).

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::run::run;

/// Names of components and properties: alike, reserved, without a letter, of other scripts.
const POOL: &[&str] = &[
    "user",
    "User",
    "USER",
    "user_name",
    "userName",
    "UserName",
    "user-name",
    "user.name",
    "order",
    "Order",
    "OrderItem",
    "items",
    "status",
    "Status",
    "type",
    "self",
    "Option",
    "2fa",
    "",
    "$",
    "größe",
    "日本",
    "+1",
    "-1",
];

/// Schemas with objects and enums inside, which need names of their own.
fn schemas() -> impl Strategy<Value = Vec<(String, Value)>> {
    let name = prop::sample::select(POOL).prop_map(str::to_owned);
    let leaf = prop_oneof![
        Just(json!({ "type": "string" })),
        Just(json!({ "enum": ["a", "b"] })),
        Just(json!({ "enum": ["a", "c"] })),
    ];
    let value = leaf.prop_recursive(3, 12, 3, |inner| {
        let object = prop::collection::btree_map(prop::sample::select(POOL), inner.clone(), 1..4);
        prop_oneof![
            object.prop_map(|properties| json!({ "type": "object", "properties": properties })),
            inner
                .clone()
                .prop_map(|items| json!({ "type": "array", "items": items })),
            inner.prop_map(|values| json!({ "type": "object", "additionalProperties": values })),
        ]
    });
    prop::collection::btree_map(name, value, 1..8)
        .prop_map(|map| map.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

/// The document of these schemas, in this order.
fn document(schemas: &[(String, Value)]) -> String {
    let schemas = schemas.iter();
    let schemas: Vec<String> = schemas
        .map(|(name, schema)| format!("{}: {schema}", json!(name)))
        .collect();
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"Names","version":"1"}},"paths":{{}},"components":{{"schemas":{{{}}}}}}}"#,
        schemas.join(", ")
    )
}

/// The text of all types.
fn types(schemas: &[(String, Value)]) -> String {
    let run = run("document.json", &document(schemas));
    let files = run.own_files();
    let types = files
        .iter()
        .filter(|(path, _)| path.starts_with("src/types/"));
    types.map(|(_, text)| *text).collect()
}

/// The names of the types, by the pointers of the schemas that their documentation gives.
fn names(text: &str) -> Vec<(String, String)> {
    let (mut names, mut pointer) = (Vec::new(), String::new());
    for line in text.lines() {
        if let Some(found) = line.strip_prefix("/// Schema: ") {
            pointer = found.to_owned();
        }
        for item in ["pub struct ", "pub enum ", "pub type "] {
            if let Some(rest) = line.strip_prefix(item) {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                names.push((
                    pointer.clone(),
                    rest[..end.unwrap_or(rest.len())].to_owned(),
                ));
            }
        }
    }
    names
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn names_are_unique_and_injective(schemas in schemas()) {
        let names = names(&types(&schemas));
        prop_assert!(names.len() >= schemas.len());
        let pointers: BTreeMap<&str, &str> =
            names.iter().map(|(pointer, name)| (pointer.as_str(), name.as_str())).collect();
        let distinct: BTreeSet<&str> = names.iter().map(|(_, name)| name.as_str()).collect();
        prop_assert_eq!(pointers.len(), names.len(), "a schema has two names: {:?}", names);
        prop_assert_eq!(distinct.len(), names.len(), "two schemas have one name: {:?}", names);
    }

    /// The new schema has a name like no other, and uses the same names for its properties, with other
    /// values.
    #[test]
    fn a_schema_that_is_added_changes_no_line_of_others(schemas in schemas(), place in 0..9_usize) {
        let before = types(&schemas);
        let properties: Map<String, Value> = POOL
            .iter()
            .map(|name| ((*name).to_owned(), json!({ "enum": ["x", name] })))
            .collect();
        let mut more = schemas.clone();
        let new = json!({ "type": "object", "properties": properties });
        more.insert(place.min(schemas.len()), ("Unrelated".to_owned(), new));
        let after = types(&more);
        let mut lines = after.lines();
        for line in before.lines().filter(|line| !line.starts_with("use ")) {
            prop_assert!(lines.any(|it| it == line), "this line is gone or has moved: {}\n{}", line, after);
        }
    }
}
