//! Forms that a server reads part by part, so that none of it is held.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http_body::{Body as _, Frame};
use serde::de::DeserializeOwned;

use super::body::{Body, BodyError, BoxError};
use super::json::JsonError;
use super::multipart::{FilePart, FormReader, PartTypes, Piece, Scanner};
use super::server::{self, Incoming, Problem};

/// The parts of a form in the order in which they arrive (Q6, `multipart_stream`).
///
/// What is in a part is read from the connection when the handler asks for it, and what it does not ask for is
/// skipped. Whether all parts are there that the document requires is for the handler to see at the end.
pub struct PartStream {
    source: Arc<Mutex<Source>>,
    types: PartTypes,
    most_of_value: usize,
}

impl PartStream {
    /// The next part; nothing if there are no more.
    ///
    /// # Errors
    ///
    /// The body breaks off or is no form, or the part is of a media type that is not declared.
    pub async fn next(&mut self) -> Result<Option<Part>, PartError> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx))
            .await
            .transpose()
    }

    fn part(
        &self,
        name: Option<String>,
        mut file: FilePart,
        number: usize,
    ) -> Result<Part, PartError> {
        if let Some(name) = &name {
            file = FormReader::of_part(self.types, name, file).files(name)?;
        }
        let content_type = file.body.content_type.take();
        file.body = Body::stream(Content {
            source: Arc::clone(&self.source),
            number,
        });
        file.body.content_type = content_type;
        Ok(Part {
            name,
            file,
            most_of_value: self.most_of_value,
        })
    }
}

impl Stream for PartStream {
    type Item = Result<Part, PartError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut source = lock(&self.source);
        source.leave();
        loop {
            let piece = match ready!(source.poll(cx)) {
                Ok(Some(piece)) => piece,
                Ok(None) => return Poll::Ready(None),
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
            if let Piece::Part(name, file) = piece {
                source.number += 1;
                let number = source.number;
                drop(source);
                return Poll::Ready(Some(self.part(name, file, number)));
            }
        }
    }
}

impl fmt::Debug for PartStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PartStream").finish_non_exhaustive()
    }
}

/// One part of a form.
#[derive(Debug)]
pub struct Part {
    name: Option<String>,
    file: FilePart,
    most_of_value: usize,
}

impl Part {
    /// The field that it belongs to.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What it is called, its headers, and what is in it as a stream. That ends with an error when the next
    /// part is asked for.
    pub fn into_file(self) -> FilePart {
        self.file
    }

    /// What is in it as a value: JSON if it says so, else a text that stands for what the type says.
    ///
    /// # Errors
    ///
    /// It is larger than [`Settings::max_form_bytes`](server::Settings::max_form_bytes) allows for a part, breaks
    /// off, or does not fit.
    pub async fn value<T: DeserializeOwned>(self) -> Result<T, PartError> {
        let mut file = self.file;
        let content_type = file.body.content_type.take();
        let (bytes, is_all) = file.body.read(self.most_of_value).await?;
        if !is_all {
            return Err(PartError::TooLarge);
        }
        file.body = Body::from(bytes);
        file.body.content_type = content_type;
        let name = self.name.as_deref().unwrap_or(".");
        Ok(FormReader::of_part(&[], name, file).value(name)?)
    }
}

/// Why a part cannot be read. As a [`Problem`] it is 400, or 413 for a value that is too large.
#[derive(Debug)]
pub enum PartError {
    /// The body broke off, so nothing more comes.
    Body(BodyError),
    /// It is no form, or a part does not fit the document.
    Value(JsonError),
    /// A value is larger than the server takes.
    TooLarge,
}

impl fmt::Display for PartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Body(_) => "the form broke off",
            Self::Value(_) => "a part of the form does not fit the document",
            Self::TooLarge => "a part of the form is too large",
        })
    }
}

impl std::error::Error for PartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Body(error) => Some(error),
            Self::Value(error) => Some(error),
            Self::TooLarge => None,
        }
    }
}

impl From<JsonError> for PartError {
    fn from(error: JsonError) -> Self {
        Self::Value(error)
    }
}

impl From<BoxError> for PartError {
    fn from(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(known) => *known,
            Err(error) => Self::Body(error.into()),
        }
    }
}

impl From<PartError> for Problem {
    fn from(error: PartError) -> Self {
        match error {
            PartError::Body(_) => Self::bad_request("The body broke off."),
            PartError::Value(error) => server::invalid(&error),
            PartError::TooLarge => Self::payload_too_large(),
        }
    }
}

/// The form that all of its parts are read from.
struct Source {
    body: Body,
    scanner: Scanner,
    /// Which part is being read, counted from one.
    number: usize,
    /// Who waits for more of that part.
    reader: Option<Waker>,
    is_broken: bool,
}

impl Source {
    /// Whoever reads the part that there is now learns that it will not get the rest, and takes nothing more
    /// of what follows.
    fn leave(&mut self) {
        self.number += 1;
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Piece>, PartError>> {
        if self.is_broken {
            return Poll::Ready(Ok(None));
        }
        let piece = ready!(self.piece(cx));
        self.is_broken = piece.is_err();
        Poll::Ready(piece)
    }

    fn piece(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Piece>, PartError>> {
        loop {
            let piece = self
                .scanner
                .next_piece()
                .map_err(|problem| JsonError::at(".", problem))?;
            if piece.is_some() || self.scanner.is_over() {
                return Poll::Ready(Ok(piece));
            }
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(frame) => {
                    // Trailers are no data.
                    if let Ok(data) = frame?.into_data() {
                        self.scanner.feed(data);
                    }
                }
                None => self.scanner.end(),
            }
        }
    }
}

fn lock(source: &Mutex<Source>) -> MutexGuard<'_, Source> {
    source.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is in one part.
struct Content {
    source: Arc<Mutex<Source>>,
    number: usize,
}

impl http_body::Body for Content {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let mut source = lock(&self.source);
        if source.number != self.number {
            return Poll::Ready(Some(Err("the part was left for the next one".into())));
        }
        let Poll::Ready(piece) = source.poll(cx) else {
            source.reader = Some(cx.waker().clone());
            return Poll::Pending;
        };
        Poll::Ready(match piece {
            Ok(Some(Piece::Data(data))) => Some(Ok(Frame::data(data))),
            Ok(_) => {
                // What follows belongs to others.
                source.number += 1;
                None
            }
            Err(error) => Some(Err(error.into())),
        })
    }
}

impl Incoming {
    /// Reads a form part by part.
    ///
    /// # Errors
    ///
    /// 400 if it is missing, or if its head does not say where its parts end.
    pub fn part_stream(
        &self,
        types: PartTypes,
        body: axum::body::Body,
    ) -> Result<PartStream, Problem> {
        let body = self.bytes(body)?;
        let content_type = self.headers().get(CONTENT_TYPE);
        let scanner = Scanner::new(content_type.and_then(|value| value.to_str().ok()));
        let scanner = scanner.map_err(|problem| server::invalid(&JsonError::at(".", problem)))?;
        let (_, most_of_value) = self.form_limits();
        let source = Source {
            body,
            scanner,
            number: 0,
            reader: None,
            is_broken: false,
        };
        Ok(PartStream {
            source: Arc::new(Mutex::new(source)),
            types,
            most_of_value,
        })
    }
}
