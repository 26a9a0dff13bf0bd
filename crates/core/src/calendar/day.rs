use super::Weekday;
use crate::digits::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day on the calendar (proleptic Gregorian), years 1 to 9999, counted from 1970-01-01.
///
/// Written as `YYYY-MM-DD` (ISO 8601).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(i32);

impl Day {
    /// 0001-01-01.
    pub const FIRST: Day = Day(-719_162);
    /// 9999-12-31.
    pub const LAST: Day = Day(2_932_896);

    /// The day so many days after 1970-01-01, if it is in years 1 to 9999.
    pub const fn from_days_since_epoch(days: i32) -> Option<Day> {
        if days >= Day::FIRST.0 && days <= Day::LAST.0 { Some(Day(days)) } else { None }
    }

    /// How many days after 1970-01-01 it is.
    pub const fn days_since_epoch(self) -> i32 {
        self.0
    }

    /// The day of a date, if there is such a date: 2025-02-29 is none.
    pub fn from_date(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(1..=9999).contains(&year) || day == 0 || day > days_in_month(year, month)? {
            return None;
        }
        Day::from_days_since_epoch(count_days(year, month, day)?)
    }

    /// Reads `YYYY-MM-DD`, exactly ten characters.
    pub fn parse(text: &str) -> Option<Day> {
        let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
        let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = bytes else {
            return None;
        };
        let year = digits(&[*y0, *y1, *y2, *y3])?;
        let (month, day) = (digits(&[*m0, *m1])?, digits(&[*d0, *d1])?);
        Day::from_date(i32::try_from(year).ok()?, month, day)
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    ///
    /// After Howard Hinnant, "chrono-compatible low-level date algorithms": eras of 400 years,
    /// each year starting in March so that the leap day is its last.
    pub fn date(self) -> (i32, u32, u32) {
        const DAYS_IN_ERA: i32 = 146_097;
        let shifted = self.0.saturating_add(719_468);
        let era = shifted.div_euclid(DAYS_IN_ERA);
        let day_of_era = shifted.rem_euclid(DAYS_IN_ERA);
        let leap_days =
            (day_of_era / 1_460).saturating_sub(day_of_era / 36_524).saturating_add(day_of_era / 146_096);
        let year_of_era = day_of_era.saturating_sub(leap_days) / 365;
        let days_before_year =
            year_of_era.saturating_mul(365).saturating_add(year_of_era / 4).saturating_sub(year_of_era / 100);
        let day_of_year = day_of_era.saturating_sub(days_before_year);
        let month_from_march = day_of_year.saturating_mul(5).saturating_add(2) / 153;
        let days_before_month = month_from_march.saturating_mul(153).saturating_add(2) / 5;
        let day = day_of_year.saturating_sub(days_before_month).saturating_add(1);
        let (month, carry) = if month_from_march < 10 {
            (month_from_march.saturating_add(3), 0)
        } else {
            (month_from_march.saturating_sub(9), 1)
        };
        let year = era.saturating_mul(400).saturating_add(year_of_era).saturating_add(carry);
        (year, month.unsigned_abs(), day.unsigned_abs())
    }

    /// So many days later, or the last day there is.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Day {
        let later = self.0.saturating_add(i32::try_from(days).unwrap_or(i32::MAX));
        Day(later.min(Day::LAST.0))
    }

    /// So many days earlier, or the first day there is.
    #[must_use]
    pub fn minus_days(self, days: u32) -> Day {
        let earlier = self.0.saturating_sub(i32::try_from(days).unwrap_or(i32::MAX));
        Day(earlier.max(Day::FIRST.0))
    }

    /// So many months later, or the last day there is. The end of the month is kept: a month that
    /// is too short gives its last day (31 January + 1 is 28 or 29 February).
    #[must_use]
    pub fn plus_months(self, months: u32) -> Day {
        self.in_later_month(months).unwrap_or(Day::LAST)
    }

    fn in_later_month(self, months: u32) -> Option<Day> {
        let (year, month, day) = self.date();
        let counted = year.unsigned_abs().checked_mul(12)?.checked_add(month.checked_sub(1)?)?;
        let counted = counted.checked_add(months)?;
        let (year, month) = (i32::try_from(counted / 12).ok()?, counted.rem_euclid(12).checked_add(1)?);
        Day::from_date(year, month, day.min(days_in_month(year, month)?))
    }

    /// The last day of its month.
    #[must_use]
    pub fn end_of_month(self) -> Day {
        let (year, month, day) = self.date();
        let last = days_in_month(year, month).unwrap_or(day);
        self.plus_days(last.saturating_sub(day))
    }

    /// Which day of the week it is.
    pub fn weekday(self) -> Weekday {
        match self.0.rem_euclid(7) {
            0 => Weekday::Thursday,
            1 => Weekday::Friday,
            2 => Weekday::Saturday,
            3 => Weekday::Sunday,
            4 => Weekday::Monday,
            5 => Weekday::Tuesday,
            _ => Weekday::Wednesday,
        }
    }

    /// How many days from this day to `later`; negative if `later` is before.
    pub fn days_until(self, later: Day) -> i32 {
        later.0.saturating_sub(self.0)
    }

    /// Writes it: `2025-11-24`.
    pub(super) fn write(self, text: &mut Text) {
        let (year, month, day) = self.date();
        text.push_digits(u64::try_from(year).unwrap_or_default(), 4);
        text.push(b'-');
        text.push_digits(month.into(), 2);
        text.push(b'-');
        text.push_digits(day.into(), 2);
    }
}

fn is_leap(year: i32) -> bool {
    let divisible = |by: i32| year.checked_rem(by) == Some(0);
    divisible(4) && (!divisible(100) || divisible(400))
}

fn days_in_month(year: i32, month: u32) -> Option<u32> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if is_leap(year) { 29 } else { 28 }),
        _ => None,
    }
}

/// Days from 1970-01-01 to a date that exists: the inverse of [`Day::date`].
fn count_days(year: i32, month: u32, day: u32) -> Option<i32> {
    let (month, day) = (i32::try_from(month).ok()?, i32::try_from(day).ok()?);
    let (march_year, month_from_march) =
        if month > 2 { (year, month.checked_sub(3)?) } else { (year.checked_sub(1)?, month.checked_add(9)?) };
    let era = march_year.div_euclid(400);
    let year_of_era = march_year.rem_euclid(400);
    let day_of_year =
        (month_from_march.checked_mul(153)?.checked_add(2)? / 5).checked_add(day)?.checked_sub(1)?;
    let day_of_era = year_of_era
        .checked_mul(365)?
        .checked_add(year_of_era / 4)?
        .checked_sub(year_of_era / 100)?
        .checked_add(day_of_year)?;
    era.checked_mul(146_097)?.checked_add(day_of_era)?.checked_sub(719_468)
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0_u32, |number, byte| {
        let digit = char::from(*byte).to_digit(10)?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Text::default();
        self.write(&mut text);
        text.print(f)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Day, &'static str> {
        Day::parse(&text).ok_or("a day is written YYYY-MM-DD")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn of_the_library(days: i32) -> jiff::civil::Date {
        jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap()
    }

    #[test]
    fn days_are_counted_through_month_ends_and_leap_years() {
        let cases = [
            ("2025-11-24", 30, "2025-12-24"),
            ("2024-02-26", 30, "2024-03-27"),
            ("2023-02-26", 30, "2023-03-28"),
            ("2024-01-31", 30, "2024-03-01"),
            ("2023-01-31", 30, "2023-03-02"),
            ("2024-02-28", 1, "2024-02-29"),
            ("2023-02-28", 1, "2023-03-01"),
            ("2024-02-29", 365, "2025-02-28"),
            ("2024-02-29", 366, "2025-03-01"),
            ("2000-02-28", 1, "2000-02-29"),
            ("2100-02-28", 1, "2100-03-01"),
            ("2025-12-31", 1, "2026-01-01"),
            ("2025-04-30", 60, "2025-06-29"),
            ("2025-05-31", 90, "2025-08-29"),
            ("9999-12-31", 1, "9999-12-31"),
        ];
        for (start, days, expected) in cases {
            assert_eq!(day(start).plus_days(days).to_string(), expected, "{start} + {days}");
        }
    }

    #[test]
    fn months_are_counted_with_the_end_of_the_month_kept() {
        let cases = [
            ("2026-01-31", 0, "2026-01-31"),
            ("2026-01-31", 1, "2026-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2026-01-31", 2, "2026-03-31"),
            ("2026-01-31", 3, "2026-04-30"),
            ("2026-01-15", 1, "2026-02-15"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2024-02-29", 48, "2028-02-29"),
            ("2096-02-29", 48, "2100-02-28"),
            ("2025-11-30", 3, "2026-02-28"),
            ("2025-12-31", 1, "2026-01-31"),
            ("2025-12-31", 12, "2026-12-31"),
            ("9999-11-15", 1, "9999-12-15"),
            ("9999-12-15", 1, "9999-12-31"),
            ("0001-01-01", u32::MAX, "9999-12-31"),
        ];
        for (start, months, expected) in cases {
            assert_eq!(day(start).plus_months(months).to_string(), expected, "{start} + {months} months");
        }
    }

    #[test]
    fn dates_that_do_not_exist_are_no_days() {
        let texts = [
            "2025-02-29",
            "1900-02-29",
            "2025-02-30",
            "2025-04-31",
            "2025-13-01",
            "2025-00-10",
            "2025-01-00",
            "0000-01-01",
            "2025-1-01",
            "2025-01-1",
            "25-01-01",
            "2025/01/01",
            "2025-01-01T00:00:00Z",
            " 2025-01-01",
            "２０２５-01-01",
            "+025-01-01",
            "",
        ];
        for text in texts {
            assert_eq!(Day::parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_calendar_agrees_with_a_library(days in Day::FIRST.0..=Day::LAST.0) {
            let (ours, theirs) = (Day::from_days_since_epoch(days).unwrap(), of_the_library(days));
            prop_assert_eq!(ours.to_string(), theirs.to_string());
            prop_assert_eq!(Day::parse(&ours.to_string()), Some(ours));
        }

        #[test]
        fn weekdays_and_ends_of_months_agree_with_a_library(days in Day::FIRST.0..=Day::LAST.0) {
            let (ours, theirs) = (Day::from_days_since_epoch(days).unwrap(), of_the_library(days));
            prop_assert_eq!(format!("{:?}", ours.weekday()), format!("{:?}", theirs.weekday()));
            prop_assert_eq!(ours.end_of_month().to_string(), theirs.last_of_month().to_string());
        }

        #[test]
        fn months_agree_with_a_library(days in Day::FIRST.0..=Day::LAST.0, months in 0_u32..=120_000) {
            let ours = Day::from_days_since_epoch(days).unwrap().plus_months(months);
            let span = jiff::Span::new().months(months);
            let theirs = of_the_library(days).checked_add(span).unwrap_or(jiff::civil::Date::MAX);
            prop_assert_eq!(ours.to_string(), theirs.to_string());
        }

        #[test]
        fn a_few_months_agree_with_a_library(days in -40_000..=80_000, months in 0_u32..=48) {
            let ours = Day::from_days_since_epoch(days).unwrap().plus_months(months);
            let theirs = of_the_library(days).checked_add(jiff::Span::new().months(months)).unwrap();
            prop_assert_eq!(ours.to_string(), theirs.to_string());
        }

        #[test]
        fn no_text_panics(text in "[-0-9]{0,12}") {
            let _ = Day::parse(&text);
        }
    }
}
