//! Bodies: the Rust type of one, and the ways in which it is written.

use serde::Serialize;

use crate::api::{self, EventShape, JsonFraming, Style};

use super::check::Check;
use super::checks::Checks;
use super::docs::doc_lines;
use super::names::{Name, Scope, Spelling};
use super::prose::code;
use super::rust_type::RustType;
use super::size::is_uneven;
use super::types::{DefinitionPlan, TypePlan};

/// A body, of a request or a response.
#[derive(Debug, Serialize)]
pub(crate) struct Payload {
    pub(crate) ty: RustType,
    /// The ways in which it is written; at least one.
    pub(crate) contents: Vec<Content>,
    /// The enum of these ways, if they are not all the same to whoever passes the body on.
    pub(crate) choice: Option<Choice>,
}

/// An enum with a variant for each way to write a body (Q14, R19).
#[derive(Debug, Serialize)]
pub(crate) struct Choice {
    pub(crate) name: Name,
    pub(crate) docs: Vec<String>,
    pub(crate) traits: Traits,
    /// Whether one variant is much larger than the others.
    pub(crate) uneven: bool,
}

/// One way in which a body is written.
#[derive(Debug, Serialize)]
pub(crate) struct Content {
    pub(crate) codec: Codec,
    /// What is sent as its `Content-Type`.
    pub(crate) sent: String,
    /// The media types that it goes by.
    pub(crate) media_types: Vec<String>,
    pub(crate) ty: RustType,
    /// What the server checks.
    pub(crate) checks: Vec<Check>,
    /// The styles of the fields of a form that have one of their own.
    pub(crate) styles: Vec<(String, Style)>,
    /// The media types that the document names for some of the parts.
    pub(crate) part_types: Vec<(String, String)>,
    /// Its variant, if there is an enum of them.
    pub(crate) variant: Option<Variant>,
}

/// The variant for one way to write a body.
#[derive(Debug, Serialize)]
pub(crate) struct Variant {
    pub(crate) name: Name,
    pub(crate) docs: Vec<String>,
    /// Whether no other variant holds the same type, so that it can be made of one.
    pub(crate) is_unique: bool,
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Codec {
    Json,
    Text,
    Form,
    /// Parts that serde writes and reads.
    Multipart,
    /// Parts with files among them.
    Upload,
    Bytes,
    Events(EventShape),
    JsonItems(JsonFraming),
}

impl Codec {
    /// Whether who writes it only looks at the value, and does not take it.
    pub(crate) fn borrows(self) -> bool {
        matches!(self, Self::Json | Self::Form | Self::Multipart)
    }

    /// Whether it is a stream of values.
    pub(crate) fn is_stream(self) -> bool {
        matches!(self, Self::Events(_) | Self::JsonItems(_))
    }

    /// What tells it from the others.
    fn label(self) -> &'static str {
        match self {
            Self::Json => "Json",
            Self::Text => "Text",
            Self::Form => "Form",
            Self::Multipart | Self::Upload => "Multipart",
            Self::Bytes => "Bytes",
            Self::Events(_) => "Events",
            Self::JsonItems(_) => "Items",
        }
    }
}

/// What the bodies of an operation are planned with.
pub(super) struct Payloads<'p> {
    pub(super) types: &'p [TypePlan],
    pub(super) checks: &'p Checks<'p>,
    /// The names of enums.
    pub(super) names: &'p mut Scope,
    /// The words of the operation, and what it is called.
    pub(super) words: &'p [String],
    pub(super) id: &'p str,
}

impl Payloads<'_> {
    /// The body that is written in one of these ways, if there is any. An enum of them is named after
    /// the operation and these words.
    pub(super) fn plan(&mut self, contents: &[api::Content], word: &str) -> Option<Payload> {
        let mut contents = self.merged(contents);
        let first = contents.first()?.ty.clone();
        let codecs: Vec<Codec> = contents.iter().map(|it| it.codec).collect();
        let is_repeated = |codec: &Codec| codecs.iter().filter(|it| *it == codec).count() > 1;
        let is_one = contents.iter().all(|it| it.ty == first) && !codecs.iter().any(is_repeated);
        if contents.len() == 1 || is_one {
            return Some(Payload {
                ty: first,
                contents,
                choice: None,
            });
        }
        let tys: Vec<RustType> = contents.iter().map(|it| it.ty.clone()).collect();
        let mut variants = Scope::default();
        for content in &mut contents {
            let label = match content.codec {
                codec if is_repeated(&codec) => subtype(&content.media_types).to_owned(),
                codec => codec.label().to_owned(),
            };
            let media_types: Vec<String> = content.media_types.iter().map(|it| code(it)).collect();
            content.variant = Some(Variant {
                name: variants.name(&label, Spelling::Pascal, "Content"),
                docs: doc_lines(&media_types.join(", ")),
                is_unique: tys.iter().filter(|ty| **ty == content.ty).count() == 1,
            });
        }
        let words = [self.words, &[word.to_owned()]].concat();
        let name = self.names.words(&words, Spelling::Pascal, "Body");
        let sizes: Vec<Vec<&RustType>> = tys.iter().map(|ty| vec![ty]).collect();
        let choice = Choice {
            name: name.clone(),
            docs: doc_lines(&format!(
                "The kinds of bodies that {} knows.",
                code(self.id)
            )),
            traits: traits(tys.iter(), self.types),
            uneven: is_uneven(self.types, &sizes),
        };
        Some(Payload {
            ty: RustType::Choice(name, tys),
            contents,
            choice: Some(choice),
        })
    }

    /// The ways to write a body; JSON and bytes of several media types are one way (Q4).
    fn merged(&self, contents: &[api::Content]) -> Vec<Content> {
        let mut merged: Vec<Content> = Vec::new();
        for content in contents {
            let planned = self.content(content);
            let same = |it: &&mut Content| it.codec == planned.codec && it.ty == planned.ty;
            let known = merged.iter_mut().find(same);
            match known.filter(|it| it.codec != Codec::Text) {
                Some(known) => known.media_types.extend(planned.media_types),
                None => merged.push(planned),
            }
        }
        merged
    }

    fn content(&self, content: &api::Content) -> Content {
        let (codec, ty) = match &content.codec {
            api::Codec::Json(ty) => (Codec::Json, RustType::of(ty)),
            api::Codec::Text(ty) => (Codec::Text, RustType::of(ty)),
            api::Codec::Form(ty, _) => (Codec::Form, RustType::of(ty)),
            api::Codec::Multipart(ty, _) if self.has_files(ty) => {
                (Codec::Upload, RustType::Form(Box::new(RustType::of(ty))))
            }
            api::Codec::Multipart(ty, _) => (Codec::Multipart, RustType::of(ty)),
            api::Codec::Bytes => (Codec::Bytes, RustType::Body),
            api::Codec::Events(ty, shape) => {
                let items = Box::new(RustType::of(ty));
                (Codec::Events(*shape), RustType::EventStream(items))
            }
            api::Codec::JsonItems(ty, framing) => {
                let items = Box::new(RustType::of(ty));
                (Codec::JsonItems(*framing), RustType::JsonStream(items))
            }
        };
        let checks = match &content.codec {
            api::Codec::Json(ty)
            | api::Codec::Text(ty)
            | api::Codec::Form(ty, _)
            | api::Codec::Multipart(ty, _) => self.checks.of(ty),
            // What is not there yet cannot be checked.
            api::Codec::Bytes | api::Codec::Events(..) | api::Codec::JsonItems(..) => Vec::new(),
        };
        Content {
            codec,
            sent: sent(&content.media_type, codec),
            media_types: vec![content.media_type.clone()],
            ty,
            checks,
            styles: match &content.codec {
                api::Codec::Form(_, styles) => styles.clone(),
                _ => Vec::new(),
            },
            part_types: match &content.codec {
                api::Codec::Multipart(_, types) => types.clone(),
                _ => Vec::new(),
            },
            variant: None,
        }
    }

    /// Whether a form holds files, or parts as they are.
    fn has_files(&self, form: &api::Type) -> bool {
        match form.kind {
            api::Kind::Array(_) => true,
            api::Kind::Named(id) => {
                matches!(self.types.get(id.0).map(|plan| &plan.definition),
                    Some(DefinitionPlan::Struct(plan)) if plan.role == api::Role::Form)
            }
            _ => false,
        }
    }
}

impl Payload {
    /// Whether a client hands it over, because it is a text, a stream or a choice, and does not lend it.
    pub(crate) fn is_owned(&self) -> bool {
        matches!(
            self.ty,
            RustType::String
                | RustType::Body
                | RustType::EventStream(_)
                | RustType::JsonStream(_)
                | RustType::Form(_)
                | RustType::Choice(..)
        )
    }

    /// All media types, in the order of the ways to write it.
    pub(crate) fn media_types(&self) -> impl Iterator<Item = &str> {
        let all = self.contents.iter().flat_map(|it| &it.media_types);
        all.map(String::as_str)
    }
}

/// What tells a media type from others of its kind.
fn subtype(media_types: &[String]) -> &str {
    let first = media_types.first().map_or("", String::as_str);
    let essence = first.split(';').next().unwrap_or_default();
    essence
        .split_once('/')
        .map_or(essence, |(_, subtype)| subtype)
}

/// What can be done with the values of an enum of bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Traits {
    /// `Debug` only: a stream can be read once, and that is all.
    Stream,
    /// `Clone` and `PartialEq` as well.
    Partial,
    /// And `Eq`.
    Full,
}

/// What can be done with values that hold any of these.
pub(super) fn traits<'t>(
    tys: impl Iterator<Item = &'t RustType> + Clone,
    types: &[TypePlan],
) -> Traits {
    // A file can be read once as well.
    let is_form = |ty: &RustType| matches!(ty, RustType::Form(_));
    let is_read_once = |ty: &RustType| is_streamed(ty) || ty.parts().into_iter().any(is_form);
    if tys.clone().any(is_read_once) {
        Traits::Stream
    } else if tys.clone().all(|ty| is_eq(ty, types)) {
        Traits::Full
    } else {
        Traits::Partial
    }
}

/// Whether a type is read bit by bit.
pub(super) fn is_streamed(ty: &RustType) -> bool {
    let is_stream = |ty: &RustType| {
        matches!(
            ty,
            RustType::Body | RustType::EventStream(_) | RustType::JsonStream(_)
        )
    };
    ty.parts().into_iter().any(is_stream)
}

/// Whether values of a type can be compared for full equality.
fn is_eq(ty: &RustType, types: &[TypePlan]) -> bool {
    ty.parts().into_iter().all(|part| match part {
        RustType::Value | RustType::JsonObject => false,
        RustType::Number(number) => !number.starts_with('f'),
        RustType::Named(id) => types.get(id.0).is_none_or(|plan| match &plan.definition {
            DefinitionPlan::Alias(_) => false,
            _ => plan.derives.contains(&"Eq"),
        }),
        _ => true,
    })
}

/// The `Content-Type` of what goes by a media type, which may have a star in it (Q11, Q12, R25).
pub(super) fn sent(media_type: &str, codec: Codec) -> String {
    let is_concrete = !media_type.contains('*');
    match codec {
        Codec::Form | Codec::Events(_) | Codec::JsonItems(_) => media_type.to_owned(),
        // The boundary is said behind it.
        Codec::Multipart | Codec::Upload => match media_type.split(';').next() {
            Some(essence) if is_concrete => essence.trim().to_owned(),
            _ => "multipart/form-data".to_owned(),
        },
        Codec::Json if is_concrete => media_type.to_owned(),
        Codec::Json => "application/json".to_owned(),
        Codec::Text if is_concrete && media_type.contains(';') => media_type.to_owned(),
        Codec::Text if is_concrete => format!("{media_type}; charset=utf-8"),
        Codec::Text => "text/plain; charset=utf-8".to_owned(),
        Codec::Bytes if is_concrete => media_type.to_owned(),
        Codec::Bytes => "application/octet-stream".to_owned(),
    }
}
