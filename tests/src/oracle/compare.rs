//! What became of a value, and which row of the mapping says that it may.

use serde_json::Value;

use super::declared::Known;

/// What became of a valid value.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It was read, and the same JSON was written.
    Same,
    /// It was not, as a row of the mapping says.
    Explained(&'static str),
    /// It was not, and no row says why.
    Unexplained(String),
}

/// What the program answers about a value.
#[derive(Debug)]
pub(super) enum Answer {
    /// It was read.
    Taken {
        /// What was written after reading it.
        written: Value,
        /// The constraints that it breaks, each with its place.
        violations: Vec<Value>,
        /// Whether the type is only another name of one: its constraints are checked wherever it is used.
        is_alias: bool,
    },
    /// Why it was not read.
    Refused(String),
}

/// What is said of the value that only one side sends.
pub(super) const ONE_SIDED: &str = "N2, N3: what only one side sends is not read by the other";

/// Compares a valid value with what became of it. `known` says what its schema knows of the place that a
/// path leads to.
pub(super) fn compare(sent: &Value, answer: Answer, known: &dyn Fn(&[String]) -> Known) -> Outcome {
    match answer {
        // The type of a component is never nullable; its uses are.
        Answer::Refused(_) if sent.is_null() => {
            Outcome::Explained("H6: null is a matter of where a component is used")
        }
        Answer::Refused(message) => refused(&message, known),
        Answer::Taken { violations, .. }
            if !violations.is_empty() && violations.iter().all(|it| misses_a_null(sent, it)) =>
        {
            Outcome::Explained("H3: null is taken for absence")
        }
        Answer::Taken { violations, .. } if !violations.is_empty() => {
            Outcome::Unexplained(format!("violates {}", Value::from(violations)))
        }
        Answer::Taken { written, .. } => {
            let mut comparison = Comparison {
                known,
                path: Vec::new(),
                differences: Vec::new(),
            };
            comparison.values(sent, &written);
            let mut explained = None;
            for (path, row) in comparison.differences {
                if row.is_none() {
                    let written: String = written.to_string().chars().take(400).collect();
                    let what = format!("differs at `{path}` from what was written: {written}");
                    return Outcome::Unexplained(what);
                }
                explained = explained.or(row);
            }
            explained.map_or(Outcome::Same, Outcome::Explained)
        }
    }
}

/// The rows of the mapping by which a valid value is not read.
const REFUSALS: &[(&str, &str)] = &[
    (
        "the text is not base64",
        "C20: text of an encoding has to be in it",
    ),
    (
        "is out of range",
        "C11: a date outside of the calendar of the library",
    ),
    (
        "recursion limit exceeded",
        "M4: deeper than the JSON reader goes",
    ),
];

fn refused(message: &str, known: &dyn Fn(&[String]) -> Known) -> Outcome {
    let row = REFUSALS.iter().find(|(text, _)| message.contains(text));
    match row {
        Some((_, row)) => Outcome::Explained(row),
        // Told apart by a property that has a value of its own in each type, although no type requires it.
        None if lacks_tag(message, known) => {
            Outcome::Explained("K14: an object of a union without its tag is refused")
        }
        None => Outcome::Unexplained(format!("refused: {message}")),
    }
}

/// Whether a message says that a property is missing whose values the schema lists:
/// ``details[0]: missing field `issue` at line 1 column 14``.
fn lacks_tag(message: &str, known: &dyn Fn(&[String]) -> Known) -> bool {
    let Some((place, rest)) = message.split_once("missing field `") else {
        return false;
    };
    let place = place
        .trim_end_matches(": ")
        .replace('[', ".")
        .replace(']', "");
    let tokens = place.split('.').filter(|token| !token.is_empty());
    let mut path: Vec<String> = tokens.map(str::to_owned).collect();
    path.extend(rest.split('`').next().map(str::to_owned));
    known(&path) == Known::Listed
}

/// Every place where two values differ, with the row that allows it.
struct Comparison<'d> {
    known: &'d dyn Fn(&[String]) -> Known,
    path: Vec<String>,
    differences: Vec<(String, Option<&'static str>)>,
}

impl Comparison<'_> {
    fn values(&mut self, sent: &Value, written: &Value) {
        match (sent, written) {
            (Value::Object(a), Value::Object(b)) => {
                for (key, value) in a {
                    self.path.push(key.clone());
                    match b.get(key) {
                        Some(other) => self.values(value, other),
                        None => self.lost(value),
                    }
                    self.path.pop();
                }
                for key in b.keys().filter(|key| !a.contains_key(*key)) {
                    self.path.push(format!("{key} (added)"));
                    self.differ(None);
                    self.path.pop();
                }
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                for (index, (a, b)) in a.iter().zip(b).enumerate() {
                    self.path.push(index.to_string());
                    self.values(a, b);
                    self.path.pop();
                }
            }
            (Value::Number(a), Value::Number(b)) => {
                if a != b && a.as_f64() != b.as_f64() {
                    self.differ(number_row(a.as_f64(), b.as_f64()));
                }
            }
            (Value::String(a), Value::String(b)) if a != b => self.differ(text_row(a, b)),
            _ if sent == written => {}
            _ => self.differ(None),
        }
    }

    /// A key that was not written.
    fn lost(&mut self, value: &Value) {
        let row = if value.is_null() {
            Some("H3, H5: an optional null is written as absence")
        } else {
            match (self.known)(&self.path) {
                Known::Undeclared => Some("G3: keys that a struct does not declare are dropped"),
                Known::OneSided => Some(ONE_SIDED),
                _ => None,
            }
        };
        self.differ(row);
    }

    fn differ(&mut self, row: Option<&'static str>) {
        self.differences
            .push((format!("/{}", self.path.join("/")), row));
    }
}

/// Whether a violation, the keyword and the place, is about keys that depend on each other in an object
/// that holds a null.
fn misses_a_null(sent: &Value, violation: &Value) -> bool {
    let (keyword, place) = violation
        .as_str()
        .and_then(|text| text.split_once(' '))
        .unwrap_or_default();
    let object = sent.pointer(place).and_then(Value::as_object);
    let holds_null = object.is_some_and(|object| object.values().any(Value::is_null));
    holds_null && matches!(keyword, "dependentRequired" | "required" | "minProperties")
}

fn number_row(sent: Option<f64>, written: Option<f64>) -> Option<&'static str> {
    let (sent, written) = (sent?, written?);
    #[allow(clippy::cast_possible_truncation, reason = "that is what is asked")]
    let as_float = sent as f32;
    (f64::from(as_float) == written || (sent - written).abs() <= sent.abs() * 1e-6)
        .then_some("C9: `float` has the precision of an `f32`")
}

fn text_row(sent: &str, written: &str) -> Option<&'static str> {
    if sent.eq_ignore_ascii_case(written) {
        return Some("C11, C16: letters of time stamps and UUIDs are written in one case");
    }
    let same_time = chrono::DateTime::parse_from_rfc3339(sent).ok()?
        == chrono::DateTime::parse_from_rfc3339(written).ok()?;
    same_time.then_some("C11: another spelling of the same time")
}
