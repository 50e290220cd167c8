//! `cases/unions` and `cases/discriminators`: which type a value is read as, that it is written as it
//! came, and what is refused.

use conformance::cases::discriminators::types::{
    Animal, Cat, Entry, NewPet, Numbered, Pet, Validate as _,
};
use conformance::cases::unions::types::{
    Amount, Choices, Event, External, Id, Input, Label, Loose, Message, Name, Nested, Open, Owner,
    Scalar, Setting,
};
use serde_json::{Value, json};

use crate::check::{becomes, refused, same};

#[test]
fn the_json_type_tells_what_a_value_is() {
    assert_eq!(same::<Id>(json!(1)), Id::Integer(1));
    assert_eq!(same::<Id>(json!("1")), Id::String("1".to_owned()));
    assert_eq!(same::<Scalar>(json!(true)), Scalar::Boolean(true));
    assert!(matches!(same::<Label>(json!("a")), Label::String(_)));
    assert!(matches!(
        same::<Label>(json!({ "first": "a" })),
        Label::Name(_)
    ));
    assert!(matches!(
        same::<Label>(json!([{ "first": "a" }])),
        Label::Array(_)
    ));
    let message = refused::<Id>(json!([1]));
    assert_eq!(
        message,
        "invalid type: sequence, expected an integer or a string"
    );
}

#[test]
fn a_whole_number_is_a_number_where_there_are_both() {
    assert_eq!(becomes::<Amount>(json!(1), json!(1.0)), Amount::Number(1.0));
    assert_eq!(same::<Amount>(json!(1.5)), Amount::Number(1.5));
}

#[test]
fn the_first_item_tells_what_an_array_is() {
    assert!(matches!(same::<Input>(json!(["a"])), Input::StringArray(_)));
    assert!(matches!(same::<Input>(json!([1])), Input::IntegerArray(_)));
    assert!(matches!(
        same::<Input>(json!([[1], []])),
        Input::IntegerArrayArray(_)
    ));
    assert!(matches!(same::<Input>(json!([])), Input::StringArray(_)));
    refused::<Input>(json!([true]));
    refused::<Input>(json!(["a", 1]));
}

#[test]
fn a_constant_tells_what_an_object_is_wherever_it_stands() {
    for text in [
        r#"{"type":"created","name":"n"}"#,
        r#"{"name":"n","type":"created"}"#,
        r#"{"name":"n","more":[{"a":null}],"type":"created"}"#,
    ] {
        let event: Event = serde_json::from_str(text).expect("it is an event");
        assert!(
            matches!(event, Event::Created(ref it) if it.name == "n"),
            "{event:?}"
        );
    }
    let event: Event = serde_json::from_reader(&br#"{"name":"\u0041","type":"created"}"#[..])
        .expect("it is an event");
    assert!(matches!(event, Event::Created(ref it) if it.name == "A"));
}

#[test]
fn an_object_of_an_unknown_type_is_kept_and_does_not_validate() {
    let json =
        json!({ "type": "renamed", "to": "b", "at": { "n": [1.5, 18446744073709551615_u64] } });
    let event: Event = same(json.clone());
    assert_eq!(event, Event::Unrecognized(json));
    assert!(event.validate().is_err());
    assert_eq!(
        refused::<Event>(json!({ "name": "n" })),
        "missing field `type`"
    );
    assert!(refused::<Event>(json!("created")).starts_with("invalid type: string"));
}

#[test]
fn a_branch_without_a_tag_takes_the_rest() {
    assert!(matches!(
        same(json!({ "kind": "text", "text": "t" })),
        Message::TextMessage(_)
    ));
    assert!(matches!(
        same(json!({ "kind": "video", "url": "u" })),
        Message::MediaMessage(_)
    ));
    assert!(matches!(same(json!({ "first": "f" })), Message::Name(_)));
}

#[test]
fn a_key_tells_what_an_object_is() {
    assert!(matches!(
        same(json!({ "note": "n", "userId": "1" })),
        Owner::User(_)
    ));
    assert!(matches!(same(json!({ "teamId": "1" })), Owner::Team(_)));
    assert!(matches!(same(json!({ "note": "n" })), Owner::Nobody(_)));
    assert!(matches!(same(json!({ "value": "a" })), Setting::Text(_)));
    assert!(matches!(same(json!({ "value": 1 })), Setting::Number(_)));
    assert!(matches!(same(json!({ "value": ["a"] })), Setting::List(_)));
    refused::<Setting>(json!({ "value": {} }));
    refused::<Setting>(json!({}));
}

/// The variant is a struct with the one key, which stays where it is (K27).
#[test]
fn a_key_of_its_own_tells_a_branch() {
    assert!(matches!(same(json!({ "id": 1 })), External::Id(it) if it.id == 1));
    assert!(matches!(
        same(json!({ "name": { "first": "a", "last": "b" } })),
        External::Name(_)
    ));
    refused::<External>(json!({ "age": 1 }));
}

/// Not the first branch that takes it: the first one has only optional properties and takes anything.
#[test]
fn items_that_cannot_be_told_apart_keep_what_they_hold() {
    let choices = same::<Choices>(json!({
        "choices": [{ "name": "a", "value": 1.5 }, null, { "name": "b", "value": "c" }],
    }));
    let choices = choices.choices.expect("a list");
    let names: Vec<&str> = choices.iter().flatten().map(|it| &*it.name).collect();
    assert_eq!(names, ["a", "b"]);
}

#[test]
fn the_branch_that_knows_most_is_tried_first() {
    assert!(matches!(same(json!({ "a": "1" })), Loose::A(_)));
    assert!(matches!(
        same(json!({ "b": "1", "shared": "2" })),
        Loose::B(_)
    ));
    assert!(matches!(same(json!({ "c": 1 })), Loose::C(_)));
    assert!(matches!(
        becomes(json!({ "c": 1, "d": 2 }), json!({})),
        Loose::A(_)
    ));
    let message = refused::<Loose>(json!({ "a": 1, "shared": 2 }));
    assert!(
        message.contains("as `A`") && message.contains("as `B`"),
        "{message}"
    );
}

#[test]
fn what_no_branch_declares_is_kept_where_anything_goes() {
    assert!(matches!(same(json!({ "first": "f" })), Open::Name(_)));
    for json in [
        json!(null),
        json!(5),
        json!("a"),
        json!([1]),
        json!({ "a": 1 }),
        json!(true),
    ] {
        assert_eq!(same::<Open>(json.clone()), Open::Other(json));
    }
}

#[test]
fn unions_inside_unions_are_told_by_what_is_in_them() {
    assert!(matches!(
        same(json!({ "type": "deleted" })),
        Nested::Event(Event::Deleted(_))
    ));
    assert!(matches!(same(json!({ "type": "other" })), Nested::Other(_)));
    assert!(matches!(
        same(json!(1.5)),
        Nested::Scalar(Scalar::Number(_))
    ));
    assert!(matches!(
        same(json!({ "type": "new" })),
        Nested::Unrecognized(_)
    ));
}

#[test]
fn a_payload_becomes_the_union() {
    let name = Name::new("f");
    assert_eq!(Label::from(name.clone()), Label::Name(name.clone()));
    assert_eq!(Label::from(vec![name.clone()]), Label::Array(vec![name]));
    assert_eq!(Id::from(1), Id::Integer(1));
}

/// Internal tags of serde would write the tag twice, or not decode at all.
#[test]
fn the_tag_stays_in_the_variant_and_its_value_survives() {
    for tag in ["cat", "kitten"] {
        let json = json!({ "petType": tag, "name": "n" });
        let pet: Pet = same(json.clone());
        assert!(matches!(&pet, Pet::Cat(cat) if cat.pet_type == tag));
        let cat: Cat = same(json);
        assert_eq!(Pet::from(cat), pet);
    }
    assert!(matches!(same(json!({ "petType": "dog" })), Pet::Dog(_)));
}

#[test]
fn what_is_only_sent_knows_all_its_types() {
    assert!(matches!(
        same(json!({ "petType": "Cat", "name": "n" })),
        NewPet::Cat(_)
    ));
    let message = refused::<NewPet>(json!({ "petType": "cow" }));
    assert_eq!(message, "unknown variant `cow`, expected `Cat` or `Dog`");
    let unknown: Pet = same(json!({ "petType": "cow", "milk": 3 }));
    assert!(unknown.validate().is_err());
}

/// The way to a mistake is told through a union, also where the tag comes last.
#[test]
fn mistakes_inside_a_union_have_their_place() {
    let locate = |text: &str| {
        let mut json = serde_json::Deserializer::from_str(text);
        let error = serde_path_to_error::deserialize::<_, Vec<Event>>(&mut json);
        let error = error.expect_err("it does not fit");
        (error.path().to_string(), error.inner().to_string())
    };
    let (path, _) = locate(r#"[{"type":"created","name":1}]"#);
    assert_eq!(path, "[0].name");
    let (path, message) = locate(r#"[{"name":1,"type":"created"}]"#);
    assert_eq!(path, "[0]");
    assert!(message.contains("in `name`"), "{message}");
}

#[test]
fn two_branches_with_one_value_are_told_by_their_keys() {
    let full = json!({ "type": "message", "text": "t", "id": "1" });
    assert!(matches!(same(full), Entry::Full(_)));
    assert!(matches!(
        same(json!({ "type": "message", "text": "t" })),
        Entry::Brief(_)
    ));
    assert!(matches!(same(json!({ "text": "t" })), Entry::Brief(_)));
    assert!(matches!(
        same(json!({ "type": "link", "url": "u" })),
        Entry::Link(_)
    ));
}

#[test]
fn a_default_mapping_takes_what_has_no_value() {
    assert!(matches!(same(json!({ "legs": 4 })), Animal::OtherAnimal(_)));
    assert!(matches!(
        same(json!({ "petType": "cow", "legs": 4 })),
        Animal::OtherAnimal(_)
    ));
    // Only the mapping names this one.
    assert!(matches!(same(json!({ "petType": "dog" })), Animal::Dog(_)));
}

#[test]
fn numbers_are_tags_too() {
    let one: Numbered = same(json!({ "version": 1, "a": "x" }));
    assert!(matches!(one, Numbered::Version1(_)));
    assert!(matches!(
        same(json!({ "b": "x", "version": 3 })),
        Numbered::Variant2(_)
    ));
    assert!(matches!(
        same(json!({ "version": 4 })),
        Numbered::Unrecognized(_)
    ));
}

#[test]
fn numbers_are_exact() {
    let json: Value = serde_json::from_str("18446744073709551615").expect("it is a number");
    refused::<Id>(json);
}
