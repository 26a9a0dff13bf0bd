//! What was answered under an idempotency key (DECISIONS 18).

use crate::StoreError;
use crate::cells::cells;
use crate::postgres::connection::Connection;
use fiado_core::calendar::Instant;

/// Another server may be forgetting the same ones: what it has at hand is left to it.
const FORGET: &str = "DELETE FROM answers WHERE (organization, customer, operation, answer_key) IN (
        SELECT organization, customer, operation, answer_key FROM answers
        WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)";

/// Forgets the oldest answers given before a moment, at most so many; says how many.
pub(crate) fn forget(connection: &Connection, before: Instant, most: usize) -> Result<usize, StoreError> {
    let forgotten = connection.run(FORGET, cells![before, most])?;
    Ok(usize::try_from(forgotten).unwrap_or(usize::MAX))
}
