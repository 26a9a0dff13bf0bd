//! An account with all that stands in other tables than its own.

use super::tables::accounts;
use super::tables::{
    adjustments, contacts, holders, holds, invoices, payments, profiles, remarks, statement, usages,
};
use crate::chain::Link;
use crate::head::readable;
use crate::stored::named;
use crate::{AccountRecord, ListedAccount, StoreError};
use fiado_core::account::{Account, Book};
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;
use rusqlite::Connection;

/// An account as it stands at a moment, with what is kept beside its journal. Holds are looked at
/// only where something is held.
pub(super) fn find(
    connection: &Connection,
    key: &AccountKey,
    now: Instant,
) -> Result<Option<AccountRecord>, StoreError> {
    let Some((mut account, _)) = accounts::find(connection, key)? else {
        return Ok(None);
    };
    if !account.totals.held.is_zero() {
        account = account.without_expired(holds::expired_amount(connection, key, now)?);
    }
    complete(connection, key, account).map(Some)
}

/// An account with what is kept beside its journal.
pub(super) fn complete(
    connection: &Connection,
    key: &AccountKey,
    account: Account,
) -> Result<AccountRecord, StoreError> {
    Ok(AccountRecord {
        profile: profiles::find(connection, key)?,
        contact: contacts::find(connection, key)?,
        remark: remarks::of_standing(connection, key, &account)?,
        account,
    })
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
