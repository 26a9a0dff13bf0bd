//! A batch of commands in one transaction: lock and load what is wanted, let it be decided, write
//! what was done.
//!
//! It takes two round trips, whatever it holds: what is loaded comes with the locks, and what is
//! written goes together with the commit. Rows that are changed without having been loaded cost a
//! third, and payments of very many invoices a few more.
//!
//! Accounts that are known are locked in the order of their keys, before anything is read of them.
//! One that is not known is made by whoever locks its number first (`given.rs`): the other finds it there,
//! and has its batch decided again. Both happen in the same order everywhere, so that nobody waits for
//! somebody who waits for them.

mod beside;
mod fold;
mod given;
mod load;
mod touched;
mod write;

pub(super) use load::load_one;
#[cfg(test)]
pub(super) use load::statements;
#[cfg(test)]
pub(super) use write::written;

use super::connection::Connection;
use super::connections::{Connections, Failed, Uncommitted};
use super::doubt::Doubt;
use crate::{Changes, Loaded, StoreError, Wanted};
use fiado_core::identity::AccountKey;
use fold::Left;
use given::Given;
use load::Stands;
use std::collections::BTreeSet;
use touched::Touched;

/// Runs a batch; again where another transaction stood in its way, or the connection was lost before
/// its commit was sent. Where it was lost meanwhile, the database is asked what became of it.
pub(super) fn run(
    connections: &Connections,
    wanted: &[Wanted],
    work: &mut dyn FnMut(Loaded) -> Changes,
) -> Result<(), StoreError> {
    connections.again(|| attempt(connections, wanted, work))
}

fn attempt(
    connections: &Connections,
    wanted: &[Wanted],
    work: &mut dyn FnMut(Loaded) -> Changes,
) -> Result<(), Failed> {
    let writing = connections.writing()?;
    let decided = match decide(writing.connection()?, wanted, work) {
        Ok(decided) => decided,
        Err(error) => return Err(writing.undo(error)),
    };
    let Decided { changes, stands, touched, transaction } = decided;
    if is_nothing(&changes) {
        return writing.confirm();
    }
    let given = match Given::of(&changes, wanted, &stands) {
        Ok(given) => given,
        Err(error) => return Err(writing.undo(error)),
    };
    let left = match Left::of(&changes, stands, touched) {
        Ok(left) => left,
        Err(error) => return Err(writing.undo(error)),
    };
    let requests = match write::requests(&left, &changes, &given) {
        Ok(requests) => requests,
        Err(error) => return Err(writing.undo(error)),
    };
    let meaning = |trouble, error| write::meaning(&left, &given, trouble, error);
    match writing.write_and_commit(&requests, meaning) {
        Ok(()) => Ok(()),
        Err(Uncommitted::Not(failed)) => Err(failed),
        Err(Uncommitted::Unknown(error)) => {
            let doubt = Doubt { transaction, mark: left.mark() };
            if doubt.resolve(connections).map_err(Failed::For)? { Ok(()) } else { Err(Failed::Again(error)) }
        }
    }
}

/// What a batch does, and all that is to be known before it is written.
struct Decided {
    changes: Changes,
    stands: Stands,
    touched: Touched,
    transaction: String,
}

fn is_nothing(changes: &Changes) -> bool {
    changes.commits.is_empty() && changes.refusals.is_empty() && changes.answers.is_empty()
}

fn decide(
    connection: &Connection,
    wanted: &[Wanted],
    work: &mut dyn FnMut(Loaded) -> Changes,
) -> Result<Decided, StoreError> {
    let load::Start { loaded, mut stands, transaction } = load::load(connection, wanted)?;
    let changes = work(loaded);
    let keys = changes.commits.iter().map(|commit| &commit.key);
    let unwanted: BTreeSet<&AccountKey> = keys.filter(|key| !stands.contains_key(*key)).collect();
    stands.extend(load::stands(connection, &unwanted.into_iter().collect::<Vec<_>>())?);
    let touched = touched::load(connection, &changes)?;
    Ok(Decided { changes, stands, touched, transaction })
}
