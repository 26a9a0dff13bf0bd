//! A batch of commands in one transaction: lock and load what is wanted, let it be decided, write
//! what was done.
//!
//! It takes three round trips, whatever it holds: what is loaded comes with the locks, what is
//! written goes together, and the commit follows. Rows that are changed without having been loaded
//! cost a fourth, and payments of very many invoices a few more.
//!
//! Accounts that are known are locked in the order of their keys, before anything is read of them.
//! One that is not known is made by whoever inserts it first: the other finds it there, and has its
//! batch decided again. Both happen in the same order everywhere, so that nobody waits for somebody
//! who waits for them.

mod beside;
mod fold;
mod load;
mod touched;
mod write;

pub(super) use load::load_one;
#[cfg(test)]
pub(super) use load::statements;

use super::connection::Connection;
use super::connections::{Connections, Failed, Uncommitted, Writing};
use super::doubt::Doubt;
use crate::{Changes, Loaded, StoreError, Wanted};

/// Runs a batch; again where another transaction stood in its way, or the connection was lost before
/// its commit was sent. Where it was lost meanwhile, the database is asked what became of it.
pub(super) fn run(
    connections: &Connections,
    wanted: &[Wanted],
    work: &mut dyn FnMut(Loaded) -> Changes,
) -> Result<(), StoreError> {
    connections.again(|| {
        let writing = connections.writing()?;
        let doubt = match attempt(writing.connection()?, wanted, work) {
            Ok(Some(doubt)) => doubt,
            Ok(None) => return writing.confirm(),
            Err(error) => return Err(writing.undo(error)),
        };
        commit(connections, writing, &doubt)
    })
}

/// Everything but the commit. `None`: there is nothing to be written.
fn attempt(
    connection: &Connection,
    wanted: &[Wanted],
    work: &mut dyn FnMut(Loaded) -> Changes,
) -> Result<Option<Doubt>, StoreError> {
    let (loaded, heads) = load::load(connection, wanted)?;
    let changes = work(loaded);
    if changes.commits.is_empty() && changes.refusals.is_empty() && changes.answers.is_empty() {
        return Ok(None);
    }
    write::write(connection, &changes, heads).map(Some)
}

fn commit(connections: &Connections, writing: Writing<'_>, doubt: &Doubt) -> Result<(), Failed> {
    match writing.commit() {
        Ok(()) => Ok(()),
        Err(Uncommitted::Not(failed)) => Err(failed),
        Err(Uncommitted::Unknown(error)) => {
            if doubt.resolve(connections).map_err(Failed::For)? {
                Ok(())
            } else {
                Err(Failed::Again(error))
            }
        }
    }
}
