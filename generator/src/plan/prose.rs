//! Small pieces of documentation of our own.

use crate::api::Link;

use super::docs::doc_lines;

/// Adds a paragraph to documentation.
pub(super) fn paragraph(lines: &mut Vec<String>, paragraph: Vec<String>) {
    if paragraph.is_empty() {
        return;
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(paragraph);
}

/// Adds a link to a page outside of the document (A6, N9). An address that rustdoc could not follow is
/// shown as it is written.
pub(super) fn see(lines: &mut Vec<String>, link: Option<&Link>) {
    let Some(link) = link else { return };
    let description = link.description.as_deref().unwrap_or_default();
    let description = description.trim().trim_end_matches(['.', ':']);
    let before = match description {
        "" => "See".to_owned(),
        text => format!("{text}:"),
    };
    let url = link.url.trim();
    let address = if is_linked(url) {
        format!("<{url}>")
    } else {
        code(url)
    };
    paragraph(lines, doc_lines(&format!("{before} {address}")));
}

/// Whether an address can stand in angle brackets as a link.
fn is_linked(address: &str) -> bool {
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    is_web && !address.contains(|c: char| c.is_whitespace() || "<>".contains(c))
}

/// A text as an item of a list.
pub(super) fn bullet(text: &str) -> Vec<String> {
    let lines = doc_lines(text).into_iter().enumerate();
    let lines = lines.map(|(index, line)| match (index, line.is_empty()) {
        (0, _) => format!("- {line}"),
        (_, true) => line,
        (_, false) => format!("  {line}"),
    });
    lines.collect()
}

/// A text as Markdown code, whatever backticks it holds.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}
