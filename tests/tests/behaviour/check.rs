//! What the tests of values have in common.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Decodes a value and encodes it again, which must give the same JSON. Returns what was decoded.
#[track_caller]
pub(crate) fn same<T: DeserializeOwned + Serialize>(json: Value) -> T {
    becomes(json.clone(), json)
}

/// Decodes a value and encodes it again, which must give `expected`.
#[track_caller]
pub(crate) fn becomes<T: DeserializeOwned + Serialize>(json: Value, expected: Value) -> T {
    let value: T = serde_json::from_value(json).expect("the value is taken");
    let encoded = serde_json::to_value(&value).expect("the value is written");
    assert_eq!(encoded, expected);
    value
}

/// The value must not decode; returns the message.
#[track_caller]
pub(crate) fn refused<T: DeserializeOwned + Debug>(json: Value) -> String {
    match serde_json::from_value::<T>(json) {
        Ok(value) => panic!("the value is taken: {value:?}"),
        Err(error) => error.to_string(),
    }
}
