use super::InstallmentCount;
use crate::money::{Amount, Percent};
use serde::{Deserialize, Serialize};

/// A whole in millionths of a percent: a rate of `r` millionths is the fraction `r / WHOLE`.
const WHOLE: u128 = 100_000_000;

/// Powers and their sum are counted in fractions of 2^94: a sum below 64 then has 100 bits, and 28 are
/// left for the division by it.
const FRACTION_BITS: u32 = 94;
/// One, in these fractions.
const ONE: u128 = 1 << FRACTION_BITS;
/// What is owed, at most 48 of the largest amounts, is counted in fractions of 2^72: all 128 bits.
const OWED_BITS: u32 = 72;
const TEN_MILLION: u128 = 10_000_000;

/// How interest is counted (VTEX `interestRateMethod`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// On what is left after each part (0 or null).
    Compound,
    /// On the whole amount in each period, and a tax on the interest (1).
    SimpleWithTax(Percent),
    /// On the whole amount in each period (2).
    Simple,
}

/// When in its period a part is paid (VTEX `dueDateType`). Only compound interest depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// At its end (0).
    #[default]
    End,
    /// At its beginning (1).
    Beginning,
}

/// The interest of a plan in equal parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interest {
    /// A period, in percent.
    pub rate: Percent,
    /// How it is counted.
    pub method: Method,
    /// When in its period a part is paid.
    pub due: Due,
}

impl Interest {
    /// No interest at all.
    pub const NONE: Interest = Interest { rate: Percent::ZERO, method: Method::Simple, due: Due::End };

    /// What each of the equal parts is, cut to the minor unit and not rounded (VTEX guide; vtex.md
    /// section 6 has the formulas); `None` where it is no amount any more.
    ///
    /// With `i = rate / 100`, `n = count` and `PV = principal`: without interest `PV / n`; simple
    /// `PV (1 + i n) / n`; with tax `PV (1 + i n (1 + tax / 100)) / n`; compound
    /// `PV i / (1 − (1 + i)^−n)`, at the beginning of the period that over `1 + i`.
    pub fn part(self, principal: Amount, count: InstallmentCount) -> Option<Amount> {
        match self.method {
            _ if self.rate.is_zero() => simple_part(principal, count, 0),
            Method::Compound => compound_part(principal, count, self.rate, self.due),
            Method::Simple => simple_part(principal, count, growth(self.rate, count, Percent::ZERO)?),
            Method::SimpleWithTax(tax) => simple_part(principal, count, growth(self.rate, count, tax)?),
        }
    }
}

/// What all periods together add to a whole, in parts of `WHOLE²`: `i n (1 + tax)`.
fn growth(rate: Percent, count: InstallmentCount, tax: Percent) -> Option<u128> {
    let periods = u128::from(rate.millionths()).checked_mul(u128::from(count.get()))?;
    periods.checked_mul(WHOLE.checked_add(u128::from(tax.millionths()))?)
}

/// `PV (1 + growth) / n`, exactly, then cut: all of it fits into 128 bits.
fn simple_part(principal: Amount, count: InstallmentCount, growth: u128) -> Option<Amount> {
    let whole = WHOLE.checked_mul(WHOLE)?;
    let grown = u128::from(principal.minor()).checked_mul(whole.checked_add(growth)?)?;
    let part = grown.checked_div(whole.checked_mul(u128::from(count.get()))?)?;
    u64::try_from(part).ok().and_then(Amount::from_minor)
}

/// `PV i / (1 − (1 + i)^−n)`, which is `PV (1 + i)` over the sum of the first `n` powers of
/// `v = 1 / (1 + i)`, from 1 on; at the beginning of the period it is `PV` over that sum. All terms are
/// positive, so nothing is lost to cancellation, and the sum is 1 to 48, so nothing overflows.
///
/// Counted in fractions of 2^94, a part is less than a hundred-billionth of a minor unit off. One that is
/// a ten-millionth of a unit below the next is the next: only the last digits were lost.
fn compound_part(principal: Amount, count: InstallmentCount, rate: Percent, due: Due) -> Option<Amount> {
    let grown = WHOLE.checked_add(u128::from(rate.millionths()))?;
    let discount = quotient(WHOLE, grown, FRACTION_BITS)?;
    // Horner's way: 1 + v (1 + v (1 + …)).
    let annuity = (1..count.get()).try_fold(ONE, |sum, _| ONE.checked_add(product(sum, discount)))?;
    let growth = match due {
        Due::End => grown,
        Due::Beginning => WHOLE,
    };
    let owed = quotient(u128::from(principal.minor()).checked_mul(growth)?, WHOLE, OWED_BITS)?;
    let nearly_nothing = annuity.checked_div(TEN_MILLION << (FRACTION_BITS - OWED_BITS))?;
    let part = quotient(owed.checked_add(nearly_nothing)?, annuity, FRACTION_BITS - OWED_BITS)?;
    u64::try_from(part).ok().and_then(Amount::from_minor)
}

/// The product of two fractions of 2^94 that are below 64 together, cut.
fn product(left: u128, right: u128) -> u128 {
    let (low, high) = left.carrying_mul(right, 0);
    (high << (u128::BITS - FRACTION_BITS)) | (low >> FRACTION_BITS)
}

/// `dividend 2^bits / divisor`, cut, by long division: only the divisor has to leave room for so many
/// bits. `None` where it does not, or the quotient has more than 128.
fn quotient(dividend: u128, divisor: u128, bits: u32) -> Option<u128> {
    let whole = shifted(dividend.checked_div(divisor)?, bits)?;
    let rest = shifted(dividend.checked_rem(divisor)?, bits)?;
    whole.checked_add(rest.checked_div(divisor)?)
}

/// `value 2^bits`, if that fits into 128 bits.
fn shifted(value: u128, bits: u32) -> Option<u128> {
    (value.leading_zeros() >= bits).then(|| value.unbounded_shl(bits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn percent(text: &str) -> Percent {
        Percent::parse(text).unwrap()
    }

    fn part(principal: u64, count: u64, rate: &str, method: Method, due: Due) -> Option<u64> {
        let interest = Interest { rate: percent(rate), method, due };
        let principal = Amount::from_minor(principal).unwrap();
        interest.part(principal, InstallmentCount::new(count).unwrap()).map(Amount::minor)
    }

    #[test]
    fn the_published_parts_come_out() {
        let tax = Method::SimpleWithTax;
        let cases = [
            (25_000, 1, "0", Method::Compound, Due::End, 25_000),
            (25_000, 2, "0", Method::Compound, Due::End, 12_500),
            (25_000, 3, "0", Method::Simple, Due::Beginning, 8_333),
            (25_000, 4, "0", tax(Percent::ZERO), Due::End, 6_250),
            (19_799, 2, "1", Method::Compound, Due::End, 10_048),
            (15_000, 4, "100", Method::Simple, Due::End, 18_750),
            (100_000, 12, "1", Method::Compound, Due::End, 8_884),
            (100_000, 12, "1", Method::Compound, Due::Beginning, 8_796),
            (100_000, 1, "1.86", Method::Compound, Due::End, 101_860),
            (100_000, 1, "1.86", Method::Compound, Due::Beginning, 100_000),
            (10_000, 2, "10", tax(percent("20")), Due::End, 6_200),
        ];
        for (principal, count, rate, method, due, expected) in cases {
            let found = part(principal, count, rate, method, due);
            assert_eq!(found, Some(expected), "{principal} x{count} {rate} {method:?} {due:?}");
        }
    }

    #[test]
    fn the_largest_amount_at_the_largest_rate_is_refused_or_exact_and_never_wrong() {
        let largest = Amount::LARGEST.minor();
        for method in [Method::Compound, Method::Simple, Method::SimpleWithTax(Percent::LARGEST)] {
            assert_eq!(part(largest, 1, "10000", method, Due::End), None);
            assert!(part(largest, 48, "0.000001", method, Due::End).is_some());
        }
        assert_eq!(part(largest, 48, "0", Method::Compound, Due::End), Some(largest / 48));
        assert_eq!(part(1, 48, "0", Method::Compound, Due::End), Some(0));
        assert_eq!(part(1, 1, "10000", Method::Compound, Due::End), Some(101));
    }

    #[test]
    fn what_does_not_fit_into_128_bits_is_no_quotient() {
        assert_eq!(quotient(WHOLE, WHOLE, FRACTION_BITS), Some(ONE));
        assert_eq!(quotient(1, 3, 2), Some(1));
        assert_eq!(quotient(1 << 34, 1, FRACTION_BITS), None);
        assert_eq!(quotient(1 << 126, (1 << 126) + 1, 2), None);
        assert_eq!(quotient(1, 0, 2), None);
    }

    proptest! {
        #[test]
        fn products_and_quotients_of_fractions_are_cut_once(
            left in 0..ONE, right in 0..ONE, dividend in 0..1_u128 << 56, divisor in 1..1_u128 << 34,
        ) {
            // The upper halves alone are what is left of the product, but for what the lower ones carry.
            let halves = (left >> 47) * (right >> 47);
            let found = product(left, right);
            prop_assert!(found >= halves && found - halves <= 1 << 48);
            let cut = quotient(dividend, divisor, OWED_BITS).unwrap();
            prop_assert_eq!(cut >> OWED_BITS, dividend / divisor);
            let exact = dividend.checked_mul(1 << OWED_BITS).map(|shifted| shifted / divisor);
            prop_assert!(exact.is_none_or(|exact| exact == cut));
        }

        #[test]
        fn one_part_is_the_amount_and_its_interest_exactly(
            principal in 1..=Amount::LARGEST.minor() / 200, millionths in 0..=Percent::LARGEST.millionths(),
        ) {
            let rate = String::from(Percent::from_millionths(millionths).unwrap());
            let exact = u128::from(principal) * (WHOLE + u128::from(millionths)) / WHOLE;
            let compound = part(principal, 1, &rate, Method::Compound, Due::End);
            let simple = part(principal, 1, &rate, Method::Simple, Due::End);
            prop_assert_eq!(compound.map(u128::from), Some(exact));
            prop_assert_eq!(simple.map(u128::from), Some(exact));
        }

        #[test]
        fn compound_interest_is_between_none_and_simple(
            principal in 1_000_u64..1_000_000_000_000, count in 1_u64..=48, millionths in 1_u64..50_000_000,
        ) {
            let rate = String::from(Percent::from_millionths(millionths).unwrap());
            let compound = part(principal, count, &rate, Method::Compound, Due::End);
            prop_assert!(compound >= part(principal, count, "0", Method::Compound, Due::End));
            prop_assert!(compound <= part(principal, count, &rate, Method::Simple, Due::End));
            prop_assert!(compound >= part(principal, count, &rate, Method::Compound, Due::Beginning));
        }
    }
}
