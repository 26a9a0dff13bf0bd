use super::number::{NumberError, Reading, read_floor, read_units};
use super::{Balance, Currency, Printed};
use serde::{Deserialize, Serialize};

/// What is owed, asked or paid: a count of minor units (cents), never negative, below 10^13 units
/// of currency (DECISIONS 7).
///
/// It carries no currency: an account has one, and every amount in it is of that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Amount(u64);

/// Why something is not an [`Amount`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountError {
    /// Not a number at all (`NaN`, `abc`, an empty text).
    NotANumber,
    /// Below zero.
    Negative,
    /// More decimals than the currency has; nothing is ever rounded silently.
    TooManyDecimals,
    /// 10^13 units of currency or more.
    TooLarge,
}

impl AmountError {
    fn of(error: NumberError) -> AmountError {
        match error {
            NumberError::NotANumber => AmountError::NotANumber,
            NumberError::Negative => AmountError::Negative,
            NumberError::TooFine => AmountError::TooManyDecimals,
            NumberError::TooLarge => AmountError::TooLarge,
        }
    }
}

impl Amount {
    /// Nothing.
    pub const ZERO: Amount = Amount(0);
    /// The least that is something: one minor unit.
    pub const SMALLEST: Amount = Amount(1);
    /// The largest amount of a currency with two decimals: 9,999,999,999,999.99.
    pub const LARGEST: Amount = Amount(999_999_999_999_999);
    /// The largest amount of a currency without decimals: 9,999,999,999,999.
    pub(super) const LARGEST_WITHOUT_DECIMALS: Amount = Amount(9_999_999_999_999);

    /// How many decimals a bound may have, which is rounded to those of the currency.
    pub const FINEST_BOUND: u32 = 28;

    /// An amount of so many minor units, if it is not too large.
    pub const fn from_minor(minor: u64) -> Option<Amount> {
        if minor <= Amount::LARGEST.0 { Some(Amount(minor)) } else { None }
    }

    /// How many minor units (cents) it is.
    pub const fn minor(self) -> u64 {
        self.0
    }

    /// Reads a number as written in JSON (`5000`, `5000.00`, `5e3`), exactly.
    ///
    /// # Errors
    /// See [`AmountError`]. Of a number that is too fine and too large, the decimals are named.
    pub fn parse(text: &str, currency: Currency) -> Result<Amount, AmountError> {
        let minor = read_units(text, currency.decimals()).map_err(AmountError::of)?;
        Amount::of_currency(minor, currency)
    }

    /// Reads a bound that may be finer than any amount of the currency, and rounds it up: what was
    /// below it still is, and what was not is not.
    ///
    /// # Errors
    /// As [`Amount::parse`]; too many decimals are more than [`Amount::FINEST_BOUND`].
    pub fn parse_rounding_up(text: &str, currency: Currency) -> Result<Amount, AmountError> {
        let Reading { units, last_place } = read_floor(text, currency.decimals()).map_err(AmountError::of)?;
        if last_place > Amount::FINEST_BOUND {
            return Err(AmountError::TooManyDecimals);
        }
        let is_exact = last_place <= currency.decimals();
        Amount::of_currency(if is_exact { units } else { units.saturating_add(1) }, currency)
    }

    fn of_currency(minor: u64, currency: Currency) -> Result<Amount, AmountError> {
        let amount = Amount::from_minor(minor).filter(|amount| *amount <= currency.largest());
        amount.ok_or(AmountError::TooLarge)
    }

    /// The amount with exactly the currency's decimals: `10000.00`, or `10000` in Chile.
    pub fn printed(self, currency: Currency) -> Printed {
        Balance::from(self).printed(currency)
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, if it is not too large.
    pub fn checked_add(self, other: Amount) -> Option<Amount> {
        self.0.checked_add(other.0).and_then(Amount::from_minor)
    }

    /// The sum, or the largest amount there is. For sums that a decision has already bounded.
    pub fn saturating_add(self, other: Amount) -> Amount {
        self.checked_add(other).unwrap_or(Amount::LARGEST)
    }

    /// What is left, if `other` is not more.
    pub fn checked_sub(self, other: Amount) -> Option<Amount> {
        self.0.checked_sub(other.0).map(Amount)
    }

    /// What is left, or nothing.
    pub fn saturating_sub(self, other: Amount) -> Amount {
        Amount(self.0.saturating_sub(other.0))
    }

    /// The sum of many, or the largest amount there is.
    pub fn saturating_sum(amounts: impl IntoIterator<Item = Amount>) -> Amount {
        amounts.into_iter().fold(Amount::ZERO, Amount::saturating_add)
    }
}

impl From<Amount> for u64 {
    fn from(amount: Amount) -> u64 {
        amount.0
    }
}

impl TryFrom<u64> for Amount {
    type Error = &'static str;

    fn try_from(minor: u64) -> Result<Amount, &'static str> {
        Amount::from_minor(minor).ok_or("an amount is below 10^13 units of currency")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<u64, AmountError> {
        Amount::parse(text, Currency::Usd).map(Amount::minor)
    }

    #[test]
    fn numbers_are_read_exactly() {
        let cases = [
            ("5000", Ok(500_000)),
            ("5000.00", Ok(500_000)),
            ("10.100", Ok(1_010)),
            ("5e3", Ok(500_000)),
            ("1.5E+1", Ok(1_500)),
            ("250e-2", Ok(250)),
            ("0", Ok(0)),
            ("-0", Ok(0)),
            ("0e999999999999", Ok(0)),
            ("10.0000000000000000000000000000000000000000", Ok(1_000)),
            ("0.0000000000000000000000000000000000000000", Ok(0)),
            ("0000000000000000000000000000000000000000012", Ok(1_200)),
            ("1e-2", Ok(1)),
            ("0.0100000000000000000000000000000000000000e2", Ok(100)),
            ("9999999999999.99", Ok(999_999_999_999_999)),
            ("10000000000000", Err(AmountError::TooLarge)),
            ("1e400", Err(AmountError::TooLarge)),
            ("99999999999999999999999999999999999999", Err(AmountError::TooLarge)),
            ("1e-400", Err(AmountError::TooManyDecimals)),
            ("0.001", Err(AmountError::TooManyDecimals)),
            ("0.00000000000000000000000000000000001", Err(AmountError::TooManyDecimals)),
            ("-0.01", Err(AmountError::Negative)),
            ("-1e5", Err(AmountError::Negative)),
            ("-1e400", Err(AmountError::Negative)),
            ("-1e-400", Err(AmountError::Negative)),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_bound_is_rounded_up_to_the_currencys_decimals() {
        let read = |text: &str, currency| Amount::parse_rounding_up(text, currency).map(Amount::minor);
        let cases = [
            ("10", Ok(1_000)),
            ("10.00000", Ok(1_000)),
            ("10.001", Ok(1_001)),
            ("0.0000000000000000000000000001", Ok(1)),
            ("0", Ok(0)),
            ("-0.001", Err(AmountError::Negative)),
            ("9999999999999.991", Err(AmountError::TooLarge)),
            ("diez", Err(AmountError::NotANumber)),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text, Currency::Usd), expected, "{text}");
        }
        assert_eq!(read("10.01", Currency::Clp), Ok(11));
    }

    #[test]
    fn what_is_not_a_number_is_said_so() {
        for text in
            ["", " 1", "1 ", "NaN", "Infinity", "1_000", "+1", ".5", "5.", "1e", "1e+", "0x10", "１", "1,5"]
        {
            assert_eq!(read(text), Err(AmountError::NotANumber), "{text:?}");
        }
    }

    #[test]
    fn a_currency_without_cents_takes_no_cents() {
        assert_eq!(Amount::parse("1000.00", Currency::Clp).map(Amount::minor), Ok(1000));
        assert_eq!(Amount::parse("1000.5", Currency::Clp), Err(AmountError::TooManyDecimals));
        assert_eq!(Amount::parse("10000000000000", Currency::Clp), Err(AmountError::TooLarge));
        assert_eq!(Amount::from_minor(1000).unwrap().printed(Currency::Clp).to_string(), "1000");
    }

    proptest! {
        #[test]
        fn printing_and_reading_agree(minor in 0..=Amount::LARGEST.minor()) {
            let amount = Amount::from_minor(minor).unwrap();
            let printed = amount.printed(Currency::Usd).to_string();
            prop_assert_eq!(Amount::parse(&printed, Currency::Usd), Ok(amount));
            prop_assert_eq!(printed.split_once('.').unwrap().1.len(), 2);
        }

        #[test]
        fn no_text_panics(text in "[-+0-9.eE_ a]{0,50}") {
            let exact = read(&text);
            let rounded = Amount::parse_rounding_up(&text, Currency::Usd).map(Amount::minor);
            prop_assert!(exact.is_err() || exact == rounded);
        }
    }
}
