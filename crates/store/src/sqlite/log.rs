//! The length of the write-ahead log.
//!
//! SQLite begins the log anew where no reader needs it; where readers never pause, it only grows.
//! Then the writer waits for them for a moment and empties it.

use super::open::PATIENCE;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The longest it may grow, in bytes.
const LONGEST: u64 = 1024 * 1024 * 1024;

/// A file that has never been so long, in bytes, is copied by SQLite itself.
const LONG: u64 = 64 * 1024 * 1024;

/// How long the others wait for the next copy. The file's length does not tell whether it is time: it
/// stays where the log begins anew.
const REST: Duration = Duration::from_secs(1);

/// How long copying what is left may take for the writer to do it: then nothing is added meanwhile, and
/// SQLite begins the log anew.
const SHORT: Duration = Duration::from_millis(10);

/// How often what was added meanwhile is copied before the rest is left to the writer, however long it
/// takes.
const MOST_PASSES: u32 = 5;

/// How long the writer waits for readers to let go of the log.
const PAUSE: Duration = Duration::from_millis(100);

/// The log of a database.
pub(super) struct Log {
    path: PathBuf,
    longest: u64,
    copied: Option<Instant>,
}

impl Log {
    pub(super) fn of(database: &Path) -> Log {
        let mut path = database.as_os_str().to_owned();
        path.push("-wal");
        Log { path: PathBuf::from(path), longest: LONGEST, copied: None }
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

    /// Copies it into the database, as far as nobody reads it. A failure is no error: what is in it is
    /// safe where it is.
    pub(super) fn copy(&self, connection: &Connection) {
        let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }

    /// Copies it where it is long and was let be for a while, again and again while the writer goes on; says
    /// whether that was done, so that the writer may copy what little is left.
    pub(super) fn copy_if_long(&mut self, connection: &Connection) -> bool {
        let is_time = self.copied.is_none_or(|copied| copied.elapsed() > REST);
        if self.length() < LONG || !is_time {
            return false;
        }
        let takes_short = |_| {
            let start = Instant::now();
            self.copy(connection);
            start.elapsed() < SHORT
        };
        let _is_short = (0..MOST_PASSES).any(takes_short);
        self.copied = Some(Instant::now());
        true
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
