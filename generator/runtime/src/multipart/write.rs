//! Writing forms.

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap};
use http_body::{Body as _, Frame, SizeHint};
use serde::Serialize;

use super::super::body::{Body, BoxError};
use super::super::media_type;
use super::super::param::{self, ParamError, Value};
use super::header::quote;
use super::{FilePart, Files, Form, PartTypes, declared};

/// Up to this size a form is one piece of memory, which can be sent a second time.
const MOST_IN_ONE_PIECE: u64 = 64 << 10;

/// A form in the making. The first thing that is wrong is kept until it is done.
pub struct FormWriter {
    types: PartTypes,
    boundary: String,
    pieces: VecDeque<Body>,
    problem: Option<ParamError>,
}

impl FormWriter {
    fn new(types: PartTypes) -> Self {
        // The keys of a hasher are random and nobody learns them, so that no content can foresee this.
        let random = || RandomState::new().build_hasher().finish();
        Self {
            types,
            boundary: format!("{:016x}{:016x}", random(), random()),
            pieces: VecDeque::new(),
            problem: None,
        }
    }

    /// A form with files as a body that says what it is. What is in the files is not copied.
    ///
    /// # Errors
    ///
    /// There is something in it that cannot be sent.
    pub fn form(media_type: &str, types: PartTypes, form: impl Form) -> Result<Body, ParamError> {
        let mut writer = Self::new(types);
        form.write(&mut writer);
        writer.finish(media_type)
    }

    /// A value without files as a body that says what it is.
    ///
    /// # Errors
    ///
    /// It has no fields, or one of them cannot be sent.
    pub fn fields(
        media_type: &str,
        types: PartTypes,
        value: &impl Serialize,
    ) -> Result<Body, ParamError> {
        let Value::Object(fields) = param::to_value(value)? else {
            return Err(ParamError::new("it has no fields"));
        };
        let mut writer = Self::new(types);
        for (name, value) in &fields {
            writer.values(name, value);
        }
        writer.finish(media_type)
    }

    /// Writes a field; one that is `None` writes nothing.
    pub fn value(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        match param::to_value(value) {
            Ok(value) => self.values(name, &value),
            Err(error) => self.wrong(name, &error.to_string()),
        }
    }

    fn values(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::List(items) if items.is_empty() => {
                self.wrong(name, "a form cannot say that a list is empty");
            }
            Value::List(items) => items.iter().for_each(|item| self.single(name, item)),
            value => self.single(name, value),
        }
    }

    fn single(&mut self, name: &str, value: &Value) {
        let declared = declared(self.types, name);
        let declared = declared.and_then(|types| types.into_iter().find(|it| !it.contains('*')));
        let is_text = matches!(value, Value::Bare(_) | Value::Text(_));
        let is_json = !is_text || declared.is_some_and(media_type::is_json);
        // A part that says nothing is a plain text (RFC 7578), and some servers take others for files.
        let media_type = declared.or((!is_text).then_some("application/json"));
        let text = if is_json { value.json() } else { value.text() };
        self.head(Some(name), None, media_type, &HeaderMap::new());
        self.pieces.push_back(Body::from(text));
    }

    /// Writes the files of a field.
    pub fn files(&mut self, name: &str, files: impl Files) {
        for file in files.into_files() {
            self.part(Some(name), file);
        }
    }

    /// Writes one part. It is of the media type that it says; of the one that the document names, if it
    /// says nothing.
    pub(super) fn part(&mut self, name: Option<&str>, part: FilePart) {
        let label = name.unwrap_or("a part");
        let declared = declared(self.types, name.unwrap_or_default());
        let is_open = |it: &[&str]| it.len() > 1 || it.iter().any(|it| it.contains('*'));
        if part.content_type().is_none() && declared.as_deref().is_some_and(is_open) {
            return self.wrong(label, "it does not say which of its media types it is");
        }
        let declared = declared.unwrap_or_else(|| vec!["*/*"]);
        let Some(media_type) = media_type::of_bytes(&declared, part.content_type()) else {
            return self.wrong(label, "it is of a media type that is not declared");
        };
        let is_said = |it| part.headers.contains_key(it);
        if is_said(CONTENT_DISPOSITION) || is_said(CONTENT_TYPE) {
            return self.wrong(label, "a header says what the part says itself");
        }
        let filename = part.filename.as_deref();
        self.head(name, filename, media_type.to_str().ok(), &part.headers);
        self.pieces.push_back(part.body);
    }

    fn head(
        &mut self,
        name: Option<&str>,
        filename: Option<&str>,
        media_type: Option<&str>,
        headers: &HeaderMap,
    ) {
        let kind = name.map_or("attachment", |_| "form-data");
        let mut disposition = format!("Content-Disposition: {kind}");
        for (key, value) in [("name", name), ("filename", filename)] {
            match value.map(quote) {
                None => {}
                Some(Some(value)) => disposition.push_str(&format!("; {key}={value}")),
                Some(None) => {
                    let problem = format!("its {key} cannot be sent");
                    return self.wrong(name.unwrap_or("a part"), &problem);
                }
            }
        }
        let start = if self.pieces.is_empty() { "" } else { "\r\n" };
        let mut head = format!("{start}--{}\r\n", self.boundary);
        if name.is_some() || filename.is_some() {
            head.push_str(&format!("{disposition}\r\n"));
        }
        if let Some(media_type) = media_type {
            head.push_str(&format!("Content-Type: {media_type}\r\n"));
        }
        let mut head = head.into_bytes();
        for (name, value) in headers {
            for piece in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
                head.extend_from_slice(piece);
            }
        }
        head.extend_from_slice(b"\r\n");
        self.pieces.push_back(Body::from(head));
    }

    fn finish(mut self, media_type: &str) -> Result<Body, ParamError> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let start = if self.pieces.is_empty() { "" } else { "\r\n" };
        let end = format!("{start}--{}--\r\n", self.boundary);
        self.pieces.push_back(Body::from(end));
        let chain = Chain(self.pieces);
        let size = chain.size_hint().exact();
        let body = match size.is_some_and(|size| size <= MOST_IN_ONE_PIECE) {
            true => chain.in_one_piece(),
            false => Body::stream(chain),
        };
        Ok(body.with_content_type(format!("{media_type}; boundary={}", self.boundary)))
    }

    fn wrong(&mut self, name: &str, problem: &str) {
        let problem = || ParamError::new(format!("`{}`: {problem}", name.escape_debug()));
        self.problem.get_or_insert_with(problem);
    }
}

/// Bodies one after the other.
struct Chain(VecDeque<Body>);

impl Chain {
    /// The same in one piece, if all are in memory.
    fn in_one_piece(mut self) -> Body {
        let mut whole = BytesMut::new();
        while let Some(piece) = self.0.pop_front() {
            match piece.try_into_bytes() {
                Ok(bytes) => whole.extend_from_slice(&bytes),
                Err(stream) => {
                    self.0.push_front(stream);
                    self.0.push_front(Body::from(whole.freeze()));
                    return Body::stream(self);
                }
            }
        }
        Body::from(whole.freeze())
    }
}

impl http_body::Body for Chain {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        while let Some(piece) = self.0.front_mut() {
            match ready!(Pin::new(piece).poll_frame(cx)) {
                // Trailers of a part have no place in a form.
                Some(Ok(frame)) if !frame.is_data() => {}
                Some(frame) => return Poll::Ready(Some(frame)),
                None => drop(self.0.pop_front()),
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        let hints = || self.0.iter().map(Body::size_hint);
        let mut whole = SizeHint::new();
        whole.set_lower(hints().fold(0, |sum, it| sum.saturating_add(it.lower())));
        if let Some(upper) = hints().try_fold(0_u64, |sum, it| sum.checked_add(it.upper()?)) {
            whole.set_upper(upper);
        }
        whole
    }
}
