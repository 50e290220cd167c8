//! `cases/maps` and `cases/recursion`: other keys, lists, and types that contain themselves.

use conformance::cases::{maps, recursion};
use serde_json::json;

use crate::check::{becomes, refused, same};

#[test]
fn maps_keep_every_key() {
    same::<maps::types::Free>(json!({ "a": null, "": [1], "é": {} }));
    same::<maps::types::FreeExplicit>(json!({ "a": { "b": 1.5 } }));
    same::<maps::types::Numbers>(json!({ "a": 1, "b": -2 }));
    same::<maps::types::Nested>(json!({ "a": { "b": ["c"] } }));
    same::<maps::types::Inline>(json!({ "a": { "deep": true }, "b": {} }));
    refused::<maps::types::Numbers>(json!({ "a": "1" }));
    refused::<maps::types::Numbers>(json!({ "a": 4_294_967_296_u64 }));
    refused::<maps::types::Free>(json!([]));
}

#[test]
fn declared_and_other_keys_stand_side_by_side() {
    let entry: maps::types::Entry = same(json!({ "name": "n", "x": 1.5, "y": 2.0 }));
    assert_eq!(entry.additional_properties.len(), 2);
    refused::<maps::types::Entry>(json!({ "name": "n", "x": "one" }));
    refused::<maps::types::Entry>(json!({ "x": 1 }));
    same::<maps::types::Entries>(json!({ "a": { "name": "n" }, "b": { "name": "m", "z": 0.5 } }));
}

/// serde keeps the values of other keys before it reads them, and an array is no object there either.
#[test]
fn other_keys_hold_objects_and_no_arrays() {
    same::<maps::types::Shelf>(json!({ "room": "r", "a": [{ "name": "n" }] }));
    refused::<maps::types::Shelf>(json!({ "a": [["n"]] }));
    refused::<maps::types::Shelf>(json!({ "a": { "name": "n" } }));
}

/// Decoding is lenient: a key that a newer server sends does no harm, even where none is allowed.
#[test]
fn keys_that_are_not_allowed_are_left_out() {
    becomes::<maps::types::Strict>(json!({ "name": "n", "new": 1 }), json!({ "name": "n" }));
    becomes::<maps::types::Closed>(json!({ "new": 1 }), json!({}));
}

#[test]
fn lists_of_everything() {
    same::<maps::types::List>(json!([{ "name": "n" }, { "name": "m", "x": 1.5 }]));
    same::<maps::types::Matrix>(json!([[1.5, 2.5], []]));
    same::<maps::types::Anything>(json!([1, null, "a", [], {}]));
    let json = json!({
        "free": {}, "numbers": { "a": 1 }, "list": [], "matrix": [[]], "anything": [null], "closed": {},
        "inline": { "a": {} }, "value": { "any": [true] },
    });
    same::<maps::types::Holder>(json);
    refused::<maps::types::List>(json!({ "0": {} }));
}

#[test]
fn types_contain_themselves_in_every_way() {
    let leaf = json!({ "value": "leaf", "children": [] });
    let tree = json!({ "value": "root", "children": [leaf, leaf], "parent": leaf, "nullable": leaf, "byName": { "a": leaf } });
    let read: recursion::types::Tree = same(tree.clone());
    assert_eq!(read.children.len(), 2);
    becomes::<recursion::types::Tree>(
        json!({ "value": "v", "children": [], "nullable": null }),
        json!({ "value": "v", "children": [] }),
    );
    same::<recursion::types::Hen>(
        json!({ "egg": { "hen": { "egg": {}, "name": "b" } }, "name": "a" }),
    );
    same::<recursion::types::One>(
        json!({ "two": { "inner": { "three": { "one": { "two": {} } } } } }),
    );
    same::<recursion::types::Json>(json!([[], [[]]]));
    same::<recursion::types::Menu>(
        json!({ "items": [{ "label": "a", "submenu": [{ "label": "b" }] }, {}] }),
    );
}

/// `validate` finds its way through a value of any depth that a document can have.
#[test]
fn violations_inside_of_types_that_contain_themselves_have_their_place() {
    use recursion::types::{Tree, Validate};
    let bad = json!({ "value": "", "children": [] });
    let tree = json!({ "value": "root", "children": [{ "value": "a", "children": [bad] }], "parent": bad, "byName": { "a/b": bad } });
    let tree: Tree = same(tree);
    let violations = tree.validate().expect_err("three values are too short");
    let pointers: Vec<&str> = violations.iter().map(|it| it.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        [
            "/children/0/children/0/value",
            "/parent/value",
            "/byName/a~1b/value"
        ]
    );
}
