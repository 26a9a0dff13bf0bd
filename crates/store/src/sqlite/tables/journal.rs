//! The journal: what has happened, entry by entry, each linked to the one before it. Beside an entry stand
//! its lines in the statement.

use super::statement;
use crate::cells::cells;
use crate::chain::{self, Link};
use crate::paging::{BySequence, Walk, page};
use crate::sqlite::query;
use crate::stored::statement_cell;
use crate::{EntryRecord, JournalRow, Page, PageRequest, StoreError};
use fiado_core::account::{Entry, Row, StatementLine};
use fiado_core::identity::AccountKey;
use rusqlite::{Connection, params_from_iter};

/// Adds an entry after `previous`, at its position, with what it left in the statement; says its link.
/// That no other has its sequence is for the caller to know, who has read where the journal ends.
pub(crate) fn append(
    connection: &Connection,
    key: &AccountKey,
    entry: &Entry,
    position: u64,
    previous: &Link,
    rows: &[Row],
) -> Result<Link, StoreError> {
    let (body, hash) = chain::seal(previous, key, entry)?;
    let (sequence, at, kind) = (entry.sequence, entry.at, entry.event.word().to_owned());
    let lines = statement::of_entry(rows, sequence);
    insert(connection, &JournalRow { position, key: key.clone(), sequence, at, kind, body, hash }, lines)?;
    Ok(hash)
}

/// Writes an entry as it is stored.
pub(crate) fn insert<'a>(
    connection: &Connection,
    row: &JournalRow,
    lines: impl IntoIterator<Item = &'a StatementLine>,
) -> Result<(), StoreError> {
    let key = &row.key;
    let place = cells![key.organization, key.customer, row.sequence, row.position];
    let entry = cells![row.at, row.kind, row.body, row.hash];
    query::run(
        connection,
        "INSERT INTO journal (account, organization, customer, sequence, position, at, kind, body, hash, statement)
         VALUES (number(?1, ?2), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params_from_iter(place.into_iter().chain(entry).chain([statement_cell(lines)?])),
    )?;
    Ok(())
}

/// The sequence of the last entry of an account; 0: there is none.
pub(crate) fn last(connection: &Connection, key: &AccountKey) -> Result<u64, StoreError> {
    let last = query::first(connection, LAST, cells![key.organization, key.customer], |cells| cells.next())?;
    Ok(last.unwrap_or_default())
}

const LAST: &str = "SELECT sequence FROM journal
     WHERE account = number(?1, ?2) AND organization = ?1 AND customer = ?2 ORDER BY sequence DESC LIMIT 1";

/// The entries of an account after a sequence, at most so many.
pub(crate) fn after(
    connection: &Connection,
    key: &AccountKey,
    sequence: u64,
    most: usize,
) -> Result<Vec<JournalRow>, StoreError> {
    query::all(
        connection,
        "SELECT position, sequence, at, kind, body, hash FROM journal
         WHERE account = number(?1, ?2) AND organization = ?1 AND customer = ?2 AND sequence > ?3
         ORDER BY sequence LIMIT ?4",
        cells![key.organization, key.customer, sequence, most],
        |cells| JournalRow::read(key, cells),
    )
}

/// A query of an account's entries, each with the number of lives that have begun by then, and the
/// remark beside it.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT journal.sequence, journal.body, journal.hash, remarks.remark, ",
            "(SELECT count(*) FROM journal AS begun INDEXED BY journal_lives ",
            "WHERE begun.organization = ?1 AND begun.customer = ?2 ",
            "AND begun.sequence <= journal.sequence AND begun.kind IN ('requested', 'opened')) ",
            "FROM journal LEFT JOIN remarks USING (organization, customer, sequence) ",
            "WHERE journal.account = number(?1, ?2) AND journal.organization = ?1 AND journal.customer = ?2 ",
            $rest
        )
    };
}

const NEWER: &str = select!("AND journal.sequence > ?3 ORDER BY journal.sequence ASC LIMIT ?4");
const OLDER: &str = select!("AND journal.sequence < ?3 ORDER BY journal.sequence DESC LIMIT ?4");

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
        query::all(
            connection,
            sql,
            cells![key.organization, key.customer, from.0, most],
            BySequence::with_entry,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::desk::{
        Desk, approve, buy, cancel, key, limit, pay, reactivate, reject, request, suspend, tolerance,
    };
    use crate::sqlite::{Sqlite, plan};

    #[test]
    fn a_page_of_entries_is_searched_for_and_so_are_their_lives_and_remarks() {
        plan::assert_searches(LAST);
        plan::assert_searches(NEWER);
        plan::assert_searches(OLDER);
    }

    #[test]
    fn every_kind_is_the_name_in_the_body() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("fiado.db");
        let store = Sqlite::open(&path).unwrap();
        let before = [request(100_000), reject(), request(100_000), approve(100_000), limit(90_000)];
        let after =
            [tolerance(1), suspend(), reactivate(), buy("order-1", 1, 1), pay("transfer-1", 1), cancel()];
        Desk::new(&store).all_done(&key("cust_456"), before.into_iter().chain(after));
        drop(store);
        let connection = Connection::open(&path).unwrap();
        let named = "SELECT count(DISTINCT kind) FROM journal
             WHERE kind = (SELECT key FROM json_each(CAST(body AS TEXT), '$.event'))";
        let kinds: i64 = connection.query_row(named, [], |row| row.get(0)).unwrap();
        assert_eq!(kinds, 10);
    }
}
