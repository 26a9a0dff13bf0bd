use super::number::{NumberError, read_units};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A rate as a fraction: 0.02 is 2 % (VTEX store configuration: `dailyInterestRate` a day,
/// `taxRate` once; DECISIONS 11).
///
/// 0 to 100 with up to twelve decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rate(Decimal);

/// Why something is not a [`Rate`] or a [`Percent`](super::Percent).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateError {
    /// Not a number at all.
    NotANumber,
    /// Below zero.
    Negative,
    /// More decimals than [`Rate::MOST_DECIMALS`], or than a percentage has.
    TooManyDecimals,
    /// Above 10,000 %.
    TooLarge,
}

impl RateError {
    pub(super) fn of(error: NumberError) -> RateError {
        match error {
            NumberError::NotANumber => RateError::NotANumber,
            NumberError::Negative => RateError::Negative,
            NumberError::TooFine => RateError::TooManyDecimals,
            NumberError::TooLarge => RateError::TooLarge,
        }
    }
}

impl Rate {
    /// Nothing.
    pub const ZERO: Rate = Rate(Decimal::ZERO);
    /// The finest rate has so many decimals.
    pub const MOST_DECIMALS: u32 = 12;
    /// How many trillionths the rate 1 is.
    pub const TRILLION: u128 = 1_000_000_000_000;

    /// Reads a number as written in JSON, exactly.
    ///
    /// # Errors
    /// See [`RateError`].
    pub fn parse(text: &str) -> Result<Rate, RateError> {
        let trillionths = read_units(text, Rate::MOST_DECIMALS).map_err(RateError::of)?;
        let rate = Decimal::from_i128_with_scale(i128::from(trillionths), Rate::MOST_DECIMALS).normalize();
        if rate > Decimal::ONE_HUNDRED { Err(RateError::TooLarge) } else { Ok(Rate(rate)) }
    }

    /// The fraction in its shortest form: `0.02`.
    pub fn to_decimal(self) -> Decimal {
        self.0
    }

    /// How many trillionths it is, exactly: a rate has no finer decimals, and is 10^14 at most.
    pub fn trillionths(self) -> u64 {
        let mut exact = self.0;
        exact.rescale(Rate::MOST_DECIMALS);
        u64::try_from(exact.mantissa()).unwrap_or_default()
    }
}

impl From<Rate> for String {
    fn from(rate: Rate) -> String {
        rate.0.to_string()
    }
}

impl TryFrom<String> for Rate {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Rate, &'static str> {
        Rate::parse(&text).map_err(|_| "a rate is 0 to 100 with up to twelve decimals")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_exactly() {
        let read = |text: &str| Rate::parse(text).map(|rate| rate.to_decimal().to_string());
        assert_eq!(read("0.000333333333"), Ok("0.000333333333".to_owned()));
        assert_eq!(read("0.40"), Ok("0.4".to_owned()));
        assert_eq!(read("1e-3"), Ok("0.001".to_owned()));
        assert_eq!(read("0.0000000000001"), Err(RateError::TooManyDecimals));
        assert_eq!(read("-0.1"), Err(RateError::Negative));
        assert_eq!(read("100.1"), Err(RateError::TooLarge));
        assert_eq!(read("mucho"), Err(RateError::NotANumber));
    }

    #[test]
    fn a_rate_is_a_whole_number_of_trillionths() {
        let trillionths = |text: &str| Rate::parse(text).map(Rate::trillionths);
        assert_eq!(trillionths("0"), Ok(0));
        assert_eq!(trillionths("-0.0"), Ok(0));
        assert_eq!(trillionths("0.000000000001"), Ok(1));
        assert_eq!(trillionths("0.02"), Ok(20_000_000_000));
        assert_eq!(trillionths("99.999999999999"), Ok(99_999_999_999_999));
        assert_eq!(trillionths("1e2"), Ok(100_000_000_000_000));
    }
}
