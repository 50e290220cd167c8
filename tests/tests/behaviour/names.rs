//! `cases/names`: names that Rust, its prelude, serde and the generated code itself want for themselves.

use conformance::cases::names::types as names;
use serde_json::json;

use crate::check::same;

/// Types that shadow the prelude are types like others, and what they shadow is still used inside.
#[test]
fn types_may_be_called_like_the_prelude() {
    let json = json!({
        "option": { "value": "a" }, "result": {}, "string": { "text": "t", "more": "m" }, "vec": { "items": ["a"] },
        "box": { "inner": { "inner": {} } }, "error": { "message": "m", "code": 1 }, "clone": "a", "plain": "p",
        "list": [{ "text": "u" }], "default": { "a": "x", "b": "y", "c": "z" }, "int": { "a": 1 }, "count": 2,
    });
    let all: names::All = same(json);
    assert_eq!(
        all.option,
        names::Option {
            value: Some("a".to_owned())
        }
    );
    assert_eq!(all.clone, names::Clone::A);
    assert_eq!(
        all.default.map(|it| it.additional_properties.len()),
        Some(1)
    );
    same::<names::Some>(json!({ "value": { "value": "a" } }));
    same::<names::Value>(json!({ "a": [1, null] }));
    same::<names::Map>(json!({ "a": { "b": 1 } }));
    same::<names::BTreeMap>(json!({ "a": { "b": 1 } }));
    same::<names::DateTime>(json!({ "a": "2024-01-01T00:00:00Z" }));
    same::<names::Uuid>(json!({ "a": "5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197" }));
    same::<names::Secret>(json!({ "a": "hidden" }));
    same::<names::Self_>(json!({ "self": { "crate": "c" }, "super": "s" }));
    let from: names::From = same(json!({ "a": "x", "b": "y" }));
    assert_eq!(names::Into::from(from).a.as_deref(), Some("x"));
}

/// Names that come to one identifier stay apart, and the first of the document keeps it.
#[test]
fn names_that_collide_get_numbers() {
    same::<names::AB>(json!({ "a": "1" }));
    same::<names::AB2>(json!({ "b": "2" }));
    same::<names::Ab>(json!({ "c": "3" }));
    same::<names::Ab2>(json!({ "d": "4" }));
    same::<names::Type>(json!({ "a": "empty" }));
    same::<names::_123>(json!({ "a": "digits" }));
    same::<names::Grosse>(json!({ "a": "letters" }));
}

/// Every key keeps its own value, however alike the keys are.
#[test]
fn every_field_keeps_its_key() {
    let keys = [
        "type",
        "@odata.type",
        "",
        " ",
        "camelCase",
        "camel_case",
        "CamelCase",
        "camel-case",
        "additional_properties",
        "self",
        "fn",
        "gen",
        "async",
        "union",
        "9lives",
        "größe",
        "日本",
        "quote\"",
        "back\\slash",
        "line\nbreak",
        "r#type",
        "new",
        "validate",
        "check",
        "from_parts",
        "serializer",
        "deserializer",
        "__field",
    ];
    let mut json = serde_json::Map::new();
    for key in keys {
        json.insert(key.to_owned(), json!(format!("value of {key}")));
    }
    json.insert("+1".to_owned(), json!(1));
    json.insert("-1".to_owned(), json!(-1));
    let plain: names::Fields = same(json!(json));
    assert_eq!(
        (plain.plus_1, plain.minus_1, plain.empty.as_str()),
        (1, -1, "value of ")
    );
    assert!(
        plain.additional_properties_2.is_empty(),
        "{:?}",
        plain.additional_properties_2
    );
    // Keys that are nearly declared are not.
    json.extend([
        ("+2".to_owned(), json!(2)),
        ("Type".to_owned(), json!(3)),
        ("r#fn".to_owned(), json!(4)),
    ]);
    let more: names::Fields = same(json!(json));
    assert_eq!(more.additional_properties_2.len(), 3);
}

/// What the configuration asks for comes first, then what the document asks for; the wire knows neither.
#[test]
fn names_can_be_chosen() {
    use conformance::cases::renames::types::{
        All, GoodName, IoK8sEvent, Kept, Label, Pod, User, User2,
    };
    let user: User = same(json!({
        "nm": "a", "adr": { "street": "s" }, "tags": [{ "text": "t" }], "ms": "a@b",
    }));
    assert_eq!(user.full_name, "a");
    assert_eq!(user.mail_address.as_deref(), Some("a@b"));
    let label = Label {
        text: Some("t".to_owned()),
    };
    assert_eq!(user.tags, Some(vec![label]));
    let kept: Kept = same(json!({ "x": "1", "type": "2" }));
    assert_eq!(
        (kept.r#type.as_deref(), kept.type_2.as_deref()),
        (Some("1"), Some("2"))
    );
    let hinted: GoodName = same(json!({ "a_b": "c" }));
    assert_eq!(hinted.c_d.as_deref(), Some("c"));
    let all: All = same(json!({ "user": { "name": "n" }, "pod": {}, "other": { "a": "b" } }));
    let (user, pod): (Option<User2>, Option<Pod>) = (all.user, all.pod);
    assert_eq!(
        (user.and_then(|user| user.name).as_deref(), pod),
        (Some("n"), Some(Pod::default()))
    );
    assert_eq!(
        all.other,
        Some(IoK8sEvent {
            a: Some("b".to_owned())
        })
    );
}

/// One type for all places that say the same (I22), whatever they say in prose.
#[test]
fn the_same_in_several_places_is_one_type() {
    let ascending: names::Ascending = same(json!({
        "order": "asc", "error": "none", "place": { "city": "c", "kind": "town" },
    }));
    let descending = names::Descending {
        order: Some(names::Order::Desc),
        ..names::Descending {
            order: ascending.order,
            error: ascending.error,
            place: ascending.place,
        }
    };
    let place: names::Place = descending.place.expect("it is there");
    let unordered = names::Unordered {
        order: Some(names::UnorderedOrder::None),
        place: Some(names::UnorderedPlace {
            city: Some(1),
            kind: place.kind,
        }),
    };
    assert_eq!(
        unordered.place.and_then(|place| place.kind),
        Some(names::Kind::Town)
    );
    assert_eq!(descending.error, Some(names::AscendingError::None));
}
