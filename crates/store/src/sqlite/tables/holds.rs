//! Holds: credit kept for purchases that are not settled yet, and what became of it.
//!
//! Live ones have two indices by the moment they end: one in their account, for its commands, and
//! one over all accounts, for whoever tidies up.

use crate::StoreError;
use crate::cells::{Cells, cells};
use crate::sqlite::{error, query};
use crate::stored::{Stored, columns, owned};
use fiado_core::account::{Hold, HoldState, HoldTerms};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, TransactionId};
use fiado_core::money::Amount;
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeSet;

/// A query of an account's holds.
macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(holds), " FROM holds WHERE organization = ?1 AND customer = ?2 ", $rest)
    };
}

const EXPIRED: &str = select!("AND state = 'held' AND expires_at <= ?3");

/// Those that end at one moment come in the order they were made, which the index keeps by itself.
const LIVE: &str = select!("AND state = 'held' AND expires_at > ?3 ORDER BY expires_at, rowid LIMIT ?4");

const EXPIRED_AMOUNTS: &str = "SELECT amount FROM holds
     WHERE organization = ?1 AND customer = ?2 AND state = 'held' AND expires_at <= ?3";

const EXPIRED_EVERYWHERE: &str = "SELECT organization, customer FROM holds
     WHERE state = 'held' AND expires_at <= ?1 ORDER BY expires_at, organization, customer";

/// Writes a new hold.
pub(crate) fn insert(connection: &Connection, key: &AccountKey, hold: &Hold) -> Result<(), StoreError> {
    query::run(
        connection,
        concat!(
            "INSERT INTO holds (organization, customer, ",
            columns!(holds),
            ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        ),
        params_from_iter(owned(key, hold.cells()?)),
    )
    .map_err(|error| error::of_insert(error, key))?;
    Ok(())
}

/// Writes a hold's new terms.
pub(crate) fn change(
    connection: &Connection,
    key: &AccountKey,
    transaction: &TransactionId,
    terms: &HoldTerms,
) -> Result<(), StoreError> {
    let changed = query::run(
        connection,
        "UPDATE holds SET amount = ?4, installments = ?5, firm = ?6, expires_at = ?7, expiry_was_chosen = ?8
         WHERE organization = ?1 AND customer = ?2 AND transaction_id = ?3",
        cells![
            key.organization,
            key.customer,
            transaction,
            terms.amount,
            terms.installments,
            terms.firm,
            terms.expires_at,
            terms.expiry_was_chosen,
        ],
    )?;
    there(changed, transaction)
}

/// A hold has ended.
pub(crate) fn end(
    connection: &Connection,
    key: &AccountKey,
    transaction: &TransactionId,
    state: HoldState,
) -> Result<(), StoreError> {
    let changed = query::run(
        connection,
        "UPDATE holds SET state = ?4 WHERE organization = ?1 AND customer = ?2 AND transaction_id = ?3",
        cells![key.organization, key.customer, transaction, state],
    )?;
    there(changed, transaction)
}

fn there(changed: usize, transaction: &TransactionId) -> Result<(), StoreError> {
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Damaged(format!("the hold {transaction} is not there to be changed")))
    }
}

/// The hold of a transaction, live or ended.
pub(crate) fn find(
    connection: &Connection,
    key: &AccountKey,
    transaction: &TransactionId,
) -> Result<Option<Hold>, StoreError> {
    query::first(
        connection,
        select!("AND transaction_id = ?3"),
        cells![key.organization, key.customer, transaction],
        Hold::read,
    )
}

/// The live holds whose time has come by a moment.
pub(crate) fn expired(
    connection: &Connection,
    key: &AccountKey,
    by: Instant,
) -> Result<Vec<Hold>, StoreError> {
    query::all(connection, EXPIRED, cells![key.organization, key.customer, by], Hold::read)
}

/// The live holds whose time has not come at a moment, at most so many, those that end first first.
pub(crate) fn live(
    connection: &Connection,
    key: &AccountKey,
    now: Instant,
    most: usize,
) -> Result<Vec<Hold>, StoreError> {
    query::all(connection, LIVE, cells![key.organization, key.customer, now, most], Hold::read)
}

/// What is held by the live holds whose time has come by a moment.
pub(crate) fn expired_amount(
    connection: &Connection,
    key: &AccountKey,
    by: Instant,
) -> Result<Amount, StoreError> {
    let amounts: Vec<Amount> =
        query::all(connection, EXPIRED_AMOUNTS, cells![key.organization, key.customer, by], |cells| {
            cells.next()
        })?;
    Ok(Amount::saturating_sum(amounts))
}

/// All holds, live and ended.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Hold>, StoreError> {
    query::all(connection, select!(""), cells![key.organization, key.customer], Hold::read)
}

/// Accounts with live holds whose time has come by a moment, at most so many, those that have waited
/// longest first.
pub(crate) fn accounts_with_expired(
    connection: &Connection,
    by: Instant,
    most: usize,
) -> Result<Vec<AccountKey>, StoreError> {
    let mut statement = connection.prepare_cached(EXPIRED_EVERYWHERE)?;
    let mut rows = statement.query(cells![by])?;
    let (mut seen, mut accounts) = (BTreeSet::new(), Vec::new());
    while accounts.len() < most
        && let Some(row) = rows.next()?
    {
        let mut cells = Cells::of(row);
        let key = AccountKey { organization: cells.next()?, customer: cells.next()? };
        if seen.insert(key.clone()) {
            accounts.push(key);
        }
    }
    Ok(accounts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::plan;

    #[test]
    fn holds_are_found_by_their_end_without_passing_others() {
        for (sql, index) in [
            (LIVE, "holds_live (organization=? AND customer=? AND expires_at>?)"),
            (EXPIRED, "holds_live (organization=? AND customer=? AND expires_at<?)"),
            (EXPIRED_AMOUNTS, "holds_live (organization=? AND customer=? AND expires_at<?)"),
            (EXPIRED_EVERYWHERE, "holds_by_expiry (expires_at<?)"),
        ] {
            plan::assert_searches(sql);
            let steps = plan::steps(sql);
            assert!(steps.iter().all(|step| step.contains(index)), "{steps:#?}");
        }
    }
}
