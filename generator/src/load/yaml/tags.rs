//! Tags, and what a scalar is.

use std::borrow::Cow;

use granit_parser::{ScalarStyle, Tag};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::load::number;
use crate::load::tree::Value;
use crate::source::Span;

/// A tag of a node, with its place.
pub(super) type PlacedTag<'a> = (Cow<'a, Tag>, Span);

/// How many different unknown tags are told one by one.
const MANY_TAGS: usize = 50;

/// The tags of the core schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CoreTag {
    Null,
    Bool,
    Number,
    String,
    Sequence,
    Mapping,
}

/// Collects the tags that are ignored, so that one used a thousand times is told once.
#[derive(Debug, Default)]
pub(super) struct Tags {
    ignored: Vec<(String, Span, usize)>,
    others: usize,
}

impl Tags {
    /// What a scalar is, by its style, its tag and its text.
    pub(super) fn value<'s>(
        &mut self,
        text: Cow<'s, str>,
        style: ScalarStyle,
        tag: Option<PlacedTag<'_>>,
    ) -> Value<'s> {
        let is_plain = style == ScalarStyle::Plain;
        let Some((tag, span)) = tag else {
            return if is_plain {
                resolve(text)
            } else {
                Value::String(text)
            };
        };
        match core_tag(&tag) {
            Some(CoreTag::String) => Value::String(text),
            Some(wanted) => {
                let value = resolve(text.clone());
                if is(&value, wanted) {
                    return value;
                }
                self.ignore(&tag, span);
                if is_plain { value } else { Value::String(text) }
            }
            None => {
                self.ignore(&tag, span);
                if is_plain {
                    resolve(text)
                } else {
                    Value::String(text)
                }
            }
        }
    }

    /// Looks at the tag of a collection.
    pub(super) fn check(&mut self, tag: Option<PlacedTag<'_>>, found: CoreTag) {
        if let Some((tag, span)) = tag.filter(|(tag, _)| core_tag(tag) != Some(found)) {
            self.ignore(&tag, span);
        }
    }

    /// Looks at the tag of a key, which is read as its text whatever a tag says.
    pub(super) fn check_key(&mut self, tag: Option<PlacedTag<'_>>) {
        let is_merge =
            |tag: &Tag| tag.suffix_in_namespace("tag:yaml.org,2002:").as_deref() == Some("merge");
        if let Some((tag, span)) = tag.filter(|(tag, _)| core_tag(tag).is_none() && !is_merge(tag))
        {
            self.ignore(&tag, span);
        }
    }

    fn ignore(&mut self, tag: &Tag, span: Span) {
        let written = tag.original();
        if let Some((_, _, count)) = self
            .ignored
            .iter_mut()
            .find(|(known, _, _)| *known == written)
        {
            *count += 1;
        } else if self.ignored.len() < MANY_TAGS {
            self.ignored.push((written, span, 1));
        } else {
            self.others += 1;
        }
    }

    /// Warns of every tag that was ignored.
    pub(super) fn report(&self, diagnostics: &mut Diagnostics) {
        for (tag, span, count) in &self.ignored {
            let message = format!("the tag {} is ignored{}", quoted(tag), times(*count));
            let diagnostic = Diagnostic::warning(Code::YamlTag, *span, message);
            diagnostics.push(diagnostic.help("the node is read as if it had no tag"));
        }
        if self.others > 0 {
            let message = format!("{} more tags are ignored", self.others);
            diagnostics.push(Diagnostic::warning(Code::YamlTag, None, message));
        }
    }
}

/// How often something was met, if more than once.
fn times(count: usize) -> String {
    if count > 1 {
        format!(" ({count} times)")
    } else {
        String::new()
    }
}

/// What a tag asks for, if it is one of the core schema. The tag `!` asks for a string.
fn core_tag(tag: &Tag) -> Option<CoreTag> {
    if tag.original() == "!" {
        return Some(CoreTag::String);
    }
    Some(match tag.core_suffix()? {
        "null" => CoreTag::Null,
        "bool" => CoreTag::Bool,
        "int" | "float" => CoreTag::Number,
        "str" => CoreTag::String,
        "seq" => CoreTag::Sequence,
        "map" => CoreTag::Mapping,
        _ => return None,
    })
}

fn is(value: &Value<'_>, tag: CoreTag) -> bool {
    matches!(
        (value, tag),
        (Value::Null, CoreTag::Null)
            | (Value::Bool(_), CoreTag::Bool)
            | (Value::Number(_), CoreTag::Number)
    )
}

/// What plain text is in the core schema of YAML 1.2. `yes`, `on`, dates and `1_000` are strings.
fn resolve(text: Cow<'_, str>) -> Value<'_> {
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        number if starts_like_number(number) && number::is_yaml_number(number) => {
            Value::Number(text)
        }
        _ => Value::String(text),
    }
}

/// A quick look that spares most strings the long one.
fn starts_like_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
}
