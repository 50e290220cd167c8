//! `cases/constraints`: what `validate` checks, and where it says the violation is.

use conformance::cases::constraints::types::{Inside, Limits, Nested, Validate};
use serde_json::{Value, json};

/// The violations of a value, as `pointer keyword`.
#[track_caller]
fn violations<T: serde::de::DeserializeOwned + Validate>(json: Value) -> Vec<String> {
    let value: T =
        serde_json::from_value(json).expect("constraints do not keep a value from being read");
    match value.validate() {
        Ok(()) => Vec::new(),
        Err(violations) => violations
            .iter()
            .map(|it| format!("{} {}", it.pointer, it.keyword))
            .collect(),
    }
}

/// Each key with values that are just inside and just outside.
#[test]
fn every_bound_is_where_the_document_draws_it() {
    let table = [
        (
            "text",
            json!(["ab", "abcd", "äöüß", "👍👍👍👍"]),
            json!(["a", "abcde", ""]),
        ),
        ("optionalText", json!(["", "abc"]), json!(["abcd"])),
        ("nullableText", json!([null, "a"]), json!([""])),
        ("whole", json!([-5, 0, 5]), json!([-6, 6])),
        ("small", json!([1, 9]), json!([0, 10])),
        ("unsigned", json!([1, 255]), json!([0])),
        ("large", json!([0, u64::MAX]), json!([])),
        ("extreme", json!([i64::MIN, i64::MAX]), json!([])),
        ("step", json!([-5, 0, 10]), json!([1, 7])),
        ("real", json!([0.5, 999.99]), json!([0.4, 1000.0, 1e9])),
        ("single", json!([-1.5, 7.0]), json!([-1.6])),
        ("tenth", json!([0.1, 0.3, 0.7, 12.0]), json!([0.15])),
        (
            "list",
            json!([["a"], ["a", "b"]]),
            json!([[], ["a", "b", "c"]]),
        ),
        (
            "map",
            json!([{ "a": 1 }, { "a": 1, "b": 2 }]),
            json!([{}, { "a": 1, "b": 2, "c": 3 }]),
        ),
        ("none", json!(["", "anything"]), json!([])),
    ];
    for (key, inside, outside) in table {
        let with = |value: &Value| {
            let mut json = json!({ "text": "ab" });
            json[key] = value.clone();
            json
        };
        for value in inside.as_array().expect("a list") {
            assert_eq!(
                violations::<Limits>(with(value)),
                Vec::<String>::new(),
                "{key}: {value}"
            );
        }
        for value in outside.as_array().expect("a list") {
            let found = violations::<Limits>(with(value));
            assert!(
                found.len() == 1 && found[0].starts_with(&format!("/{key} ")),
                "{key}: {value}: {found:?}"
            );
        }
    }
}

#[test]
fn every_violation_is_told_with_its_place() {
    let bad = json!({ "text": "" });
    let found = violations::<Inside>(json!({
        "code": "ab", "codes": ["abc", "abc", "abc"], "limits": bad, "list": [{ "text": "ab" }, bad],
        "a/b~c": { "d/e": bad }, "flag": "maybe", "old": "too long",
    }));
    let expected = [
        "/code minLength",
        "/codes maxItems",
        "/limits/text minLength",
        "/list/1/text minLength",
        "/a~1b~0c/d~1e/text minLength",
        "/flag enum",
        "/old maxLength",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_a_value_holds_is_checked_like_the_value() {
    let found = violations::<Nested>(json!({
        "words": ["abc", "a", "abcd", "a"], "maybe": ["a", null, ""],
        "levels": { "a": [0.5, 1.0], "b/c": [0.25, 1, 2] },
        "both": [["abc"], ["ab", "abc", "abc"]], "half": 3, "other": 1, "another": 0,
    }));
    let expected = [
        "/words uniqueItems",
        "/words/2 maxLength",
        "/maybe/2 minLength",
        "/levels/b~1c maxItems",
        "/levels/b~1c/0 multipleOf",
        "/both/1 maxItems",
        "/both/1/0 minLength",
        "/another minimum",
    ];
    assert_eq!(found, expected);
    assert_eq!(
        violations::<Inside>(json!({ "grid": [[9], [], [10]] })),
        ["/grid/1 minItems", "/grid/2/0 maximum",]
    );
}

#[test]
fn items_are_compared_as_json() {
    let is_unique = |key: &str, items: Value| {
        let mut json = json!({});
        json[key] = items;
        violations::<Nested>(json).is_empty()
    };
    let whole = json!([1, 1.0]);
    assert!(!is_unique("numbers", whole.clone()) && !is_unique("anything", whole));
    assert!(!is_unique("numbers", json!([10, 1e1])) && is_unique("numbers", json!([1, 10])));
    let distinct = json!([0, false, null, "", "0", [], {}, [0], [false], {"a": 0}, {"a": false}]);
    assert!(is_unique("anything", distinct));
    let orders = [json!({"a": 1, "b": [2]}), json!({"b": [2.0], "a": 1})];
    assert!(!is_unique("anything", json!(orders)));
    let large = json!([u64::MAX, u64::MAX - 1, i64::MIN, 1.8446744073709552e19]);
    assert!(is_unique("anything", large));
    assert!(!is_unique("anything", json!([0, -0.0])));
}

/// A whole number between 1.5 and 3.5 that is a multiple of 1.5 can only be 3.
#[test]
fn limits_between_whole_numbers_are_limits_of_whole_numbers() {
    let fits = |half: i64| violations::<Nested>(json!({ "half": half })).is_empty();
    let fitting: Vec<i64> = (-10..10).filter(|half| fits(*half)).collect();
    assert_eq!(fitting, [3]);
}

#[test]
fn what_is_absent_breaks_nothing() {
    assert_eq!(violations::<Inside>(json!({})), Vec::<String>::new());
}
