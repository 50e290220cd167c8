//! Limits of numbers as literals of the type that they are compared in (group D).

use serde::Serialize;

/// A limit with the primitive type that it is compared in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Bound {
    /// The number as a Rust literal without its sign.
    pub(crate) digits: String,
    pub(crate) negative: bool,
    /// The type, such as `i64`.
    pub(crate) ty: &'static str,
}

/// The keyword that a limit stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
}

/// What a limit comes to in a type.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It is checked against this; a limit between two whole numbers becomes the next one inside, and
    /// so another keyword.
    Check(Limit, Bound),
    /// Every value of the type keeps it.
    Always,
    /// The type cannot hold what it asks for.
    Never,
}

/// What a limit comes to in a primitive type (D3).
pub(super) fn limit(limit: Limit, text: &str, ty: &'static str) -> Fit {
    if ty.starts_with('f') {
        return float_limit(limit, text, ty);
    }
    let Some(exact) = Exact::parse(text) else {
        return Fit::Never;
    };
    let lower = matches!(limit, Limit::Minimum | Limit::ExclusiveMinimum);
    let (is_whole, floor) = (exact.is_whole(), exact.floor());
    let (limit, whole) = match (is_whole, lower) {
        (true, _) => (limit, floor),
        (false, true) => (Limit::Minimum, floor.and_then(|it| it.checked_add(1))),
        (false, false) => (Limit::Maximum, floor),
    };
    let (min, max) = range(ty);
    let (always, never) = match (lower, exact.negative, whole) {
        (true, negative, None) => (negative, !negative),
        (false, negative, None) => (!negative, negative),
        (true, _, Some(whole)) => {
            let exclusive = limit == Limit::ExclusiveMinimum;
            (
                whole < min || whole == min && !exclusive,
                whole > max || whole == max && exclusive,
            )
        }
        (false, _, Some(whole)) => {
            let exclusive = limit == Limit::ExclusiveMaximum;
            (
                whole > max || whole == max && !exclusive,
                whole < min || whole == min && exclusive,
            )
        }
    };
    match whole {
        _ if always => Fit::Always,
        Some(whole) if !never => Fit::Check(limit, literal(whole, ty)),
        _ => Fit::Never,
    }
}

fn float_limit(limit: Limit, text: &str, ty: &'static str) -> Fit {
    let Ok(value) = text.parse::<f64>() else {
        return Fit::Never;
    };
    let largest = if ty == "f32" {
        f64::from(f32::MAX)
    } else {
        f64::MAX
    };
    if value.abs() > largest {
        let lower = matches!(limit, Limit::Minimum | Limit::ExclusiveMinimum);
        return if lower == (value < 0.0) {
            Fit::Always
        } else {
            Fit::Never
        };
    }
    Fit::Check(limit, float(value, ty))
}

/// What a step comes to in a primitive type (D4). For whole numbers a step with a fraction becomes the
/// smallest whole number that is a multiple of it. [`Fit::Never`] if it is not more than 0, or cannot be
/// held.
pub(super) fn step(text: &str, ty: &'static str) -> Result<Option<Bound>, NoStep> {
    let exact = Exact::parse(text).ok_or(NoStep::TooLong)?;
    if exact.negative || exact.is_zero() {
        return Err(NoStep::NotPositive);
    }
    if ty.starts_with('f') {
        let value = text
            .parse::<f64>()
            .ok()
            .filter(|it| it.is_finite() && *it > 0.0);
        return value
            .map(|value| Some(float(value, ty)))
            .ok_or(NoStep::TooLong);
    }
    let whole = exact.numerator().ok_or(NoStep::TooLong)?;
    if whole == 1 {
        return Ok(None);
    }
    if whole > range(ty).1 {
        return Err(NoStep::TooLong);
    }
    Ok(Some(literal(whole, ty)))
}

/// A number as a literal of a primitive type; `None` if the type does not hold it.
pub(super) fn value(text: &str, ty: &'static str) -> Option<Bound> {
    match limit(Limit::Minimum, text, ty) {
        Fit::Check(Limit::Minimum, bound) => Some(bound),
        // The smallest value of a type is a limit that every value keeps.
        Fit::Always => text
            .parse()
            .ok()
            .filter(|it| *it == range(ty).0)
            .map(|it| literal(it, ty)),
        _ => None,
    }
}

/// Why there is no step to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoStep {
    /// Nothing is a multiple of it.
    NotPositive,
    /// It has more digits than the type.
    TooLong,
}

fn float(value: f64, ty: &'static str) -> Bound {
    Bound {
        digits: format!("{:?}", value.abs()),
        negative: value < 0.0,
        ty,
    }
}

fn literal(whole: i128, ty: &'static str) -> Bound {
    Bound {
        digits: whole.unsigned_abs().to_string(),
        negative: whole < 0,
        ty,
    }
}

fn range(ty: &str) -> (i128, i128) {
    match ty {
        "i8" => (i8::MIN.into(), i8::MAX.into()),
        "i16" => (i16::MIN.into(), i16::MAX.into()),
        "i32" => (i32::MIN.into(), i32::MAX.into()),
        "u8" => (0, u8::MAX.into()),
        "u16" => (0, u16::MAX.into()),
        "u32" => (0, u32::MAX.into()),
        "u64" => (0, u64::MAX.into()),
        "i128" => (i128::MIN, i128::MAX),
        "u128" => (0, i128::MAX),
        _ => (i64::MIN.into(), i64::MAX.into()),
    }
}

/// A number exactly as it is written: `digits * 10^exponent`.
struct Exact {
    negative: bool,
    /// Without zeros at either end; empty for 0.
    digits: String,
    exponent: i64,
}

impl Exact {
    fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let places = i64::try_from(fraction.len()).ok()?;
        Some(Self::new(negative, &digits, exponent.checked_sub(places)?))
    }

    fn new(negative: bool, digits: &str, exponent: i64) -> Self {
        let significant = digits.trim_start_matches('0').trim_end_matches('0');
        let zeros = digits.len() - digits.trim_end_matches('0').len();
        let zeros = i64::try_from(zeros).unwrap_or(i64::MAX);
        Self {
            negative: negative && !significant.is_empty(),
            digits: significant.to_owned(),
            exponent: if significant.is_empty() {
                0
            } else {
                exponent.saturating_add(zeros)
            },
        }
    }

    fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    /// The largest whole number that is not more than this; `None` if it takes more than 127 bits.
    fn floor(&self) -> Option<i128> {
        let magnitude: i128 = if self.is_zero() {
            0
        } else if self.exponent >= 0 {
            let power = u32::try_from(self.exponent).ok()?;
            let digits: i128 = self.digits.parse().ok()?;
            digits.checked_mul(10_i128.checked_pow(power)?)?
        } else {
            let places = usize::try_from(self.exponent.unsigned_abs()).ok();
            let whole = places.and_then(|places| self.digits.len().checked_sub(places));
            match whole.and_then(|whole| self.digits.get(..whole)) {
                None | Some("") => 0,
                Some(whole) => whole.parse().ok()?,
            }
        };
        match (self.negative, self.is_whole()) {
            (false, _) => Some(magnitude),
            (true, true) => Some(-magnitude),
            (true, false) => (-magnitude).checked_sub(1),
        }
    }

    /// The number above the line, if this is written as a fraction in lowest terms. A whole number is a
    /// multiple of the fraction exactly if it is a multiple of that.
    fn numerator(&self) -> Option<i128> {
        if self.is_whole() {
            return self.floor();
        }
        let mut numerator: i128 = self.digits.parse().ok()?;
        for prime in [2, 5] {
            let mut powers = self.exponent.unsigned_abs();
            while powers > 0 && numerator % prime == 0 {
                numerator /= prime;
                powers -= 1;
            }
        }
        Some(numerator)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Fit, Limit, limit, step};

    fn check(of: Limit, ty: &'static str, texts: &[&str], expected: Expect) {
        let mut out = String::new();
        for text in texts {
            let fit = match limit(of, text, ty) {
                Fit::Check(of, bound) => {
                    let sign = if bound.negative { "-" } else { "" };
                    format!("{of:?} {sign}{}", bound.digits)
                }
                other => format!("{other:?}"),
            };
            out += &format!("{text}: {fit}\n");
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn lower_limits_of_whole_numbers() {
        check(
            Limit::Minimum,
            "i32",
            &[
                "-5",
                "1.0",
                "1e3",
                "1.5",
                "-1.5",
                "0.1e1",
                "-2147483648",
                "-2147483647",
                "2147483647",
                "2147483648",
                "-1e400",
                "1e400",
            ],
            expect![[r#"
                -5: Minimum -5
                1.0: Minimum 1
                1e3: Minimum 1000
                1.5: Minimum 2
                -1.5: Minimum -1
                0.1e1: Minimum 1
                -2147483648: Always
                -2147483647: Minimum -2147483647
                2147483647: Minimum 2147483647
                2147483648: Never
                -1e400: Always
                1e400: Never
            "#]],
        );
        check(
            Limit::ExclusiveMinimum,
            "u8",
            &["-1", "0", "0.5", "254", "255"],
            expect![[r#"
                -1: Always
                0: ExclusiveMinimum 0
                0.5: Minimum 1
                254: ExclusiveMinimum 254
                255: Never
            "#]],
        );
    }

    #[test]
    fn upper_limits_of_whole_numbers() {
        check(
            Limit::Maximum,
            "i8",
            &[
                "127", "126", "126.5", "-128", "-128.5", "1e3", "-1e3", "0.0",
            ],
            expect![[r#"
                127: Always
                126: Maximum 126
                126.5: Maximum 126
                -128: Maximum -128
                -128.5: Never
                1e3: Always
                -1e3: Never
                0.0: Maximum 0
            "#]],
        );
        check(
            Limit::ExclusiveMaximum,
            "u64",
            &["0", "18446744073709551616", "18446744073709551615", "1.5"],
            expect![[r#"
                0: Never
                18446744073709551616: Always
                18446744073709551615: ExclusiveMaximum 18446744073709551615
                1.5: Maximum 1
            "#]],
        );
    }

    #[test]
    fn limits_of_other_numbers() {
        check(
            Limit::Maximum,
            "f32",
            &["1e300", "-1e300", "0.1", "1e2"],
            expect![[r#"
                1e300: Always
                -1e300: Never
                0.1: Maximum 0.1
                1e2: Maximum 100.0
            "#]],
        );
    }

    #[test]
    fn steps() {
        let texts = ["5", "0.5", "1.5", "0.0075", "1e2", "0", "-1", "1e400"];
        let shown = texts.map(|text| {
            let step = |ty| step(text, ty).map(|bound| bound.map(|bound| bound.digits));
            format!("{text}: {:?} {:?}\n", step("i64"), step("f64"))
        });
        expect![[r#"
            5: Ok(Some("5")) Ok(Some("5.0"))
            0.5: Ok(None) Ok(Some("0.5"))
            1.5: Ok(Some("3")) Ok(Some("1.5"))
            0.0075: Ok(Some("3")) Ok(Some("0.0075"))
            1e2: Ok(Some("100")) Ok(Some("100.0"))
            0: Err(NotPositive) Err(NotPositive)
            -1: Err(NotPositive) Err(NotPositive)
            1e400: Err(TooLong) Err(TooLong)
        "#]]
        .assert_eq(&shown.concat());
    }
}
