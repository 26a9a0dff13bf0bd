//! The cases of `tests/corpus/`, as data: what is asked, and what has to be answered.

use crate::repository;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs;

/// A preview: a line, what its shop offers, and a cart.
#[derive(Debug, Deserialize)]
pub struct PreviewCase {
    /// What it is about.
    pub name: String,
    /// The day it is asked on, at 15:00 UTC.
    pub today: String,
    /// The shop's currency.
    pub currency: String,
    /// The line's limit; its term is 30 days.
    pub limit: String,
    /// Its tolerance.
    pub tolerance: String,
    /// How due days follow on one another, as a snapshot tells it; nothing where the shop said nothing.
    #[serde(default)]
    pub due_dates: Option<Value>,
    /// The shop's rules, in short.
    #[serde(default)]
    rules: Vec<Value>,
    /// What is asked.
    pub cart: Value,
    /// What has to be answered.
    pub expected: Value,
}

/// A question to the gateway: a shop's rules, and a value.
#[derive(Debug, Deserialize)]
pub struct InstallmentsCase {
    /// What it is about.
    pub name: String,
    /// The shop's currency.
    pub currency: String,
    /// What is asked for.
    pub value: String,
    /// The shop's rules, in short.
    rules: Vec<Value>,
    /// What has to be answered, of each payment system.
    pub expected: Value,
}

/// A body that is read before it is sent.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct ValidationCase {
    pub name: String,
    pub body: Value,
    pub shop: Value,
    pub language: String,
    /// The wrong fields with their codes; none: it is read.
    pub wrong: Option<Value>,
}

/// A payment that is allocated among open invoices.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct AllocationCase {
    pub name: String,
    pub payment: Value,
    pub invoices: Value,
    pub currency: String,
    pub language: String,
    /// Where it goes; or why it cannot, by a code or by wrong fields.
    pub expected: Option<Value>,
    pub code: Option<String>,
    pub wrong: Option<Value>,
}

/// Both kinds lie in one file.
#[derive(Deserialize)]
struct Forms {
    validate: Vec<ValidationCase>,
    allocate: Vec<AllocationCase>,
}

/// What an amount is divided into.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct PartsCase {
    pub name: String,
    pub currency: String,
    pub amount: String,
    pub installments: u8,
    /// `compound`, `simple` or `simple_with_tax`.
    pub method: String,
    /// `end` or `beginning`, of each period.
    pub due: String,
    /// Percent a period.
    pub rate: String,
    /// Percent of the interest.
    pub tax: Option<String>,
    /// What each part is, none where one would be empty; so are the last of them and their sum.
    pub part: Option<String>,
    pub last: Option<String>,
    pub total: Option<String>,
}

/// When the parts of a purchase of 100.00 fall due, bought without interest.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct DueDatesCase {
    pub name: String,
    #[serde(default)]
    due_dates: serde_json::Map<String, Value>,
    pub bought: String,
    /// Days from part to part, or
    pub term_days: Option<u16>,
    /// days after the purchase, by a rule of the id `terms`.
    pub terms: Option<Vec<u16>>,
    pub due: Vec<String>,
    pub plan_hash: String,
}

/// What a debt costs that is overdue.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct LateChargesCase {
    pub name: String,
    pub left: String,
    pub days_overdue: u32,
    /// Fractions.
    pub daily_interest: String,
    pub fine_rate: String,
    /// None where nothing is charged.
    pub cost: Option<LateCharge>,
}

/// What it costs, and what is then owed in all.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct LateCharge {
    pub interest: String,
    pub fine: String,
    pub total: String,
}

impl PartsCase {
    /// All of them.
    pub fn all() -> Vec<PartsCase> {
        read("parts.json")
    }
}

impl DueDatesCase {
    /// All of them.
    pub fn all() -> Vec<DueDatesCase> {
        read("due_dates.json")
    }

    /// As a snapshot tells them; what is left out is usual.
    pub fn due_dates(&self) -> Value {
        let usual = json!({
            "rhythm": "every_term", "adjustment": "none", "weekend": ["saturday", "sunday"], "holidays": [],
        });
        let told = usual.as_object().cloned().into_iter().flatten().chain(self.due_dates.clone());
        Value::Object(told.collect())
    }
}

impl LateChargesCase {
    /// All of them.
    pub fn all() -> Vec<LateChargesCase> {
        read("late_charges.json")
    }
}

impl ValidationCase {
    /// All of them.
    pub fn all() -> Vec<ValidationCase> {
        read::<Forms>("forms.json").validate
    }
}

impl AllocationCase {
    /// All of them.
    pub fn all() -> Vec<AllocationCase> {
        read::<Forms>("forms.json").allocate
    }
}

impl PreviewCase {
    /// All of them.
    pub fn all() -> Vec<PreviewCase> {
        read("previews.json")
    }

    /// The moment it is asked at.
    pub fn at(&self) -> String {
        format!("{}T15:00:00Z", self.today)
    }

    /// The shop's rules as VTEX writes them, without ids.
    pub fn rules(&self) -> Vec<Value> {
        self.rules.iter().map(written_out).collect()
    }

    /// `fiado organization set` with what the shop says of itself.
    pub fn settings(&self) -> Vec<String> {
        let mut settings = vec!["--currency".to_owned(), self.currency.clone()];
        let Some(due_dates) = &self.due_dates else { return settings };
        let text = |name: &str| due_dates[name].as_str().unwrap().replace('_', "-");
        let list = |name: &str, longest: usize| {
            let items = due_dates[name].as_array().unwrap().iter();
            let items: Vec<&str> = items
                .map(|item| item.as_str().unwrap())
                .map(|item| &item[..longest.min(item.len())])
                .collect();
            if items.is_empty() { "none".to_owned() } else { items.join(",") }
        };
        let rhythm = match due_dates["day"].as_u64() {
            Some(day) => format!("day:{day}"),
            None => text("rhythm"),
        };
        let told = [
            ("--due-dates", rhythm),
            ("--business-days", text("adjustment")),
            ("--weekend", list("weekend", 3)),
            ("--holidays", list("holidays", 10)),
        ];
        settings.extend(told.into_iter().flat_map(|(flag, value)| [flag.to_owned(), value]));
        settings
    }
}

impl InstallmentsCase {
    /// All of them.
    pub fn all() -> Vec<InstallmentsCase> {
        read("installments.json")
    }

    /// The shop's rules as VTEX writes them, without ids.
    pub fn rules(&self) -> Vec<Value> {
        self.rules.iter().map(written_out).collect()
    }
}

fn read<T: for<'de> Deserialize<'de>>(file: &str) -> T {
    let text = fs::read_to_string(repository().join("tests/corpus").join(file)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A rule of a corpus with all that it leaves out.
fn written_out(rule: &Value) -> Value {
    let or = |name: &str, usual: Value| if rule[name].is_null() { usual } else { rule[name].clone() };
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let channels = list(&or("salesChannels", json!([":ALL:"])));
    let term = |pair: &Value| json!({ "days": pair[0], "interestRate": pair[1] });
    let deadline =
        |terms: &Value| json!({ "paymentOptions": list(terms).iter().map(term).collect::<Vec<Value>>() });
    let hours = |pair: &Value| json!({ "start": pair[0], "end": pair[1] });
    json!({
        "name": "corpus",
        "enabled": or("enabled", json!(true)),
        "isDefault": or("isDefault", Value::Null),
        "salesChannels": channels.iter().map(|id| json!({ "id": id })).collect::<Vec<Value>>(),
        "paymentSystem": { "id": or("system", json!(64)), "name": "corpus" },
        "installmentOptions": rule["options"],
        "deadlines": list(&rule["deadlines"]).iter().map(deadline).collect::<Vec<Value>>(),
        "beginDate": rule["beginDate"],
        "dateIntervals": list(&rule["hours"]).iter().map(hours).collect::<Vec<Value>>(),
    })
}

/// Stops where an answer is not what a case expects: an object may have more fields, a list may not,
/// and of a plan's hash only what it says of the plan counts.
#[track_caller]
pub fn must_hold(case: &str, expected: &Value, answer: &Value) {
    if let Some(wrong) = difference("", expected, answer) {
        panic!("{case}: {wrong}\n\nexpected {expected}\n\nanswered {answer}");
    }
}

fn difference(path: &str, expected: &Value, answer: &Value) -> Option<String> {
    let differs = || Some(format!("{path} is {answer} and not {expected}"));
    match (expected, answer) {
        (Value::Object(expected), Value::Object(_)) => expected
            .iter()
            .find_map(|(name, expected)| difference(&format!("{path}.{name}"), expected, &answer[name])),
        (Value::Array(expected), Value::Array(answers)) if expected.len() == answers.len() => {
            let pairs = expected.iter().zip(answers).enumerate();
            pairs.into_iter().find_map(|(index, (expected, answer))| {
                difference(&format!("{path}[{index}]"), expected, answer)
            })
        }
        (Value::Number(expected), Value::Number(answer)) => {
            if shortest(&expected.to_string()) == shortest(&answer.to_string()) { None } else { differs() }
        }
        (Value::String(text), Value::String(answer)) if path.ends_with(".plan_hash") => {
            if answer.rsplit_once('~').is_some_and(|(told, _)| told == text) { None } else { differs() }
        }
        _ if expected == answer => None,
        _ => differs(),
    }
}

/// `10000.00` is `10000`.
fn shortest(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}
