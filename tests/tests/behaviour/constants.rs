//! `cases/constants`: values that never change.

use conformance::cases::constants::types::{
    Currency, Dog, DogType, Failure, FailureFactor, FailureRetry, FailureStatus, Ping, Validate,
};
use serde_json::json;

use crate::check::{becomes, refused, same};

/// A constant takes no place, is filled in, and is always sent (I6, G17).
#[test]
fn a_constant_is_filled_in_and_sent() {
    assert_eq!(size_of::<DogType>(), 0);
    let dog = Dog::new("Rex");
    assert_eq!(dog.r#type, DogType::Dog);
    let json = serde_json::to_value(&dog).expect("the dog is written");
    assert_eq!(json, json!({ "type": "dog", "name": "Rex" }));
    let ping = serde_json::to_value(Ping::default()).expect("the ping is written");
    assert_eq!(ping, json!({ "op": "ping", "version": 2 }));
}

#[test]
fn another_value_is_refused() {
    let message = refused::<Dog>(json!({ "type": "cat", "name": "Tom" }));
    assert_eq!(message, "expected one of `dog`");
    refused::<Dog>(json!({ "name": "Rex" }));
    let message = refused::<Ping>(json!({ "op": "ping", "version": 3 }));
    assert_eq!(message, "expected one of `2`");
}

/// Numbers are what they are worth, and a number is no truth value (I7, D5).
#[test]
fn constants_of_every_type() {
    let json = json!({
        "status": 400, "retry": false, "factor": -2.5, "whole": -2, "origin": { "x": 0, "y": [1] },
        "maybe": "yes",
    });
    let failure: Failure = same(json);
    assert_eq!(failure.status.as_i64(), 400);
    assert!(!failure.retry.as_bool());
    assert_eq!(failure.factor.as_f64(), -2.5);
    assert!(failure.validate().is_ok());
    let pointed = json!({ "status": 400.0, "retry": false, "factor": -2.5, "whole": -2.0 });
    let plain = json!({ "status": 400, "retry": false, "factor": -2.5, "whole": -2 });
    becomes::<Failure>(pointed, plain);
    refused::<FailureStatus>(json!(401));
    refused::<FailureStatus>(json!("400"));
    refused::<FailureRetry>(json!(0));
    refused::<FailureRetry>(json!(true));
    refused::<FailureFactor>(json!(2.5));
    assert_eq!("-2.50".parse(), Ok(FailureFactor::Minus25));
}

/// A constant that is an object is any value, which `validate` compares.
#[test]
fn an_object_is_compared_as_json() {
    let with = |origin| {
        let json = json!({ "status": 400, "retry": false, "factor": -2.5, "origin": origin });
        serde_json::from_value::<Failure>(json).expect("the value is taken")
    };
    assert!(with(json!({ "y": [1], "x": 0.0 })).validate().is_ok());
    let violations = with(json!({ "x": 1, "y": [1] }))
        .validate()
        .expect_err("it is another");
    assert_eq!(
        violations.to_string(),
        "/origin is not one of the declared values"
    );
}

/// A list of one value may get another one (I10).
#[test]
fn a_list_of_one_value_is_no_constant() {
    let value: Currency = same(json!("USD"));
    assert_eq!(value, Currency::Unrecognized("USD".to_owned()));
}
