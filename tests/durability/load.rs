//! Clients that buy and pay without a pause, and remember what they were answered.

use fiado_tests::{Answer, Caller, Company};
use reqwest::Method;
use serde_json::Value;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Something to be done to an account once, however often it is sent.
pub(crate) enum Request {
    Purchase { path: String, order: String, cents: u64, key: Option<String> },
    Payment { path: String, reference: String, cents: u64, day: String, key: Option<String> },
}

impl Request {
    pub(crate) fn cents(&self) -> u64 {
        match self {
            Request::Purchase { cents, .. } | Request::Payment { cents, .. } => *cents,
        }
    }

    /// By how many cents the account owes more once it is done.
    pub(crate) fn effect(&self) -> i128 {
        match self {
            Request::Purchase { cents, .. } => i128::from(*cents),
            Request::Payment { cents, .. } => -i128::from(*cents),
        }
    }

    pub(crate) fn has_key(&self) -> bool {
        match self {
            Request::Purchase { key, .. } | Request::Payment { key, .. } => key.is_some(),
        }
    }

    pub(crate) fn try_send(&self, caller: &Caller) -> Result<Answer, reqwest::Error> {
        let (path, key, body) = match self {
            Request::Purchase { path, order, cents, key } => {
                (path, key, format!(r#"{{"order_id":"{order}","amount":{}}}"#, amount(*cents)))
            }
            Request::Payment { path, reference, cents, day, key } => {
                let amount = amount(*cents);
                let body = format!(
                    r#"{{"amount":{amount},"payment_reference":"{reference}","payment_date":"{day}"}}"#
                );
                (path, key, body)
            }
        };
        let caller = key.as_ref().map_or_else(|| caller.clone(), |key| caller.with_key(key));
        caller.try_send(Method::POST, path, Some(body))
    }
}

/// Cents as an amount is written: `12.05`.
pub(crate) fn amount(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// The cents of an amount as it is written.
pub(crate) fn cents(amount: &str) -> u64 {
    amount.replace('.', "").parse().unwrap()
}

/// What an answer says of the account, and when it was decided: of two that repeat each other it is the
/// same. A refusal's envelope has its request's id as well.
pub(crate) fn decided(answer: &Answer) -> [Value; 3] {
    let body = answer.json();
    match body.get("status") {
        Some(_) => ["data", "error", "timestamp"].map(|name| body[name].clone()),
        None => [body, Value::Null, Value::Null],
    }
}

/// A request, and its answer if one came.
pub(crate) type Sent = (Request, Option<Answer>);

/// One client of an account.
pub(crate) struct Client {
    pub(crate) name: String,
    caller: Caller,
    path: String,
    day: String,
}

impl Client {
    pub(crate) fn new(name: String, company: &Company<'_>) -> Client {
        let day = company.reads("/snapshot").must_be(200).at("today");
        Client { name, caller: company.seller(), path: company.path(""), day }
    }

    /// Sends one request after the other until no answer comes. Every other one carries a key; the
    /// others are known by their order or reference alone.
    pub(crate) fn works_until_nobody_answers(&self, answered: &AtomicUsize) -> Vec<Sent> {
        let mut sent = Vec::new();
        for number in 0.. {
            let request = self.request(number);
            let answer = request.try_send(&self.caller).ok();
            let goes_on = answer.is_some();
            sent.push((request, answer));
            if !goes_on {
                break;
            }
            answered.fetch_add(1, Ordering::SeqCst);
        }
        sent
    }

    pub(crate) fn request(&self, number: u64) -> Request {
        let name = format!("{}-{number}", self.name);
        let key = number.is_multiple_of(2).then(|| format!("key-{name}"));
        if number % 3 == 2 {
            let (path, day) = (format!("{}/payment", self.path), self.day.clone());
            Request::Payment { path, reference: name, cents: 1 + number * 37 % 400, day, key }
        } else {
            Request::Purchase {
                path: format!("{}/use", self.path),
                order: name,
                cents: 1 + number * 53 % 900,
                key,
            }
        }
    }
}
