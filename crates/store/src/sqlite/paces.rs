//! What every store does, whenever turns are written: only where somebody waits for them, so that
//! everything is found in them that was just done, or at once, so that everything is found in between.

use super::Sqlite;
use super::writer::Pace;
use crate::Store;
use crate::conformance::{CASES, run};
use std::num::NonZeroUsize;
use std::time::Duration;

fn every_case_holds_at(turn: Duration) {
    let pace = Pace { turn, clerk: Duration::from_millis(2) };
    for case in CASES {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("fiado.db");
        let open =
            || -> Box<dyn Store> { Box::new(Sqlite::open_for(&path, NonZeroUsize::MIN, pace).unwrap()) };
        run(case.name, &open);
    }
}

#[test]
fn what_every_store_does_is_done_where_turns_are_written_only_for_those_who_wait() {
    every_case_holds_at(Duration::from_secs(3_600));
}

#[test]
fn what_every_store_does_is_done_where_turns_are_written_at_once() {
    every_case_holds_at(Duration::ZERO);
}
