//! The one connection that writes.

use super::{error, migrations, open};
use crate::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The longest the log may grow, in bytes. It grows where readers never pause; then the writer
/// waits for them once, and empties it.
const LONGEST_LOG: u64 = 256 * 1024 * 1024;

/// The writer of a database. Whoever writes waits for whoever is writing.
pub(super) struct Writer {
    connection: Mutex<State>,
    log: PathBuf,
}

enum State {
    Sound(Connection),
    /// A commit's sync failed, with this message. Nothing is written any more.
    Broken(String),
}

impl Writer {
    /// Opens the database for writing, and brings its schema up to date.
    pub(super) fn open(path: &Path) -> Result<Writer, StoreError> {
        let mut connection = open::writer(path)?;
        migrations::bring_up_to_date(&mut connection)?;
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        Ok(Writer { connection: Mutex::new(State::Sound(connection)), log: PathBuf::from(log) })
    }

    /// Runs `work` in a transaction and makes it durable; where `work` fails, nothing was written.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut state = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let result = match &mut *state {
            State::Sound(connection) => self.write_with(connection, work),
            State::Broken(message) => Err(StoreError::SyncFailed(message.clone())),
        };
        if let Err(StoreError::SyncFailed(message)) = &result {
            abandon(std::mem::replace(&mut *state, State::Broken(message.clone())));
        }
        result
    }

    fn write_with<T>(
        &self,
        connection: &mut Connection,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = immediate(connection)?;
        let done = work(&transaction)?;
        transaction.commit().map_err(error::of_commit)?;
        empty_log_beyond(LONGEST_LOG, &self.log, connection);
        Ok(done)
    }
}

/// Begins a transaction that may write at once, so that it cannot fail for being too late.
pub(super) fn immediate(connection: &mut Connection) -> Result<Transaction<'_>, StoreError> {
    if !connection.is_autocommit() {
        // A transaction before this one could not be rolled back when it failed.
        connection.execute_batch("ROLLBACK")?;
    }
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// Empties a log that has grown too long. Its content is safe where it is, so a failure here is
/// none of the caller's: it is tried again after the next commit.
fn empty_log_beyond(longest: u64, log: &Path, connection: &Connection) {
    let length = fs::metadata(log).map_or(0, |log| log.len());
    if length > longest {
        let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

/// Lets go of a connection whose sync failed, without another sync as its last act.
fn abandon(state: State) {
    if let State::Sound(connection) = state {
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

    fn log_length(writer: &Writer) -> u64 {
        fs::metadata(&writer.log).unwrap().len()
    }

    fn touch(transaction: &Transaction<'_>) -> Result<(), StoreError> {
        transaction.execute("UPDATE tail SET position = position + 1", [])?;
        Ok(())
    }

    #[test]
    fn a_transaction_that_writes_nothing_leaves_the_log_alone() {
        let (_directory, writer) = opened();
        let before = log_length(&writer);
        writer.write(|_| Ok(())).unwrap();
        assert_eq!(log_length(&writer), before);
        writer.write(touch).unwrap();
        assert!(log_length(&writer) > before);
    }

    #[test]
    fn a_log_that_has_grown_too_long_is_emptied() {
        let (_directory, writer) = opened();
        writer.write(touch).unwrap();
        let State::Sound(connection) = &*writer.connection.lock().unwrap() else {
            panic!("the writer is broken");
        };
        empty_log_beyond(u64::MAX, &writer.log, connection);
        assert!(log_length(&writer) > 0);
        empty_log_beyond(0, &writer.log, connection);
        assert_eq!(log_length(&writer), 0);
    }

    #[test]
    fn after_a_failed_sync_nothing_is_written_any_more() {
        let (_directory, writer) = opened();
        let failed = writer.write::<()>(|_| Err(StoreError::SyncFailed("it failed".to_owned())));
        assert!(matches!(failed, Err(StoreError::SyncFailed(_))));
        assert!(matches!(writer.write(touch), Err(StoreError::SyncFailed(_))));
    }

    #[test]
    fn a_transaction_that_was_left_open_does_not_stop_the_next() {
        let (_directory, writer) = opened();
        if let State::Sound(connection) = &*writer.connection.lock().unwrap() {
            connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        }
        writer.write(touch).unwrap();
    }
}
