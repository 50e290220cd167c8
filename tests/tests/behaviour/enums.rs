//! `cases/enums` and the request types of `cases/service`: strings out of a list.

use conformance::cases::enums::types::{
    Annotated, Blank, Both, Extensible, Holder, Model, Named, Odd, Repeated, Single, Symbols,
    Untidy, Uuid, Validate,
};
use conformance::cases::enums_chosen::types::{Colour, Light, State};
use conformance::cases::service::types::NewKind;
use serde_json::json;

use crate::check::{refused, same};

/// The values as the document writes them.
const ODD: &[&str] = &[
    "plain",
    "two words",
    "dotted.name",
    "UPPER",
    "upper",
    "",
    " ",
    "+1",
    "-1",
    "*",
    "type",
    "Self",
    "Unrecognized",
    "1st",
    "größe",
    "日本",
    "quote\"s and \\",
    "line\nbreak",
    "\u{202e}",
    "👍",
];

#[test]
fn every_declared_value_is_a_variant_of_its_own() {
    let values: Vec<&str> = Odd::ALL.iter().map(Odd::as_str).collect();
    assert_eq!(values, ODD);
    for (value, text) in Odd::ALL.iter().zip(ODD) {
        assert_eq!(&same::<Odd>(json!(text)), value);
        assert_eq!(&Odd::from(*text), value);
        assert_eq!(text.parse::<Odd>().as_ref(), Ok(value));
        assert_eq!(value.to_string(), *text);
        assert!(value.validate().is_ok());
    }
}

#[test]
fn a_value_that_is_not_declared_survives() {
    for text in ["new", "Plain", "plain ", "unrecognized", "groesse", "\u{0}"] {
        let value: Odd = same(json!(text));
        assert_eq!(value, Odd::Unrecognized(text.to_owned()));
        assert!(value.validate().is_err(), "only `validate` objects");
    }
    refused::<Odd>(json!(1));
    refused::<Odd>(json!(null));
}

/// YAML takes these for numbers, booleans and dates; the document means the text that it writes.
#[test]
fn words_that_yaml_takes_for_more_are_the_words() {
    let values: Vec<&str> = Untidy::ALL.iter().map(Untidy::as_str).collect();
    assert_eq!(values, ["1.0", "true", "2024-01-01", "~null~", "0x10"]);
}

#[test]
fn constants_and_repeated_values() {
    assert_eq!(Single::ALL, [Single::Only]);
    let values: Vec<&str> = Repeated::ALL.iter().map(Repeated::as_str).collect();
    assert_eq!(values, ["a", "b"]);
}

#[test]
fn enums_inside_of_others() {
    let json = json!({
        "odd": "+1", "inline": "left", "several": ["x", "z"], "single": "only", "numbers": 7,
        "byName": { "a": "1.0", "b": "other" },
    });
    let holder: Holder = same(json);
    let pointers: Vec<String> = holder
        .validate()
        .expect_err("three values are not declared")
        .iter()
        .map(|it| it.pointer.clone())
        .collect();
    assert_eq!(pointers, ["/several/1", "/numbers", "/byName/b"]);
}

/// What is only sent has no unknown values (I9).
#[test]
fn an_enum_of_requests_is_closed() {
    let values: Vec<&str> = NewKind::ALL.iter().map(NewKind::as_str).collect();
    assert_eq!(values, ["cat", "dog", "+1", "-1", ""]);
    for value in NewKind::ALL {
        assert_eq!(same::<NewKind>(json!(value.as_str())), *value);
    }
    let message = refused::<NewKind>(json!("secret-horse"));
    assert_eq!(message, "expected one of `cat`, `dog`, `+1`, `-1`, ``");
    assert!("horse".parse::<NewKind>().is_err());
}

/// The user's choice comes before the direction, and leaves alone what the document decides (I9).
#[test]
fn the_configuration_opens_and_closes() {
    let state: State = same(json!("dimmed"));
    assert_eq!(state, State::Unrecognized("dimmed".to_owned()));
    assert!(state.validate().is_err());
    refused::<Colour>(json!("blue"));
    let light: Light =
        same(json!({ "colour": "red", "kind": "light", "model": "huge", "level": 7 }));
    assert!(light.model.validate().is_ok());
    assert!(light.level.validate().is_err());
}

/// Branches that list values are one enum (I20, I21, H10).
#[test]
fn branches_of_values_are_one_enum() {
    let values: Vec<&str> = Annotated::ALL.iter().map(Annotated::as_str).collect();
    assert_eq!(values, ["hdd", "ssd"]);
    assert_eq!(same::<Annotated>(json!("ssd")), Annotated::SolidState);
    assert!(same::<Annotated>(json!("nvme")).validate().is_err());
    let model: Model = same(json!("huge"));
    assert_eq!(model, Model::Unrecognized("huge".to_owned()));
    assert!(model.validate().is_ok(), "any text is a model");
    assert_eq!(same::<Blank>(json!("")), Blank::Empty);
    let holder: Holder = same(json!({ "odd": "*", "inline": "left" }));
    assert_eq!(holder.blank, None);
}

/// Extensions name values, and say that there are more (I19).
#[test]
fn extensions_name_and_extend() {
    assert_eq!(Named::ALL, [Named::First, Named::Second]);
    assert_eq!(Named::Second.as_str(), "b");
    assert!(same::<Extensible>(json!("three")).validate().is_ok());
    assert_eq!(Both::ALL, [Both::B]);
    assert_eq!(Uuid::ALL, [Uuid::First]);
}

/// A sign is spelled where it stands alone (I11).
#[test]
fn signs_have_names() {
    let symbols = [
        Symbols::Le,
        Symbols::Gt,
        Symbols::Eq,
        Symbols::Ne,
        Symbols::Slash,
        Symbols::Dot,
        Symbols::AB,
        Symbols::Plus,
        Symbols::Minus,
    ];
    assert_eq!(Symbols::ALL, symbols);
}
