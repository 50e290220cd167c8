//! Documents that are made of the keys of the grammar, by a list of choices.

use std::fmt::Write;

use crate::keys::{Below, Grammar};

/// Makes a document from a list of choices. When the choices are used up every choice is the first,
/// which is the simplest, so that proptest can make a failing document smaller by cutting the list.
pub(crate) struct Maker<'c> {
    grammar: &'c Grammar,
    choices: std::slice::Iter<'c, u8>,
    text: String,
}

const NAMES: &[&str] = &[
    "A", "B", "C", "a", "b", "type", "", "@x", "a b", "é", "\\u0000", "x-a", "self", "A/b", "~1",
    "200", "default",
];
const SCALARS: &[&str] = &[
    "\"\"",
    "null",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "1.5",
    "1e400",
    "99999999999999999999",
    "\"a\"",
    "\"A\"",
    "\"é\\n\\\"\"",
    "[]",
    "{}",
    "[null]",
    "[1]",
    "[\"a\"]",
    "[\"a\",\"b\",\"a\"]",
    "[{}]",
    "{\"a\":1}",
    "[[]]",
    "{\"$ref\":\"#\"}",
];
const TYPES: &[&str] = &[
    "\"object\"",
    "\"string\"",
    "\"array\"",
    "\"integer\"",
    "\"number\"",
    "\"boolean\"",
    "\"null\"",
    "[\"string\",\"null\"]",
    "[\"object\",\"string\"]",
    "[]",
    "[\"null\"]",
    "\"file\"",
    "null",
    "3",
    "[3]",
];
const FORMATS: &[&str] = &[
    "\"date-time\"",
    "\"date\"",
    "\"uuid\"",
    "\"password\"",
    "\"int32\"",
    "\"uint8\"",
    "\"float\"",
    "\"binary\"",
    "\"x\"",
];
const REFERENCES: &[&str] = &[
    "#/components/schemas/A",
    "#/components/schemas/B",
    "#/components/schemas/C",
    "#/components/schemas/A/properties/a",
    "#/components/schemas/B/items",
    "#/components/schemas/A/allOf/0",
    "#/components/parameters/A",
    "#/components/responses/A",
    "#/components/requestBodies/A",
    "#",
    "#/",
    "#/paths/~1a/get",
    "#/components/schemas",
    "#/components/schemas/%41",
    "#a",
    "",
    "other.yaml#/A",
    "#/components/schemas/none",
    "#/components/schemas/A/additionalProperties",
];
const PATHS: &[&str] = &[
    "/a",
    "/a/{a}",
    "/a/{b}",
    "/{a}/{a}",
    "/",
    "a",
    "/a/",
    "//",
    "/{a}b",
    "/{}",
    "/:a",
    "/*",
    "/a?b",
    "x-a",
    "/é",
    "/a/{a}/{b}",
];
const STATUSES: &[&str] = &[
    "200", "201", "204", "404", "4XX", "default", "5xx", "99", "600", "x-a", "a",
];
const MEDIA: &[&str] = &[
    "application/json",
    "application/json; a=b",
    "text/plain",
    "application/a+json",
    "*/*",
    "multipart/form-data",
    "",
    "application/json;\\n",
];
const PLACES: &[&str] = &[
    "\"path\"",
    "\"query\"",
    "\"header\"",
    "\"cookie\"",
    "\"body\"",
    "\"\"",
];
const SCHEMES: &[&str] = &[
    "\"apiKey\"",
    "\"http\"",
    "\"oauth2\"",
    "\"openIdConnect\"",
    "\"mutualTLS\"",
    "\"x\"",
];

impl<'c> Maker<'c> {
    /// The document that the choices make.
    pub(crate) fn document(grammar: &'c Grammar, choices: &'c [u8]) -> String {
        let mut maker = Self {
            grammar,
            choices: choices.iter(),
            text: String::new(),
        };
        maker.object("Document", 0);
        maker.text
    }

    fn choice(&mut self, of: usize) -> usize {
        let byte = self.choices.next().copied().unwrap_or(0);
        usize::from(byte) % of
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        let index = self.choice(texts.len());
        texts[index]
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// An object of a kind. Deeper ones have fewer keys, so that documents end.
    fn object(&mut self, kind: &str, depth: usize) {
        if self.choice(40) == 39 {
            let wrong = self.pick(SCALARS);
            return self.push(wrong);
        }
        if kind == "Schema" && self.choice(30) == 29 {
            return self.push("true");
        }
        let keys = self.grammar.keys(kind).to_vec();
        let wanted: Vec<&str> = match kind {
            "Document" => vec!["openapi", "info", "paths", "components"],
            "Info" => vec!["title", "version"],
            "Operation" => vec!["responses"],
            "Parameter" => vec!["name", "in", "schema"],
            "Server" => vec!["url"],
            "Tag" => vec!["name"],
            "SecurityScheme" => vec!["type", "name", "in", "scheme"],
            "Schema" => vec!["type"],
            "Components" => vec!["schemas"],
            _ => Vec::new(),
        };
        let more = self.choice(if depth > 7 { 1 } else { 6 });
        let mut chosen: Vec<String> = wanted
            .iter()
            .filter(|_| self.choice(16) < 15)
            .map(|key| (*key).to_owned())
            .collect();
        for _ in 0..more {
            let index = self.choice(keys.len());
            // The keys of the table that lead somewhere come up more often than data does.
            let (key, below) = &keys[index];
            if (*below != Below::Data || self.choice(3) == 0) && !chosen.contains(key) {
                chosen.push(key.clone());
            }
        }
        if kind == "Schema" && self.choice(4) == 3 {
            chosen.push("$ref".to_owned());
            chosen.dedup();
        }
        self.push("{");
        let mut first = true;
        let mut seen = Vec::new();
        for key in chosen {
            if seen.contains(&key) {
                continue;
            }
            let separator = if first { "" } else { "," };
            let _ = write!(self.text, "{separator}\"{key}\":");
            first = false;
            self.value(kind, &key, depth);
            seen.push(key);
        }
        self.push("}");
    }

    fn value(&mut self, kind: &str, key: &str, depth: usize) {
        if self.choice(60) == 59 {
            let wrong = self.pick(SCALARS);
            return self.push(wrong);
        }
        let below = self.grammar.below(kind, key);
        if depth > 12 && below != Below::Data {
            return self.push(if matches!(below, Below::List(_)) {
                "[]"
            } else {
                "{}"
            });
        }
        match below {
            Below::Data => self.data(kind, key),
            Below::One(inner) | Below::OneOrList(inner) => self.object(&inner, depth + 1),
            Below::List(inner) => {
                self.push("[");
                for index in 0..self.choice(4) {
                    if index > 0 {
                        self.push(",");
                    }
                    self.object(&inner, depth + 1);
                }
                self.push("]");
            }
            Below::Map(inner) => self.map(key, &inner, depth, false),
            Below::MapOfMaps(inner) => self.map(key, &inner, depth, true),
        }
    }

    fn map(&mut self, key: &str, inner: &str, depth: usize, of_maps: bool) {
        let names = match key {
            "paths" => PATHS,
            "responses" if inner == "Response" && depth > 1 => STATUSES,
            "content" => MEDIA,
            "schemas" => &["A", "B", "C", "", "Option", "é", "a-b", "A2", "a_b", "type"],
            _ => NAMES,
        };
        let count = if key == "schemas" {
            1 + self.choice(5)
        } else {
            self.choice(4)
        };
        let mut seen: Vec<&str> = Vec::new();
        self.push("{");
        for index in 0..count {
            let mut name = if key == "schemas" && index < 3 {
                names[index]
            } else {
                self.pick(names)
            };
            if seen.contains(&name) {
                name = ["p", "q", "r", "s", "t"][index];
            }
            let separator = if seen.is_empty() { "" } else { "," };
            let _ = write!(self.text, "{separator}\"{name}\":");
            seen.push(name);
            if of_maps {
                self.map("", inner, depth + 1, false);
            } else {
                self.object(inner, depth + 1);
            }
        }
        self.push("}");
    }

    fn data(&mut self, kind: &str, key: &str) {
        let text = match (kind, key) {
            ("Document", "openapi") => self
                .pick(&["\"3.1.0\"", "\"3.0.3\"", "\"3.2.0\"", "3.1"])
                .to_owned(),
            (_, "$ref") => format!("\"{}\"", self.pick(REFERENCES)),
            ("Schema", "type") => self.pick(TYPES).to_owned(),
            ("Schema", "format") => self.pick(FORMATS).to_owned(),
            ("Schema", "required") => self
                .pick(&["[\"a\"]", "[\"a\",\"b\"]", "[\"none\"]", "[]", "true"])
                .to_owned(),
            ("Schema", "enum") => self
                .pick(&[
                    "[\"a\",\"b\"]",
                    "[\"a\",\"A\",\"\",\"é\"]",
                    "[null]",
                    "[1,2]",
                    "[\"a\",null]",
                    "[]",
                    "[true]",
                ])
                .to_owned(),
            ("Parameter" | "SecurityScheme", "in") => self.pick(PLACES).to_owned(),
            ("Parameter", "name") => self
                .pick(&["\"a\"", "\"b\"", "\"\"", "\"X-A\"", "\"é\""])
                .to_owned(),
            ("Parameter", "required") | ("RequestBody", "required") => {
                self.pick(&["true", "false"]).to_owned()
            }
            ("SecurityScheme", "type") => self.pick(SCHEMES).to_owned(),
            ("SecurityScheme", "scheme") => self
                .pick(&["\"bearer\"", "\"basic\"", "\"Basic\"", "\"digest\""])
                .to_owned(),
            (_, "security") => self
                .pick(&[
                    "[]",
                    "[{}]",
                    "[{\"A\":[]}]",
                    "[{\"A\":[],\"B\":[\"s\"]},{}]",
                    "[{\"none\":[]}]",
                ])
                .to_owned(),
            (_, "tags") => self
                .pick(&["[\"a\"]", "[\"b\"]", "[\"\"]", "[]", "[\"a\",\"b\"]"])
                .to_owned(),
            (_, "operationId") => self
                .pick(&["\"a\"", "\"b\"", "\"get\"", "\"\"", "\"self\"", "\"é\""])
                .to_owned(),
            ("Server", "url") => self
                .pick(&["\"https://a.b\"", "\"/\"", "\"\"", "\"https://{a}.b\""])
                .to_owned(),
            _ => self.pick(SCALARS).to_owned(),
        };
        self.push(&text);
    }
}
