//! Where the lines of a text begin, and how many characters lie before any byte.

use std::ops::Range;

use super::Position;

/// How many bytes lie between two counts of characters.
const BLOCK: usize = 1 << 16;

/// The lines of one text.
#[derive(Debug, Clone)]
pub(super) struct LineIndex {
    /// The first byte of each line. A byte order mark stands before the first line.
    starts: Vec<u32>,
    /// How many characters begin before each multiple of [`BLOCK`]. A minified document is one line
    /// of millions of bytes, and counting its columns from the start each time would be quadratic.
    characters: Vec<u32>,
}

impl LineIndex {
    pub(super) fn new(text: &str) -> Self {
        let mut starts = vec![if text.starts_with('\u{FEFF}') { 3 } else { 0 }];
        let mut characters = vec![0];
        let mut count = 0;
        for (number, block) in text.as_bytes().chunks(BLOCK).enumerate() {
            let newlines = block.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
            starts.extend(newlines.map(|(at, _)| narrow(number * BLOCK + at + 1)));
            count += count_characters(block);
            characters.push(narrow(count));
        }
        Self { starts, characters }
    }

    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let (line, start) = self.line_at(offset);
        let offset = offset.clamp(start, text.len().max(start));
        let before = self.characters_before(text, offset) - self.characters_before(text, start);
        // A place inside of a character counts as the character's own.
        let inside = usize::from(!text.is_char_boundary(offset));
        Position {
            line: line + 1,
            column: before + 1 - inside.min(before),
        }
    }

    pub(super) fn line_range(&self, text: &str, offset: usize) -> Range<usize> {
        let (line, start) = self.line_at(offset);
        let end = self
            .starts
            .get(line + 1)
            .map_or(text.len(), |next| *next as usize);
        let line = text.get(start..end).unwrap_or("");
        let line = line.strip_suffix('\n').unwrap_or(line);
        start..start + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// The number of the line that a byte lies on, from 0, and the first byte of that line.
    fn line_at(&self, offset: usize) -> (usize, usize) {
        let line = self
            .starts
            .partition_point(|start| *start as usize <= offset)
            .saturating_sub(1);
        (
            line,
            self.starts.get(line).map_or(0, |start| *start as usize),
        )
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let block = offset / BLOCK;
        let counted = self
            .characters
            .get(block)
            .map_or(0, |count| *count as usize);
        counted
            + text
                .as_bytes()
                .get(block * BLOCK..offset)
                .map_or(0, count_characters)
    }
}

/// How many characters begin in `bytes`: every byte that does not continue one.
fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// Texts are shorter than 4 GiB, because a longer one cannot be loaded.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::narrow;
    use crate::source::{Sources, Span};

    /// Shows line and column of every character, and the line it lies on.
    fn check(text: &str, expected: Expect) {
        let sources = Sources::new("a.yaml", text);
        let mut out = String::new();
        for start in text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len(), text.len() + 9])
        {
            let span = Span {
                file: sources.root(),
                start: narrow(start),
                end: narrow(start),
            };
            let position = sources.position(span);
            let line = &text[sources.line_range(span)];
            out += &format!(
                "{start} -> {}:{} {line:?}\n",
                position.line, position.column
            );
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn columns_count_characters() {
        check(
            "é€😀x",
            expect![[r#"
            0 -> 1:1 "é€😀x"
            2 -> 1:2 "é€😀x"
            5 -> 1:3 "é€😀x"
            9 -> 1:4 "é€😀x"
            10 -> 1:5 "é€😀x"
            19 -> 1:5 "é€😀x"
        "#]],
        );
    }

    #[test]
    fn a_line_ends_with_lf_or_crlf() {
        check(
            "a\r\nb\n\r\nc",
            expect![[r#"
            0 -> 1:1 "a"
            1 -> 1:2 "a"
            2 -> 1:3 "a"
            3 -> 2:1 "b"
            4 -> 2:2 "b"
            5 -> 3:1 ""
            6 -> 3:2 ""
            7 -> 4:1 "c"
            8 -> 4:2 "c"
            17 -> 4:2 "c"
        "#]],
        );
    }

    #[test]
    fn an_empty_text_has_a_line() {
        check(
            "",
            expect![[r#"
            0 -> 1:1 ""
            9 -> 1:1 ""
        "#]],
        );
    }

    #[test]
    fn a_byte_order_mark_is_on_no_line() {
        check(
            "\u{FEFF}a\nb",
            expect![[r#"
            0 -> 1:1 "a"
            3 -> 1:1 "a"
            4 -> 1:2 "a"
            5 -> 2:1 "b"
            6 -> 2:2 "b"
            15 -> 2:2 "b"
        "#]],
        );
        check(
            "\u{FEFF}",
            expect![[r#"
            0 -> 1:1 ""
            3 -> 1:1 ""
            12 -> 1:1 ""
        "#]],
        );
    }

    #[test]
    fn a_long_line_is_counted_by_blocks() {
        let text = format!("x\n{}", "é".repeat(100_000));
        let sources = Sources::new("a.json", text.as_str());
        for characters in [0, 1, 32_766, 32_767, 32_768, 65_536, 99_999] {
            let start = narrow(2 + 2 * characters);
            let position = sources.position(Span {
                file: sources.root(),
                start,
                end: start,
            });
            assert_eq!((position.line, position.column), (2, characters + 1));
        }
    }

    #[test]
    fn a_place_inside_of_a_character_is_the_character_s() {
        let sources = Sources::new("a.yaml", "aé");
        let position = sources.position(Span {
            file: sources.root(),
            start: 2,
            end: 2,
        });
        assert_eq!((position.line, position.column), (1, 2));
    }
}
