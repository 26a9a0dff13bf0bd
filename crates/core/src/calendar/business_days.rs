use super::{Day, Weekdays};
use serde::{Deserialize, Serialize};
use std::collections::BinaryHeap;

/// Where a day goes that is no business day (the usual conventions of the field).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Adjustment {
    /// It stays.
    #[default]
    None,
    /// To the next business day.
    Next,
    /// To the business day before.
    Previous,
    /// To the next business day, unless that is in another month: then to the one before.
    ModifiedFollowing,
}

/// On which days a shop does business, and where the other ones go.
///
/// There is at least one business day in some week, so none is ever looked for without end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct BusinessDays {
    adjustment: Adjustment,
    weekend: Weekdays,
    /// In order, each once.
    holidays: Vec<Day>,
}

/// [`BusinessDays`] as they are stored, before anything is known of them.
#[derive(Deserialize)]
struct Parts {
    adjustment: Adjustment,
    weekend: Weekdays,
    holidays: Vec<Day>,
}

/// Why something is no [`BusinessDays`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BusinessDaysError {
    /// The weekend is the whole week.
    NoBusinessDay,
    /// More holidays than [`BusinessDays::MOST_HOLIDAYS`].
    TooManyHolidays,
}

impl BusinessDays {
    /// The most holidays that are kept: some fifty years of twenty (our decision).
    pub const MOST_HOLIDAYS: usize = 1_000;

    /// Business is done on every day that is in no weekend and no holiday.
    ///
    /// # Errors
    /// See [`BusinessDaysError`].
    pub fn new(
        adjustment: Adjustment,
        weekend: Weekdays,
        holidays: impl IntoIterator<Item = Day>,
    ) -> Result<BusinessDays, BusinessDaysError> {
        if weekend == Weekdays::ALL {
            return Err(BusinessDaysError::NoBusinessDay);
        }
        // A heap sorts in a quarter of the code that a sort is, which the browser's module has to carry.
        let mut sorted = holidays.into_iter().collect::<BinaryHeap<Day>>().into_sorted_vec();
        sorted.dedup();
        if sorted.len() > BusinessDays::MOST_HOLIDAYS {
            return Err(BusinessDaysError::TooManyHolidays);
        }
        Ok(BusinessDays { adjustment, weekend, holidays: sorted })
    }

    /// Where a day goes that is no business day.
    pub fn adjustment(&self) -> Adjustment {
        self.adjustment
    }

    /// The days of the week without business.
    pub fn weekend(&self) -> Weekdays {
        self.weekend
    }

    /// The other days without business, in order, each once.
    pub fn holidays(&self) -> &[Day] {
        &self.holidays
    }

    /// Whether business is done on a day.
    pub fn is_business_day(&self, day: Day) -> bool {
        !self.weekend.contains(day.weekday()) && self.holidays.binary_search(&day).is_err()
    }

    /// Where a day goes, never before `not_before`: what would have to go back beyond it goes on to
    /// the next business day. Days keep their order. Where the calendar ends before a business
    /// day, the day stays.
    pub fn adjust(&self, day: Day, not_before: Day) -> Day {
        let day = day.max(not_before);
        let adjusted = match self.adjustment {
            Adjustment::None => Some(day),
            Adjustment::Next => self.next(day),
            Adjustment::Previous => self.previous(day, not_before).or_else(|| self.next(day)),
            Adjustment::ModifiedFollowing => {
                let next = self.next(day);
                next.filter(|next| next.end_of_month() == day.end_of_month())
                    .or_else(|| self.previous(day, not_before))
                    .or(next)
            }
        };
        adjusted.unwrap_or(day)
    }

    /// The first business day from this day on.
    fn next(&self, day: Day) -> Option<Day> {
        self.reach().map(|days| day.plus_days(days)).find(|day| self.is_business_day(*day))
    }

    /// The last business day up to this day, and not before another.
    fn previous(&self, day: Day, not_before: Day) -> Option<Day> {
        self.reach()
            .map(|days| day.minus_days(days))
            .take_while(|day| *day >= not_before)
            .find(|day| self.is_business_day(*day))
    }

    /// How far the nearest business day can be: every week has one, unless it is a holiday, so one
    /// week more than there are holidays has at least one.
    fn reach(&self) -> std::ops::Range<u32> {
        let holidays = u32::try_from(self.holidays.len()).unwrap_or(u32::MAX);
        0..holidays.saturating_add(1).saturating_mul(7)
    }
}

impl Default for BusinessDays {
    /// What a new shop starts with: no day is adjusted. Saturday and Sunday are its weekend, should
    /// it ever matter.
    fn default() -> BusinessDays {
        BusinessDays {
            adjustment: Adjustment::None,
            weekend: Weekdays::SATURDAY_AND_SUNDAY,
            holidays: Vec::new(),
        }
    }
}

impl TryFrom<Parts> for BusinessDays {
    type Error = &'static str;

    fn try_from(parts: Parts) -> Result<BusinessDays, &'static str> {
        BusinessDays::new(parts.adjustment, parts.weekend, parts.holidays).map_err(|error| match error {
            BusinessDaysError::NoBusinessDay => "a weekend is at most six days",
            BusinessDaysError::TooManyHolidays => "there are at most 1000 holidays",
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::calendar::Weekday;
    use Adjustment::{ModifiedFollowing, Next, Previous};
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn adjusting(adjustment: Adjustment, holidays: &[&str]) -> BusinessDays {
        let holidays = holidays.iter().map(|text| day(text));
        BusinessDays::new(adjustment, Weekdays::SATURDAY_AND_SUNDAY, holidays).unwrap()
    }

    #[test]
    fn days_without_business_go_where_the_shop_says() {
        // 2026-05-30 and 2027-01-30 are Saturdays, 2026-12-25 and 2027-01-01 Fridays.
        let holidays = ["2026-04-02", "2026-04-03", "2026-05-29", "2026-12-25", "2027-01-01"];
        let cases = [
            (Adjustment::None, "2026-05-30", "2026-05-30"),
            (Adjustment::None, "2026-12-25", "2026-12-25"),
            (Next, "2026-05-28", "2026-05-28"),
            (Next, "2026-05-30", "2026-06-01"),
            (Next, "2026-05-29", "2026-06-01"),
            (Next, "2026-12-25", "2026-12-28"),
            (Next, "2027-01-01", "2027-01-04"),
            (Previous, "2026-05-28", "2026-05-28"),
            (Previous, "2026-05-30", "2026-05-28"),
            (Previous, "2026-06-07", "2026-06-05"),
            (Previous, "2027-01-01", "2026-12-31"),
            (Previous, "2026-04-05", "2026-04-01"),
            (ModifiedFollowing, "2026-05-28", "2026-05-28"),
            (ModifiedFollowing, "2026-05-30", "2026-05-28"),
            (ModifiedFollowing, "2026-05-31", "2026-05-28"),
            (ModifiedFollowing, "2027-01-30", "2027-01-29"),
            (ModifiedFollowing, "2026-05-23", "2026-05-25"),
            (ModifiedFollowing, "2026-12-26", "2026-12-28"),
            (ModifiedFollowing, "2027-01-01", "2027-01-04"),
            (ModifiedFollowing, "2026-04-02", "2026-04-06"),
        ];
        for (adjustment, from, to) in cases {
            let adjusted = adjusting(adjustment, &holidays).adjust(day(from), day("2026-01-01"));
            assert_eq!(adjusted.to_string(), to, "{adjustment:?} of {from}");
        }
    }

    #[test]
    fn no_day_goes_back_beyond_the_one_it_must_not_precede() {
        let cases = [
            (Previous, "2026-05-30", "2026-05-29", "2026-05-29"),
            (Previous, "2026-05-31", "2026-05-30", "2026-06-01"),
            (Previous, "2026-05-30", "2026-05-30", "2026-06-01"),
            (ModifiedFollowing, "2026-05-31", "2026-05-29", "2026-05-29"),
            (ModifiedFollowing, "2026-05-31", "2026-05-30", "2026-06-01"),
            (Adjustment::None, "2026-05-30", "2026-06-02", "2026-06-02"),
        ];
        for (adjustment, from, not_before, to) in cases {
            let adjusted = adjusting(adjustment, &[]).adjust(day(from), day(not_before));
            assert_eq!(adjusted.to_string(), to, "{adjustment:?} of {from}, not before {not_before}");
        }
    }

    #[test]
    fn a_weekend_is_what_the_shop_says_it_is() {
        let fridays = Weekdays::NONE.with(Weekday::Friday);
        let days = BusinessDays::new(Next, fridays, []).unwrap();
        assert!(days.is_business_day(day("2026-05-30")) && !days.is_business_day(day("2026-05-29")));
        let always = BusinessDays::new(Next, Weekdays::NONE, []).unwrap();
        assert!(always.is_business_day(day("2026-05-30")) && always.is_business_day(day("2026-05-29")));
    }

    /// The hardest there is: business on Mondays alone, and a thousand of them are holidays.
    #[test]
    fn a_business_day_is_found_behind_as_many_holidays_as_there_can_be() {
        let weekend = Weekday::ALL.into_iter().filter(|day| *day != Weekday::Monday).collect();
        let mondays = |count: u32| (0..count).map(|week| day("2026-06-01").plus_days(week * 7));
        let days = |adjustment| BusinessDays::new(adjustment, weekend, mondays(1_000)).unwrap();
        let (first, last) = (day("2026-05-26"), day("2045-07-30"));
        assert_eq!(mondays(1_000).next_back(), Some(day("2045-07-24")));
        assert_eq!(days(Next).adjust(first, first).to_string(), "2045-07-31");
        assert_eq!(days(Previous).adjust(last, Day::FIRST).to_string(), "2026-05-25");
        let refused = BusinessDays::new(Next, weekend, mondays(1_001));
        assert_eq!(refused, Err(BusinessDaysError::TooManyHolidays));
    }

    #[test]
    fn a_week_without_business_is_refused() {
        let refused = BusinessDays::new(Next, Weekdays::ALL, []);
        assert_eq!(refused, Err(BusinessDaysError::NoBusinessDay));
        let stored = r#"{"adjustment": "next", "weekend":
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], "holidays": []}"#;
        let why = serde_json::from_str::<BusinessDays>(stored).unwrap_err().to_string();
        assert!(why.contains("at most six days"), "{why}");
    }

    #[test]
    fn holidays_are_kept_in_order_and_once() {
        let days = adjusting(Next, &["2027-01-01", "2026-12-25", "2027-01-01", "2026-11-03"]);
        let kept: Vec<String> = days.holidays().iter().map(Day::to_string).collect();
        assert_eq!(kept, ["2026-11-03", "2026-12-25", "2027-01-01"]);
        let many_times = std::iter::repeat_n(day("2026-12-25"), 2_000);
        assert_eq!(BusinessDays::new(Next, Weekdays::NONE, many_times).unwrap().holidays().len(), 1);
    }

    #[test]
    fn business_days_are_read_as_they_were_written() {
        let days = adjusting(ModifiedFollowing, &["2027-01-01", "2026-12-25"]);
        let text = serde_json::to_string(&days).unwrap();
        let expected = r#"{"adjustment":"modified_following","weekend":["saturday","sunday"],"holidays":["2026-12-25","2027-01-01"]}"#;
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<BusinessDays>(&text).unwrap(), days);
    }

    #[test]
    fn where_the_calendar_ends_a_day_stays() {
        let last = Day::LAST.to_string();
        assert_eq!(adjusting(Next, &[&last]).adjust(Day::LAST, Day::FIRST), Day::LAST);
        assert_eq!(
            adjusting(ModifiedFollowing, &[&last]).adjust(Day::LAST, Day::FIRST).to_string(),
            "9999-12-30"
        );
        let first = Day::FIRST.to_string();
        assert_eq!(adjusting(Previous, &[&first]).adjust(Day::FIRST, Day::FIRST).to_string(), "0001-01-02");
    }

    /// Any way of doing business, with holidays from the end of 2025 to the beginning of 2027.
    pub(crate) fn any_business_days() -> impl Strategy<Value = BusinessDays> {
        let adjustment =
            prop_oneof![Just(Adjustment::None), Just(Next), Just(Previous), Just(ModifiedFollowing)];
        let weekend = proptest::collection::vec(0_usize..7, 0..=6);
        let holidays = proptest::collection::btree_set(20_440_i32..20_840, 0..=240);
        (adjustment, weekend, holidays).prop_map(|(adjustment, weekend, holidays)| {
            let weekend = weekend.into_iter().map(|day| Weekday::ALL[day]).collect();
            let holidays = holidays.into_iter().filter_map(Day::from_days_since_epoch);
            BusinessDays::new(adjustment, weekend, holidays).unwrap()
        })
    }

    fn between(first: i32, last: i32) -> impl Iterator<Item = Day> {
        (first..=last).filter_map(Day::from_days_since_epoch)
    }

    proptest! {
        #[test]
        fn days_go_to_the_nearest_business_day_of_their_direction(
            days in any_business_days(), from in 20_400_i32..20_580, back in 0_i32..40,
        ) {
            let (from, not_before) =
                (Day::from_days_since_epoch(from).unwrap(), Day::from_days_since_epoch(from - back).unwrap());
            let to = days.adjust(from, not_before);
            prop_assert!(to >= not_before);
            if days.adjustment() == Adjustment::None || days.is_business_day(from) {
                prop_assert_eq!(to, from);
                return Ok(());
            }
            prop_assert!(days.is_business_day(to));
            let (low, high) = (from.min(to).days_since_epoch(), from.max(to).days_since_epoch());
            prop_assert!(between(low + 1, high - 1).all(|day| !days.is_business_day(day)));
            let may_go_back = between(not_before.days_since_epoch(), from.days_since_epoch())
                .any(|day| days.is_business_day(day));
            match days.adjustment() {
                Next => prop_assert!(to > from),
                Previous => prop_assert_eq!(to < from, may_go_back),
                // Which direction it takes depends on the month: back only where it must.
                _ if to < from => {
                    let ahead = between(from.days_since_epoch(), from.end_of_month().days_since_epoch());
                    prop_assert!(!ahead.into_iter().any(|day| days.is_business_day(day)));
                }
                _ => prop_assert!(to.end_of_month() == from.end_of_month() || !may_go_back),
            }
        }

        #[test]
        fn days_keep_their_order(
            days in any_business_days(), first in 20_400_i32..20_580, apart in 0_i32..40, back in 0_i32..10,
        ) {
            let [not_before, first, second] = [first - back, first, first + apart]
                .map(|days| Day::from_days_since_epoch(days).unwrap());
            prop_assert!(days.adjust(first, not_before) <= days.adjust(second, not_before));
        }
    }
}
