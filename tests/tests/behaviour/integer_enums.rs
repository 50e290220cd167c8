//! `cases/integer_enums`: whole numbers, truth values and anything else out of a list.

use conformance::cases::integer_enums::types::{
    Level, Port, Priority, Report, ReportMixed, ReportMixedInteger, ReportMixedString, Step,
    Validate, Whole,
};
use serde_json::json;

use crate::check::{becomes, refused, same};

#[test]
fn every_declared_number_is_a_variant() {
    let values: Vec<i64> = Level::ALL.iter().map(Level::as_i64).collect();
    assert_eq!(values, [-1, 0, 1, i64::MAX]);
    for value in Level::ALL {
        assert_eq!(&same::<Level>(json!(value.as_i64())), value);
        assert_eq!(value.to_string().parse().as_ref(), Ok(value));
        assert_eq!(Level::from(value.as_i64()), *value);
    }
    assert_eq!(Level::Minus1.as_i64(), -1);
    assert_eq!(Priority::High.as_i64(), 20);
    assert_eq!(Whole::N1.as_i64(), 1);
}

/// A client survives a number that is newer than it (I15).
#[test]
fn a_number_that_is_not_declared_survives() {
    let value: Level = same(json!(99));
    assert_eq!(value, Level::Unrecognized(99));
    assert!(value.validate().is_err(), "only `validate` objects");
    assert_eq!(becomes::<Level>(json!(1.0), json!(1)), Level::N1);
    for odd in [
        json!(1.5),
        json!("1"),
        json!(true),
        json!(null),
        json!(1e300),
    ] {
        refused::<Level>(odd);
    }
    // More ports are as good as those that are listed (I19).
    assert!(same::<Port>(json!(8080)).validate().is_ok());
}

/// A server refuses what it does not know (I9).
#[test]
fn an_enum_of_requests_is_closed() {
    assert_eq!(same::<Step>(json!(3)), Step::N3);
    assert_eq!(refused::<Step>(json!(4)), "expected one of `1`, `2`, `3`");
    assert_eq!("2".parse(), Ok(Step::N2));
    assert!("4".parse::<Step>().is_err());
    assert!("two".parse::<Step>().is_err());
}

/// What has no enum keeps its type, and is checked (I16 to I18).
#[test]
fn other_lists_are_checked() {
    let good = json!({
        "level": 1, "ratio": 0.5, "large": 18_446_744_073_709_551_615_u64, "accepted": true, "either": false,
        "mixed": "one", "shape": { "size": 1, "kind": "round" }, "byLevel": [1.0, 2.5],
    });
    assert!(same::<Report>(good).validate().is_ok());
    let absent: Report = becomes(json!({ "level": 1, "mixed": null }), json!({ "level": 1 }));
    assert!(absent.validate().is_ok());
    let bad = json!({
        "level": 2, "ratio": 0.7, "large": 2, "accepted": false, "mixed": [2], "shape": { "kind": "round" },
        "byLevel": [1.0, 2.0],
    });
    let violations = same::<Report>(bad)
        .validate()
        .expect_err("nothing is declared");
    let pointers: Vec<&str> = violations.iter().map(|it| it.pointer.as_str()).collect();
    let expected = [
        "/level",
        "/ratio",
        "/large",
        "/accepted",
        "/mixed",
        "/shape",
        "/byLevel/1",
    ];
    assert_eq!(pointers, expected);
}

/// Values of several types are a union, which has some of them for each (I18).
#[test]
fn a_list_of_several_types_is_a_union() {
    assert_eq!(
        same::<ReportMixed>(json!(1)),
        ReportMixed::Integer(ReportMixedInteger::N1)
    );
    assert_eq!(
        same::<ReportMixed>(json!("one")),
        ReportMixed::String(ReportMixedString::One)
    );
    assert!(same::<ReportMixed>(json!([1])).validate().is_ok());
    assert!(same::<ReportMixed>(json!("two")).validate().is_err());
    refused::<ReportMixed>(json!(true));
}
