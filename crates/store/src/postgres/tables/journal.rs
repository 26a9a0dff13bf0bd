//! The journal: what has happened, entry by entry, each linked to the one before it.

use crate::cells::cells;
use crate::paging::{BySequence, Walk, page};
use crate::postgres::connection::Connection;
use crate::{EntryRecord, JournalRow, Page, PageRequest, StoreError};
use fiado_core::identity::AccountKey;

const AFTER: &str = "SELECT position, sequence, at, kind, body, hash FROM journal
     WHERE organization = $1 AND customer = $2 AND sequence > $3 ORDER BY sequence LIMIT $4";

/// A query of an account's entries, each with the number of lives that have begun by then, and the
/// remark beside it.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT journal.sequence, journal.body, journal.hash, remarks.remark, ",
            "(SELECT count(*) FROM journal AS begun ",
            "WHERE 'l' || begun.organization = 'l' || $1::text AND begun.customer = $2 ",
            "AND begun.sequence <= journal.sequence AND begun.kind IN ('requested', 'opened')) ",
            "FROM journal LEFT JOIN remarks ON remarks.organization = journal.organization ",
            "AND remarks.customer = journal.customer AND remarks.sequence = journal.sequence ",
            "WHERE journal.organization = $1 AND journal.customer = $2 ",
            $rest
        )
    };
}

pub(crate) const NEWER: &str = select!("AND journal.sequence > $3 ORDER BY journal.sequence ASC LIMIT $4");
pub(crate) const OLDER: &str = select!("AND journal.sequence < $3 ORDER BY journal.sequence DESC LIMIT $4");

/// The entries of an account after a sequence, at most so many.
pub(crate) fn after(
    connection: &Connection,
    key: &AccountKey,
    sequence: u64,
    most: usize,
) -> Result<Vec<JournalRow>, StoreError> {
    connection.all(AFTER, cells![key.organization, key.customer, sequence, most], |cells| {
        JournalRow::read(key, cells)
    })
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
        connection.all(sql, cells![key.organization, key.customer, from.0, most], BySequence::with_entry)
    })
}
