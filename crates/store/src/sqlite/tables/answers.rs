//! What was answered under an idempotency key (DECISIONS 18).

use crate::sqlite::cells::{cells, json};
use crate::sqlite::{error, query};
use crate::{Answer, AnswerKey, StoreError};
use fiado_core::calendar::Instant;
use rusqlite::Connection;

/// Remembers an answer; a key that is there already is somebody else's.
pub(crate) fn insert(connection: &Connection, key: &AnswerKey, answer: &Answer) -> Result<(), StoreError> {
    query::run(
        connection,
        "INSERT INTO answers (organization, customer, operation, answer_key, fingerprint, at, result)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        cells![
            key.account.organization,
            key.account.customer,
            key.operation,
            key.key,
            answer.fingerprint,
            answer.at,
            json(&answer.result)?,
        ],
    )
    .map_err(|error| error::of_insert(error, &key.account))?;
    Ok(())
}

/// The answer that is remembered under a key.
pub(crate) fn find(connection: &Connection, key: &AnswerKey) -> Result<Option<Answer>, StoreError> {
    query::first(
        connection,
        "SELECT fingerprint, at, result FROM answers
         WHERE organization = ?1 AND customer = ?2 AND operation = ?3 AND answer_key = ?4",
        cells![key.account.organization, key.account.customer, key.operation, key.key],
        |cells| Ok(Answer { fingerprint: cells.next()?, at: cells.next()?, result: cells.next_json()? }),
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
