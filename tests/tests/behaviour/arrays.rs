//! `cases/arrays`: lists of a fixed length are arrays and tuples, and what must be among the items is
//! looked for.

use conformance::cases::arrays::types::{
    Box as Square, Holder, Mixed, Node, Open, Pair, Position, Short, Steps, StepsItem, Triple,
    Validate, Various,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json};

/// The violations of a value, as `pointer keyword`.
#[track_caller]
fn violations(key: &str, value: Value) -> Vec<String> {
    let mut json = json!({ "position": [0, 0] });
    json[key] = value;
    let value: Holder = from_value(json).expect("the document reads it");
    let violations = value.validate().err();
    let violations = violations.iter().flat_map(|violations| violations.iter());
    violations
        .map(|it| format!("{} {}", it.pointer, it.keyword))
        .collect()
}

fn reads<T: DeserializeOwned>(json: Value) -> bool {
    from_value::<T>(json).is_ok()
}

#[test]
fn lists_of_a_fixed_length_are_arrays() {
    let position: Position = [1.5, -2.0];
    let square: Square = [position, [3.0, 4.0]];
    assert_eq!(json!(square), json!([[1.5, -2.0], [3.0, 4.0]]));
    let triple: Triple = [true, false, true];
    assert!(triple[0] && reads::<Triple>(json!([true, true, true])));
    assert!(!reads::<Position>(json!([1])) && !reads::<Position>(json!([1, 2, 3])));
}

#[test]
fn lists_with_a_type_for_each_item_are_tuples() {
    let pair: Pair = ("a".to_owned(), 1);
    assert_eq!(json!(pair), json!(["a", 1]));
    let mixed: Mixed = ("m".to_owned(), pair, None);
    assert_eq!(json!(mixed), json!(["m", ["a", 1], null]));
    assert!(!reads::<Pair>(json!(["a"])) && !reads::<Pair>(json!(["a", 1, 2])));
}

#[test]
fn other_lists_keep_every_item() {
    let open: Open = vec!["a".to_owned(); 3];
    let short: Short = vec!["a".to_owned()];
    assert_eq!((open.len(), short.len()), (3, 1));
    let various: Various = vec![json!("a"), json!(1), json!(null)];
    assert_eq!(json!(various), json!(["a", 1, null]));
}

#[test]
fn items_of_several_types_are_a_list_of_a_union() {
    let json = json!(["a", 1, 2]);
    let steps: Steps = from_value(json.clone()).expect("it is read");
    let [
        StepsItem::String(_),
        StepsItem::Integer(1),
        StepsItem::Integer(2),
    ] = steps[..]
    else {
        panic!("{steps:?}");
    };
    assert_eq!(json!(steps), json);
    assert!(!reads::<Steps>(json!(["a", true])));
    assert_eq!(
        violations("steps", json!(["long", 1])),
        ["/steps/0 maxLength"]
    );
}

#[test]
fn a_list_that_leads_back_to_its_type_has_any_length() {
    let json = json!({ "children": [{}, { "children": [{}, {}] }], "edge": ["e", {}] });
    let node: Node = from_value(json.clone()).expect("it is read");
    assert_eq!(json!(node), json);
    assert_eq!(violations("node", json), [""; 0]);
    assert_eq!(
        violations("node", json!({ "children": [{}, { "children": [{}] }] })),
        ["/node/children/1/children minItems"]
    );
}

#[test]
fn items_are_checked_at_their_places() {
    assert_eq!(
        violations("position", json!([0, 181])),
        ["/position/1 maximum"]
    );
    assert_eq!(
        violations("box", json!([[0, 0], [0, 0]])),
        ["/box uniqueItems"]
    );
    assert_eq!(
        violations("box", json!([[0, 0], [-999, 0]])),
        ["/box/1/0 minimum"]
    );
    assert_eq!(
        violations("pair", json!(["abcd", 0])),
        ["/pair/0 maxLength", "/pair/1 minimum"]
    );
    assert_eq!(
        violations("pairs", json!([["a", 1], ["a", 0]])),
        ["/pairs/1/1 minimum"]
    );
    assert_eq!(
        violations("mixed", json!(["long enough", ["a", -1], null])),
        ["/mixed/1/1 minimum"]
    );
    assert_eq!(
        violations("short", json!(["a", "b", "c"])),
        ["/short maxItems"]
    );
    assert_eq!(violations("long", json!([1])), ["/long minItems"]);
}

#[test]
fn some_items_are_looked_for() {
    let table = [
        ("oneOne", json!([[1], [0, 1, 1]]), json!([[], [2]])),
        (
            "fewLarge",
            json!([[10], [10, 1, 11]]),
            json!([[], [9], [10, 11, 12]]),
        ),
        ("noLong", json!([[], ["ab"]]), json!([["abc"]])),
        ("aLetter", json!([["x", "b"]]), json!([["x"]])),
        ("anyText", json!([[1, "a"]]), json!([[1], [null]])),
        ("anyNull", json!([[null]]), json!([[0], [false], []])),
    ];
    for (key, good, bad) in table {
        for value in good.as_array().expect("a list") {
            assert_eq!(violations(key, value.clone()), [""; 0], "{key}: {value}");
        }
        for value in bad.as_array().expect("a list") {
            let found = violations(key, value.clone());
            assert_eq!(found, [format!("/{key} contains")], "{key}: {value}");
        }
    }
}
