//! The façade's own reading of a body, for whoever wants to know before sending it.
//!
//! It promises the codes and sentences the server would answer with. What only the server knows, such as
//! the bounds of what may be asked for, only the server checks.

use super::{PayBody, Preview, RequestBody, UseCreditBody};
use crate::catalogue::{Language, Unread};
use crate::fields::{FieldError, Fields, read};
use crate::json::Json;
use fiado_core::calendar::Day;
use fiado_core::money::{Amount, Currency};
use fiado_core::policy::Policy;

/// The operations whose bodies are read in the browser: the last words of their addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Use,
    Request,
    Payment,
}

impl Operation {
    const WORDS: &'static [&'static str] = &["use", "request", "payment"];

    fn from_word(word: &str) -> Option<Operation> {
        match word {
            "use" => Some(Operation::Use),
            "request" => Some(Operation::Request),
            "payment" => Some(Operation::Payment),
            _ => None,
        }
    }
}

/// What the server must know of the shop to read a body.
struct Reader {
    operation: Operation,
    currency: Currency,
    /// A payment's date is held against it.
    today: Day,
}

/// Reads a body as the server would: `shop` says the `operation` it is for, the line's `currency` and what
/// day it is `today`.
pub fn validate(body: &Json, shop: &Json, language: Language) -> Preview<()> {
    let read = read(shop, reader).and_then(|reader| reader.read(body));
    Preview::of(read.map_err(Unread::Invalid), language)
}

fn reader(fields: &mut Fields<'_>) -> Option<Reader> {
    let operation = fields.word("operation", Operation::WORDS, Operation::from_word);
    let currency = fields.word("currency", Currency::CODES, Currency::from_code);
    let today = fields.day("today");
    Some(Reader { operation: operation?, currency: currency?, today: today? })
}

impl Reader {
    fn read(&self, body: &Json) -> Result<(), Vec<FieldError>> {
        match self.operation {
            Operation::Use => UseCreditBody::read(body, self.currency).map(drop),
            Operation::Request => RequestBody::read(body, &self.without_bounds()).map(drop),
            Operation::Payment => PayBody::read(body, self.currency, self.today).map(drop),
        }
    }

    /// The bounds of a request are the shop's, and no snapshot tells them.
    fn without_bounds(&self) -> Policy {
        let usual = Policy::usual(self.currency);
        Policy { least_request: Amount::SMALLEST, largest_request: self.currency.largest(), ..usual }
    }
}
