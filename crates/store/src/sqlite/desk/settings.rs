//! What is written that is no batch: settings, and what is forgotten.

use super::Desk;
use crate::StoreError;
use rusqlite::Transaction;

impl Desk {
    /// Runs `work` in a transaction and makes it durable; where `work` fails, nothing was written. Batches go
    /// on: it waits for what the scribe writes just now, and finds nothing that waits for the scribe.
    pub(in crate::sqlite) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        drop(self.sound()?);
        let settled = self.database().settle(work);
        let mut state = self.state();
        state.judge(&settled);
        let (done, batches) = settled?;
        // Something else may have failed meanwhile.
        state.is_sound()?;
        if state.ahead.redo.is_alone() {
            state.ahead.is_durable_up_to(batches);
        }
        Ok(done)
    }

    /// The same where `work` has to find everything that has been answered: no batch begins meanwhile.
    pub(in crate::sqlite) fn write_after_all<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut state = self.drained(self.sound()?)?;
        let settled = self.database().settle(work);
        state.judge(&settled);
        let (done, batches) = settled?;
        if state.ahead.redo.is_alone() {
            state.ahead.is_settled(batches);
        }
        Ok(done)
    }

    /// Whether something would be durable if it were written now: nothing that was answered waits for a turn
    /// that could not be written.
    pub(in crate::sqlite) fn can_write(&self) -> Result<(), StoreError> {
        let state = self.sound()?;
        if state.failure.is_some() {
            return Err(state.why_not_written());
        }
        drop(state);
        self.write(|_| Ok(()))
    }
}
