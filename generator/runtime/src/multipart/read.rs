//! Reading forms.
//!
//! A form that is read as a value is taken apart once all of it is there. Its parts are slices of it, so
//! that nothing is held twice.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::super::body::Body;
use super::super::json::JsonError;
use super::super::media_type;
use super::super::param::{self, Node, ParamError, Style, Text};
use super::header::parameters;
use super::scan::{Piece, Scanner};
use super::{FilePart, Files, PartTypes, declared};

/// A part with its name.
type Named = (Option<String>, FilePart);

/// The parts of a form that no field has taken yet.
pub struct FormReader {
    types: PartTypes,
    parts: Vec<Named>,
}

impl FormReader {
    /// Takes a body apart.
    ///
    /// # Errors
    ///
    /// It is not in parts, breaks off, or has too many of them.
    pub fn new(
        types: PartTypes,
        content_type: Option<&str>,
        body: &Bytes,
    ) -> Result<Self, JsonError> {
        let parts = split(content_type, body).map_err(JsonError::of_text)?;
        Ok(Self { types, parts })
    }

    /// Takes one part for a whole form.
    pub fn of_part(types: PartTypes, name: &str, part: FilePart) -> Self {
        Self {
            types,
            parts: vec![(Some(name.to_owned()), part)],
        }
    }

    /// How many bytes the largest part has.
    pub fn largest(&self) -> u64 {
        let sizes = self.parts.iter().map(|(_, part)| {
            let size = http_body::Body::size_hint(&part.body);
            size.lower()
        });
        sizes.max().unwrap_or_default()
    }

    /// Reads a field. Each of its parts is JSON if it says so; else it is a text, which stands for what
    /// the type says.
    ///
    /// # Errors
    ///
    /// It is missing, there more than once, or does not fit its type.
    pub fn value<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, JsonError> {
        let nodes: Result<Vec<Node>, ParamError> = self.take(name).into_iter().map(node).collect();
        let value = nodes.and_then(|nodes| param::read(name, Style::FORM, &Text::Nodes(nodes)));
        value.map_err(|error| JsonError::at(name, error.to_string()))
    }

    /// Reads a field of files.
    ///
    /// # Errors
    ///
    /// They are missing, more than the field can hold, or of a media type that is not declared.
    pub fn files<F: Files>(&mut self, name: &str) -> Result<F, JsonError> {
        let files = self.take(name);
        let declared = declared(self.types, name).unwrap_or_else(|| vec!["*/*"]);
        let mut said = files.iter().filter_map(FilePart::content_type);
        if said.any(|said| media_type::position(&declared, said).is_none()) {
            return Err(JsonError::at(name, "its media type is not declared"));
        }
        F::of_files(files).map_err(|problem| JsonError::at(name, problem))
    }

    /// Reads a value of which each field is one of the form.
    ///
    /// # Errors
    ///
    /// A field is missing, or does not fit its type.
    pub fn fields<T: DeserializeOwned>(&mut self) -> Result<T, JsonError> {
        let mut fields: Vec<(String, Vec<Node>)> = Vec::new();
        for (name, part) in self.take_all() {
            let Some(name) = name else { continue };
            let node = node(part).map_err(|error| JsonError::at(&name, error.to_string()))?;
            match fields.iter_mut().find(|(known, _)| *known == name) {
                Some((_, nodes)) => nodes.push(node),
                None => fields.push((name, vec![node])),
            }
        }
        let fields = fields.into_iter();
        let fields: Vec<_> = fields.map(|(name, it)| (name, Text::Nodes(it))).collect();
        param::read_fields(&fields).map_err(|error| JsonError::of_text(error.to_string()))
    }

    fn take(&mut self, name: &str) -> Vec<FilePart> {
        let parts = self.take_all().into_iter();
        let (taken, rest) = parts.partition(|(known, _)| known.as_deref() == Some(name));
        self.parts = rest;
        let taken: Vec<Named> = taken;
        taken.into_iter().map(|(_, part)| part).collect()
    }

    /// All parts, with their names.
    pub(super) fn take_all(&mut self) -> Vec<Named> {
        std::mem::take(&mut self.parts)
    }
}

/// A part as a value.
fn node(part: FilePart) -> Result<Node, ParamError> {
    let is_json = part.content_type().is_some_and(media_type::is_json);
    let parameters = part.content_type().and_then(parameters);
    let mut parameters = parameters.unwrap_or_default().into_iter();
    let charset = parameters.find(|(key, _)| key == "charset");
    let is_read = |charset: &str| {
        let mut known = ["utf-8", "us-ascii"].into_iter();
        known.any(|known| known.eq_ignore_ascii_case(charset))
    };
    let not_utf8 = || ParamError::new("it is not UTF-8");
    if charset.is_some_and(|(_, charset)| !is_read(&charset)) {
        return Err(not_utf8());
    }
    let bytes = part.body.try_into_bytes().unwrap_or_default();
    if is_json {
        let json: Result<serde_json::Value, _> = serde_json::from_slice(&bytes);
        let not_json = |_| ParamError::new("it is not JSON");
        return json.map(Node::from).map_err(not_json);
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| not_utf8())?;
    Ok(Node::Bare(text.to_owned()))
}

/// The parts of a whole body.
fn split(content_type: Option<&str>, body: &Bytes) -> Result<Vec<Named>, &'static str> {
    let mut scanner = Scanner::new(content_type)?;
    scanner.feed(body.clone());
    scanner.end();
    let mut parts: Vec<Named> = Vec::new();
    while let Some(piece) = scanner.next_piece()? {
        match (piece, parts.last_mut()) {
            (Piece::Part(name, part), _) => parts.push((name, part)),
            (Piece::Data(bytes), Some((_, part))) => {
                // What is there as a whole is cut nowhere but between its parts.
                let content_type = part.body.content_type.take();
                part.body = Body::from(bytes);
                part.body.content_type = content_type;
            }
            (Piece::Data(_) | Piece::End, _) => {}
        }
    }
    Ok(parts)
}
