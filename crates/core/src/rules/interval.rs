use crate::calendar::{Day, Instant, Weekday};
use std::ops::RangeInclusive;

const MICROSECONDS_A_SECOND: i64 = 1_000_000;
const SECONDS_A_DAY: i64 = 86_400;
const SECONDS_AN_HOUR: i64 = 3_600;
const SECONDS_A_MINUTE: i64 = 60;
/// The farthest offset from UTC there is on a clock.
const FARTHEST_OFFSET: i64 = 14 * SECONDS_AN_HOUR;

/// Hours of some days in which a rule holds (VTEX `dateIntervals`).
///
/// Two texts of eight fields, `seconds minutes hours day-of-month month day-of-week year offset`. It
/// is open from the time of the first to the time of the second (excluded), in that offset, on days
/// that both texts name. Where it does not end after it starts, it runs over midnight, belongs to the
/// day it starts on, and only the first text names days (our decision; vtex.md section 7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateInterval {
    start: Edge,
    end: Edge,
    /// As they were written, for whoever takes the rule elsewhere.
    texts: [String; 2],
}

/// Why two texts are no interval: what is wrong with the first, with the second, or with both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntervalError {
    /// What is wrong with the first.
    pub start: Option<EdgeError>,
    /// What is wrong with the second.
    pub end: Option<EdgeError>,
}

/// What is wrong with one text of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeError {
    /// It is longer than [`DateInterval::LONGEST`].
    TooLong,
    /// It has more or fewer than eight fields.
    NotEightFields,
    /// This field is not what it can be, the first of those that are not.
    Wrong(IntervalField),
    /// It tells minutes or seconds and no hour: it is one moment of the day that is meant, not one of
    /// each hour.
    TimeWithoutHour,
    /// Its offset is not the one of the first text.
    OtherOffset,
}

/// A field of an interval's text, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum IntervalField {
    Seconds,
    Minutes,
    Hours,
    DayOfMonth,
    Month,
    DayOfWeek,
    Year,
    Offset,
}

impl DateInterval {
    /// The most characters one of its texts may have.
    pub const LONGEST: usize = 200;

    /// Reads the two texts.
    ///
    /// Of the time of day a field is `*` or one number: no hour is the beginning of the day in the
    /// first text and its end in the second, no minute or second is the first one. The fields of days
    /// are `*`, numbers, ranges `1-5`, or lists of both; day of the week 0 and 7 are Sunday. Offsets
    /// are written `-0300`.
    ///
    /// # Errors
    /// What is wrong with each text.
    pub fn parse(start: &str, end: &str) -> Result<DateInterval, IntervalError> {
        let texts = [start, end].map(str::to_owned);
        let (start, end) = (Edge::parse(start, 0), Edge::parse(end, SECONDS_A_DAY));
        let (start, end) = match (start, end) {
            (Ok(start), Ok(end)) => (start, end),
            (start, end) => return Err(IntervalError { start: start.err(), end: end.err() }),
        };
        if start.offset != end.offset {
            return Err(IntervalError { start: None, end: Some(EdgeError::OtherOffset) });
        }
        Ok(DateInterval { start, end, texts })
    }

    /// The two texts as they were written.
    pub fn texts(&self) -> &[String; 2] {
        &self.texts
    }

    /// Whether it is open at that moment.
    pub fn contains(&self, at: Instant) -> bool {
        let Some((day, second)) = self.start.local(at) else { return false };
        if self.start.second < self.end.second {
            let is_open = (self.start.second..self.end.second).contains(&second);
            return is_open && self.start.days.contain(day) && self.end.days.contain(day);
        }
        let is_of = |day: Day| self.start.days.contain(day);
        let began_before = || day.days_since_epoch().checked_sub(1).and_then(Day::from_days_since_epoch);
        (second >= self.start.second && is_of(day))
            || (second < self.end.second && began_before().is_some_and(is_of))
    }
}

/// One text: a time of some days.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edge {
    /// Seconds since midnight, up to a whole day.
    second: i64,
    days: Days,
    /// Seconds that local time is ahead of UTC.
    offset: i64,
}

impl Edge {
    /// Reads a text, which means this second where it tells no hour.
    fn parse(text: &str, without_hour: i64) -> Result<Edge, EdgeError> {
        if text.chars().count() > DateInterval::LONGEST {
            return Err(EdgeError::TooLong);
        }
        let fields: Vec<&str> = text.split_ascii_whitespace().collect();
        let [seconds, minutes, hours, day_of_month, month, day_of_week, year, offset] = fields.as_slice()
        else {
            return Err(EdgeError::NotEightFields);
        };
        Ok(Edge {
            second: parse_time(seconds, minutes, hours, without_hour)?,
            days: Days {
                of_month: Numbers::parse(day_of_month, 1..=31, IntervalField::DayOfMonth)?,
                months: Numbers::parse(month, 1..=12, IntervalField::Month)?,
                of_week: Numbers::parse(day_of_week, 0..=7, IntervalField::DayOfWeek)?,
                years: Numbers::parse(year, 1..=9_999, IntervalField::Year)?,
            },
            offset: parse_offset(offset).ok_or(EdgeError::Wrong(IntervalField::Offset))?,
        })
    }

    /// The day it is there at that moment, and the second of that day.
    fn local(&self, at: Instant) -> Option<(Day, i64)> {
        let seconds = at.microseconds().div_euclid(MICROSECONDS_A_SECOND).checked_add(self.offset)?;
        let day = Day::from_days_since_epoch(i32::try_from(seconds.div_euclid(SECONDS_A_DAY)).ok()?)?;
        Some((day, seconds.rem_euclid(SECONDS_A_DAY)))
    }
}

/// The days that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Days {
    of_month: Numbers,
    months: Numbers,
    of_week: Numbers,
    years: Numbers,
}

impl Days {
    fn contain(&self, day: Day) -> bool {
        let (year, month, of_month) = day.date();
        let names_weekday = match day.weekday() {
            Weekday::Sunday => self.of_week.contain(0) || self.of_week.contain(7),
            Weekday::Monday => self.of_week.contain(1),
            Weekday::Tuesday => self.of_week.contain(2),
            Weekday::Wednesday => self.of_week.contain(3),
            Weekday::Thursday => self.of_week.contain(4),
            Weekday::Friday => self.of_week.contain(5),
            Weekday::Saturday => self.of_week.contain(6),
        };
        names_weekday
            && self.of_month.contain(of_month)
            && self.months.contain(month)
            && self.years.contain(year.unsigned_abs())
    }
}

/// The numbers that a field names.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Numbers {
    /// Every number (`*`).
    All,
    /// Those of any of these ranges.
    Ranges(Vec<RangeInclusive<u32>>),
}

impl Numbers {
    fn parse(text: &str, bounds: RangeInclusive<u32>, field: IntervalField) -> Result<Numbers, EdgeError> {
        if text == "*" {
            return Ok(Numbers::All);
        }
        let ranges: Option<Vec<RangeInclusive<u32>>> =
            text.split(',').map(|part| parse_range(part, &bounds)).collect();
        ranges.map(Numbers::Ranges).ok_or(EdgeError::Wrong(field))
    }

    fn contain(&self, number: u32) -> bool {
        match self {
            Numbers::All => true,
            Numbers::Ranges(ranges) => ranges.iter().any(|range| range.contains(&number)),
        }
    }
}

/// A number or a range, not empty and within its bounds.
fn parse_range(text: &str, bounds: &RangeInclusive<u32>) -> Option<RangeInclusive<u32>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let range = parse_number(first)?..=parse_number(last)?;
    let is_within = bounds.contains(range.start()) && bounds.contains(range.end());
    (is_within && !range.is_empty()).then_some(range)
}

/// Digits, and nothing else.
fn parse_number(text: &str) -> Option<u32> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok()).flatten()
}

/// The second of the day that three fields tell; a day ends at hour 24.
fn parse_time(seconds: &str, minutes: &str, hours: &str, without_hour: i64) -> Result<i64, EdgeError> {
    let part = |text: &str, most: u32, field: IntervalField| match text {
        "*" => Ok(None),
        _ => parse_number(text).filter(|number| *number <= most).map(Some).ok_or(EdgeError::Wrong(field)),
    };
    let second = part(seconds, 59, IntervalField::Seconds)?;
    let minute = part(minutes, 59, IntervalField::Minutes)?;
    let latest = if without_hour == SECONDS_A_DAY { 24 } else { 23 };
    let Some(hour) = part(hours, latest, IntervalField::Hours)? else {
        let tells_none = second.is_none() && minute.is_none();
        return if tells_none { Ok(without_hour) } else { Err(EdgeError::TimeWithoutHour) };
    };
    let of = |number: u32, seconds: i64| i64::from(number).saturating_mul(seconds);
    let time = of(hour, SECONDS_AN_HOUR)
        .saturating_add(of(minute.unwrap_or_default(), SECONDS_A_MINUTE))
        .saturating_add(of(second.unwrap_or_default(), 1));
    if time <= SECONDS_A_DAY { Ok(time) } else { Err(EdgeError::Wrong(IntervalField::Hours)) }
}

/// The seconds of `-0300` or `+0530`.
fn parse_offset(text: &str) -> Option<i64> {
    let (sign, digits) = text.split_at_checked(1)?;
    let sign = match sign {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = digits.split_at_checked(2)?;
    let is_whole = digits.len() == 4;
    let minutes = parse_number(minutes).filter(|minutes| *minutes < 60 && is_whole)?;
    let hours = i64::from(parse_number(hours)?).checked_mul(SECONDS_AN_HOUR)?;
    let ahead = hours.checked_add(i64::from(minutes).checked_mul(SECONDS_A_MINUTE)?)?;
    ahead.checked_mul(sign).filter(|_| ahead <= FARTHEST_OFFSET)
}

#[cfg(test)]
mod tests {
    use super::super::samples::instant;
    use super::*;
    use proptest::prelude::*;

    fn interval(start: &str, end: &str) -> DateInterval {
        DateInterval::parse(start, end).unwrap()
    }

    /// Whether it is open at each of these moments, told in UTC.
    fn check(start: &str, end: &str, moments: &[(&str, bool)]) {
        let interval = interval(start, end);
        for (at, expected) in moments {
            assert_eq!(interval.contains(instant(&format!("{at}Z"))), *expected, "{start} – {end} at {at}Z");
        }
    }

    #[test]
    fn the_published_intervals_hold_on_their_days_in_their_offset() {
        // 2023-12-11 is a Monday. In -0300 it begins at 03:00 UTC.
        let days = ("* * 11 * * 1,3,4 * -0300", "* * 18 * * 1,3,4 * -0300");
        check(
            days.0,
            days.1,
            &[
                ("2023-12-11T13:59:59.999999", false),
                ("2023-12-11T14:00:00", true),
                ("2023-12-11T20:59:59.999999", true),
                ("2023-12-11T21:00:00", false),
                ("2023-12-12T14:00:00", false),
                ("2023-12-13T14:00:00", true),
                ("2023-12-14T14:00:00", true),
                ("2023-12-15T14:00:00", false),
                ("2023-12-17T14:00:00", false),
            ],
        );
        check(
            "* * 05 * * * * -0300",
            "* * 23 * * * * -0300",
            &[
                ("2023-12-12T07:59:59", false),
                ("2023-12-12T08:00:00", true),
                ("2023-12-13T01:59:59", true),
                ("2023-12-13T02:00:00", false),
            ],
        );
    }

    #[test]
    fn no_hour_is_the_whole_day() {
        check(
            "* * * * * 2 * +0530",
            "* * * * * 2 * +0530",
            &[
                ("2023-12-11T18:29:59", false),
                ("2023-12-11T18:30:00", true),
                ("2023-12-12T18:29:59", true),
                ("2023-12-12T18:30:00", false),
            ],
        );
        check(
            "* * * * * * * +0000",
            "* * 6 * * * * -0000",
            &[("2023-12-12T00:00:00", true), ("2023-12-12T06:00:00", false), ("2023-12-12T23:59:59", false)],
        );
        check(
            "* * 22 * * * * +0000",
            "00 00 24 * * * * +0000",
            &[("2023-12-12T21:59:59", false), ("2023-12-12T23:59:59", true), ("2023-12-13T00:00:00", false)],
        );
    }

    #[test]
    fn minutes_and_seconds_are_counted() {
        check(
            "15 30 9 * * * * +0000",
            "* 45 9 * * * * +0000",
            &[
                ("2023-12-12T09:30:14", false),
                ("2023-12-12T09:30:15", true),
                ("2023-12-12T09:44:59", true),
                ("2023-12-12T09:45:00", false),
            ],
        );
    }

    #[test]
    fn over_midnight_an_interval_belongs_to_the_day_it_starts_on() {
        // Friday night, whatever days the second text names.
        check(
            "* * 22 * * 5 * +0000",
            "* * 6 * * 1 * +0000",
            &[
                ("2023-12-15T05:59:59", false),
                ("2023-12-15T21:59:59", false),
                ("2023-12-15T22:00:00", true),
                ("2023-12-16T05:59:59", true),
                ("2023-12-16T06:00:00", false),
                ("2023-12-16T22:00:00", false),
            ],
        );
        let a_day_long =
            [("2023-12-15T10:00:00", true), ("2023-12-16T09:59:59", true), ("2023-12-16T10:00:00", false)];
        check("* * 10 * * 5 * +0000", "* * 10 * * * * +0000", &a_day_long);
        let to_midnight = [("2023-12-15T23:59:59", true), ("2023-12-16T00:00:00", false)];
        check("* * 10 * * 5 * +0000", "* * 0 * * * * +0000", &to_midnight);
    }

    #[test]
    fn each_field_of_days_is_a_number_a_list_or_a_range() {
        let noon = |fields: &str, date: &str| {
            let [start, end] = ["12", "13"].map(|hour| format!("* * {hour} {fields} -0500"));
            interval(&start, &end).contains(instant(&format!("{date}T17:00:00Z")))
        };
        let cases = [
            ("* * 0 *", "2023-12-10", true),
            ("* * 7 *", "2023-12-10", true),
            ("* * 5-7 *", "2023-12-10", true),
            ("* * 5-7 *", "2023-12-14", false),
            ("* * 0-2 *", "2023-12-10", true),
            ("* * 1-6 *", "2023-12-10", false),
            ("* * 1-2,4 *", "2023-12-14", true),
            ("* * 1-2,4 *", "2023-12-13", false),
            ("1,15 * * *", "2023-12-15", true),
            ("1,15 * * *", "2023-12-14", false),
            ("31 * * *", "2024-02-29", false),
            ("29 2 * *", "2024-02-29", true),
            ("* 3-5,12 * *", "2023-12-01", true),
            ("* 3-5,12 * *", "2023-11-30", false),
            ("* * * 2023", "2023-12-31", true),
            ("* * * 2024-2026", "2023-12-31", false),
            ("10 12 0 2023", "2023-12-10", true),
            ("10 12 1 2023", "2023-12-10", false),
        ];
        for (fields, date, expected) in cases {
            assert_eq!(noon(fields, date), expected, "{fields} on {date}");
        }
    }

    #[test]
    fn within_a_day_both_texts_name_it() {
        let noon = |first: &str, second: &str| {
            let interval =
                interval(&format!("* * 11 * * {first} * +0000"), &format!("* * 13 * * {second} * +0000"));
            interval.contains(instant("2023-12-13T12:00:00Z"))
        };
        assert!(noon("3", "1-5"));
        assert!(!noon("3", "4"));
        assert!(!noon("4", "3"));
    }

    #[test]
    fn what_is_no_interval_says_where() {
        use EdgeError::{NotEightFields, TimeWithoutHour, TooLong, Wrong};
        let long = "1,".repeat(101);
        let cases = [
            ("", NotEightFields),
            ("* * 11 * * * *", NotEightFields),
            ("* * 11 * * * * -0300 *", NotEightFields),
            ("60 * 11 * * * * -0300", Wrong(IntervalField::Seconds)),
            ("* 1,2 11 * * * * -0300", Wrong(IntervalField::Minutes)),
            ("* * 25 * * * * -0300", Wrong(IntervalField::Hours)),
            ("* * 9-18 * * * * -0300", Wrong(IntervalField::Hours)),
            ("* * 11 0 * * * -0300", Wrong(IntervalField::DayOfMonth)),
            ("* * 11 1,,2 * * * -0300", Wrong(IntervalField::DayOfMonth)),
            ("* * 11 * 13 * * -0300", Wrong(IntervalField::Month)),
            ("* * 11 * * 8 * -0300", Wrong(IntervalField::DayOfWeek)),
            ("* * 11 * * 5-1 * -0300", Wrong(IntervalField::DayOfWeek)),
            ("* * 11 * * MON * -0300", Wrong(IntervalField::DayOfWeek)),
            ("* * 11 * * +1 * -0300", Wrong(IntervalField::DayOfWeek)),
            ("* * 11 * * * 0 -0300", Wrong(IntervalField::Year)),
            ("* * 11 * * * * 0300", Wrong(IntervalField::Offset)),
            ("* * 11 * * * * -03:00", Wrong(IntervalField::Offset)),
            ("* * 11 * * * * -0360", Wrong(IntervalField::Offset)),
            ("* * 11 * * * * +1430", Wrong(IntervalField::Offset)),
            ("* * 11 * * * * ñ", Wrong(IntervalField::Offset)),
            ("* 30 * * * * * -0300", TimeWithoutHour),
            ("30 * * * * * * -0300", TimeWithoutHour),
            (&long, TooLong),
        ];
        let right = "* * 12 * * * * -0300";
        for (text, error) in cases {
            let (first, second) = (DateInterval::parse(text, right), DateInterval::parse(right, text));
            assert_eq!(first, Err(IntervalError { start: Some(error), end: None }), "{text}");
            assert_eq!(second, Err(IntervalError { start: None, end: Some(error) }), "{text}");
        }
    }

    #[test]
    fn both_texts_are_looked_at_and_must_agree() {
        use EdgeError::{NotEightFields, OtherOffset, Wrong};
        let right = "* * 12 * * * * -0300";
        let both = IntervalError { start: Some(NotEightFields), end: Some(Wrong(IntervalField::Hours)) };
        assert_eq!(DateInterval::parse("", "* * x * * * * -0300"), Err(both));
        let end = |error| Err(IntervalError { start: None, end: Some(error) });
        assert_eq!(DateInterval::parse(right, "* * 13 * * * * -0400"), end(OtherOffset));
        let behind = DateInterval::parse(right, "* 1 24 * * * * -0300");
        assert_eq!(behind, end(Wrong(IntervalField::Hours)), "nothing is behind the end of a day");
        let at_its_end = DateInterval::parse("* * 24 * * * * -0300", right).map_err(|error| error.start);
        assert_eq!(at_its_end, Err(Some(Wrong(IntervalField::Hours))), "no day begins at its end");
    }

    proptest! {
        #[test]
        fn an_interval_and_the_one_from_its_end_to_its_start_share_out_all_time(
            seconds in -62_000_000_000_i64..=253_000_000_000,
            hours in (0_u32..24, 0_u32..24).prop_filter("one is before the other", |(a, b)| a != b),
            offset in -14_i32..=14,
        ) {
            let at = Instant::from_microseconds(seconds * 1_000_000).unwrap();
            let edge = |hour: u32| format!("* * {hour} * * * * {offset:+03}00");
            let there = interval(&edge(hours.0), &edge(hours.1)).contains(at);
            let back = interval(&edge(hours.1), &edge(hours.0)).contains(at);
            prop_assert_ne!(there, back);
        }

        #[test]
        fn local_days_agree_with_a_library(
            seconds in -62_000_000_000_i64..=253_000_000_000, offset in -14_i32..=14, weekday in 0_i8..7,
        ) {
            let zone = jiff::tz::Offset::from_seconds(offset * 3_600).unwrap();
            let local = zone.to_datetime(jiff::Timestamp::from_second(seconds).unwrap());
            let text = format!("* * * * * {weekday} * {offset:+03}00");
            let at = Instant::from_microseconds(seconds * 1_000_000).unwrap();
            let expected = local.weekday().to_sunday_zero_offset() == weekday;
            prop_assert_eq!(interval(&text, &text).contains(at), expected);
        }

        #[test]
        fn no_text_panics(start in "[-+*0-9, ]{0,40}", end in "[-+*0-9, ñ]{0,40}", seconds in any::<i64>()) {
            let interval = DateInterval::parse(&start, &end);
            if let (Ok(interval), Some(at)) = (interval, Instant::from_microseconds(seconds)) {
                interval.contains(at);
            }
        }
    }
}
