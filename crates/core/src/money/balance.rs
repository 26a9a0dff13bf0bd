use super::{Amount, AmountError, Currency, Printed};
use serde::{Deserialize, Serialize};

/// A signed count of minor units: a statement line, a difference, a ceiling above every amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Balance(i64);

impl Balance {
    /// Nothing.
    pub const ZERO: Balance = Balance(0);

    /// A balance of so many minor units.
    pub const fn from_minor(minor: i64) -> Balance {
        Balance(minor)
    }

    /// How many minor units (cents) it is.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// Reads a number with a sign as written in JSON (`-15`, `"4.50"`), exactly.
    ///
    /// # Errors
    /// As [`Amount::parse`], which reads what stands after the sign; never [`AmountError::Negative`]
    /// but for two signs.
    pub fn parse(text: &str, currency: Currency) -> Result<Balance, AmountError> {
        match text.strip_prefix('-') {
            Some(positive) => Amount::parse(positive, currency).map(|amount| Balance::from(amount).negated()),
            None => Amount::parse(text, currency).map(Balance::from),
        }
    }

    /// The balance with exactly the currency's decimals.
    pub fn printed(self, currency: Currency) -> Printed {
        Printed::new(self.0, currency.decimals())
    }

    /// The sum. Balances are sums and differences of amounts, a thousand times below the bound.
    #[must_use]
    pub fn plus(self, other: impl Into<Balance>) -> Balance {
        Balance(self.0.saturating_add(other.into().0))
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: impl Into<Balance>) -> Balance {
        Balance(self.0.saturating_sub(other.into().0))
    }

    /// The same with the other sign.
    #[must_use]
    pub fn negated(self) -> Balance {
        Balance(self.0.saturating_neg())
    }

    /// How far from nothing it is, in minor units.
    pub const fn magnitude(self) -> u64 {
        self.0.unsigned_abs()
    }

    /// As an amount: nothing where it is negative, the largest amount where it is more.
    pub fn floor_at_zero(self) -> Amount {
        match u64::try_from(self.0) {
            Ok(minor) => Amount::from_minor(minor).unwrap_or(Amount::LARGEST),
            Err(_) => Amount::ZERO,
        }
    }
}

impl From<Amount> for Balance {
    fn from(amount: Amount) -> Balance {
        Balance(i64::try_from(amount.minor()).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_read_and_kept() {
        let read = |text| Balance::parse(text, Currency::Usd).map(Balance::minor);
        assert_eq!(read("-15"), Ok(-1500));
        assert_eq!(read("4.50"), Ok(450));
        assert_eq!(read("-0"), Ok(0));
        assert_eq!(read("--1"), Err(AmountError::Negative));
        assert_eq!(read("-1.005"), Err(AmountError::TooManyDecimals));
    }
}
