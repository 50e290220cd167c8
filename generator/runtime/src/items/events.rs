//! Server-sent events, as the HTML standard describes them.

mod decoder;

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use self::decoder::{EventDecoder, RawEvent};
use super::super::body::{Body, BoxError};
use super::super::json::{self, JsonError};
use super::super::stream::BoxStream;
use super::{Received, StreamError};

/// What the values of a stream of events are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventShape {
    /// The data of an event, as JSON. `[DONE]` ends the stream.
    Json,
    /// The data of an event, as a text.
    Text,
    /// An object of `event`, `data`, `id` and `retry`, where the data is a text.
    Whole,
    /// The same, where the data is JSON.
    WholeJson,
}

/// An event to send: a value, and what else an event may say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerEvent<T> {
    /// The value.
    pub data: T,
    /// What kind of event it is.
    pub event: Option<String>,
    /// What a client sends as `Last-Event-ID` when it comes back.
    pub id: Option<String>,
    /// How long a client waits before it comes back.
    pub retry: Option<Duration>,
}

impl<T> From<T> for ServerEvent<T> {
    fn from(data: T) -> Self {
        Self {
            data,
            event: None,
            id: None,
            retry: None,
        }
    }
}

/// A stream of events: one that is received, or one to send.
///
/// It does not connect again by itself; [`Self::last_event_id`] says where to go on.
pub struct EventStream<T> {
    source: Source<T>,
    ending: Option<&'static str>,
}

enum Source<T> {
    Received(
        Box<Received<EventDecoder>>,
        EventShape,
        fn(&str) -> Result<T, JsonError>,
    ),
    Made(BoxStream<ServerEvent<T>>),
}

impl<T> EventStream<T> {
    /// A stream of events with these values, to be sent.
    pub fn new<E: Into<ServerEvent<T>>>(values: impl Stream<Item = E> + Send + 'static) -> Self
    where
        T: 'static,
    {
        Self {
            source: Source::Made(Box::pin(Made {
                values: Box::pin(values),
                events: PhantomData,
            })),
            ending: None,
        }
    }

    /// Sends one more event with this text as its data at the end, such as `[DONE]`.
    pub fn ending_with(mut self, text: &'static str) -> Self {
        self.ending = Some(text);
        self
    }

    /// The events in a body.
    pub fn from_body(shape: EventShape, body: Body) -> Self
    where
        T: DeserializeOwned,
    {
        let received = Received::new(body, EventDecoder::default());
        Self {
            source: Source::Received(Box::new(received), shape, |text| {
                json::from_slice(text.as_bytes())
            }),
            ending: None,
        }
    }

    /// The body that carries the events. It breaks off at one that cannot be written.
    pub fn into_body(self, shape: EventShape) -> Body
    where
        T: Serialize + 'static,
    {
        Body::from_stream(Written {
            events: self,
            shape,
        })
    }

    /// The id of the last event that was received with one: where to go on after the stream breaks off.
    pub fn last_event_id(&self) -> Option<&str> {
        match &self.source {
            Source::Received(received, ..) => received.decoder.last_event_id(),
            Source::Made(_) => None,
        }
    }

    /// How long the server wants a client to wait before it comes back.
    pub fn retry(&self) -> Option<Duration> {
        match &self.source {
            Source::Received(received, ..) => received.decoder.retry(),
            Source::Made(_) => None,
        }
    }

    fn poll_event(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<ServerEvent<T>, StreamError>>> {
        let (received, shape, read) = match &mut self.source {
            Source::Made(events) => return events.as_mut().poll_next(cx).map(|it| it.map(Ok)),
            Source::Received(received, shape, read) => (received, *shape, *read),
        };
        let Some(raw) = ready!(received.poll_record(cx)) else {
            return Poll::Ready(None);
        };
        let raw = match raw {
            Ok(raw) if shape == EventShape::Json && raw.data.trim() == "[DONE]" => {
                received.stop();
                received.decoder.drop_rest();
                return Poll::Ready(None);
            }
            Ok(raw) => raw,
            Err(error) => return Poll::Ready(Some(Err(error))),
        };
        let event = match value(shape, &raw, read) {
            Ok(data) => Ok(ServerEvent {
                data,
                event: raw.event,
                id: raw.id,
                retry: None,
            }),
            Err(error) => Err(StreamError::Value(error)),
        };
        Poll::Ready(Some(event))
    }
}

/// What an event stands for, read from JSON.
fn value<T>(
    shape: EventShape,
    raw: &RawEvent,
    read: fn(&str) -> Result<T, JsonError>,
) -> Result<T, JsonError> {
    let data = || Value::from(raw.data.as_str());
    match shape {
        EventShape::Json => read(&raw.data),
        EventShape::Text => read(&data().to_string()),
        EventShape::Whole => read(&whole(raw, data())),
        EventShape::WholeJson => match serde_json::from_str(&raw.data) {
            Ok(parsed) => read(&whole(raw, parsed)).or_else(|_| read(&whole(raw, data()))),
            Err(_) => read(&whole(raw, data())),
        },
    }
}

/// An event as the JSON that the document describes.
fn whole(raw: &RawEvent, data: Value) -> String {
    let mut object = Map::new();
    if let Some(event) = &raw.event {
        object.insert("event".to_owned(), event.as_str().into());
    }
    object.insert("data".to_owned(), data);
    if let Some(id) = &raw.id {
        object.insert("id".to_owned(), id.as_str().into());
    }
    if let Some(retry) = raw.retry {
        object.insert("retry".to_owned(), retry.into());
    }
    Value::Object(object).to_string()
}

impl<T> Unpin for EventStream<T> {}

/// The values of the events.
impl<T> Stream for EventStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let event = ready!(self.poll_event(cx));
        Poll::Ready(event.map(|event| event.map(|event| event.data)))
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}

/// Values as the events that carry them.
struct Made<T, S> {
    values: Pin<Box<S>>,
    events: PhantomData<fn() -> T>,
}

impl<T, S> Stream for Made<T, S>
where
    S: Stream,
    S::Item: Into<ServerEvent<T>>,
{
    type Item = ServerEvent<T>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<ServerEvent<T>>> {
        let event = self.values.as_mut().poll_next(cx);
        event.map(|event| event.map(Into::into))
    }
}

struct Written<T> {
    events: EventStream<T>,
    shape: EventShape,
}

impl<T: Serialize> Stream for Written<T> {
    type Item = Result<String, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let shape = self.shape;
        let event = ready!(self.events.poll_event(cx));
        Poll::Ready(match event {
            Some(event) => Some(
                event
                    .map_err(Into::into)
                    .and_then(|event| write(&event, shape)),
            ),
            None => self.events.ending.take().map(|ending| {
                let mut text = String::new();
                fields(&mut text, None, None, None, ending);
                Ok(text)
            }),
        })
    }
}

/// The lines of an event.
fn write<T: Serialize>(event: &ServerEvent<T>, shape: EventShape) -> Result<String, BoxError> {
    let retry = event
        .retry
        .map(|it| u64::try_from(it.as_millis()).unwrap_or(u64::MAX));
    let (name, id) = (event.event.as_deref(), event.id.as_deref());
    let mut text = String::new();
    if shape == EventShape::Json {
        let data = serde_json::to_string(&event.data)?;
        fields(&mut text, name, id, retry, &data);
        return Ok(text);
    }
    let value = serde_json::to_value(&event.data)?;
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if shape == EventShape::Text {
        fields(&mut text, name, id, retry, &plain(&value));
        return Ok(text);
    }
    let part = |key: &str| value.get(key).filter(|it| !it.is_null());
    let name = part("event").map(plain).or(event.event.clone());
    let id = part("id").map(plain).or(event.id.clone());
    let retry = part("retry").and_then(Value::as_u64).or(retry);
    let data = part("data").map(plain).unwrap_or_default();
    fields(&mut text, name.as_deref(), id.as_deref(), retry, &data);
    Ok(text)
}

/// Writes the fields of an event, and the empty line that ends it. A line break in a name or an id would
/// make it another field, so it is a space.
fn fields(
    text: &mut String,
    event: Option<&str>,
    id: Option<&str>,
    retry: Option<u64>,
    data: &str,
) {
    let mut field = |name: &str, value: &str| {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(value);
        text.push('\n');
    };
    for (name, value) in [("event", event), ("id", id)] {
        if let Some(value) = value {
            field(name, &value.replace(['\r', '\n', '\0'], " "));
        }
    }
    if let Some(retry) = retry {
        field("retry", &retry.to_string());
    }
    for line in data.replace("\r\n", "\n").split(['\n', '\r']) {
        field("data", line);
    }
    text.push('\n');
}
