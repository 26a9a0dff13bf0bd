//! What is done beside, so that neither batches nor turns wait for it: whoever wants to open the store is
//! let in, what was committed is brought to the disk, and SQLite's log is copied into the database.

use super::desk::Desk;
use super::log::{Copying, Log};
use super::open;
use crate::StoreError;
use rusqlite::Connection;
use std::path::Path;
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

    /// Has the disk take what was written, and copies the log once where it is long.
    fn look_after_log(&mut self, desk: &Desk) -> Result<Copying, StoreError> {
        let written = desk.written();
        if self.log.sync()? {
            desk.is_durable_up_to(written);
        }
        self.log.copy_if_long(&self.connection)
    }

    /// Works while the store is open. Between two copies it looks after everything else, which would wait for
    /// seconds otherwise: batches stop where nobody says what the disk has.
    pub(super) fn work(mut self, desk: &Desk) {
        while desk.pause(self.pause).is_some() {
            desk.look_after();
            desk.make_room();
            match self.look_after_log(desk) {
                Ok(Copying::IsNearlyDone) => desk.log_is_nearly_copied(),
                Ok(Copying::Rests | Copying::GoesOn) => {}
                Err(error) => desk.breaks(&error),
            }
        }
    }
}
