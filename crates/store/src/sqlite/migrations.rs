//! The schema's versions, each a file of SQL that brings a store from the one before.
//!
//! A migration that was published is never changed; a new one is added at the end.

use super::query;
use super::tables::{credentials, organizations};
use super::writer::immediate;
use crate::{Organization, StoreError};
use fiado_core::identity::OrganizationId;
use rusqlite::Connection;

const MIGRATIONS: [&str; 1] = [include_str!("migrations/0001_journal_and_rows.sql")];

/// The organization that is made with the store (DECISIONS 3).
const FIRST_ORGANIZATION: &str = "org_default";

/// Brings a database to the newest version of the schema, from nothing if it is new. Safe where
/// several processes open it at once: each migration runs in a transaction that begins by asking
/// how far the others are.
pub(super) fn bring_up_to_date(connection: &mut Connection) -> Result<(), StoreError> {
    while version(connection)? < MIGRATIONS.len() {
        migrate_once(connection)?;
    }
    if version(connection)? > MIGRATIONS.len() {
        return Err(StoreError::Unavailable("it was made by a newer version of this program".to_owned()));
    }
    Ok(())
}

fn migrate_once(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = immediate(connection)?;
    let version = version(&transaction)?;
    let Some(migration) = MIGRATIONS.get(version) else {
        return Ok(());
    };
    transaction.execute_batch(migration)?;
    if version == 0 {
        found(&transaction)?;
    }
    transaction.execute_batch(&format!("PRAGMA user_version = {}", version.saturating_add(1)))?;
    Ok(transaction.commit()?)
}

/// What a new store starts with: its first organization, and a secret to sign tokens with.
fn found(connection: &Connection) -> Result<(), StoreError> {
    let id = OrganizationId::new(FIRST_ORGANIZATION)
        .map_err(|_| StoreError::Damaged("the first organization has no name".to_owned()))?;
    organizations::save(connection, &Organization::usual(id))?;
    let mut secret = [0; 32];
    getrandom::fill(&mut secret)
        .map_err(|error| StoreError::Unavailable(format!("no random numbers: {error}")))?;
    credentials::keep_signing_key(connection, &secret)
}

fn version(connection: &Connection) -> Result<usize, StoreError> {
    let version = query::first(connection, "PRAGMA user_version", [], |cells| cells.next())?;
    Ok(version.unwrap_or_default())
}
