//! An account with all that stands in other tables than its own.

use super::query;
use super::readers::Readers;
use super::tables::accounts;
use super::tables::{adjustments, holders, holds, invoices, payments, remarks, statement, usages};
use crate::cells::{Cells, cells};
use crate::chain::Link;
use crate::head::{decision_to_remark, readable};
use crate::stored::{self, columns, named, record_columns, record_tables};
use crate::{AccountRecord, ListedAccount, StoreError};
use fiado_core::account::{Account, Book};
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;
use rusqlite::Connection;
use std::sync::Arc;

const RECORD: &str = concat!(
    "SELECT ",
    record_columns!(),
    " FROM ",
    record_tables!(),
    " WHERE organization = ?1 AND customer = ?2"
);

/// An account as it stands at a moment, with what is kept beside its journal. Mostly one query finds all of
/// it.
pub(super) fn read(
    readers: &Readers,
    key: &AccountKey,
    now: Instant,
) -> Result<Option<AccountRecord>, StoreError> {
    match readers.ask(|connection| found(connection, key, stored::record))? {
        Some(record) if has_more(&record.account) => readers.read(|moment| find(moment, key, now)),
        all => Ok(all),
    }
}

/// Whether more is looked for than one query finds: holds that have ended, where something is held, and what
/// was written beside a decision.
fn has_more(account: &Account) -> bool {
    !account.totals.held.is_zero() || decision_to_remark(account).is_some()
}

/// The same, inside a transaction.
pub(super) fn find(
    moment: &Connection,
    key: &AccountKey,
    now: Instant,
) -> Result<Option<AccountRecord>, StoreError> {
    let Some(mut record) = found(moment, key, stored::record)? else {
        return Ok(None);
    };
    if !record.account.totals.held.is_zero() {
        let account = Arc::unwrap_or_clone(record.account);
        record.account = Arc::new(account.without_expired(holds::expired_amount(moment, key, now)?));
    }
    record.remark = remarks::of_standing(moment, key, &record.account)?;
    Ok(Some(record))
}

/// An account that is known, with what is kept beside its journal.
pub(super) fn complete(
    readers: &Readers,
    key: &AccountKey,
    account: Arc<Account>,
) -> Result<AccountRecord, StoreError> {
    let read = |connection: &Connection| {
        let (profile, contact) = found(connection, key, stored::beside)?.unwrap_or_default();
        let remark = remarks::of_standing(connection, key, &account)?;
        Ok((profile, contact, remark))
    };
    let (profile, contact, remark) = match decision_to_remark(&account) {
        Some(_) => readers.read(read)?,
        None => readers.ask(read)?,
    };
    Ok(AccountRecord { account, profile, contact, remark })
}

/// What one query finds of an account.
fn found<T>(
    connection: &Connection,
    key: &AccountKey,
    read: impl FnOnce(&mut Cells<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    query::first(connection, RECORD, cells![key.organization, key.customer], read)
}

/// Accounts in the order of their keys; one that cannot be read is left out.
pub(super) fn list(
    connection: &Connection,
    keys: impl Iterator<Item = AccountKey>,
    now: Instant,
) -> Result<Vec<ListedAccount>, StoreError> {
    let mut listed = Vec::new();
    for key in keys {
        let record = readable(find(connection, &key, now))?.flatten();
        listed.extend(record.map(|record| ListedAccount { key, record }));
    }
    Ok(listed)
}

/// An account with all of its rows, and the head of its chain.
pub(super) fn book(connection: &Connection, key: &AccountKey) -> Result<Option<(Book, Link)>, StoreError> {
    let Some((account, head)) = accounts::find(connection, key)? else {
        return Ok(None);
    };
    let book = Book {
        account,
        usages: named(usages::all(connection, key)?, |usage| usage.transaction.clone())?,
        invoices: named(invoices::all(connection, key)?, |invoice| invoice.id.clone())?,
        payments: named(payments::all(connection, key)?, |payment| payment.id)?,
        holds: named(holds::all(connection, key)?, |hold| hold.transaction.clone())?,
        holders: named(holders::all(connection, key)?, |holder| holder.id)?,
        adjustments: named(adjustments::all(connection, key)?, |found| found.statement.clone())?,
        statement: statement::all(connection, key)?,
    };
    Ok(Some((book, head.link)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::plan;

    #[test]
    fn an_account_and_what_is_beside_it_are_found_by_their_keys() {
        plan::assert_searches(RECORD);
        let key = "(organization=? AND customer=?)";
        let steps = plan::steps(RECORD);
        assert_eq!(steps.iter().filter(|step| step.contains(key)).count(), 3, "{steps:#?}");
        assert_eq!(steps.len(), 3, "{steps:#?}");
    }
}
