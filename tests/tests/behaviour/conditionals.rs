//! `cases/conditionals`: what only some objects have is optional, and the conditions keep nothing out.

use conformance::cases::conditionals::types::{Address, Card, Loop, Validate};
use serde_json::{from_value, json};

#[test]
fn properties_under_a_condition_are_optional() {
    let address: Address =
        from_value(json!({ "country": "US" })).expect("nothing else is required");
    assert_eq!(address.validate(), Ok(()));
    let address = Address {
        zip: Some("12345".to_owned()),
        postcode: None,
        inner: Some(true),
        ..address
    };
    assert_eq!(
        json!(address),
        json!({ "country": "US", "zip": "12345", "inner": true })
    );
    let card = Card {
        cc: Some("1".to_owned()),
        billing: Some(address),
    };
    assert_eq!(card.validate(), Ok(()));
    assert_eq!(Loop::default().a, None);
}

#[test]
fn what_such_a_property_holds_is_checked() {
    let json = json!({ "country": "US", "zip": "123456" });
    let address: Address = from_value(json).expect("it is read");
    let violations = address.validate().expect_err("the code is too long");
    assert_eq!(violations.to_string(), "/zip is longer than 5 characters");
}
