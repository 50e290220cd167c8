//! Streams of values: server-sent events, JSON lines, and JSON text sequences.

mod events;
mod json;

use std::fmt;
use std::task::{Context, Poll, ready};

use http_body::{Body as _, Frame};

use super::body::{Body, BodyError};
use super::json::JsonError;

pub use self::events::{EventShape, EventStream, ServerEvent};
pub use self::json::{JsonFraming, JsonStream};

/// How many bytes one value may have.
const MOST_BYTES: usize = 16 << 20;

/// Why a stream has no next value to give.
#[derive(Debug)]
pub enum StreamError {
    /// The body broke off, so nothing more comes.
    Body(BodyError),
    /// A value does not fit the document. The stream goes on with the next one.
    Value(JsonError),
    /// A value has more than 16 MiB, and nothing more is read.
    TooLarge,
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Body(_) => "the stream broke off",
            Self::Value(_) => "a value of the stream does not fit the document",
            Self::TooLarge => "a value of the stream is too large",
        })
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Body(error) => Some(error),
            Self::Value(error) => Some(error),
            Self::TooLarge => None,
        }
    }
}

/// Cuts bytes into records, wherever the pieces that they arrive in end.
trait Decoder {
    type Record;

    fn feed(&mut self, bytes: &[u8]);

    /// There are no more bytes.
    fn end(&mut self);

    fn next(&mut self) -> Option<Self::Record>;

    /// How many bytes wait for the end of their record.
    fn held(&self) -> usize;
}

/// A body that is cut into records.
struct Received<D> {
    body: Body,
    decoder: D,
    is_over: bool,
}

impl<D: Decoder> Received<D> {
    fn new(body: Body, decoder: D) -> Self {
        Self {
            body,
            decoder,
            is_over: false,
        }
    }

    fn poll_record(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<D::Record, StreamError>>> {
        loop {
            if let Some(record) = self.decoder.next() {
                return Poll::Ready(Some(Ok(record)));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            let frame = ready!(std::pin::Pin::new(&mut self.body).poll_frame(cx));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(data))) => {
                    self.decoder.feed(&data);
                    if self.decoder.held() > MOST_BYTES {
                        self.stop();
                        return Poll::Ready(Some(Err(StreamError::TooLarge)));
                    }
                }
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => {
                    self.stop();
                    return Poll::Ready(Some(Err(StreamError::Body(error.into()))));
                }
                None => {
                    self.stop();
                    self.decoder.end();
                }
            }
        }
    }

    /// Nothing more is read, which closes the connection.
    fn stop(&mut self) {
        self.is_over = true;
        self.body = Body::empty();
    }
}
