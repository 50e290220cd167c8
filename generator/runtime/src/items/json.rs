//! JSON lines and JSON text sequences.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::body::{Body, BoxError};
use super::super::json;
use super::super::stream::BoxStream;
use super::super::strict::Strict;
use super::{Decoder, Received, StreamError};

/// How values of JSON follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonFraming {
    /// One per line.
    Lines,
    /// Each after a record separator, as RFC 7464 says.
    Sequence,
}

/// The character before each value of a sequence.
const RECORD_SEPARATOR: u8 = 0x1E;

/// A stream of values in JSON: one that is received, or one to send.
pub struct JsonStream<T> {
    source: Source<T>,
    /// What stood in one record.
    pending: VecDeque<Result<T, StreamError>>,
}

enum Source<T> {
    Received(
        Received<Delimited>,
        fn(&[u8], &mut VecDeque<Result<T, StreamError>>),
    ),
    Made(BoxStream<T>),
}

impl<T> JsonStream<T> {
    /// A stream of these values, to be sent.
    pub fn new(values: impl Stream<Item = T> + Send + 'static) -> Self {
        Self {
            source: Source::Made(Box::pin(values)),
            pending: VecDeque::new(),
        }
    }

    /// The values in a body.
    pub fn from_body(framing: JsonFraming, body: Body) -> Self
    where
        T: DeserializeOwned,
    {
        let delimiter = match framing {
            JsonFraming::Lines => b'\n',
            JsonFraming::Sequence => RECORD_SEPARATOR,
        };
        let received = Received::new(body, Delimited::new(delimiter));
        Self {
            source: Source::Received(received, read),
            pending: VecDeque::new(),
        }
    }

    /// The body that carries the values. It breaks off at one that cannot be written.
    pub fn into_body(self, framing: JsonFraming) -> Body
    where
        T: Serialize + Send + 'static,
    {
        Body::from_stream(Written {
            values: self,
            framing,
        })
    }
}

impl<T> Unpin for JsonStream<T> {}

impl<T> Stream for JsonStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(value) = this.pending.pop_front() {
                return Poll::Ready(Some(value));
            }
            match &mut this.source {
                Source::Made(values) => return values.as_mut().poll_next(cx).map(|it| it.map(Ok)),
                Source::Received(received, read) => match ready!(received.poll_record(cx)) {
                    Some(Ok(record)) => read(&record, &mut this.pending),
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => return Poll::Ready(None),
                },
            }
        }
    }
}

impl<T> fmt::Debug for JsonStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonStream")
    }
}

/// Reads the values of a record: one, or several that follow each other without anything between.
fn read<T: DeserializeOwned>(record: &[u8], into: &mut VecDeque<Result<T, StreamError>>) {
    let mut values = serde_json::Deserializer::from_slice(record).into_iter::<Strict<T>>();
    let mut start = 0;
    while let Some(value) = values.next() {
        match value {
            Ok(value) => into.push_back(Ok(value.into_inner())),
            Err(_) => {
                let rest = record.get(start..).unwrap_or_default();
                let error = json::from_slice::<T>(rest).err();
                into.extend(error.map(|error| Err(StreamError::Value(error))));
                return;
            }
        }
        start = values.byte_offset();
    }
}

/// Records that end at a byte.
struct Delimited {
    delimiter: u8,
    held: Vec<u8>,
    records: VecDeque<Vec<u8>>,
}

impl Delimited {
    fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            held: Vec::new(),
            records: VecDeque::new(),
        }
    }
}

impl Decoder for Delimited {
    type Record = Vec<u8>;

    fn feed(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| *byte == self.delimiter) {
            let (record, others) = rest.split_at(end);
            self.held.extend_from_slice(record);
            self.end();
            rest = others.get(1..).unwrap_or_default();
        }
        self.held.extend_from_slice(rest);
    }

    fn end(&mut self) {
        let record = std::mem::take(&mut self.held);
        if !record.trim_ascii().is_empty() {
            self.records.push_back(record);
        }
    }

    fn next(&mut self) -> Option<Vec<u8>> {
        self.records.pop_front()
    }

    fn held(&self) -> usize {
        self.held.len()
    }
}

struct Written<T> {
    values: JsonStream<T>,
    framing: JsonFraming,
}

impl<T: Serialize> Stream for Written<T> {
    type Item = Result<Vec<u8>, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let value = ready!(Pin::new(&mut self.values).poll_next(cx));
        let framing = self.framing;
        Poll::Ready(value.map(|value| {
            let mut text = match framing {
                JsonFraming::Lines => Vec::new(),
                JsonFraming::Sequence => vec![RECORD_SEPARATOR],
            };
            serde_json::to_writer(&mut text, &value?)?;
            text.push(b'\n');
            Ok(text)
        }))
    }
}
