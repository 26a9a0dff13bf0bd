use super::deadlines::with_interest;
use super::{Deadlines, InstallmentCount, Interest};
use crate::money::{Amount, Percent};

/// In which parts an amount is paid, and at what interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terms<'a> {
    /// In equal parts.
    Equal {
        /// How many.
        count: InstallmentCount,
        /// At what interest.
        interest: Interest,
    },
    /// On days of their own, each at its own rate.
    Deadlines(&'a Deadlines),
}

impl Terms<'_> {
    /// Equal parts without interest.
    pub fn interest_free(count: InstallmentCount) -> Terms<'static> {
        Terms::Equal { count, interest: Interest::NONE }
    }

    /// In how many parts.
    pub fn count(&self) -> InstallmentCount {
        match self {
            Terms::Equal { count, .. } => *count,
            Terms::Deadlines(deadlines) => deadlines.count(),
        }
    }

    /// The rate of a period, or the highest of the deadlines' rates.
    pub fn rate(&self) -> Percent {
        match self {
            Terms::Equal { interest, .. } => interest.rate,
            Terms::Deadlines(deadlines) => deadlines.highest_rate(),
        }
    }

    /// What each part is, in order; `None` where one would be empty, or their sum no amount.
    ///
    /// Without interest the remainder is on the last part. With interest every part is what was
    /// published and the total their sum (DECISIONS 11); only where cutting them would lose more than
    /// the interest adds, the last part makes up the amount. By deadlines each share carries the
    /// interest of its own term.
    pub fn amounts(&self, principal: Amount) -> Option<Vec<Amount>> {
        let (count, part) = match self {
            Terms::Equal { count, interest } => (*count, interest.part(principal, *count)?),
            Terms::Deadlines(deadlines) => (deadlines.count(), share(principal, deadlines.count())?),
        };
        let mut amounts = equal(principal, count, part);
        if let Terms::Deadlines(deadlines) = self {
            for (amount, deadline) in amounts.iter_mut().zip(deadlines.iter()) {
                *amount = with_interest(*amount, deadline.rate)?;
            }
        }
        sum(&amounts).filter(|_| !amounts.iter().any(|amount| amount.is_zero()))?;
        Some(amounts)
    }

    /// What the parts add up to, without making them.
    pub fn total(&self, principal: Amount) -> Option<Amount> {
        match self {
            Terms::Equal { count, interest } => {
                let part = interest.part(principal, *count).filter(|part| !part.is_zero())?;
                let total = part.minor().checked_mul(u64::from(count.get()))?;
                Amount::from_minor(total).map(|total| total.max(principal))
            }
            Terms::Deadlines(_) => sum(&self.amounts(principal)?),
        }
    }
}

fn share(principal: Amount, count: InstallmentCount) -> Option<Amount> {
    Interest::NONE.part(principal, count)
}

/// So many parts, the last of them not less than what the amount leaves for it.
fn equal(principal: Amount, count: InstallmentCount, part: Amount) -> Vec<Amount> {
    let mut parts = vec![part; usize::from(count.get())];
    let others = part.minor().saturating_mul(u64::from(count.get().saturating_sub(1)));
    if let (Some(last), Some(others)) = (parts.last_mut(), Amount::from_minor(others)) {
        *last = part.max(principal.saturating_sub(others));
    }
    parts
}

fn sum(amounts: &[Amount]) -> Option<Amount> {
    amounts.iter().try_fold(Amount::ZERO, |sum, amount| sum.checked_add(*amount))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::installments::{Deadline, Due, Method};
    use proptest::prelude::*;

    fn minor(amount: u64) -> Amount {
        Amount::from_minor(amount).unwrap()
    }

    fn count(count: u64) -> InstallmentCount {
        InstallmentCount::new(count).unwrap()
    }

    fn percent(text: &str) -> Percent {
        Percent::parse(text).unwrap()
    }

    fn amounts(terms: &Terms<'_>, principal: u64) -> Option<Vec<u64>> {
        Some(terms.amounts(minor(principal))?.into_iter().map(Amount::minor).collect())
    }

    #[test]
    fn without_interest_the_remainder_is_on_the_last_part() {
        let split = |principal, parts| amounts(&Terms::interest_free(count(parts)), principal);
        assert_eq!(split(10_000, 3), Some(vec![3_333, 3_333, 3_334]));
        assert_eq!(split(25_000, 4), Some(vec![6_250; 4]));
        assert_eq!(split(3, 4), None);
        assert_eq!(split(0, 1), None);
        assert_eq!(split(4, 4), Some(vec![1; 4]));
    }

    #[test]
    fn with_interest_the_total_is_the_sum_of_the_published_parts() {
        let interest = Interest { rate: percent("1"), method: Method::Compound, due: Due::End };
        let terms = Terms::Equal { count: count(12), interest };
        assert_eq!(amounts(&terms, 100_000), Some(vec![8_884; 12]));
        assert_eq!(terms.total(minor(100_000)), Some(minor(106_608)));
    }

    #[test]
    fn interest_that_is_less_than_what_is_cut_loses_no_cent() {
        let interest = Interest { rate: percent("0.000001"), method: Method::Simple, due: Due::End };
        let terms = Terms::Equal { count: count(3), interest };
        assert_eq!(amounts(&terms, 10_000), Some(vec![3_333, 3_333, 3_334]));
        assert_eq!(terms.total(minor(10_000)), Some(minor(10_000)));
    }

    #[test]
    fn each_deadline_carries_its_own_rate() {
        let deadline = |days, rate| Deadline { days, rate: percent(rate) };
        let deadlines = Deadlines::new(vec![deadline(60, "2.5"), deadline(30, "0")]).unwrap();
        let terms = Terms::Deadlines(&deadlines);
        assert_eq!(amounts(&terms, 10_001), Some(vec![5_000, 5_126]));
        assert_eq!(terms.total(minor(10_001)), Some(minor(10_126)));
        assert_eq!(terms.rate(), percent("2.5"));
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_total_and_never_below_the_amount(
            principal in 1..=Amount::LARGEST.minor() / 1_000, parts in 1_u64..=48,
            millionths in 0_u64..=20_000_000, method in 0..3, due in 0..2,
        ) {
            let method = [Method::Compound, Method::Simple, Method::SimpleWithTax(percent("12"))][method as usize];
            let due = [Due::End, Due::Beginning][due as usize];
            let rate = Percent::from_millionths(millionths).unwrap();
            let terms = Terms::Equal { count: count(parts), interest: Interest { rate, method, due } };
            match terms.amounts(minor(principal)) {
                Some(amounts) => {
                    let total = Amount::saturating_sum(amounts.iter().copied());
                    prop_assert_eq!(amounts.len() as u64, parts);
                    prop_assert!(amounts.iter().all(|amount| !amount.is_zero()));
                    prop_assert!(total >= minor(principal));
                    prop_assert_eq!(terms.total(minor(principal)), Some(total));
                    if rate.is_zero() {
                        prop_assert_eq!(total, minor(principal));
                    }
                }
                None => prop_assert_eq!(terms.total(minor(principal)), None),
            }
        }
    }
}
