//! What is done to a text before anyone looks for Markdown in it: one kind of line break, no tabs,
//! no invisible characters, typography in ASCII.

/// Line breaks, tabs, invisible characters and typography made plain, blank lines and indentation
/// reduced to what carries meaning. Doing it twice changes nothing more.
pub(super) fn tidy(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in split_lines(text) {
        let line = tidy_line(line);
        let blank_before = lines.last().is_none_or(String::is_empty);
        if !(line.is_empty() && blank_before) {
            lines.push(line);
        }
    }
    if lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    // rustdoc removes the indentation that all lines share. It must not do so behind our back,
    // because what is an indented block for us could be a fence for it.
    let indent = |line: &String| line.bytes().take_while(|byte| *byte == b' ').count();
    let shared = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(indent)
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.get(shared..).unwrap_or(""))
        .collect();
    lines.join("\n")
}

/// The lines of a text, by every character that some reader takes for a line break.
fn split_lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| {
        line.strip_suffix('\r')
            .unwrap_or(line)
            .split(['\r', '\u{85}', '\u{2028}', '\u{2029}'])
    })
}

fn tidy_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut column = 0;
    for ch in line.chars() {
        if ch == '\t' {
            let width = 4 - column % 4;
            out.extend(std::iter::repeat_n(' ', width));
            column += width;
        } else if is_forbidden(ch) {
            // Dropped: it has no shape of its own, and some of these reorder what stands around.
        } else if let Some(ascii) = in_ascii(ch) {
            out.push_str(ascii);
            column += ascii.len();
        } else {
            out.push(ch);
            column += 1;
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// Characters that have no place in documentation: controls, and invisible characters that reorder,
/// join or hide text.
pub(super) fn is_forbidden(ch: char) -> bool {
    ch.is_control()
        || matches!(ch,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e0fff}')
        || u32::from(ch) & 0xfffe == 0xfffe
}

/// Common typography as a typewriter has it.
fn in_ascii(ch: char) -> Option<&'static str> {
    Some(match ch {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            " "
        }
        '\u{2010}'..='\u{2013}' | '\u{2212}' => "-",
        '\u{2014}' | '\u{2015}' => "---",
        '\u{2018}'..='\u{201b}' | '\u{2032}' => "'",
        '\u{201c}'..='\u{201f}' | '\u{2033}' => "\"",
        '\u{2022}' => "*",
        '\u{2026}' => "...",
        '\u{2190}' => "<-",
        '\u{2192}' => "->",
        '\u{2194}' => "<->",
        '\u{21d0}' => "<=",
        '\u{21d2}' => "=>",
        '\u{21d4}' => "<=>",
        '\u{2260}' => "!=",
        '\u{2264}' => "<=",
        '\u{2265}' => ">=",
        _ => return None,
    })
}
