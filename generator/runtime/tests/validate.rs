//! Constraints: what they accept, and where they say what is wrong.

use std::collections::BTreeMap;

use oarlock_runtime::pattern::CompiledPattern;
use oarlock_runtime::validate::{Checker, Keys, Validate, Violations};

/// Checks one thing at the root.
struct Check<F: Fn(&mut Checker<'_>)>(F);

impl<F: Fn(&mut Checker<'_>)> Validate for Check<F> {
    fn check(&self, mut at: Checker<'_>) {
        self.0(&mut at);
    }
}

fn found(check: impl Fn(&mut Checker<'_>)) -> String {
    match Check(check).validate() {
        Ok(()) => String::new(),
        Err(violations) => violations.to_string(),
    }
}

#[test]
fn lengths_count_characters() {
    let crabs = "\u{1f980}".repeat(256);
    assert_eq!(
        found(|at| _ = at.max_length(&crabs, 256).min_length(&crabs, 256)),
        ""
    );
    assert_eq!(
        found(|at| _ = at.max_length(&crabs, 255)),
        "the value is longer than 255 characters"
    );
    assert_eq!(
        found(|at| _ = at.min_length("abc", 4)),
        "the value is shorter than 4 characters"
    );
    assert_eq!(found(|at| _ = at.max_length("", 0).min_length("", 0)), "");
    assert_eq!(
        found(|at| _ = at
            .min_length(&None::<String>, 4)
            .max_length(&None::<String>, 0)),
        ""
    );
}

#[test]
fn numbers() {
    assert_eq!(
        found(|at| _ = at
            .minimum(&1, 1)
            .maximum(&1, 1)
            .multiple_of(&0, 7)
            .multiple_of(&-14, 7)),
        ""
    );
    assert_eq!(
        found(|at| _ = at.minimum(&0_u8, 1)),
        "the value is less than 1"
    );
    assert_eq!(
        found(|at| _ = at.maximum(&2.5, 2.0)),
        "the value is greater than 2"
    );
    assert_eq!(
        found(|at| _ = at.exclusive_minimum(&1, 1)),
        "the value is not greater than 1"
    );
    assert_eq!(
        found(|at| _ = at.exclusive_maximum(&1, 1)),
        "the value is not less than 1"
    );
    assert_eq!(
        found(|at| _ = at.multiple_of(&8_i64, 3)),
        "the value is not a multiple of 3"
    );
    assert_eq!(
        found(|at| _ = at
            .multiple_of(&i64::MIN, -1)
            .multiple_of(&0.3, 0.1)
            .multiple_of(&19.99, 0.01)
            .multiple_of(&0.0075, 0.0001)
            .multiple_of(&1e300, 1e-300)
            .multiple_of(&-4.5_f32, 1.5)),
        ""
    );
    assert_eq!(
        found(|at| _ = at.multiple_of(&0.35, 0.1)),
        "the value is not a multiple of 0.1"
    );
    assert_eq!(
        found(|at| _ = at.multiple_of(&1e308, 0.123_456_789)),
        "the value is not a multiple of 0.123456789"
    );
    assert_eq!(
        found(|at| _ = at.multiple_of(&1e-300, 5.0).multiple_of(&0.0, 0.1)),
        "the value is not a multiple of 5"
    );
    assert_eq!(
        found(|at| _ = at.minimum(&None::<i32>, 1).multiple_of(&None::<f64>, 1.5)),
        ""
    );
    assert_eq!(
        found(|at| _ = at.minimum(&f64::NAN, 1.0)),
        "the value is less than 1"
    );
}

#[test]
fn collections() {
    let twice: &[_] = &["a", "b", "a"];
    assert_eq!(
        found(|at| _ = at.unique_items(twice)),
        "the value has an item twice"
    );
    assert_eq!(
        found(|at| _ = at
            .unique_items(&twice[..2])
            .unique_items(&None::<Vec<String>>)),
        ""
    );
    assert_eq!(
        found(|at| _ = at
            .min_items(&1, 2)
            .max_items(&3, 2)
            .min_properties(&0, 1)
            .max_properties(&2, 1)),
        "the value has fewer than 2 items; the value has more than 2 items; \
         the value has fewer than 1 property; the value has more than 1 property"
    );
    assert_eq!(
        found(|at| _ = at.min_items(&None::<Vec<u8>>, 2).max_items(&2, 2)),
        ""
    );
}

struct Short(&'static str);

impl Validate for Short {
    fn check(&self, mut at: Checker<'_>) {
        at.key("text").max_length(self.0, 3);
    }
}

/// No constraints.
struct Free;

impl Validate for Free {}

#[test]
fn places_are_json_pointers() {
    let value = BTreeMap::from([
        (
            "a/b~c".to_owned(),
            Some(vec![Short("abc"), Short("S3CR3T")]),
        ),
        ("z".to_owned(), None),
    ]);
    let violations = Box::new(value).validate().expect_err("too long");
    let all: Vec<_> = violations.clone().into_iter().collect();
    assert_eq!(all.len(), 1);
    assert_eq!(
        (all[0].pointer.as_str(), all[0].keyword),
        ("/a~1b~0c/1/text", "maxLength")
    );
    assert_eq!(violations.iter().count(), 1);
    assert_eq!(
        violations.to_string(),
        "/a~1b~0c/1/text is longer than 3 characters"
    );
    assert!(!format!("{violations:?}").contains("S3CR3T"));
    assert_eq!(Free.validate(), Ok(()));
}

#[test]
fn lists_of_violations_are_bounded() {
    let violations: Violations = (0..1000)
        .map(|_| Short("long"))
        .collect::<Vec<_>>()
        .validate()
        .expect_err("too long");
    assert_eq!(violations.iter().count(), 64);
    let pointers: Vec<_> = violations
        .iter()
        .take(2)
        .map(|violation| violation.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["/0/text", "/1/text"]);
}

#[test]
fn listed_values_are_compared_as_json_is() {
    let unlisted = "the value is not one of the declared values";
    assert_eq!(found(|at| _ = at.one_number_of(&0.5, &[0.5, 1.0])), "");
    assert_eq!(found(|at| _ = at.one_number_of(&Some(2), &[1])), unlisted);
    assert_eq!(found(|at| _ = at.only(&None::<bool>, true)), "");
    assert_eq!(found(|at| _ = at.only(&Some(false), true)), unlisted);
    let listed = [
        "0",
        "[0]",
        r#"{"a":1,"b":[true,null]}"#,
        "18446744073709551615",
    ];
    for (text, expected) in [
        ("0.0", ""),
        ("-0.0", ""),
        ("[0.0]", ""),
        (r#"{"b":[true,null],"a":1.0}"#, ""),
        ("18446744073709551615", ""),
        ("18446744073709551614", unlisted),
        ("false", unlisted),
        ("[false]", unlisted),
        ("[0,0]", unlisted),
        (r#"{"a":1}"#, unlisted),
        (r#"{"a":1,"c":[true,null]}"#, unlisted),
        ("null", unlisted),
    ] {
        let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(
            found(|at| _ = at.one_json_of(&value, &listed)),
            expected,
            "{text}"
        );
    }
}

#[test]
fn keys_of_structs_and_maps() {
    let keys = Keys::new([("a", true), ("b", false)]);
    assert_eq!(
        found(|at| _ = at
            .required(&keys, &["a", "b"])
            .dependent_required(&keys, "a", &["b"])
            .dependent_required(&keys, "b", &["c"])
            .min_properties(&keys, 2)),
        "the value lacks `b`; the value has `a` and lacks `b`; \
         the value has fewer than 2 properties"
    );
    let rest = BTreeMap::from([("b".to_owned(), 1), ("c".to_owned(), 2)]);
    let keys = keys.and(&rest);
    assert_eq!(
        found(|at| _ = at
            .required(&keys, &["a", "b"])
            .any_of_keys(&keys, &[&["x"], &["a", "c"]])
            .one_of_keys(&keys, &[&["a"], &["b", "c"]])
            .not_all_keys(&keys, &["a", "c"])
            .max_properties(&keys, 3)),
        "the value does not have exactly one of `a`, `b` and `c`; the value has `a` and `c`"
    );
    let absent: Option<BTreeMap<String, u8>> = None;
    assert_eq!(
        found(|at| _ = at
            .required(&absent, &["a"])
            .any_of_keys(&absent, &[&["a"]])
            .one_of_keys(&absent, &[&["a"]])
            .not_all_keys(&absent, &["a"])
            .min_properties(&absent, 1)),
        ""
    );
}

#[test]
fn what_a_value_holds() {
    let lists = Some(vec![vec![1, 12], vec![3]]);
    assert_eq!(
        found(|at| _ = at.items(&lists, |at, list| at
            .min_items(list, 2)
            .items(list, |at, item| at.maximum(item, 9)))),
        "/0/1 is greater than 9; /1 has fewer than 2 items"
    );
    let map = BTreeMap::from([("a".to_owned(), ("long", 1)), ("ab".to_owned(), ("", 9))]);
    assert_eq!(
        found(|at| _ = at
            .keys(&map, |at, key| at.min_length(key, 2))
            .values(&map, |at, pair| at.tuple(pair, |at, items| {
                at.index(0).max_length(items.0, 3);
                at.index(1).minimum(&items.1, 2);
                at
            }))),
        "/a is shorter than 2 characters; /a/0 is longer than 3 characters; /a/1 is less than 2"
    );
    assert_eq!(
        found(|at| _ = at
            .contains(&lists, 1..=1, |at, list| at.max_items(list, 1))
            .contains(&lists, 2.., |at, list| at.max_items(list, 1))
            .contains(&None::<Vec<u8>>, 1.., |at, _| at)),
        "the value has 1 of the items that it must have 2.. of"
    );
}

#[test]
fn patterns_are_found_anywhere_in_a_text() {
    let pattern = CompiledPattern::new("b+$");
    assert_eq!(
        found(|at| _ = at
            .pattern("abb", &pattern)
            .pattern(&None::<String>, &pattern)
            .pattern("ba", &pattern)),
        "the value does not match b+$"
    );
    let map = BTreeMap::from([("b".to_owned(), 1), ("c".to_owned(), 2)]);
    assert_eq!(
        found(|at| _ = at.matching(&map, &pattern, |at, value| at.minimum(value, 3))),
        "/b is less than 3"
    );
    assert_eq!(format!("{pattern:?}"), "CompiledPattern(\"b+$\")");
}

#[cfg(any(feature = "client", feature = "server"))]
#[test]
fn values_are_compared_as_json() {
    use serde_json::json;

    let twice = [
        json!({ "a": 1, "b": [1e2] }),
        json!({ "b": [100], "a": 1.0 }),
    ];
    assert_eq!(
        found(|at| _ = at.unique_values(&twice)),
        "the value has an item twice"
    );
    let distinct = [
        json!(0),
        json!(false),
        json!(""),
        json!(null),
        json!([]),
        json!({}),
    ];
    assert_eq!(found(|at| _ = at.unique_values(&distinct)), "");
    assert_eq!(
        found(|at| _ = at
            .none_of(&Some(1.0), &["1"])
            .none_of(&None::<f64>, &["1"])
            .among(&"a", &["\"b\"", "\"c\""])
            .is_type(&json!(1.5), "integer")
            .is_type(&json!(2.0), "integer")
            .is_not_type(&json!([]), &["object", "array"])
            .is_not_type(&None::<serde_json::Value>, &["null"])),
        "the value is a value that is excluded; the value is not a declared value; \
         the value is no integer; the value is of the type array, which is excluded"
    );
}
