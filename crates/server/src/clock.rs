//! The present moment, and the day it is in a store's time zone.
//!
//! The clock can be set for tests (`--clock`); it then runs on from there and moves forward only.
//! Tokens are always checked against the machine's own clock.

use fiado_core::account::Validity;
use fiado_core::calendar::{Day, Instant};
use jiff::tz::TimeZone;
use std::sync::atomic::{AtomicI64, Ordering};

/// How long a browser may preview from a snapshot.
const SNAPSHOT_SECONDS: u32 = 300;

/// A clock that runs with the machine's, perhaps at a distance from it.
#[derive(Debug)]
pub(crate) struct Clock {
    ahead_by: AtomicI64,
    can_be_set: bool,
}

/// Why a clock was not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClockError {
    /// It runs with the machine's clock.
    Fixed,
    /// It would go back.
    Backwards,
    /// It would go beyond the years that every calendar here knows.
    TooFar,
}

/// The last moment a clock may be set to, so that terms and zones still have days after it.
pub(crate) fn latest_setting() -> Instant {
    Instant::parse("9000-01-01T00:00:00Z").unwrap_or(Instant::EPOCH)
}

impl Clock {
    /// The machine's own clock.
    pub(crate) fn of_machine() -> Clock {
        Clock { ahead_by: AtomicI64::new(0), can_be_set: false }
    }

    /// A clock that starts at an instant and can be moved forward.
    pub(crate) fn starting_at(instant: Instant) -> Clock {
        let distance = instant.microseconds().saturating_sub(machine_microseconds());
        Clock { ahead_by: AtomicI64::new(distance), can_be_set: true }
    }

    /// Whether it can be set.
    pub(crate) fn can_be_set(&self) -> bool {
        self.can_be_set
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Instant {
        let microseconds = machine_microseconds().saturating_add(self.ahead_by.load(Ordering::SeqCst));
        Instant::from_microseconds(microseconds).unwrap_or(Instant::EPOCH)
    }

    /// Moves the clock forward.
    pub(crate) fn set(&self, instant: Instant) -> Result<(), ClockError> {
        if !self.can_be_set {
            return Err(ClockError::Fixed);
        }
        if instant < self.now() {
            return Err(ClockError::Backwards);
        }
        if instant > latest_setting() {
            return Err(ClockError::TooFar);
        }
        let distance = instant.microseconds().saturating_sub(machine_microseconds());
        self.ahead_by.store(distance, Ordering::SeqCst);
        Ok(())
    }
}

fn machine_microseconds() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

/// Reads an instant in any offset (RFC 3339).
pub(crate) fn parse_instant(text: &str) -> Option<Instant> {
    let timestamp = text.parse::<jiff::Timestamp>().ok()?;
    Instant::from_microseconds(timestamp.as_microsecond())
}

/// The time zone of an IANA name, if there is one.
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

/// The civil day an instant belongs to in a zone.
pub(crate) fn day_in(zone: &TimeZone, instant: Instant) -> Day {
    let date = local(zone, instant).map(|local| local.date());
    date.and_then(|date| {
        Day::from_date(
            date.year().into(),
            date.month().unsigned_abs().into(),
            date.day().unsigned_abs().into(),
        )
    })
    .unwrap_or(Day::LAST)
}

/// The moment a day begins in a zone.
pub(crate) fn start_of(zone: &TimeZone, day: Day) -> Instant {
    let (year, month, day) = day.date();
    let date = (i16::try_from(year).ok())
        .zip(i8::try_from(month).ok())
        .zip(i8::try_from(day).ok())
        .and_then(|((year, month), day)| jiff::civil::Date::new(year, month, day).ok());
    date.and_then(|date| date.to_zoned(zone.clone()).ok())
        .and_then(|midnight| Instant::from_microseconds(midnight.timestamp().as_microsecond()))
        .unwrap_or(Instant::EPOCH)
}

/// How long a snapshot taken now holds: some minutes, and never past the end of the day there.
pub(crate) fn validity(zone: &TimeZone, now: Instant) -> Validity {
    let ends = local(zone, now)
        .and_then(|local| local.tomorrow().ok())
        .and_then(|tomorrow| tomorrow.start_of_day().ok())
        .and_then(|midnight| Instant::from_microseconds(midnight.timestamp().as_microsecond()))
        .unwrap_or(now);
    Validity {
        taken_at: now,
        today: day_in(zone, now),
        today_ends_at: ends,
        valid_until: now.plus_seconds(SNAPSHOT_SECONDS).min(ends),
    }
}

fn local(zone: &TimeZone, instant: Instant) -> Option<jiff::Zoned> {
    let timestamp = jiff::Timestamp::from_microsecond(instant.microseconds()).ok()?;
    Some(timestamp.to_zoned(zone.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    #[test]
    fn a_day_belongs_to_the_stores_zone() {
        let panama = zone("America/Panama").unwrap();
        assert_eq!(day_in(&panama, at("2025-11-24T04:59:59Z")).to_string(), "2025-11-23");
        assert_eq!(day_in(&panama, at("2025-11-24T05:00:00Z")).to_string(), "2025-11-24");
    }

    #[test]
    fn a_day_begins_at_its_first_moment_there() {
        let day = |text: &str| Day::parse(text).unwrap();
        let (panama, santiago) = (zone("America/Panama").unwrap(), zone("America/Santiago").unwrap());
        assert_eq!(start_of(&panama, day("2025-11-24")), at("2025-11-24T05:00:00Z"));
        // Midnight is no moment there that night: the clocks go forward.
        assert_eq!(start_of(&santiago, day("2025-09-07")), at("2025-09-07T04:00:00Z"));
    }

    #[test]
    fn a_snapshot_never_holds_past_midnight_there() {
        let santiago = zone("America/Santiago").unwrap();
        let late = validity(&santiago, at("2025-09-07T03:58:00Z"));
        assert_eq!(late.valid_until, late.today_ends_at);
        // That night the clocks go forward at midnight: the day ends with an hour that is not.
        assert_eq!(late.today.to_string(), "2025-09-06");
        assert_eq!(late.today_ends_at, at("2025-09-07T04:00:00Z"));
        let noon = validity(&santiago, at("2025-09-07T12:00:00Z"));
        assert_eq!(noon.valid_until, at("2025-09-07T12:05:00Z"));
    }

    #[test]
    fn a_clock_that_can_be_set_moves_forward_only() {
        let clock = Clock::starting_at(at("2024-02-26T14:39:54Z"));
        assert_eq!(clock.set(at("2024-02-26T14:00:00Z")), Err(ClockError::Backwards));
        assert_eq!(clock.set(at("2024-03-27T00:00:00Z")), Ok(()));
        assert!(clock.now() >= at("2024-03-27T00:00:00Z"));
        assert_eq!(Clock::of_machine().set(at("2999-01-01T00:00:00Z")), Err(ClockError::Fixed));
    }
}
