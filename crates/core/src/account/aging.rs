use super::Ladder;
use crate::calendar::Day;
use crate::late::{LateCharges, LateCost};
use crate::money::Amount;

/// What is owed on a day, by how long it has been overdue. It is made of the ladder alone, so that its
/// cost does not grow with the invoices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aging {
    /// The day.
    pub as_of: Day,
    /// What falls due on that day or later.
    pub not_due: Amount,
    /// What is overdue: 1 to 30 days, 31 to 60, 61 to 90, and longer.
    pub buckets: [AgeBucket; 4],
    /// The earliest due day that is overdue; `None`: nothing is.
    pub oldest: Option<Day>,
    /// What is overdue of each due day costs by then, earliest first; nothing where the shop takes
    /// nothing. What falls due together is cut to the minor unit together: a figure may be up to a
    /// minor unit more for each further invoice of its day than those of the invoices together.
    pub late: Vec<LateCost>,
}

/// What has been overdue for so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeBucket {
    /// For so many days at least.
    pub from_days: u32,
    /// For so many days at most; `None`: however long.
    pub to_days: Option<u32>,
    /// What is owed of it.
    pub amount: Amount,
}

/// The bounds of the buckets, in days overdue.
const BUCKETS: [(u32, Option<u32>); 4] = [(1, Some(30)), (31, Some(60)), (61, Some(90)), (91, None)];

impl Aging {
    /// What is owed, by how long it has been overdue on a day.
    pub fn of(ladder: &Ladder, charges: LateCharges, on: Day) -> Aging {
        let owed = |from: u32, to: Option<u32>| {
            let is_within = |days: u32| from <= days && to.is_none_or(|to| days <= to);
            let within = ladder.rungs().filter(|(due, _)| is_within(days_overdue(*due, on)));
            Amount::saturating_sum(within.map(|(_, amount)| amount))
        };
        let bucket =
            |(from_days, to_days)| AgeBucket { from_days, to_days, amount: owed(from_days, to_days) };
        Aging {
            as_of: on,
            not_due: owed(0, Some(0)),
            buckets: BUCKETS.map(bucket),
            oldest: ladder.earliest().filter(|due| *due < on),
            late: ladder
                .rungs()
                .filter_map(|(due, amount)| charges.of_debt(amount, days_overdue(due, on)))
                .collect(),
        }
    }

    /// All that is overdue.
    pub fn overdue(&self) -> Amount {
        Amount::saturating_sum(self.buckets.iter().map(|bucket| bucket.amount))
    }

    /// All that is owed.
    pub fn total(&self) -> Amount {
        self.not_due.saturating_add(self.overdue())
    }

    /// For how many days the oldest of it has been overdue; nothing where nothing is.
    pub fn days_overdue(&self) -> u32 {
        self.oldest.map_or(0, |due| days_overdue(due, self.as_of))
    }
}

/// One on the day after a due day, none until then.
fn days_overdue(due: Day, on: Day) -> u32 {
    u32::try_from(due.days_until(on)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Rate;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn minor(minor: u64) -> Amount {
        Amount::from_minor(minor).unwrap()
    }

    /// A rung on each side of every edge, as seen from 1 April 2026.
    fn ladder() -> Ladder {
        let days = [0, 1, 30, 31, 60, 61, 90, 91, 4_000];
        Ladder::new(
            (0..)
                .zip(days)
                .map(|(power, days)| (day("2026-04-01").minus_days(days), minor(10_u64.pow(power)))),
        )
    }

    #[test]
    fn a_debt_is_in_the_bucket_of_its_days() {
        let aging = Aging::of(&ladder(), LateCharges::default(), day("2026-04-01"));
        let amounts = aging.buckets.map(|bucket| bucket.amount.minor());
        assert_eq!(amounts, [110, 11_000, 1_100_000, 110_000_000]);
        assert_eq!((aging.not_due.minor(), aging.overdue().minor()), (1, 111_111_110));
        assert_eq!(aging.total().minor(), 111_111_111);
        assert_eq!((aging.oldest, aging.days_overdue()), (Some(day("2015-04-19")), 4_000));
        assert_eq!(aging.late, []);
    }

    #[test]
    fn nothing_is_overdue_on_its_due_day() {
        let ladder = Ladder::new([(day("2026-04-01"), minor(500)), (day("2026-05-01"), minor(7))]);
        let aging = Aging::of(&ladder, LateCharges::default(), day("2026-04-01"));
        assert_eq!((aging.overdue(), aging.total(), aging.oldest), (Amount::ZERO, minor(507), None));
        assert_eq!(aging.days_overdue(), 0);
    }

    #[test]
    fn what_is_overdue_costs_something_for_each_day() {
        let rate = |text| Rate::parse(text).unwrap();
        let charges = LateCharges { daily_interest: rate("0.001"), fine: rate("0.02") };
        let ladder = Ladder::new([
            (day("2026-03-02"), minor(33_333)),
            (day("2026-03-31"), minor(10_000)),
            (day("2026-04-01"), minor(10_000)),
        ]);
        let late = Aging::of(&ladder, charges, day("2026-04-01")).late;
        let figures: Vec<[u64; 3]> = late
            .iter()
            .map(|cost| [cost.days_overdue.into(), cost.interest.minor(), cost.fine.minor()])
            .collect();
        assert_eq!(figures, [[30, 999, 666], [1, 10, 200]]);
    }
}
