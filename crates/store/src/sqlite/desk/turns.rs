//! What the scribe takes from the desk and gives back.

use super::{AFTER_FAILURE, Condition, Desk, MOST_IN_HAND, MOST_OF_ONE, State};
use crate::StoreError;
use crate::sqlite::turn::{MOST_IN_TURN, Turn};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

impl Desk {
    /// What is to be written next, after a while in which it fills, and whether it is to be committed;
    /// nothing: the store is closed.
    pub(in crate::sqlite) fn next_turns(&self) -> Option<(Vec<Arc<Turn>>, bool)> {
        let mut state = self.state();
        while state.ahead.is_all_written() {
            if matches!(state.condition, Condition::Closed) {
                return None;
            }
            state = self.wait(&self.to_write, state);
        }
        let is_open = |state: &State| !matches!(state.condition, Condition::Closed);
        let is_filled = |state: &State| state.ahead.waiting() >= MOST_IN_TURN;
        let fills = |state: &mut State| !state.is_urgent() && !is_filled(state) && is_open(state);
        let pause = if state.failure.is_some() { AFTER_FAILURE } else { self.pace.turn };
        let waited = self.to_write.wait_timeout_while(state, pause, fills);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if matches!(state.condition, Condition::Closed) {
            return None;
        }
        if state.ahead.in_hand() == 0 {
            state.begun = Instant::now();
        }
        let nobody_goes_on = state.ahead.waiting() == 0;
        let turns = state.ahead.take_turns();
        state.taken = state.taken.wrapping_add(1);
        let is_long = state.begun.elapsed() >= self.pace.transaction
            || state.ahead.in_hand() >= MOST_IN_HAND
            || state.ahead.most_of_one() >= MOST_OF_ONE;
        let has_wanted = turns.last().is_some_and(|turn| turn.last >= state.wanted);
        let is_wanted = state.is_urgent() && has_wanted;
        let commits = is_wanted || nobody_goes_on || is_long;
        self.written.notify_all();
        Some((turns, commits))
    }

    /// Writes turns to the database, and lets everybody read them if they are to be committed.
    pub(in crate::sqlite) fn write_turns(&self, turns: &[Arc<Turn>], commits: bool) {
        let written = self.write_and_copy(turns, commits);
        if commits && written.is_ok() {
            self.at_hand.are_written(turns);
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
                if commits {
                    gone = Some(state.ahead.turns_are_written());
                    self.publish(&state);
                }
                state.failure = None;
            }
            Err(error) => {
                state.failures = state.failures.saturating_add(1);
                state.failure = Some(error);
            }
        }
        drop(state);
        self.written.notify_all();
        drop(gone);
    }

    fn write_and_copy(&self, turns: &[Arc<Turn>], commits: bool) -> Result<bool, StoreError> {
        let is_by_others = self.database().write_turns(turns)?;
        if commits {
            self.state().is_committing = true;
            self.written.notify_all();
            let mut database = self.database();
            database.commit_turns()?;
            if self.is_nearly_copied.swap(false, Ordering::Relaxed) {
                database.copy_log()?;
            }
        }
        Ok(is_by_others)
    }
}
