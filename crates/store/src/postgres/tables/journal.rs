//! The journal: what has happened, entry by entry, each linked to the one before it.

use super::whose;
use crate::cells::cells;
use crate::paging::{BySequence, Walk, page};
use crate::postgres::connection::Connection;
use crate::{EntryRecord, JournalRow, Page, PageRequest, StoreError};
use fiado_core::identity::AccountKey;

const AFTER: &str = "SELECT position, sequence, at, kind, body, hash FROM journal
     WHERE account = $1 AND organization = $2 AND customer = $3 AND sequence > $4 ORDER BY sequence LIMIT $5";

/// A query of an account's entries, each with the number of lives that have begun by then, and the
/// remark beside it.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT journal.sequence, journal.body, journal.hash, remarks.remark, ",
            "(SELECT count(*) FROM journal AS begun ",
            "WHERE begun.organization = $2 AND begun.customer = $3 ",
            "AND begun.sequence <= journal.sequence AND begun.kind IN ('requested', 'opened')) ",
            "FROM journal LEFT JOIN remarks ON remarks.organization = journal.organization ",
            "AND remarks.customer = journal.customer AND remarks.sequence = journal.sequence ",
            "WHERE journal.account = $1 AND journal.organization = $2 AND journal.customer = $3 ",
            $rest
        )
    };
}

pub(crate) const NEWER: &str = select!("AND journal.sequence > $4 ORDER BY journal.sequence ASC LIMIT $5");
pub(crate) const OLDER: &str = select!("AND journal.sequence < $4 ORDER BY journal.sequence DESC LIMIT $5");

/// The entries of an account after a sequence, at most so many.
pub(crate) fn after(
    connection: &Connection,
    key: &AccountKey,
    sequence: u64,
    most: usize,
) -> Result<Vec<JournalRow>, StoreError> {
    let parameters = whose(key).into_iter().chain(cells![sequence, most]);
    connection.all(AFTER, parameters, |cells| JournalRow::read(key, cells))
}

/// Entries, newest first.
pub(crate) fn list(
    connection: &Connection,
    key: &AccountKey,
    request: &PageRequest,
) -> Result<Page<EntryRecord>, StoreError> {
    page(request, Walk::Down, |walk, from: &BySequence, most| {
        let sql = match walk {
            Walk::Up => NEWER,
            Walk::Down => OLDER,
        };
        let parameters = whose(key).into_iter().chain(cells![from.0, most]);
        connection.all(sql, parameters, BySequence::with_entry)
    })
}
