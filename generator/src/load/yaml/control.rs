//! Control characters that YAML forbids and that documents nevertheless hold.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::build::Input;

/// The text with every control character of the C1 block replaced by a no-break space, and each of
/// the two non-characters at the end of the basic plane by a replacement character: they are as
/// long in UTF-8, so that places stay what they are. There is a warning if there were any.
///
/// Other control characters stay; the parser refuses them with their place.
pub(super) fn replaced<'s>(diagnostics: &mut Diagnostics, input: Input<'s>) -> Cow<'s, str> {
    let mut bad = bad_characters(input.text).peekable();
    let Some((first, character)) = bad.peek().copied() else {
        return Cow::Borrowed(input.text);
    };
    let mut text = String::with_capacity(input.text.len());
    let mut done = 0;
    let mut count = 0_usize;
    for (at, character) in bad {
        text.push_str(input.text.get(done..at).unwrap_or(""));
        text.push(if character.len_utf8() == 2 {
            '\u{A0}'
        } else {
            char::REPLACEMENT_CHARACTER
        });
        done = at + character.len_utf8();
        count += 1;
    }
    text.push_str(input.text.get(done..).unwrap_or(""));
    let others = if count > 1 {
        format!(" and {} more", count - 1)
    } else {
        String::new()
    };
    let code = u32::from(character);
    let message = format!("U+{code:04X}{others}: control characters are not allowed in YAML");
    let span = input.span(first, first + character.len_utf8());
    diagnostics
        .push(Diagnostic::warning(Code::Syntax, span, message).help("each is read as a space"));
    Cow::Owned(text)
}

/// The characters that are replaced, with their places. Their first byte is looked for, because a
/// search by character would be slow in a text of many megabytes.
fn bad_characters(text: &str) -> impl Iterator<Item = (usize, char)> {
    let candidates = text
        .bytes()
        .enumerate()
        .filter(|(_, byte)| matches!(byte, 0xC2 | 0xEF));
    candidates.filter_map(|(at, _)| {
        let character = text.get(at..)?.chars().next()?;
        let is_bad = matches!(character, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}');
        is_bad.then_some((at, character))
    })
}
