//! What is done beside the writer, so that no batch waits for it: the open transaction is committed
//! from time to time, others are let in, and SQLite's log is copied into the database.

use super::log::Log;
use super::open;
use super::writer::{Desk, Sound, State};
use crate::StoreError;
use rusqlite::Connection;
use std::path::Path;
use std::sync::PoisonError;
use std::time::Duration;

/// How often something is done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// How long a transaction is open. Long enough that a page is changed many times before it is
    /// written; short enough that those who come while it is written hardly notice.
    pub(super) transaction: Duration,
    /// How long others who open the store wait at most while there is always something to do. Where
    /// there is nothing, they wait for the transaction alone.
    pub(super) alone: Duration,
}

impl Pace {
    pub(super) const USUAL: Pace =
        Pace { transaction: Duration::from_millis(100), alone: Duration::from_secs(1) };
}

/// Whoever does it.
pub(super) struct Clerk {
    connection: Connection,
    log: Log,
    pace: Pace,
}

impl Clerk {
    pub(super) fn of(path: &Path, pace: Pace) -> Result<Clerk, StoreError> {
        Ok(Clerk { connection: open::copier(path)?, log: Log::of(path), pace })
    }

    /// Works while the store is open.
    pub(super) fn work(self, desk: &Desk) {
        while let Some(is_over) = self.end_transaction(desk) {
            if is_over {
                // What is synced here needs no sync while everybody waits.
                self.log.sync();
                // Where it fails, it is tried again: what was answered is in the records.
                let _ = desk.lock().with(|sound| sound.seal(&desk.unshown));
            }
            self.log.copy_if_long(&self.connection);
        }
    }

    /// Waits until a transaction has been open for long, and commits it; says whether it is time to let
    /// others in. `None`: the store is closed.
    fn end_transaction(&self, desk: &Desk) -> Option<bool> {
        let mut state = desk.lock();
        while is_shared(&state)? {
            state = desk.bell.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let waited =
            desk.bell.wait_timeout_while(state, self.pace.transaction, |state| is_shared(state).is_some());
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        is_shared(&state)?;
        let shown = state.with(|sound| {
            sound.show(&desk.unshown)?;
            let is_long =
                |sound: &Sound| sound.alone_since.is_some_and(|since| since.elapsed() >= self.pace.alone);
            Ok(std::mem::replace(&mut sound.is_idle, true) || is_long(sound))
        });
        Some(shown.unwrap_or_default())
    }
}

/// Whether others may have the store open; `None`: it is closed.
fn is_shared(state: &State) -> Option<bool> {
    match state {
        State::Sound(sound) => Some(sound.alone_since.is_none()),
        State::Broken(_) | State::Closed => None,
    }
}
