//! Strings of JSON.

use std::borrow::Cow;

use super::Scanner;
use crate::load::build::Refusal;

impl<'s> Scanner<'s, '_> {
    /// Reads the string whose opening quote stands here.
    pub(super) fn string(&mut self) -> Result<Cow<'s, str>, Refusal> {
        let quote = self.at;
        self.at += 1;
        let start = self.at;
        self.skip_plain();
        if self.peek() == Some(b'"') {
            self.at += 1;
            return Ok(Cow::Borrowed(self.slice(start, self.at - 1)));
        }
        let mut text = self.slice(start, self.at).to_owned();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(control) => {
                    let span = self.input.span(self.at, self.at + 1);
                    let message = format!(
                        "the control character U+{control:04X} must be escaped in a string"
                    );
                    return Err(self.error(&message, span));
                }
                None => {
                    let mut refusal = self.error(
                        "a string has no closing quote",
                        self.input.span(quote, quote + 1),
                    );
                    refusal.label = Some("it begins here".to_owned());
                    return Err(refusal);
                }
            }
            let start = self.at;
            self.skip_plain();
            text.push_str(self.slice(start, self.at));
        }
    }

    /// Goes to the next quote, backslash or control character.
    fn skip_plain(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let is_special = |byte: &u8| matches!(*byte, b'"' | b'\\' | 0..0x20);
        self.at += rest.iter().position(is_special).unwrap_or(rest.len());
    }

    fn escape(&mut self) -> Result<char, Refusal> {
        let start = self.at;
        let escaped = self.bytes.get(self.at + 1).copied();
        self.at += 2;
        Ok(match escaped {
            Some(same @ (b'"' | b'\\' | b'/')) => char::from(same),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            _ => {
                let end = self.bytes.len().min(start + 2);
                let message = "a backslash must stand before one of `\"\\/bfnrtu`";
                return Err(self.error(message, self.input.span(start, end)));
            }
        })
    }

    /// Reads what stands behind `\u`, and the second escape of a surrogate pair.
    fn unicode_escape(&mut self, start: usize) -> Result<char, Refusal> {
        let first = self.hex_digits(start)?;
        let is_high = matches!(first, 0xD800..0xDC00);
        if is_high && self.take_word("\\u") {
            let second = self.hex_digits(start)?;
            if matches!(second, 0xDC00..0xE000) {
                let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return char::from_u32(code).ok_or_else(|| self.lone_surrogate(start));
            }
        }
        char::from_u32(first).ok_or_else(|| self.lone_surrogate(start))
    }

    fn hex_digits(&mut self, start: usize) -> Result<u32, Refusal> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(digit) = self.peek().and_then(|byte| char::from(byte).to_digit(16)) else {
                let span = self.input.span(start, self.at);
                return Err(self.error("`\\u` must stand before four hexadecimal digits", span));
            };
            code = code << 4 | digit;
            self.at += 1;
        }
        Ok(code)
    }

    fn lone_surrogate(&self, start: usize) -> Refusal {
        let span = self.input.span(start, self.at);
        self.error("half of a surrogate pair is not a character", span)
    }
}
