//! The length of the write-ahead log.
//!
//! SQLite begins the log anew where no reader needs it; where readers never pause, it only grows.
//! Then the writer waits for them for a moment and empties it.

use super::open::PATIENCE;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The longest it may grow, in bytes: four times what a checkpoint leaves behind.
const LONGEST: u64 = 256 * 1024 * 1024;

/// So long it may be before somebody copies it while the writer goes on, in bytes. What is copied when
/// the writer commits next need not be written behind it.
const LONG: u64 = 32 * 1024 * 1024;

/// How long the writer waits for readers to let go of the log.
const PAUSE: Duration = Duration::from_millis(100);

/// The log of a database.
pub(super) struct Log {
    path: PathBuf,
    longest: u64,
}

impl Log {
    pub(super) fn of(database: &Path) -> Log {
        let mut path = database.as_os_str().to_owned();
        path.push("-wal");
        Log { path: PathBuf::from(path), longest: LONGEST }
    }

    /// Empties it if it has grown too long. Its content is safe where it is, so a failure is no
    /// error: it may then grow by as much again before the next attempt.
    pub(super) fn keep_short(&mut self, connection: &Connection) {
        if self.length() <= self.longest {
            return;
        }
        let _ = empty(connection);
        self.longest = self.length().saturating_add(LONGEST);
    }

    /// Copies it into the database where it is long, as far as nobody reads it. A failure is no error: the
    /// writer does it when it must.
    pub(super) fn copy_if_long(&self, connection: &Connection) {
        if self.length() > LONG {
            let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        }
    }

    /// Has the disk take what is there. A failure is no error: the writer's next sync has it again.
    pub(super) fn sync(&self) {
        let _ = fs::File::open(&self.path).and_then(|file| file.sync_data());
    }

    fn length(&self) -> u64 {
        fs::metadata(&self.path).map_or(0, |log| log.len())
    }
}

fn empty(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.busy_timeout(PAUSE)?;
    let emptied = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    connection.busy_timeout(PATIENCE)?;
    emptied
}

#[cfg(test)]
mod tests {
    use super::super::{Sqlite, open};
    use super::*;

    fn grown() -> (tempfile::TempDir, Connection, Log) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("fiado.db");
        drop(Sqlite::open(&path).unwrap());
        let connection = open::writer(&path).unwrap();
        connection.execute_batch("UPDATE tail SET position = position + 1").unwrap();
        (directory, connection, Log { longest: 0, ..Log::of(&path) })
    }

    #[test]
    fn a_log_that_has_grown_too_long_is_emptied() {
        let (_directory, connection, mut log) = grown();
        assert!(log.length() > 0);
        log.keep_short(&connection);
        assert_eq!((log.length(), log.longest), (0, LONGEST));
    }

    #[test]
    fn a_log_that_is_not_too_long_is_left_alone() {
        let (_directory, connection, mut log) = grown();
        log.longest = LONGEST;
        log.keep_short(&connection);
        assert!(log.length() > 0);
    }

    #[test]
    fn a_reader_that_does_not_let_go_is_not_waited_for_again_soon() {
        let (directory, connection, mut log) = grown();
        let reader = open::reader(&directory.path().join("fiado.db")).unwrap();
        reader.execute_batch("BEGIN; SELECT * FROM tail").unwrap();
        log.keep_short(&connection);
        assert!(log.length() > 0, "the reader needs it");
        assert!(log.longest > LONGEST);
        connection.execute_batch("UPDATE tail SET position = position + 1").unwrap();
    }
}
