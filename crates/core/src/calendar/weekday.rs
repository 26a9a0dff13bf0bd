use serde::{Deserialize, Serialize};

/// A day of the week. Weeks are counted from Monday (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All seven, from Monday.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    const fn bit(self) -> u8 {
        match self {
            Weekday::Monday => 1,
            Weekday::Tuesday => 2,
            Weekday::Wednesday => 4,
            Weekday::Thursday => 8,
            Weekday::Friday => 16,
            Weekday::Saturday => 32,
            Weekday::Sunday => 64,
        }
    }
}

/// Some days of the week: none, all, or anything between. Listed from Monday, each once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Weekday>", into = "Vec<Weekday>")]
pub struct Weekdays(u8);

impl Weekdays {
    /// No day.
    pub const NONE: Weekdays = Weekdays(0);
    /// Every day.
    pub const ALL: Weekdays = Weekdays(127);
    /// Saturday and Sunday.
    pub const SATURDAY_AND_SUNDAY: Weekdays = Weekdays::NONE.with(Weekday::Saturday).with(Weekday::Sunday);

    /// These days and this one.
    #[must_use]
    pub const fn with(self, day: Weekday) -> Weekdays {
        Weekdays(self.0 | day.bit())
    }

    /// Whether this day is among them.
    pub const fn contains(self, day: Weekday) -> bool {
        self.0 & day.bit() != 0
    }

    /// Each of them, from Monday.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Weekday::ALL.into_iter().filter(move |day| self.contains(*day))
    }
}

impl FromIterator<Weekday> for Weekdays {
    fn from_iter<Days: IntoIterator<Item = Weekday>>(days: Days) -> Weekdays {
        days.into_iter().fold(Weekdays::NONE, Weekdays::with)
    }
}

impl From<Vec<Weekday>> for Weekdays {
    fn from(days: Vec<Weekday>) -> Weekdays {
        days.into_iter().collect()
    }
}

impl From<Weekdays> for Vec<Weekday> {
    fn from(days: Weekdays) -> Vec<Weekday> {
        days.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_week_are_kept_once_and_in_order() {
        let days: Weekdays = [Weekday::Sunday, Weekday::Friday, Weekday::Sunday].into_iter().collect();
        assert_eq!(days.iter().collect::<Vec<_>>(), [Weekday::Friday, Weekday::Sunday]);
        assert!(days.contains(Weekday::Friday) && !days.contains(Weekday::Saturday));
        let text = serde_json::to_string(&days).unwrap();
        assert_eq!(text, r#"["friday","sunday"]"#);
        assert_eq!(serde_json::from_str::<Weekdays>(&text).unwrap(), days);
    }

    #[test]
    fn every_day_is_all_seven_of_them() {
        assert_eq!(Weekday::ALL.into_iter().collect::<Weekdays>(), Weekdays::ALL);
        assert_eq!(Weekdays::ALL.iter().collect::<Vec<_>>(), Weekday::ALL);
        assert_eq!(Weekdays::NONE.iter().count(), 0);
    }
}
