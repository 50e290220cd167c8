//! Events out of bytes.

use std::collections::VecDeque;
use std::time::Duration;

use super::super::Decoder;

/// An event as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawEvent {
    pub(super) event: Option<String>,
    pub(super) data: String,
    pub(super) id: Option<String>,
    pub(super) retry: Option<u64>,
    /// The id to come back with once it was given out: its own, or what followed it without data.
    resume_at: Option<String>,
}

/// Reads events line by line. A line ends with CR, LF, or both; what is not UTF-8 is replaced.
#[derive(Debug, Default)]
pub(super) struct EventDecoder {
    line: Vec<u8>,
    /// Whether the last byte was a CR, so that an LF belongs to it.
    is_after_cr: bool,
    is_begun: bool,
    event: Option<String>,
    /// The data so far, if there is any.
    data: Option<String>,
    id: Option<String>,
    retry: Option<u64>,
    /// The latest that any event said.
    last_retry: Option<u64>,
    events: VecDeque<RawEvent>,
    /// The id of the last event that was given out.
    last_event_id: Option<String>,
}

impl EventDecoder {
    pub(super) fn last_event_id(&self) -> Option<&str> {
        self.last_event_id.as_deref()
    }

    pub(super) fn retry(&self) -> Option<Duration> {
        self.last_retry.map(Duration::from_millis)
    }

    /// Drops the events that were not given out.
    pub(super) fn drop_rest(&mut self) {
        self.events.clear();
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let mut line = String::from_utf8_lossy(&line);
        if !self.is_begun {
            self.is_begun = true;
            if let Some(rest) = line.strip_prefix('\u{feff}') {
                line = rest.to_owned().into();
            }
        }
        if line.is_empty() {
            self.end_event();
            return;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => self.event = Some(value.to_owned()).filter(|it| !it.is_empty()),
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok();
                self.last_retry = self.retry.or(self.last_retry);
            }
            // The rest is a comment, or unknown.
            _ => {}
        }
    }

    /// An event without data is none, but its id holds.
    fn end_event(&mut self) {
        let (event, retry) = (self.event.take(), self.retry.take());
        // The id holds until another one comes; an empty one takes it back.
        let id = self.id.clone().filter(|id| !id.is_empty());
        match (self.data.take(), self.events.back_mut()) {
            (Some(data), _) => self.events.push_back(RawEvent {
                event,
                data,
                resume_at: id.clone(),
                id,
                retry,
            }),
            (None, Some(before)) => before.resume_at = id,
            (None, None) => self.last_event_id = id,
        }
    }
}

impl Decoder for EventDecoder {
    type Record = RawEvent;

    fn feed(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            if std::mem::take(&mut self.is_after_cr) && *first == b'\n' {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let Some(end) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) else {
                self.line.extend_from_slice(rest);
                return;
            };
            let (line, others) = rest.split_at(end);
            self.line.extend_from_slice(line);
            self.is_after_cr = others.first() == Some(&b'\r');
            self.end_line();
            rest = others.get(1..).unwrap_or_default();
        }
    }

    /// What is not ended by an empty line is dropped.
    fn end(&mut self) {
        self.line.clear();
        self.data = None;
    }

    fn next(&mut self) -> Option<RawEvent> {
        let event = self.events.pop_front()?;
        self.last_event_id = event.resume_at.clone();
        Some(event)
    }

    fn held(&self) -> usize {
        self.line.len() + self.data.as_ref().map_or(0, String::len)
    }
}
