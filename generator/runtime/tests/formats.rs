//! Formats: bytes as text, JSON as text, dates and times.

use oarlock_runtime::base64::{STANDARD, URL_SAFE, decode, encode};
use oarlock_runtime::date_time::{Date, DateTime};
use oarlock_runtime::encoded::{Base64, Base64Url};
use oarlock_runtime::json_string::JsonString;
use serde_json::{Value, from_value, json, to_value};

fn read<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, String> {
    from_value(value).map_err(|error| error.to_string())
}

/// The examples of RFC 4648, section 10, and what its alphabets differ in.
#[test]
fn bytes_become_the_text_of_the_standard() {
    let examples = [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ];
    for (bytes, text) in examples {
        let bare = text.trim_end_matches('=');
        assert_eq!(encode(bytes.as_bytes(), STANDARD, true), text);
        assert_eq!(encode(bytes.as_bytes(), STANDARD, false), bare);
        assert_eq!(decode(text, STANDARD).as_deref(), Some(bytes.as_bytes()));
        assert_eq!(decode(bare, STANDARD).as_deref(), Some(bytes.as_bytes()));
    }
    assert_eq!(encode(&[0xFB, 0xFF], STANDARD, true), "+/8=");
    assert_eq!(encode(&[0xFB, 0xFF], URL_SAFE, false), "-_8");
}

#[test]
fn every_length_and_every_byte_comes_back() {
    let bytes: Vec<u8> = (0..=255).rev().chain(0..=255).collect();
    for length in 0..bytes.len() {
        for alphabet in [STANDARD, URL_SAFE] {
            let text = encode(&bytes[..length], alphabet, length % 2 == 0);
            assert_eq!(decode(&text, alphabet).as_deref(), Some(&bytes[..length]));
        }
    }
}

#[test]
fn what_is_not_quite_base64_is_refused() {
    // The digits of the other alphabet, white space, padding that is too short, too long, in the
    // middle or alone, a digit too few, bits that no encoder writes, letters that are no digits.
    let wrong = [
        "-_8=",
        "Zm 9v",
        "Zm9v\n",
        "Zg=",
        "Zg===",
        "Zm9v=",
        "Zm9v====",
        "Zg==Zg==",
        "=",
        "====",
        "Z",
        "Zm9vY",
        "Zh==",
        "Zm9=",
        "Zm9\u{e9}",
        "Zm9.",
    ];
    for text in wrong {
        assert_eq!(decode(text, STANDARD), None, "{text:?}");
        assert!(read::<Base64>(json!(text)).is_err(), "{text:?}");
    }
    assert_eq!(decode("+/8", URL_SAFE), None);
}

#[test]
fn bytes_in_json() {
    let bytes: Base64 = read(json!("AQI")).expect("padding may be left out");
    assert_eq!(*bytes, [1, 2]);
    assert_eq!(to_value(&bytes).ok(), Some(json!("AQI=")));
    assert_eq!(bytes.to_string().parse(), Ok(bytes.clone()));
    assert_eq!(format!("{bytes:?}"), "Base64(2 bytes)");
    assert_eq!(Base64::from(vec![1, 2]), bytes);
    let bytes: Base64Url = read(json!("-_8=")).expect("padding may be there");
    assert_eq!(bytes, Base64Url::from(&[0xFB, 0xFF][..]));
    assert_eq!(to_value(&bytes).ok(), Some(json!("-_8")));
    assert_eq!(to_value(Base64::default()).ok(), Some(json!("")));
}

/// A message may end up in a log, so it does not repeat what the bytes are.
#[test]
fn a_message_does_not_repeat_the_bytes() {
    let message = read::<Base64>(json!("c2VjcmV0 ")).expect_err("a blank is no digit");
    assert!(!message.contains("c2VjcmV0"), "{message}");
}

#[test]
fn json_in_a_string() {
    let text = json!("{\"foo\": [1, null]}");
    let value: JsonString<Value> = read(text).expect("it holds JSON");
    assert_eq!(*value, json!({ "foo": [1, null] }));
    assert_eq!(to_value(&value).ok(), Some(json!("{\"foo\":[1,null]}")));
    assert!(read::<JsonString<Value>>(json!("{")).is_err());
    assert!(read::<JsonString<Value>>(json!({})).is_err());
    assert!(read::<JsonString<bool>>(json!("1")).is_err());
    assert_eq!(JsonString::from(1).into_inner(), 1);
}

#[test]
fn time_stamps_of_the_crate_time() {
    for text in [
        "2024-02-29T23:59:59.123+02:00",
        "2024-02-29T23:59:59Z",
        "9999-12-31T23:59:59Z",
        "0000-01-01T00:00:00-12:00",
    ] {
        let stamp: DateTime = read(json!(text)).expect(text);
        assert_eq!(to_value(stamp).ok(), Some(json!(text)));
        assert_eq!(stamp.to_string(), text);
    }
    let lenient: DateTime = read(json!("2024-02-29t10:00:00z")).expect("small letters");
    assert_eq!(lenient.to_string(), "2024-02-29T10:00:00Z");
    for text in ["2024-02-30T00:00:00Z", "2024-02-29T10:00:00", "", "now"] {
        assert!(read::<DateTime>(json!(text)).is_err(), "{text}");
    }
}

#[test]
fn dates_of_the_crate_time() {
    for text in ["2024-02-29", "0000-01-01", "9999-12-31"] {
        let date: Date = read(json!(text)).expect(text);
        assert_eq!(to_value(date).ok(), Some(json!(text)));
    }
    for text in [
        "2023-02-29",
        "2024-2-9",
        "2024-02-29T00:00:00Z",
        "",
        "today",
    ] {
        assert!(read::<Date>(json!(text)).is_err(), "{text}");
    }
}
