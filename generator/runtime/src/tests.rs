//! Tests of what is not public outside a generated crate: the macros.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "the macros give more than each test asks for, and the enums here are private"
)]

use serde::{Deserialize, Serialize};

use crate::closed_enum::{self, closed_enum};
use crate::constant::{self, constant};
use crate::double_option;
use crate::integer_enum::{self, integer_enum};
use crate::media_type::{best, of_bytes, position};
use crate::open_enum::{self, open_enum};
use crate::source::FILES;
use crate::validate::Validate;

#[derive(Debug, Clone, PartialEq)]
enum Color {
    Red,
    DarkBlue,
    Unrecognized(String),
}

open_enum!(Color { Red = "red", DarkBlue = "dark-blue" });

#[derive(Debug, Clone, PartialEq)]
enum Model {
    Small,
    Unrecognized(String),
}

open_enum!(extensible Model { Small = "small" });

#[derive(Debug, Clone, Copy, PartialEq)]
enum Sort {
    Asc,
    Desc,
}

closed_enum!(Sort { Asc = "asc", Desc = "desc" });

#[derive(Debug, Clone, Copy, PartialEq)]
enum Level {
    Low,
    Minus1,
    Unrecognized(i64),
}

integer_enum!(open Level { Low = 1, Minus1 = -1 });

#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    N1,
    N2,
}

integer_enum!(closed Step { N1 = 1, N2 = 2 });

#[derive(Debug, Clone, Copy, PartialEq)]
enum Off {
    False,
}

constant!(Off { False = false } as_bool -> bool);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Half {
    N05,
}

constant!(Half { N05 = 0.5 } as_f64 -> f64);

#[test]
fn open_enum_keeps_unknown_values() {
    let colors: Vec<Color> =
        serde_json::from_str(r#"["red", "dark-blue", "Red", ""]"#).expect("colors");
    let unknown = |text: &str| Color::Unrecognized(text.into());
    assert_eq!(
        colors,
        [Color::Red, Color::DarkBlue, unknown("Red"), unknown("")]
    );
    assert_eq!(
        serde_json::to_string(&colors).expect("text"),
        r#"["red","dark-blue","Red",""]"#
    );
    assert_eq!("red".parse(), Ok(Color::Red));
    assert_eq!(Color::from("x").to_string(), "x");
    let violations = colors.validate().expect_err("two are unknown");
    assert_eq!(
        violations.to_string(),
        "/2 is not one of the declared values; /3 is not one of the declared values"
    );
    serde_json::from_str::<Color>("1").expect_err("no text");
}

#[test]
fn closed_enum_lists_its_values() {
    assert_eq!(
        "desc"
            .parse::<Sort>()
            .as_ref()
            .map(Sort::to_string)
            .as_deref(),
        Ok("desc")
    );
    let error = "S3CR3T".parse::<Sort>().expect_err("unknown");
    assert_eq!(error.expected(), ["asc", "desc"]);
    assert_eq!(error.to_string(), "expected one of `asc`, `desc`");
    assert_eq!(serde_json::to_string(&Sort::Asc).expect("text"), r#""asc""#);
    let error = serde_json::from_str::<Sort>(r#""S3CR3T""#).expect_err("unknown");
    let message = error.to_string();
    assert!(
        message.starts_with("expected one of `asc`, `desc` at line 1"),
        "{message}"
    );
    assert_eq!(Sort::Asc.validate(), Ok(()));
}

#[test]
fn extensible_enum_takes_every_value() {
    let model: Model = serde_json::from_str(r#""large""#).expect("a model");
    assert_eq!(model, Model::Unrecognized("large".to_owned()));
    assert_eq!(model.validate(), Ok(()));
    assert_eq!(Model::from("small"), Model::Small);
}

#[test]
fn integer_enum_compares_numbers() {
    let levels: Vec<Level> = serde_json::from_str("[1, -1, 1.0, -1e0, 7]").expect("levels");
    let (low, minus) = (Level::Low, Level::Minus1);
    assert_eq!(levels, [low, minus, low, minus, Level::Unrecognized(7)]);
    assert_eq!(
        serde_json::to_string(&levels).expect("text"),
        "[1,-1,1,-1,7]"
    );
    assert_eq!("-1".parse(), Ok(Level::Minus1));
    assert_eq!(Level::Unrecognized(7).to_string(), "7");
    assert_eq!(
        levels.validate().expect_err("one is unknown").to_string(),
        "/4 is not one of the declared values"
    );
    for text in [
        "1.5",
        "1e300",
        "18446744073709551615",
        "true",
        r#""1""#,
        "null",
    ] {
        serde_json::from_str::<Level>(text).expect_err(text);
    }
}

#[test]
fn closed_integer_enum_lists_its_values() {
    assert_eq!(
        serde_json::from_str::<Step>("2.0").expect("a step"),
        Step::N2
    );
    let error = serde_json::from_str::<Step>("3").expect_err("unknown");
    assert_eq!(error.to_string(), "expected one of `1`, `2`");
    assert_eq!(
        "3".parse::<Step>().expect_err("unknown").expected(),
        ["1", "2"]
    );
    assert_eq!(Step::ALL.iter().map(Step::as_i64).sum::<i64>(), 3);
}

#[test]
fn constants_are_their_values() {
    assert_eq!(
        serde_json::from_str::<Off>("false").expect("it"),
        Off::False
    );
    let error = serde_json::from_str::<Off>("true").expect_err("another");
    assert_eq!(error.to_string(), "expected one of `false`");
    assert_eq!(serde_json::to_string(&Half::N05).expect("text"), "0.5");
    assert_eq!("0.50".parse(), Ok(Half::N05));
    serde_json::from_str::<Half>("1").expect_err("another");
    assert!(!Off::ALL.iter().any(Off::as_bool));
    assert_eq!(Half::ALL.iter().map(Half::as_f64).sum::<f64>(), 0.5);
}

#[derive(Debug, Serialize, Deserialize)]
struct Patch {
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "double_option"
    )]
    note: Option<Option<i64>>,
}

#[test]
fn double_option_has_three_states() {
    for (text, note) in [
        ("{}", None),
        (r#"{"note":null}"#, Some(None)),
        (r#"{"note":1}"#, Some(Some(1))),
    ] {
        let patch: Patch = serde_json::from_str(text).expect("a patch");
        assert_eq!(patch.note, note);
        assert_eq!(serde_json::to_string(&patch).expect("text"), text);
    }
}

#[test]
fn files_can_be_copied() {
    assert!(FILES.is_sorted_by_key(|file| file.path));
    for file in FILES {
        let (path, text) = (file.path, file.text);
        assert!(text.is_ascii(), "{path}");
        assert!(text.starts_with("//! "), "{path}");
        assert!(!text.contains("crate::"), "{path} can only say `super::`");
        assert!(
            !text.contains("#[test]") && !text.contains("//! ```"),
            "{path}"
        );
        assert!(text.lines().count() <= 400, "{path}");
    }
}

/// Every file of this package is copied, but for this one and what is about copying.
#[test]
fn no_file_is_forgotten() {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path());
        entries
            .map(|path| if path.is_dir() { count(&path) } else { 1 })
            .sum()
    }
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(
        count(&source),
        FILES.len() + ["lib.rs", "source.rs", "tests.rs"].len()
    );
}

#[test]
fn the_most_specific_media_type_is_the_one() {
    let declared = [
        "*/*",
        "text/*",
        "text/plain",
        "application/merge-patch+json",
    ];
    assert_eq!(position(&declared, "Text/Plain; charset=utf-8"), Some(2));
    assert_eq!(position(&declared, "text/csv"), Some(1));
    assert_eq!(position(&declared, "application/json"), Some(3));
    assert_eq!(position(&declared, "image/png"), Some(0));
    assert_eq!(position(&declared[1..], "image/png"), None);
    assert_eq!(position(&declared[1..], "text"), None);
    assert_eq!(position(&[], "text/plain"), None);
}
#[test]
fn bytes_are_what_they_say_if_that_is_declared() {
    let sent = |declared: &[&str], said| {
        let value = of_bytes(declared, said);
        value.map(|value| value.to_str().expect("it is ASCII").to_owned())
    };
    let images = ["image/png", "image/jpeg"];
    assert_eq!(sent(&images, None).as_deref(), Some("image/png"));
    assert_eq!(
        sent(&images, Some("image/jpeg")).as_deref(),
        Some("image/jpeg")
    );
    assert_eq!(sent(&images, Some("image/gif")), None);
    assert_eq!(
        sent(&["image/*"], Some("image/gif")).as_deref(),
        Some("image/gif")
    );
    assert_eq!(sent(&["image/*"], Some("image/\n")), None);
    assert_eq!(
        sent(&["image/*"], None).as_deref(),
        Some("application/octet-stream")
    );
}

#[test]
fn the_best_media_type_is_what_the_caller_wants_most() {
    let offered = ["application/json", "text/csv; header=present", "image/*"];
    for (accept, wanted) in [
        ("", Some(0)),
        ("*/*", Some(0)),
        ("text/csv", Some(1)),
        ("Text/CSV;charset=utf-8, application/json;q=0.5", Some(1)),
        ("text/*, */*;q=0.1", Some(1)),
        ("application/json;q=0, */*", Some(1)),
        ("image/png", Some(2)),
        ("text/plain", None),
        ("application/json;q=0", None),
        (",;q=", None),
    ] {
        assert_eq!(
            best(&offered, accept),
            wanted.map(|it: usize| offered[it]),
            "{accept}"
        );
    }
}
