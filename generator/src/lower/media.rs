//! Media types: the ways in which a body is written (Q1, Q10 to Q16, Q22, R20 to R25).

use crate::api::{
    Codec, Content, Definition, JsonFraming, Kind, StringFormat, Type, TypeId, without_alias,
};
use crate::spec::{self, SchemaId};

use super::hint::Hint;
use super::{Lowering, any, plain};

/// What a media type asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Json,
    Text,
    /// The bytes as they are.
    Bytes,
    /// A form.
    Form,
    /// A body of several parts.
    Multipart,
    /// Server-sent events.
    Events,
    /// Values of JSON, one after the other.
    Items(JsonFraming),
    /// Whatever the schema says, such as `*/*`.
    Any,
    /// Something of text that there is no codec for.
    OtherText,
    /// Something else that there is no codec for.
    Other,
}

impl<'a> Lowering<'_, 'a> {
    /// The ways in which a body is written, the first choice first. None if the document declares no
    /// media type (Q17). Types without a name are named after the operation and `word`.
    pub(super) fn contents(
        &mut self,
        content: &[spec::MediaType<'a>],
        index: usize,
        word: &str,
    ) -> Vec<Content> {
        let kept = self.kept(content);
        if kept.is_empty() {
            let first = content.first().map(|it| self.unsendable(it));
            return first.into_iter().collect();
        }
        let is_only = kept.len() == 1;
        let contents = kept.into_iter().map(|media| {
            let word = match is_only {
                true if class(media.key) == Class::Multipart => word.replace("body", "form"),
                true => word.to_owned(),
                false => format!("{} {word}", label(media.key)),
            };
            self.one_content(media, &Hint::of_operation(index, &word))
        });
        contents.collect()
    }

    /// The media types that are generated, JSON first. What only spells the same values in another way
    /// than JSON is left out (Q15, Q22, R18).
    fn kept<'m>(&mut self, content: &'m [spec::MediaType<'a>]) -> Vec<&'m spec::MediaType<'a>> {
        let sendable = content.iter().filter(|it| is_sendable(it.key));
        let mut kept: Vec<&spec::MediaType<'a>> = sendable.collect();
        let is_json =
            |it: &&spec::MediaType<'a>| class(it.key) == Class::Json && it.item_schema.is_none();
        kept.sort_by_key(|it| match () {
            () if is_json(it) && essence(it.key) == "application/json" => 0,
            () if is_json(it) => 1,
            () => 2,
        });
        let Some(json) = kept.first().copied().filter(is_json) else {
            return kept;
        };
        kept.retain(|it| {
            let is_kept = is_json(it) || self.is_beside(it, json);
            if !is_kept {
                let what = format!("`{}` beside `{}`", it.key, json.key);
                self.unsupported_often(it.place.span, what, "left out");
            }
            is_kept
        });
        kept
    }

    /// Whether a media type says something else than JSON does.
    fn is_beside(&mut self, media: &spec::MediaType<'a>, json: &spec::MediaType<'a>) -> bool {
        let mut meaning =
            |it: &spec::MediaType<'a>| it.schema.map(|schema| self.significant(schema));
        let is_same = meaning(media) == meaning(json);
        match class(media.key) {
            Class::Json | Class::Any | Class::Form | Class::Events | Class::Items(_) => true,
            Class::Multipart => self.is_form_beside(media, json),
            Class::Bytes => !is_same || media.schema.is_none(),
            Class::Text | Class::Other => {
                !is_same && media.schema.is_none_or(|it| self.is_one_value(it))
            }
            Class::OtherText => false,
        }
    }

    fn unsendable(&mut self, media: &spec::MediaType<'a>) -> Content {
        let what = "a media type that no header can hold";
        self.unsupported(media.place.span, what, "the body is sent as bytes");
        Content {
            media_type: "application/octet-stream".to_owned(),
            codec: Codec::Bytes,
        }
    }

    fn one_content(&mut self, media: &spec::MediaType<'a>, hint: &Hint) -> Content {
        if media.item_schema.is_some()
            && !matches!(class(media.key), Class::Events | Class::Items(_))
        {
            let fallback = "left out; the body is read as a whole";
            self.unsupported(media.place.span, "`itemSchema`", fallback);
        }
        Content {
            media_type: media.key.to_owned(),
            codec: self.codec(media, hint),
        }
    }

    fn codec(&mut self, media: &spec::MediaType<'a>, hint: &Hint) -> Codec {
        let class = class(media.key);
        match class {
            Class::Events => return self.events(media, hint),
            Class::Items(framing) => return Codec::JsonItems(self.items(media, hint), framing),
            Class::Multipart => return self.multipart(media, hint),
            _ => {}
        }
        let Some(schema) = media.schema else {
            return match class {
                Class::Json => Codec::Json(any()),
                Class::Text => Codec::Text(plain(Kind::String(StringFormat::Plain))),
                _ => Codec::Bytes,
            };
        };
        if class == Class::Form
            && let Some(form) = self.form(media, schema, hint)
        {
            return form;
        }
        let is_bytes = class != Class::Json && self.is_bytes(schema);
        match class {
            Class::Json => Codec::Json(self.type_of(&[schema], hint)),
            Class::Text | Class::Any if is_bytes => Codec::Bytes,
            Class::Text | Class::OtherText => self.text(media, schema, hint),
            Class::Any => {
                let ty = self.type_of(&[schema], hint);
                // A text of any type is not JSON, which would put it in quotes.
                match self.as_text(&ty) {
                    Some(text) if matches!(ty.kind, Kind::String(_)) => Codec::Text(text),
                    _ => Codec::Json(ty),
                }
            }
            Class::Form
            | Class::Multipart
            | Class::Events
            | Class::Items(_)
            | Class::Bytes
            | Class::Other => {
                if !is_bytes && !self.is_any_text(schema) {
                    let what = format!("the schema of `{}`", media.key);
                    self.unsupported_often(media.place.span, what, "the body is bytes");
                }
                Codec::Bytes
            }
        }
    }

    /// What is not one value is a text all the same, which the caller reads (Q11).
    fn text(&mut self, media: &spec::MediaType<'a>, schema: SchemaId, hint: &Hint) -> Codec {
        let whole = plain(Kind::String(StringFormat::Plain));
        if self.is_any_text(schema) {
            return Codec::Text(whole);
        }
        let ty = self.type_of(&[schema], hint);
        Codec::Text(self.as_text(&ty).unwrap_or_else(|| {
            let what = format!("the schema of `{}`", media.key);
            self.unsupported_often(media.place.span, what, "the body is a text");
            whole
        }))
    }

    /// The type of a value that is written without quotes, if it is one that can be.
    pub(super) fn as_text(&self, ty: &Type) -> Option<Type> {
        let ty = without_alias(&self.types, ty)?;
        let is_enum = |id: TypeId| {
            let definition = self.types.get(id.0).map(|def| &def.definition);
            matches!(definition, Some(Definition::Enum(_)))
        };
        let kind = match &ty.kind {
            Kind::Boolean | Kind::Integer(_) | Kind::Number(_) => ty.kind.clone(),
            Kind::Named(id) if is_enum(*id) => ty.kind.clone(),
            Kind::String(_) => Kind::String(StringFormat::Plain),
            _ => return None,
        };
        Some(Type {
            kind,
            nullable: false,
            constraints: ty.constraints.clone(),
        })
    }

    /// Whether a schema stands for bytes: one that says so, or says nothing (Q10, Q16).
    fn is_bytes(&mut self, schema: SchemaId) -> bool {
        let view = self.view(&[schema]);
        let says_nothing = view.types.is_none()
            && view.properties.is_empty()
            && view.items.is_empty()
            && view.unions.is_empty()
            && view.values.is_none();
        let is_string = view.types.is_none_or(|types| types.string);
        let is_binary = view.format == Some("binary")
            || view.content_media_type.is_some() && view.content_encoding.is_none();
        says_nothing || is_string && is_binary
    }

    /// Whether a schema is one value, which can stand in a text or in bytes.
    fn is_one_value(&mut self, schema: SchemaId) -> bool {
        let view = self.view(&[schema]);
        let has_parts = view.types.is_some_and(|types| types.array || types.object);
        !has_parts && view.properties.is_empty() && view.unions.is_empty()
    }

    /// Whether a schema is a string about which nothing else is said.
    fn is_any_text(&mut self, schema: SchemaId) -> bool {
        let view = self.view(&[schema]);
        let is_string = view
            .types
            .is_some_and(|types| types.string && types.count() == 1);
        is_string && view.values.is_none() && view.unions.is_empty() && view.constraints.is_empty()
    }
}

/// Application types that are text, whatever their schema says.
const TEXTS: &[&str] = &[
    "application/csv",
    "application/graphql",
    "application/javascript",
    "application/jwt",
    "application/sdp",
    "application/sql",
    "application/toml",
    "application/x-yaml",
    "application/yaml",
];

/// The names of JSON lines.
const LINES: &[&str] = &[
    "application/jsonl",
    "application/jsonlines",
    "application/ndjson",
    "application/x-jsonlines",
    "application/x-ndjson",
    "text/jsonl",
];

/// Whether a media type is JSON, whatever its parameters.
pub(super) fn is_json(key: &str) -> bool {
    class(key) == Class::Json
}

fn class(key: &str) -> Class {
    let essence = essence(key);
    let (kind, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    match (kind, subtype) {
        ("application" | "text", "json") => Class::Json,
        ("application" | "*", "*") => Class::Any,
        ("image" | "audio" | "video" | "font" | "model", _) => Class::Bytes,
        (_, _) if subtype.ends_with("+json") => Class::Json,
        ("application", "x-www-form-urlencoded") => Class::Form,
        ("multipart", _) => Class::Multipart,
        ("text", "event-stream") => Class::Events,
        ("application", "json-seq") => Class::Items(JsonFraming::Sequence),
        (_, _) if subtype.ends_with("+json-seq") => Class::Items(JsonFraming::Sequence),
        (_, _) if LINES.contains(&&*essence) => Class::Items(JsonFraming::Lines),
        ("application" | "text", "xml") => Class::OtherText,
        (_, _) if subtype.ends_with("+xml") || TEXTS.contains(&&*essence) => Class::OtherText,
        ("text", _) => Class::Text,
        ("application", "octet-stream" | "pdf" | "zip" | "gzip") => Class::Bytes,
        _ => Class::Other,
    }
}

/// A word for a media type, for what is named after it.
fn label(key: &str) -> &'static str {
    match class(key) {
        Class::Json | Class::Any => "json",
        Class::Text | Class::OtherText => "text",
        Class::Bytes | Class::Other => "bytes",
        Class::Form => "form",
        Class::Multipart => "multipart",
        Class::Events => "event",
        Class::Items(_) => "item",
    }
}

/// Whether a media type is a form.
pub(super) fn is_form(key: &str) -> bool {
    class(key) == Class::Form
}

/// A media type without its parameters, in small letters.
pub(super) fn essence(key: &str) -> String {
    let essence = key.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a header can hold it; the keys of a document are any text.
fn is_sendable(key: &str) -> bool {
    key.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}
