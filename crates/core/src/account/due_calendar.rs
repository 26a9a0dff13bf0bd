use super::Ladder;
use crate::calendar::Day;
use crate::money::Amount;

/// What falls due from one day to another, day by day. It is made of the ladder alone, so that its cost
/// does not grow with the invoices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueCalendar {
    /// The days on which something falls due, the first of them, earliest first.
    pub days: Vec<(Day, Amount)>,
    /// What falls due on all of them, also on those that are left out.
    pub total: Amount,
    /// Whether days are left out.
    pub is_cut: bool,
}

impl DueCalendar {
    /// What falls due from a day to another, both included, on `most` days at most; nothing where the
    /// second is before the first.
    pub fn of(ladder: &Ladder, from: Day, to: Day, most: usize) -> DueCalendar {
        let days: Vec<(Day, Amount)> = ladder.due_between(from, to).take(most).collect();
        DueCalendar {
            total: Amount::saturating_sum(ladder.due_between(from, to).map(|(_, amount)| amount)),
            is_cut: ladder.due_between(from, to).nth(most).is_some(),
            days,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn minor(minor: u64) -> Amount {
        Amount::from_minor(minor).unwrap()
    }

    #[test]
    fn both_ends_are_of_the_stretch_and_the_total_is_of_all_of_it() {
        let days = ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"].map(day);
        let ladder = Ladder::new((1..).zip(days).map(|(units, day)| (day, minor(units))));
        let stretch = |from, to, most| DueCalendar::of(&ladder, day(from), day(to), most);
        let whole = stretch("2026-02-01", "2026-03-01", 2);
        assert_eq!(whole.days, [(days[1], minor(2)), (days[2], minor(3))]);
        assert_eq!((whole.total, whole.is_cut), (minor(5), false));
        let cut = stretch("2026-01-02", "2026-12-31", 1);
        assert_eq!((cut.days, cut.total, cut.is_cut), (vec![(days[1], minor(2))], minor(9), true));
        let turned = stretch("2026-03-01", "2026-02-01", 10);
        assert_eq!((turned.days, turned.total, turned.is_cut), (vec![], Amount::ZERO, false));
    }
}
