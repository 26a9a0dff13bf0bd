use crate::digits::Text;
use std::fmt;

/// Why a text is not a count of the units it is read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberError {
    /// Not a number in JSON's grammar.
    NotANumber,
    /// Below zero.
    Negative,
    /// More digits behind the point than the units have.
    TooFine,
    /// More than a count can be.
    TooLarge,
}

/// A number's place among the units it is read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// The units below it, or exactly it.
    pub(super) units: u64,
    /// At which place behind the point its last digit stands that says something; 0 where none does.
    pub(super) last_place: u32,
}

/// The exponent beyond which no number is of use here: a longer one is as good as this.
const LARGEST_EXPONENT: i64 = 1000;

/// Reads a number in JSON's grammar (`10000.00`, `1e3`) as a count of units of `10^-decimals`, exactly.
/// However large or fine a number is, no more than its text is worked through.
pub(super) fn read_units(text: &str, decimals: u32) -> Result<u64, NumberError> {
    let reading = read_floor(text, decimals)?;
    if reading.last_place > decimals { Err(NumberError::TooFine) } else { Ok(reading.units) }
}

/// The same of a number that may be finer, cut.
pub(super) fn read_floor(text: &str, decimals: u32) -> Result<Reading, NumberError> {
    let (number, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(n, e)| (n, Some(e)));
    let (is_negative, number) = number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(w, f)| (w, Some(f)));
    if !is_digits(whole) || fraction.is_some_and(|fraction| !is_digits(fraction)) {
        return Err(NumberError::NotANumber);
    }
    let digits = || whole.bytes().chain(fraction.unwrap_or_default().bytes()).map(|byte| byte & 0x0f);
    let point = read_exponent(exponent)?.saturating_add(i64::try_from(whole.len()).unwrap_or(i64::MAX));
    let last = digits().zip(1..).filter(|(digit, _)| *digit != 0).map(|(_, place)| place).last();
    let Some(last) = last else { return Ok(Reading { units: 0, last_place: 0 }) };
    if is_negative {
        return Err(NumberError::Negative);
    }
    let last_place = u32::try_from(i64::saturating_sub(last, point)).unwrap_or(0);
    match count(digits(), point.saturating_add(i64::from(decimals))) {
        Some(units) => Ok(Reading { units, last_place }),
        // Of a number that is both, the decimals are named: they are nearer to a slip of the pen.
        None if last_place > decimals => Ok(Reading { units: u64::MAX, last_place }),
        None => Err(NumberError::TooLarge),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The exponent of a number, held within what could matter.
fn read_exponent(text: Option<&str>) -> Result<i64, NumberError> {
    let Some(text) = text else { return Ok(0) };
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if !is_digits(digits) {
        return Err(NumberError::NotANumber);
    }
    // Only one that is too long for a number cannot be read here.
    let size = digits.parse().unwrap_or(LARGEST_EXPONENT).min(LARGEST_EXPONENT);
    Ok(size.saturating_mul(sign))
}

/// The number of the first so many digits, with zeros behind where there are fewer.
fn count(digits: impl Iterator<Item = u8>, length: i64) -> Option<u64> {
    let mut count: u64 = 0;
    let mut left = length;
    for digit in digits {
        if left <= 0 {
            return Some(count);
        }
        count = count.checked_mul(10)?.checked_add(u64::from(digit))?;
        left = left.saturating_sub(1);
    }
    count.checked_mul(10_u64.checked_pow(u32::try_from(left).unwrap_or(0))?)
}

/// A number as it is printed: a count of units of `10^-decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    units: i64,
    decimals: u32,
}

impl Printed {
    /// So many units of `10^-decimals`.
    pub(super) const fn new(units: i64, decimals: u32) -> Printed {
        Printed { units, decimals }
    }

    /// The same number with no more decimals than say something: `10.10` as `10.1`.
    #[must_use]
    pub fn shortest(self) -> Printed {
        let Printed { mut units, mut decimals } = self;
        while decimals > 0 && units.checked_rem(10) == Some(0) {
            units = units.checked_div(10).unwrap_or(0);
            decimals = decimals.saturating_sub(1);
        }
        Printed { units, decimals }
    }

    /// How many units it is.
    pub const fn units(self) -> i64 {
        self.units
    }

    /// How many decimals it is printed with.
    pub const fn decimals(self) -> u32 {
        self.decimals
    }
}

impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Text::default();
        if self.units < 0 {
            text.push(b'-');
        }
        let units = self.units.unsigned_abs();
        let whole = units.checked_div(10_u64.saturating_pow(self.decimals)).unwrap_or(0);
        let length = whole.checked_ilog10().unwrap_or(0).saturating_add(1);
        text.push_digits(whole, length as usize);
        if self.decimals > 0 {
            text.push(b'.');
            text.push_digits(units, self.decimals as usize);
        }
        text.print(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    #[test]
    fn numbers_are_printed_with_their_decimals_or_without_idle_zeros() {
        let printed = |units, decimals| Printed::new(units, decimals).to_string();
        assert_eq!(printed(1_000_000, 2), "10000.00");
        assert_eq!(
            (printed(7, 2), printed(-7, 2), printed(0, 2)),
            ("0.07".into(), "-0.07".into(), "0.00".into())
        );
        assert_eq!((printed(-1_401, 2), printed(1_234, 0)), ("-14.01".into(), "1234".into()));
        let shortest = |units, decimals| Printed::new(units, decimals).shortest().to_string();
        assert_eq!((shortest(1_860_000, 6), shortest(-1_500, 2)), ("1.86".into(), "-15".into()));
        assert_eq!((shortest(0, 6), shortest(100, 0)), ("0".into(), "100".into()));
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_decimals_are(units in 0..=999_999_999_999_999_u64, scale in 0_u32..9, shift in -4_i32..4) {
            let number = Decimal::from_i128_with_scale(i128::from(units), scale);
            let text = format!("{number}e{shift}");
            let shifted = number.mantissa() * 10_i128.pow((shift + 4) as u32);
            let exact = Decimal::from_i128_with_scale(shifted, scale + 4).normalize();
            let expected = match exact.scale() {
                0..=6 => {
                    let mut in_units = exact;
                    in_units.rescale(6);
                    u64::try_from(in_units.mantissa()).map_err(|_| NumberError::TooLarge)
                }
                _ => Err(NumberError::TooFine),
            };
            prop_assert_eq!(read_units(&text, 6), expected, "{}", text);
        }

        #[test]
        fn printing_is_as_decimals_do_it(units in any::<i64>(), decimals in 0_u32..=6) {
            let number = Decimal::from_i128_with_scale(i128::from(units), decimals);
            prop_assert_eq!(Printed::new(units, decimals).to_string(), number.to_string());
            prop_assert_eq!(Printed::new(units, decimals).shortest().to_string(), number.normalize().to_string());
        }
    }
}
