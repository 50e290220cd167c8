//! Numbers as they are written in YAML 1.2 (core schema) and JSON, which is a subset.

/// Whether YAML reads a plain scalar as a number that a machine can hold.
///
/// Text such as `123e4567`, the start of many a hash, is a number by its form, but one that no
/// machine can hold; its author meant a string. The same holds for `.inf` and `.nan`, because JSON
/// has no such values.
pub(crate) fn is_yaml_number(text: &str) -> bool {
    if radix(text).is_some_and(|(digits, radix)| all_digits(digits, radix)) {
        return true;
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_mantissa = are_digits(whole) && are_digits(fraction) && whole.len() + fraction.len() > 0;
    let is_exponent = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && are_digits(digits)
    });
    is_mantissa && is_exponent && float(text).is_some()
}

/// The integer that a number is, however it is written: `0x1F`, `+1`, and `017`, which is 17 in
/// YAML 1.2. `None` if it has a fraction or an exponent, or more than 128 bits.
#[must_use]
pub fn integer(lexeme: &str) -> Option<i128> {
    match radix(lexeme) {
        Some((digits, radix)) => i128::from_str_radix(digits, radix).ok(),
        None => lexeme.parse().ok(),
    }
}

/// The number as a floating-point number; `None` if it is too large for one.
#[must_use]
pub fn float(lexeme: &str) -> Option<f64> {
    let value = match radix(lexeme) {
        Some((digits, radix)) => digits.chars().try_fold(0.0, |value, digit| {
            Some(value * f64::from(radix) + f64::from(digit.to_digit(radix)?))
        })?,
        None => lexeme.parse().ok()?,
    };
    value.is_finite().then_some(value)
}

/// The digits behind `0x` or `0o`, and what they count in.
fn radix(text: &str) -> Option<(&str, u32)> {
    let hexadecimal = text.strip_prefix("0x").map(|digits| (digits, 16));
    hexadecimal.or_else(|| text.strip_prefix("0o").map(|digits| (digits, 8)))
}

fn all_digits(digits: &str, radix: u32) -> bool {
    !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix))
}

fn are_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{float, integer, is_yaml_number};

    fn check(texts: &[&str], expected: Expect) {
        let mut out = String::new();
        for text in texts {
            out += &format!(
                "{text:?}: {}, {:?}, {:?}\n",
                is_yaml_number(text),
                integer(text),
                float(text)
            );
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn integers() {
        check(
            &[
                "0",
                "-1",
                "+1",
                "017",
                "0o17",
                "0x1F",
                "0xg",
                "0x",
                "-0x1",
                "0b11",
                "1_000",
                "18446744073709551616",
            ],
            expect![[r#"
                "0": true, Some(0), Some(0.0)
                "-1": true, Some(-1), Some(-1.0)
                "+1": true, Some(1), Some(1.0)
                "017": true, Some(17), Some(17.0)
                "0o17": true, Some(15), Some(15.0)
                "0x1F": true, Some(31), Some(31.0)
                "0xg": false, None, None
                "0x": false, None, Some(0.0)
                "-0x1": false, None, None
                "0b11": false, None, None
                "1_000": false, None, None
                "18446744073709551616": true, Some(18446744073709551616), Some(1.8446744073709552e19)
            "#]],
        );
    }

    #[test]
    fn floats() {
        check(
            &[
                "1.10", ".5", "5.", "-1.5E+3", "1e3", "1e", ".", "-", "1.2.3", "1e3.5", "e3",
            ],
            expect![[r#"
            "1.10": true, None, Some(1.1)
            ".5": true, None, Some(0.5)
            "5.": true, None, Some(5.0)
            "-1.5E+3": true, None, Some(-1500.0)
            "1e3": true, None, Some(1000.0)
            "1e": false, None, None
            ".": false, None, None
            "-": false, None, None
            "1.2.3": false, None, None
            "1e3.5": false, None, None
            "e3": false, None, None
        "#]],
        );
    }

    #[test]
    fn what_no_machine_can_hold_is_text() {
        check(
            &[
                "123e4567", ".inf", "-.inf", ".nan", "inf", "nan", "infinity", "",
            ],
            expect![[r#"
            "123e4567": false, None, None
            ".inf": false, None, None
            "-.inf": false, None, None
            ".nan": false, None, None
            "inf": false, None, None
            "nan": false, None, None
            "infinity": false, None, None
            "": false, None, None
        "#]],
        );
    }
}
