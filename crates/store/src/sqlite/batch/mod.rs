//! A batch of commands in one transaction: load what is wanted, let it be decided, write what was
//! done.

mod beside;
mod load;
mod write;

pub(super) use load::load_one;

use super::known::Known;
use super::redo::Record;
use crate::{Changes, Loaded, StoreError, Wanted};
use load::Heads;
use rusqlite::Connection;

/// What a batch has done, and the number it has.
pub(super) struct Written {
    pub(super) number: u64,
    pub(super) changes: Changes,
}

/// Runs a batch inside the writer's transaction, which is to be made durable after it. `None`: nothing
/// was to be written.
pub(super) fn run(
    connection: &Connection,
    known: &mut Known,
    wanted: &[Wanted],
    work: &mut dyn FnMut(Loaded) -> Changes,
) -> Result<Option<Written>, StoreError> {
    let (loaded, heads) = load::load(connection, known, wanted)?;
    let changes = work(loaded);
    if changes.commits.is_empty() && changes.refusals.is_empty() && changes.answers.is_empty() {
        return Ok(None);
    }
    let number = write::write(connection, known, &changes, heads)?;
    Ok(Some(Written { number, changes }))
}

/// Does again what a batch has done that a crash has taken from the database.
pub(super) fn run_again(
    connection: &Connection,
    known: &mut Known,
    record: Record<'_>,
) -> Result<(), StoreError> {
    let changes = record.changes(connection)?;
    write::write(connection, known, &changes, Heads::new())?;
    Ok(())
}
