//! Which texts every library reads as values of a format, so that one may stand in the output (I3).

use crate::api::StringFormat;

/// How many digits a decimal number may have: those of `rust_decimal`.
const DECIMAL_DIGITS: usize = 28;

/// How many digits a fraction of a second may have: nanoseconds.
const FRACTION_DIGITS: usize = 9;

/// Whether a text is a value of a format, for certain. Nothing is said of a format that is read by
/// rules of its own, such as that of URIs.
pub(super) fn is_value(format: StringFormat, text: &str) -> Option<bool> {
    Some(match format {
        StringFormat::Plain => true,
        StringFormat::Date => is_date(text),
        StringFormat::LocalTime => is_time(text),
        StringFormat::LocalDateTime => is_local(text),
        StringFormat::DateTime => is_stamp(text),
        StringFormat::Uuid => is_uuid(text),
        StringFormat::Ipv4 => is_ipv4(text),
        StringFormat::Ip if is_ipv4(text) => true,
        StringFormat::Decimal => is_decimal(text),
        StringFormat::Ip
        | StringFormat::Ipv6
        | StringFormat::Uri
        | StringFormat::Base64
        | StringFormat::Base64Url
        | StringFormat::Secret => return None,
    })
}

/// So many digits as a number.
fn digits(text: &str, count: usize) -> Option<u32> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut part = |count| parts.next().and_then(|part| digits(part, count));
    let (Some(year), Some(month), Some(day)) = (part(4), part(2), part(2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return false,
    };
    // Not every library counts years before the first, and time stamps end with the last day but one.
    (1..=9998).contains(&year) && (1..=days).contains(&day)
}

fn is_time(text: &str) -> bool {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let is_fraction = fraction.is_none_or(|it| {
        (1..=FRACTION_DIGITS).contains(&it.len()) && it.bytes().all(|byte| byte.is_ascii_digit())
    });
    let parts: Vec<Option<u32>> = clock.split(':').map(|part| digits(part, 2)).collect();
    // Not every library knows the second that is sometimes added to a day.
    is_fraction && matches!(parts[..], [Some(0..=23), Some(0..=59), Some(0..=59)])
}

fn is_local(text: &str) -> bool {
    let parts = text.split_once('T');
    parts.is_some_and(|(date, time)| is_date(date) && is_time(time))
}

fn is_stamp(text: &str) -> bool {
    if let Some(local) = text.strip_suffix('Z') {
        return is_local(local);
    }
    let Some((local, offset)) = text
        .len()
        .checked_sub(6)
        .and_then(|at| text.split_at_checked(at))
    else {
        return false;
    };
    let parts = offset
        .strip_prefix(['+', '-'])
        .and_then(|it| it.split_once(':'));
    let parts = parts.map(|(hours, minutes)| (digits(hours, 2), digits(minutes, 2)));
    is_local(local) && matches!(parts, Some((Some(0..=23), Some(0..=59))))
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    let is_digit = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(is_digit)
}

fn is_ipv4(text: &str) -> bool {
    let is_part = |part: &str| {
        let is_plain = part == "0" || !part.starts_with('0');
        is_plain && digits(part, part.len()).is_some_and(|it| it <= 255)
    };
    text.split('.').count() == 4 && text.split('.').all(is_part)
}

fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_number(whole) && is_number(fraction) && whole.len() + fraction.len() <= DECIMAL_DIGITS
}

#[cfg(test)]
mod tests {
    use super::is_value;
    use crate::api::StringFormat;

    #[track_caller]
    fn check(format: StringFormat, right: &[&str], wrong: &[&str]) {
        for text in right {
            assert_eq!(is_value(format, text), Some(true), "{text}");
        }
        for text in wrong {
            assert_eq!(is_value(format, text), Some(false), "{text}");
        }
    }

    #[test]
    fn dates_and_times() {
        let wrong = [
            "",
            "2023-02-29",
            "2024-13-01",
            "2024-1-01",
            "0000-01-01",
            "2024-01-00",
            "+2024-01-01",
            "2024-01-01-1",
            "2024-01-01 ",
        ];
        check(
            StringFormat::Date,
            &["2024-02-29", "2000-02-29", "0001-12-31"],
            &wrong,
        );
        let wrong = [
            "24:00:00",
            "23:59:60",
            "1:00:00",
            "10:00",
            "10:00:00.",
            "10:00:00.0123456789",
        ];
        check(
            StringFormat::LocalTime,
            &["23:59:59", "00:00:00.123456789"],
            &wrong,
        );
        check(
            StringFormat::LocalDateTime,
            &["2024-02-29T10:00:00.5"],
            &["2024-02-29 10:00:00", "2024-02-29T10:00:00Z", "2024-02-29"],
        );
        check(
            StringFormat::DateTime,
            &["2024-02-29T10:00:00Z", "2024-02-29T10:00:00.5+02:00"],
            &[
                "2024-02-29T10:00:00",
                "2024-02-29T10:00:00z",
                "2024-02-29T10:00:00+2:00",
                "2024-02-29T10:00:00+24:00",
                "\u{e9}1:00",
            ],
        );
    }

    #[test]
    fn other_formats() {
        check(
            StringFormat::Uuid,
            &["67e55044-10b1-426f-9247-bb680e5fe0c8"],
            &[
                "67e5504410b1426f9247bb680e5fe0c8",
                "67e55044-10b1-426f-9247-bb680e5fe0cg",
            ],
        );
        let wrong = [
            "127.0.0.1/8",
            "::1",
            "1.2.3",
            "1.2.3.256",
            "01.2.3.4",
            "1..2.3",
        ];
        check(StringFormat::Ipv4, &["127.0.0.1", "255.10.0.0"], &wrong);
        assert_eq!(is_value(StringFormat::Ip, "127.0.0.1"), Some(true));
        assert_eq!(is_value(StringFormat::Ip, "::1"), None);
        check(
            StringFormat::Decimal,
            &["-1.50", "3"],
            &["1e5", ".5", "1.", "-", "1-2"],
        );
        assert_eq!(is_value(StringFormat::Uri, "https://h"), None);
    }
}
