//! What was answered under an idempotency key (DECISIONS 18).

use crate::cells::{cells, json};
use crate::sqlite::query;
use crate::stored::{Stored, columns};
use crate::{Answer, AnswerKey, StoreError};
use fiado_core::account::{Account, Receipt, Rejection};
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;
use rusqlite::{Connection, params_from_iter};

/// Remembers an answer. That none is remembered under its key is for the caller to know.
pub(crate) fn insert(connection: &Connection, key: &AnswerKey, answer: &Answer) -> Result<(), StoreError> {
    let place = cells![key.account.organization, key.account.customer, key.operation, key.key];
    query::run(
        connection,
        concat!(
            "INSERT INTO answers (account, number, organization, customer, operation, answer_key, ",
            columns!(answers),
            ") VALUES (number(?1, ?2), number(?1, ?2, ?3, ?4), ?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        ),
        params_from_iter(place.into_iter().chain(answer.cells()?)),
    )?;
    Ok(())
}

/// The answer that is remembered under a key.
pub(crate) fn find(connection: &Connection, key: &AnswerKey) -> Result<Option<Answer>, StoreError> {
    query::first(
        connection,
        concat!(
            "SELECT ",
            columns!(answers),
            " FROM answers WHERE account = number(?1, ?2) AND number = number(?1, ?2, ?3, ?4)
                AND organization = ?1 AND customer = ?2 AND operation = ?3 AND answer_key = ?4"
        ),
        cells![key.account.organization, key.account.customer, key.operation, key.key],
        Answer::read,
    )
}

/// Forgets the oldest answers given before a moment, at most so many; says how many.
pub(crate) fn forget(connection: &Connection, before: Instant, most: usize) -> Result<usize, StoreError> {
    let forgotten = query::run(
        connection,
        "DELETE FROM answers WHERE rowid IN
            (SELECT rowid FROM answers WHERE at < ?1 ORDER BY at LIMIT ?2)",
        cells![before, most],
    )?;
    Ok(forgotten)
}

/// The answers that hold one of this account's states, by the version they hold, each with its
/// row.
pub(crate) fn accounts_answered(
    connection: &Connection,
    key: &AccountKey,
) -> Result<Vec<(u64, i64)>, StoreError> {
    query::all(
        connection,
        "SELECT json_extract(result, '$.Ok.account.account.version') AS version, rowid FROM answers
         WHERE account = number(?1, ?2) AND organization = ?1 AND customer = ?2 AND version IS NOT NULL",
        cells![key.organization, key.customer],
        |cells| Ok((cells.next()?, cells.next()?)),
    )
}

/// Writes such an answer anew, in the form that accounts have now.
pub(crate) fn renew_account(connection: &Connection, row: i64, account: &Account) -> Result<(), StoreError> {
    let result: Result<Receipt, Rejection> = Ok(Receipt::Account(Box::new(account.clone())));
    query::run(connection, "UPDATE answers SET result = ?2 WHERE rowid = ?1", cells![row, json(&result)?])?;
    Ok(())
}
