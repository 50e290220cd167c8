//! The values of a schema against what a codec reads and writes.

use serde_json::{Value, json};

use super::Mismatches;
use crate::registry::Codec;
use crate::shape::{Kind, Property, Shape};

/// Checks a schema and everything in it: what it allows is read and written again, and what it
/// forbids is refused, or is found by `validate`, or is one of the exceptions named below.
pub(super) fn check(place: &str, shape: &Shape, codec: &Codec, mismatches: &mut Mismatches) {
    let sample = shape.sample();
    let mut probe = Probe {
        place,
        codec,
        sample: &sample,
        mismatches,
    };
    // What is not even read as a whole is refused for this reason in all of its variations.
    if probe.keeps("", "an instance with everything", &sample, &sample) {
        probe.node("", shape, Role::Value);
    }
}

/// What a value is to the value around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The whole, an item, or a required property.
    Value,
    /// An optional property.
    Optional,
}

struct Probe<'a> {
    place: &'a str,
    codec: &'a Codec,
    sample: &'a Value,
    mismatches: &'a mut Mismatches,
}

impl Probe<'_> {
    fn node(&mut self, pointer: &str, shape: &Shape, role: Role) {
        self.null(pointer, shape, role);
        self.types(pointer, shape);
        match &shape.kind {
            Kind::Object {
                properties,
                undeclared,
                open,
                ..
            } => {
                for name in undeclared {
                    let what = format!("an instance without the required `{name}`");
                    self.refuses(pointer, &what, &self.without(pointer, name));
                }
                self.unknown_key(pointer, *open);
                for property in properties {
                    self.property(pointer, property);
                }
            }
            Kind::Array { items, min, max } => {
                self.lengths(pointer, items, *min, *max);
                self.node(&format!("{pointer}/0"), items, Role::Value);
            }
            Kind::Text {
                format,
                values,
                min,
                max,
            } => {
                if values.is_empty() {
                    self.text(pointer, format);
                    self.text_lengths(pointer, format, *min, *max);
                } else if format.is_empty() && min.or(*max).is_none() {
                    self.values(pointer, values);
                } else {
                    self.mismatch(pointer, "a constraint beside `enum` is not compared");
                }
            }
            Kind::Integer { bits } => self.integers(pointer, *bits),
            Kind::Number | Kind::Boolean => {}
        }
    }

    fn null(&mut self, pointer: &str, shape: &Shape, role: Role) {
        let instance = self.with(pointer, Value::Null);
        match (shape.nullable, role) {
            (true, Role::Value) => {
                self.keeps(pointer, "null", &instance, &instance);
            }
            // What is null where it could also be absent is absent when it is written (mapping H3,
            // H5): the types of responses do not tell the two apart.
            (_, Role::Optional) => {
                let absent = self.removed(pointer);
                self.keeps(pointer, "null, as an absent value", &instance, &absent);
            }
            (false, Role::Value) => self.refuses(pointer, "null", &instance),
        }
    }

    fn types(&mut self, pointer: &str, shape: &Shape) {
        let values = [
            json!(true),
            json!(7),
            json!(1.5),
            json!("text"),
            json!([]),
            json!({}),
        ];
        for value in values {
            let fits = match (&shape.kind, &value) {
                (Kind::Number, Value::Number(_)) => true,
                (Kind::Integer { .. }, Value::Number(number)) => number.is_i64(),
                (Kind::Boolean, Value::Bool(_))
                | (Kind::Object { .. }, Value::Object(_))
                | (Kind::Array { .. }, Value::Array(_))
                | (Kind::Text { .. }, Value::String(_)) => continue,
                _ => false,
            };
            let what = value.to_string();
            let instance = self.with(pointer, value);
            if fits {
                self.keeps(pointer, &what, &instance, &instance);
            } else {
                self.refuses(pointer, &what, &instance);
            }
        }
    }

    fn property(&mut self, object: &str, property: &Property) {
        let pointer = format!("{object}/{}", escape(&property.name));
        let without = self.without(object, &property.name);
        let role = match (property.required, property.shape.nullable) {
            // A null that is missing is read all the same, and is written (mapping H2).
            (true, true) => {
                let null = self.with(&pointer, Value::Null);
                self.keeps(&pointer, "a missing null", &without, &null);
                Role::Value
            }
            (true, false) => {
                self.refuses(
                    &pointer,
                    "an instance without it, as it is required",
                    &without,
                );
                Role::Value
            }
            (false, _) => {
                let what = "an instance without it, as it is optional";
                self.keeps(&pointer, what, &without, &without);
                Role::Optional
            }
        };
        self.node(&pointer, &property.shape, role);
    }

    fn unknown_key(&mut self, pointer: &str, open: bool) {
        let mut instance = self.sample.clone();
        if let Some(Value::Object(object)) = instance.pointer_mut(pointer) {
            object.insert("a key that is not declared".to_owned(), json!([1, "x"]));
        }
        if open {
            self.keeps(pointer, "an unknown key", &instance, self.sample);
        } else {
            self.refuses(pointer, "an unknown key", &instance);
        }
    }

    fn lengths(&mut self, pointer: &str, items: &Shape, min: Option<usize>, max: Option<usize>) {
        let array = |len| (0..len).map(|_| items.sample()).collect::<Value>();
        self.bounds(pointer, ("minItems", min), ("maxItems", max), 300, array);
    }

    fn text(&mut self, pointer: &str, format: &str) {
        // Characters of one to four bytes, and those that a format would not have.
        const TEXTS: [&str; 4] = ["", "text", " \u{0}\r\n\"\\/ ", "\u{e9}\u{4e2d}\u{1f980}"];
        const ZULU: &str = "2024-05-01T10:20:30Z";
        let (good, bad): (&[&str], &[&str]) = match format {
            // A URI is kept as it is, and not looked at (mapping C17).
            "" | "uri" | "url" | "password" => (&TEXTS, &[]),
            "uuid" => (&["5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197"], &["", "text"]),
            "date-time" => (&[ZULU], &["", "text", "2024-05-01", "2024-05-01T10:20:30"]),
            "date" => (&["2024-02-29"], &["", "text", "2023-02-29", ZULU]),
            other => {
                let problem = format!("the format `{other}` is not compared");
                return self.mismatch(pointer, &problem);
            }
        };
        for text in good {
            let instance = self.with(pointer, json!(text));
            self.keeps(pointer, &format!("{text:?}"), &instance, &instance);
        }
        for text in bad {
            let instance = self.with(pointer, json!(text));
            self.refuses(pointer, &format!("{text:?}"), &instance);
        }
    }

    fn text_lengths(
        &mut self,
        pointer: &str,
        format: &str,
        min: Option<usize>,
        max: Option<usize>,
    ) {
        if matches!(format, "" | "uri" | "url" | "password") {
            // Characters are counted, not bytes.
            let text = |len| Value::from("\u{1f980}".repeat(len));
            self.bounds(pointer, ("minLength", min), ("maxLength", max), 5000, text);
        } else if min.or(max).is_some() {
            self.mismatch(pointer, "a length beside a format is not compared");
        }
    }

    /// Both sides of both bounds; without a bound, none and many.
    fn bounds(
        &mut self,
        pointer: &str,
        (least, min): (&str, Option<usize>),
        (most, max): (&str, Option<usize>),
        many: usize,
        make: impl Fn(usize) -> Value,
    ) {
        let low = min.unwrap_or(0);
        let high = max.unwrap_or(many.max(low));
        for len in [low, high] {
            let instance = self.with(pointer, make(len));
            let what = format!("a length of {len}");
            self.keeps(pointer, &what, &instance, &instance);
            self.allows(pointer, &what, &instance);
        }
        if let Some(len) = low.checked_sub(1) {
            self.violates(pointer, least, &self.with(pointer, make(len)));
        }
        if max.is_some() {
            self.violates(pointer, most, &self.with(pointer, make(high + 1)));
        }
    }

    fn values(&mut self, pointer: &str, values: &[String]) {
        for value in values {
            let instance = self.with(pointer, json!(value));
            let what = format!("the value `{value}`");
            self.keeps(pointer, &what, &instance, &instance);
            self.allows(pointer, &what, &instance);
        }
        // Enums that come in responses keep what they do not know, and `validate` objects.
        let instance = self.with(pointer, json!("a value that is not declared"));
        if (self.codec.recode)(&instance).is_ok() {
            self.keeps(pointer, "an unknown value", &instance, &instance);
            self.violates(pointer, "enum", &instance);
        }
    }

    fn integers(&mut self, pointer: &str, bits: u32) {
        let most = i64::MAX >> (64 - bits);
        for number in [0, most, -most - 1] {
            let instance = self.with(pointer, json!(number));
            self.keeps(pointer, &number.to_string(), &instance, &instance);
        }
        let beyond = match most.checked_add(1) {
            Some(number) => json!(number),
            None => json!(1_u64 << 63),
        };
        let what = beyond.to_string();
        self.refuses(pointer, &what, &self.with(pointer, beyond));
    }

    fn keeps(&mut self, pointer: &str, what: &str, instance: &Value, expected: &Value) -> bool {
        let problem = match (self.codec.recode)(instance) {
            Ok(found) if found == *expected => return true,
            Ok(found) => {
                let mut differences = Vec::new();
                compare("", expected, &found, &mut differences);
                format!("{what} is read and changed: {}", differences.join(", "))
            }
            Err(problem) => format!("{what} is refused: {problem}"),
        };
        self.mismatch(pointer, &problem);
        false
    }

    fn refuses(&mut self, pointer: &str, what: &str, instance: &Value) {
        if (self.codec.recode)(instance).is_ok() {
            self.mismatch(pointer, &format!("{what} is read, but should not be"));
        }
    }

    fn allows(&mut self, pointer: &str, what: &str, instance: &Value) {
        for violation in self.violations(instance) {
            self.mismatch(pointer, &format!("{what} is a violation: {violation}"));
        }
    }

    fn violates(&mut self, pointer: &str, keyword: &str, instance: &Value) {
        if self.codec.violations.is_none() {
            return;
        }
        let expected = format!("{keyword} at {pointer}");
        let found = self.violations(instance);
        if found != [expected.as_str()] {
            let problem = format!("`validate` finds {found:?} and not {expected:?}");
            self.mismatch(pointer, &problem);
        }
    }

    fn violations(&self, instance: &Value) -> Vec<String> {
        let Some(check) = &self.codec.violations else {
            return Vec::new();
        };
        match check(instance) {
            Ok(found) => found
                .iter()
                .map(|violation| format!("{} at {}", violation.keyword, violation.pointer))
                .collect(),
            Err(problem) => vec![problem],
        }
    }

    fn mismatch(&mut self, pointer: &str, problem: &str) {
        let place = format!("{}{pointer}", self.place);
        self.mismatches.add(place, problem);
    }

    fn with(&self, pointer: &str, value: Value) -> Value {
        let mut instance = self.sample.clone();
        if let Some(place) = instance.pointer_mut(pointer) {
            *place = value;
        }
        instance
    }

    fn without(&self, object: &str, key: &str) -> Value {
        let mut instance = self.sample.clone();
        if let Some(Value::Object(object)) = instance.pointer_mut(object) {
            object.remove(key);
        }
        instance
    }

    fn removed(&self, pointer: &str) -> Value {
        let (object, key) = pointer.rsplit_once('/').unwrap_or_default();
        self.without(object, &key.replace("~1", "/").replace("~0", "~"))
    }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The places where two values differ.
fn compare(pointer: &str, expected: &Value, found: &Value, differences: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected {
                let pointer = format!("{pointer}/{}", escape(key));
                match found.get(key) {
                    Some(found) => compare(&pointer, value, found, differences),
                    None => differences.push(format!("`{pointer}` is lost")),
                }
            }
            for key in found.keys().filter(|key| !expected.contains_key(*key)) {
                differences.push(format!("`{pointer}/{}` appears", escape(key)));
            }
        }
        _ if expected == found => {}
        _ => differences.push(format!("`{pointer}` becomes {found} instead of {expected}")),
    }
}
