//! The connections that read: made when they are needed, kept, and never more than a few.

use super::open;
use crate::StoreError;
use rusqlite::Connection;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// The most connections that read at once; whoever comes then waits for another reader, never for
/// the writer.
const MOST: usize = 8;

/// The readers of one database.
pub(super) struct Readers {
    path: PathBuf,
    pool: Mutex<Pool>,
    returned: Condvar,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Connection>,
    lent: usize,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Readers {
        Readers { path, pool: Mutex::default(), returned: Condvar::new() }
    }

    /// Reads the database as it is at one moment, however many queries `work` makes.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut reader = self.lend();
        let moment = reader.connection()?.unchecked_transaction()?;
        work(&moment)
    }

    fn lend(&self) -> Reader<'_> {
        let mut pool = self.pool();
        while pool.lent >= MOST {
            pool = self.returned.wait(pool).unwrap_or_else(PoisonError::into_inner);
        }
        pool.lent = pool.lent.saturating_add(1);
        Reader { readers: self, connection: pool.idle.pop() }
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that is lent, and goes back when it is dropped.
struct Reader<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Reader<'_> {
    fn connection(&mut self) -> Result<&Connection, StoreError> {
        match &mut self.connection {
            Some(connection) => Ok(connection),
            none => Ok(none.insert(open::reader(&self.readers.path)?)),
        }
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let sound = self.connection.take().filter(Connection::is_autocommit);
        let mut pool = self.readers.pool();
        pool.idle.extend(sound);
        pool.lent = pool.lent.saturating_sub(1);
        self.readers.returned.notify_one();
    }
}
