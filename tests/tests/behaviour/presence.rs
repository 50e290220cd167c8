//! `cases/nullable` and the request types of `cases/service`: absent, null and value.

use conformance::cases::nullable::types::{Matrix, Older, OlderByEnum, Spellings};
use conformance::cases::service::types::{NewPet, PetPatch};
use serde_json::{Value, json};

use crate::check::{becomes, refused, same};

/// Required and nullable are two questions (H1 to H3, H5).
#[test]
fn the_four_combinations_without_a_request() {
    let full: Matrix = same(
        json!({ "required": "a", "requiredNullable": "b", "optional": "c", "optionalNullable": "d" }),
    );
    assert_eq!(full.required_nullable.as_deref(), Some("b"));
    // What is required is written even when it is null, and absence of the rest stays absence.
    let least: Matrix = same(json!({ "required": "a", "requiredNullable": null }));
    assert_eq!(least, Matrix::new("a", None));
    // No request tells absent from null, so both are one.
    becomes::<Matrix>(
        json!({ "required": "a", "requiredNullable": null, "optionalNullable": null }),
        json!({ "required": "a", "requiredNullable": null }),
    );
    refused::<Matrix>(json!({ "required": null, "requiredNullable": null }));
    refused::<Matrix>(json!({ "requiredNullable": null }));
    refused::<Matrix>(json!({ "required": 1, "requiredNullable": null }));
}

/// Decoding is lenient: a server that leaves a nullable key out is understood.
#[test]
fn a_missing_nullable_key_is_null() {
    becomes::<Matrix>(
        json!({ "required": "a" }),
        json!({ "required": "a", "requiredNullable": null }),
    );
}

#[test]
fn every_spelling_of_nullable_means_the_same() {
    let nulls = json!({
        "array": null, "anyOf": null, "oneOf": null, "ref": null, "enumeration": null, "keyword": null,
        "list": [null, "a"], "map": { "a": null, "b": 1 }, "only": null,
        "wrappedList": [null, "a"], "wrappedMap": { "a": null },
    });
    let spellings: Spellings = same(nulls);
    assert_eq!(
        (spellings.array, spellings.any_of, spellings.one_of),
        (None, None, None)
    );
    assert_eq!(spellings.list, [None, Some("a".to_owned())]);
    let values = json!({
        "array": 1, "anyOf": "a", "oneOf": { "required": "a", "requiredNullable": null }, "ref": "r",
        "enumeration": "b", "keyword": "k", "list": [], "map": {}, "only": null, "anything": [1, { "a": null }],
    });
    same::<Spellings>(values);
}

/// `nullable` counts without a type, beside a `$ref`, and where the values do not list `null` (H8, H9).
#[test]
fn nullable_counts_wherever_it_stands() {
    let keys = [
        "byAllOf",
        "byRef",
        "byOneOf",
        "byEnum",
        "untyped",
        "byDefault",
    ];
    let nulls = keys.map(|key| (key.to_owned(), json!(null)));
    let older: Older = same(Value::Object(nulls.into_iter().collect()));
    assert_eq!((older.by_all_of, older.by_enum), (None, None));
    let matrix = json!({ "required": "a", "requiredNullable": null });
    let older: Older = same(json!({
        "byAllOf": matrix, "byRef": "n", "byOneOf": "o", "byEnum": "a", "untyped": "a", "byDefault": 1,
    }));
    assert_eq!(older.by_enum, Some(OlderByEnum::A));
    refused::<Older>(json!({ "byEnum": 1 }));
}

/// A default of `null` is what absence means anyway, so no method gives it (H14).
#[test]
fn a_default_of_null_has_no_method() {
    let types = include_str!("../../cases/nullable/expected/types/shared.rs");
    assert!(types.contains("pub by_default: Option<i64>,"));
    assert!(!types.contains("fn by_default("));
}

/// In a request the three states are three (H4).
#[test]
fn a_request_tells_absent_from_null() {
    let of = |json: Value| same::<PetPatch>(json).nickname;
    assert_eq!(of(json!({})), None);
    assert_eq!(of(json!({ "nickname": null })), Some(None));
    assert_eq!(of(json!({ "nickname": "a" })), Some(Some("a".to_owned())));
    refused::<PetPatch>(json!({ "nickname": 1 }));
    refused::<NewPet>(json!({ "name": null, "kind": "cat" }));
}
