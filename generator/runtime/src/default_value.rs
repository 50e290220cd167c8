//! Defaults of the document that are no constants.

use serde::de::DeserializeOwned;

/// Reads a default. The generator has checked that it is a value of the type.
///
/// # Panics
///
/// It is none after all.
pub fn default_value<T: DeserializeOwned>(json: &str) -> T {
    match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => panic!("the default {json} is no value of its type: {error}"),
    }
}
