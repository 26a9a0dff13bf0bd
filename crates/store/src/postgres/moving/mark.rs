//! The mark of a database that is being filled, and what belongs to it.
//!
//! It is a table of its own, not a part of the schema: a store that is one has no such table.

use crate::cells::cells;
use crate::moving::hex;
use crate::organization::FIRST_ORGANIZATION;
use crate::postgres::connection::Connection;
use crate::postgres::tables::organizations;
use crate::{Organization, StoreError};
use fiado_core::identity::OrganizationId;

const IS_THERE: &str = "SELECT to_regclass('unfinished_import')::text";

const MAKE: &str = "
    CREATE TABLE unfinished_import (ticket TEXT NOT NULL PRIMARY KEY);
    CREATE TABLE indices_set_aside (name TEXT NOT NULL PRIMARY KEY, statement TEXT NOT NULL);";

const END: &str = "DROP TABLE unfinished_import, indices_set_aside";

/// The tables of a store.
const TABLES: [&str; 22] = [
    "account_totals",
    "accounts",
    "adjustments",
    "answers",
    "api_keys",
    "contacts",
    "holder_emails",
    "holders",
    "holds",
    "invoice_notes",
    "invoice_totals",
    "invoices",
    "journal",
    "organizations",
    "payment_rules",
    "payments",
    "profiles",
    "refusals",
    "remarks",
    "secrets",
    "tail",
    "usages",
];

/// What a store may have that is not new, in the words of an error.
const BELONGINGS: [(&str, &str); 6] = [
    ("accounts", "SELECT 1::bigint FROM accounts LIMIT 1"),
    ("a journal", "SELECT 1::bigint FROM journal LIMIT 1"),
    ("a record of refusals", "SELECT 1::bigint FROM refusals LIMIT 1"),
    ("answers under idempotency keys", "SELECT 1::bigint FROM answers LIMIT 1"),
    ("payment rules", "SELECT 1::bigint FROM payment_rules LIMIT 1"),
    ("application keys", "SELECT 1::bigint FROM api_keys LIMIT 1"),
];

/// Who fills the database.
pub(super) struct Mark {
    ticket: String,
}

impl Mark {
    /// Nobody else has begun anew, and nobody does before the transaction ends.
    pub(super) fn check(&self, connection: &Connection) -> Result<(), StoreError> {
        const IS_OURS: &str = "SELECT 1::bigint FROM unfinished_import WHERE ticket = $1";
        let is_ours =
            is_there(connection)? && connection.first(IS_OURS, cells![self.ticket], |_| Ok(()))?.is_some();
        if is_ours { Ok(()) } else { Err(StoreError::ImportOvertaken) }
    }
}

/// A store has no mark.
pub(in crate::postgres) fn check_is_finished(connection: &Connection) -> Result<(), StoreError> {
    if is_there(connection)? { Err(StoreError::ImportUnfinished) } else { Ok(()) }
}

fn is_there(connection: &Connection) -> Result<bool, StoreError> {
    let table: Option<Option<String>> = connection.first(IS_THERE, [], |cells| cells.next())?;
    Ok(table.flatten().is_some())
}

/// Marks a database whose schema is the newest: one that is new, or one that was marked before, which
/// is emptied. Inside a transaction that writes.
pub(super) fn begin(connection: &Connection) -> Result<Mark, StoreError> {
    if is_there(connection)? {
        // Whoever fills it is waited for, and finds that they have been overtaken.
        let tables = TABLES.join(", ");
        connection.script(&format!("TRUNCATE unfinished_import, {tables} RESTART IDENTITY"))?;
        connection.script("ALTER SEQUENCE positions RESTART")?;
    } else {
        check_is_new(connection)?;
        connection.script(MAKE)?;
    }
    let mut ticket = [0; 16];
    getrandom::fill(&mut ticket)
        .map_err(|error| StoreError::Unavailable(format!("no random numbers: {error}")))?;
    let ticket = hex::text(&ticket);
    connection.run("INSERT INTO unfinished_import (ticket) VALUES ($1)", cells![ticket])?;
    set_indices_aside(connection)?;
    Ok(Mark { ticket })
}

fn check_is_new(connection: &Connection) -> Result<(), StoreError> {
    for (what, sql) in BELONGINGS {
        if connection.first(sql, [], |_| Ok(()))?.is_some() {
            return Err(StoreError::NotNew(what));
        }
    }
    let ids: Vec<OrganizationId> =
        connection.all("SELECT organization FROM organizations", [], |cells| cells.next())?;
    let is_usual = |id: &OrganizationId| {
        let organization = organizations::find(connection, id)?;
        Ok::<_, StoreError>(organization == Some(Organization::usual(id.clone())))
    };
    match ids.as_slice() {
        [only] if only.as_str() == FIRST_ORGANIZATION && is_usual(only)? => Ok(()),
        _ => Err(StoreError::NotNew("organizations of its own")),
    }
}

/// What nobody has made by hand stays: a key brings an index of its own.
fn set_indices_aside(connection: &Connection) -> Result<(), StoreError> {
    let indices: Vec<(String, String)> = connection.all(
        &format!(
            "SELECT indexname::text, indexdef FROM pg_indexes
             WHERE schemaname = current_schema() AND tablename IN ('{}')
                AND indexname NOT IN (SELECT conname FROM pg_constraint
                    WHERE connamespace = current_schema()::regnamespace)
             ORDER BY indexname",
            TABLES.join("', '")
        ),
        [],
        |cells| Ok((cells.next()?, cells.next()?)),
    )?;
    for (name, statement) in indices {
        connection.run(
            "INSERT INTO indices_set_aside (name, statement) VALUES ($1, $2)",
            cells![name, statement],
        )?;
        connection.script(&format!("DROP INDEX {name}"))?;
    }
    Ok(())
}

/// Makes one of the indices again that were set aside; `false`: all are there.
pub(super) fn bring_back_one(connection: &Connection) -> Result<bool, StoreError> {
    let next: Option<(String, String)> = connection.first(
        "SELECT name, statement FROM indices_set_aside ORDER BY name LIMIT 1",
        [],
        |cells| Ok((cells.next()?, cells.next()?)),
    )?;
    let Some((name, statement)) = next else {
        return Ok(false);
    };
    connection.script(&statement)?;
    connection.run("DELETE FROM indices_set_aside WHERE name = $1", cells![name])?;
    Ok(true)
}

/// Takes the mark away. Inside a transaction that writes.
pub(super) fn end(connection: &Connection) -> Result<(), StoreError> {
    connection.script(END)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postgres::Postgres;
    use fiado_tests::postgres::{Cluster, Database};

    const NAMES: &str = "SELECT string_agg(tablename, ' ' ORDER BY tablename COLLATE \"C\") FROM pg_tables
         WHERE schemaname = 'public' AND tablename <> 'schema_version'";

    const INDICES: &str = "SELECT string_agg(indexdef, '; ' ORDER BY indexname) FROM pg_indexes
         WHERE schemaname = 'public'";

    fn made() -> Database {
        let database = Cluster::shared().database();
        drop(Postgres::open(database.url(), 2).unwrap());
        database
    }

    #[test]
    fn every_table_of_a_store_is_emptied() {
        assert_eq!(made().sql(NAMES), TABLES.join(" "));
    }

    #[test]
    fn every_index_is_there_again_when_a_store_was_filled() {
        let (usual, filled) = (made(), made());
        let mut arrival = Postgres::fill(filled.url()).unwrap();
        assert!(
            filled.sql(INDICES).len() < usual.sql(INDICES).len(),
            "while it is filled, they are set aside"
        );
        arrival.shops(&crate::moving::Shops::default()).unwrap();
        arrival.finish().unwrap();
        assert_eq!(filled.sql(INDICES), usual.sql(INDICES));
        assert_eq!(filled.sql(NAMES), usual.sql(NAMES));
    }

    #[test]
    fn an_import_that_an_older_version_has_begun_ends_with_the_indices_of_this_one() {
        let (usual, older) = (made(), Cluster::shared().database());
        older.sql(include_str!("../migrations/0001_store.sql"));
        older.sql(include_str!("../migrations/0002_fewer_indices.sql"));
        older.sql(
            "CREATE TABLE schema_version (version BIGINT NOT NULL); INSERT INTO schema_version VALUES (2)",
        );
        older.sql(MAKE);
        older.sql("INSERT INTO unfinished_import VALUES ('theirs')");
        for index in ["usages_by_time", "invoices_by_value", "answers_by_time", "holds_live"] {
            let kept = format!(
                "INSERT INTO indices_set_aside SELECT indexname, indexdef FROM pg_indexes WHERE indexname = '{index}'"
            );
            older.sql(&kept);
            older.sql(&format!("DROP INDEX {index}"));
        }
        let mut arrival = Postgres::fill(older.url()).unwrap();
        arrival.shops(&crate::moving::Shops::default()).unwrap();
        arrival.finish().unwrap();
        assert_eq!(older.sql(INDICES), usual.sql(INDICES));
        assert_eq!(older.sql(NAMES), usual.sql(NAMES));
    }
}
