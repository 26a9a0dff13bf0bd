//! Making the rows again from the journal, after a migration has given their tables another shape.
//!
//! An account whose journal is damaged is brought as far as its journal can be read, and keeps the
//! head it had: nobody else is stopped by it, and `verify` still names it.

use super::tables::accounts::{self, Head};
use super::tables::invoice_totals::{self, Tally};
use super::tables::{answers, journal, ladder};
use super::{query, rows};
use crate::chain::Link;
use crate::sqlite::cells::cells;
use crate::{JournalRow, StoreError};
use fiado_core::account::{Account, Entry, evolve, project};
use fiado_core::identity::AccountKey;
use rusqlite::Connection;

/// How many entries are read at once.
const PAGE: usize = 500;

/// Makes the rows of the accounts in `to_rebuild`, one after the other, and drops the list.
pub(super) fn run(connection: &Connection) -> Result<(), StoreError> {
    let mut last: Option<AccountKey> = None;
    while let Some((key, head)) = next(connection, last.as_ref())? {
        rebuild(connection, &key, &head)?;
        last = Some(key);
    }
    connection.flush_prepared_statement_cache();
    Ok(connection.execute_batch("DROP TABLE to_rebuild")?)
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
    let (mut account, mut tally) = (Account::default(), Tally::default());
    'journal: loop {
        let entries = journal::after(connection, key, account.version, PAGE)?;
        for row in &entries {
            let Some(entry) = following(row, account.version) else {
                break 'journal;
            };
            account = evolve(account, &entry);
            if !follow(connection, key, &account, &entry, &mut tally)? {
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
        accounts::save(connection, key, &account, &Head::default(), head, &tally)?;
        invoice_totals::change(connection, &key.organization, &tally)?;
        let days: Vec<_> = account.ladder.rungs().map(|(day, _)| day).collect();
        ladder::save(connection, key, &account, days)?;
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
    tally: &mut Tally,
) -> Result<bool, StoreError> {
    for row in project(account, entry) {
        match rows::write(connection, key, &row, tally) {
            Ok(()) => {}
            Err(StoreError::Damaged(_) | StoreError::Conflict(_)) => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}
