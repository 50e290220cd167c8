//! Reading JSON: what is a struct, and where the mistake is.

use std::collections::BTreeMap;

use oarlock_runtime::json;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

#[derive(Debug, Deserialize, PartialEq)]
struct Point {
    x: i64,
    y: Option<Box<Point>>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Wrapper(Vec<Point>);

fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    json::from_slice(text.as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn a_struct_is_read_from_an_object() {
    let point = |x, y| Point { x, y };
    let nested = r#"{"x": 1, "y": {"x": 2, "other": [[]]}}"#;
    let inner = Some(Box::new(point(2, None)));
    assert_eq!(read(nested), Ok(point(1, inner)));
    assert_eq!(read("[{\"x\": 3}]"), Ok(Wrapper(vec![point(3, None)])));
    assert_eq!(read("[1, \"a\"]"), Ok((1, "a".to_owned())));
    let free = json!({"a": [1, -2, 0.5, "b", null, {"c": true}]});
    assert_eq!(read::<Value>(&free.to_string()), Ok(free));
}

#[test]
fn an_array_is_no_struct_at_any_depth() {
    let refused = |result: Result<(), String>, place: &str| {
        let error = result.expect_err("an array is no struct");
        assert!(error.starts_with("expected struct Point at "), "{error}");
        assert!(error.contains(place), "{error}");
    };
    refused(read::<Point>("[1, null]").map(|_| ()), "`.`");
    refused(read::<Point>(r#"{"x": 1, "y": [2]}"#).map(|_| ()), "`y`");
    refused(read::<Wrapper>("[[1, null]]").map(|_| ()), "`[0]`");
    let map = r#"{"a": {"x": 1}, "b": [1]}"#;
    refused(read::<BTreeMap<String, Point>>(map).map(|_| ()), "`b`");
}

#[test]
fn nothing_stands_behind_the_value() {
    assert!(read::<i64>("1 ").is_ok());
    assert!(read::<i64>("1 2").is_err());
}
