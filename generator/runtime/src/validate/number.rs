//! Numbers of every width.

use std::fmt;

use super::decimal::Decimal;

/// A number that limits can be set to.
pub trait Number: PartialOrd + Copy + fmt::Display {
    /// Whether the number is a whole multiple of the step.
    fn is_multiple_of(self, step: Self) -> bool;
}

macro_rules! integers {
    ($($integer:ty)*) => {
        $(impl Number for $integer {
            fn is_multiple_of(self, step: Self) -> bool {
                // The one remainder that overflows is that of a division by -1, and it is 0.
                step != 0 && self.checked_rem(step).unwrap_or(0) == 0
            }
        })*
    };
}

integers!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128);

macro_rules! floats {
    ($($float:ty)*) => {
        $(impl Number for $float {
            fn is_multiple_of(self, step: Self) -> bool {
                // Both are taken for the shortest decimals that stand for them, as they are written
                // in JSON: 0.3 is a multiple of 0.1 there, and is none in binary.
                match (Decimal::parse(&format!("{self:e}")), Decimal::parse(&format!("{step:e}"))) {
                    (Some(number), Some(step)) => number.is_multiple_of(step),
                    _ => false,
                }
            }
        })*
    };
}

floats!(f32 f64);
