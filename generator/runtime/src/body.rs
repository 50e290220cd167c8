//! The body of a request or a response, on both ends.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;

/// Any error.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The body of a request or a response: nothing, bytes in memory, or a stream of bytes.
///
/// It is read bit by bit as an [`http_body::Body`], or as a whole with [`Self::bytes`].
#[derive(Default)]
pub struct Body {
    kind: Kind,
    pub(crate) content_type: Option<Box<str>>,
}

enum Kind {
    Full(Bytes),
    /// A lock that is hardly ever taken makes it `Sync`, which transports and errors want to be.
    Stream(Mutex<Stream>),
}

type Stream = Pin<Box<dyn http_body::Body<Data = Bytes, Error = BoxError> + Send>>;

fn lock(stream: &Mutex<Stream>) -> MutexGuard<'_, Stream> {
    stream.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Default for Kind {
    fn default() -> Self {
        Self::Full(Bytes::new())
    }
}

impl Body {
    /// No bytes at all.
    pub fn empty() -> Self {
        Self::default()
    }

    /// A body that arrives bit by bit.
    pub fn stream<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let stream: Stream = Box::pin(body.map_err(Into::into));
        Self {
            kind: Kind::Stream(Mutex::new(stream)),
            content_type: None,
        }
    }

    /// Says what the bytes are, where the document leaves that open.
    pub fn with_content_type(mut self, media_type: impl Into<Box<str>>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// What the bytes are: the `Content-Type` of a body that was received, or what
    /// [`Self::with_content_type`] says.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Reads the whole body, however large it is; see [`Self::bytes_up_to`].
    ///
    /// # Errors
    ///
    /// The body breaks off.
    pub async fn bytes(self) -> Result<Bytes, BodyError> {
        self.bytes_up_to(usize::MAX).await
    }

    /// Reads the whole body if it has at most so many bytes.
    ///
    /// # Errors
    ///
    /// The body breaks off, or is larger.
    pub async fn bytes_up_to(self, limit: usize) -> Result<Bytes, BodyError> {
        match self.read(limit).await {
            Ok((bytes, true)) => Ok(bytes),
            Ok((_, false)) => Err(BodyError { source: None }),
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes, if they are all in memory.
    ///
    /// # Errors
    ///
    /// The body itself, if it is a stream.
    pub fn try_into_bytes(self) -> Result<Bytes, Self> {
        match self.kind {
            Kind::Full(bytes) => Ok(bytes),
            Kind::Stream(_) => Err(self),
        }
    }

    /// The same bytes once more; nothing if the body is a stream.
    pub fn try_clone(&self) -> Option<Self> {
        let Kind::Full(bytes) = &self.kind else {
            return None;
        };
        Some(Self {
            kind: Kind::Full(bytes.clone()),
            content_type: self.content_type.clone(),
        })
    }

    /// Reads at most so many bytes, and tells whether that was all.
    pub(crate) async fn read(mut self, limit: usize) -> Result<(Bytes, bool), BoxError> {
        if let Kind::Full(bytes) = &self.kind {
            return Ok((bytes.slice(..bytes.len().min(limit)), bytes.len() <= limit));
        }
        // What is announced is there at once, and no piece is moved twice.
        let announced = http_body::Body::size_hint(&self).lower();
        let announced = usize::try_from(announced).unwrap_or(limit);
        let mut read = Vec::with_capacity(announced.min(limit));
        while let Some(frame) = self.frame().await {
            let Ok(data) = frame?.into_data() else {
                continue;
            };
            let room = limit - read.len();
            read.extend_from_slice(&data[..data.len().min(room)]);
            if data.len() > room {
                return Ok((read.into(), false));
            }
        }
        Ok((read.into(), true))
    }
}

impl<B: Into<Bytes>> From<B> for Body {
    fn from(bytes: B) -> Self {
        Self {
            kind: Kind::Full(bytes.into()),
            content_type: None,
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.kind {
            Kind::Full(bytes) if bytes.is_empty() => Poll::Ready(None),
            Kind::Full(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Kind::Stream(stream) => {
                let stream = stream.get_mut().unwrap_or_else(PoisonError::into_inner);
                stream.as_mut().poll_frame(cx)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Full(bytes) => bytes.is_empty(),
            Kind::Stream(stream) => lock(stream).is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Stream(stream) => lock(stream).size_hint(),
        }
    }
}

/// Says how long the body is, never what is in it.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Full(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Kind::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

/// A body that cannot be read to its end.
#[derive(Debug)]
pub struct BodyError {
    /// None if the body is too large.
    source: Option<BoxError>,
}

impl From<BoxError> for BodyError {
    fn from(error: BoxError) -> Self {
        Self {
            source: Some(error),
        }
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.source {
            Some(_) => "the body broke off",
            None => "the body is too large",
        })
    }
}

impl std::error::Error for BodyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
