//! What was refused, outside chain and version (DECISIONS 16).

use crate::cells::{cells, json};
use crate::sqlite::query;
use crate::{Refusal, StoreError};
use rusqlite::Connection;

/// Writes a refusal at its position.
pub(crate) fn insert(connection: &Connection, refusal: &Refusal, position: u64) -> Result<(), StoreError> {
    query::run(
        connection,
        "INSERT INTO refusals (organization, customer, position, at, by, operation, rejection)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        cells![
            refusal.key.organization,
            refusal.key.customer,
            position,
            refusal.at,
            refusal.by,
            refusal.operation,
            json(&refusal.rejection)?,
        ],
    )?;
    Ok(())
}
