//! Values that are no longer valid, and what the judge has against them.

use fastrand::Rng;
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Value, json};

use super::compare::{Answer, ONE_SIDED, Outcome};
use super::declared::Known;

/// Spoils values, a place at a time.
pub(super) struct Mutator {
    rng: Rng,
}

impl Mutator {
    /// The same seed spoils in the same way.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            rng: Rng::with_seed(seed),
        }
    }

    /// The value with something else at one place.
    pub(super) fn mutate(&mut self, value: &Value) -> Value {
        let mut places = Vec::new();
        collect(value, &mut String::new(), &mut places);
        let place = &places[self.rng.usize(..places.len())];
        let mut value = value.clone();
        if let Some(target) = value.pointer_mut(place) {
            self.spoil(target);
        }
        value
    }

    fn spoil(&mut self, target: &mut Value) {
        match target {
            Value::Object(object) if !object.is_empty() && self.rng.u8(..3) > 0 => {
                let keys: Vec<String> = object.keys().cloned().collect();
                object.remove(&keys[self.rng.usize(..keys.len())]);
            }
            Value::Array(items) if self.rng.bool() => match items.first().cloned() {
                Some(first) if self.rng.bool() => items.push(first),
                _ => items.clear(),
            },
            Value::String(text) if self.rng.bool() => {
                *text = match self.rng.u8(..3) {
                    0 => String::new(),
                    1 => "x".repeat(5000),
                    _ => format!("{text}\u{2028}~"),
                };
            }
            Value::Number(number) if self.rng.bool() => {
                let number = number.as_f64().unwrap_or(0.0);
                *target = match self.rng.u8(..3) {
                    0 => json!(number - 1.0e6),
                    1 => json!(number + 1.0e6),
                    _ => json!(number + 0.37),
                };
            }
            _ => {
                *target = match self.rng.u8(..5) {
                    0 => Value::Null,
                    1 => json!(true),
                    2 => json!(17),
                    3 => json!("unexpected"),
                    _ => json!([]),
                };
            }
        }
    }
}

/// The pointers to every place of a value.
fn collect(value: &Value, pointer: &mut String, places: &mut Vec<String>) {
    places.push(pointer.clone());
    let children: Vec<(String, &Value)> = match value {
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (token, child) in children {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(&token);
        collect(child, pointer, places);
        pointer.truncate(length);
    }
}

/// What is wrong with a value.
pub(super) struct Fault {
    errors: Vec<Error>,
    /// Whether one of the places holds null.
    at_null: bool,
}

/// One thing that is wrong.
#[derive(Debug)]
struct Error {
    keyword: String,
    /// The place in the value.
    place: String,
    /// The property that is missing, if that is it.
    missing: Option<String>,
    /// Whether it is a pattern that looks around.
    looks_around: bool,
}

impl Error {
    /// Whether it is about a value that has the right type.
    fn is_of_constraint(&self) -> bool {
        !matches!(
            self.keyword.as_str(),
            "type" | "enum" | "const" | "required"
        )
    }
}

/// The keywords that a lenient reader does not hold a value to, each with its row.
const LENIENT: &[(&str, &str)] = &[
    (
        "format",
        "C18: formats without a type of their own are not checked",
    ),
    ("additionalProperties", "G7: unknown keys are taken"),
    ("unevaluatedProperties", "G7: unknown keys are taken"),
    (
        "propertyNames",
        "G10: keys of a struct are those that it declares",
    ),
    ("oneOf", "K20: that exactly one branch fits is not checked"),
    (
        "anyOf",
        "K19, K20: a union takes what one of its branches can read",
    ),
    ("if", "L1: conditions are documented"),
    ("dependentSchemas", "L2: conditions are documented"),
];

impl Fault {
    /// What the judge has against a value, if anything.
    pub(super) fn of(validator: &Validator, value: &Value) -> Option<Self> {
        let errors = validator.iter_errors(value).map(|error| Error {
            keyword: error.kind().keyword().to_owned(),
            place: error.instance_path().as_str().to_owned(),
            missing: match error.kind() {
                ValidationErrorKind::Required { property } => property.as_str().map(str::to_owned),
                _ => None,
            },
            looks_around: match error.kind() {
                ValidationErrorKind::Pattern { pattern } => {
                    ["(?!", "(?=", "(?<"].iter().any(|it| pattern.contains(it))
                }
                _ => false,
            },
        });
        let errors: Vec<Error> = errors.collect();
        let at_null = errors.iter().any(|error| {
            let place = value.pointer(&error.place);
            let holds_null = |value: &Value| match value {
                // A key that others depend on is not there if it is null.
                Value::Object(object) if error.missing.is_some() => {
                    object.values().any(Value::is_null)
                }
                value => value.is_null(),
            };
            place.is_some_and(holds_null)
        });
        (!errors.is_empty()).then_some(Self { errors, at_null })
    }

    /// Whether it was noticed. `absent` gives the row by which a required value may be absent.
    pub(super) fn judge(
        &self,
        answer: Answer,
        absent: &dyn Fn(&[String]) -> Option<&'static str>,
        known: &dyn Fn(&[String]) -> Known,
    ) -> Outcome {
        let is_alias = match answer {
            Answer::Refused(_) => return Outcome::Same,
            Answer::Taken { violations, .. } if !violations.is_empty() => return Outcome::Same,
            Answer::Taken { is_alias, .. } => is_alias,
        };
        let mut errors = self.errors.iter();
        if is_alias && errors.all(|error| error.place.is_empty() || error.is_of_constraint()) {
            return Outcome::Explained("E1: another name of a type is checked where it is used");
        }
        if self.at_null {
            return Outcome::Explained("H3: null is taken for absence");
        }
        let rows = self.errors.iter().map(|error| {
            let tokens = error.place.split('/').skip(1);
            let mut path: Vec<String> = tokens
                .map(|token| token.replace("~1", "/").replace("~0", "~"))
                .collect();
            for end in 1..=path.len() {
                match known(&path[..end]) {
                    Known::OneSided => return Some(ONE_SIDED),
                    Known::Mixed => {
                        return Some("F7, G8: what may have one of several types is any value");
                    }
                    _ => {}
                }
            }
            match &error.missing {
                _ if error.looks_around => Some("E3: a pattern that looks around is documented"),
                Some(property) => {
                    path.push(property.clone());
                    absent(&path)
                }
                None => {
                    let lenient = LENIENT.iter().find(|(name, _)| *name == error.keyword);
                    lenient.map(|(_, row)| *row)
                }
            }
        });
        match rows.collect::<Option<Vec<_>>>() {
            Some(rows) => Outcome::Explained(rows.first().copied().unwrap_or_default()),
            None => Outcome::Unexplained(format!("not noticed: {:?}", self.errors)),
        }
    }
}
