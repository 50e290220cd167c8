//! A document of several files is one crate.

use conformance::cases::references::types::{
    Cat, Dog, Error, Error2, Kennel, NotFoundBody, Reason, Ref,
};
use serde_json::json;

#[test]
fn one_file_is_one_type_however_it_is_written() {
    let dog = Dog::new("Rex");
    let kennel = Kennel {
        first: Some(dog.clone()),
        second: Some(dog.clone()),
        third: Some(dog),
        ..Kennel::default()
    };
    assert_eq!(kennel.first, kennel.second);
    assert_eq!(kennel.second, kennel.third);
}

#[test]
fn files_may_lead_back_to_each_other() {
    let text = json!({ "name": "Tom", "enemy": { "name": "Rex", "friend": { "name": "Tom" } } });
    let cat: Cat = serde_json::from_value(text.clone()).expect("it is a cat");
    let friend = cat.enemy.as_ref().and_then(|dog| dog.friend.as_ref());
    assert_eq!(friend.map(|cat| cat.name.as_str()), Some("Tom"));
    assert_eq!(serde_json::to_value(&cat).expect("it is JSON"), text);
}

#[test]
fn the_same_name_in_two_files_is_two_types() {
    let ours: Error = serde_json::from_value(json!({ "code": 1 })).expect("ours has a code");
    assert_eq!(ours.code, Some(1));
    let theirs = json!({ "code": 1 });
    assert!(
        serde_json::from_value::<Error2>(theirs).is_err(),
        "theirs needs a reason"
    );
}

#[test]
fn fragments_are_in_the_version_of_the_document() {
    // `nullable: true` in another file, read as the 3.0 document means it.
    let error: Error2 =
        serde_json::from_value(json!({ "reason": "gone", "hint": null })).expect("null is a hint");
    assert_eq!((error.reason, error.hint), (Reason::Gone, None));
}

#[test]
fn a_response_that_operations_share_has_one_type() {
    use conformance::cases::references::operations::{ListCatsResponse, ListDogsResponse};
    let body = NotFoundBody {
        reason: Reason::Unknown,
    };
    let cats = ListCatsResponse::NotFound(body.clone());
    let dogs = ListDogsResponse::NotFound(body);
    assert_eq!(format!("{cats:?}"), format!("{dogs:?}"));
}

#[test]
fn a_property_may_be_called_ref() {
    let value: Ref = serde_json::from_value(json!({ "$ref": "#/a" })).expect("it is a string");
    assert_eq!(value.r#ref.as_deref(), Some("#/a"));
}
