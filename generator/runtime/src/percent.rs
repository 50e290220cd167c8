//! Percent-encoding, as parameters need it.

use std::fmt::Write;

/// Encodes everything but `A-Z a-z 0-9 - . _ ~`, so that no text can end its place in a URL.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Encodes what would end the host of a URL, so that no text leads to another one. The result may be no
/// host, which is found out before a request is sent.
pub fn encode_host(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for ch in text.chars() {
        if ch.is_ascii_alphanumeric() || "-._~:[]".contains(ch) {
            encoded.push(ch);
        } else {
            encoded.push_str(&encode(ch.encode_utf8(&mut [0; 4])));
        }
    }
    encoded
}

/// Encodes as [`encode`] does, but leaves what has a meaning in URLs as it is, and so escapes that are
/// there already. What would end a value, or what is next to it, is encoded all the same (PR17).
pub fn encode_reserved(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|ch: char| !is_kept(ch)) {
        encoded.push_str(&rest[..start]);
        rest = &rest[start..];
        let is_escape = rest.starts_with('%')
            && rest
                .get(1..3)
                .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let length = if is_escape {
            encoded.push_str(&rest[..3]);
            3
        } else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            encoded.push_str(&encode(&rest[..length]));
            length
        };
        rest = &rest[length..];
    }
    encoded.push_str(rest);
    encoded
}

/// Whether a character stands for itself where reserved ones are allowed.
fn is_kept(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || "-._~:/?@!$'()*,;=".contains(ch)
}

/// Decodes strictly: a broken escape, a NUL and text that is not UTF-8 give nothing.
pub fn decode(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let byte = match byte {
            b'%' => digit(bytes.next()?)? << 4 | digit(bytes.next()?)?,
            byte => byte,
        };
        if byte == 0 {
            return None;
        }
        decoded.push(byte);
    }
    String::from_utf8(decoded).ok()
}

/// Decodes as [`decode`] does what stands in a query or a form, where a plus sign is a space.
pub fn decode_form(text: &str) -> Option<String> {
    if text.contains('+') {
        decode(&text.replace('+', " "))
    } else {
        decode(text)
    }
}

/// An encoded value with what follows it in a path template. If that is a text between two parameters
/// of one segment, a server tells by it where the value ends, so the value must not hold it: it is
/// escaped there. Nothing if that does not help.
pub fn apart(value: String, rest: &str) -> Option<String> {
    let end = rest.find(['/', '{']).unwrap_or(rest.len());
    let (separator, next) = rest.split_at(end);
    let ends = |value: &str| {
        let text = format!("{value}{separator}");
        let mut places = text.char_indices().map(|(at, _)| at).skip(1);
        places.find(|at| text.get(*at..).is_some_and(|it| it.starts_with(separator)))
            == Some(value.len())
    };
    if separator.is_empty() || !next.starts_with('{') || ends(&value) {
        return Some(value);
    }
    let mut escaped = String::with_capacity(value.len());
    let mut digits = 0;
    for byte in value.bytes() {
        if digits == 0 && separator.bytes().any(|it| it == byte) {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        } else {
            digits = if byte == b'%' { 2 } else { digits.max(1) - 1 };
            escaped.push(char::from(byte));
        }
    }
    ends(&escaped).then_some(escaped)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| digit.try_into().ok())
}
