//! Who may buy on an account, and who might once; who that is stands in `holder_emails`.

use crate::cells::cells;
use crate::sqlite::{error, query};
use crate::stored::{Stored, columns, owned};
use crate::{HolderRecord, StoreError};
use fiado_core::account::Holder;
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, ChildId};
use rusqlite::{Connection, params_from_iter};

/// A query of an account's holders.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            columns!(holders),
            " FROM holders WHERE organization = ?1 AND customer = ?2 ",
            $rest
        )
    };
}

/// Writes a new holder.
pub(crate) fn insert(connection: &Connection, key: &AccountKey, holder: &Holder) -> Result<(), StoreError> {
    query::run(
        connection,
        concat!(
            "INSERT INTO holders (organization, customer, ",
            columns!(holders),
            ") VALUES (?1, ?2, ?3, ?4, ?5)"
        ),
        params_from_iter(owned(key, holder.cells()?)),
    )
    .map_err(|error| error::of_insert(error, key))?;
    Ok(())
}

/// Somebody may not buy any more.
pub(crate) fn remove(
    connection: &Connection,
    key: &AccountKey,
    holder: ChildId,
    at: Instant,
) -> Result<(), StoreError> {
    let changed = query::run(
        connection,
        "UPDATE holders SET removed_at = ?4 WHERE organization = ?1 AND customer = ?2 AND holder_id = ?3",
        cells![key.organization, key.customer, holder, at],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Damaged(format!("the holder {holder} is not there to be removed")))
    }
}

/// Nobody may buy any more: a new life has begun.
pub(crate) fn remove_all(connection: &Connection, key: &AccountKey, at: Instant) -> Result<(), StoreError> {
    query::run(
        connection,
        "UPDATE holders SET removed_at = ?3
         WHERE organization = ?1 AND customer = ?2 AND removed_at IS NULL",
        cells![key.organization, key.customer, at],
    )?;
    Ok(())
}

/// One of them, present or past.
pub(crate) fn find(
    connection: &Connection,
    key: &AccountKey,
    holder: ChildId,
) -> Result<Option<Holder>, StoreError> {
    query::first(
        connection,
        select!("AND holder_id = ?3"),
        cells![key.organization, key.customer, holder],
        Holder::read,
    )
}

/// All of them, present and past.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Holder>, StoreError> {
    query::all(connection, select!(""), cells![key.organization, key.customer], Holder::read)
}

/// The present ones with their addresses, those added first first.
pub(crate) fn list(connection: &Connection, key: &AccountKey) -> Result<Vec<HolderRecord>, StoreError> {
    query::all(
        connection,
        "SELECT holder_id, added_at, removed_at, email FROM holders
         LEFT JOIN holder_emails USING (organization, customer, holder_id)
         WHERE organization = ?1 AND customer = ?2 AND removed_at IS NULL
         ORDER BY added_at, holder_id",
        cells![key.organization, key.customer],
        |cells| Ok(HolderRecord { holder: Holder::read(cells)?, email: cells.next()? }),
    )
}
