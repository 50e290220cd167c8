//! `cases/patterns`: what matches is what ECMA-262 says, and what cannot be checked is let through.

use conformance::cases::patterns::types::{Refused, Texts, Validate};
use serde_json::{Value, json};

/// The places of the violations of a value.
#[track_caller]
fn violations(json: Value) -> Vec<String> {
    let value: Texts = serde_json::from_value(json).expect("a pattern never keeps a value out");
    let violations = value.validate().err();
    let violations = violations.iter().flat_map(|violations| violations.iter());
    violations
        .map(|it| format!("{} {}", it.pointer, it.keyword))
        .collect()
}

#[test]
fn texts_match_or_are_told() {
    let table = [
        (
            "sku",
            json!(["ABC-1"]),
            json!(["ABC-", "ABC-1 ", "xABC-1", "ABC-\u{9ea}"]),
        ),
        ("anywhere", json!(["abcd", "bbc"]), json!(["", "b c"])),
        ("digits", json!(["00"]), json!(["12\n", "1x"])),
        ("spaces", json!([null, "a\u{a0}b"]), json!(["ab", "a  b"])),
        ("letters", json!(["\u{e9}a"]), json!(["1", ""])),
        ("unicode", json!(["", "\u{e0}\u{1f980}"]), json!(["a"])),
        ("both", json!(["az"]), json!(["a", "z"])),
        ("each", json!([[], ["ABC-1"]]), json!([["ABC-1", "x"]])),
        (
            "secret",
            json!(["password!"]),
            json!(["short", "with space"]),
        ),
    ];
    for (key, matching, others) in table {
        let with = |value: &Value| {
            let mut json = json!({ "sku": "ABC-1" });
            json[key] = value.clone();
            json
        };
        for value in matching.as_array().expect("a list") {
            assert_eq!(violations(with(value)), [""; 0], "{key}: {value}");
        }
        for value in others.as_array().expect("a list") {
            let found = violations(with(value));
            assert!(
                found.len() == 1 && found[0].starts_with(&format!("/{key}")),
                "{key}: {value}: {found:?}"
            );
        }
    }
}

#[test]
fn what_cannot_be_checked_is_let_through() {
    let json = json!({
        "ahead": "x", "back": "b", "wrong": "", "slashes": "a", "moment": "2024-01-01T00:00:00+01:00",
    });
    let value: Refused = serde_json::from_value(json.clone()).expect("nothing keeps it out");
    assert_eq!(serde_json::to_value(value).expect("it is written"), json);
}

#[test]
fn a_violation_tells_the_pattern_and_never_the_text() {
    let json = json!({ "sku": "ABC-1", "secret": "S3CR3T" });
    let value: Texts = serde_json::from_value(json).expect("it is read");
    let violations = value.validate().expect_err("it is too short");
    assert_eq!(violations.to_string(), "/secret does not match ^[!-~]{8,}$");
}
