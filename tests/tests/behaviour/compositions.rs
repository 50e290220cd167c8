//! `cases/inheritance`, `cases/all_of_unions` and `cases/json_value`: unions of heirs, beside properties,
//! and inside themselves.

use conformance::cases::all_of_unions::types::{
    Address, Contact, Drawing, DrawingKind, Email, Job, JobKind, Outline, Paid, PaidKind, Person,
    PersonExtra, Placed, Search, Upload, Vehicle,
};
use conformance::cases::inheritance::types::{Bird, Cat, Pet, Shape, Validate as _, Zoo};
use conformance::cases::json_value::types::{Filter, Holder, Json};
use serde_json::json;

use crate::check::{refused, same};

#[test]
fn a_base_is_one_of_its_heirs() {
    let cat = json!({ "petType": "kitten", "name": "n", "huntingSkill": "lazy" });
    let pet: Pet = same(cat.clone());
    assert!(matches!(&pet, Pet::Cat(cat) if cat.hunting_skill == "lazy"));
    let cat: Cat = same(cat);
    assert_eq!(Pet::from(cat), pet);
    assert!(matches!(
        same(json!({ "petType": "Puppy", "name": "n", "weeks": 3 })),
        Pet::Puppy(_)
    ));
    refused::<Pet>(json!({ "petType": "cat", "name": "n" }));
    assert_eq!(
        refused::<Pet>(json!({ "name": "n" })),
        "missing field `petType`"
    );
}

#[test]
fn an_heir_that_is_a_base_is_one_of_its_own_heirs() {
    let pet: Pet = same(json!({ "petType": "Parrot", "name": "n", "order": "o", "words": ["hi"] }));
    assert!(matches!(pet, Pet::Bird(bird) if matches!(*bird, Bird::Parrot(_))));
    let pet: Pet = same(json!({ "petType": "Bird", "name": "n", "order": "o" }));
    assert!(matches!(pet, Pet::Bird(bird) if matches!(*bird, Bird::Other(_))));
}

/// What only a newer server knows keeps its own properties.
#[test]
fn an_unknown_heir_keeps_what_it_has() {
    let json = json!({ "petType": "fish", "name": "n", "fins": 3, "friend": { "petType": "Dog", "name": "d" } });
    let Pet::Other(pet) = same(json) else {
        panic!("it is no declared pet");
    };
    assert_eq!((pet.pet_type.as_str(), pet.name.as_str()), ("fish", "n"));
    assert_eq!(pet.additional_properties["fins"], 3);
    assert!(matches!(pet.friend.as_deref(), Some(Pet::Dog(_))));
}

#[test]
fn heirs_are_checked_through_their_base() {
    let zoo: Zoo = same(json!({ "pets": [{ "petType": "Dog", "name": "" }] }));
    let violations = zoo.validate().expect_err("a name is too short");
    assert_eq!(
        violations.iter().next().expect("one").pointer,
        "/pets/0/name"
    );
}

#[test]
fn a_base_that_lists_its_heirs_gives_them_its_properties() {
    let shape: Shape = same(json!({ "shapeType": "Circle", "radius": 1.5 }));
    assert!(matches!(shape, Shape::Circle(circle) if circle.shape_type == "Circle"));
}

#[test]
fn a_union_beside_properties_is_a_field() {
    let drawing: Drawing = same(json!({ "kind": "circle", "id": "1", "radius": 1.5 }));
    assert!(matches!(&drawing.kind, DrawingKind::Circle(circle) if circle.radius == 1.5));
    let placed: Placed = same(json!({ "x": 1.5, "kind": "square", "side": 2.5 }));
    assert!(matches!(placed.outline, Outline::Square(_)));
    let newer: Drawing = same(json!({ "id": "1", "kind": "line", "from": [1], "to": [2] }));
    let DrawingKind::Unrecognized(rest) = newer.kind else {
        panic!("it is no declared shape");
    };
    assert_eq!(rest, json!({ "kind": "line", "from": [1], "to": [2] }));
    refused::<Drawing>(json!({ "id": "1", "radius": 1.5 }));
}

#[test]
fn two_unions_beside_properties_are_two_fields() {
    let paid: Paid = same(json!({ "id": "1", "iban": "i", "net": 3 }));
    assert!(matches!(paid.kind, PaidKind::Iban(_)));
    let message = refused::<Paid>(json!({ "id": "1", "net": 3 }));
    assert_eq!(message, "missing one of the fields `card`, `iban`");
}

#[test]
fn a_property_that_branches_repeat_is_theirs() {
    assert!(matches!(
        same(json!({ "wheels": 4, "doors": 5 })),
        Vehicle::Car(_)
    ));
    let person: Contact = same(json!({ "name": "n", "email": "e" }));
    assert!(matches!(person, Contact::Person(it) if it.name == "n" && it.email == "e"));
    let company: Contact = same(json!({ "name": "n", "vat": "v", "email": "e" }));
    assert!(matches!(company, Contact::Company(it) if it.email.as_deref() == Some("e")));
}

/// The variants do not declare the tag, so the union writes it.
/// serde keeps what stands beside the declared properties before it reads it, and an array is no object
/// there either.
#[test]
fn a_union_beside_properties_holds_objects_and_no_arrays() {
    let with = |by| json!({ "id": "1", "type": "upload", "url": "u", "by": by });
    same::<Job>(with(json!({ "email": "e" })));
    refused::<Job>(with(json!(["e", "s", ["x"]])));
}

#[test]
fn a_tag_that_no_branch_declares_is_written_by_the_union() {
    let json = json!({ "id": "1", "type": "upload", "url": "u" });
    let job: Job = same(json.clone());
    assert!(matches!(&job.kind, JobKind::Upload(it) if it.url == "u"));
    let made = Job {
        id: "1".to_owned(),
        kind: Upload::new("u").into(),
    };
    assert_eq!(serde_json::to_value(&made).expect("it is written"), json);
    assert_eq!(made, job);
    let text = serde_json::to_string(&made.kind).expect("it is written");
    assert_eq!(text, r#"{"type":"upload","url":"u"}"#);
}

#[test]
fn branches_that_only_require_make_no_union() {
    let search: Search = same(json!({ "name": "n" }));
    assert_eq!(search.name.as_deref(), Some("n"));
}

/// Whoever is both, keeps what both say.
#[test]
fn objects_that_may_be_several_at_once_are_one_struct() {
    let person: Person = same(json!({ "street": "s", "email": "e", "since": "2024", "extra": 1 }));
    assert_eq!(person.extra, Some(PersonExtra::Integer(1)));
    let person: Person = same(json!({ "extra": ["a"] }));
    assert_eq!(person.extra, Some(vec!["a".to_owned()].into()));
    let _: (Address, Email) = (same(json!({ "extra": 1 })), same(json!({ "extra": ["a"] })));
}

#[test]
fn a_union_may_contain_itself() {
    let json = json!({ "json": { "a": [1.5, null, true, "b", { "c": [] }] } });
    let holder: Holder = same(json);
    let Some(Json::Object(map)) = &holder.json else {
        panic!("it is an object");
    };
    assert!(matches!(&map["a"], Some(Json::Array(items)) if items[1].is_none()));
    assert!(same::<Holder>(json!({ "json": null })).json.is_none());
    let filter: Filter = same(json!({ "not": { "not": { "equals": "a" } } }));
    assert!(matches!(filter, Filter::Not(_)));
}
