//! Keys for other systems, and the secret this store signs its own tokens with.

use crate::cells::cells;
use crate::postgres::connection::Connection;
use crate::stored::{Stored, columns};
use crate::{ApiKey, StoreError};

const SIGNING_KEY: &str = "signing_key";

const ADD: &str =
    concat!("INSERT INTO api_keys (", columns!(api_keys), ") VALUES ($1, $2, $3, $4, $5, $6, $7)");

const FIND: &str = concat!("SELECT ", columns!(api_keys), " FROM api_keys WHERE app_key = $1");

/// Keeps a new key.
pub(crate) fn add_key(connection: &Connection, key: &ApiKey) -> Result<(), StoreError> {
    connection.run(ADD, key.cells()?).map(drop)
}

/// The key with this public half.
pub(crate) fn find_key(connection: &Connection, app_key: &str) -> Result<Option<ApiKey>, StoreError> {
    connection.first(FIND, cells![app_key], ApiKey::read)
}

/// Keeps the secret made with the store.
pub(crate) fn keep_signing_key(connection: &Connection, secret: &[u8; 32]) -> Result<(), StoreError> {
    connection
        .run("INSERT INTO secrets (name, secret) VALUES ($1, $2)", cells![SIGNING_KEY, secret])
        .map(drop)
}

/// The secret made with the store.
pub(crate) fn signing_key(connection: &Connection) -> Result<[u8; 32], StoreError> {
    let secret =
        connection
            .first("SELECT secret FROM secrets WHERE name = $1", cells![SIGNING_KEY], |cells| cells.next())?;
    secret.ok_or_else(|| StoreError::Damaged("the signing key is not there".to_owned()))
}
