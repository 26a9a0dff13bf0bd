//! Lists over a whole organization, by what is asked of them.
//!
//! A statement is put together from fixed pieces of text; whatever comes from a caller is bound to
//! it and never becomes text. Which index a piece is found by is said in it: without statistics
//! SQLite would have to guess.

pub(super) mod accounts;
pub(super) mod invoices;

use super::cells::ToCell;
use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Params, params_from_iter};

/// A piece of a statement, with what is bound to it in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Sql {
    text: String,
    bound: Vec<Value>,
}

impl Sql {
    /// A piece of text.
    fn text(text: &'static str) -> Sql {
        Sql { text: text.to_owned(), bound: Vec::new() }
    }

    /// The same, with a value bound to its next `?`.
    fn bind(mut self, value: &impl ToCell) -> Sql {
        let value = match value.to_cell() {
            ToSqlOutput::Owned(value) => Some(value),
            ToSqlOutput::Borrowed(value) => Value::try_from(value).ok(),
            _ => None,
        };
        self.bound.push(value.unwrap_or(Value::Null));
        self
    }

    /// The same, with another piece after it.
    fn then(mut self, next: impl Into<Sql>) -> Sql {
        let next = next.into();
        self.text.push_str(&next.text);
        self.bound.extend(next.bound);
        self
    }

    /// Pieces with a text between each two.
    fn join(pieces: impl IntoIterator<Item = Sql>, between: &'static str) -> Sql {
        let mut pieces = pieces.into_iter();
        let first = pieces.next().unwrap_or_default();
        pieces.fold(first, |joined, piece| joined.then(between).then(piece))
    }

    fn parameters(&self) -> impl Params + '_ {
        params_from_iter(&self.bound)
    }
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Sql {
        Sql::text(text)
    }
}

/// How many items lie before a stretch of a list, and how many it has.
fn skip_and_take(range: &crate::Range) -> (u64, u64) {
    let skipped = range.first.saturating_sub(1);
    (skipped, range.last.saturating_sub(skipped))
}
