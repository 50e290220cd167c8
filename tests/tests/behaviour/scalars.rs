//! `cases/formats` and `cases/empty`: strings and numbers of every format.

use conformance::cases::empty;
use conformance::cases::formats::types::{Holder, Numbers, Strings, Untyped};
use serde_json::json;

use crate::check::{becomes, refused, same};

#[test]
fn strings_of_every_format() {
    let json = json!({
        "dateTime": "2024-02-29T23:59:59.123+02:00", "date": "2024-02-29", "uuid": "5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197",
        "password": "hidden", "uri": "https://example.com/%41", "email": "a@b.c", "byte": "AA==", "unknown": "12",
    });
    let strings: Strings = same(json);
    assert!(
        !format!("{strings:?}").contains("hidden"),
        "a password never shows"
    );
    assert_eq!(
        strings.password.as_ref().map(|it| it.expose()),
        Some("hidden")
    );
    for (key, value) in [
        ("dateTime", "yesterday"),
        ("dateTime", "2024-02-30T00:00:00Z"),
        ("date", "2024-13-01"),
        ("uuid", "x"),
    ] {
        refused::<Strings>(json!({ key: value }));
    }
}

/// The offset of a time stamp is part of it.
#[test]
fn time_stamps_keep_their_offset() {
    same::<Untyped>(json!({ "when": "2024-01-01T12:00:00+05:30", "count": 3 }));
    becomes::<Untyped>(
        json!({ "when": "2024-01-01T12:00:00+00:00" }),
        json!({ "when": "2024-01-01T12:00:00Z" }),
    );
}

#[test]
fn numbers_of_every_format() {
    let largest = json!({
        "int8": i8::MAX, "int16": i16::MAX, "int32": i32::MAX, "int64": i64::MAX, "uint8": u8::MAX, "uint16": u16::MAX,
        "uint32": u32::MAX, "uint64": u64::MAX, "integer": i64::MIN, "float": 0.5, "double": 1e300, "number": -0.25, "both": 1.5,
    });
    same::<Numbers>(largest);
    for (key, value) in [
        ("int8", 128),
        ("int16", 32_768),
        ("int32", 2_147_483_648_i64),
        ("uint8", -1),
        ("uint8", 256),
        ("uint64", -1),
    ] {
        refused::<Numbers>(json!({ key: value }));
    }
    refused::<Numbers>(json!({ "integer": "1" }));
    refused::<Numbers>(json!({ "number": "1" }));
    refused::<Numbers>(json!({ "integer": 1.5 }));
}

#[test]
fn formats_inside_of_lists_and_maps() {
    let json = json!({
        "when": "2024-01-01T00:00:00Z", "id": "5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197", "days": ["2024-01-01"],
        "secrets": { "a": "hidden" },
    });
    let holder: Holder = same(json);
    assert!(!format!("{holder:?}").contains("hidden"));
    refused::<Holder>(json!({ "when": "2024-01-01T00:00:00Z" }));
}

#[test]
fn a_document_of_nothing_is_a_module_all_the_same() {
    assert_eq!(empty::API_VERSION, "1.0.0");
}
