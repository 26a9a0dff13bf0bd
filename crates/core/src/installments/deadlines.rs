use super::InstallmentCount;
use crate::money::{Amount, Percent};
use serde::{Deserialize, Serialize};
use std::collections::BinaryHeap;

/// One term of payment: so many days after the purchase, at so much for the whole term (VTEX
/// `paymentOptions`; DECISIONS 11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Deadline {
    /// Days after the purchase, at most [`Deadline::MOST_DAYS`].
    pub days: u16,
    /// Interest for the whole term, in percent.
    pub rate: Percent,
}

impl Deadline {
    /// The latest: ten years.
    pub const MOST_DAYS: u16 = 3_650;
}

/// The terms of payment of one plan, earliest first: 1 to 48 of them (VTEX `deadlines`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Deadline>", into = "Vec<Deadline>")]
pub struct Deadlines(Vec<Deadline>);

impl Deadlines {
    /// These terms, if they are 1 to 48 and none is too late.
    pub fn new(deadlines: Vec<Deadline>) -> Option<Deadlines> {
        let are_early = deadlines.iter().all(|deadline| deadline.days <= Deadline::MOST_DAYS);
        InstallmentCount::new(u64::try_from(deadlines.len()).ok()?).filter(|_| are_early)?;
        // A heap sorts in a quarter of the code that a sort is, which the browser's module has to carry.
        Some(Deadlines(BinaryHeap::from(deadlines).into_sorted_vec()))
    }

    /// The terms, earliest first.
    pub fn iter(&self) -> impl Iterator<Item = Deadline> + '_ {
        self.0.iter().copied()
    }

    /// The term of this number, counted from 1, if there are so many.
    pub fn get(&self, number: u8) -> Option<Deadline> {
        self.0.get(usize::from(number.checked_sub(1)?)).copied()
    }

    /// Days after the purchase, earliest first.
    pub fn days(&self) -> impl Iterator<Item = u16> + '_ {
        self.0.iter().map(|deadline| deadline.days)
    }

    /// How many.
    pub fn count(&self) -> InstallmentCount {
        let count = u64::try_from(self.0.len()).ok().and_then(InstallmentCount::new);
        count.unwrap_or(InstallmentCount::MOST)
    }

    /// The highest of their rates.
    pub fn highest_rate(&self) -> Percent {
        self.0.iter().map(|deadline| deadline.rate).max().unwrap_or_default()
    }
}

impl From<Deadlines> for Vec<Deadline> {
    fn from(deadlines: Deadlines) -> Vec<Deadline> {
        deadlines.0
    }
}

impl TryFrom<Vec<Deadline>> for Deadlines {
    type Error = &'static str;

    fn try_from(deadlines: Vec<Deadline>) -> Result<Deadlines, &'static str> {
        Deadlines::new(deadlines).ok_or("a plan has 1 to 48 deadlines within ten years")
    }
}

/// A share with the interest of its term, cut to the minor unit; `None` where it is no amount any
/// more.
pub(super) fn with_interest(share: Amount, rate: Percent) -> Option<Amount> {
    const WHOLE: u128 = 100_000_000;
    let grown = u128::from(share.minor()).checked_mul(WHOLE.checked_add(u128::from(rate.millionths()))?)?;
    u64::try_from(grown.checked_div(WHOLE)?).ok().and_then(Amount::from_minor)
}
