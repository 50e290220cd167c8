//! `cases/knobs`: how properties are read by choice of the user, and which structs may grow or keep all
//! keys.

use conformance::cases::knobs::types::{GetReadingParams, Place, Reading, Sensor, Unit};
use serde_json::{Value, json};

use crate::check::{becomes, refused, same};

/// What every reading has, with some properties changed.
fn with(changes: Value) -> Value {
    let mut reading = json!({
        "asked": null, "lenient": null, "count": 1, "unit": "metre", "sensor": { "id": "a" },
    });
    let (Value::Object(reading), Value::Object(changes)) = (&mut reading, changes) else {
        panic!("both are objects");
    };
    reading.extend(changes);
    Value::Object(reading.clone())
}

/// What every reading has, without one of its properties.
fn without(key: &str) -> Value {
    let mut reading = with(json!({}));
    let removed = reading.as_object_mut().and_then(|it| it.remove(key));
    assert!(removed.is_some(), "{key}");
    reading
}

/// A response tells absence from `null` by choice, but for a property that is left out of it (H5).
#[test]
fn a_response_has_three_states() {
    let absent: Reading = same(with(json!({})));
    assert_eq!(absent.three_states, None);
    let null: Reading = same(with(json!({ "threeStates": null, "id": null })));
    assert_eq!(null.three_states, Some(None));
    assert_eq!(null.id, Some(None));
    becomes::<Reading>(with(json!({ "twoStates": null })), with(json!({})));
}

/// What is required must be there although it may be `null`, but for a property that is left out of it (H2).
#[test]
fn a_required_null_is_asked_for() {
    same::<Reading>(with(json!({ "asked": "a" })));
    assert_eq!(
        refused::<Reading>(without("asked")),
        "missing field `asked`"
    );
    assert_eq!(refused::<Reading>(without("unit")), "missing field `unit`");
    becomes::<Reading>(without("lenient"), with(json!({})));
}

/// A whole number may have a point or an exponent where the user says so, and is written without (D2).
#[test]
fn whole_numbers_have_any_form() {
    let text = r#"{ "lenient": null, "asked": null, "unit": null, "sensor": { "id": "a" },
        "count": 1e2, "maybe": -1.0, "counts": [2.0, 3], "index": { "a": 4.0 } }"#;
    let reading: Reading = serde_json::from_str(text).expect("it is read");
    assert_eq!((reading.count, reading.maybe), (100, Some(Some(-1))));
    assert_eq!(reading.counts.as_deref(), Some(&[2, 3][..]));
    let written = json!(reading);
    assert_eq!(
        (&written["count"], &written["index"]),
        (&json!(100), &json!({ "a": 4 }))
    );
    let none: Reading = same(with(json!({ "maybe": null })));
    assert_eq!(none.maybe, Some(None));
    for odd in [
        json!({ "count": 1.5 }),
        json!({ "count": 1e300 }),
        json!({ "count": "1" }),
        json!({ "count": null }),
        json!({ "index": { "a": -1.0 } }),
        json!({ "counts": [9_007_199_254_740_994.0] }),
        json!({ "exact": 1.0 }),
    ] {
        refused::<Reading>(with(odd));
    }
}

/// An empty string is no date, no identifier and no unit, but for a property that is left out of it; and
/// it is a note (E7).
#[test]
fn an_empty_string_is_none() {
    let empty = json!({ "unit": "", "taken": "", "id": "", "note": "" });
    let read = json!({ "unit": null, "id": null, "note": "" });
    let reading: Reading = becomes(with(empty), with(read));
    assert_eq!((reading.unit, reading.taken), (None, None));
    assert_eq!(reading.id, Some(None), "it was there");
    let id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    let full: Reading = same(with(
        json!({ "unit": "foot", "taken": "2024-02-29", "id": id }),
    ));
    assert_eq!(full.unit, Some(Unit::Foot));
    for odd in [
        json!({ "taken": " " }),
        json!({ "taken": 1 }),
        json!({ "id": "a" }),
        json!({ "unit": 1 }),
        json!({ "seen": "" }),
    ] {
        refused::<Reading>(with(odd));
    }
}

/// A struct that may grow is made by a function, even if all of its fields are required (G18).
#[test]
fn structs_may_grow() {
    let Sensor { id, .. } = Sensor::new("a");
    assert_eq!(id, "a");
    assert_eq!(GetReadingParams::default().since, None);
    // This one may not, and a pattern that names all of its fields holds.
    let Place {
        name,
        additional_properties,
    } = Place::new("b");
    assert_eq!((name.as_str(), additional_properties.len()), ("b", 0));
}

/// Keys that the document does not declare are kept where the user says so (G3).
#[test]
fn other_keys_are_kept() {
    let place: Place = same(json!({ "name": "n", "x": null, "y": [1] }));
    assert_eq!(place.additional_properties.len(), 2);
    becomes::<Sensor>(json!({ "id": "a", "x": 1 }), json!({ "id": "a" }));
}

/// This crate is not the one that the types are in, so a struct that may grow cannot be written here.
///
/// The attribute is looked for, as a test cannot show that something does not compile.
#[test]
fn structs_that_may_grow_say_so() {
    let text = include_str!("../../cases/knobs/expected/types/api.rs");
    for (name, grows) in [
        ("Sensor", true),
        ("Reading", true),
        ("GetReadingParams", true),
        ("Place", false),
    ] {
        let head = format!("pub struct {name} {{");
        let before = text.split(&head).next().expect("there is a first part");
        assert_ne!(before, text, "{name}");
        assert_eq!(
            before.ends_with("#[non_exhaustive]\n"),
            grows,
            "{name} says it"
        );
    }
}
