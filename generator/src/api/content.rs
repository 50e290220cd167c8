//! Bodies: the ways in which one may be written.

use serde::Serialize;

use super::{Style, Type};

/// One of the ways in which a body may be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Content {
    /// The media type as the document names it, which may have a star in it.
    pub(crate) media_type: String,
    /// How values become bytes.
    pub(crate) codec: Codec,
}

/// How the values of a body become bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Codec {
    /// JSON.
    Json(Type),
    /// The value as a text without quotes: a string, a number, a boolean or an enum.
    Text(Type),
    /// A form, with the styles of the fields that have one of their own (Q5).
    Form(Type, Vec<(String, Style)>),
    /// A part for each field of a value, with the media types that the document names for some of them; or
    /// a list of parts as they are (Q6 to Q9).
    Multipart(Type, Vec<(String, String)>),
    /// The bytes as they are.
    Bytes,
    /// A stream of server-sent events (S1, S2).
    Events(Type, EventShape),
    /// A stream of values in JSON (S4, S5).
    JsonItems(Type, JsonFraming),
}

/// What of an event a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum EventShape {
    /// Its data, as JSON.
    Json,
    /// Its data, as a text.
    Text,
    /// All of it, with a text as its data.
    Whole,
    /// All of it, with JSON as its data.
    WholeJson,
}

/// How values of JSON follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum JsonFraming {
    /// One per line.
    Lines,
    /// Each after a record separator (RFC 7464).
    Sequence,
}

impl Content {
    /// The type of the values, or of each that a stream holds, unless they are bytes.
    pub(crate) fn ty(&self) -> Option<&Type> {
        match &self.codec {
            Codec::Json(ty)
            | Codec::Text(ty)
            | Codec::Form(ty, _)
            | Codec::Multipart(ty, _)
            | Codec::Events(ty, _)
            | Codec::JsonItems(ty, _) => Some(ty),
            Codec::Bytes => None,
        }
    }

    /// The same, to be changed.
    pub(crate) fn ty_mut(&mut self) -> Option<&mut Type> {
        match &mut self.codec {
            Codec::Json(ty)
            | Codec::Text(ty)
            | Codec::Form(ty, _)
            | Codec::Multipart(ty, _)
            | Codec::Events(ty, _)
            | Codec::JsonItems(ty, _) => Some(ty),
            Codec::Bytes => None,
        }
    }
}
