//! Which links may stay, and where a bare URL ends.

use super::tidy::is_forbidden;

/// The destination of a link that may stay one.
pub(super) fn keepable(url: &str, title: &str) -> Option<String> {
    (is_allowed(url) && !title.contains(is_forbidden)).then(|| url.to_owned())
}

pub(super) fn is_allowed(url: &str) -> bool {
    let has = |scheme: &str| {
        url.get(..scheme.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(scheme))
    };
    // rustdoc takes `mailto:someone@host` for the name of an item, as in `fn@name`, unless a dot
    // tells it otherwise.
    has("https://") || has("http://") || (has("mailto:") && url.contains('.'))
}

/// A destination as it can be written between parentheses.
pub(super) fn destination(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'*+,;=%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// How long the URL at the start of a text is, without the punctuation of the sentence around it.
/// Zero if there is none.
pub(super) fn url_length(text: &str) -> usize {
    let scheme = match text {
        _ if text.starts_with("https://") => "https://".len(),
        _ if text.starts_with("http://") => "http://".len(),
        _ => return 0,
    };
    let rest = &text[scheme..];
    if !rest.starts_with(|ch: char| ch.is_ascii_alphanumeric() || "-@:%._+~#=".contains(ch)) {
        return 0;
    }
    let ends = |ch: char| !ch.is_ascii_graphic() || "<>`\"|\\[]*^".contains(ch);
    let url = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let count = |wanted: char| url.matches(wanted).count();
    let mut parentheses = count(')').saturating_sub(count('('));
    let mut braces = count('}').saturating_sub(count('{'));
    let url = url.trim_end_matches(|ch| match ch {
        ')' => take_one(&mut parentheses),
        '}' => take_one(&mut braces),
        _ => ".,;:!?'_~".contains(ch),
    });
    if url.is_empty() {
        0
    } else {
        scheme + url.len()
    }
}

/// Counts down while there is something left.
fn take_one(left: &mut usize) -> bool {
    let some = *left > 0;
    *left = left.saturating_sub(1);
    some
}
