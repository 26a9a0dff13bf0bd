//! What is asked of a server under load.

use crate::letters::Line;
use crate::load::{Answer, Traffic};
use crate::trade::{Trade, purchase_of, yesterday};
use fiado_core::calendar::Day;

/// A number without a factor in common with how many lines there are: neighbours in time are none in
/// the store.
const STRIDE: u64 = 7_919;

/// How many operations a request of many has.
pub(crate) const BULK: u64 = 50;

/// The line of a number: each of them once, then each of them again.
fn line(trade: &Trade, number: u64) -> &Line {
    let count = trade.lines.len() as u64;
    &trade.lines[usize::try_from(number * STRIDE % count).unwrap()]
}

/// Purchases on many lines, one a request.
pub(crate) struct Purchases<'a>(pub(crate) &'a Trade);

impl Traffic for Purchases<'_> {
    fn request(&self, number: u64, to: &mut Vec<u8>) {
        self.0.purchase(line(self.0, number), to);
    }
}

/// Purchases on one line, one a request.
pub(crate) struct PurchasesOf<'a>(pub(crate) &'a Trade, pub(crate) &'a Line);

impl Traffic for PurchasesOf<'_> {
    fn request(&self, _: u64, to: &mut Vec<u8>) {
        self.0.purchase(self.1, to);
    }
}

/// More purchases on one line than it has room for: each is a success, or refused for its limit.
pub(crate) struct PurchasesBeyond<'a>(pub(crate) PurchasesOf<'a>);

/// What a refusal for want of credit is answered with.
const NOT_AVAILABLE: &[u8] = br#""code":"CRD-2003""#;

impl Traffic for PurchasesBeyond<'_> {
    fn request(&self, number: u64, to: &mut Vec<u8>) {
        self.0.request(number, to);
    }

    fn is_right(&self, answer: &Answer<'_>) -> bool {
        let refused = || answer.body.windows(NOT_AVAILABLE.len()).any(|part| part == NOT_AVAILABLE);
        answer.is_success() || refused()
    }
}

/// Purchases on many lines, many a request.
pub(crate) struct Bulks<'a>(pub(crate) &'a Trade);

const BULK_PATH: &str = "/api/v1/credit/bulk";

/// How every answer begins where all of its operations were done.
const ALL_DONE: &[u8] = br#"{"status":"success","data":{"succeeded":50,"failed":0,"#;

impl Bulks<'_> {
    fn operation(&self, number: u64) -> String {
        let (name, customer) = (self.0.name(), &line(self.0, number).customer);
        format!(
            r#"{{"operation":"use","customer_id":"{customer}","idempotency_key":"{name}","body":{}}}"#,
            purchase_of(&name)
        )
    }
}

impl Traffic for Bulks<'_> {
    fn request(&self, number: u64, to: &mut Vec<u8>) {
        let first = number * BULK;
        let operations: Vec<String> = (first..first + BULK).map(|number| self.operation(number)).collect();
        let body = format!(r#"{{"operations":[{}]}}"#, operations.join(","));
        self.0.seller.post(BULK_PATH, &self.0.name(), &body, to);
    }

    fn is_right(&self, answer: &Answer<'_>) -> bool {
        answer.is_success() && answer.body.starts_with(ALL_DONE)
    }
}

/// Lines are looked at.
pub(crate) struct Reads<'a>(pub(crate) &'a Trade);

impl Traffic for Reads<'_> {
    fn request(&self, number: u64, to: &mut Vec<u8>) {
        self.0.seller.get(&line(self.0, number).itself, to);
    }
}

/// What a shop's day is made of: of fifty requests 35 look at a line, 10 buy, 4 pay, and one approves a
/// company that waits.
pub(crate) struct Mix<'a> {
    trade: &'a Trade,
    day: Day,
}

impl Mix<'_> {
    /// One request in so many approves somebody.
    pub(crate) const APPROVES: u64 = 50;

    pub(crate) fn of(trade: &Trade) -> Mix<'_> {
        Mix { trade, day: yesterday() }
    }
}

impl Traffic for Mix<'_> {
    fn request(&self, number: u64, to: &mut Vec<u8>) {
        let line = line(self.trade, number);
        // Scattered, so that requests of a kind do not come one after the other.
        match number * 7 % Mix::APPROVES {
            0..35 => self.trade.seller.get(&line.itself, to),
            35..45 => self.trade.purchase(line, to),
            45..49 => self.trade.payment(line, self.day, to),
            _ => self.trade.decision("10000.00", to),
        }
    }
}
