//! What the scribe takes from the desk and gives back.

use super::{AFTER_FAILURE, Desk, State};
use crate::StoreError;
use crate::sqlite::turn::Turn;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

/// After so many commands the scribe tells those who wait for it how far it is: they take a few milliseconds.
const STEP: usize = 64;

impl Desk {
    /// What is to be written next, after a while in which it fills; nothing: nothing may be written any more.
    pub(in crate::sqlite) fn next_turn(&self) -> Option<Arc<Turn>> {
        let mut state = self.state();
        while state.is_sound().is_ok() && state.ahead.is_all_written() {
            state = self.wait(&self.to_write, state);
        }
        let has_failed = state.failure.is_some();
        let fills = |state: &mut State| {
            let is_whole = !has_failed && state.is_filled();
            state.is_sound().is_ok() && !state.is_urgent() && !is_whole
        };
        let pause = if has_failed { AFTER_FAILURE } else { self.pace.turn };
        let waited = self.to_write.wait_timeout_while(state, pause, fills);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.is_sound().ok()?;
        let turn = state.ahead.take_turn();
        state.begin_turn();
        self.passed.store(0, Ordering::Relaxed);
        self.meanwhile.store(0, Ordering::Relaxed);
        drop(state);
        self.written.notify_all();
        Some(turn)
    }

    /// Writes a turn to the database and lets everybody read it.
    pub(in crate::sqlite) fn write_turn(&self, turn: &Turn) {
        let written = self.write_and_copy(turn);
        if written.is_ok() {
            self.at_hand.forget_written(turn);
        }
        let mut state = self.state();
        state.judge(&written);
        if !matches!(written, Ok(false)) {
            // Somebody else has written, or may have.
            state.ahead.known.forget_all();
            self.at_hand.forget();
        }
        match written {
            Ok(_) => {
                state.ahead.is_written_up_to(turn.last);
                self.publish(&state);
                state.failure = None;
                // Whoever has waited for it comes now.
                state.is_idle = false;
            }
            Err(error) => {
                // Whoever waits is told, and it is tried again after a while.
                state.wanted = 0;
                state.failures = state.failures.saturating_add(1);
                state.failure = Some(error);
            }
        }
        drop(state);
        self.written.notify_all();
    }

    fn write_and_copy(&self, turn: &Turn) -> Result<bool, StoreError> {
        let mut database = self.database();
        let is_by_others = database.write_turn(turn, &mut || self.has_passed())?;
        self.begins_with_pages(turn);
        database.commit_turn()?;
        if self.is_nearly_copied.swap(false, Ordering::Relaxed) {
            self.begins_to_copy(turn);
            database.copy_log()?;
        }
        Ok(is_by_others)
    }

    /// The scribe has a command behind it. Whoever begins to wait just now may miss that, and hears of the next.
    fn has_passed(&self) {
        let passed = self.passed.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        if passed.is_multiple_of(STEP) {
            self.written.notify_all();
        }
    }

    /// The scribe has all rows of its turn behind it and writes their pages, which takes about as long as a
    /// quarter of its rows did: others go on meanwhile.
    fn begins_with_pages(&self, turn: &Turn) {
        self.passed.fetch_add(turn.commands() / 4, Ordering::Relaxed);
        self.written.notify_all();
    }

    /// The scribe copies the pages of its turn into the database, now and then, which takes about as long as a
    /// third of its rows did: others go on meanwhile.
    fn begins_to_copy(&self, turn: &Turn) {
        self.meanwhile.store(turn.commands() / 3, Ordering::Relaxed);
        self.written.notify_all();
    }
}
