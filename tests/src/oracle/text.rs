//! Strings of every format that a schema can ask for.

use fastrand::Rng;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value};

/// A string of a schema.
pub(super) fn of(schema: &Map<String, Value>, rng: &mut Rng) -> String {
    let bound = |key: &str| {
        let bound = schema.get(key).and_then(Value::as_u64);
        bound.and_then(|bound| usize::try_from(bound).ok())
    };
    let (min, max) = (bound("minLength").unwrap_or(0), bound("maxLength"));
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
        && let Some(text) = matching(pattern, rng)
    {
        return text;
    }
    let encoding = schema.get("contentEncoding").and_then(Value::as_str);
    if let Some(text) = encoding.and_then(|encoding| of_format(encoding, rng)) {
        return text;
    }
    if let Some(text) = schema
        .get("format")
        .and_then(Value::as_str)
        .and_then(|format| of_format(format, rng))
    {
        return text;
    }
    let max = max.unwrap_or(min + 12).min(min + 40).max(min);
    plain(rng, min, max)
}

fn plain(rng: &mut Rng, min: usize, max: usize) -> String {
    const LETTERS: &[char] = &[
        'a',
        'b',
        'z',
        'A',
        'Z',
        '0',
        '9',
        ' ',
        '_',
        '-',
        '.',
        '/',
        '"',
        '\\',
        'é',
        '\u{1F4A9}',
    ];
    let length = rng.usize(min..=max);
    (0..length)
        .map(|_| LETTERS[rng.usize(..LETTERS.len())])
        .collect()
}

fn of_format(format: &str, rng: &mut Rng) -> Option<String> {
    let (day, month, year) = (rng.u8(1..=28), rng.u8(1..=12), rng.u16(1900..=2100));
    let (hour, minute, second) = (rng.u8(..24), rng.u8(..60), rng.u8(..60));
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    let zone = ["Z", "+02:00", "-07:30", "+00:00"][rng.usize(..4)];
    let fraction = ["", ".5", ".123", ".000001", ".123456789"][rng.usize(..5)];
    Some(match format {
        "date-time" => format!("{date}T{time}{fraction}{zone}"),
        "date" => date,
        "time" => format!("{time}{zone}"),
        "uuid" => {
            let digits = format!("{:032x}", rng.u128(..));
            [
                &digits[..8],
                &digits[8..12],
                &digits[12..16],
                &digits[16..20],
                &digits[20..],
            ]
            .join("-")
        }
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => {
            ["https://example.com", "http://h:8080/a?b=c#d", "urn:a:b"][rng.usize(..3)].to_owned()
        }
        "email" | "idn-email" => "a.b@example.com".to_owned(),
        "hostname" | "idn-hostname" => "a.example.com".to_owned(),
        "ip" | "ipv4" => format!("{}.0.{}.1", rng.u8(1..), rng.u8(..)),
        "ipv6" => ["::1", "2001:db8::8:800:200c:417a", "fe80::1"][rng.usize(..3)].to_owned(),
        "byte" | "base64" | "base64url" => ["", "AQID", "Zm9vYmFy"][rng.usize(..3)].to_owned(),
        "duration" => ["P3DT4H", "PT36H", "P1Y"][rng.usize(..3)].to_owned(),
        "json-pointer" => "/a/0".to_owned(),
        "regex" => "^a+$".to_owned(),
        _ => return None,
    })
}

/// A text that matches a pattern, if the pattern can be read backwards.
fn matching(pattern: &str, rng: &mut Rng) -> Option<String> {
    // The search is not anchored, so the anchors alone say where a match ends.
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    let strategy = proptest::string::string_regex(inner).ok()?;
    let mut seed = [0; 32];
    rng.fill(&mut seed);
    let source = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), source);
    Some(strategy.new_tree(&mut runner).ok()?.current())
}
