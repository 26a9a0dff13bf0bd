//! The end of journal and refusals together: the last position given, and the latest instant; and how
//! many batches have been written.

use crate::StoreError;
use crate::cells::cells;
use crate::sqlite::query;
use crate::sqlite::redo::Mark;
use fiado_core::calendar::Instant;
use rusqlite::Connection;

/// Where journal and refusals end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tail {
    position: u64,
    /// The latest instant of any entry or refusal.
    pub(crate) newest_at: Option<Instant>,
    /// How many batches there have been.
    pub(crate) batches: u64,
}

impl Tail {
    /// An entry or refusal that has its position already.
    pub(crate) fn pass(&mut self, position: u64, at: Instant) {
        self.position = self.position.max(position);
        self.newest_at = self.newest_at.max(Some(at));
    }

    /// The position of one more entry or refusal.
    pub(crate) fn advance(&mut self, at: Instant) -> u64 {
        self.position = self.position.saturating_add(1);
        self.newest_at = self.newest_at.max(Some(at));
        self.position
    }
}

/// Where they end now.
pub(crate) fn read(connection: &Connection) -> Result<Tail, StoreError> {
    let sql = "SELECT position, newest_at, batches FROM tail WHERE only = 1";
    let tail = query::first(connection, sql, [], |cells| {
        Ok(Tail { position: cells.next()?, newest_at: cells.next()?, batches: cells.next()? })
    })?;
    tail.ok_or_else(|| StoreError::Damaged("the end of the journal is not known".to_owned()))
}

/// Changes something that nobody reads, for a commit that the disk has to take: SQLite writes no page that is
/// as it was.
pub(crate) fn touch(connection: &Connection) -> Result<(), StoreError> {
    query::run(connection, "UPDATE tail SET touched = touched + 1 WHERE only = 1", [])?;
    Ok(())
}

/// Writes where they end.
pub(crate) fn save(connection: &Connection, tail: &Tail) -> Result<(), StoreError> {
    query::run(
        connection,
        "UPDATE tail SET position = ?1, newest_at = ?2, batches = ?3 WHERE only = 1",
        cells![tail.position, tail.newest_at, tail.batches],
    )?;
    Ok(())
}

/// What tells this database from every other.
pub(crate) fn mark(connection: &Connection) -> Result<Mark, StoreError> {
    let mark = query::first(connection, "SELECT mark FROM tail WHERE only = 1", [], |cells| {
        let mark: Vec<u8> = cells.next()?;
        Ok(Mark::try_from(mark).ok())
    })?;
    mark.flatten().ok_or_else(|| StoreError::Damaged("the database has no mark".to_owned()))
}
