//! What the scribe takes from the desk and gives back.

use super::{AFTER_FAILURE, Condition, Desk, State};
use crate::StoreError;
use crate::sqlite::turn::Turn;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

/// After so many commands whoever outruns the scribe may go on: they take a few milliseconds.
const STEP: usize = 64;

impl Desk {
    /// What is to be written next, after a while in which it fills; nothing: the store is closed.
    pub(in crate::sqlite) fn next_turn(&self) -> Option<Arc<Turn>> {
        let mut state = self.state();
        while state.ahead.is_all_written() {
            if matches!(state.condition, Condition::Closed) {
                return None;
            }
            state = self.wait(&self.to_write, state);
        }
        let is_open = |state: &State| !matches!(state.condition, Condition::Closed);
        let fills = |state: &mut State| !state.is_urgent() && !state.is_filled() && is_open(state);
        let pause = if state.failure.is_some() { AFTER_FAILURE } else { self.pace.turn };
        let waited = self.to_write.wait_timeout_while(state, pause, fills);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if !is_open(&state) {
            return None;
        }
        let turn = state.ahead.take_turn();
        drop(state);
        self.steps_on();
        Some(turn)
    }

    /// Writes a turn to the database and lets everybody read it.
    pub(in crate::sqlite) fn write_turn(&self, turn: &Turn) {
        let written = self.write_and_copy(turn);
        if written.is_ok() {
            self.at_hand.is_written(turn);
        }
        let mut gone = None;
        let mut state = self.state();
        state.is_committing = false;
        state.judge(&written);
        match written {
            Ok(is_by_others) => {
                if is_by_others {
                    state.ahead.known.forget_all();
                    self.at_hand.forget();
                }
                gone = state.ahead.turn_is_written();
                self.publish(&state);
                state.failure = None;
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
        drop(gone);
    }

    fn write_and_copy(&self, turn: &Turn) -> Result<bool, StoreError> {
        let mut passed = 0_usize;
        let is_by_others = self.database().write_turn(turn, &mut || {
            passed = passed.wrapping_add(1);
            if passed.is_multiple_of(STEP) {
                self.steps_on();
            }
        })?;
        self.state().is_committing = true;
        self.written.notify_all();
        let mut database = self.database();
        database.commit_turn()?;
        if self.is_nearly_copied.swap(false, Ordering::Relaxed) {
            database.copy_log()?;
        }
        Ok(is_by_others)
    }

    /// The scribe has come a step further. Whoever begins to wait just now may miss it, and goes on with the
    /// next one.
    fn steps_on(&self) {
        self.steps.fetch_add(1, Ordering::Relaxed);
        self.written.notify_all();
    }
}
