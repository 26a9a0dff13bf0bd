//! The connections of a store: some that write, and some that read beside them, so that no reader
//! waits for a writer, nor a writer for readers.

use super::address::Address;
use super::connect::Connector;
use super::connection::{Connection, Request, Unconfirmed};
use super::error::Trouble;
use crate::pool::{Lent, Pool};
use crate::{Setbacks, StoreError};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// How often something is tried that another connection or another moment may let pass.
const MOST_TRIES: u32 = 5;

/// How long to wait before the second try; before the third twice as long, and so on.
const PAUSE: Duration = Duration::from_millis(20);

/// How many batches one server writes at once: while one is decided here, another is written there. More
/// would only be smaller.
const MOST_BATCHES: usize = 2;

/// What is read in one transaction is read as of one moment.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// A writer sees, behind the locks that it has waited for, what the others have left.
const WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/// The connections of one store.
pub(super) struct Connections {
    // Dropped first: what drives the connections goes last.
    readers: Pool<Connection>,
    writers: Pool<Connection>,
    batches_at_once: usize,
    connector: Connector,
    retries: AtomicU64,
    doubts: AtomicU64,
    outdated: AtomicU64,
}

/// A connection that may write, in a transaction that begins with its first statement. Where it is
/// dropped, it is closed, and what was done in it is undone.
pub(super) struct Writing<'a>(Lent<'a, Connection>);

/// Why a transaction was not written.
pub(super) enum Failed {
    /// Nothing was written, and the same again may pass.
    Again(StoreError),
    /// Nothing was written.
    For(StoreError),
}

impl Failed {
    /// What an error means that a connection met.
    pub(super) fn after(error: StoreError, connection: &Connection) -> Failed {
        match connection.take_trouble() {
            Some(Trouble::Lost | Trouble::Again) => Failed::Again(error),
            _ => Failed::For(error),
        }
    }

    pub(super) fn into_error(self) -> StoreError {
        match self {
            Failed::Again(error) | Failed::For(error) => error,
        }
    }
}

impl Connections {
    /// At most so many, three eighths of them to write; at least one of either.
    pub(super) fn new(address: Address, most: usize) -> Result<Connections, StoreError> {
        let writers = (most.saturating_mul(3) / 8).max(1);
        let readers = most.saturating_sub(writers).max(1);
        Ok(Connections {
            readers: Pool::new(readers),
            writers: Pool::new(writers),
            // One is left to whatever else is written.
            batches_at_once: writers.saturating_sub(1).clamp(1, MOST_BATCHES),
            connector: Connector::new(address)?,
            retries: AtomicU64::new(0),
            doubts: AtomicU64::new(0),
            outdated: AtomicU64::new(0),
        })
    }

    /// How many batches there are connections for.
    pub(super) fn batches_at_once(&self) -> usize {
        self.batches_at_once
    }

    /// What was met since they were first asked for.
    pub(super) fn setbacks(&self) -> Setbacks {
        let met = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Setbacks { retries: met(&self.retries), doubts: met(&self.doubts), outdated: met(&self.outdated) }
    }

    /// Counts a batch that was decided on what is not so any more.
    pub(super) fn batch_was_outdated(&self) {
        self.outdated.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a commit that was never confirmed.
    pub(super) fn commit_is_in_doubt(&self) {
        self.doubts.fetch_add(1, Ordering::Relaxed);
    }

    /// Reads the database as it is at one moment, however many queries `work` makes.
    pub(super) fn read<T>(
        &self,
        work: impl Fn(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.again(|| {
            let mut lent = self.readers.lend().map_err(Failed::For)?;
            let connection = self.made(&mut lent)?;
            connection.begin(READ);
            let read = work(connection);
            connection.leave();
            let read = read.map_err(|error| Failed::after(error, connection));
            give_back_after(lent, read)
        })
    }

    /// Reads with one statement, which sees the database as it is at one moment by itself: no
    /// transaction has to be begun and ended around it. Where `work` makes several, each has a moment of
    /// its own.
    pub(super) fn look<T>(
        &self,
        work: impl Fn(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.again(|| {
            let mut lent = self.readers.lend().map_err(Failed::For)?;
            let connection = self.made(&mut lent)?;
            let read = work(connection).map_err(|error| Failed::after(error, connection));
            give_back_after(lent, read)
        })
    }

    /// A connection of its own, with these settings, in a transaction that sees the database as it is
    /// at one moment. Nothing is tried again: what was read before could not be read again with it.
    pub(super) fn apart(&self, settings: &str) -> Result<Connection, StoreError> {
        let connection = self.connector.connect()?;
        connection.script(settings)?;
        connection.begin(READ);
        Ok(connection)
    }

    /// Runs `work` in a transaction and makes it durable; where `work` fails, nothing was written.
    /// `work` is called again where the database asks for it.
    pub(super) fn write<T>(
        &self,
        mut work: impl FnMut(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.again(|| {
            let writing = self.writing()?;
            let done = match work(writing.connection()?) {
                Ok(done) => done,
                Err(error) => return Err(writing.undo(error)),
            };
            match writing.commit() {
                Ok(()) => Ok(done),
                Err(Uncommitted::Not(failed)) => Err(failed),
                Err(Uncommitted::Unknown(error)) => {
                    self.commit_is_in_doubt();
                    Err(Failed::For(StoreError::SyncFailed(error.to_string())))
                }
            }
        })
    }

    /// A connection to write with.
    pub(super) fn writing(&self) -> Result<Writing<'_>, Failed> {
        let mut lent = self.writers.lend().map_err(Failed::For)?;
        self.made(&mut lent)?.begin(WRITE);
        Ok(Writing(lent))
    }

    /// Tries something until it passes or cannot, and so often at most.
    pub(super) fn again<T>(&self, mut attempt: impl FnMut() -> Result<T, Failed>) -> Result<T, StoreError> {
        for tries in 1..MOST_TRIES {
            match attempt() {
                Err(Failed::Again(_)) => {
                    self.retries.fetch_add(1, Ordering::Relaxed);
                    thread::sleep(PAUSE.saturating_mul(1 << tries.saturating_sub(1)));
                }
                done => return done.map_err(Failed::into_error),
            }
        }
        attempt().map_err(Failed::into_error)
    }

    fn made<'l>(&self, lent: &'l mut Lent<'_, Connection>) -> Result<&'l Connection, Failed> {
        lent.keep_if(|connection| !connection.is_closed());
        lent.or_make(|| self.connector.connect()).map(|connection| &*connection).map_err(Failed::For)
    }
}

/// Gives a connection back that was read from. One that did not serve may not serve the next either: it
/// may lead to a server that has become a standby, or hold statements of an older schema.
fn give_back_after<T>(lent: Lent<'_, Connection>, read: Result<T, Failed>) -> Result<T, Failed> {
    if !matches!(read, Err(Failed::Again(_))) {
        lent.give_back();
    }
    read
}

/// Why a commit was not confirmed.
pub(super) enum Uncommitted {
    /// The database refused it: nothing was written.
    Not(Failed),
    /// The connection was lost meanwhile: nobody knows yet.
    Unknown(StoreError),
}

impl Writing<'_> {
    pub(super) fn connection(&self) -> Result<&Connection, Failed> {
        let none = || Failed::For(StoreError::Unavailable("there is no connection".to_owned()));
        self.0.get().ok_or_else(none)
    }

    /// Makes it durable.
    pub(super) fn commit(self) -> Result<(), Uncommitted> {
        let Some(connection) = self.0.get() else { return Ok(()) };
        match connection.commit() {
            Ok(()) => {
                self.0.give_back();
                Ok(())
            }
            Err(error) => Err(match connection.take_trouble() {
                Some(Trouble::Lost) => Uncommitted::Unknown(error),
                Some(Trouble::Again) => Uncommitted::Not(Failed::Again(error)),
                _ => Uncommitted::Not(Failed::For(error)),
            }),
        }
    }

    /// Writes all of this and makes it durable, in one round trip. `meaning` says what an error means to
    /// whoever wrote, in whose place nothing was written then.
    pub(super) fn write_and_commit(
        self,
        requests: &[Request<'_>],
        meaning: impl FnOnce(Option<Trouble>, StoreError) -> StoreError,
    ) -> Result<(), Uncommitted> {
        let Some(connection) = self.0.get() else { return Ok(()) };
        match connection.ask_and_commit(requests) {
            Ok(()) => {
                self.0.give_back();
                Ok(())
            }
            Err(Unconfirmed::Unknown(error)) => Err(Uncommitted::Unknown(error)),
            Err(Unconfirmed::Not(error)) => {
                let error = meaning(connection.trouble(), error);
                let failed = Failed::after(error, connection);
                if matches!(failed, Failed::For(_)) {
                    self.0.give_back();
                }
                Err(Uncommitted::Not(failed))
            }
        }
    }

    /// Undoes it after an error; says what that means.
    pub(super) fn undo(self, error: StoreError) -> Failed {
        let failed = match self.0.get() {
            Some(connection) => {
                connection.leave();
                Failed::after(error, connection)
            }
            None => Failed::For(error),
        };
        if matches!(failed, Failed::For(_)) {
            self.0.give_back();
        }
        failed
    }

    /// Ends it where there is nothing to be made durable, but what was read in it is to be told as if it
    /// were. What is seen is not always confirmed: a primary that has crashed and come back shows commits
    /// that its standby may never have heard of.
    pub(super) fn confirm(self) -> Result<(), Failed> {
        let Some(connection) = self.0.get() else { return Ok(()) };
        connection.confirm().map_err(|error| Failed::after(error, connection))?;
        self.0.give_back();
        Ok(())
    }
}
