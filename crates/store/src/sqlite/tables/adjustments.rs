//! Movements of the manual balance in the present life, by their clients' names for them.

use crate::StoreError;
use crate::cells::cells;
use crate::sqlite::{error, query};
use crate::stored::{Stored, columns, owned};
use fiado_core::account::Adjustment;
use fiado_core::identity::{AccountKey, StatementId};
use rusqlite::{Connection, params_from_iter};

/// A query of an account's movements.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            columns!(adjustments),
            " FROM adjustments WHERE organization = ?1 AND customer = ?2 ",
            $rest
        )
    };
}

/// Writes a new movement.
pub(crate) fn insert(
    connection: &Connection,
    key: &AccountKey,
    adjustment: &Adjustment,
) -> Result<(), StoreError> {
    query::run(
        connection,
        concat!(
            "INSERT INTO adjustments (organization, customer, ",
            columns!(adjustments),
            ") VALUES (?1, ?2, ?3, ?4)"
        ),
        params_from_iter(owned(key, adjustment.cells()?)),
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
        select!("AND statement_id = ?3"),
        cells![key.organization, key.customer, statement],
        Adjustment::read,
    )
}

/// All of them, by name.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Adjustment>, StoreError> {
    query::all(connection, select!(""), cells![key.organization, key.customer], Adjustment::read)
}
