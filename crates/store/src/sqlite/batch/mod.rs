//! A batch of commands in one transaction: load what is wanted, let it be decided, write what was
//! done.

mod beside;
mod load;
mod write;

pub(super) use load::load_one;

use crate::{Changes, Loaded, StoreError, Wanted};
use rusqlite::Transaction;

/// Runs a batch inside the writer's transaction, which commits after it. Where nothing is to be
/// written nothing is synced either: a transaction without a changed page costs no sync.
pub(super) fn run(
    transaction: &Transaction<'_>,
    wanted: &[Wanted],
    work: &mut dyn FnMut(Loaded) -> Changes,
) -> Result<(), StoreError> {
    let (loaded, heads) = load::load(transaction, wanted)?;
    let changes = work(loaded);
    if changes.commits.is_empty() && changes.refusals.is_empty() && changes.answers.is_empty() {
        return Ok(());
    }
    write::write(transaction, &changes, heads)
}
