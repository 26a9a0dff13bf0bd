//! The mark of a file that is being filled, and what belongs to it.
//!
//! It is a table of its own, not a part of the schema: a store that is one has no such table.

use crate::Organization;
use crate::StoreError;
use crate::cells::cells;
use crate::moving::hex;
use crate::organization::FIRST_ORGANIZATION;
use crate::sqlite::{query, tables::organizations};
use fiado_core::identity::OrganizationId;
use rusqlite::Connection;

const IS_THERE: &str = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'unfinished_import'";

const MAKE: &str = "
    CREATE TABLE unfinished_import (ticket TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE indices_set_aside (name TEXT NOT NULL PRIMARY KEY, statement TEXT NOT NULL) STRICT;";

const END: &str = "DROP TABLE unfinished_import; DROP TABLE indices_set_aside;";

/// What nobody has made by hand: a key brings an index of its own, which stays.
const INDICES: &str = "SELECT name, sql FROM sqlite_schema
     WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";

/// The tables that are emptied, those first that refer to others.
const TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table'
     AND name NOT IN ('tail', 'unfinished_import', 'indices_set_aside')
     ORDER BY name = 'organizations', name";

/// What a store may have that is not new, in the words of an error.
const BELONGINGS: [(&str, &str); 6] = [
    ("accounts", "SELECT 1 FROM accounts LIMIT 1"),
    ("a journal", "SELECT 1 FROM journal LIMIT 1"),
    ("a record of refusals", "SELECT 1 FROM refusals LIMIT 1"),
    ("answers under idempotency keys", "SELECT 1 FROM answers LIMIT 1"),
    ("payment rules", "SELECT 1 FROM payment_rules LIMIT 1"),
    ("application keys", "SELECT 1 FROM api_keys LIMIT 1"),
];

/// Who fills the file.
pub(super) struct Mark {
    ticket: String,
}

impl Mark {
    /// Nobody else has begun anew.
    pub(super) fn check(&self, connection: &Connection) -> Result<(), StoreError> {
        let is_ours = is_there(connection)?
            && query::first(
                connection,
                "SELECT 1 FROM unfinished_import WHERE ticket = ?1",
                cells![self.ticket],
                |_| Ok(()),
            )?
            .is_some();
        if is_ours { Ok(()) } else { Err(StoreError::ImportOvertaken) }
    }
}

/// A store has no mark.
pub(in crate::sqlite) fn check_is_finished(connection: &Connection) -> Result<(), StoreError> {
    if is_there(connection)? { Err(StoreError::ImportUnfinished) } else { Ok(()) }
}

/// Whether the file has it.
pub(super) fn is_there(connection: &Connection) -> Result<bool, StoreError> {
    Ok(query::first(connection, IS_THERE, [], |_| Ok(()))?.is_some())
}

/// Marks a file whose schema is the newest: one that is new, or one that was marked before, which is
/// emptied. Inside a transaction that writes.
pub(super) fn begin(connection: &Connection) -> Result<Mark, StoreError> {
    if is_there(connection)? {
        empty(connection)?;
    } else {
        check_is_new(connection)?;
        connection.execute_batch(MAKE)?;
    }
    let mut ticket = [0; 16];
    getrandom::fill(&mut ticket)
        .map_err(|error| StoreError::Unavailable(format!("no random numbers: {error}")))?;
    let ticket = hex::text(&ticket);
    query::run(connection, "INSERT INTO unfinished_import (ticket) VALUES (?1)", cells![ticket])?;
    set_indices_aside(connection)?;
    Ok(Mark { ticket })
}

fn empty(connection: &Connection) -> Result<(), StoreError> {
    let tables: Vec<String> = query::all(connection, TABLES, [], |cells| cells.next())?;
    for table in tables {
        connection.execute_batch(&format!("DELETE FROM {table}"))?;
    }
    connection.execute_batch(
        "DELETE FROM unfinished_import; UPDATE tail SET position = 0, newest_at = NULL WHERE only = 1",
    )?;
    Ok(())
}

/// Empties a file that an older program has begun to fill, and gives it all of its indices again.
pub(super) fn start_over(connection: &Connection) -> Result<(), StoreError> {
    empty(connection)?;
    let indices: Vec<String> =
        query::all(connection, "SELECT statement FROM indices_set_aside", [], |cells| cells.next())?;
    for statement in indices {
        connection.execute_batch(&statement)?;
    }
    Ok(connection.execute_batch("DELETE FROM indices_set_aside")?)
}

fn check_is_new(connection: &Connection) -> Result<(), StoreError> {
    for (what, sql) in BELONGINGS {
        if query::first(connection, sql, [], |_| Ok(()))?.is_some() {
            return Err(StoreError::NotNew(what));
        }
    }
    let ids: Vec<OrganizationId> =
        query::all(connection, "SELECT organization FROM organizations", [], |cells| cells.next())?;
    let is_usual = |id: &OrganizationId| {
        let organization = organizations::find(connection, id)?;
        Ok::<_, StoreError>(organization == Some(Organization::usual(id.clone())))
    };
    match ids.as_slice() {
        [only] if only.as_str() == FIRST_ORGANIZATION && is_usual(only)? => Ok(()),
        _ => Err(StoreError::NotNew("organizations of its own")),
    }
}

fn set_indices_aside(connection: &Connection) -> Result<(), StoreError> {
    let indices: Vec<(String, String)> =
        query::all(connection, INDICES, [], |cells| Ok((cells.next()?, cells.next()?)))?;
    for (name, statement) in indices {
        query::run(
            connection,
            "INSERT INTO indices_set_aside (name, statement) VALUES (?1, ?2)",
            cells![name, statement],
        )?;
        connection.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    Ok(())
}

/// Makes one of the indices again that were set aside; `false`: all are there.
pub(super) fn bring_back_one(transaction: &rusqlite::Transaction<'_>) -> Result<bool, StoreError> {
    let next: Option<(String, String)> = query::first(
        transaction,
        "SELECT name, statement FROM indices_set_aside ORDER BY name LIMIT 1",
        [],
        |cells| Ok((cells.next()?, cells.next()?)),
    )?;
    let Some((name, statement)) = next else {
        return Ok(false);
    };
    transaction
        .execute_batch(&statement)
        .map_err(|error| StoreError::Damaged(format!("its rows do not fit the index {name}: {error}")))?;
    query::run(transaction, "DELETE FROM indices_set_aside WHERE name = ?1", cells![name])?;
    Ok(true)
}

/// Takes the mark away. Inside a transaction that writes.
pub(super) fn end(connection: &Connection) -> Result<(), StoreError> {
    connection.flush_prepared_statement_cache();
    Ok(connection.execute_batch(END)?)
}
