//! Exact decimal arithmetic, as far as `multipleOf` needs it.

/// `digits * 10^exponent`, without its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: u64,
    exponent: i32,
}

impl Decimal {
    /// Reads a number in scientific notation, like `1.25e-3`. `None` if it is not finite.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = text.split_once('e')?;
        let mantissa = mantissa.trim_start_matches('-');
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let places = i32::try_from(fraction.len()).ok()?;
        Some(Self {
            digits: format!("{whole}{fraction}").parse().ok()?,
            exponent: exponent.parse::<i32>().ok()?.checked_sub(places)?,
        })
    }

    /// Whether this is a whole multiple of the step. Exact, whatever the exponents are.
    pub(super) fn is_multiple_of(self, step: Self) -> bool {
        if self.digits == 0 || step.digits == 0 {
            return self.digits == 0 && step.digits != 0;
        }
        let shift = self.exponent - step.exponent;
        let power = shift.unsigned_abs();
        if shift >= 0 {
            let ten = power_modulo(10, power, step.digits);
            return u128::from(self.digits) * u128::from(ten) % u128::from(step.digits) == 0;
        }
        // The step has fewer places behind the point. If it does not fit, it is larger than what it
        // should divide.
        let step = 10_u64
            .checked_pow(power)
            .and_then(|ten| step.digits.checked_mul(ten));
        step.is_some_and(|step| self.digits.checked_rem(step) == Some(0))
    }
}

/// `base^power % modulus`, by squaring.
fn power_modulo(base: u64, mut power: u32, modulus: u64) -> u64 {
    let multiply = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b) % u128::from(modulus);
        u64::try_from(product).unwrap_or_default()
    };
    let (mut result, mut factor) = (1 % modulus, base % modulus);
    while power > 0 {
        if power % 2 == 1 {
            result = multiply(result, factor);
        }
        factor = multiply(factor, factor);
        power /= 2;
    }
    result
}
