//! Bodies: the Rust type of one, and the ways in which it is written.

use serde::Serialize;

use crate::api;

use super::check::Check;
use super::checks::Checks;
use super::rust_type::RustType;

/// A body, of a request or a response.
#[derive(Debug, Serialize)]
pub(crate) struct Payload {
    pub(crate) ty: RustType,
    /// The ways in which it is written; at least one.
    pub(crate) contents: Vec<Content>,
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
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Codec {
    Json,
    Text,
    Bytes,
}

impl Payload {
    /// The body that is written in one of these ways, if there is any.
    pub(super) fn plan(contents: &[api::Content], checks: &Checks<'_>) -> Option<Self> {
        let contents: Vec<Content> = contents.iter().map(|it| content(it, checks)).collect();
        let ty = contents.first()?.ty.clone();
        Some(Self { ty, contents })
    }

    /// Whether a client hands it over, because it is a text or a stream, and does not lend it.
    pub(crate) fn is_owned(&self) -> bool {
        matches!(self.ty, RustType::String | RustType::Body)
    }
}

fn content(content: &api::Content, checks: &Checks<'_>) -> Content {
    let (codec, ty) = match &content.codec {
        api::Codec::Json(ty) => (Codec::Json, RustType::of(ty)),
        api::Codec::Text(ty) => (Codec::Text, RustType::of(ty)),
        api::Codec::Bytes => (Codec::Bytes, RustType::Body),
    };
    Content {
        codec,
        sent: sent(&content.media_type, codec),
        media_types: vec![content.media_type.clone()],
        ty,
        checks: content.ty().map_or_else(Vec::new, |ty| checks.of(ty)),
    }
}

/// The `Content-Type` of what goes by a media type, which may have a star in it (Q11, Q12, R25).
fn sent(media_type: &str, codec: Codec) -> String {
    let is_concrete = !media_type.contains('*');
    match codec {
        Codec::Json if is_concrete => media_type.to_owned(),
        Codec::Json => "application/json".to_owned(),
        Codec::Text if is_concrete && media_type.contains(';') => media_type.to_owned(),
        Codec::Text if is_concrete => format!("{media_type}; charset=utf-8"),
        Codec::Text => "text/plain; charset=utf-8".to_owned(),
        Codec::Bytes if is_concrete => media_type.to_owned(),
        Codec::Bytes => "application/octet-stream".to_owned(),
    }
}
