//! Lists over a whole organization, by what is asked of them.
//!
//! A statement is put together from fixed pieces of text; whatever comes from a caller is bound to
//! it and never becomes text. How a piece finds its rows is its database's business
//! ([`Database`]); which pieces are asked for is the same for all.

pub(crate) mod accounts;
mod database;
pub(crate) mod invoices;

pub(crate) use database::Database;

use crate::Range;
use crate::cells::{Cell, ToCell};

/// A piece of a statement, with what is bound to it in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sql {
    /// The text, with a `?` for each value.
    pub(crate) text: String,
    /// The values.
    pub(crate) bound: Vec<Cell<'static>>,
}

impl Sql {
    /// A piece of text.
    pub(crate) fn text(text: &'static str) -> Sql {
        Sql { text: text.to_owned(), bound: Vec::new() }
    }

    /// The same, with a value bound to its next `?`.
    pub(crate) fn bind(mut self, value: &impl ToCell) -> Sql {
        self.bound.push(value.to_cell().into_owned());
        self
    }

    /// The same, with another piece after it.
    pub(crate) fn then(mut self, next: impl Into<Sql>) -> Sql {
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
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Sql {
        Sql::text(text)
    }
}

/// A stretch of a list of so many items, reached from the end that is nearer: what lies before it is
/// walked over one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reach {
    pub(crate) from_the_end: bool,
    pub(crate) skipped: u64,
    pub(crate) most: u64,
}

impl Reach {
    fn of(range: &Range, count: u64) -> Reach {
        let before = range.first.saturating_sub(1);
        let last = range.last.min(count);
        let (most, after) = (last.saturating_sub(before), count.saturating_sub(last));
        if before <= after {
            Reach { from_the_end: false, skipped: before, most }
        } else {
            Reach { from_the_end: true, skipped: after, most }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_reached_from_the_nearer_end() {
        let reach = |first, last, count| {
            let reach = Reach::of(&Range { first, last }, count);
            (reach.from_the_end, reach.skipped, reach.most)
        };
        assert_eq!(reach(1, 20, 100), (false, 0, 20));
        assert_eq!(reach(41, 60, 100), (false, 40, 20));
        assert_eq!(reach(81, 100, 100), (true, 0, 20));
        assert_eq!(reach(71, 90, 100), (true, 10, 20));
        assert_eq!(reach(91, 110, 100), (true, 0, 10));
        assert_eq!(reach(1, 1_000, 100), (false, 0, 100));
        assert_eq!(reach(101, 120, 100).2, 0);
        assert_eq!(reach(1, 20, 0).2, 0);
    }
}
