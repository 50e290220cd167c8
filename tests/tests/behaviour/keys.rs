//! `cases/objects`: which keys an object must have, and which values are excluded.

use conformance::cases::objects::types::{
    Contact, Either, Holder, OnlyOne, Rest, Undeclared, Unit, Validate,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The violations of a value, as `pointer keyword`.
#[track_caller]
fn violations<T: DeserializeOwned + Validate>(json: Value) -> Vec<String> {
    let value: T = serde_json::from_value(json).expect("the document reads it");
    let violations = value.validate().err();
    let violations = violations.iter().flat_map(|violations| violations.iter());
    violations
        .map(|it| format!("{} {}", it.pointer, it.keyword))
        .collect()
}

#[test]
fn keys_are_counted_and_need_each_other() {
    assert_eq!(violations::<Contact>(json!({})), [" minProperties"]);
    assert_eq!(violations::<Contact>(json!({ "email": "e" })), [""; 0]);
    assert_eq!(
        violations::<Contact>(json!({ "phone": "1" })),
        [" dependentRequired"]
    );
    assert_eq!(
        violations::<Contact>(json!({ "phone": "1", "country": "c" })),
        [" dependentRequired"]
    );
    let three = json!({ "phone": "1", "country": "c", "email": "e" });
    assert_eq!(violations::<Contact>(three), [""; 0]);
    let all = json!({ "phone": "1", "country": "c", "email": "e", "old": "o" });
    assert_eq!(violations::<Contact>(all), [" maxProperties"]);
}

#[test]
fn keys_that_are_not_declared_count_too() {
    assert_eq!(
        violations::<Rest>(json!({ "kind": "k" })),
        [" minProperties"]
    );
    assert_eq!(violations::<Rest>(json!({ "kind": "k", "b": 1 })), [""; 0]);
    assert_eq!(
        violations::<Rest>(json!({ "kind": "k", "a": 1 })),
        [" dependentRequired"]
    );
    assert_eq!(
        violations::<Rest>(json!({ "kind": "k", "a": 1, "b": 1 })),
        [""; 0]
    );
    assert_eq!(
        violations::<Rest>(json!({ "kind": "k", "a": 1, "b": 1, "c": 1 })),
        [" maxProperties"]
    );
}

#[test]
fn a_required_key_without_a_property_is_asked_for_when_it_is_checked() {
    let value: Undeclared = serde_json::from_value(json!({ "id": 1 })).expect("decoding does not");
    let violations = value.validate().expect_err("validating does");
    assert_eq!(violations.to_string(), "the value lacks `nme`");
    assert_eq!(
        self::violations::<Undeclared>(json!({ "id": 1, "nme": [] })),
        [""; 0]
    );
    let both = json!({ "id": 1, "nme": 1, "name": "n" });
    assert_eq!(self::violations::<Undeclared>(both), [" not"]);
}

#[test]
fn one_list_of_keys_is_there_as_a_whole() {
    assert_eq!(violations::<Either>(json!({ "name": "n" })), [" anyOf"]);
    assert_eq!(
        violations::<Either>(json!({ "name": "n", "code": "c" })),
        [""; 0]
    );
    let all = json!({ "id": "i", "name": "n", "code": "c" });
    assert_eq!(violations::<Either>(all), [""; 0]);
    assert_eq!(violations::<OnlyOne>(json!({ "a": "" })), [""; 0]);
    assert_eq!(
        violations::<OnlyOne>(json!({ "a": "", "b": "" })),
        [" oneOf"]
    );
    assert_eq!(violations::<OnlyOne>(json!({})), [" oneOf"]);
}

#[test]
fn maps_have_keys_as_well() {
    let found = |key: &str, value: Value| {
        let mut json = json!({});
        json[key] = value;
        violations::<Holder>(json)
    };
    assert_eq!(
        found("map", json!({})),
        ["/map minProperties", "/map required"]
    );
    assert_eq!(
        found("map", json!({ "a": 1, "b": 1 })),
        ["/map dependentRequired"]
    );
    assert_eq!(found("map", json!({ "a": 1, "b": 1, "c": 1 })), [""; 0]);
    assert_eq!(
        found("free", json!({ "a": null, "long": 1 })),
        ["/free/long maxLength"]
    );
    assert_eq!(found("free", json!({ "a": 1, "b": 1 })), ["/free not"]);
    assert_eq!(
        found("names", json!({ "ab": "", "a": "", "A/b": "" })),
        ["/names/A~1b pattern", "/names/a minLength"]
    );
}

#[test]
fn what_a_value_must_not_be() {
    let found = |key: &str, value: Value| {
        let mut json = json!({});
        json[key] = value;
        violations::<Holder>(json)
    };
    assert_eq!(found("notThese", json!("x")), ["/notThese not"]);
    assert_eq!(found("notThese", json!("z")), [""; 0]);
    assert_eq!(found("notThis", json!(1.0)), ["/notThis not"]);
    assert_eq!(found("notThis", json!(1.5)), [""; 0]);
    assert_eq!(found("notText", json!("x")), ["/notText not"]);
    assert_eq!(found("notText", json!([])), ["/notText not"]);
    assert_eq!(found("notText", json!({})), [""; 0]);
    assert_eq!(found("notNumber", json!("1")), [""; 0]);
    assert_eq!(violations::<Holder>(json!({})), [""; 0]);
}

#[test]
fn an_object_without_any_key_is_a_type_of_its_own() {
    let unit: Unit = serde_json::from_value(json!({})).expect("it has no keys");
    assert_eq!(
        serde_json::to_value(unit).expect("it is written"),
        json!({})
    );
}
