//! How an amount is paid in parts: how much each part is and when it falls due.
//!
//! A plan's parts always add up to its total, and no part is empty. Plans here carry no interest.

use crate::calendar::Day;
use crate::money::Amount;
use serde::{Deserialize, Serialize};

/// Days from a purchase to the first due date, and from each due date to the next: 1 to 365
/// (DECISIONS 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct PaymentTerm(u16);

impl PaymentTerm {
    /// The longest term: a year.
    pub const LONGEST: u16 = 365;
    /// What is meant where nothing is said: 30 days.
    pub const USUAL: PaymentTerm = PaymentTerm(30);

    /// A term of so many days, if it is 1 to 365.
    pub fn new(days: u64) -> Option<PaymentTerm> {
        let days = u16::try_from(days).ok()?;
        (1..=PaymentTerm::LONGEST).contains(&days).then_some(PaymentTerm(days))
    }

    /// How many days.
    pub const fn days(self) -> u16 {
        self.0
    }
}

impl From<PaymentTerm> for u16 {
    fn from(term: PaymentTerm) -> u16 {
        term.0
    }
}

impl TryFrom<u16> for PaymentTerm {
    type Error = &'static str;

    fn try_from(days: u16) -> Result<PaymentTerm, &'static str> {
        PaymentTerm::new(u64::from(days)).ok_or("a term is 1 to 365 days")
    }
}

/// In how many parts an amount is paid: 1 to 48 (DECISIONS 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct InstallmentCount(u8);

impl InstallmentCount {
    /// All at once.
    pub const ONE: InstallmentCount = InstallmentCount(1);
    /// The most parts.
    pub const MOST: InstallmentCount = InstallmentCount(48);

    /// So many parts, if it is 1 to 48.
    pub fn new(count: u64) -> Option<InstallmentCount> {
        let count = u8::try_from(count).ok()?;
        (1..=InstallmentCount::MOST.0).contains(&count).then_some(InstallmentCount(count))
    }

    /// How many parts.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl From<InstallmentCount> for u8 {
    fn from(count: InstallmentCount) -> u8 {
        count.0
    }
}

impl TryFrom<u8> for InstallmentCount {
    type Error = &'static str;

    fn try_from(count: u8) -> Result<InstallmentCount, &'static str> {
        InstallmentCount::new(u64::from(count)).ok_or("installments are 1 to 48")
    }
}

/// One part of a plan: what falls due when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which part, from 1.
    pub number: u8,
    /// When it falls due.
    pub due: Day,
    /// How much, never nothing.
    pub amount: Amount,
}

/// Splits an amount into equal parts without interest: each cut to the minor unit, the remainder
/// on the last (DECISIONS 11); the k-th due k × term days after `start` (DECISIONS 9).
///
/// `None` where a part would be empty: nobody can pay an invoice of zero.
pub fn interest_free(
    total: Amount,
    count: InstallmentCount,
    term: PaymentTerm,
    start: Day,
) -> Option<Vec<Part>> {
    let share = total.minor().checked_div(u64::from(count.get())).and_then(Amount::from_minor)?;
    if share.is_zero() {
        return None;
    }
    let mut rest = total;
    let parts = (1..=count.get()).map(|number| {
        let amount = if number == count.get() { rest } else { share };
        rest = rest.saturating_sub(amount);
        Part { number, due: due_after(start, term, number), amount }
    });
    Some(parts.collect())
}

/// The day `number` terms after `start`.
fn due_after(start: Day, term: PaymentTerm, number: u8) -> Day {
    start.plus_days(u32::from(term.days()).saturating_mul(u32::from(number)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(total: u64, count: u64, term: u64, start: &str) -> Option<Vec<(u64, String)>> {
        let parts = interest_free(
            Amount::from_minor(total).unwrap(),
            InstallmentCount::new(count).unwrap(),
            PaymentTerm::new(term).unwrap(),
            Day::parse(start).unwrap(),
        )?;
        Some(parts.iter().map(|part| (part.amount.minor(), part.due.to_string())).collect())
    }

    #[test]
    fn the_remainder_is_on_the_last_part() {
        let parts = split(10_000, 3, 30, "2025-11-24").unwrap();
        let expected = [(3_333, "2025-12-24"), (3_333, "2026-01-23"), (3_334, "2026-02-22")];
        assert_eq!(parts, expected.map(|(amount, due)| (amount, due.to_owned())));
    }

    #[test]
    fn an_amount_smaller_than_its_parts_has_no_plan() {
        assert_eq!(split(3, 4, 30, "2025-11-24"), None);
        assert_eq!(split(0, 1, 30, "2025-11-24"), None);
        assert_eq!(split(4, 4, 30, "2025-11-24").unwrap().len(), 4);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_fall_due_in_order(
            total in 1..=Amount::LARGEST.minor(), count in 1_u64..=48, term in 1_u64..=365,
        ) {
            if let Some(parts) = split(total, count, term, "2024-02-26") {
                prop_assert_eq!(parts.iter().map(|(amount, _)| amount).sum::<u64>(), total);
                prop_assert_eq!(parts.len() as u64, count);
                prop_assert!(parts.iter().all(|(amount, _)| *amount > 0));
                prop_assert!(parts.windows(2).all(|pair| pair[0].1 < pair[1].1));
            } else {
                prop_assert!(total < count);
            }
        }
    }
}
