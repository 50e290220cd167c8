//! `cases/recursion`: types that contain themselves.

use conformance::cases::recursion::types::{
    Egg, Entry, Folder, Holder, Json, Outer, Tree, Validate,
};
use serde_json::{Value, json};

use crate::check::{refused, same};

/// Each member of a cycle is boxed, whatever stands between them (M1, M2).
#[test]
fn a_value_may_contain_values_of_its_own_type() {
    let tree = json!({
        "value": "a",
        "children": [{ "value": "b", "children": [] }],
        "parent": { "value": "c", "children": [] },
        "byName": { "d": { "value": "d", "children": [] } },
    });
    let tree: Tree = same(tree);
    assert_eq!(tree.parent.map(|parent| parent.value).as_deref(), Some("c"));
    same::<Egg>(json!({ "hen": { "name": "h", "egg": { "hen": {} } } }));
}

/// A list or a map that contains itself is a type around it, and nothing more on the wire (M3).
#[test]
fn a_list_may_contain_itself() {
    let json: Json = same(json!([[], [[], []]]));
    assert_eq!(json.len(), 2);
    assert_eq!(
        json,
        Json::from(vec![Json(vec![]), Json(vec![Json(vec![]), Json(vec![])])])
    );
    refused::<Json>(json!([1]));
    let entry: Entry = same(json!({ "a": { "b": {} } }));
    assert!(entry["a"].contains_key("b"));
    same::<Outer>(json!([[{ "a": null, "b": [[]] }]]));
    let holder: Holder = same(json!({ "json": [], "folder": { "a": {} } }));
    assert_eq!(holder.json, Json::default());
}

#[test]
fn each_level_is_checked() {
    let folder: Folder = same(json!({ "a": {}, "b": { "1": {}, "2": {}, "3": {}, "4": {} } }));
    let violations = folder.validate().expect_err("one level has too many keys");
    assert_eq!(violations.to_string(), "/b has more than 3 properties");
    let holder = Holder {
        json: Json::default(),
        folder: Some(folder),
    };
    let violations = holder.validate().expect_err("the same, one level deeper");
    assert_eq!(
        violations
            .iter()
            .map(|it| it.pointer.as_str())
            .collect::<Vec<_>>(),
        ["/folder/b"]
    );
}

/// A value that is too deep is an error, and no crash (M7).
#[test]
fn a_value_that_is_too_deep_is_refused() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let error = serde_json::from_str::<Json>(&deep).expect_err("it is too deep");
    assert!(error.to_string().contains("recursion limit"), "{error}");
    let nodes = r#"{"value":"a","children":[],"parent":"#.repeat(100_000);
    assert!(serde_json::from_str::<Tree>(&nodes).is_err());
    let deepest: Value = (0..120).fold(json!([]), |inner, _| json!([inner]));
    same::<Json>(deepest);
}
