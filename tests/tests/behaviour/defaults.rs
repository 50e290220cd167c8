//! `cases/defaults`: what a property is where it is absent.

use conformance::cases::defaults::types::{
    Filled, Level, Mode, Partly, Point, Report, Settings, SettingsUnlisted, Size,
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::check::same;

fn written(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("the value is written")
}

/// Nothing is sent, and everything can be asked for (Z8).
#[test]
fn a_default_is_never_sent() {
    let settings: Settings = same(json!({}));
    assert_eq!(settings.retries(), 3);
    assert_eq!(settings.ratio(), 0.5);
    assert_eq!(settings.float(), -1.0);
    assert!(!settings.verbose());
    assert_eq!(settings.name(), "a \"name\"");
    assert_eq!(settings.level(), &Level::Low);
    assert_eq!(settings.mode(), &Mode::Safe);
    assert_eq!(settings.size(), Size::N2);
    assert_eq!(settings.count(), 7);
    assert_eq!((settings.text(), settings.word()), (5, "5"));
    assert_eq!(
        (
            settings.new_value(),
            settings.clone_value(),
            settings.validate_value()
        ),
        (true, true, true)
    );
    assert_eq!(settings.r#type(), "t");
    assert!(settings.old());
    assert_eq!(settings, Settings::default());
}

#[test]
fn a_value_comes_before_its_default() {
    let settings: Settings = same(json!({
        "retries": 0, "name": "", "level": "new", "size": 1, "tags": ["x"], "sizes": [], "point": { "x": 2 },
    }));
    assert_eq!((settings.retries(), settings.name()), (0, ""));
    assert_eq!(settings.level().as_str(), "new");
    assert_eq!(settings.size(), Size::N1);
    assert_eq!(settings.tags(), ["x"]);
    assert!(settings.sizes().is_empty());
    assert_eq!(settings.point().x, 2);
    assert_eq!(Settings::DEFAULT_RETRIES, 3);
    assert_eq!(Settings::DEFAULT_LEVEL, Level::Low);
}

#[test]
fn lists_and_objects_have_defaults() {
    let settings = Settings::default();
    assert!(settings.tags().is_empty());
    assert_eq!(settings.sizes(), [1, 2]);
    assert_eq!(settings.labels().get("a").map(String::as_str), Some("b"));
    assert_eq!(settings.point(), &Point::new(1));
    assert_eq!(settings.anything(), &json!([1, { "a": null }]));
}

/// A default of a format is a value of its type (I3).
#[test]
fn formats_have_defaults() {
    let settings = Settings::default();
    assert_eq!(settings.since().to_string(), "2024-02-29");
    assert_eq!(settings.stamp().to_rfc3339(), "2024-02-29T10:00:00+02:00");
    let id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    assert_eq!(settings.id().map(ToString::to_string).as_deref(), Some(id));
    let null: Settings = same(json!({ "id": null, "since": "2000-01-01" }));
    assert_eq!(null.id(), None);
    assert_eq!(null.since().to_string(), "2000-01-01");
    assert_eq!(settings.place(), &[1.0, 2.0]);
    assert_eq!(Filled::new().address.to_string(), "127.0.0.1");
}

/// Where absence stands for a value, `null` stands for none, whichever way a value travels.
#[test]
fn null_is_not_the_default() {
    let absent: Settings = same(json!({}));
    assert_eq!((absent.limit(), absent.title()), (Some(10), Some("none")));
    assert_eq!(
        (absent.list(), absent.pair()),
        (Some(&[][..]), Some(&[1, 2][..]))
    );
    let null: Settings = same(json!({ "limit": null, "title": null, "list": null, "pair": null }));
    assert_eq!(
        (null.limit(), null.title(), null.list(), null.pair()),
        (None, None, None, None)
    );
    let other: Settings = same(json!({ "limit": 1, "title": "x", "list": ["y"], "pair": [3] }));
    assert_eq!((other.limit(), other.title()), (Some(1), Some("x")));
    assert_eq!(
        (other.list(), other.pair()),
        (Some(&["y".to_owned()][..]), Some(&[3][..]))
    );
    let report: Report =
        same(json!({ "state": "low", "amount": 2, "mode": "fast", "limit": null }));
    assert_eq!(report.limit(), None);
}

/// A required property with a default is filled in, and sent (I2).
#[test]
fn constructors_fill_in_defaults() {
    let report = json!({ "state": "high", "amount": 1, "mode": "safe" });
    assert_eq!(written(&Report::default()), report);
    let filled = json!({ "name": "x", "tags": ["a"], "rest": "r", "address": "127.0.0.1" });
    assert_eq!(written(&Filled::new()), filled);
    assert_eq!(
        written(&Partly::new("1")),
        json!({ "id": "1", "kind": "plain" })
    );
    assert_eq!(Mode::default(), Mode::Safe);
}

/// A default that is none is told, and there is no method for it; the field is as ever.
#[test]
fn what_is_no_default_is_left_alone() {
    let settings: Settings = same(json!({ "wrong": 1, "unlisted": "a", "day": "2024-01-01" }));
    assert_eq!(settings.wrong, Some(1));
    assert_eq!(settings.unlisted, Some(SettingsUnlisted::A));
}
