//! A preview in numbers alone, for who asks again with every keystroke: no text, no hash, no object
//! crosses the boundary.
//!
//! ```text
//! verdict, available, spendable, shortfall, used after, available after, day, number of plans,
//! then of each plan:  number of parts, total, interest, rate, whether it passes,
//! then of each part:  due day, amount
//! ```
//!
//! The verdict is 1 where it passes and 0 where it does not; so is whether a plan passes. Amounts are
//! minor units, days are counted from 1970-01-01, rates are millionths of a percent, and a figure that is
//! not there is `NaN`. All are whole and below 2^53, so that a JavaScript number holds each exactly: the
//! largest amount has 15 digits. Where nothing can be answered the verdict is −1, and nothing follows.

use crate::fields::{Expected, Fault};
use fiado_core::account::Assessment;
use fiado_core::calendar::{Day, Instant};
use fiado_core::installments::{InstallmentCount, Part, Plan};
use fiado_core::money::Amount;

/// What stands where nothing can be answered.
pub const UNANSWERED: f64 = -1.0;

/// Numbers of a preview beside its plans, of a plan beside its parts, and of a part.
const OF_PREVIEW: usize = 8;
const OF_PLAN: usize = 5;
const OF_PART: usize = 2;

const MICROSECONDS: i64 = 1_000;

/// An amount of minor units, of more than nothing.
pub(super) fn amount(minor: f64, largest: Amount) -> Result<Amount, Fault> {
    if minor.is_nan() || minor.fract() != 0.0 {
        return Err(Fault::WrongType(Expected::WholeNumber));
    }
    if minor < 0.0 {
        return Err(Fault::Negative);
    }
    if minor > exact(largest.minor()) {
        return Err(Fault::Above(largest.minor().to_string()));
    }
    // Whole and within bounds, so nothing is cut off.
    Amount::from_minor(minor as u64).filter(|amount| !amount.is_zero()).ok_or(Fault::Zero)
}

/// A moment of so many milliseconds since 1970, if one is told; what is below them is cut off.
pub(super) fn moment(milliseconds: f64) -> Result<Option<Instant>, Fault> {
    if milliseconds.is_nan() {
        return Ok(None);
    }
    // A moment that is out of bounds is the nearest there is here, and still out of those of an instant.
    let microseconds = (milliseconds.floor() as i64).saturating_mul(MICROSECONDS);
    Instant::from_microseconds(microseconds).map(Some).ok_or(Fault::WrongType(Expected::Instant))
}

/// A preview's figures and its plans, as of a day.
pub(super) fn of(assessment: &Assessment, offered: &[(Plan, bool)], day: Day) -> Vec<f64> {
    let parts: usize = offered.iter().map(|(plan, _)| plan.parts.len()).sum();
    let mut numbers = Vec::with_capacity(OF_PREVIEW + OF_PLAN * offered.len() + OF_PART * parts);
    let figure = |amount: Option<Amount>| amount.map_or(f64::NAN, |amount| exact(amount.minor()));
    numbers.extend([
        f64::from(u8::from(assessment.passes())),
        figure(Some(assessment.available)),
        figure(Some(assessment.spendable)),
        figure(Some(assessment.shortfall)),
        figure(assessment.used_after),
        figure(assessment.available_after),
        f64::from(day.days_since_epoch()),
        exact(offered.len() as u64),
    ]);
    for (plan, passes) in offered {
        numbers.extend([
            f64::from(plan.count().unwrap_or(InstallmentCount::ONE).get()),
            exact(plan.total().minor()),
            exact(plan.interest().minor()),
            exact(plan.rate.millionths()),
            f64::from(u8::from(*passes)),
        ]);
        numbers.extend(plan.parts.iter().flat_map(of_part));
    }
    numbers
}

fn of_part(part: &Part) -> [f64; OF_PART] {
    [f64::from(part.due.days_since_epoch()), exact(part.amount.minor())]
}

/// A count that is below 2^53, as all here are.
fn exact(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn minor_units_are_whole_and_within_the_currency() {
        let largest = Amount::LARGEST;
        let above = || Err(Fault::Above("999999999999999".to_owned()));
        let no_number = || Err(Fault::WrongType(Expected::WholeNumber));
        let cases = [
            (1.0, Ok(1)),
            (999_999_999_999_999.0, Ok(999_999_999_999_999)),
            (1_000_000_000_000_000.0, above()),
            (1e300, above()),
            (0.0, Err(Fault::Zero)),
            (-0.0, Err(Fault::Zero)),
            (-1.0, Err(Fault::Negative)),
            (0.5, no_number()),
            (f64::NAN, no_number()),
            (f64::INFINITY, no_number()),
        ];
        for (minor, expected) in cases {
            assert_eq!(amount(minor, largest).map(Amount::minor), expected, "{minor}");
        }
    }

    #[test]
    fn moments_are_milliseconds_that_an_instant_can_be() {
        let instant = |text| Ok(Instant::parse(text));
        assert_eq!(moment(f64::NAN), Ok(None));
        assert_eq!(moment(1_763_996_400_000.0), instant("2025-11-24T15:00:00Z"));
        assert_eq!(moment(1_763_996_400_000.9), instant("2025-11-24T15:00:00Z"));
        assert_eq!(moment(-0.5), instant("1969-12-31T23:59:59.999Z"));
        for milliseconds in [1e300, -1e300, f64::INFINITY, f64::NEG_INFINITY, 253_402_300_800_000.0] {
            assert_eq!(moment(milliseconds), Err(Fault::WrongType(Expected::Instant)), "{milliseconds}");
        }
    }

    proptest! {
        #[test]
        fn every_amount_is_itself_again(minor in 1..=Amount::LARGEST.minor()) {
            prop_assert_eq!(amount(exact(minor), Amount::LARGEST).map(Amount::minor), Ok(minor));
        }
    }
}
