//! Bodies of several parts: `multipart/form-data` and its kin (RFC 2046, RFC 7578).
//!
//! A form is written part by part and read from all of its parts. What a part of a value looks like
//! depends on the value: a text, a number and a boolean stand as they are, anything else is JSON, and a
//! list is a part for each of its items.

mod header;
mod read;
mod scan;
mod write;

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use super::body::{Body, BodyError};

pub use super::json::JsonError;

pub use self::read::FormReader;
pub use self::scan::{Piece, Scanner};
pub use self::write::FormWriter;

/// The media types that the document names for some of the fields, separated by commas.
pub type PartTypes = &'static [(&'static str, &'static str)];

/// A form that holds files. Its other fields are read and written through serde.
pub trait Form: Sized {
    /// Writes the fields in their order.
    fn write(self, form: &mut FormWriter);

    /// Reads the fields, in whatever order their parts came.
    ///
    /// # Errors
    ///
    /// A part is missing, there more than once, or does not fit its field.
    fn read(form: &mut FormReader) -> Result<Self, JsonError>;
}

/// The fields as they come, each a name with its part.
impl Form for Vec<(String, FilePart)> {
    fn write(self, form: &mut FormWriter) {
        for (name, part) in self {
            form.part(Some(&name), part);
        }
    }

    fn read(form: &mut FormReader) -> Result<Self, JsonError> {
        let parts = form.take_all().into_iter();
        let named = parts.map(|(name, part)| Some((name?, part)));
        let named: Option<Self> = named.collect();
        named.ok_or_else(|| JsonError::of_text("a part has no name"))
    }
}

/// Parts without names, in their order.
impl Form for Vec<FilePart> {
    fn write(self, form: &mut FormWriter) {
        for part in self {
            form.part(None, part);
        }
    }

    fn read(form: &mut FormReader) -> Result<Self, JsonError> {
        let parts = form.take_all().into_iter();
        Ok(parts.map(|(_, part)| part).collect())
    }
}

/// A file, or anything else that stands in a part as it is.
#[derive(Default)]
pub struct FilePart {
    /// What the file is called. It is whatever the sender says: a name, and never a path to be trusted.
    pub filename: Option<String>,
    /// The headers of the part, without those that say what the other fields say.
    pub headers: HeaderMap,
    /// What is in it, which also says of which media type it is.
    pub body: Body,
}

impl FilePart {
    /// A part with these bytes, or with this stream of them, and no file name.
    pub fn new(body: impl Into<Body>) -> Self {
        Self {
            body: body.into(),
            ..Self::default()
        }
    }

    /// Says what the file is called.
    pub fn with_filename(mut self, filename: impl Into<String>) -> Self {
        self.filename = Some(filename.into());
        self
    }

    /// Says of which media type it is.
    pub fn with_content_type(mut self, media_type: impl Into<Box<str>>) -> Self {
        self.body = self.body.with_content_type(media_type);
        self
    }

    /// Of which media type it is, if that is said.
    pub fn content_type(&self) -> Option<&str> {
        self.body.content_type()
    }

    /// What is in it.
    ///
    /// # Errors
    ///
    /// It breaks off, which what a server has received does not.
    pub async fn bytes(self) -> Result<Bytes, BodyError> {
        self.body.bytes().await
    }
}

impl<B: Into<Body>> From<B> for FilePart {
    fn from(body: B) -> Self {
        Self::new(body)
    }
}

/// Says how long it is, never what it is called or what is in it.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// What a field of files holds: one, one or none, or any number.
pub trait Files: Sized {
    /// The files in their order.
    fn into_files(self) -> Vec<FilePart>;

    /// The field that holds these files.
    ///
    /// # Errors
    ///
    /// The field cannot hold so many.
    fn of_files(files: Vec<FilePart>) -> Result<Self, &'static str>;
}

impl Files for FilePart {
    fn into_files(self) -> Vec<FilePart> {
        vec![self]
    }

    fn of_files(mut files: Vec<FilePart>) -> Result<Self, &'static str> {
        match (files.pop(), files.is_empty()) {
            (Some(file), true) => Ok(file),
            (Some(_), false) => Err("it is there more than once"),
            (None, _) => Err("it is missing"),
        }
    }
}

impl Files for Vec<FilePart> {
    fn into_files(self) -> Vec<FilePart> {
        self
    }

    fn of_files(files: Vec<FilePart>) -> Result<Self, &'static str> {
        Ok(files)
    }
}

impl<F: Files> Files for Option<F> {
    fn into_files(self) -> Vec<FilePart> {
        self.map_or_else(Vec::new, F::into_files)
    }

    fn of_files(files: Vec<FilePart>) -> Result<Self, &'static str> {
        if files.is_empty() {
            return Ok(None);
        }
        F::of_files(files).map(Some)
    }
}

/// What the document names for a field.
fn declared(types: PartTypes, name: &str) -> Option<Vec<&'static str>> {
    let (_, types) = types.iter().find(|(known, _)| *known == name)?;
    Some(types.split(',').map(str::trim).collect())
}
