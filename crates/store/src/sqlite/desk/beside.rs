//! What the clerk does at the desk.

use super::{Condition, Desk, ROOM, State};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

impl Desk {
    /// What the clerk does: where others want in, they are let in; where nothing has been done for a while, and
    /// the scribe has nothing in hand, everything is made durable in the database; where others were let in a
    /// while ago, the store is had alone again.
    pub(in crate::sqlite) fn look_after(&self) {
        let Ok(mut state) = self.sound() else { return };
        let nobody_came = std::mem::replace(&mut state.is_idle, true);
        // Whoever waits for the scribe has come, and is not to wait for all that fills meanwhile too.
        let has_been_idle = nobody_came && !state.ahead.unwritten().is_in_hand();
        // Where it fails, it is tried again: what was answered is in the records.
        let _ = if !state.ahead.redo.is_alone() {
            self.try_to_be_alone(&mut state).map(drop)
        } else if state.ahead.redo.is_knocked_at() {
            self.share(state)
        } else if has_been_idle && state.failure.is_none() {
            self.settle(state).map(drop)
        } else {
            Ok(())
        };
    }

    /// Makes room for the records of the next moments, so that no batch has to.
    pub(in crate::sqlite) fn make_room(&self) {
        let (reserve, wanted) = {
            let state = self.state();
            if !state.ahead.redo.has_grown() {
                return;
            }
            (state.ahead.redo.reserve(), state.ahead.redo.wanted(ROOM as u64))
        };
        // Where there is none to be had, the batch that needs it will tell.
        let _ = reserve.grow_towards(wanted, ROOM);
    }

    /// Waits for a while; nothing: the store is closed.
    pub(in crate::sqlite) fn pause(&self, pause: Duration) -> Option<()> {
        let is_open = |state: &mut State| !matches!(state.condition, Condition::Closed);
        let waited = self.written.wait_timeout_while(self.state(), pause, is_open);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        is_open(&mut state).then_some(())
    }

    /// The number of the last batch that is in the database.
    pub(in crate::sqlite) fn written(&self) -> u64 {
        self.written_up_to.load(Ordering::Acquire)
    }

    /// The disk has what the database held up to a batch: the records of it are of no more use.
    pub(in crate::sqlite) fn is_durable_up_to(&self, number: u64) {
        self.state().ahead.is_durable_up_to(number);
    }

    /// Of the log hardly anything is left to be copied into the database: the scribe may do it.
    pub(in crate::sqlite) fn log_is_nearly_copied(&self) {
        self.is_nearly_copied.store(true, Ordering::Relaxed);
    }
}
