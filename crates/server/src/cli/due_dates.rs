use clap::Args;
use fiado_core::calendar::{Adjustment, BusinessDays, BusinessDaysError, Day, Weekday, Weekdays};
use fiado_core::installments::{DayOfMonth, DueDates, Rhythm};
use std::collections::BTreeSet;

const RHYTHMS: [(&str, Rhythm); 3] =
    [("every-term", Rhythm::EveryTerm), ("monthly", Rhythm::Monthly), ("end-of-month", Rhythm::EndOfMonth)];

const ADJUSTMENTS: [(&str, Adjustment); 4] = [
    ("none", Adjustment::None),
    ("next", Adjustment::Next),
    ("previous", Adjustment::Previous),
    ("modified-following", Adjustment::ModifiedFollowing),
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// When what is bought at an organization falls due. What is not said stays as it is.
#[derive(Args)]
pub(super) struct DueDateFlags {
    /// How due dates follow on one another: every-term, monthly, end-of-month, or day:15 for a day of
    /// the month
    #[arg(long, value_name = "RHYTHM", value_parser = parse_rhythm)]
    due_dates: Option<Rhythm>,
    /// Where a due date goes that is no business day: none (it stays), next, previous, or
    /// modified-following (the next one, or the previous where that is in another month)
    #[arg(long, value_name = "RULE", value_parser = parse_adjustment)]
    business_days: Option<Adjustment>,
    /// The days of the week without business, separated by commas: sat,sun; "none": there are none
    #[arg(long, value_name = "DAYS", value_parser = parse_weekend)]
    weekend: Option<Weekdays>,
    /// The holidays, separated by commas, in place of those known: 2026-12-25,2027-01-01; "none":
    /// there are none
    #[arg(long, value_name = "DATES", value_parser = parse_holidays)]
    holidays: Option<BTreeSet<Day>>,
}

fn parse_rhythm(text: &str) -> Result<Rhythm, String> {
    let day = || {
        let digits = text.strip_prefix("day:")?;
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        DayOfMonth::new(is_number.then(|| digits.parse().ok())??).map(Rhythm::DayOfMonth)
    };
    of_word(&RHYTHMS, text)
        .or_else(day)
        .ok_or_else(|| "write every-term, monthly, end-of-month, or day: and 1 to 31 (day:15)".to_owned())
}

fn parse_adjustment(text: &str) -> Result<Adjustment, String> {
    of_word(&ADJUSTMENTS, text).ok_or_else(|| "write none, next, previous or modified-following".to_owned())
}

fn parse_weekend(text: &str) -> Result<Weekdays, String> {
    list(text, |word| of_word(&WEEKDAYS, word)).map_err(|word| {
        format!(
            "{word:?} is no day of the week: write mon, tue, wed, thu, fri, sat and sun with commas, or none"
        )
    })
}

fn parse_holidays(text: &str) -> Result<BTreeSet<Day>, String> {
    list(text, Day::parse).map_err(|word| {
        format!("{word:?} is no date: write dates as 2026-12-25 with commas between them, or none")
    })
}

/// Reads words with commas between them, or `none`; gives back the word that is none of its kind.
fn list<Item, Items: FromIterator<Item>>(
    text: &str,
    read: impl Fn(&str) -> Option<Item>,
) -> Result<Items, &str> {
    if text == "none" {
        return Ok(Items::from_iter([]));
    }
    text.split(',').map(str::trim).map(|word| read(word).ok_or(word)).collect()
}

fn of_word<Value: Copy>(words: &[(&str, Value)], text: &str) -> Option<Value> {
    words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value)
}

fn word_of<Value: PartialEq>(words: &[(&'static str, Value)], value: &Value) -> &'static str {
    words.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}

impl DueDateFlags {
    /// The due dates that there were, with what was said.
    pub(super) fn changed(&self, before: &DueDates) -> Result<DueDates, String> {
        let days = &before.business_days;
        let business_days = BusinessDays::new(
            self.business_days.unwrap_or(days.adjustment()),
            self.weekend.unwrap_or(days.weekend()),
            self.holidays.clone().unwrap_or_else(|| days.holidays().iter().copied().collect()),
        );
        let business_days = business_days.map_err(|error| match error {
            BusinessDaysError::NoBusinessDay => {
                "--weekend leaves no business day: name at most six days".to_owned()
            }
            BusinessDaysError::TooManyHolidays => {
                let most = BusinessDays::MOST_HOLIDAYS;
                format!("--holidays keeps at most {most} dates: leave out those that are past")
            }
        })?;
        Ok(DueDates { rhythm: self.due_dates.unwrap_or(before.rhythm), business_days })
    }
}

/// How due dates are in the words of the flags.
pub(super) fn summary(due_dates: &DueDates) -> serde_json::Value {
    let rhythm = match due_dates.rhythm {
        Rhythm::DayOfMonth(day) => format!("day:{}", day.get()),
        rhythm => word_of(&RHYTHMS, &rhythm).to_owned(),
    };
    let days = &due_dates.business_days;
    serde_json::json!({
        "rhythm": rhythm,
        "business_days": word_of(&ADJUSTMENTS, &days.adjustment()),
        "weekend": days.weekend().iter().map(|day| word_of(&WEEKDAYS, &day)).collect::<Vec<_>>(),
        "holidays": days.holidays(),
    })
}
