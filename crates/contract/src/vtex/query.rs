//! What the lists' queries have in common.

use super::moment::{Written, day_of};
use super::one_of;
use crate::fields::{Expected, Fault, Fields};
use fiado_core::calendar::{Day, Instant};
use fiado_core::profile::Email;

/// The most records of one page.
const MOST_RECORDS: u64 = 1_000;
/// How many records a page has where nothing is said.
const USUAL_RECORDS: u64 = 20;
/// The last position that is read.
const LAST_POSITION: u64 = 999_999_999_999;

/// Which positions of a list are wanted, from 1, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Positions {
    /// The first, at least 1.
    pub first: u64,
    /// The last, not before the first, and not more than 1,000 records from it.
    pub last: u64,
}

impl Positions {
    /// Reads `from` and `to`; the first twenty where neither is there.
    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Positions> {
        let from = fields.optional_whole("from", 1, LAST_POSITION);
        let to = fields.optional_whole("to", 1, LAST_POSITION);
        let first = from?.unwrap_or(1);
        let last = to?.unwrap_or(first + USUAL_RECORDS - 1);
        let most = first + MOST_RECORDS - 1;
        let fault = if last < first {
            Fault::Below(first.to_string())
        } else if last > most {
            Fault::Above(most.to_string())
        } else {
            return Some(Positions { first, last });
        };
        fields.wrong("to", fault);
        None
    }
}

/// Reads `op`: whether one filter is enough (`or`); else all must hold (`and`).
pub(super) fn read_any(fields: &mut Fields<'_>) -> Option<bool> {
    let any =
        fields.optional_word("op", &["and", "or"], |word| one_of(&[("and", false), ("or", true)], word));
    Some(any?.unwrap_or(false))
}

/// A day of a query: written as one, or the day of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryDate {
    /// A civil day in the store's zone.
    Day(Day),
    /// A moment; its day in the store's zone is meant.
    Moment(Instant),
}

impl QueryDate {
    /// The day, where `day_of` says which day a moment is in the store's zone.
    pub fn day(self, day_of: impl FnOnce(Instant) -> Day) -> Day {
        match self {
            QueryDate::Day(day) => day,
            QueryDate::Moment(instant) => day_of(instant),
        }
    }

    /// Notes that a stretch ends before it begins, as far as that is seen without the store's zone: of
    /// two days, or of two moments.
    pub(super) fn check_order(
        fields: &mut Fields<'_>,
        from: Option<QueryDate>,
        (name, to): (&'static str, Option<QueryDate>),
    ) -> Option<()> {
        let begin = match (from, to) {
            (Some(QueryDate::Day(from)), Some(QueryDate::Day(to))) if to < from => from.to_string(),
            (Some(QueryDate::Moment(from)), Some(QueryDate::Moment(to))) if to < from => from.to_string(),
            _ => return Some(()),
        };
        fields.wrong(name, Fault::Before(begin));
        None
    }

    /// Reads one, if it is there.
    pub(super) fn read(fields: &mut Fields<'_>, name: &'static str) -> Option<Option<QueryDate>> {
        fields.optional_parsed(name, Fault::NotADate, |text| {
            // A plus that was not escaped has come as a space.
            match Written::parse(&text.replace(' ', "+"))? {
                Written::Day(day) => Some(QueryDate::Day(day)),
                // What was told without a zone is told in the store's.
                Written::Zoneless(instant) => Some(QueryDate::Day(day_of(instant))),
                Written::Instant(instant) => Some(QueryDate::Moment(instant)),
            }
        })
    }
}

/// An address of a query. A plus that was not escaped has come as a space, which no address has.
pub(super) fn email_of(text: &str) -> Option<Email> {
    Email::new(text.replace(' ', "+")).ok()
}

/// The filters of a list while they are read. One by a text that nothing can be finds nothing: it is
/// no error to look for what is not there.
#[derive(Debug, Default)]
pub(super) struct Filters {
    possible: usize,
    hopeless: usize,
}

impl Filters {
    /// A filter by a text, if it is there and something can be it.
    pub(super) fn text<T>(
        &mut self,
        fields: &mut Fields<'_>,
        name: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        let fault = Fault::WrongType(Expected::Text);
        let found = fields.optional_parsed(name, fault, |text| Some(parse(text)))?;
        self.hopeless += usize::from(matches!(found, Some(None)));
        Some(self.count(found.flatten()))
    }

    /// Any other filter, if it is there.
    pub(super) fn count<T>(&mut self, filter: Option<T>) -> Option<T> {
        self.possible += usize::from(filter.is_some());
        filter
    }

    /// Whether nothing can match all of them, or where one is enough, any of them.
    pub(super) fn find_nothing(&self, any: bool) -> bool {
        self.hopeless > 0 && (!any || self.possible == 0)
    }
}
