//! Finds what rustdoc must not see, and what to write in its place.

use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use super::tidy::is_forbidden;
use super::url::{destination, is_allowed, keepable, url_length};
use super::{Patch, code_escape, fence_around};

/// How deep quotes, lists and emphasis may nest. Deeper text is nobody's documentation.
const MAX_DEPTH: usize = 64;

/// What must change in the text; `None` if it cannot be told.
///
/// rustdoc parses every text twice: with its extensions to show it, and without any to find tests.
/// A footnote, for one, has code where plain Markdown has none, and the other way round.
pub(super) fn find_patches(text: &str, eager: bool) -> Option<Vec<Patch>> {
    let shown = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut scan = Scan {
        text,
        eager,
        ..Scan::default()
    };
    // With this callback every pair of brackets is a link, as it is for rustdoc.
    let named = |_: BrokenLink<'_>| Some((CowStr::from(""), CowStr::from("")));
    let mut events =
        Parser::new_with_broken_link_callback(text, shown, Some(named)).into_offset_iter();
    for (_, definition) in events.reference_definitions().iter() {
        scan.definition(&definition.dest, definition.span.clone());
    }
    for (event, range) in &mut events {
        scan.event(event, range);
    }
    if scan.patches.is_empty() && !scan.hopeless {
        for (event, range) in Parser::new(text).into_offset_iter() {
            scan.block(&event, &range);
        }
    }
    (!scan.hopeless).then_some(scan.patches)
}

/// One pass over the events of a text, gathering patches.
#[derive(Default)]
struct Scan<'t> {
    text: &'t str,
    eager: bool,
    patches: Vec<Patch>,
    hopeless: bool,
    depth: usize,
    links: Vec<OpenLink>,
    code: Option<OpenCode>,
}

/// A link whose text is being read.
struct OpenLink {
    /// Where to point, if the link can stay.
    keep: Option<String>,
    /// Its destination is written elsewhere, and must be written here.
    by_reference: bool,
    /// It is written `[text][]`.
    collapsed: bool,
    /// Where the text of the link ends, as far as it was read.
    text_end: usize,
    /// Where the whole link ends.
    end: usize,
}

/// A code block whose lines are being read.
struct OpenCode {
    fenced: bool,
    lines: Vec<Range<usize>>,
}

impl Scan<'_> {
    fn patch(&mut self, range: Range<usize>, new: impl Into<String>) {
        self.patches.push((range, new.into()));
    }

    /// Link definitions go, because a link that we write in the same item must not be redirected by
    /// them; the links that use them get the destination themselves. What is hardly meant as a
    /// definition, such as `[note]: important`, is escaped, so that readers see it.
    fn definition(&mut self, destination: &str, range: Range<usize>) {
        if is_allowed(destination) {
            self.patch(range, "");
        } else {
            self.escape(range.start);
        }
    }

    /// Puts a backslash before the bracket at `start`.
    fn escape(&mut self, start: usize) {
        self.patch(start..start, "\\");
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        self.block(&event, &range);
        match event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) => {
                self.open_link(link_type, &dest_url, &title, &range);
            }
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            }) => {
                self.open_image(link_type, &dest_url, &title, &range);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.close_link(range.end),
            Event::Start(Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => {
                self.escape(range.start);
            }
            Event::Html(_) | Event::InlineHtml(_) => self.html(&range),
            Event::Code(_) => self.code(&range),
            Event::Text(decoded) if self.code.is_none() => self.text(&decoded, &range),
            Event::Text(_) => self.code(&range),
            _ => {}
        }
        if let Some(link) = self.links.last_mut()
            && range.end < link.end
        {
            link.text_end = link.text_end.max(range.end);
        }
    }

    /// Watches what rustdoc's search for tests sees as well: code blocks, and how deep they lie.
    fn block(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let fenced = matches!(kind, CodeBlockKind::Fenced(_));
                self.code = Some(OpenCode {
                    fenced,
                    lines: Vec::new(),
                });
            }
            Event::End(TagEnd::CodeBlock) => match self.code.take() {
                Some(code) if code.fenced => self.fenced(&code.lines, range),
                Some(code) => self.indented(&code.lines),
                None => {}
            },
            Event::Text(_) => {
                if let Some(code) = &mut self.code {
                    code.lines.push(range.clone());
                }
            }
            Event::Start(_) => {
                self.depth += 1;
                self.hopeless |= self.depth > MAX_DEPTH;
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// A fenced block becomes `text`, whatever it claims to be, and is closed if it was left open.
    fn fenced(&mut self, lines: &[Range<usize>], block: &Range<usize>) {
        let text = self.text;
        let Some(mark) = text[block.start..]
            .chars()
            .next()
            .filter(|ch| "`~".contains(*ch))
        else {
            self.hopeless = true;
            return;
        };
        let width = text[block.start..]
            .chars()
            .take_while(|ch| *ch == mark)
            .count();
        let info = block.start + width;
        let info = info..text[info..]
            .find('\n')
            .map_or(text.len(), |length| info + length);
        if text[info.clone()].trim() != "text" {
            self.patch(info.clone(), "text");
        }
        let content_end = lines.last().map_or(info.end, |line| line.end).max(info.end);
        let rest = text.get(content_end..block.end).unwrap_or("");
        // Inside a quote or a list, the block ends with the container.
        if self.depth == 0 && !rest.contains(mark) {
            let fence = String::from(mark).repeat(width);
            self.patch(text.len()..text.len(), format!("\n{fence}"));
        }
    }

    /// An indented block becomes a fenced one. The lines keep what stands before their indentation,
    /// which is the prefix of the quote or the list that they are in.
    fn indented(&mut self, lines: &[Range<usize>]) {
        let text = self.text;
        let mut lines = lines
            .iter()
            .filter(|line| !text[(*line).clone()].trim().is_empty());
        let Some(first) = lines.next() else {
            self.hopeless = true;
            return;
        };
        let line_start = text[..first.start]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let Some(outer) = text[line_start..first.start].strip_suffix("    ") else {
            self.hopeless = true;
            return;
        };
        let prefix: String = outer
            .chars()
            .map(|ch| if ch == '>' { '>' } else { ' ' })
            .collect();
        let mut last = first;
        let mut dedents = Vec::new();
        for line in lines {
            self.hopeless |= !text[..line.start].ends_with("    ");
            dedents.push(line.start.saturating_sub(4)..line.start);
            last = line;
        }
        let end = first.start + text[first.start..last.end].trim_end().len();
        let fence = fence_around(&text[first.start..end]);
        self.patch(
            first.start - 4..first.start,
            format!("{fence}text\n{prefix}"),
        );
        for dedent in dedents {
            self.patch(dedent, "");
        }
        self.patch(end..end, format!("\n{prefix}{fence}"));
    }

    fn html(&mut self, range: &Range<usize>) {
        for (at, _) in self.text[range.clone()].match_indices('<') {
            self.patch(range.start + at..range.start + at + 1, "&lt;");
        }
    }

    fn code(&mut self, range: &Range<usize>) {
        for (at, ch) in non_ascii(self.text, range) {
            self.patch(at..at + ch.len_utf8(), code_escape(ch));
        }
    }

    fn text(&mut self, decoded: &str, range: &Range<usize>) {
        let text = self.text;
        if decoded.contains(|ch| is_forbidden(ch) && !matches!(ch, '\n' | '\t')) {
            // Only an entity can still bring in such a character.
            self.patch(range.clone(), "");
            return;
        }
        for (at, ch) in non_ascii(text, range) {
            let guard = if is_escaped(text, at) { "\\" } else { "" };
            let entity = format!("{guard}&#x{:X};", u32::from(ch));
            self.patch(at..at + ch.len_utf8(), entity);
        }
        if self.eager {
            for (at, sign) in text[range.clone()].match_indices(['[', '<']) {
                let at = range.start + at;
                if is_escaped(text, at) {
                    continue;
                }
                match sign {
                    "[" => self.escape(at),
                    _ => self.patch(at..at + 1, "&lt;"),
                }
            }
        }
        if self.links.is_empty() {
            self.bare_urls(range);
        }
    }

    fn bare_urls(&mut self, range: &Range<usize>) {
        let mut from = range.start;
        while let Some(at) = self
            .text
            .get(from..range.end)
            .and_then(|rest| rest.find("http"))
        {
            let start = from + at;
            let length = url_length(&self.text[start..]);
            if length > 0 {
                self.patch(start..start, "<");
                self.patch(start + length..start + length, ">");
            }
            from = start + length.max("http".len());
        }
    }

    fn open_link(&mut self, kind: LinkType, url: &str, title: &str, range: &Range<usize>) {
        let keep = match kind {
            LinkType::Email => Some(url.to_owned()),
            _ => keepable(url, title),
        };
        match (&keep, kind) {
            (None, LinkType::Autolink) => self.patch(range.start..range.start + 1, "&lt;"),
            (None, _) => self.escape(range.start),
            (Some(url), LinkType::Autolink) if !self.text[range.clone()].is_ascii() => {
                self.patch(range.clone(), format!("<{}>", destination(url)));
            }
            _ => {}
        }
        // An autolink has no text of its own to keep apart from its destination.
        let keep = keep.filter(|_| !matches!(kind, LinkType::Autolink | LinkType::Email));
        self.push_link(keep, kind, range.start + 1, range.end);
    }

    /// An image becomes a link, because a page that is read must not fetch anything.
    fn open_image(&mut self, kind: LinkType, url: &str, title: &str, range: &Range<usize>) {
        let keep = keepable(url, title);
        match &keep {
            Some(_) => self.patch(range.start..range.start + 1, ""),
            None => self.escape(range.start + 1),
        }
        self.push_link(keep, kind, range.start + 2, range.end);
    }

    fn push_link(&mut self, keep: Option<String>, kind: LinkType, text_end: usize, end: usize) {
        let by_reference = kind != LinkType::Inline;
        let collapsed = kind == LinkType::Collapsed;
        self.links.push(OpenLink {
            keep,
            by_reference,
            collapsed,
            text_end,
            end,
        });
    }

    /// Writes the destination anew where it is given by reference or is not ASCII.
    fn close_link(&mut self, end: usize) {
        let Some(link) = self.links.pop() else { return };
        let Some(url) = link.keep else { return };
        // The parser's range of `[text][]` ends before the empty brackets.
        let rest = self.text.get(end..).unwrap_or("");
        let end = if link.collapsed && rest.starts_with("[]") {
            end + 2
        } else {
            end
        };
        let tail = self.text.get(link.text_end..end).unwrap_or("");
        if link.by_reference || !tail.is_ascii() {
            match tail.find(']') {
                Some(at) => {
                    self.patch(link.text_end + at..end, format!("]({})", destination(&url)))
                }
                None => self.hopeless = true,
            }
        }
    }
}

fn non_ascii<'t>(
    text: &'t str,
    range: &Range<usize>,
) -> impl Iterator<Item = (usize, char)> + use<'t> {
    let start = range.start;
    text[range.clone()]
        .char_indices()
        .filter(|(_, ch)| !ch.is_ascii())
        .map(move |(at, ch)| (start + at, ch))
}

/// Whether an odd number of backslashes stands before the place.
fn is_escaped(text: &str, at: usize) -> bool {
    text[..at]
        .bytes()
        .rev()
        .take_while(|byte| *byte == b'\\')
        .count()
        % 2
        == 1
}
