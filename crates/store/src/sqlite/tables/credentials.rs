//! Keys for other systems, and the secret this store signs its own tokens with.

use crate::cells::cells;
use crate::sqlite::query;
use crate::stored::{Stored, columns};
use crate::{ApiKey, StoreError};
use rusqlite::{Connection, params_from_iter};

const SIGNING_KEY: &str = "signing_key";

/// Keeps a new key.
pub(crate) fn add_key(connection: &Connection, key: &ApiKey) -> Result<(), StoreError> {
    query::run(
        connection,
        concat!("INSERT INTO api_keys (", columns!(api_keys), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        params_from_iter(key.cells()?),
    )?;
    Ok(())
}

/// The key with this public half.
pub(crate) fn find_key(connection: &Connection, app_key: &str) -> Result<Option<ApiKey>, StoreError> {
    query::first(
        connection,
        concat!("SELECT ", columns!(api_keys), " FROM api_keys WHERE app_key = ?1"),
        cells![app_key],
        ApiKey::read,
    )
}

/// Keeps the secret made with the store.
pub(crate) fn keep_signing_key(connection: &Connection, secret: &[u8; 32]) -> Result<(), StoreError> {
    query::run(
        connection,
        "INSERT INTO secrets (name, secret) VALUES (?1, ?2)",
        cells![SIGNING_KEY, secret],
    )?;
    Ok(())
}

/// The secret made with the store.
pub(crate) fn signing_key(connection: &Connection) -> Result<[u8; 32], StoreError> {
    let secret = query::first(
        connection,
        "SELECT secret FROM secrets WHERE name = ?1",
        cells![SIGNING_KEY],
        |cells| cells.next(),
    )?;
    secret.ok_or_else(|| StoreError::Damaged("the signing key is not there".to_owned()))
}
