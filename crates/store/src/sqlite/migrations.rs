//! The schema's versions, each a file of SQL that brings a store from the one before.
//!
//! A migration that was published is never changed; a new one is added at the end.

use super::database::immediate;
use super::tables::{credentials, organizations};
use super::{query, rebuild};
use crate::organization::FIRST_ORGANIZATION;
use crate::{Organization, StoreError};
use fiado_core::identity::OrganizationId;
use rusqlite::Connection;
use std::cmp::Ordering;

const MIGRATIONS: [&str; 8] = [
    include_str!("migrations/0001_journal_and_rows.sql"),
    include_str!("migrations/0002_customer_credit.sql"),
    include_str!("migrations/0003_payment_rules.sql"),
    include_str!("migrations/0004_lives.sql"),
    include_str!("migrations/0005_batches.sql"),
    include_str!("migrations/0006_narrow_keys.sql"),
    include_str!("migrations/0007_one_row_an_account.sql"),
    include_str!("migrations/0008_touched.sql"),
];

/// Brings a database to the newest version of the schema, from nothing if it is new. Safe where
/// several processes open it at once: it happens in one transaction, which begins by asking how far
/// the others are.
pub(super) fn bring_up_to_date(connection: &mut Connection) -> Result<(), StoreError> {
    if !is_up_to_date(connection)? {
        migrate(connection)?;
    }
    Ok(())
}

/// Whether a database has the newest version of the schema.
///
/// # Errors
/// [`StoreError::Unavailable`] where a newer program has given it one that we do not know.
pub(super) fn is_up_to_date(connection: &Connection) -> Result<bool, StoreError> {
    match version(connection)?.cmp(&MIGRATIONS.len()) {
        Ordering::Less => Ok(false),
        Ordering::Equal => Ok(true),
        Ordering::Greater => {
            Err(StoreError::Unavailable("it was made by a newer version of this program".to_owned()))
        }
    }
}

/// All that is missing at once: where rows have to be made again, and where a new store is founded,
/// that is in the newest shape, which is the only one that this program writes.
fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = immediate(connection)?;
    let before = version(&transaction)?;
    for migration in MIGRATIONS.iter().skip(before) {
        transaction.execute_batch(migration)?;
    }
    if before < MIGRATIONS.len() {
        rebuild::run(&transaction)?;
        transaction.execute_batch(&format!("PRAGMA user_version = {}", MIGRATIONS.len()))?;
    }
    if before == 0 {
        found(&transaction)?;
    }
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
