//! `validate` and a judge that is not ours say the same of values near the border: instances of the cases,
//! changed at random.

use std::cell::Cell;

use conformance::cases::{arrays, constraints, keyed, objects, patterns};
use conformance::project;
use jsonschema::{Draft, Validator};
use oarlock::Phase;
use oarlock::config::Config;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config as Runs, RngAlgorithm, TestRng, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The schema of a case in the dialect of JSON Schema 2020-12.
fn judge(case: &str, schema: &str) -> Validator {
    let path = format!("tests/cases/{case}/openapi.yaml");
    let sources = project::sources(&path, project::read(&path));
    let text = oarlock::inspect(&sources, &Config::default(), Phase::Upgrade);
    let text = text.expect("the document can be upgraded");
    let root: Value = serde_json::from_str(&text).expect("a phase is printed as JSON");
    let schema = json!({
        "$ref": format!("#/components/schemas/{schema}"),
        "components": root["components"],
    });
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .build(&schema)
        .expect("a schema")
}

/// Values that are put in the place of others: just inside and just outside of what the cases allow.
fn odd_value() -> impl Strategy<Value = Value> {
    select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(1.0),
        json!(-6),
        json!(5),
        json!(10),
        json!(0.25),
        json!(0.3),
        json!(1000),
        json!(181),
        json!(""),
        json!("a"),
        json!("ab"),
        json!("abcd"),
        json!("ABC-1"),
        json!("x"),
        json!("12"),
        json!([]),
        json!(["a"]),
        json!([1, 1.0]),
        json!(["a", 1]),
        json!([[0, 0], [0, 0]]),
        json!({}),
        json!({ "a": 1 }),
        json!({ "b": 1, "a": 2 }),
    ])
}

/// One change, at the place that the number chooses.
#[derive(Debug, Clone)]
enum Change {
    Replace(Value),
    Remove,
    Double,
    Add(&'static str, Value),
}

fn change() -> impl Strategy<Value = (usize, Change)> {
    let key = select(vec!["a", "b", "x-a", "other", "phone", "zz"]);
    let change = prop_oneof![
        odd_value().prop_map(Change::Replace),
        Just(Change::Remove),
        Just(Change::Double),
        (key, odd_value()).prop_map(|(key, value)| Change::Add(key, value)),
    ];
    (any::<usize>(), change)
}

/// The pointers to all values in a value.
fn pointers(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), into);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers(value, &format!("{at}/{key}"), into);
            }
        }
        _ => {}
    }
}

fn apply(value: &mut Value, (place, change): &(usize, Change)) {
    let mut all = Vec::new();
    pointers(value, "", &mut all);
    let pointer = &all[place % all.len()];
    let (parent, last) = pointer.rsplit_once('/').unwrap_or(("", ""));
    match change {
        Change::Replace(new) if !pointer.is_empty() => {
            *value.pointer_mut(pointer).expect("it is there") = new.clone();
        }
        Change::Remove => match value.pointer_mut(parent) {
            Some(Value::Object(entries)) => drop(entries.remove(last)),
            Some(Value::Array(items)) if !items.is_empty() => drop(items.pop()),
            _ => {}
        },
        Change::Double => {
            if let Some(Value::Array(items)) = value.pointer_mut(pointer)
                && let Some(first) = items.first().cloned()
            {
                items.push(first);
            }
        }
        Change::Add(key, new) => match value.pointer_mut(pointer) {
            Some(Value::Object(entries)) => drop(entries.insert((*key).to_owned(), new.clone())),
            Some(Value::Array(items)) => items.push(new.clone()),
            _ => {}
        },
        Change::Replace(_) => {}
    }
}

/// Holds `validate` against the judge, by what is written of a value that was read.
#[track_caller]
fn agree<T: Serialize + DeserializeOwned>(
    case: &str,
    schema: &str,
    seed: &Value,
    violations: impl Fn(&T) -> Option<String>,
) {
    let judge = judge(case, schema);
    let (valid, invalid) = (Cell::new(0), Cell::new(0));
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Runs::with_cases(2000), rng);
    let changes = proptest::collection::vec(change(), 0..4);
    let result = runner.run(&changes, |changes| {
        let mut json = seed.clone();
        for change in &changes {
            apply(&mut json, change);
        }
        let Ok(value) = serde_json::from_value::<T>(json) else {
            return Ok(());
        };
        let written = serde_json::to_value(&value).expect("it is written");
        let found = violations(&value);
        let count = if found.is_none() { &valid } else { &invalid };
        count.set(count.get() + 1);
        prop_assert_eq!(
            found.is_none(),
            judge.is_valid(&written),
            "{}: {:?}",
            written,
            found
        );
        Ok(())
    });
    if let Err(error) = result {
        panic!("{case}, {schema}: {error}");
    }
    assert!(valid.get() > 20, "{case}, {schema}: {} valid", valid.get());
    assert!(
        invalid.get() > 20,
        "{case}, {schema}: {} invalid",
        invalid.get()
    );
}

macro_rules! agree {
    ($case:ident, $schema:ident, $seed:expr) => {
        agree::<$case::types::$schema>(stringify!($case), stringify!($schema), &$seed, |value| {
            use $case::types::Validate;
            value
                .validate()
                .err()
                .map(|violations| violations.to_string())
        });
    };
}

#[test]
fn on_limits_and_what_values_hold() {
    agree!(
        constraints,
        Limits,
        json!({
            "text": "abc", "optionalText": "a", "whole": 1, "small": 3, "unsigned": 7, "step": 10,
            "real": 0.5, "single": 1, "tenth": 0.3, "list": ["a"], "map": { "a": 1 },
        })
    );
    agree!(
        constraints,
        Nested,
        json!({
            "words": ["a", "b"], "maybe": ["a", null], "levels": { "l": [0.5] }, "both": [["ABC"]],
            "numbers": [1, 2.5], "anything": [1, "1", [1], { "a": 1 }], "half": 3, "more": 1,
        })
    );
}

#[test]
fn on_patterns() {
    agree!(
        patterns,
        Texts,
        json!({
            "sku": "ABC-1", "anywhere": "abc", "digits": "12", "spaces": "a b", "letters": "a",
            "both": "az", "each": ["ABC-1"], "secret": "password",
        })
    );
}

#[test]
fn on_keys() {
    agree!(
        objects,
        Contact,
        json!({ "email": "e", "phone": "1", "country": "c" })
    );
    agree!(objects, Undeclared, json!({ "id": 1, "nme": "n" }));
    agree!(
        objects,
        Either,
        json!({ "id": "i", "name": "n", "code": "c" })
    );
    agree!(objects, OnlyOne, json!({ "a": "a" }));
    agree!(objects, Rest, json!({ "kind": "k", "a": 1, "b": 2 }));
    agree!(
        objects,
        Holder,
        json!({
            "map": { "a": 1, "b": 1, "c": 1 }, "free": { "a": 1 }, "names": { "ab": "" },
            "notThese": "z", "notThis": 2, "notText": {}, "notNumber": "1",
        })
    );
}

#[test]
fn on_arrays() {
    agree!(
        arrays,
        Holder,
        json!({
            "position": [1, 2], "box": [[0, 0], [1, 1]], "pair": ["a", 1], "pairs": [["a", 1]],
            "short": ["a"], "long": [1, 2, 3, 4, 5, 6, 7, 8, 9], "oneOne": [1, 2], "fewLarge": [10],
            "noLong": ["a"], "aLetter": ["a"], "anyText": ["a"], "anyNull": [null],
        })
    );
}

#[test]
fn on_keys_by_pattern() {
    agree!(
        keyed,
        Holder,
        json!({
            "byColor": { "red": 1 }, "byInline": { "a": 1 }, "headers": { "x-a": "a" },
            "several": { "s": "a", "n": "1" }, "beside": { "id": 1, "x-a": "a" }, "free": { "id": 1 },
            "composed": { "id": 1 }, "unlike": { "s": "a", "n": 1 },
        })
    );
}
