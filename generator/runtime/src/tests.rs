//! Tests of what is not public outside a generated crate: the macros.

use serde::{Deserialize, Serialize};

use crate::closed_enum::{UnknownValue, closed_enum};
use crate::double_option;
use crate::open_enum::open_enum;
use crate::source::FILES;
use crate::validate::{Checker, Validate};

#[derive(Debug, Clone, PartialEq)]
enum Color {
    Red,
    DarkBlue,
    Unrecognized(String),
}

impl Color {
    const ALL: &'static [Self] = &[Self::Red, Self::DarkBlue];

    fn as_str(&self) -> &str {
        match self {
            Self::Red => "red",
            Self::DarkBlue => "dark-blue",
            Self::Unrecognized(value) => value,
        }
    }
}

open_enum!(Color);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Sort {
    Asc,
    Desc,
}

impl Sort {
    const ALL: &'static [Self] = &[Self::Asc, Self::Desc];

    fn as_str(&self) -> &'static str {
        match self {
            Self::Asc => "asc",
            Self::Desc => "desc",
        }
    }
}

closed_enum!(Sort);

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
    assert_eq!(error.to_string(), "expected one of `asc`, `desc`");
    assert_eq!(Sort::Asc.validate(), Ok(()));
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
