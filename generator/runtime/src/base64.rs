//! Base64 (RFC 4648): bytes as text.

/// The digits of one kind of base64, and what each of them stands for.
#[derive(Debug)]
pub struct Alphabet {
    digits: &'static [u8; 64],
    values: [u8; 256],
}

/// The digits that are used where nothing else is said (section 4).
pub static STANDARD: &Alphabet =
    &Alphabet::new(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

/// The digits that mean nothing else in a URL or in the name of a file (section 5).
pub static URL_SAFE: &Alphabet =
    &Alphabet::new(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

/// The value of a byte that is no digit. Those of digits have six bits.
const NO_DIGIT: u8 = 0xFF;

impl Alphabet {
    const fn new(digits: &'static [u8; 64]) -> Self {
        let mut values = [NO_DIGIT; 256];
        let mut value = 0;
        while value < 64 {
            values[digits[value as usize] as usize] = value;
            value += 1;
        }
        Self { digits, values }
    }

    fn digit(&self, bits: u32) -> u8 {
        self.digits[(bits & 63) as usize]
    }

    fn value(&self, digit: u8) -> u8 {
        self.values[usize::from(digit)]
    }
}

/// Encodes bytes, and fills the last group up with `=` if `padded`.
pub fn encode(bytes: &[u8], alphabet: &Alphabet, padded: bool) -> String {
    let mut text = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    let mut groups = bytes.chunks_exact(3);
    for group in &mut groups {
        let bits = join(group, 8) << 8;
        text.extend([26, 20, 14, 8].map(|shift| alphabet.digit(bits >> shift)));
    }
    let rest = groups.remainder();
    if !rest.is_empty() {
        let bits = join(rest, 8) << (32 - 8 * rest.len());
        let digits = [26, 20, 14].map(|shift| alphabet.digit(bits >> shift));
        text.extend(&digits[..=rest.len()]);
        if padded {
            text.extend(&b"=="[rest.len() - 1..]);
        }
    }
    // Digits are ASCII, so this cannot fail.
    String::from_utf8(text).unwrap_or_default()
}

/// Decodes strictly: any other character, and bits that no encoder writes, give nothing. Padding
/// may be left out as a whole.
pub fn decode(text: &str, alphabet: &Alphabet) -> Option<Vec<u8>> {
    let unpadded = text.trim_end_matches('=').as_bytes();
    if text.len() != unpadded.len() && text.len() != unpadded.len().next_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(unpadded.len() / 4 * 3 + 2);
    let mut groups = unpadded.chunks_exact(4);
    let mut wrong = 0;
    for group in &mut groups {
        let mut values = [0; 4];
        for (value, digit) in values.iter_mut().zip(group) {
            *value = alphabet.value(*digit);
            wrong |= *value;
        }
        let [_, a, b, c] = join(&values, 6).to_be_bytes();
        bytes.extend([a, b, c]);
    }
    let rest = groups.remainder();
    let mut values = [0; 4];
    for (value, digit) in values.iter_mut().zip(rest) {
        *value = alphabet.value(*digit);
        wrong |= *value;
    }
    let [_, a, b, c] = join(&values, 6).to_be_bytes();
    match (rest.len(), b, c) {
        (0, ..) => {}
        (3, _, 0) => bytes.extend([a, b]),
        (2, 0, 0) => bytes.push(a),
        _ => return None,
    }
    (wrong < 64).then_some(bytes)
}

/// Values of so many bits each, one after the other.
fn join(values: &[u8], width: u32) -> u32 {
    values
        .iter()
        .fold(0, |bits, value| bits << width | u32::from(*value))
}
