//! What the constraints ask of values, the same for a value, an optional one and a boxed one.

use std::collections::BTreeMap;
use std::fmt;

use super::Number;

/// A value that is a text, or absent.
pub trait Text {
    /// The text, if there is one.
    fn text(&self) -> Option<&str>;
}

impl Text for str {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Text for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T: Text> Text for Option<T> {
    fn text(&self) -> Option<&str> {
        self.as_ref()?.text()
    }
}

impl<T: Text + ?Sized> Text for Box<T> {
    fn text(&self) -> Option<&str> {
        (**self).text()
    }
}

/// A value that is a number, or absent.
pub trait Numeric {
    /// The type that limits are compared in.
    type Number: Number;

    /// The number, if there is one.
    fn number(&self) -> Option<Self::Number>;
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl Numeric for $number {
            type Number = Self;

            fn number(&self) -> Option<Self> {
                Some(*self)
            }
        })*
    };
}

numbers!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64);

impl<T: Numeric> Numeric for Option<T> {
    type Number = T::Number;

    fn number(&self) -> Option<Self::Number> {
        self.as_ref()?.number()
    }
}

impl<T: Numeric> Numeric for Box<T> {
    type Number = T::Number;

    fn number(&self) -> Option<Self::Number> {
        (**self).number()
    }
}

/// A value that is `true` or `false`, or absent.
pub trait Flag {
    /// The flag, if there is one.
    fn flag(&self) -> Option<bool>;
}

impl Flag for bool {
    fn flag(&self) -> Option<bool> {
        Some(*self)
    }
}

impl<T: Flag> Flag for Option<T> {
    fn flag(&self) -> Option<bool> {
        self.as_ref()?.flag()
    }
}

impl<T: Flag> Flag for Box<T> {
    fn flag(&self) -> Option<bool> {
        (**self).flag()
    }
}

/// A value that has so many items or properties, or is absent.
pub trait Length {
    /// How many there are.
    fn length(&self) -> Option<usize>;
}

/// A number that was counted already.
impl Length for usize {
    fn length(&self) -> Option<usize> {
        Some(*self)
    }
}

impl<T> Length for Vec<T> {
    fn length(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T, const N: usize> Length for [T; N] {
    fn length(&self) -> Option<usize> {
        Some(N)
    }
}

impl<K, T> Length for BTreeMap<K, T> {
    fn length(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T: Length> Length for Option<T> {
    fn length(&self) -> Option<usize> {
        self.as_ref()?.length()
    }
}

impl<T: Length + ?Sized> Length for Box<T> {
    fn length(&self) -> Option<usize> {
        (**self).length()
    }
}

/// A value that has items; an absent one has none.
pub trait Items {
    /// What it has.
    type Item;

    /// All of them.
    fn items(&self) -> &[Self::Item];

    /// Whether the value is there at all.
    fn is_there(&self) -> bool {
        true
    }
}

impl<T> Items for [T] {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }
}

impl<T> Items for Vec<T> {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> Items for [T; N] {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }
}

impl<C: Items> Items for Option<C> {
    type Item = C::Item;

    fn items(&self) -> &[C::Item] {
        self.as_ref().map_or(&[], C::items)
    }

    fn is_there(&self) -> bool {
        self.as_ref().is_some_and(C::is_there)
    }
}

impl<C: Items + ?Sized> Items for Box<C> {
    type Item = C::Item;

    fn items(&self) -> &[C::Item] {
        (**self).items()
    }

    fn is_there(&self) -> bool {
        (**self).is_there()
    }
}

/// A value that has keys; an absent one has none.
pub trait Entries {
    /// What the keys are.
    type Key: fmt::Display;
    /// What stands under them.
    type Value;

    /// All of them, in the order of the keys.
    fn entries(&self) -> impl Iterator<Item = (&Self::Key, &Self::Value)>;
}

impl<K: fmt::Display, T> Entries for BTreeMap<K, T> {
    type Key = K;
    type Value = T;

    fn entries(&self) -> impl Iterator<Item = (&K, &T)> {
        self.iter()
    }
}

impl<C: Entries> Entries for Option<C> {
    type Key = C::Key;
    type Value = C::Value;

    fn entries(&self) -> impl Iterator<Item = (&C::Key, &C::Value)> {
        self.iter().flat_map(C::entries)
    }
}

impl<C: Entries> Entries for Box<C> {
    type Key = C::Key;
    type Value = C::Value;

    fn entries(&self) -> impl Iterator<Item = (&C::Key, &C::Value)> {
        (**self).entries()
    }
}

/// A value that is a tuple, or absent.
pub trait Tuple {
    /// The tuple.
    type Places;

    /// The tuple, if there is one.
    fn places(&self) -> Option<&Self::Places>;
}

macro_rules! tuples {
    ($($($place:ident)+;)+) => {
        $(impl<$($place),+> Tuple for ($($place,)+) {
            type Places = Self;

            fn places(&self) -> Option<&Self> {
                Some(self)
            }
        })+
    };
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}

impl<T: Tuple> Tuple for Option<T> {
    type Places = T::Places;

    fn places(&self) -> Option<&T::Places> {
        self.as_ref()?.places()
    }
}

impl<T: Tuple> Tuple for Box<T> {
    type Places = T::Places;

    fn places(&self) -> Option<&T::Places> {
        (**self).places()
    }
}
