//! What a shop shows its buyers and when it reminds them. No rule depends on it.

use serde::{Deserialize, Serialize};

/// The part of VTEX's store configuration that decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// Whether buyers see their line in the shop (`myCreditsEnabled`).
    pub my_credits_enabled: bool,
    /// When buyers are reminded of what falls due (`notificationsSettings`).
    pub reminders: Reminders,
}

/// When buyers are reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminders {
    /// Before the due day (`daysPrior`); none: never.
    pub before: Vec<Reminder>,
    /// After it (`daysAfter`); none: never.
    pub after: Vec<Reminder>,
}

/// One reminder: so many days from the due day, at this time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Days from the due day: 0 to 10.
    pub days: u8,
    /// At what time of day, in the shop's time zone.
    pub time: TimeOfDay,
}

impl Reminder {
    /// The farthest from the due day.
    pub const MOST_DAYS: u8 = 10;
    /// The most reminders before, and the most after.
    pub const MOST: usize = 3;
}

/// A time of day to the second: `12:00:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
    second: u8,
}

impl TimeOfDay {
    /// 12:00:00.
    pub const NOON: TimeOfDay = TimeOfDay { hour: 12, minute: 0, second: 0 };

    /// Reads `HH:MM:SS`, two digits each.
    pub fn parse(text: &str) -> Option<TimeOfDay> {
        let mut parts = text.split(':').map(|part| {
            let is_two_digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            is_two_digits.then(|| part.parse::<u8>().ok()).flatten()
        });
        let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
        let exists = hour < 24 && minute < 60 && second < 60 && parts.next().is_none();
        exists.then_some(TimeOfDay { hour, minute, second })
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> String {
        format!("{:02}:{:02}:{:02}", time.hour, time.minute, time.second)
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = &'static str;

    fn try_from(text: String) -> Result<TimeOfDay, &'static str> {
        TimeOfDay::parse(&text).ok_or("a time of day is HH:MM:SS")
    }
}

impl Default for Preferences {
    /// What a new shop starts with: five days, one day and none before at noon, three after
    /// (VTEX store configuration).
    fn default() -> Preferences {
        let at_noon = |days: &[u8]| {
            days.iter().map(|days| Reminder { days: *days, time: TimeOfDay::NOON }).collect::<Vec<_>>()
        };
        Preferences {
            my_credits_enabled: false,
            reminders: Reminders { before: at_noon(&[5, 1, 0]), after: at_noon(&[3]) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_written_as_it_was_read() {
        assert_eq!(TimeOfDay::parse("16:05:00").map(String::from), Some("16:05:00".to_owned()));
        for text in ["", "24:00:00", "12:60:00", "12:00", "12:00:00:00", "1:00:00", "+1:00:00"] {
            assert_eq!(TimeOfDay::parse(text), None, "{text:?}");
        }
    }
}
