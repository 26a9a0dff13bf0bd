//! Movements of the manual balance in the present life, by their clients' names for them.

use crate::StoreError;
use crate::sqlite::cells::{Cells, cells};
use crate::sqlite::{error, query};
use fiado_core::account::Adjustment;
use fiado_core::identity::{AccountKey, StatementId};
use rusqlite::Connection;

fn read(cells: &mut Cells<'_, '_>) -> Result<Adjustment, StoreError> {
    Ok(Adjustment { statement: cells.next()?, value: cells.next()? })
}

/// Writes a new movement.
pub(crate) fn insert(
    connection: &Connection,
    key: &AccountKey,
    adjustment: &Adjustment,
) -> Result<(), StoreError> {
    query::run(
        connection,
        "INSERT INTO adjustments (organization, customer, statement_id, value) VALUES (?1, ?2, ?3, ?4)",
        cells![key.organization, key.customer, adjustment.statement, adjustment.value],
    )
    .map_err(|error| error::of_insert(error, key))?;
    Ok(())
}

/// A new life has begun: the names of its movements are free again.
pub(crate) fn forget(connection: &Connection, key: &AccountKey) -> Result<(), StoreError> {
    query::run(
        connection,
        "DELETE FROM adjustments WHERE organization = ?1 AND customer = ?2",
        cells![key.organization, key.customer],
    )?;
    Ok(())
}

/// The movement of a name.
pub(crate) fn find(
    connection: &Connection,
    key: &AccountKey,
    statement: &StatementId,
) -> Result<Option<Adjustment>, StoreError> {
    query::first(
        connection,
        "SELECT statement_id, value FROM adjustments
         WHERE organization = ?1 AND customer = ?2 AND statement_id = ?3",
        cells![key.organization, key.customer, statement],
        read,
    )
}

/// All of them, by name.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Adjustment>, StoreError> {
    query::all(
        connection,
        "SELECT statement_id, value FROM adjustments WHERE organization = ?1 AND customer = ?2",
        cells![key.organization, key.customer],
        read,
    )
}
