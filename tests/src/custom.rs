//! The types that `cases/replaced` has in the place of generated ones, as a user writes them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// An amount, as in `12 EUR`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Money {
    /// How much.
    pub amount: i64,
    /// Of what.
    pub currency: String,
}

impl TryFrom<String> for Money {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let parts = text.split_once(' ');
        let (amount, currency) = parts.ok_or("an amount and a currency")?;
        Ok(Self {
            amount: amount.parse().map_err(|_| "a whole amount")?,
            currency: currency.to_owned(),
        })
    }
}

impl From<Money> for String {
    fn from(money: Money) -> Self {
        format!("{} {}", money.amount, money.currency)
    }
}

/// Labels in no particular shape.
#[derive(Debug, Clone, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Labels(pub BTreeMap<String, String>);

/// A country by its two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Serialize, Deserialize)]
pub enum Country {
    /// Germany.
    De,
    /// France.
    Fr,
}
