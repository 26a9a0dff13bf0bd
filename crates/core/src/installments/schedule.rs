use super::PaymentTerm;
use crate::calendar::{BusinessDays, Day};
use serde::{Deserialize, Serialize};

/// How due days follow on one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Every term: the k-th part falls due k × term days after the start (DECISIONS 9).
    #[default]
    EveryTerm,
    /// Every month, on the start's day of the month; a shorter month has its last day. Whatever the
    /// term.
    Monthly,
    /// At the end of the month in which the term is over, and of each month after it.
    EndOfMonth,
    /// On a day of the month: the first one on which the term is over, and that of each month
    /// after it.
    DayOfMonth(DayOfMonth),
}

/// A day of every month: 1 to 31. In shorter months it is the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct DayOfMonth(u8);

impl DayOfMonth {
    /// The last there is.
    pub const LAST: DayOfMonth = DayOfMonth(31);

    /// A day of the month, if it is 1 to 31.
    pub fn new(day: u64) -> Option<DayOfMonth> {
        let day = u8::try_from(day).ok()?;
        (1..=DayOfMonth::LAST.0).contains(&day).then_some(DayOfMonth(day))
    }

    /// Which day.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The day it is in the month of another.
    fn in_month_of(self, other: Day) -> Day {
        let last = other.end_of_month();
        let (_, _, length) = last.date();
        last.minus_days(length.saturating_sub(u32::from(self.0)))
    }
}

impl From<DayOfMonth> for u8 {
    fn from(day: DayOfMonth) -> u8 {
        day.0
    }
}

impl TryFrom<u8> for DayOfMonth {
    type Error = &'static str;

    fn try_from(day: u8) -> Result<DayOfMonth, &'static str> {
        DayOfMonth::new(u64::from(day)).ok_or("a day of the month is 1 to 31")
    }
}

/// When the parts of a purchase fall due, before anything is known of business days.
///
/// Every due day is later than the one before it, and the first later than the start, as long as
/// the calendar lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Days from the start until the first part may fall due.
    pub term: PaymentTerm,
    /// How due days follow on one another.
    pub rhythm: Rhythm,
}

impl Schedule {
    /// When a part falls due, counted from 1. It is counted from the start and not from the part
    /// before it, so that no short month moves those after it.
    pub fn due(self, start: Day, number: u8) -> Day {
        let (term, number) = (u32::from(self.term.days()), u32::from(number));
        let earliest = start.plus_days(term);
        let after_first = number.saturating_sub(1);
        match self.rhythm {
            Rhythm::EveryTerm => start.plus_days(term.saturating_mul(number)),
            Rhythm::Monthly => start.plus_months(number),
            Rhythm::EndOfMonth => earliest.plus_months(after_first).end_of_month(),
            Rhythm::DayOfMonth(day) => {
                let is_over = day.in_month_of(earliest) < earliest;
                let months = after_first.saturating_add(u32::from(is_over));
                day.in_month_of(earliest.plus_months(months)).max(earliest)
            }
        }
    }
}

/// When what is bought at a shop falls due: a [`Schedule`] without its term, which is the line's,
/// and where days without business go.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DueDates {
    /// How due days follow on one another.
    pub rhythm: Rhythm,
    /// On which days business is done.
    pub business_days: BusinessDays,
}

impl DueDates {
    /// When a part falls due, counted from 1. No part falls due before the start or before an
    /// earlier part; where days without business lie between them, two may fall due together.
    pub fn due(&self, term: PaymentTerm, start: Day, number: u8) -> Day {
        let day = Schedule { term, rhythm: self.rhythm }.due(start, number);
        self.business_days.adjust(day, start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Adjustment, Weekdays, any_business_days};
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn term(days: u64) -> PaymentTerm {
        PaymentTerm::new(days).unwrap()
    }

    fn on_the(day: u64) -> Rhythm {
        Rhythm::DayOfMonth(DayOfMonth::new(day).unwrap())
    }

    fn due_days(rhythm: Rhythm, days: u64, start: &str) -> [String; 4] {
        let schedule = Schedule { term: term(days), rhythm };
        [1, 2, 3, 4].map(|number| schedule.due(day(start), number).to_string())
    }

    #[test]
    fn due_days_follow_on_one_another_in_their_rhythm() {
        use Rhythm::{EndOfMonth, EveryTerm, Monthly};
        let cases = [
            (EveryTerm, 30, "2025-11-24", ["2025-12-24", "2026-01-23", "2026-02-22", "2026-03-24"]),
            (EveryTerm, 15, "2024-02-15", ["2024-03-01", "2024-03-16", "2024-03-31", "2024-04-15"]),
            // A month too short has its last day, and the ones after it are none the worse for it.
            (Monthly, 30, "2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
            (Monthly, 30, "2024-01-31", ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]),
            (Monthly, 30, "2024-01-29", ["2024-02-29", "2024-03-29", "2024-04-29", "2024-05-29"]),
            (Monthly, 30, "2025-11-30", ["2025-12-30", "2026-01-30", "2026-02-28", "2026-03-30"]),
            // The 28th of a February that ends on it is the 28th, not the end of the month.
            (Monthly, 30, "2026-02-28", ["2026-03-28", "2026-04-28", "2026-05-28", "2026-06-28"]),
            (Monthly, 7, "2025-12-15", ["2026-01-15", "2026-02-15", "2026-03-15", "2026-04-15"]),
            (EndOfMonth, 30, "2026-01-15", ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
            (EndOfMonth, 30, "2024-01-15", ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]),
            (EndOfMonth, 30, "2026-01-01", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
            (EndOfMonth, 30, "2026-01-31", ["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]),
            (EndOfMonth, 1, "2025-11-30", ["2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31"]),
            (on_the(15), 30, "2026-01-10", ["2026-02-15", "2026-03-15", "2026-04-15", "2026-05-15"]),
            (on_the(15), 30, "2026-01-16", ["2026-02-15", "2026-03-15", "2026-04-15", "2026-05-15"]),
            (on_the(15), 30, "2026-01-17", ["2026-03-15", "2026-04-15", "2026-05-15", "2026-06-15"]),
            (on_the(1), 10, "2025-11-25", ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]),
            (on_the(31), 30, "2026-01-05", ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
            (on_the(31), 30, "2024-01-30", ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]),
            (on_the(31), 30, "2026-01-30", ["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]),
            (on_the(30), 1, "2026-01-30", ["2026-02-28", "2026-03-30", "2026-04-30", "2026-05-30"]),
        ];
        for (rhythm, days, start, expected) in cases {
            assert_eq!(due_days(rhythm, days, start), expected, "{rhythm:?}, {days} days after {start}");
        }
    }

    #[test]
    fn where_the_calendar_ends_everything_falls_due_on_its_last_days() {
        for rhythm in [Rhythm::EveryTerm, Rhythm::Monthly, Rhythm::EndOfMonth, on_the(31)] {
            assert_eq!(due_days(rhythm, 30, "9999-12-15"), ["9999-12-31"; 4], "{rhythm:?}");
        }
        assert_eq!(due_days(on_the(1), 10, "9999-12-05"), ["9999-12-15"; 4]);
    }

    #[test]
    fn a_day_of_the_month_is_one_to_thirty_one() {
        let known = [0, 1, 15, 31, 32, 257].map(|day| DayOfMonth::new(day).map(DayOfMonth::get));
        assert_eq!(known, [None, Some(1), Some(15), Some(31), None, None]);
    }

    #[test]
    fn what_falls_due_on_no_business_day_goes_where_the_shop_says() {
        let holidays = ["2026-04-03", "2026-12-24", "2026-12-25"].map(day);
        let cases = [
            // Saturday 31 January and 28 February; the Monday after is another month.
            (Adjustment::Next, "2025-12-31", ["2026-02-02", "2026-03-02", "2026-03-31"]),
            (Adjustment::Previous, "2025-12-31", ["2026-01-30", "2026-02-27", "2026-03-31"]),
            (Adjustment::ModifiedFollowing, "2025-12-31", ["2026-01-30", "2026-02-27", "2026-03-31"]),
            (Adjustment::None, "2025-12-31", ["2026-01-31", "2026-02-28", "2026-03-31"]),
            // Good Friday, its weekend, and a Sunday.
            (Adjustment::Next, "2026-03-03", ["2026-04-06", "2026-05-04", "2026-06-03"]),
            (Adjustment::Previous, "2026-03-03", ["2026-04-02", "2026-05-01", "2026-06-03"]),
            // Christmas and its eve, before a weekend.
            (Adjustment::Next, "2026-11-24", ["2026-12-28", "2027-01-25", "2027-02-24"]),
            (Adjustment::Previous, "2026-11-24", ["2026-12-23", "2027-01-22", "2027-02-24"]),
        ];
        for (adjustment, start, expected) in cases {
            let business_days =
                BusinessDays::new(adjustment, Weekdays::SATURDAY_AND_SUNDAY, holidays).unwrap();
            let due_dates = DueDates { rhythm: Rhythm::Monthly, business_days };
            let due = [1, 2, 3].map(|number| due_dates.due(term(30), day(start), number).to_string());
            assert_eq!(due, expected, "{adjustment:?} from {start}");
        }
    }

    #[test]
    fn nothing_falls_due_before_it_is_bought() {
        let business_days =
            BusinessDays::new(Adjustment::Previous, Weekdays::SATURDAY_AND_SUNDAY, []).unwrap();
        let due_dates = DueDates { rhythm: Rhythm::EveryTerm, business_days };
        // Bought on a Friday and on a Saturday, for a day.
        assert_eq!(due_dates.due(term(1), day("2026-05-29"), 1).to_string(), "2026-05-29");
        assert_eq!(due_dates.due(term(1), day("2026-05-30"), 1).to_string(), "2026-06-01");
    }

    #[test]
    fn due_dates_are_read_as_they_were_written() {
        let due_dates = DueDates { rhythm: on_the(15), business_days: BusinessDays::default() };
        let text = serde_json::to_string(&due_dates).unwrap();
        let expected = r#"{"rhythm":{"day_of_month":15},"business_days":{"adjustment":"none","weekend":["saturday","sunday"],"holidays":[]}}"#;
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<DueDates>(&text).unwrap(), due_dates);
        assert!(serde_json::from_str::<Rhythm>(r#"{"day_of_month": 32}"#).is_err());
    }

    fn any_rhythm() -> impl Strategy<Value = Rhythm> {
        prop_oneof![
            Just(Rhythm::EveryTerm),
            Just(Rhythm::Monthly),
            Just(Rhythm::EndOfMonth),
            (1_u64..=31).prop_map(on_the),
        ]
    }

    proptest! {
        #[test]
        fn every_due_day_is_later_than_the_one_before_it(
            rhythm in any_rhythm(), days in 1_u64..=365,
            start in Day::FIRST.days_since_epoch()..=Day::LAST.days_since_epoch(),
        ) {
            let start = Day::from_days_since_epoch(start).unwrap();
            let schedule = Schedule { term: term(days), rhythm };
            let mut before = start;
            for number in 1..=48 {
                let due = schedule.due(start, number);
                let calendar_ends = Day::LAST.minus_days(31);
                prop_assert!(due > before || before >= calendar_ends && due >= before, "{number}: {due}");
                before = due;
            }
        }

        /// The first part never falls due before its term is over, nor much more than a month later.
        #[test]
        fn the_first_part_falls_due_once_its_term_is_over(
            rhythm in any_rhythm(), days in 1_u64..=365, start in 0_i32..=80_000,
        ) {
            let start = Day::from_days_since_epoch(start).unwrap();
            let due = Schedule { term: term(days), rhythm }.due(start, 1);
            if rhythm != Rhythm::Monthly {
                let late = start.plus_days(u32::try_from(days).unwrap()).days_until(due);
                prop_assert!((0..=31).contains(&late), "{late} days late");
            }
        }

        #[test]
        fn adjusted_due_days_are_business_days_in_order(
            rhythm in any_rhythm(), business_days in any_business_days(),
            days in 1_u64..=365, start in 20_400_i32..=20_800,
        ) {
            let start = Day::from_days_since_epoch(start).unwrap();
            let due_dates = DueDates { rhythm, business_days };
            let mut before = start;
            for number in 1..=48 {
                let due = due_dates.due(term(days), start, number);
                prop_assert!(due >= before, "{number}: {due} after {before}");
                let is_adjusted = due_dates.business_days.adjustment() != Adjustment::None;
                prop_assert!(!is_adjusted || due_dates.business_days.is_business_day(due), "{due}");
                before = due;
            }
        }

        #[test]
        fn where_nothing_is_said_due_days_are_whole_terms_away(
            days in 1_u64..=365, start in 0_i32..=80_000, number in 1_u8..=48,
        ) {
            let start = Day::from_days_since_epoch(start).unwrap();
            let due = DueDates::default().due(term(days), start, number);
            prop_assert_eq!(start.days_until(due), i32::try_from(days).unwrap() * i32::from(number));
        }
    }
}
