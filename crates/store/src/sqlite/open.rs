//! Opening the database file: who may read it, and how it is read and written.

use crate::{StoreError, numbers};
use rusqlite::config::DbConfig;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, OpenFlags};
use std::fs::OpenOptions;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// Versions up to this one may damage a database in WAL mode (3.51.2).
const LAST_DAMAGING_VERSION: i32 = 3_051_002;

/// The mark of our files, "Fiad", set by the first migration.
const APPLICATION_ID: i32 = 0x4669_6164;

/// How long to wait for another process that writes beside us.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

const STATEMENTS_KEPT: usize = 100;

/// What SQLite calls that.
const ANY_NUMBER_OF_NAMES: i32 = -1;

/// Refuses a version of SQLite that may damage a database.
pub(super) fn check_version(version: i32) -> Result<(), StoreError> {
    if version > LAST_DAMAGING_VERSION {
        return Ok(());
    }
    Err(StoreError::Unavailable(format!(
        "SQLite {version} may damage a database in WAL mode; a version above 3.51.2 is needed"
    )))
}

/// Makes the file if it is not there, for its owner alone; SQLite gives its companions the same
/// mode.
pub(super) fn create_file(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map_err(|error| StoreError::Unavailable(format!("{} cannot be opened: {error}", path.display())))?;
    Ok(())
}

/// The connection that writes: every commit is synced before it returns.
pub(super) fn writer(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    prepare(&connection)?;
    check_is_ours(&connection)?;
    switch_to_wal(&connection)?;
    // Others copy the log into the database (`log.rs`). The cache is 64 MiB: most rows are written in the
    // order of their indices, and most pages are needed once a turn.
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA wal_autocheckpoint = 0;
         PRAGMA cache_size = -65536;",
    )?;
    Ok(connection)
}

/// A connection that copies the log into the database, beside the writer.
pub(super) fn copier(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    prepare(&connection)?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -64;",
    )?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(connection)
}

/// A connection that reads, beside the writer. It maps no memory: an I/O error shall be an error,
/// not a signal that ends the process.
pub(super) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    prepare(&connection)?;
    connection.execute_batch("PRAGMA cache_size = -12288;")?;
    Ok(connection)
}

/// A connection that reads for whoever decides ahead of the database.
pub(super) fn reader_ahead(path: &Path) -> Result<Connection, StoreError> {
    let connection = reader(path)?;
    connection.execute_batch("PRAGMA cache_size = -32768;")?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    // How a statement is run does not depend on what is bound to it. Else many a statement that is
    // kept would be prepared again each time it is run.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    Ok(connection.create_scalar_function("number", ANY_NUMBER_OF_NAMES, flags, number)?)
}

/// `number` in a statement: see [`numbers`].
fn number(names: &Context<'_>) -> Result<i64, rusqlite::Error> {
    // Every name is a text: a number or nothing would have no number.
    let texts = (0..names.len()).map(|place| names.get_raw(place).as_str().unwrap_or_default());
    Ok(numbers::number(texts))
}

/// A file that another program has filled is not to be filled by us.
fn check_is_ours(connection: &Connection) -> Result<(), StoreError> {
    // Both are asked at one moment: another process may be making the store just now.
    let moment = connection.unchecked_transaction()?;
    let id: i32 = moment.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 = moment.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if id == APPLICATION_ID || tables == 0 {
        return Ok(());
    }
    Err(StoreError::Unavailable("the file is another program's database".to_owned()))
}

/// Switching to the log needs the file alone for a moment, and SQLite does not wait for it by
/// itself where two processes open a new file at once.
fn switch_to_wal(connection: &Connection) -> Result<(), StoreError> {
    const PAUSE: Duration = Duration::from_millis(5);
    let mut waited = Duration::ZERO;
    loop {
        let mode = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
        match mode {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(mode) => {
                let stays = format!("the file stays in journal mode {mode:?}, where readers wait");
                return Err(StoreError::Unavailable(stays));
            }
            Err(error) if waited < PATIENCE && is_busy(&error) => {
                thread::sleep(PAUSE);
                waited = waited.saturating_add(PAUSE);
            }
            Err(error) => return Err(error.into()),
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_may_damage_a_database_are_refused() {
        for (version, is_refused) in [(3_046_001, true), (3_051_002, true), (3_051_003, false)] {
            assert_eq!(check_version(version).is_err(), is_refused, "{version}");
        }
        check_version(rusqlite::version_number()).unwrap();
    }
}
