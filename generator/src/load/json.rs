//! JSON (RFC 8259) to tree: a scanner that keeps the place of every value.

mod string;

use std::borrow::Cow;

use super::build::{Builder, Input, Refusal, shown};
use super::limits::Limits;
use super::tree::{Tree, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Reads a text as JSON. The refusal is a [`Code::Syntax`] error if the text is not JSON.
pub(super) fn parse<'s>(
    diagnostics: &mut Diagnostics,
    input: Input<'s>,
    limits: &Limits,
) -> Result<Option<Tree<'s>>, Refusal> {
    let builder = Builder::new(diagnostics, limits);
    let mut scanner = Scanner {
        input,
        bytes: input.text.as_bytes(),
        at: 0,
        builder,
        open: Vec::new(),
    };
    scanner.document()?;
    Ok(scanner.builder.finish())
}

struct Scanner<'s, 'd> {
    input: Input<'s>,
    bytes: &'s [u8],
    at: usize,
    builder: Builder<'s, 'd>,
    /// The brackets that are open, with their places.
    open: Vec<(u8, usize)>,
}

impl<'s> Scanner<'s, '_> {
    fn document(&mut self) -> Result<(), Refusal> {
        self.skip_space();
        self.value()?;
        while let Some((bracket, _)) = self.open.last().copied() {
            self.skip_space();
            match (bracket, self.peek()) {
                (b'[', Some(b']')) | (b'{', Some(b'}')) => self.close()?,
                (_, Some(b',')) => {
                    self.at += 1;
                    self.skip_space();
                    match (bracket, self.peek()) {
                        (b'[', Some(b']')) => return Err(self.expected("an item behind the comma")),
                        (b'{', Some(b'}')) => return Err(self.expected("a key behind the comma")),
                        (b'[', _) => {}
                        _ => self.key()?,
                    }
                    self.value()?;
                }
                (b'[', _) => return Err(self.expected("`,` or `]`")),
                _ => return Err(self.expected("`,` or `}`")),
            }
        }
        self.skip_space();
        if self.at < self.bytes.len() {
            Err(self.expected("the end of the document"))
        } else {
            Ok(())
        }
    }

    /// Reads a key and the colon behind it.
    fn key(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.expected("a key in double quotes"));
        }
        let key = self.string()?;
        let span = self.span(start);
        self.builder.key(key, span)?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.expected("`:` behind the key"));
        }
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    /// Reads a scalar, or opens a collection and reads its first child.
    fn value(&mut self) -> Result<(), Refusal> {
        // A collection that opens with another one goes round here instead of recursing.
        loop {
            let start = self.at;
            let value = match self.peek() {
                Some(bracket @ (b'[' | b'{')) => {
                    self.at += 1;
                    let span = self.span(start);
                    self.open.push((bracket, start));
                    if bracket == b'[' {
                        self.builder.open_sequence(span)?;
                    } else {
                        self.builder.open_mapping(span)?;
                    }
                    if self.first_child(bracket)? {
                        continue;
                    }
                    return Ok(());
                }
                Some(b'"') => Value::String(self.string()?),
                Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
                Some(b't') if self.take_word("true") => Value::Bool(true),
                Some(b'f') if self.take_word("false") => Value::Bool(false),
                Some(b'n') if self.take_word("null") => Value::Null,
                _ => return Err(self.expected("a value")),
            };
            let span = self.span(start);
            self.builder.scalar(value, span)?;
            return Ok(());
        }
    }

    /// Goes to the first value of the collection that was just opened; `false` if it has none.
    fn first_child(&mut self, bracket: u8) -> Result<bool, Refusal> {
        self.skip_space();
        match (bracket, self.peek()) {
            (b'[', Some(b']')) | (b'{', Some(b'}')) => Ok(false),
            (b'[', _) => Ok(true),
            _ => self.key().map(|()| true),
        }
    }

    fn close(&mut self) -> Result<(), Refusal> {
        self.at += 1;
        self.open.pop();
        let end = self.span(self.at).end;
        self.builder.close(end)?;
        Ok(())
    }

    fn number(&mut self) -> Result<Cow<'s, str>, Refusal> {
        let start = self.at;
        self.take(|byte| byte == b'-');
        let whole = self.at;
        if self.take_digits() == 0 {
            return Err(self.expected("a digit"));
        }
        if self.at - whole > 1 && self.bytes.get(whole) == Some(&b'0') {
            let span = self.span(start);
            return Err(self.error("a number must not begin with 0 in JSON", span));
        }
        if self.take(|byte| byte == b'.') && self.take_digits() == 0 {
            return Err(self.expected("a digit behind the decimal point"));
        }
        if self.take(|byte| matches!(byte, b'e' | b'E')) {
            self.take(|byte| matches!(byte, b'-' | b'+'));
            if self.take_digits() == 0 {
                return Err(self.expected("a digit of the exponent"));
            }
        }
        Ok(Cow::Borrowed(self.slice(start, self.at)))
    }

    fn take_digits(&mut self) -> usize {
        let start = self.at;
        while self.take(|byte| byte.is_ascii_digit()) {}
        self.at - start
    }

    fn take(&mut self, is_wanted: impl Fn(u8) -> bool) -> bool {
        let found = self.peek().is_some_and(is_wanted);
        self.at += usize::from(found);
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let found = rest.starts_with(word.as_bytes());
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// A part of the text whose ends are known to lie between characters.
    fn slice(&self, start: usize, end: usize) -> &'s str {
        self.input.text.get(start..end).unwrap_or("")
    }

    fn span(&self, start: usize) -> Span {
        self.input.span(start, self.at)
    }

    /// The refusal of what stands here.
    fn expected(&self, what: &str) -> Refusal {
        let rest = self.input.text.get(self.at..).unwrap_or("");
        let Some(found) = rest.chars().next() else {
            let here = self.input.span(self.at, self.at);
            let mut refusal = self.error(
                &format!("expected {what}, found the end of the document"),
                here,
            );
            if let Some((bracket, at)) = self.open.last() {
                let opened = format!("this `{}` is not closed", char::from(*bracket));
                refusal
                    .related
                    .push((self.input.span(*at, *at + 1), opened));
            }
            return refusal;
        };
        let span = self.input.span(self.at, self.at + found.len_utf8());
        let mut refusal = self.error(&format!("expected {what}, found {}", shown(found)), span);
        refusal.label = Some(format!("expected {what}"));
        refusal
    }

    fn error(&self, message: &str, span: Span) -> Refusal {
        Box::new(Diagnostic::error(
            Code::Syntax,
            span,
            format!("not JSON: {message}"),
        ))
    }
}

#[cfg(test)]
mod tests;
