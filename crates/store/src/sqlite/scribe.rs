//! What is written to the database while batches go on being decided ahead of it.

use super::desk::Desk;

/// Writes turns until the store is closed. One that cannot be written is tried again: it is in the records.
pub(super) fn work(desk: &Desk) {
    while let Some(turn) = desk.next_turn() {
        desk.write_turn(&turn);
    }
}
