//! Reading forms.
//!
//! A form is taken apart once all of it is there. Its parts are slices of it, so that nothing is held
//! twice, and the work is the same in whatever pieces it arrived.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::super::body::Body;
use super::super::json::JsonError;
use super::super::media_type;
use super::super::param::{self, Node, ParamError, Style, Text};
use super::header::{Head, parameters};
use super::{FilePart, Files, PartTypes, declared};

/// How many parts a form may have.
const MOST_PARTS: usize = 1_000;

/// How long the headers of a part may be.
const MOST_HEADERS: usize = 8 << 10;

/// The longest boundary (RFC 2046).
const LONGEST_BOUNDARY: usize = 70;

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
        let boundary = boundary(content_type.unwrap_or_default());
        let parts = boundary.ok_or("the boundary of its parts is not said");
        let parts = parts.and_then(|boundary| split(body, &boundary));
        let parts = parts.map_err(JsonError::of_text)?;
        Ok(Self { types, parts })
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
        let declared = declared(self.types, name).unwrap_or_else(|| vec!["*/*"]);
        let files = self.take(name);
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

/// The boundary that a `Content-Type` names.
fn boundary(content_type: &str) -> Option<String> {
    let mut parameters = parameters(content_type)?.into_iter();
    let (_, boundary) = parameters.find(|(key, _)| key == "boundary")?;
    let is_right = (1..=LONGEST_BOUNDARY).contains(&boundary.len())
        && boundary.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    is_right.then_some(boundary)
}

/// The parts between the boundaries. What stands before the first and behind the last means nothing.
fn split(body: &Bytes, boundary: &str) -> Result<Vec<Named>, &'static str> {
    let delimiter = format!("\r\n--{boundary}");
    let (delimiter, first) = (delimiter.as_bytes(), &delimiter.as_bytes()[2..]);
    let mut at = match body.starts_with(first) {
        true => first.len(),
        false => find(body, 0, delimiter).ok_or("there are no parts in it")? + delimiter.len(),
    };
    let mut parts = Vec::new();
    loop {
        let rest = body.get(at..).unwrap_or_default();
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let is_padding = |byte: &&u8| matches!(byte, b' ' | b'\t');
        at += rest.iter().take_while(is_padding).count();
        if !starts_with(body, at, b"\r\n") {
            return Err("it breaks off between two parts");
        }
        if parts.len() == MOST_PARTS {
            return Err("it has too many parts");
        }
        // The line end of the boundary is the first of the two that end the headers, if there are none.
        let headers = body.get(..at + MOST_HEADERS).unwrap_or(&body[..]);
        let end = find(headers, at, b"\r\n\r\n").ok_or("the headers of a part do not end")?;
        let lines = body.get(at..end).unwrap_or_default();
        let head = std::str::from_utf8(lines).ok().and_then(Head::read);
        let head = head.ok_or("the headers of a part are not valid")?;
        // A part that is nothing but headers may end with the line end that follows them.
        let (start, from) = (end + 4, end + 2);
        let end = find(body, from, delimiter).ok_or("it breaks off within a part")?;
        parts.push(part(head, body.slice(start.min(end)..end)));
        at = end + delimiter.len();
    }
}

fn part(head: Head, bytes: Bytes) -> Named {
    let mut body = Body::from(bytes);
    body.content_type = head.content_type.map(Into::into);
    let part = FilePart {
        filename: head.filename,
        headers: head.headers,
        body,
    };
    (head.name, part)
}

fn starts_with(body: &[u8], at: usize, text: &[u8]) -> bool {
    body.get(at..).is_some_and(|rest| rest.starts_with(text))
}

/// Where a text that begins with a line end comes first from here on.
fn find(body: &[u8], from: usize, text: &[u8]) -> Option<usize> {
    let bytes = body.iter().enumerate().skip(from);
    let mut ends = bytes.filter(|(_, byte)| **byte == b'\r');
    let (at, _) = ends.find(|(at, _)| starts_with(body, *at, text))?;
    Some(at)
}
