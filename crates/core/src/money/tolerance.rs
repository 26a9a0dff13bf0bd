use super::number::{NumberError, read_units};
use super::{Amount, Balance, Printed};
use serde::{Deserialize, Serialize};

const MILLION: u32 = 1_000_000;

/// How far above its limit a line may be used, as a fraction: 0.3 is 30 % (VTEX guide).
///
/// 0 to 100 with up to six decimals (DECISIONS 6), kept as millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Tolerance(u32);

/// Why something is not a [`Tolerance`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToleranceError {
    /// Not a number at all.
    NotANumber,
    /// Below zero.
    Negative,
    /// More than six decimals.
    TooManyDecimals,
    /// Above 100, which is 10,000 %.
    TooLarge,
}

impl Tolerance {
    /// None: the limit is the limit.
    pub const NONE: Tolerance = Tolerance(0);
    /// The largest: 100, which is 10,000 %.
    pub const LARGEST: Tolerance = Tolerance(100_000_000);

    /// The finest tolerance has so many decimals.
    pub const MOST_DECIMALS: u32 = 6;

    /// A tolerance of so many millionths, if it is not too large.
    pub const fn from_millionths(millionths: u32) -> Option<Tolerance> {
        if millionths <= Tolerance::LARGEST.0 { Some(Tolerance(millionths)) } else { None }
    }

    /// How many millionths it is.
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// Reads a number as written in JSON, exactly.
    pub fn parse(text: &str) -> Result<Tolerance, ToleranceError> {
        let millionths = read_units(text, Tolerance::MOST_DECIMALS).map_err(|error| match error {
            NumberError::NotANumber => ToleranceError::NotANumber,
            NumberError::Negative => ToleranceError::Negative,
            NumberError::TooFine => ToleranceError::TooManyDecimals,
            NumberError::TooLarge => ToleranceError::TooLarge,
        })?;
        let tolerance = u32::try_from(millionths).ok().and_then(Tolerance::from_millionths);
        tolerance.ok_or(ToleranceError::TooLarge)
    }

    /// The fraction in its shortest form: `0.3`.
    pub fn printed(self) -> Printed {
        Printed::new(i64::from(self.0), Tolerance::MOST_DECIMALS).shortest()
    }

    /// What may be owed under this limit: floor(limit × (1 + tolerance)), in minor units
    /// (DECISIONS 6).
    pub fn ceiling(self, limit: Amount) -> Balance {
        let factor = u128::from(self.0).saturating_add(u128::from(MILLION));
        let product = u128::from(limit.minor()).saturating_mul(factor);
        let floor = product.checked_div(u128::from(MILLION)).unwrap_or(0);
        Balance::from_minor(i64::try_from(floor).unwrap_or(i64::MAX))
    }
}

impl From<Tolerance> for u32 {
    fn from(tolerance: Tolerance) -> u32 {
        tolerance.0
    }
}

impl TryFrom<u32> for Tolerance {
    type Error = &'static str;

    fn try_from(millionths: u32) -> Result<Tolerance, &'static str> {
        Tolerance::from_millionths(millionths).ok_or("a tolerance is at most 100")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolerances_are_read_exactly() {
        let cases = [
            ("0.05", Ok(50_000)),
            ("20.0", Ok(20_000_000)),
            ("0", Ok(0)),
            ("100", Ok(100_000_000)),
            ("0.000001", Ok(1)),
            ("0.0000001", Err(ToleranceError::TooManyDecimals)),
            ("100.1", Err(ToleranceError::TooLarge)),
            ("1e9", Err(ToleranceError::TooLarge)),
            ("-1", Err(ToleranceError::Negative)),
            ("diez", Err(ToleranceError::NotANumber)),
        ];
        for (text, expected) in cases {
            assert_eq!(Tolerance::parse(text).map(Tolerance::millionths), expected, "{text}");
        }
    }

    #[test]
    fn the_ceiling_is_the_limit_and_its_tolerance_rounded_down() {
        let ceiling = |limit: u64, tolerance: &str| {
            let limit = Amount::from_minor(limit).unwrap();
            Tolerance::parse(tolerance).unwrap().ceiling(limit).minor()
        };
        assert_eq!(ceiling(100_000, "0.1"), 110_000);
        assert_eq!(ceiling(101, "0.1"), 111);
        assert_eq!(ceiling(Amount::LARGEST.minor(), "100"), 100_999_999_999_999_899);
        assert_eq!(ceiling(0, "100"), 0);
    }
}
