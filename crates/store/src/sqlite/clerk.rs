//! What is done beside the writer, so that no batch waits for it: where no more batches come, the open
//! transaction is committed and others are let in; and SQLite's log is copied into the database.

use super::log::Log;
use super::open;
use super::writer::{Desk, State};
use crate::StoreError;
use rusqlite::Connection;
use std::path::Path;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Whoever does it.
pub(super) struct Clerk {
    connection: Connection,
    log: Log,
    pause: Duration,
}

impl Clerk {
    /// One who looks whether there is anything to do after each pause.
    pub(super) fn of(path: &Path, pause: Duration) -> Result<Clerk, StoreError> {
        Ok(Clerk { connection: open::copier(path)?, log: Log::of(path), pause })
    }

    /// Works while the store is open.
    pub(super) fn work(mut self, desk: &Desk) {
        while self.wait(desk).is_some() {
            // What the disk has taken before is not waited for when the writer's own sync comes.
            self.log.sync();
            let _ = desk.lock().with(|sound| {
                let has_been_idle = std::mem::replace(&mut sound.is_idle, true);
                // Where it fails, it is tried again: what was answered is in the records.
                if has_been_idle { sound.seal(&desk.unshown) } else { Ok(()) }
            });
            if self.log.copy_if_long(&self.connection) {
                desk.is_nearly_copied.store(true, Ordering::Relaxed);
            }
        }
    }

    /// Waits until somebody has had the store alone for a while. `None`: it is closed.
    fn wait(&self, desk: &Desk) -> Option<()> {
        let mut state = desk.lock();
        while is_shared(&state)? {
            state = desk.bell.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let is_open = |state: &mut State| is_shared(state).is_some();
        let waited = desk.bell.wait_timeout_while(state, self.pause, is_open);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        is_shared(&state).map(drop)
    }
}

/// Whether others may have the store open; `None`: it is closed.
fn is_shared(state: &State) -> Option<bool> {
    match state {
        State::Sound(sound) => Some(sound.alone_since.is_none()),
        State::Broken(_) | State::Closed => None,
    }
}
