//! Moments and days as VTEX's clients write them.

use fiado_core::calendar::{Day, Instant};

const MICROSECONDS_A_MINUTE: i64 = 60_000_000;
const MICROSECONDS_A_DAY: i64 = 24 * 60 * MICROSECONDS_A_MINUTE;

/// What a text says of when: a day, or a moment, with the zone it was told in or without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// `2023-11-25`.
    Day(Day),
    /// `2023-11-25T10:00:00`, as if it were in UTC.
    Zoneless(Instant),
    /// `2023-11-25T10:00:00Z`, `2023-11-25T10:00:00-05:00`.
    Instant(Instant),
}

impl Written {
    /// Reads any of them.
    pub(crate) fn parse(text: &str) -> Option<Written> {
        if let Some(day) = Day::parse(text) {
            return Some(Written::Day(day));
        }
        if text.ends_with('Z') {
            return Instant::parse(text).map(Written::Instant);
        }
        // The date has signs of its own: an offset is looked for behind it.
        let sign = text.get(10..).and_then(|time| time.rfind(['+', '-']));
        let Some((local, offset)) = sign.and_then(|index| text.split_at_checked(index + 10)) else {
            return in_utc(text).map(Written::Zoneless);
        };
        shifted(in_utc(local)?, minutes(offset)?.checked_neg()? * MICROSECONDS_A_MINUTE).map(Written::Instant)
    }

    /// The moment it says; a day begins, and what has no zone is told, in UTC.
    pub(crate) fn in_utc(self) -> Option<Instant> {
        match self {
            Written::Day(day) => midnight(day),
            Written::Zoneless(instant) | Written::Instant(instant) => Some(instant),
        }
    }
}

fn in_utc(local: &str) -> Option<Instant> {
    Instant::parse(&format!("{local}Z"))
}

fn midnight(day: Day) -> Option<Instant> {
    Instant::from_microseconds(i64::from(day.days_since_epoch()).checked_mul(MICROSECONDS_A_DAY)?)
}

/// The minutes of `+05:30` or `-0500`, at most a day.
fn minutes(offset: &str) -> Option<i64> {
    let (sign, rest) = offset.split_at_checked(1)?;
    let (hours, minutes) = rest.split_at_checked(2)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let two_digits = |text: &str, below| {
        let is_digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_digits.then(|| text.parse::<i64>().ok()).flatten().filter(|number| *number < below)
    };
    let total = two_digits(hours, 24)? * 60 + two_digits(minutes, 60)?;
    Some(if sign == "-" { -total } else { total })
}

fn shifted(instant: Instant, microseconds: i64) -> Option<Instant> {
    Instant::from_microseconds(instant.microseconds().checked_add(microseconds)?)
}

/// The day of a moment in UTC.
pub(super) fn day_of(instant: Instant) -> Day {
    let days = instant.microseconds().div_euclid(MICROSECONDS_A_DAY);
    i32::try_from(days).ok().and_then(Day::from_days_since_epoch).unwrap_or(Day::FIRST)
}

/// So many days of 24 hours after a moment, or that moment where the calendar ends before.
pub(super) fn days_after(instant: Instant, days: i32) -> Instant {
    let later = i64::from(days).checked_mul(MICROSECONDS_A_DAY).and_then(|later| shifted(instant, later));
    later.unwrap_or(instant)
}

/// A moment in UTC without saying so: `2023-11-25T00:00:00`.
pub(super) fn without_zone(instant: Instant) -> String {
    let mut text = instant.to_string();
    text.pop();
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_utc(text: &str) -> Option<String> {
        Written::parse(text).and_then(Written::in_utc).map(|instant| instant.to_string())
    }

    #[test]
    fn days_and_moments_are_read_with_and_without_a_zone() {
        let cases = [
            ("2023-11-25", "2023-11-25T00:00:00Z"),
            ("2023-11-25T10:00:00", "2023-11-25T10:00:00Z"),
            ("2023-11-25T10:00:00.5", "2023-11-25T10:00:00.5Z"),
            ("2023-11-25T10:00:00Z", "2023-11-25T10:00:00Z"),
            ("2023-11-25T10:00:00.8753045Z", "2023-11-25T10:00:00.875304Z"),
            ("2023-11-25T10:00:00-05:00", "2023-11-25T15:00:00Z"),
            ("2023-11-25T10:00:00.5+0530", "2023-11-25T04:30:00.5Z"),
            ("2023-11-25T02:00:00+05:00", "2023-11-24T21:00:00Z"),
        ];
        for (text, expected) in cases {
            assert_eq!(in_utc(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_says_no_moment_is_none() {
        let texts = [
            "",
            "tomorrow",
            "2023-02-29",
            "2023-11-25T24:00:00",
            "2023-11-25T10:00:00+24:00",
            "2023-11-25T10:00:00+05:60",
            "2023-11-25T10:00:00+5",
            "2023-11-25T10:00:00-",
            "2023-11-25T10:00:00ZZ",
            "2023-11-25 10:00:00",
            "0001-01-01T00:00:00+01:00",
            "ññññññ-01",
            "25/11/2023",
        ];
        for text in texts {
            assert_eq!(in_utc(text), None, "{text:?}");
        }
    }

    #[test]
    fn days_are_added_to_the_tick() {
        let issued = Instant::parse("2024-02-26T14:39:54.000001Z").unwrap();
        assert_eq!(days_after(issued, 30).to_string(), "2024-03-27T14:39:54.000001Z");
        assert_eq!(days_after(issued, -26).to_string(), "2024-01-31T14:39:54.000001Z");
        assert_eq!(days_after(issued, i32::MAX), issued);
        assert_eq!(without_zone(issued), "2024-02-26T14:39:54.000001");
        assert_eq!(day_of(issued).to_string(), "2024-02-26");
        assert_eq!(day_of(Instant::parse("1969-12-31T23:59:59Z").unwrap()).to_string(), "1969-12-31");
    }
}
