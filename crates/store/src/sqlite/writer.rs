//! The one connection that writes.
//!
//! Everything is durable when it returns, in one of two ways. Where others have the store open, and
//! for all that is no batch, a transaction is committed and synced. Where nobody else has, a batch's
//! record is synced ([`Redo`]) and its transaction goes on: it is committed when somebody wants to
//! read what it has changed, and from time to time ([`Pace`]).

use super::batch::{self, Written};
use super::clerk::Clerk;
use super::known::Known;
use super::log::Log;
use super::redo::{Mark, Record, Redo};
use super::tables::tail;
use super::unshown::{Seen, Unshown};
use super::{error, migrations, moving, open};
use crate::{Changes, Loaded, StoreError, Wanted};
use fiado_core::identity::AccountKey;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long something goes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// A transaction. Long enough that a page is changed many times before it is written; short enough
    /// that those who come while it is written hardly notice.
    pub(super) transaction: Duration,
    /// Having the store alone, while there is always something to do. Where there is nothing, it ends
    /// with the transaction.
    pub(super) alone: Duration,
}

impl Pace {
    pub(super) const USUAL: Pace =
        Pace { transaction: Duration::from_millis(50), alone: Duration::from_secs(2) };
}

/// How long others find the store open before it is had alone again: longer than they pause between two
/// looks.
const DOOR_IS_OPEN: Duration = Duration::from_millis(20);

/// How often, when a store is opened, a moment to write is waited for.
const TURNS_TO_RECOVER: u32 = 6;

/// How long the records of one turn may become, in bytes.
const MOST_RECORDS: u64 = 64 * 1024 * 1024;

/// The writer of a database. Whoever writes waits for whoever is writing.
pub(super) struct Writer {
    desk: Arc<Desk>,
    clerk: Option<JoinHandle<()>>,
}

/// What writer and clerk share.
pub(super) struct Desk {
    state: Mutex<State>,
    /// Rung where the store is had alone, and where it is closed.
    pub(super) bell: Condvar,
    pub(super) unshown: Unshown,
    /// Of the log hardly anything is left to be copied into the database.
    pub(super) is_nearly_copied: AtomicBool,
    pace: Pace,
}

pub(super) enum State {
    Sound(Box<Sound>),
    /// A commit's sync failed, with this message. Nothing is written any more.
    Broken(String),
    Closed,
}

pub(super) struct Sound {
    connection: Connection,
    known: Known,
    log: Log,
    redo: Redo,
    mark: Mark,
    pub(super) alone_since: Option<Instant>,
    /// The records have not begun anew since.
    is_new_turn: bool,
    /// When others were let in the last time.
    shared_since: Option<Instant>,
    /// When the last transaction for batches was begun.
    begun: Instant,
    /// No batch has come since this was set.
    pub(super) is_idle: bool,
    /// A batch was begun and not brought to its end.
    is_amid: bool,
}

impl Writer {
    /// Opens the database for writing, brings its schema up to date, and does again what a crash has
    /// taken from it. At most so many accounts are kept in memory.
    pub(super) fn open(path: &Path, most_known: NonZeroUsize, pace: Pace) -> Result<Writer, StoreError> {
        let redo = Redo::of(path)?;
        let mut connection = open::writer(path)?;
        moving::check_is_finished(&connection)?;
        migrations::bring_up_to_date(&mut connection)?;
        let mut sound = Sound {
            mark: tail::mark(&connection)?,
            connection,
            known: Known::new(most_known),
            log: Log::of(path),
            redo,
            alone_since: None,
            is_new_turn: false,
            shared_since: None,
            begun: Instant::now(),
            is_idle: true,
            is_amid: false,
        };
        sound.recover()?;
        Writer::start(sound, Clerk::of(path, pace.transaction)?, pace)
    }

    fn start(sound: Sound, clerk: Clerk, pace: Pace) -> Result<Writer, StoreError> {
        let (state, bell) = (Mutex::new(State::Sound(Box::new(sound))), Condvar::new());
        let (unshown, is_nearly_copied) = (Unshown::default(), AtomicBool::default());
        let desk = Arc::new(Desk { state, bell, unshown, is_nearly_copied, pace });
        let own = Arc::clone(&desk);
        let clerk = std::thread::Builder::new().name("store".to_owned()).spawn(move || clerk.work(&own));
        let clerk = clerk.map_err(|error| StoreError::Unavailable(format!("no thread: {error}")))?;
        Ok(Writer { desk, clerk: Some(clerk) })
    }

    /// Runs a batch and makes it durable; where that fails, nothing of it was written.
    pub(super) fn batch(
        &self,
        wanted: &[Wanted],
        work: &mut dyn FnMut(Loaded) -> Changes,
    ) -> Result<(), StoreError> {
        let mut was_alone = false;
        let result = self.desk.with(|sound| {
            was_alone = sound.alone_since.is_some();
            sound.keep_pace(&self.desk)?;
            sound.batch(&self.desk.unshown, wanted, work)
        });
        if !was_alone {
            self.desk.bell.notify_one();
        }
        if result.is_err() {
            // What has failed keeps nobody out: it is undone now, and not when the next one comes.
            let _ = self.desk.with(|_| Ok(()));
        }
        result
    }

    /// Runs `work` in a transaction and makes it durable; where `work` fails, nothing was written.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.desk.with(|sound| sound.write(&self.desk.unshown, work))
    }

    /// What is known of an account that its readers may not see yet.
    pub(super) fn seen(&self, key: &AccountKey) -> Seen {
        self.desk.unshown.of(key)
    }

    /// Lets everybody read what has been answered.
    pub(super) fn show(&self) -> Result<(), StoreError> {
        self.desk.with(|sound| sound.show(&self.desk.unshown))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let sound = self.desk.close();
        if let Some(clerk) = self.clerk.take() {
            let _ = clerk.join();
        }
        // Closed last: whoever closes the file last empties its log.
        drop(sound);
    }
}

impl Desk {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, work: impl FnOnce(&mut Sound) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.lock().with(work)
    }

    /// Closes the store; gives back the connection, where it is sound.
    fn close(&self) -> Option<Box<Sound>> {
        let mut state = self.lock();
        let sealed = state.with(|sound| sound.seal(&self.unshown));
        let before = std::mem::replace(&mut *state, State::Closed);
        drop(state);
        self.bell.notify_all();
        let State::Sound(mut sound) = before else { return None };
        if sealed.is_ok() {
            let _ = sound.tidy_up();
        }
        Some(sound)
    }
}

impl State {
    /// Works with the connection, while it is sound.
    pub(super) fn with<T>(
        &mut self,
        work: impl FnOnce(&mut Sound) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let result = match self {
            State::Sound(sound) => sound.mend().and_then(|()| work(sound)),
            State::Broken(message) => Err(StoreError::SyncFailed(message.clone())),
            State::Closed => Err(StoreError::Unavailable("the store is closed".to_owned())),
        };
        if let Err(StoreError::SyncFailed(message)) = &result {
            abandon(std::mem::replace(self, State::Broken(message.clone())));
        }
        result
    }
}

/// Lets go of a connection whose sync failed, without another sync as its last act.
fn abandon(state: State) {
    if let State::Sound(sound) = state {
        let _ = sound.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }
}

impl Sound {
    /// Ends, before a batch, what has gone on for long enough.
    fn keep_pace(&mut self, desk: &Desk) -> Result<(), StoreError> {
        if desk.is_nearly_copied.swap(false, Ordering::Relaxed) {
            self.show(&desk.unshown)?;
            self.log.copy(&self.connection);
        }
        let is_long = |since: Instant| since.elapsed() >= desk.pace.alone;
        if self.alone_since.is_some_and(is_long) || self.redo.length() > MOST_RECORDS {
            self.seal(&desk.unshown)
        } else if self.begun.elapsed() >= desk.pace.transaction {
            self.show(&desk.unshown)
        } else {
            Ok(())
        }
    }

    /// A batch. What is done is durable before its rows are where nobody else has the store open.
    fn batch(
        &mut self,
        unshown: &Unshown,
        wanted: &[Wanted],
        work: &mut dyn FnMut(Loaded) -> Changes,
    ) -> Result<(), StoreError> {
        let was_open = !self.connection.is_autocommit();
        if !was_open {
            self.begin()?;
        }
        (self.is_amid, self.is_idle) = (true, false);
        let written = batch::run(&self.connection, &mut self.known, wanted, work);
        let result = match written {
            Ok(Some(written)) => self.make_durable(unshown, &written),
            Ok(None) if was_open => Ok(()),
            Ok(None) => self.roll_back(),
            Err(error) => Err(error),
        };
        if result.is_ok() {
            self.is_amid = false;
        }
        result
    }

    fn make_durable(&mut self, unshown: &Unshown, written: &Written) -> Result<(), StoreError> {
        if self.redo.is_alone() {
            self.redo.append(written.number, &Record::of(&written.changes))?;
            unshown.add(&written.changes);
            Ok(())
        } else {
            self.commit()
        }
    }

    /// Begins a transaction for batches, and has the store alone if nobody else has it open.
    fn begin(&mut self) -> Result<(), StoreError> {
        let is_alone = self.redo.is_alone();
        self.connection.execute_batch(if is_alone { NORMAL } else { FULL })?;
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        (self.is_amid, self.begun) = (true, Instant::now());
        self.known.look_for_others(&self.connection)?;
        let has_let_in = self.shared_since.is_none_or(|since| since.elapsed() >= DOOR_IS_OPEN);
        if !is_alone && has_let_in && self.redo.try_to_be_alone()? {
            (self.alone_since, self.is_new_turn) = (Some(Instant::now()), true);
        }
        if self.is_new_turn {
            self.redo.begin_anew(&self.mark)?;
            self.is_new_turn = false;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.connection.execute_batch("COMMIT").map_err(error::of_commit)?;
        self.log.keep_short(&self.connection);
        Ok(())
    }

    fn roll_back(&mut self) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch("ROLLBACK")?)
    }

    /// Everything else that is written.
    fn write<T>(
        &mut self,
        unshown: &Unshown,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.seal(unshown)?;
        self.connection.execute_batch(FULL)?;
        let transaction = immediate(&mut self.connection)?;
        let done = work(&transaction)?;
        transaction.commit().map_err(error::of_commit)?;
        self.log.keep_short(&self.connection);
        Ok(done)
    }

    /// Commits what readers may want to see. It is durable already.
    pub(super) fn show(&mut self, unshown: &Unshown) -> Result<(), StoreError> {
        if !self.connection.is_autocommit() {
            self.is_amid = true;
            self.commit()?;
            self.is_amid = false;
        }
        unshown.clear();
        Ok(())
    }

    /// Ends having the store alone: the database holds everything, durably, and the records are of no
    /// more use.
    pub(super) fn seal(&mut self, unshown: &Unshown) -> Result<(), StoreError> {
        self.show(unshown)?;
        if self.alone_since.is_some() {
            self.connection.execute_batch(FULL)?;
            self.is_amid = true;
            // A commit that is synced takes with it what was committed before.
            self.connection.execute_batch(SYNC).map_err(error::of_commit)?;
            // Nobody else may try to be alone while the lock is changed.
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
            (self.alone_since, self.is_new_turn) = (None, false);
            self.shared_since = Some(Instant::now());
            self.redo.let_others_in()?;
            self.roll_back()?;
            self.is_amid = false;
        }
        Ok(())
    }

    /// Removes the records, which have nothing to say any more, unless others have the store open.
    fn tidy_up(&mut self) -> Result<(), StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        self.redo.remove_if_alone()?;
        self.roll_back()
    }

    /// After a batch that was not brought to its end, nothing of it is left, and all of those before
    /// it is there.
    fn mend(&mut self) -> Result<(), StoreError> {
        if self.is_amid {
            self.known.forget();
            if !self.connection.is_autocommit() {
                self.roll_back()?;
            }
            if self.redo.is_alone() {
                self.do_again()?;
            }
            self.is_amid = false;
        }
        Ok(())
    }

    /// What a crash has taken from the database, durably. Where somebody else is at work without a pause,
    /// a moment to write is waited for longer than usual.
    fn recover(&mut self) -> Result<(), StoreError> {
        if !self.redo.has_records()? {
            return Ok(());
        }
        self.connection.execute_batch(FULL)?;
        let mut begun = Ok(());
        for _ in 0..TURNS_TO_RECOVER {
            begun = self.connection.execute_batch("BEGIN IMMEDIATE");
            if begun.is_ok() {
                break;
            }
        }
        begun?;
        self.do_missing()?;
        // What a process that was killed had committed may not be synced yet either.
        tail::touch(&self.connection)?;
        self.commit()
    }

    /// Does again what the database does not hold, in a transaction that is left open if there was
    /// anything.
    fn do_again(&mut self) -> Result<(), StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        if self.do_missing()? { Ok(()) } else { self.roll_back() }
    }

    /// Does again what the database does not hold; says whether there was anything.
    fn do_missing(&mut self) -> Result<bool, StoreError> {
        let batches = tail::read(&self.connection)?.batches;
        let missing = self.redo.records_after(batches, &self.mark)?;
        let is_any = !missing.is_empty();
        for record in missing {
            batch::run_again(&self.connection, &mut self.known, record)?;
        }
        Ok(is_any)
    }
}

/// Every commit is synced.
const FULL: &str = "PRAGMA synchronous = FULL";

/// A commit is whole, and durable with the next that is synced.
const NORMAL: &str = "PRAGMA synchronous = NORMAL";

/// Writes something. SQLite writes no page that is as it was, and syncs nothing then.
const SYNC: &str = "BEGIN IMMEDIATE; UPDATE tail SET batches = batches + 1; COMMIT";

/// Begins a transaction that may write at once, so that it cannot fail for being too late.
pub(super) fn immediate(connection: &mut Connection) -> Result<Transaction<'_>, StoreError> {
    if !connection.is_autocommit() {
        // A transaction before this one could not be rolled back when it failed.
        connection.execute_batch("ROLLBACK")?;
    }
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> (tempfile::TempDir, Writer) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("fiado.db");
        open::create_file(&path).unwrap();
        let writer = Writer::open(&path, NonZeroUsize::MIN, Pace::USUAL).unwrap();
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
        if let State::Sound(sound) = &*writer.desk.lock() {
            sound.connection.execute_batch("PRAGMA max_page_count = 1").unwrap();
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
        if let State::Sound(sound) = &*writer.desk.lock() {
            sound.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        }
        writer.write(touch).unwrap();
    }
}
