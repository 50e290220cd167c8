//! `cases/formats` and `cases/empty`: strings and numbers of every format.

use conformance::cases::empty;
use conformance::cases::formats::runtime::json_string::JsonString;
use conformance::cases::formats::types::{
    Bounds, Holder, Nested, Nothing, Numbers, Strings, Untyped,
};
use serde_json::json;

use crate::check::{becomes, refused, same};

#[test]
fn strings_of_every_format() {
    let json = json!({
        "dateTime": "2024-02-29T23:59:59.123+02:00", "date": "2024-02-29", "uuid": "5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197",
        "password": "hidden", "uri": "https://example.com/%41", "email": "a@b.c", "unknown": "12",
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

/// What a lenient reader takes, and how an exact writer spells it.
#[test]
fn spellings_of_the_same_value_are_read() {
    let rows = [
        ("dateTime", "2024-02-29t10:00:00z", "2024-02-29T10:00:00Z"),
        ("dateTime", "2024-02-29 10:00:00Z", "2024-02-29T10:00:00Z"),
        ("dateTime", "2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"),
        ("dateTime", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        (
            "dateTime",
            "2024-02-29T10:00:00.1+02:00",
            "2024-02-29T10:00:00.100+02:00",
        ),
        (
            "localDateTime",
            "2024-02-29T10:00:00",
            "2024-02-29T10:00:00",
        ),
        ("localTime", "10:00:00.25", "10:00:00.250"),
        (
            "uuid",
            "5D2C31F6AB7E481AB6FD8B4A96A4E197",
            "5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197",
        ),
        ("ipv6", "0:0:0:0:0:0:0:1", "::1"),
        ("ip", "::FFFF:1.2.3.4", "::ffff:1.2.3.4"),
        ("byte", "AQI", "AQI="),
        ("base64url", "-_8=", "-_8"),
    ];
    for (key, read, written) in rows {
        becomes::<Strings>(json!({ key: read }), json!({ key: written }));
    }
}

#[test]
fn formats_without_a_type_keep_the_text() {
    same::<Strings>(json!({
        "uri": "https://h", "email": "not an address", "time": "10:00:00Z", "duration": "P3DT4H", "decimal": "1.10",
        "char": "ab", "base32": "MFRGG===", "binary": "\u{0}", "text64": "007", "nonsense": "x", "mistaken": "x",
    }));
}

#[test]
fn bytes_are_text_in_json() {
    let json = json!({ "byte": "AQI=", "base64url": "-_8", "encoded": "", "sensitive": "hidden" });
    let strings: Strings = same(json);
    assert_eq!(strings.byte.as_deref(), Some(&vec![1, 2]));
    assert_eq!(strings.base64url, Some(vec![0xFB, 0xFF].into()));
    assert_eq!(strings.encoded.as_ref().map(|it| it.len()), Some(0));
    let shown = format!("{strings:?}");
    assert!(shown.contains("Base64(2 bytes)") && !shown.contains("hidden"));
    for (key, value) in [
        ("byte", "-_8="),
        ("byte", "AQ I="),
        ("base64url", "+/8="),
        ("ipv4", "10.0.0.0/8"),
    ] {
        refused::<Strings>(json!({ key: value }));
    }
}

#[test]
fn json_inside_of_a_string_is_what_it_says() {
    let json = json!({
        "data": "{\"when\":\"2024-01-01T00:00:00Z\",\"count\":3}", "anything": "[1,null]", "text": "{", "again": "{\"text\":\"in\"}", "xml": "<a/>",
        "chunks": ["AQI=", ""],
    });
    let nested: Nested = same(json);
    assert_eq!(nested.data.as_ref().and_then(|it| it.count), Some(3));
    let inner = nested.again.map(JsonString::into_inner);
    assert_eq!(inner.and_then(|it| it.text).as_deref(), Some("in"));
    refused::<Nested>(json!({ "data": "{\"count\":\"3\"}" }));
    refused::<Nested>(json!({ "data": { "count": 3 } }));
}

#[test]
fn integers_beyond_64_bits_are_exact() {
    // A value of `serde_json` holds no more than 64 bits, so these are texts.
    let text = r#"{"unsigned":18446744073709551615,"long":18446744073709551615,"wide":-1,"huge":18446744073709551617,"low":-9223372036854775809,"rounded":-9223372036854775808,"roundedUnsigned":18446744073709551615}"#;
    let bounds: Bounds = serde_json::from_str(text).expect("the values are taken");
    assert_eq!(bounds.huge, Some(u128::from(u64::MAX) + 2));
    assert_eq!(serde_json::to_string(&bounds).ok().as_deref(), Some(text));
    for text in [
        r#"{"unsigned":-1}"#,
        r#"{"huge":-1}"#,
        r#"{"rounded":9223372036854775808}"#,
        r#"{"wide":1.0}"#,
    ] {
        assert!(serde_json::from_str::<Bounds>(text).is_err(), "{text}");
    }
}

#[test]
fn nothing_is_null_and_never_is_absent() {
    same::<Nothing>(json!({ "nothing": null }));
    refused::<Nothing>(json!({ "nothing": 1 }));
    refused::<Nothing>(json!({}));
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
