//! Texts that try to be more than text, and the document that they are put into.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use proptest::prelude::*;

/// A document with every construct that is generated from. What may be any text is written
/// `<<role:name>>`; the same role and name stand for the same text wherever they are.
pub(crate) const BASE: &str = include_str!("base.json");

/// Pieces that mean something to Rust, to one of its tools, to a template language, or to a reader.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "\\",
    "\\\"",
    "\"#",
    "\"##",
    "r#\"",
    "`",
    "```",
    "~~~",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\t",
    "\0",
    "\u{b}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{ad}",
    "\u{200b}",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\u{fffd}",
    "\u{10ffff}",
    "*/",
    "/*",
    "//",
    "///",
    "//!",
    "/**/",
    "}",
    "}}",
    "{",
    "{{",
    "{}",
    "{0}",
    "{:?}",
    "{name}",
    "${x}",
    "#{x}",
    "%s",
    "%n",
    "%7d",
    "~",
    "~1",
    "/",
    "../",
    "..\\",
    "C:\\",
    "#",
    "#!",
    "#[",
    "#[doc]",
    "#![feature(x)]",
    "]",
    ")]",
    "=\"x\")]",
    ";",
    "\";",
    "'; ",
    "x\"); ",
    "\n```rust\npanic!(\"run\");\n```\n",
    "    panic!(\"indented\");\n",
    "\nfn main() {}\n",
    "\"; fn pwn() {} \"",
    "\"\npub fn pwn() {}\n//",
    "*/ fn pwn() {} /*",
    "\r fn pwn() {}",
    "include_str!(\"/etc/passwd\")",
    "env!(\"HOME\")",
    "asm!(\"nop\")",
    "unsafe",
    "extern",
    "type",
    "self",
    "Self",
    "super",
    "crate",
    "fn",
    "match",
    "async",
    "dyn",
    "gen",
    "_",
    "r#type",
    "std::process::exit(1)",
    "$crate",
    "é",
    "ﬁ",
    "Кey",
    "ｅ",
    "😀",
    "Ⅰ",
    "e\u{301}",
    "한",
    "١",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[Self]",
    "[`u8`]",
    "&#x202e;",
    "&lt;",
    "-->",
    "<!--",
    "http://example.com/",
    "default",
    "null",
    "true",
    "0",
    "1e9",
    "-1",
    "+1",
    " ",
    "  ",
    ".",
    "..",
    "-",
    "=",
    "@",
    "&",
    "|",
    "*",
    "?",
    ":",
    "a",
    "Z",
    "ab",
    "x-",
    "camelCase",
    "UPPER",
    "Option",
    "String",
    "Result",
    "Into",
    "From",
    "Default",
    "Box",
    "Vec",
    "Serialize",
    "Secret",
    "Client",
    "get",
    "send",
    "Validate",
    "Error",
    "Response",
    "client",
    "server",
    "types",
    "runtime",
    "mod",
    "lib",
    "con",
    "aux",
    "nul",
];

/// What a text of the document may hold so that the document still means the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Any text at all.
    Any,
    /// A part of a path between two slashes.
    Segment,
    /// A part of a URL without variables, before its query.
    Url,
    /// A name of a header, as HTTP allows it.
    Header,
    /// A parameter of a media type, as HTTP allows it.
    Media,
    /// A key beside which extensions stand.
    Key,
    /// A regular expression.
    Pattern,
    /// An extension.
    Extension,
}

fn role(name: &str) -> Role {
    match name {
        "segment" | "parameter" => Role::Segment,
        "url" => Role::Url,
        "header" => Role::Header,
        "media" => Role::Media,
        "extension" => Role::Extension,
        "key" => Role::Key,
        "pattern" => Role::Pattern,
        "text" | "schema" | "property" | "value" | "operation" | "tag" | "scheme" => Role::Any,
        _ => panic!("`{name}` is not a role"),
    }
}

/// A pattern that is refused leaves no code behind, so every character stands for itself.
fn escape(ch: char) -> String {
    match u32::from(ch) {
        _ if ch.is_ascii_alphanumeric() => ch.to_string(),
        code @ 0..=0xffff => format!("\\u{code:04x}"),
        _ => String::new(),
    }
}

impl Role {
    /// The nearest text of this role.
    fn fit(self, text: &str) -> String {
        let keep = |allowed: fn(char) -> bool| text.chars().filter(|ch| allowed(*ch)).collect();
        match self {
            Self::Any => text.to_owned(),
            Self::Segment => keep(|ch| !"/{}?#".contains(ch)),
            Self::Url => keep(|ch| !"{}?#".contains(ch)),
            Self::Header => keep(|ch| ch.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(ch)),
            Self::Media => keep(|ch| matches!(ch, ' '..='~')),
            Self::Extension => format!("x-{text}"),
            Self::Key => match text.strip_prefix("x-") {
                Some(rest) => format!("y-{rest}"),
                None => text.to_owned(),
            },
            Self::Pattern => text.chars().take(64).map(escape).collect(),
        }
    }
}

/// The base document with the texts that `fill` gives for each role and name.
/// `fill` is asked once for each of them, in the order of the document.
pub(crate) fn document(mut fill: impl FnMut(&str) -> String) -> String {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let mut text = String::with_capacity(2 * BASE.len());
    let mut rest = BASE;
    while let Some((before, after)) = rest.split_once("<<") {
        let (slot, behind) = after.split_once(">>").expect("a slot is closed");
        let (name, _) = slot.split_once(':').expect("a slot has a role");
        // A pointer leads to the schema of the same name.
        let key = slot.replace("pointer:", "schema:");
        let role = role(key.split(':').next().unwrap_or_default());
        let value = known.entry(key.clone()).or_insert_with(|| {
            let wanted = role.fit(&fill(&key));
            // Names must differ from each other, and a header must have a name.
            let mut value = wanted.clone();
            let empty = wanted.is_empty() && role != Role::Any;
            let mut count = usize::from(empty);
            while (count == 1 && value.is_empty()) || !taken.insert(value.clone()) {
                count += 1;
                value = format!("{wanted}{count}");
            }
            value
        });
        let escaped = if name == "pointer" {
            value
                .replace('~', "~0")
                .replace('/', "~1")
                .replace('%', "%25")
        } else {
            value.clone()
        };
        let quoted = serde_json::Value::from(escaped).to_string();
        text.push_str(before);
        text.push_str(&quoted[1..quoted.len() - 1]);
        rest = behind;
    }
    text + rest
}

/// The base document with harmless texts.
pub(crate) fn harmless() -> String {
    document(plain)
}

fn plain(slot: &str) -> String {
    slot.split(':')
        .next_back()
        .unwrap_or_default()
        .replace('-', " ")
}

/// A text for each slot of the base document, in order; `None` for a harmless one.
#[derive(Clone)]
pub(crate) struct Texts(Vec<Option<String>>);

impl Texts {
    /// The document with these texts.
    pub(crate) fn document(&self) -> String {
        let mut texts = self.0.iter();
        document(|slot| {
            texts
                .next()
                .cloned()
                .flatten()
                .unwrap_or_else(|| plain(slot))
        })
    }
}

/// Only what is hostile is of interest.
impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut texts = self.0.iter();
        let mut map = f.debug_map();
        document(|slot| {
            let text = texts.next().cloned().flatten();
            if let Some(text) = &text {
                let shown: String = text.chars().take(120).collect();
                map.entry(&slot, &shown);
            }
            text.unwrap_or_else(|| plain(slot))
        });
        map.finish()
    }
}

/// A hostile text for nearly every slot, made of a few pieces.
pub(crate) fn hostile() -> impl Strategy<Value = Texts> {
    let piece = prop_oneof![
        12 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => any::<char>().prop_map(String::from),
    ];
    let text = prop_oneof![
        30 => prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat()),
        1 => prop::sample::select(PIECES).prop_map(|piece| piece.repeat(2_000 / piece.len())),
    ];
    prop::collection::vec(prop::option::weighted(0.9, text), 180).prop_map(Texts)
}
