use super::number::read_units;
use super::{Printed, RateError};
use serde::{Deserialize, Serialize};

/// A rate in percent: 1.86 is 1.86 % (VTEX `interestRate`, `interestTax`).
///
/// 0 to 10,000 with up to six decimals; a whole number of millionths inside, so that schedules are
/// counted in integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Percent(u64);

impl Percent {
    /// Nothing.
    pub const ZERO: Percent = Percent(0);
    /// The finest percentage has so many decimals.
    pub const MOST_DECIMALS: u32 = 6;
    /// The largest: a hundred times the amount.
    pub const LARGEST: Percent = Percent(10_000_000_000);

    /// So many millionths of a percent, if it is not above 10,000 %.
    pub const fn from_millionths(millionths: u64) -> Option<Percent> {
        if millionths <= Percent::LARGEST.0 { Some(Percent(millionths)) } else { None }
    }

    /// How many millionths of a percent it is.
    pub const fn millionths(self) -> u64 {
        self.0
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Reads a number as written in JSON, exactly.
    ///
    /// # Errors
    /// See [`RateError`].
    pub fn parse(text: &str) -> Result<Percent, RateError> {
        let millionths = read_units(text, Percent::MOST_DECIMALS).map_err(RateError::of)?;
        Percent::from_millionths(millionths).ok_or(RateError::TooLarge)
    }

    /// The percentage in its shortest form: `1.86`.
    pub fn printed(self) -> Printed {
        Printed::new(i64::try_from(self.0).unwrap_or(i64::MAX), Percent::MOST_DECIMALS).shortest()
    }
}

impl From<Percent> for String {
    fn from(percent: Percent) -> String {
        percent.printed().to_string()
    }
}

impl TryFrom<String> for Percent {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Percent, &'static str> {
        Percent::parse(&text).map_err(|_| "a percentage is 0 to 10,000 with up to six decimals")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_exactly() {
        let read = |text: &str| Percent::parse(text).map(String::from);
        assert_eq!(read("1.860"), Ok("1.86".to_owned()));
        assert_eq!(read("1e2"), Ok("100".to_owned()));
        assert_eq!(read("0"), Ok("0".to_owned()));
        assert_eq!(read("0.000001"), Ok("0.000001".to_owned()));
        assert_eq!(read("10000"), Ok("10000".to_owned()));
        assert_eq!(read("0.0000001"), Err(RateError::TooManyDecimals));
        assert_eq!(read("10000.000001"), Err(RateError::TooLarge));
        assert_eq!(read("-1"), Err(RateError::Negative));
        assert_eq!(read("mucho"), Err(RateError::NotANumber));
    }
}
