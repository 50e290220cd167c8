//! Instances of the document's schemas, judged by the `jsonschema` crate, against the types.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use conformance::registry::{SchemaEntry, schemas};
use conformance::strategy::{Place, Schemas, mutation};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::{Value, json};

/// The same instances in every run, so that a failure is about what was changed; to look for new
/// ones, set `PROPTEST_RNG_SEED` and `PROPTEST_CASES`.
fn runner(cases: u32) -> TestRunner {
    let default = Config::default();
    let seed = match default.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1),
        given => given,
    };
    TestRunner::new(Config {
        cases: cases.max(default.cases),
        rng_seed: seed,
        failure_persistence: None,
        ..default
    })
}

fn entries(schemas: &Schemas) -> Vec<SchemaEntry> {
    let entries = conformance::registry::schemas();
    let mut names: Vec<_> = entries.iter().map(|entry| entry.name).collect();
    names.sort_unstable();
    assert_eq!(names, schemas.names());
    entries
}

/// What the schema accepts decodes, encodes to the same JSON, and breaks no constraint.
///
/// "The same" leaves out unknown keys, which open schemas allow and types do not hold; a UUID in
/// capitals comes back in small letters, and a time in the one spelling that it has among several.
#[test]
fn what_a_schema_accepts_round_trips() {
    let document = Schemas::of_document();
    for entry in entries(&document) {
        let validator = document.validator(entry.name);
        let count = RefCell::new(0);
        let result = runner(512).run(&document.instances(entry.name), |instance| {
            *count.borrow_mut() += 1;
            let problem = validator.validate(&instance.sent).err();
            prop_assert!(
                problem.is_none(),
                "the strategy is wrong: {}",
                problem.unwrap()
            );
            let written = (entry.codec.recode)(&instance.sent);
            prop_assert_eq!(written, Ok(instance.written.clone()));
            prop_assert!(validator.is_valid(&instance.written));
            let check = entry
                .codec
                .violations
                .as_ref()
                .expect("types can be validated");
            prop_assert_eq!(check(&instance.sent), Ok(Vec::new()));
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{}: {error}", entry.name));
        assert!(*count.borrow() >= 200, "{}", entry.name);
    }
}

/// Why something decodes although the schema rejects it. Everything else that decodes is a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Leniency {
    /// A required property that may be null is missing; it is read as null (mapping H2).
    MissingNull,
    /// An optional property is null; it is read as absent (mapping H3).
    NullForAbsent,
    /// A value that an enum does not declare; it is kept, and `validate` objects (mapping I4).
    UnknownValue,
    /// A constraint that the types do not express; `validate` objects.
    Constraint,
    /// A URI is kept as it is, whatever it is (mapping C17).
    AnyUri,
    /// A UUID in braces, as a URN or without hyphens; it is written with hyphens (mapping C16).
    UuidSpelling,
    /// A time in a spelling that RFC 3339 does not have; it is written in one that it has
    /// (mapping C11).
    TimeSpelling,
}

/// The leniency that lets an error of the judge pass, and whether `validate` has to object.
fn leniency(document: &Schemas, name: &str, error: &ValidationError<'_>) -> Option<Leniency> {
    let pointer = error.instance_path().as_str();
    let place = |pointer: &str| document.place(name, pointer);
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let place = place(&format!("{pointer}/{}", property.as_str()?))?;
            is_nullable(place).then_some(Leniency::MissingNull)
        }
        ValidationErrorKind::Type { .. } => {
            let is_null = error.instance().is_null();
            (is_null && place(pointer)?.optional).then_some(Leniency::NullForAbsent)
        }
        ValidationErrorKind::Enum { .. } => error
            .instance()
            .is_string()
            .then_some(Leniency::UnknownValue),
        ValidationErrorKind::MaxLength { .. } | ValidationErrorKind::MinLength { .. } => {
            Some(Leniency::Constraint)
        }
        ValidationErrorKind::Format { format } => match format.as_str() {
            "uri" => Some(Leniency::AnyUri),
            "uuid" => Some(Leniency::UuidSpelling),
            "date-time" => Some(Leniency::TimeSpelling),
            _ => None,
        },
        _ => None,
    }
}

fn is_nullable(place: Place<'_>) -> bool {
    let types = place.schema["type"].as_array();
    types.is_some_and(|types| types.contains(&json!("null")))
}

/// A change of one place mostly gives what the schema rejects. It is refused, or one of the named
/// leniencies lets it in; constraints are found by `validate`, at the same places as by the judge;
/// and what nobody objects to is written as the schema wants it.
#[test]
fn what_a_schema_rejects_is_refused_or_a_named_leniency() {
    let document = Schemas::of_document();
    let seen = RefCell::new(BTreeMap::<&str, u32>::new());
    let lenient = RefCell::new(BTreeSet::new());
    for entry in entries(&document) {
        let judge = Judge {
            document: &document,
            entry: &entry,
            validator: document.validator(entry.name),
        };
        let changed = (document.instances(entry.name), mutation())
            .prop_map(|(instance, mutation)| mutation.apply(&instance.sent));
        let result = runner(2048).run(&changed, |value| {
            let (verdict, leniencies) = judge.verdict(&value).map_err(TestCaseError::fail)?;
            *seen.borrow_mut().entry(verdict).or_default() += 1;
            lenient.borrow_mut().extend(leniencies);
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{}: {error}", entry.name));
    }
    // A leniency that was never met is not needed, or the changes are too tame to be a test.
    let all = BTreeSet::from([
        Leniency::MissingNull,
        Leniency::NullForAbsent,
        Leniency::UnknownValue,
        Leniency::Constraint,
        Leniency::AnyUri,
        Leniency::UuidSpelling,
        Leniency::TimeSpelling,
    ]);
    assert_eq!(lenient.into_inner(), all);
    for verdict in ["accepted", "refused", "lenient"] {
        assert!(
            seen.borrow().get(verdict) >= Some(&200),
            "{verdict}: {:?}",
            seen.borrow()
        );
    }
    println!("{:?}", seen.borrow());
}

struct Judge<'a> {
    document: &'a Schemas,
    entry: &'a SchemaEntry,
    validator: jsonschema::Validator,
}

impl Judge<'_> {
    fn verdict(&self, value: &Value) -> Result<(&'static str, Vec<Leniency>), String> {
        let errors: Vec<_> = self.validator.iter_errors(value).collect();
        let written = (self.entry.codec.recode)(value);
        let written = match (errors.is_empty(), written) {
            (true, Err(problem)) if has_other_integer(value) => {
                return if problem.contains("expected i64") {
                    Ok(("integer", Vec::new()))
                } else {
                    Err(format!(
                        "refused for another reason than its integer: {problem}"
                    ))
                };
            }
            (true, Err(problem)) => return Err(format!("accepted by the schema, but {problem}")),
            (false, Err(_)) => return Ok(("refused", Vec::new())),
            (_, Ok(written)) => written,
        };
        let mut leniencies = Vec::new();
        let mut expected = BTreeSet::new();
        for error in &errors {
            let leniency = leniency(self.document, self.entry.name, error);
            let leniency = leniency.ok_or_else(|| format!("decodes, although {error}"))?;
            if matches!(leniency, Leniency::Constraint | Leniency::UnknownValue) {
                let keyword = error.kind().keyword().to_owned();
                expected.insert((error.instance_path().as_str().to_owned(), keyword));
            }
            leniencies.push(leniency);
        }
        let check = self
            .entry
            .codec
            .violations
            .as_ref()
            .expect("types can be validated");
        let found: BTreeSet<_> = check(value)?
            .into_iter()
            .map(|violation| (violation.pointer, violation.keyword.to_owned()))
            .collect();
        if found != expected {
            return Err(format!(
                "`validate` finds {found:?}, the judge {expected:?}"
            ));
        }
        if found.is_empty() && !leniencies.contains(&Leniency::AnyUri) {
            let problem = self.validator.validate(&written).err();
            problem.map_or(Ok(()), |problem| {
                Err(format!("{written} is written, although {problem}"))
            })?;
        }
        let verdict = if errors.is_empty() {
            "accepted"
        } else {
            "lenient"
        };
        Ok((verdict, leniencies))
    }
}

/// JSON Schema takes `1.0` and numbers beyond 64 bits for integers, and Rust does not (mapping D1,
/// D2).
fn has_other_integer(value: &Value) -> bool {
    match value {
        Value::Number(number) => !number.is_i64(),
        Value::Array(items) => items.iter().any(has_other_integer),
        Value::Object(object) => object.values().any(has_other_integer),
        _ => false,
    }
}

/// What the schema accepts and the types refuse, or do not write as it was. This is all there is:
/// the tests above would find anything else.
#[test]
fn exceptions_are_these() {
    let entries = schemas();
    let recode = |name: &str, value: &Value| {
        let entry = entries.iter().find(|entry| entry.name == name);
        (entry.expect("a schema").codec.recode)(value)
    };
    let document = Schemas::of_document();
    let judge = document.validator("FlatErrorResponse");
    for code in ["404.0", "4.04e2", "9223372036854775808"] {
        let error = format!(r#"{{"error":"x","code":{code}}}"#);
        let error: Value = serde_json::from_str(&error).expect("JSON");
        assert!(judge.is_valid(&error), "{code}");
        assert!(recode("FlatErrorResponse", &error).is_err(), "{code}");
    }
    let judge = document.validator("WebhookPublic");
    // Digits behind the nanoseconds are cut off.
    let times = [
        (
            "2024-05-01T10:20:30.1234567899999Z",
            "2024-05-01T10:20:30.123456789Z",
        ),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"),
    ];
    for (sent, written) in times {
        let hook = hook_updated_at(sent);
        assert!(judge.is_valid(&hook), "{sent}");
        assert_eq!(recode("WebhookPublic", &hook), Ok(hook_updated_at(written)));
    }
}

fn hook_updated_at(time: &str) -> Value {
    json!({
        "id": "wh_1",
        "project_id": "5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197",
        "url": "https://example.com",
        "description": null,
        "subscribed_events": [],
        "enabled": true,
        "created_at": null,
        "updated_at": time,
    })
}

/// RFC 3339 has years of four digits. The date type reads others as well, and what it has read it
/// writes again, although the schema does not allow it: the one place where a value that the crate
/// writes is not one of the document.
#[test]
fn years_of_other_than_four_digits_are_read_all_the_same() {
    let entries = schemas();
    let entry = entries
        .iter()
        .find(|entry| entry.name == "WebhookPublic")
        .expect("a schema");
    let judge = Schemas::of_document().validator("WebhookPublic");
    for time in ["+12024-05-01T10:20:30Z", "-0001-05-01T10:20:30Z"] {
        let written = (entry.codec.recode)(&hook_updated_at(time)).expect("it is read");
        assert!(!judge.is_valid(&written), "{written}");
    }
}
