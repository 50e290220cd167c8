//! `cases/keyed`: maps whose keys are enums and identifiers, and properties by pattern.

use conformance::cases::keyed::types::{ById, Color, Composed, Free, Holder, Unlike, Validate};
use serde_json::{Value, from_value, json};

/// The violations of a value, as `pointer keyword`.
#[track_caller]
fn violations(key: &str, value: Value) -> Vec<String> {
    let value: Holder = from_value(json!({ key: value })).expect("the document reads it");
    let violations = value.validate().err();
    let violations = violations.iter().flat_map(|violations| violations.iter());
    violations
        .map(|it| format!("{} {}", it.pointer, it.keyword))
        .collect()
}

#[test]
fn keys_are_enums_and_identifiers() {
    let json = json!({ "byColor": { "red": 1, "blue": 2 } });
    let holder: Holder = from_value(json.clone()).expect("it is read");
    let by_color = holder.by_color.as_ref().expect("it is there");
    assert_eq!(by_color.get(&Color::Red), Some(&1));
    assert_eq!(json!(holder), json);
    assert_eq!(
        violations("byColor", json["byColor"].clone()),
        ["/byColor/blue enum"]
    );
    assert_eq!(
        violations("byColor", json!({ "red": 10 })),
        ["/byColor/red maximum"]
    );
    assert_eq!(
        violations("byInline", json!({})),
        ["/byInline minProperties"]
    );
    assert_eq!(violations("byInline", json!({ "a": null })), [""; 0]);
    let id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    assert!(from_value::<ById>(json!({ id: "x" })).is_ok());
    assert!(from_value::<ById>(json!({ "no": "x" })).is_err());
}

#[test]
fn properties_by_pattern_are_entries_of_a_map() {
    assert_eq!(violations("headers", json!({ "x-a": "abc" })), [""; 0]);
    assert_eq!(
        violations("headers", json!({ "x-a": "abcd" })),
        ["/headers/x-a maxLength"]
    );
    assert_eq!(
        violations("headers", json!({ "a": "" })),
        ["/headers/a pattern"]
    );
    assert_eq!(
        violations("several", json!({ "s": "a", "n": "a", "n1": "1", "z": "" })),
        ["/several/z pattern", "/several/n pattern"]
    );
    let unlike: Unlike = from_value(json!({ "s": "a", "n": 1 })).expect("both are kept");
    assert_eq!(unlike.len(), 2);
}

#[test]
fn properties_by_pattern_stand_beside_declared_ones() {
    assert_eq!(
        violations("beside", json!({ "id": 1, "x-a": "", "other": "" })),
        ["/beside/x-a minLength"]
    );
    let json = json!({ "id": 1, "x-a": "a", "other": [null] });
    let free: Free = from_value(json.clone()).expect("anything else is kept");
    assert_eq!(json!(free), json);
    let composed: Composed = from_value(json!({ "id": 1, "b": true })).expect("it is read");
    assert!(composed.additional_properties["b"]);
}
