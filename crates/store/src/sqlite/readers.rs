//! The connections that read, beside the writer.

use super::{open, query};
use crate::StoreError;
use crate::pool::Pool;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// The most connections that read at once; whoever comes then waits for another reader, never for
/// the writer.
const MOST: usize = 8;

/// The readers of one database.
pub(super) struct Readers {
    path: PathBuf,
    pool: Pool<Connection>,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Readers {
        Readers { path, pool: Pool::new(MOST) }
    }

    /// The file they read.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether somebody could read at once.
    pub(super) fn are_free(&self) -> bool {
        self.pool.is_free()
    }

    /// Reads the database as it is at one moment, however many queries `work` makes.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.ask(|connection| {
            // Prepared once and kept, as SQLite's own ways to begin and end are not.
            query::run(connection, "BEGIN", [])?;
            let read = work(connection);
            let _ = query::run(connection, "ROLLBACK", []);
            read
        })
    }

    /// Reads what one query finds, and no more than one: it sees the database as it is at one moment, also
    /// where nobody has begun a transaction.
    pub(super) fn ask<T>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut reader = self.pool.lend()?;
        let read = query(reader.or_make(|| open::reader(&self.path))?);
        reader.keep_if(Connection::is_autocommit);
        reader.give_back();
        read
    }
}
