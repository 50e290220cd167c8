//! Bytes to text, with a message that helps when the bytes are not UTF-8.

/// Reads the bytes of the file `path` as UTF-8.
///
/// # Errors
///
/// A message with the line and the column of the first byte that is not UTF-8, or the name of the
/// encoding if a byte order mark tells it.
pub fn decode(path: &str, bytes: Vec<u8>) -> Result<String, String> {
    if let Some(encoding) = other_encoding(&bytes) {
        return Err(format!("{path}:1:1: the file is {encoding}"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let bad = error.utf8_error().valid_up_to();
        let (before, after) = error.as_bytes().split_at(bad);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let last = before
            .rsplit(|byte| *byte == b'\n')
            .next()
            .unwrap_or_default();
        let column = String::from_utf8_lossy(last).chars().count() + 1;
        let byte = after.first().copied().unwrap_or_default();
        format!("{path}:{line}:{column}: byte {byte:#04X} is not UTF-8; save the file as UTF-8")
    })
}

/// What the first bytes give away, if it is not UTF-8, and what to do. JSON and YAML begin with an
/// ASCII character, so a zero among the first two bytes tells UTF-16 without a byte order mark.
fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32; save it as UTF-8"),
        [0xFF, 0xFE, ..] => Some("UTF-16 (little endian); save it as UTF-8"),
        [0xFE, 0xFF, ..] => Some("UTF-16 (big endian); save it as UTF-8"),
        [first, 0, ..] if *first != 0 => Some("UTF-16 (little endian); save it as UTF-8"),
        [0, second, ..] if *second != 0 => Some("UTF-16 (big endian); save it as UTF-8"),
        [0x1F, 0x8B, ..] => Some("compressed with gzip; unpack it"),
        [b'P', b'K', 3, 4, ..] => Some("a zip archive; unpack it"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::decode;

    fn check(bytes: &[u8], expected: Expect) {
        expected.assert_eq(&match decode("api.yaml", bytes.to_vec()) {
            Ok(text) => format!("{text:?}"),
            Err(message) => message,
        });
    }

    #[test]
    fn utf_8_is_text() {
        check("é".as_bytes(), expect![[r#""é""#]]);
        check(b"", expect![[r#""""#]]);
    }

    #[test]
    fn the_first_bad_byte_is_located() {
        check(
            b"a: 1\nb\xC3\xA9: \xE9\n",
            expect!["api.yaml:2:5: byte 0xE9 is not UTF-8; save the file as UTF-8"],
        );
        check(
            b"\xC3",
            expect!["api.yaml:1:1: byte 0xC3 is not UTF-8; save the file as UTF-8"],
        );
    }

    #[test]
    fn other_encodings_are_named() {
        check(
            b"\xFF\xFEo\0",
            expect!["api.yaml:1:1: the file is UTF-16 (little endian); save it as UTF-8"],
        );
        check(
            b"\xFE\xFF\0o",
            expect!["api.yaml:1:1: the file is UTF-16 (big endian); save it as UTF-8"],
        );
        check(
            b"o\0p\0",
            expect!["api.yaml:1:1: the file is UTF-16 (little endian); save it as UTF-8"],
        );
        check(
            b"\x1F\x8B\x08",
            expect!["api.yaml:1:1: the file is compressed with gzip; unpack it"],
        );
    }
}
