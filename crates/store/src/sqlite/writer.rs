//! Whoever writes to a store.
//!
//! Everything is durable when it returns, in one of two ways. Where others have the store open, and for
//! all that is no batch, a transaction is committed and synced. Where nobody else has, a batch's record is
//! synced ([`Redo`]), and the database gets what it has done in the next turn ([`Turn`](super::turn::Turn)),
//! which the scribe writes while the next batches are decided.

use super::ahead::Ahead;
use super::at_hand::AtHand;
use super::clerk::Clerk;
use super::database::{Database, Sync};
use super::desk::Desk;
use super::log::Log;
use super::redo::Redo;
use super::tables::tail;
use super::{migrations, moving, open, scribe};
use crate::known::Known;
use crate::{Changes, Loaded, StoreError, Wanted};
use rusqlite::Transaction;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long something goes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// How long a turn fills before its rows are written, unless it is full or somebody waits for them: long
    /// enough that a page is changed many times before it is written.
    pub(super) turn: Duration,
    /// How long the clerk pauses.
    pub(super) clerk: Duration,
}

impl Pace {
    pub(super) const USUAL: Pace =
        Pace { turn: Duration::from_millis(1_600), clerk: Duration::from_millis(50) };
}

/// How often, when a store is opened, a moment to write is waited for.
const TURNS_TO_RECOVER: u32 = 6;

/// The writer of a database. Whoever writes waits for whoever is writing.
pub(super) struct Writer {
    desk: Arc<Desk>,
    helpers: Vec<JoinHandle<()>>,
}

impl Writer {
    /// Opens the database for writing, brings its schema up to date, and does again what a crash has
    /// taken from it. At most so many accounts are kept in memory.
    pub(super) fn open(path: &Path, most_known: NonZeroUsize, pace: Pace) -> Result<Writer, StoreError> {
        let redo = Redo::of(path)?;
        let mut connection = open::writer(path)?;
        moving::check_is_finished(&connection)?;
        migrations::bring_up_to_date(&mut connection)?;
        let mark = tail::mark(&connection)?;
        let mut database = Database::new(connection, Known::new(most_known), Log::of(path));
        let ahead = Ahead::new(redo, mark, Known::new(most_known), open::reader_ahead(path)?);
        recover(&ahead, &mut database)?;
        let desk = Arc::new(Desk::new(ahead, database, AtHand::new(most_known), pace));
        // Whoever can have the store alone has it from the first.
        desk.look_after();
        let mut writer = Writer { desk, helpers: Vec::new() };
        let clerk = Clerk::of(path, pace.clerk)?;
        writer.have("rows", scribe::work)?;
        writer.have("clerk", move |desk| clerk.work(desk))?;
        Ok(writer)
    }

    /// Has something done beside.
    fn have(&mut self, name: &str, work: impl FnOnce(&Desk) + Send + 'static) -> Result<(), StoreError> {
        let desk = Arc::clone(&self.desk);
        let helper = thread::Builder::new().name(name.to_owned()).spawn(move || {
            let stopped =
                |_| desk.breaks(&StoreError::Unavailable("a thread of the store stopped".to_owned()));
            catch_unwind(AssertUnwindSafe(|| work(&desk))).unwrap_or_else(stopped);
        });
        self.helpers.push(helper.map_err(|error| StoreError::Unavailable(format!("no thread: {error}")))?);
        Ok(())
    }

    #[cfg(test)]
    pub(super) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// What readers find without the database.
    pub(super) fn at_hand(&self) -> &AtHand {
        &self.desk.at_hand
    }

    /// Runs a batch and makes it durable; where that fails, nothing of it was written.
    pub(super) fn batch(
        &self,
        wanted: &[Wanted],
        work: &mut dyn FnMut(Loaded) -> Changes,
    ) -> Result<(), StoreError> {
        self.desk.batch(wanted, work)
    }

    /// Runs `work` in a transaction and makes it durable, beside batches; where `work` fails, nothing was
    /// written. It may not find what was answered a moment ago.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.desk.write(work)
    }

    /// The same where `work` has to find everything that has been answered. Batches wait for it.
    pub(super) fn write_after_all<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.desk.write_after_all(work)
    }

    /// Whether something would be durable if it were written now.
    pub(super) fn can_write(&self) -> Result<(), StoreError> {
        self.desk.can_write()
    }

    /// Waits until everybody can read what has been answered.
    pub(super) fn show(&self) -> Result<(), StoreError> {
        self.desk.show()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.desk.close();
        // The database is closed after them: whoever closes the file last empties its log.
        for helper in self.helpers.drain(..) {
            let _ = helper.join();
        }
    }
}

/// What a crash has taken from the database, durably. Where somebody else is at work without a pause, a
/// moment to write is waited for longer than usual.
fn recover(ahead: &Ahead, database: &mut Database) -> Result<(), StoreError> {
    if !ahead.redo.has_records()? {
        return Ok(());
    }
    let mut begun = Ok(false);
    for _ in 0..TURNS_TO_RECOVER {
        begun = database.begin(Sync::Now);
        if begun.is_ok() {
            break;
        }
    }
    begun?;
    let batches = tail::read(&database.connection)?.batches;
    for record in ahead.missing(batches)? {
        database.write_again(record?)?;
    }
    // What a process that was killed had committed may not be synced yet either.
    tail::touch(&database.connection)?;
    database.commit()
}
