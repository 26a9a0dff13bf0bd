//! Money as whole minor units of one currency.
//!
//! An [`Amount`] is what is owed or asked and is never negative; a [`Balance`] is signed. Both
//! are integers inside and become decimals only where they are read or printed, so no sum can
//! lose a cent. Nothing here rounds without saying so in its name, and nothing is ever a float.

mod amount;
mod balance;
mod currency;
mod percent;
mod rate;
mod tolerance;

pub use amount::{Amount, AmountError};
pub use balance::Balance;
pub use currency::Currency;
pub use percent::Percent;
pub use rate::{Rate, RateError};
pub use tolerance::{Tolerance, ToleranceError};

use rust_decimal::Decimal;

/// Why a text is not a decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DecimalError {
    /// Not a number in JSON's grammar.
    NotANumber,
    /// A number with more digits before the point than a decimal holds.
    TooLarge,
    /// A number with more digits behind the point than a decimal holds.
    TooFine,
}

/// Reads a number in JSON's grammar exactly: `-12`, `10000.00`, `1e3`.
fn parse_decimal(text: &str) -> Result<Decimal, DecimalError> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    if !is_plain_number(mantissa) {
        return Err(DecimalError::NotANumber);
    }
    let exponent = parse_exponent(exponent)?;
    let digits = Decimal::from_str_exact(without_idle_zeros(mantissa)).map_err(|error| match error {
        rust_decimal::Error::Underflow => DecimalError::TooFine,
        _ => DecimalError::TooLarge,
    })?;
    shift_point(digits.normalize(), exponent)
}

fn is_plain_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && fraction.is_none_or(is_digits)
}

/// The number without the zeros at its end that say nothing: `10.100` is `10.1`, however many.
fn without_idle_zeros(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

/// The exponent of a number, held within what could matter: a longer one is as good as ±1000.
fn parse_exponent(text: Option<&str>) -> Result<i64, DecimalError> {
    let Some(text) = text else { return Ok(0) };
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, text.get(1..).unwrap_or_default()),
        Some(b'+') => (false, text.get(1..).unwrap_or_default()),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DecimalError::NotANumber);
    }
    let size = digits.parse::<i64>().unwrap_or(1000).min(1000);
    Ok(if negative { size.saturating_neg() } else { size })
}

fn shift_point(digits: Decimal, exponent: i64) -> Result<Decimal, DecimalError> {
    if digits.is_zero() {
        return Ok(Decimal::ZERO);
    }
    let scale = i64::from(digits.scale()).saturating_sub(exponent);
    if scale >= 0 {
        let scale = u32::try_from(scale).map_err(|_| DecimalError::TooFine)?;
        return Decimal::try_from_i128_with_scale(digits.mantissa(), scale)
            .map(|number| number.normalize())
            .map_err(|_| DecimalError::TooFine);
    }
    let zeros = u32::try_from(scale.unsigned_abs()).map_err(|_| DecimalError::TooLarge)?;
    let power = 10_i128.checked_pow(zeros).ok_or(DecimalError::TooLarge)?;
    let whole = digits.mantissa().checked_mul(power).ok_or(DecimalError::TooLarge)?;
    Decimal::try_from_i128_with_scale(whole, 0).map_err(|_| DecimalError::TooLarge)
}
