//! What is written to the database while batches go on being decided ahead of it.

use super::desk::Desk;

/// Writes turns until the store is closed. Those that cannot be written are tried again: they are in the
/// records.
pub(super) fn work(desk: &Desk) {
    while let Some((turns, commits)) = desk.next_turns() {
        desk.write_turns(&turns, commits);
    }
}
