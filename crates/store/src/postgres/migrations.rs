//! The schema's versions, each a file of SQL that brings a store from the one before.
//!
//! A migration that was published is never changed; a new one is added at the end.

use super::connection::Connection;
use super::tables::{credentials, organizations};
use crate::StoreError;
use crate::cells::cells;
use crate::organization::FIRST_ORGANIZATION;
use fiado_core::identity::OrganizationId;
use std::time::Duration;

const MIGRATIONS: [&str; 3] = [
    include_str!("migrations/0001_store.sql"),
    include_str!("migrations/0002_fewer_indices.sql"),
    include_str!("migrations/0003_narrow_rows.sql"),
];

/// Whoever brings a store up to date holds this lock, a number like any other.
const LOCK: &str = "SELECT pg_advisory_xact_lock(1181311332)::text";

const VERSION_TABLE: &str = "SELECT to_regclass('schema_version')::text";

/// Brings a database to the newest version of the schema, from nothing if it is new. Safe where
/// several servers open it at once: it happens in one transaction, under a lock, which begins by
/// asking how far the others are. Inside a transaction that writes; says whether it has made the
/// store.
pub(super) fn bring_up_to_date(connection: &Connection) -> Result<bool, StoreError> {
    let is_new = version(connection)? < MIGRATIONS.len() && migrate(connection)?;
    if version(connection)? > MIGRATIONS.len() {
        return Err(StoreError::Unavailable("it was made by a newer version of this program".to_owned()));
    }
    Ok(is_new)
}

/// Whether there is no store yet.
pub(super) fn is_empty(connection: &Connection) -> Result<bool, StoreError> {
    Ok(version(connection)? == 0)
}

/// How long the database may take for one of them: those that write all rows anew take hours where there
/// are many.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

fn migrate(connection: &Connection) -> Result<bool, StoreError> {
    connection.waits_at_most(LONGEST);
    connection.script("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")?;
    connection.first(LOCK, [], |_| Ok(()))?;
    let before = version(connection)?;
    if before == 0 {
        check_is_ours(connection)?;
        connection.script("CREATE TABLE schema_version (version BIGINT NOT NULL)")?;
        connection.script("INSERT INTO schema_version (version) VALUES (0)")?;
    }
    for migration in MIGRATIONS.iter().skip(before) {
        connection.script(migration)?;
    }
    connection.run("UPDATE schema_version SET version = $1", cells![MIGRATIONS.len().max(before)])?;
    if before == 0 {
        found(connection)?;
    }
    Ok(before == 0)
}

/// A database that another program has filled is not to be filled by us.
fn check_is_ours(connection: &Connection) -> Result<(), StoreError> {
    let tables: Option<i64> = connection.first(
        "SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
         WHERE relkind IN ('r', 'p') AND nspname = current_schema()",
        [],
        |cells| cells.next(),
    )?;
    match tables {
        Some(0) => Ok(()),
        _ => Err(StoreError::Unavailable("it is another program's database".to_owned())),
    }
}

/// What a new store starts with: its first organization, and a secret to sign tokens with.
fn found(connection: &Connection) -> Result<(), StoreError> {
    let id = OrganizationId::new(FIRST_ORGANIZATION)
        .map_err(|_| StoreError::Damaged("the first organization has no name".to_owned()))?;
    organizations::find_or_make(connection, &id)?;
    let mut secret = [0; 32];
    getrandom::fill(&mut secret)
        .map_err(|error| StoreError::Unavailable(format!("no random numbers: {error}")))?;
    credentials::keep_signing_key(connection, &secret)
}

fn version(connection: &Connection) -> Result<usize, StoreError> {
    let table: Option<Option<String>> = connection.first(VERSION_TABLE, [], |cells| cells.next())?;
    match table.flatten() {
        Some(_) => {
            let version = connection.first("SELECT version FROM schema_version", [], |cells| cells.next())?;
            Ok(version.unwrap_or_default())
        }
        None => Ok(0),
    }
}
