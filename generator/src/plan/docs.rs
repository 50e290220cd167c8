//! Markdown of the document to doc lines that can neither run, nor script, nor link anywhere odd.
//!
//! Descriptions are untrusted, and rustdoc trusts docs: it runs their code blocks as tests, copies
//! their HTML into the page, and takes every pair of brackets for the name of an item. So the text
//! is parsed with rustdoc's own parser, what rustdoc must not see is patched in place, and the
//! result is parsed again until there is nothing left to patch. Patching in place keeps plain text
//! exactly as its author wrote it, which printing it anew from the parsed form would not.

mod scan;
mod tidy;
mod url;

use std::ops::Range;

use scan::find_patches;
use tidy::tidy;

/// How often a text is patched before it is given up and shown verbatim. Real texts need two or
/// three rounds: a patch can uncover another construct, such as a fence inside raw HTML.
const ROUNDS: usize = 6;

/// From this round on, brackets and angle brackets in text are escaped even where they mean nothing
/// yet, so that nested ones do not surface one per round.
const EAGER_ROUND: usize = 2;

/// Turns Markdown of the document into lines of documentation, without the leading space.
///
/// The lines are ASCII, hold no control characters, and leave no construct open at their end.
/// Text of our own may follow after an empty line.
pub(crate) fn doc_lines(markdown: &str) -> Vec<String> {
    let text = tidy(markdown);
    let text = settle(&text).unwrap_or_else(|| verbatim(&text));
    text.lines().map(str::to_owned).collect()
}

/// Patches the text until the parser finds nothing to patch, or gives up with `None`.
fn settle(text: &str) -> Option<String> {
    let mut text = text.to_owned();
    for round in 0..ROUNDS {
        if is_plain(&text) {
            return Some(text);
        }
        let patches = find_patches(&text, round >= EAGER_ROUND)?;
        if patches.is_empty() {
            return text.is_ascii().then_some(text);
        }
        text = tidy(&apply(&text, patches));
    }
    None
}

/// Whether the text holds nothing that any construct we patch could start with. Most descriptions
/// are a sentence, and need no parser.
fn is_plain(text: &str) -> bool {
    text.is_ascii()
        && !text.contains(['<', '[', '&'])
        && !["```", "~~~", "    ", "://"]
            .iter()
            .any(|sign| text.contains(sign))
        && !text.lines().any(|line| line.trim_start().starts_with('>'))
}

/// The whole text as one block of text, for what cannot be made harmless otherwise.
fn verbatim(text: &str) -> String {
    let mut body = String::with_capacity(text.len() + 16);
    for ch in text.chars() {
        if ch.is_ascii() {
            body.push(ch);
        } else {
            body.push_str(&code_escape(ch));
        }
    }
    let fence = fence_around(&body);
    format!("{fence}text\n{body}\n{fence}")
}

fn code_escape(ch: char) -> String {
    format!("\\u{{{:x}}}", u32::from(ch))
}

/// A fence that nothing inside can close.
fn fence_around(body: &str) -> String {
    let longest = body.split(|ch| ch != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

/// A range of the text and what to write instead.
type Patch = (Range<usize>, String);

/// Applies patches in the order of their places. A patch that overlaps an earlier one is left for
/// the next round.
fn apply(text: &str, mut patches: Vec<Patch>) -> String {
    patches.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len() + patches.len() * 8);
    let mut done = 0;
    for (range, new) in patches {
        if range.start >= done {
            out.push_str(&text[done..range.start]);
            out.push_str(&new);
            done = range.end;
        }
    }
    out.push_str(&text[done..]);
    out
}
