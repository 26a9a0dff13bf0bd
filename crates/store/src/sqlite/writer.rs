//! The one connection that writes.

use super::log::Log;
use super::{error, migrations, open};
use crate::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The writer of a database. Whoever writes waits for whoever is writing.
pub(super) struct Writer(Mutex<State>);

enum State {
    Sound(Connection, Log),
    /// A commit's sync failed, with this message. Nothing is written any more.
    Broken(String),
}

impl Writer {
    /// Opens the database for writing, and brings its schema up to date.
    pub(super) fn open(path: &Path) -> Result<Writer, StoreError> {
        let mut connection = open::writer(path)?;
        migrations::bring_up_to_date(&mut connection)?;
        Ok(Writer(Mutex::new(State::Sound(connection, Log::of(path)))))
    }

    /// Runs `work` in a transaction and makes it durable; where `work` fails, nothing was written.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let result = match &mut *state {
            State::Sound(connection, log) => write_with(connection, log, work),
            State::Broken(message) => Err(StoreError::SyncFailed(message.clone())),
        };
        if let Err(StoreError::SyncFailed(message)) = &result {
            abandon(std::mem::replace(&mut *state, State::Broken(message.clone())));
        }
        result
    }
}

fn write_with<T>(
    connection: &mut Connection,
    log: &mut Log,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let transaction = immediate(connection)?;
    let done = work(&transaction)?;
    transaction.commit().map_err(error::of_commit)?;
    log.keep_short(connection);
    Ok(done)
}

/// Begins a transaction that may write at once, so that it cannot fail for being too late.
pub(super) fn immediate(connection: &mut Connection) -> Result<Transaction<'_>, StoreError> {
    if !connection.is_autocommit() {
        // A transaction before this one could not be rolled back when it failed.
        connection.execute_batch("ROLLBACK")?;
    }
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// Lets go of a connection whose sync failed, without another sync as its last act.
fn abandon(state: State) {
    if let State::Sound(connection, _) = state {
        let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> (tempfile::TempDir, Writer) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("fiado.db");
        open::create_file(&path).unwrap();
        let writer = Writer::open(&path).unwrap();
        (directory, writer)
    }

    fn log_length(directory: &tempfile::TempDir) -> u64 {
        std::fs::metadata(directory.path().join("fiado.db-wal")).unwrap().len()
    }

    fn touch(transaction: &Transaction<'_>) -> Result<(), StoreError> {
        transaction.execute("UPDATE tail SET position = position + 1", [])?;
        Ok(())
    }

    #[test]
    fn a_transaction_that_writes_nothing_leaves_the_log_alone() {
        let (directory, writer) = opened();
        let before = log_length(&directory);
        writer.write(|_| Ok(())).unwrap();
        assert_eq!(log_length(&directory), before);
        writer.write(touch).unwrap();
        assert!(log_length(&directory) > before);
    }

    #[test]
    fn after_a_failed_sync_nothing_is_written_any_more() {
        let (_directory, writer) = opened();
        let failed = writer.write::<()>(|_| Err(StoreError::SyncFailed("it failed".to_owned())));
        assert!(matches!(failed, Err(StoreError::SyncFailed(_))));
        assert!(matches!(writer.write(touch), Err(StoreError::SyncFailed(_))));
    }

    #[test]
    fn a_full_disk_leaves_nothing_behind_and_the_store_usable() {
        let (_directory, writer) = opened();
        if let State::Sound(connection, _) = &*writer.0.lock().unwrap() {
            connection.execute_batch("PRAGMA max_page_count = 1").unwrap();
        }
        let full = writer.write(|transaction| {
            touch(transaction)?;
            transaction.execute("INSERT INTO secrets VALUES ('large', zeroblob(1000000))", [])?;
            Ok(())
        });
        assert!(matches!(full, Err(StoreError::Unavailable(_))));
        writer.write(touch).unwrap();
        let position = |transaction: &Transaction<'_>| {
            Ok(transaction.query_row("SELECT position FROM tail", [], |row| row.get::<_, i64>(0))?)
        };
        assert_eq!(writer.write(position).unwrap(), 1);
    }

    #[test]
    fn a_transaction_that_was_left_open_does_not_stop_the_next() {
        let (_directory, writer) = opened();
        if let State::Sound(connection, _) = &*writer.0.lock().unwrap() {
            connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        }
        writer.write(touch).unwrap();
    }
}
