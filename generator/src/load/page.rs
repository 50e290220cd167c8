//! The OpenAPI document within a Markdown page.
//!
//! Documentation sites publish the part of a document that belongs to an operation as a fenced
//! block of a page. The block is read in its place, so that findings name lines of the page.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::load::build::{Input, Refusal};

/// Endings of the names of Markdown pages.
const ENDINGS: [&str; 3] = [".md", ".mdx", ".markdown"];
/// The first words of the info strings of blocks that are looked at.
const LANGUAGES: [&str; 3] = ["yaml", "yml", "json"];

/// How many blocks a page may have, and how many of them a finding points at.
const MAX_BLOCKS: usize = 10_000;
const MANY_BLOCKS: usize = 20;

/// Whether a file is a page by its name.
pub(super) fn is_page(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// A fenced block: its first line, its language and its content.
struct Block {
    info: Range<usize>,
    content: Range<usize>,
}

/// The block of a page that is an OpenAPI document.
pub(super) fn document<'s>(page: Input<'s>) -> Result<Input<'s>, Refusal> {
    let blocks = blocks(page)?;
    let text = |block: &Block| page.text.get(block.content.clone()).unwrap_or("");
    let documents: Vec<&Block> = blocks
        .iter()
        .filter(|block| is_openapi(text(block)))
        .collect();
    match documents.as_slice() {
        [block] => Ok(Input {
            text: text(block),
            base: page.base + block.content.start,
            ..page
        }),
        [] => {
            let message = "the page has no fenced block that is an OpenAPI document";
            let others = blocks.iter().collect::<Vec<_>>();
            let diagnostic = refusal(
                page,
                message,
                &others,
                "has no `openapi` or `swagger` at its top",
            );
            Err(Box::new(diagnostic.help(
                "the block must begin with ```` ```yaml ```` or ```` ```json ````",
            )))
        }
        several => {
            let message = format!(
                "the page has {} blocks that are OpenAPI documents",
                several.len()
            );
            let diagnostic = refusal(page, &message, several, "is an OpenAPI document");
            Err(Box::new(
                diagnostic.help("copy the one that is meant into a file of its own"),
            ))
        }
    }
}

fn refusal(page: Input<'_>, message: &str, blocks: &[&Block], why: &str) -> Diagnostic {
    let span = |block: &Block| page.span(block.info.start, block.info.end);
    let Some((first, others)) = blocks.split_first() else {
        return Diagnostic::error(Code::PageBlock, page.span(0, 0), message);
    };
    let label = format!("this block {why}");
    let mut diagnostic = Diagnostic::error(Code::PageBlock, span(first), message).label(&label);
    for block in others.iter().take(MANY_BLOCKS) {
        diagnostic = diagnostic.related(span(block), &label);
    }
    diagnostic
}

/// The fenced blocks (CommonMark 4.5) of a page whose info string begins with a language that is
/// looked at. A block that is not closed reaches to the end of the page.
fn blocks(page: Input<'_>) -> Result<Vec<Block>, Refusal> {
    let mut blocks = Vec::new();
    let mut open: Option<(Fence<'_>, Block)> = None;
    let mut start = 0;
    for line in page.text.split_inclusive('\n') {
        let end = start + line.len();
        if blocks.len() >= MAX_BLOCKS {
            let message = format!("the page has more than {MAX_BLOCKS} fenced blocks");
            return Err(Box::new(Diagnostic::error(
                Code::Limit,
                page.span(start, start),
                message,
            )));
        }
        match open.take() {
            None => {
                open = Fence::opening(line).map(|fence| {
                    let info = start..start + line.trim_end().len();
                    (
                        fence,
                        Block {
                            info,
                            content: end..page.text.len(),
                        },
                    )
                });
            }
            Some((fence, mut block)) if fence.is_closed_by(line) => {
                block.content.end = start;
                blocks.push((fence, block));
            }
            still_open => open = still_open,
        }
        start = end;
    }
    blocks.extend(open);
    let wanted = blocks
        .into_iter()
        .filter(|(fence, _)| LANGUAGES.contains(&&*fence.language()));
    Ok(wanted.map(|(_, block)| block).collect())
}

/// The line that opens a block.
struct Fence<'p> {
    mark: char,
    length: usize,
    info: &'p str,
}

impl<'p> Fence<'p> {
    fn opening(line: &'p str) -> Option<Self> {
        let (mark, length, info) = marks(line)?;
        // An info string with a backtick is inline code that happens to begin a line.
        let is_fence = length >= 3 && !(mark == '`' && info.contains('`'));
        is_fence.then_some(Self { mark, length, info })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        marks(line).is_some_and(|(mark, length, rest)| {
            mark == self.mark && length >= self.length && rest.trim().is_empty()
        })
    }

    fn language(&self) -> String {
        let word = self
            .info
            .split(|c: char| c.is_whitespace() || matches!(c, '{' | ','))
            .find(|word| !word.is_empty());
        word.unwrap_or("").to_ascii_lowercase()
    }
}

/// The backticks or tildes at the start of a line, how many, and what stands behind them.
fn marks(line: &str) -> Option<(char, usize, &str)> {
    let text = line.trim_start_matches(' ');
    let mark = text
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let rest = text.trim_start_matches(mark);
    // Four spaces make an indented block, in which a fence is text.
    (line.len() - text.len() < 4).then_some((mark, text.len() - rest.len(), rest))
}

/// Whether a block has `openapi` or `swagger` as a key at its top. It is not parsed for that, so
/// that a mistake in it is told as what it is.
fn is_openapi(content: &str) -> bool {
    let is_version_key =
        |key: &str| matches!(key.trim().trim_matches(['"', '\'']), "openapi" | "swagger");
    if content.trim_start().starts_with('{') {
        return flow_keys(content).any(is_version_key);
    }
    let mut lines = content
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with(['#', '-', '%']));
    let indent = lines
        .clone()
        .next()
        .map_or(0, |line| line.len() - line.trim_start().len());
    lines.any(|line| {
        let is_top = line.len() - line.trim_start().len() == indent;
        is_top
            && line
                .split_once(':')
                .is_some_and(|(key, _)| is_version_key(key))
    })
}

/// What stands between `{` or `,` and `:` within the outermost brackets.
fn flow_keys(content: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    let mut start = 0;
    content.char_indices().filter_map(move |(at, c)| {
        let was_escaped = std::mem::take(&mut escaped);
        match c {
            '\\' if quoted => escaped = !was_escaped,
            '"' if !was_escaped => quoted = !quoted,
            _ if quoted => {}
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            ':' if depth == 1 => return content.get(start..at),
            _ => {}
        }
        if !quoted && matches!(c, '{' | ',') {
            start = at + 1;
        }
        None
    })
}

#[cfg(test)]
mod tests;
