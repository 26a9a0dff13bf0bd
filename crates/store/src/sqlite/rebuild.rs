//! Making the rows again from the journal, after a migration has given their tables another shape.
//!
//! An account whose journal is damaged is brought as far as its journal can be read, and keeps the
//! head it had: nobody else is stopped by it, and `verify` still names it.

use super::query;
use super::rows::{self, Written};
use super::tables::accounts;
use super::tables::invoice_totals;
use super::tables::{answers, journal, statement};
use crate::cells::cells;
use crate::chain::Link;
use crate::head::Head;
use crate::{JournalRow, StoreError};
use fiado_core::account::{Account, Entry, evolve, project};
use fiado_core::identity::AccountKey;
use rusqlite::Connection;

/// How many entries are read at once.
const PAGE: usize = 500;

/// Makes the rows of the accounts in `to_rebuild`, one after the other, and drops the list. Where no
/// migration has made that list, every row is in its newest shape already.
pub(super) fn run(connection: &Connection) -> Result<(), StoreError> {
    if !is_wanted(connection)? {
        return Ok(());
    }
    let mut last: Option<AccountKey> = None;
    while let Some((key, head)) = next(connection, last.as_ref())? {
        rebuild(connection, &key, &head)?;
        last = Some(key);
    }
    connection.flush_prepared_statement_cache();
    Ok(connection.execute_batch("DROP TABLE to_rebuild")?)
}

fn is_wanted(connection: &Connection) -> Result<bool, StoreError> {
    let list = query::first(
        connection,
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'to_rebuild'",
        [],
        |_| Ok(()),
    )?;
    Ok(list.is_some())
}

fn next(
    connection: &Connection,
    after: Option<&AccountKey>,
) -> Result<Option<(AccountKey, Link)>, StoreError> {
    let (organization, customer) =
        after.map_or(("", ""), |key| (key.organization.as_str(), key.customer.as_str()));
    query::first(
        connection,
        "SELECT organization, customer, head FROM to_rebuild
         WHERE (organization, customer) > (?1, ?2) ORDER BY organization, customer LIMIT 1",
        cells![organization, customer],
        |cells| {
            let key = AccountKey { organization: cells.next()?, customer: cells.next()? };
            Ok((key, cells.next()?))
        },
    )
}

/// Follows one account's journal. Only the account itself is in memory, never all of its rows.
fn rebuild(connection: &Connection, key: &AccountKey, head: &Link) -> Result<(), StoreError> {
    let answered = answers::accounts_answered(connection, key)?;
    let (mut account, mut written) = (Account::default(), Written::default());
    'journal: loop {
        let entries = journal::after(connection, key, account.version, PAGE)?;
        for row in &entries {
            let Some(entry) = following(row, account.version) else {
                break 'journal;
            };
            account = evolve(account, &entry);
            if !follow(connection, key, &account, &entry, &mut written)? {
                break 'journal;
            }
            for answer in answered.iter().filter(|(version, _)| *version == account.version) {
                answers::renew_account(connection, answer.1, &account)?;
            }
        }
        if entries.len() < PAGE {
            break;
        }
    }
    if account.version > 0 {
        accounts::save(connection, key, &account, &Head::default(), head, &written.tally)?;
        invoice_totals::change(connection, &key.organization, &written.tally)?;
    }
    Ok(())
}

/// The entry of a row, if it can be read and is the next.
fn following(row: &JournalRow, version: u64) -> Option<Entry> {
    let next = version.saturating_add(1);
    let entry: Entry = serde_json::from_slice(&row.body).ok()?;
    (row.sequence == next && entry.sequence == next).then_some(entry)
}

/// Writes the rows of an entry, given the account after it; says whether they fit what is there.
fn follow(
    connection: &Connection,
    key: &AccountKey,
    account: &Account,
    entry: &Entry,
    written: &mut Written,
) -> Result<bool, StoreError> {
    let made = project(account, entry);
    for row in &made {
        match rows::write(connection, key, row, written) {
            Ok(()) => {}
            Err(StoreError::Damaged(_) | StoreError::Conflict(_)) => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    statement::save(connection, key, entry.sequence, &made)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use crate::Store;
    use crate::conformance::desk::{Desk, a_tenth_more, buy, hold, key, pay, settle};
    use crate::sqlite::{Sqlite, open};
    use crate::verify::verify;

    /// A store as a migration leaves it that has dropped all that can be made again.
    const ROWS_DROPPED: &str = "
        CREATE TABLE to_rebuild (
            organization TEXT, customer TEXT, head BLOB, PRIMARY KEY (organization, customer)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO to_rebuild SELECT organization, customer, head FROM accounts;
        DELETE FROM accounts; DELETE FROM account_totals; DELETE FROM usages;
        DELETE FROM invoices; DELETE FROM invoice_totals; DELETE FROM payments; UPDATE journal SET statement = NULL;
        DELETE FROM holds; DELETE FROM holders; DELETE FROM adjustments;";

    #[test]
    fn rows_are_made_again_as_they_were() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("fiado.db");
        let store = Sqlite::open(&path).unwrap();
        let desk = Desk::with_rules(&store, vec![a_tenth_more("1")]);
        desk.open_line(&key("alfa"), 100_000);
        desk.bought_by(&key("alfa"), "order-1", 3_000, "1:3x");
        desk.all_done(&key("alfa"), [buy("order-2", 500, 2), pay("transfer-1", 1_500), hold("t-1", 300, 3)]);
        desk.all_done(&key("alfa"), [settle("t-1", 200), hold("t-2", 70, 1)]);
        let before = store.book(&key("alfa")).unwrap();
        drop(store);
        let connection = open::writer(&path).unwrap();
        connection.execute_batch(ROWS_DROPPED).unwrap();
        super::run(&connection).unwrap();
        super::run(&connection).unwrap(); // the list is gone, so nothing is made twice
        drop(connection);
        let store = Sqlite::open(&path).unwrap();
        assert_eq!(store.book(&key("alfa")).unwrap(), before);
        assert_eq!(verify(&store, &mut |_| {}).unwrap().differences, 0);
    }
}
