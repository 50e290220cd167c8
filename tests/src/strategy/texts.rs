//! Texts of every kind that a schema can ask for.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::Instance;

/// Texts of a schema.
pub(super) fn strategy(schema: &Value) -> BoxedStrategy<Instance> {
    if let Some(values) = schema["enum"].as_array() {
        return select(values.clone()).prop_map(Instance::from).boxed();
    }
    let bound = |key: &str| {
        schema[key]
            .as_u64()
            .and_then(|bound| usize::try_from(bound).ok())
    };
    let (min, max) = (bound("minLength"), bound("maxLength"));
    match schema["format"].as_str() {
        None => {
            let low = min.unwrap_or(0);
            let high = max.unwrap_or(low + 500);
            let short = of_length(low, high.min(low + 20));
            prop_oneof![4 => short, 1 => of_length(low, low), 1 => of_length(high, high)]
                .prop_map(|text| Value::from(text).into())
                .boxed()
        }
        Some("uuid") => uuids(),
        Some("uri") => uris(),
        Some("date-time") => date_times(),
        Some(other) => panic!("texts of the format `{other}` are not made"),
    }
}

/// Texts of any characters, of which there are so many.
pub(super) fn of_length(min: usize, max: usize) -> BoxedStrategy<String> {
    let texts = vec(any::<char>(), min..=max);
    texts.prop_map(|chars| chars.into_iter().collect()).boxed()
}

/// Capitals are another spelling of the same UUID, which is written in small letters.
fn uuids() -> BoxedStrategy<Instance> {
    (any::<u128>(), any::<bool>())
        .prop_map(|(number, capitals)| {
            let digits = format!("{number:032x}");
            let parts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)];
            let parts = parts.map(|(start, end)| &digits[start..end]);
            let written = parts.join("-");
            let sent = if capitals {
                written.to_uppercase()
            } else {
                written.clone()
            };
            Instance {
                sent: sent.into(),
                written: written.into(),
            }
        })
        .boxed()
}

/// A URI is kept as it is, down to the capitals of its host.
fn uris() -> BoxedStrategy<Instance> {
    let fixed = [
        "https://h",
        "urn:a:b",
        "HTTP://EXAMPLE.com:80/%7e/../x?",
        "mailto:a@b",
        "https://[::1]/",
    ];
    let fixed = select(fixed.map(str::to_owned).to_vec());
    let made = concat!(
        "https?://[a-zA-Z0-9]{1,12}(\\.[a-z]{2,5}){0,2}(:[0-9]{1,4})?",
        "(/([a-zA-Z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}){0,8}){0,3}",
        "(\\?[a-z=&/?]{0,9})?(#[a-z]{0,5})?",
    );
    prop_oneof![fixed, made]
        .prop_map(|text| Value::from(text).into())
        .boxed()
}

/// Times with every spelling that RFC 3339 has for them. The offset is kept; the digits of the
/// fraction are written in threes, as many as the value needs, and an offset of zero as `Z`.
fn date_times() -> BoxedStrategy<Instance> {
    let date = (0..=9999_u32, 1..=12_u32, 1..=31_u32);
    let time = (0..=23_u32, 0..=59_u32, 0..=59_u32);
    let fraction = proptest::option::of("[0-9]{1,9}");
    let offset = prop_oneof![
        Just(("Z".to_owned(), "Z".to_owned())),
        Just(("z".to_owned(), "Z".to_owned())),
        Just(("+00:00".to_owned(), "Z".to_owned())),
        Just(("-00:00".to_owned(), "Z".to_owned())),
        ("[+-]", 0..=23_u32, 1..=59_u32).prop_map(|(sign, hours, minutes)| {
            let text = format!("{sign}{hours:02}:{minutes:02}");
            (text.clone(), text)
        }),
    ];
    (date, time, fraction, offset, select(vec!["T", "t"]))
        .prop_map(
            |((year, month, day), (hour, minute, second), fraction, offset, separator)| {
                let day = day.min(days_in(year, month));
                let clock = format!("{hour:02}:{minute:02}:{second:02}");
                let sent_fraction = fraction
                    .as_deref()
                    .map(|digits| format!(".{digits}"))
                    .unwrap_or_default();
                let written_fraction = in_threes(fraction.as_deref().unwrap_or_default());
                let date = format!("{year:04}-{month:02}-{day:02}");
                Instance {
                    sent: format!("{date}{separator}{clock}{sent_fraction}{}", offset.0).into(),
                    written: format!("{date}T{clock}{written_fraction}{}", offset.1).into(),
                }
            },
        )
        .boxed()
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn in_threes(digits: &str) -> String {
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return String::new();
    }
    format!(
        ".{digits:0<width$}",
        width = digits.len().next_multiple_of(3)
    )
}
