//! Taking forms apart as they arrive.

use bytes::{Bytes, BytesMut};

use super::super::body::Body;
use super::FilePart;
use super::header::{Head, parameters};

/// How many parts a form may have.
const MOST_PARTS: usize = 1_000;

/// How long the headers of a part may be.
const MOST_HEADERS: usize = 8 << 10;

/// The longest boundary (RFC 2046).
const LONGEST_BOUNDARY: usize = 70;

/// What comes next in a form.
pub enum Piece {
    /// A part with its name; what is in it follows.
    Part(Option<String>, FilePart),
    /// More of what is in the part.
    Data(Bytes),
    /// The end of the part.
    End,
}

/// What is expected next.
enum State {
    /// The first boundary, which may begin the body without a line end.
    Start,
    /// The first boundary behind something else, which means nothing.
    Preamble,
    /// What follows a boundary on its line.
    Boundary,
    /// The headers of a part.
    Headers,
    /// The first bytes of a part. One that is nothing but headers may end with the line end that
    /// follows them.
    Data,
    /// Further bytes.
    MoreData,
    /// Nothing that has a meaning.
    Over,
}

/// Cuts a body into its parts, wherever the pieces that it arrives in end. A piece is only copied if the one
/// before it broke off within a boundary, within headers, or where a boundary might have begun.
pub struct Scanner {
    /// A line end and the boundary.
    delimiter: Vec<u8>,
    rest: Bytes,
    is_whole: bool,
    state: State,
    parts: usize,
}

impl Scanner {
    /// For a body of this `Content-Type`.
    ///
    /// # Errors
    ///
    /// It does not say where its parts end.
    pub fn new(content_type: Option<&str>) -> Result<Self, &'static str> {
        let boundary = boundary(content_type.unwrap_or_default());
        let boundary = boundary.ok_or("the boundary of its parts is not said")?;
        Ok(Self {
            delimiter: format!("\r\n--{boundary}").into_bytes(),
            rest: Bytes::new(),
            is_whole: false,
            state: State::Start,
            parts: 0,
        })
    }

    /// Takes more of the body.
    pub fn feed(&mut self, bytes: Bytes) {
        if self.rest.is_empty() {
            self.rest = bytes;
            return;
        }
        let mut joined = BytesMut::with_capacity(self.rest.len() + bytes.len());
        joined.extend_from_slice(&self.rest);
        joined.extend_from_slice(&bytes);
        self.rest = joined.freeze();
    }

    /// There is no more of it.
    pub fn end(&mut self) {
        self.is_whole = true;
    }

    /// Whether nothing more comes, whatever follows in the body.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Over)
    }

    /// What comes next; nothing if that is not there yet, or if the form is over.
    ///
    /// # Errors
    ///
    /// It is not in parts, breaks off, or has too many of them.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, &'static str> {
        loop {
            let piece = match self.state {
                State::Start | State::Preamble => {
                    if !self.start() {
                        return self.wait("there are no parts in it");
                    }
                    continue;
                }
                State::Boundary => {
                    if !self.boundary()? {
                        return self.wait("it breaks off between two parts");
                    }
                    continue;
                }
                State::Headers => match self.headers()? {
                    Some(part) => part,
                    None => return self.wait("the headers of a part do not end"),
                },
                State::Data | State::MoreData => match self.data() {
                    Some(piece) => piece,
                    None => return self.wait("it breaks off within a part"),
                },
                State::Over => return Ok(None),
            };
            return Ok(Some(piece));
        }
    }

    fn wait(&self, problem: &'static str) -> Result<Option<Piece>, &'static str> {
        if self.is_whole {
            Err(problem)
        } else {
            Ok(None)
        }
    }

    /// Skips the first boundary, and what stands before it.
    fn start(&mut self) -> bool {
        let first = self.delimiter.get(2..).unwrap_or_default();
        if matches!(self.state, State::Start) {
            if self.rest.starts_with(first) {
                self.rest = self.rest.slice(first.len()..);
                self.state = State::Boundary;
                return true;
            }
            if first.starts_with(&self.rest) {
                return false;
            }
            self.state = State::Preamble;
        }
        let found = find(&self.rest, &self.delimiter);
        if let Some(at) = found {
            self.rest = self.rest.slice(at + self.delimiter.len()..);
            self.state = State::Boundary;
        } else {
            let kept = self.rest.len().min(self.delimiter.len());
            self.rest = self.rest.slice(self.rest.len() - kept..);
        }
        found.is_some()
    }

    /// Reads what follows a boundary: a line end before another part, or the sign that there is none.
    fn boundary(&mut self) -> Result<bool, &'static str> {
        let is_padding = |byte: &&u8| matches!(byte, b' ' | b'\t');
        let padding = self.rest.iter().take_while(is_padding).count();
        if padding == 0 && self.rest.starts_with(b"--") {
            self.state = State::Over;
            self.rest = Bytes::new();
            return Ok(true);
        }
        let line = self.rest.get(padding..).unwrap_or_default();
        if line.len() < 2 && padding <= MOST_HEADERS {
            return Ok(false);
        }
        if !line.starts_with(b"\r\n") {
            return Err("it breaks off between two parts");
        }
        if self.parts == MOST_PARTS {
            return Err("it has too many parts");
        }
        self.parts += 1;
        // The line end of the boundary is the first of the two that end the headers, if there are none.
        self.rest = self.rest.slice(padding..);
        self.state = State::Headers;
        Ok(true)
    }

    fn headers(&mut self) -> Result<Option<Piece>, &'static str> {
        let headers = self.rest.get(..MOST_HEADERS).unwrap_or(&self.rest);
        let Some(end) = find(headers, b"\r\n\r\n") else {
            let is_long = self.rest.len() >= MOST_HEADERS;
            return if is_long {
                Err("the headers of a part do not end")
            } else {
                Ok(None)
            };
        };
        let lines = self.rest.get(..end).unwrap_or_default();
        let head = std::str::from_utf8(lines).ok().and_then(Head::read);
        let head = head.ok_or("the headers of a part are not valid")?;
        self.rest = self.rest.slice(end + 2..);
        self.state = State::Data;
        let mut body = Body::empty();
        body.content_type = head.content_type.map(Into::into);
        let part = FilePart {
            filename: head.filename,
            headers: head.headers,
            body,
        };
        Ok(Some(Piece::Part(head.name, part)))
    }

    fn data(&mut self) -> Option<Piece> {
        if matches!(self.state, State::Data) && !self.rest.starts_with(&self.delimiter) {
            if !self.is_whole && self.rest.len() < self.delimiter.len() {
                return None;
            }
            self.rest = self.rest.slice(2.min(self.rest.len())..);
            self.state = State::MoreData;
        }
        let end = find(&self.rest, &self.delimiter);
        if end == Some(0) {
            self.rest = self.rest.slice(self.delimiter.len()..);
            self.state = State::Boundary;
            return Some(Piece::End);
        }
        let size = end.unwrap_or_else(|| self.rest.len() - begun(&self.rest, &self.delimiter));
        (size > 0).then(|| Piece::Data(self.rest.split_to(size)))
    }
}

/// The boundary that a `Content-Type` names.
fn boundary(content_type: &str) -> Option<String> {
    let mut parameters = parameters(content_type)?.into_iter();
    let (_, boundary) = parameters.find(|(key, _)| key == "boundary")?;
    let is_right = (1..=LONGEST_BOUNDARY).contains(&boundary.len())
        && boundary.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    is_right.then_some(boundary)
}

/// How many bytes at the end may be the beginning of a text that begins with a line end.
fn begun(bytes: &[u8], text: &[u8]) -> usize {
    let longest = bytes.len().min(text.len().saturating_sub(1));
    let mut sizes = (1..=longest).rev();
    let is_begun = |size: &usize| {
        bytes
            .get(bytes.len() - size..)
            .is_some_and(|it| text.starts_with(it))
    };
    sizes.find(is_begun).unwrap_or_default()
}

/// Where a text that begins with a line end comes first.
fn find(bytes: &[u8], text: &[u8]) -> Option<usize> {
    let mut ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\r');
    let (at, _) = ends.find(|(at, _)| bytes.get(*at..).is_some_and(|it| it.starts_with(text)))?;
    Some(at)
}
