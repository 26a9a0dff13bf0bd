use super::Day;
use crate::digits::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

const MICROSECONDS: i64 = 1_000_000;
const SECONDS_A_DAY: i64 = 86_400;

/// A moment in time, to the microsecond, written in UTC: `2025-11-24T10:00:00Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Instant(i64);

impl Instant {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Instant = Instant(0);

    /// The moment so many microseconds after 1970-01-01T00:00:00Z, if it is in years 1 to 9999.
    pub fn from_microseconds(microseconds: i64) -> Option<Instant> {
        let days = microseconds.div_euclid(MICROSECONDS).div_euclid(SECONDS_A_DAY);
        Day::from_days_since_epoch(i32::try_from(days).ok()?)?;
        Some(Instant(microseconds))
    }

    /// How many microseconds after 1970-01-01T00:00:00Z it is.
    pub const fn microseconds(self) -> i64 {
        self.0
    }

    /// Reads `YYYY-MM-DDTHH:MM:SS[.fraction]Z`; digits below a microsecond are cut off.
    pub fn parse(text: &str) -> Option<Instant> {
        let (date, rest) = text.split_once('T')?;
        let time = rest.strip_suffix('Z')?;
        let (clock, fraction) = match time.split_once('.') {
            Some((clock, fraction)) => (clock, parse_fraction(fraction)?),
            None => (time, 0),
        };
        let seconds = parse_clock(clock)?;
        let days = i64::from(Day::parse(date)?.days_since_epoch());
        let seconds = days.checked_mul(SECONDS_A_DAY)?.checked_add(seconds)?;
        Instant::from_microseconds(seconds.checked_mul(MICROSECONDS)?.checked_add(fraction)?)
    }

    /// So many seconds later, or the same moment if there is none so late.
    #[must_use]
    pub fn plus_seconds(self, seconds: u32) -> Instant {
        let microseconds = i64::from(seconds).saturating_mul(MICROSECONDS);
        Instant::from_microseconds(self.0.saturating_add(microseconds)).unwrap_or(self)
    }
}

/// Seconds since midnight of `HH:MM:SS`.
fn parse_clock(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let two_digits = |part: &str, below: i64| {
        let is_digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        is_digits.then(|| part.parse::<i64>().ok()).flatten().filter(|number| *number < below)
    };
    if parts.next().is_some() {
        return None;
    }
    let minutes = two_digits(hours, 24)?.checked_mul(60)?.checked_add(two_digits(minutes, 60)?)?;
    minutes.checked_mul(60)?.checked_add(two_digits(seconds, 60)?)
}

fn parse_fraction(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let six: String = text.chars().chain("000000".chars()).take(6).collect();
    six.parse().ok()
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.div_euclid(MICROSECONDS);
        let fraction = self.0.rem_euclid(MICROSECONDS);
        let days = i32::try_from(seconds.div_euclid(SECONDS_A_DAY)).unwrap_or_default();
        let day = Day::from_days_since_epoch(days).unwrap_or(Day::FIRST);
        let small = |number: i64| u64::try_from(number).unwrap_or_default();
        let second = small(seconds.rem_euclid(SECONDS_A_DAY));
        let mut text = Text::default();
        day.write(&mut text);
        text.push(b'T');
        text.push_digits(second / 3600, 2);
        text.push(b':');
        text.push_digits(second / 60 % 60, 2);
        text.push(b':');
        text.push_digits(second % 60, 2);
        text.push_millionths(small(fraction));
        text.push(b'Z');
        text.print(f)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Instant> for String {
    fn from(instant: Instant) -> String {
        instant.to_string()
    }
}

impl TryFrom<String> for Instant {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Instant, &'static str> {
        Instant::parse(&text).ok_or("an instant is written YYYY-MM-DDTHH:MM:SSZ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn instants_are_written_as_short_as_they_are() {
        for text in ["2025-11-24T10:00:00Z", "2024-02-22T20:43:21.875304Z", "1969-12-31T23:59:59.5Z"] {
            assert_eq!(Instant::parse(text).unwrap().to_string(), text);
        }
        let published = Instant::parse("2024-02-22T20:43:21.8753045Z").unwrap();
        assert_eq!(published.to_string(), "2024-02-22T20:43:21.875304Z");
    }

    #[test]
    fn moments_that_do_not_exist_are_no_instants() {
        let texts = [
            "2025-11-24",
            "2025-11-24T24:00:00Z",
            "2025-11-24T10:60:00Z",
            "2025-11-24T10:00Z",
            "2025-11-24T10:00:00",
            "2025-11-24T10:00:00.Z",
            "2025-02-29T10:00:00Z",
            "T10:00:00Z",
            "2025-11-24T10:00:00:00Z",
            "2025-11-24T+1:00:00Z",
        ];
        for text in texts {
            assert_eq!(Instant::parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn writing_and_reading_agree(microseconds in -62_135_596_800_000_000_i64..=253_402_300_799_999_999) {
            let instant = Instant::from_microseconds(microseconds).unwrap();
            prop_assert_eq!(Instant::parse(&instant.to_string()), Some(instant));
        }
    }
}
