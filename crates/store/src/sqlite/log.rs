//! The length of the write-ahead log.
//!
//! SQLite begins the log anew where no reader needs it; where readers never pause, it only grows.
//! Then the writer waits for them for a moment and empties it.

use super::error;
use super::open::PATIENCE;
use crate::StoreError;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The longest it may grow, in bytes.
const LONGEST: u64 = 1024 * 1024 * 1024;

/// A file that is not so long, in bytes, is let be: a restart after a crash reads it at once.
const LONG: u64 = 64 * 1024 * 1024;

/// How long the others wait for the next copy. The file's length does not tell whether it is time: it
/// stays where the log begins anew.
const REST: Duration = Duration::from_secs(4);

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
    /// The same file as long as the database is open: whoever syncs it hears of what the disk has not taken
    /// since it was opened.
    file: Option<fs::File>,
    longest: u64,
    long: u64,
    copied: Option<Instant>,
    /// How often it was copied without a rest.
    passes: u32,
}

/// How far the log is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copying {
    /// It is let be.
    Rests,
    /// What was added meanwhile is to be copied next.
    GoesOn,
    /// But for what little is left.
    IsNearlyDone,
}

impl Log {
    pub(super) fn of(database: &Path) -> Log {
        let mut path = database.as_os_str().to_owned();
        path.push("-wal");
        let path = PathBuf::from(path);
        Log { path, file: None, longest: LONGEST, long: LONG, copied: None, passes: 0 }
    }

    /// Empties it if it has grown too long. Where readers do not let go of it, it may grow by as much again
    /// before the next attempt.
    ///
    /// # Errors
    /// [`StoreError::SyncFailed`], as of all that copies it: nobody knows whether what was answered is on the
    /// disk then.
    pub(super) fn keep_short(&mut self, connection: &Connection) -> Result<(), StoreError> {
        if self.length() <= self.longest {
            return Ok(());
        }
        let emptied = judge(empty(connection));
        self.longest = self.length().saturating_add(LONGEST);
        emptied
    }

    /// Copies it into the database, as far as nobody reads it.
    pub(super) fn copy(&self, connection: &Connection) -> Result<(), StoreError> {
        judge(connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())))
    }

    /// Copies it once where it is long and was let be for a while. Whoever asks asks again until little is left,
    /// so that the writer may copy that.
    pub(super) fn copy_if_long(&mut self, connection: &Connection) -> Result<Copying, StoreError> {
        if self.passes == 0 && !self.is_to_be_copied() {
            return Ok(Copying::Rests);
        }
        let start = Instant::now();
        self.copy(connection)?;
        self.passes = self.passes.saturating_add(1);
        if start.elapsed() >= SHORT && self.passes < MOST_PASSES {
            return Ok(Copying::GoesOn);
        }
        (self.passes, self.copied) = (0, Some(Instant::now()));
        Ok(Copying::IsNearlyDone)
    }

    fn is_to_be_copied(&self) -> bool {
        self.length() >= self.long && self.copied.is_none_or(|copied| copied.elapsed() > REST)
    }

    /// Has the disk take what is there; says whether it has, which nobody knows where the file cannot be
    /// opened.
    pub(super) fn sync(&mut self) -> Result<bool, StoreError> {
        if self.file.is_none() {
            self.file = fs::File::open(&self.path).ok();
        }
        let Some(file) = &self.file else { return Ok(false) };
        let synced = file.sync_data().map_err(|error| StoreError::SyncFailed(error.to_string()));
        synced.map(|()| true)
    }

    fn length(&self) -> u64 {
        fs::metadata(&self.path).map_or(0, |log| log.len())
    }
}

/// Whether copying has lost anything. Where it could not be done just now, nothing has.
fn judge(copied: Result<(), rusqlite::Error>) -> Result<(), StoreError> {
    match copied.map_err(error::of_commit) {
        Err(StoreError::SyncFailed(message)) => Err(StoreError::SyncFailed(message)),
        _ => Ok(()),
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
        log.keep_short(&connection).unwrap();
        assert_eq!((log.length(), log.longest), (0, LONGEST));
    }

    #[test]
    fn a_log_that_is_not_too_long_is_left_alone() {
        let (_directory, connection, mut log) = grown();
        log.longest = LONGEST;
        log.keep_short(&connection).unwrap();
        assert!(log.length() > 0);
    }

    #[test]
    fn a_log_that_was_copied_rests_for_a_while() {
        let (directory, connection, mut log) = grown();
        assert_eq!(log.copy_if_long(&connection).unwrap(), Copying::Rests, "it is short");
        log.long = 0;
        let copied = (0..MOST_PASSES).map(|_| log.copy_if_long(&connection).unwrap());
        let passes = copied.take_while(|copying| *copying == Copying::GoesOn).count();
        assert!(passes < usize::try_from(MOST_PASSES).unwrap(), "the rest is left to the writer");
        assert_eq!(log.copy_if_long(&connection).unwrap(), Copying::Rests);
        let alone = tempfile::tempdir().unwrap();
        let copy = alone.path().join("fiado.db");
        fs::copy(directory.path().join("fiado.db"), &copy).unwrap();
        let position = "SELECT position FROM tail";
        let copied = open::reader(&copy).unwrap().query_row(position, [], |row| row.get::<_, i64>(0));
        assert_eq!(copied.unwrap(), 1, "without the log");
    }

    #[test]
    fn a_reader_that_does_not_let_go_is_not_waited_for_again_soon() {
        let (directory, connection, mut log) = grown();
        let reader = open::reader(&directory.path().join("fiado.db")).unwrap();
        reader.execute_batch("BEGIN; SELECT * FROM tail").unwrap();
        log.keep_short(&connection).unwrap();
        assert!(log.length() > 0, "the reader needs it");
        assert!(log.longest > LONGEST);
        connection.execute_batch("UPDATE tail SET position = position + 1").unwrap();
    }
}
