//! Headers of parts, and the parameters in them.

use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use super::super::percent;

/// The parameters behind the first word of a header: `form-data; name="a"`. Nothing if they cannot be
/// told apart.
pub(super) fn parameters(text: &str) -> Option<Vec<(String, String)>> {
    let mut rest = text.split_once(';').map_or("", |(_, rest)| rest);
    let mut found: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t', ';']);
        if rest.is_empty() {
            return Some(found);
        }
        let (key, after) = rest.split_once('=')?;
        let key = key.trim().to_ascii_lowercase();
        let (value, after) = match after.trim_start().strip_prefix('"') {
            Some(quoted) => unquote(quoted)?,
            None => {
                let (value, after) = after.split_at(after.find(';').unwrap_or(after.len()));
                (value.trim().to_owned(), after)
            }
        };
        let after = after.trim_start();
        let is_apart = after.is_empty() || after.starts_with(';');
        if !is_apart || found.iter().any(|(known, _)| *known == key) {
            return None;
        }
        found.push((key, value));
        rest = after;
    }
}

/// A text up to its closing quote, and what follows. Only quotes and backslashes are taken for escaped,
/// as some senders put paths of Windows there.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        let escaped = chars.next_if(|(_, next)| ch == '\\' && matches!(next, '"' | '\\'));
        match escaped {
            Some((_, escaped)) => value.push(escaped),
            None if ch == '"' => return Some((value, &text[at + 1..])),
            None => value.push(ch),
        }
    }
    None
}

/// A text in quotes. Nothing if it holds what would end a line.
pub(super) fn quote(text: &str) -> Option<String> {
    if text.chars().any(char::is_control) {
        return None;
    }
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    Some(format!("\"{escaped}\""))
}

/// What the headers of a part say.
pub(super) struct Head {
    pub(super) name: Option<String>,
    pub(super) filename: Option<String>,
    pub(super) content_type: Option<String>,
    /// All others.
    pub(super) headers: HeaderMap,
}

impl Head {
    /// Reads the lines before a part. Nothing if they are no headers.
    pub(super) fn read(lines: &str) -> Option<Self> {
        let mut headers = HeaderMap::new();
        for line in lines.split("\r\n").filter(|line| !line.is_empty()) {
            let (name, value) = line.split_once(':')?;
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            let value = HeaderValue::from_bytes(value.trim().as_bytes()).ok()?;
            headers.append(name, value);
        }
        let disposition = only(&mut headers, CONTENT_DISPOSITION)?;
        let mut parameters = parameters(disposition.as_deref().unwrap_or_default())?;
        let mut take = |key: &str| {
            let at = parameters.iter().position(|(known, _)| known == key)?;
            Some(parameters.swap_remove(at).1)
        };
        let name = take("name");
        let plain = take("filename");
        let filename = match take("filename*") {
            Some(extended) => Some(extended_value(&extended)?),
            None => plain,
        };
        let has_control = |text: &String| text.chars().any(char::is_control);
        if name.iter().chain(&filename).any(has_control) {
            return None;
        }
        Some(Self {
            name,
            filename,
            content_type: only(&mut headers, CONTENT_TYPE)?,
            headers,
        })
    }
}

/// Takes out a header that may be there once. Nothing if it is there more often, or is no text.
fn only(headers: &mut HeaderMap, name: HeaderName) -> Option<Option<String>> {
    let mut values = headers.get_all(&name).iter();
    let value = match values.next() {
        Some(value) => Some(std::str::from_utf8(value.as_bytes()).ok()?.to_owned()),
        None => None,
    };
    if values.next().is_some() {
        return None;
    }
    headers.remove(name);
    Some(value)
}

/// `UTF-8''na%C3%AFve.txt` (RFC 8187).
fn extended_value(text: &str) -> Option<String> {
    let mut pieces = text.splitn(3, '\'');
    let charset = pieces.next()?;
    let _language = pieces.next()?;
    let value = pieces.next()?;
    charset.eq_ignore_ascii_case("utf-8").then_some(())?;
    percent::decode(value)
}
