//! A batch of commands in one transaction: find what is wanted, let it be decided, write what was done.
//!
//! Where all that is wanted is remembered (`memory.rs`), it takes one round trip, whatever it holds: what is
//! written goes together with the commit, and fails where what was remembered is not so. Otherwise it takes
//! two: what is loaded comes with the locks. Rows that are changed without having been loaded cost one more,
//! and payments of very many invoices a few more.
//!
//! Accounts that are known are locked in the order of their keys: before anything is read of them, or, where
//! they are remembered, before anything else is written. One that is not known is made by whoever locks its
//! number first (`given.rs`): the other finds it there, and has its batch decided again. All of this happens
//! in the same order everywhere, so that nobody waits for somebody who waits for them.

mod beside;
mod fold;
mod given;
mod load;
mod memory;
mod touched;
mod write;

pub(super) use load::load_one;
#[cfg(test)]
pub(super) use load::statements;
pub(super) use memory::Memory;
#[cfg(test)]
pub(super) use write::written;

use super::connection::Connection;
use super::connections::{Connections, Failed, Uncommitted, Writing};
use super::doubt::Doubt;
use super::session::Session;
use crate::{Changes, Loaded, StoreError, Wanted};
use fiado_core::identity::AccountKey;
use fold::Left;
use given::Given;
use load::{Stands, Start};
use std::collections::BTreeSet;
use touched::Touched;
use write::Writes;

/// Runs a batch; again where another transaction stood in its way, or the connection was lost before
/// its commit was sent. Where it was lost meanwhile, the database is asked what became of it.
pub(super) fn run(
    connections: &Connections,
    memory: &Memory,
    wanted: &[Wanted],
    work: &mut dyn FnMut(Loaded) -> Changes,
) -> Result<(), StoreError> {
    connections.again(|| {
        let batch = Batch { connections, memory, wanted };
        if let Some(start) = memory.start(wanted) {
            match batch.attempt(Some(start), work) {
                Err(Failed::For(StoreError::Conflict(_) | StoreError::Gap(_) | StoreError::Damaged(_))) => {
                    memory.was_wrong();
                    connections.batch_was_outdated();
                }
                Err(failed) => return Err(failed),
                Ok(()) => {
                    memory.was_right();
                    return Ok(());
                }
            }
        }
        batch.attempt(None, work)
    })
}

/// A batch, and where it is decided and written.
struct Batch<'a> {
    connections: &'a Connections,
    memory: &'a Memory,
    wanted: &'a [Wanted],
}

/// What a batch does, and all that is to be known before it is written.
struct Decided {
    changes: Changes,
    stands: Stands,
    touched: Touched,
}

impl Batch<'_> {
    /// Decides and writes it, on what is remembered or, where that is `None`, on what the database says.
    fn attempt(
        &self,
        remembered: Option<Start>,
        work: &mut dyn FnMut(Loaded) -> Changes,
    ) -> Result<(), Failed> {
        let is_assumed = remembered.is_some();
        let writing = self.connections.writing()?;
        let decided = match self.decide(writing.connection()?, remembered, work) {
            Ok(decided) => decided,
            Err(error) => return Err(writing.undo(error)),
        };
        let Decided { changes, stands, touched } = decided;
        if changes.is_empty() && !is_assumed {
            return writing.confirm();
        }
        let given = match Given::of(&changes, self.wanted, &stands) {
            Ok(given) => given,
            Err(error) => return Err(writing.undo(error)),
        };
        let left = match Left::of(&changes, stands, touched) {
            Ok(left) => left,
            Err(error) => return Err(writing.undo(error)),
        };
        let assumed = if is_assumed { self.wanted } else { &[] };
        let writes = match Writes::of(&left, &changes, &given, assumed) {
            Ok(writes) => writes,
            Err(error) => return Err(writing.undo(error)),
        };
        self.write(writing, &writes, &left, &given)
    }

    fn decide(
        &self,
        connection: &Connection,
        remembered: Option<Start>,
        work: &mut dyn FnMut(Loaded) -> Changes,
    ) -> Result<Decided, StoreError> {
        let Start { loaded, mut stands } = match remembered {
            Some(start) => start,
            None => {
                let start = load::load(connection, self.wanted)?;
                self.memory.take(&start);
                start
            }
        };
        let changes = work(loaded);
        let keys = changes.commits.iter().map(|commit| &commit.key);
        let unwanted: BTreeSet<&AccountKey> = keys.filter(|key| !stands.contains_key(*key)).collect();
        stands.extend(load::stands(connection, &unwanted.into_iter().collect::<Vec<_>>())?);
        let touched = touched::load(connection, &changes)?;
        Ok(Decided { changes, stands, touched })
    }

    fn write(
        &self,
        writing: Writing<'_>,
        writes: &Writes<'_>,
        left: &Left<'_>,
        given: &Given<'_>,
    ) -> Result<(), Failed> {
        let session = writing.connection()?.session().clone();
        let meaning = |trouble, error| write::meaning(left, given, trouble, error);
        match writing.write_and_commit(writes.requests(), meaning) {
            Ok(()) => {
                self.memory.follow(left, writes.newest());
                Ok(())
            }
            Err(Uncommitted::Not(failed)) => Err(failed),
            Err(Uncommitted::Unknown(error)) => self.resolve(session, left, error),
        }
    }

    /// Finds out what became of a commit that was not confirmed.
    fn resolve(&self, session: Session, left: &Left<'_>, error: StoreError) -> Result<(), Failed> {
        let doubt = Doubt { session, mark: left.mark() };
        if doubt.resolve(self.connections).map_err(Failed::For)? { Ok(()) } else { Err(Failed::Again(error)) }
    }
}
