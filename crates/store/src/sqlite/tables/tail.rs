//! The end of journal and refusals together: the last position given, and the latest instant.

use crate::StoreError;
use crate::cells::cells;
use crate::sqlite::query;
use fiado_core::calendar::Instant;
use rusqlite::Connection;

/// Where journal and refusals end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tail {
    position: u64,
    /// The latest instant of any entry or refusal.
    pub(crate) newest_at: Option<Instant>,
}

impl Tail {
    /// The position of one more entry or refusal.
    pub(crate) fn advance(&mut self, at: Instant) -> u64 {
        self.position = self.position.saturating_add(1);
        self.newest_at = self.newest_at.max(Some(at));
        self.position
    }
}

/// Where they end now.
pub(crate) fn read(connection: &Connection) -> Result<Tail, StoreError> {
    let tail =
        query::first(connection, "SELECT position, newest_at FROM tail WHERE only = 1", [], |cells| {
            Ok(Tail { position: cells.next()?, newest_at: cells.next()? })
        })?;
    tail.ok_or_else(|| StoreError::Damaged("the end of the journal is not known".to_owned()))
}

/// Writes where they end.
pub(crate) fn save(connection: &Connection, tail: &Tail) -> Result<(), StoreError> {
    query::run(
        connection,
        "UPDATE tail SET position = ?1, newest_at = ?2 WHERE only = 1",
        cells![tail.position, tail.newest_at],
    )?;
    Ok(())
}
