//! How SQLite means to run a statement: no list and no load may pass what it does not want.

use super::{Sqlite, open};
use rusqlite::params_from_iter;
use rusqlite::types::Null;

/// The steps of a statement on a new store, a line each.
pub(super) fn steps(sql: &str) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("fiado.db");
    drop(Sqlite::open(&path).unwrap());
    let connection = open::reader(&path).unwrap();
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let nothing = vec![Null; statement.parameter_count()];
    let steps = statement.query_map(params_from_iter(nothing), |row| row.get(3)).unwrap();
    steps.map(Result::unwrap).collect()
}

/// Asserts that a statement searches by a key wherever it looks, and sorts nothing.
pub(super) fn assert_searches(sql: &str) {
    let steps = steps(sql);
    let passes_rows = |step: &String| step.starts_with("SCAN") || step.contains("TEMP B-TREE");
    assert!(!steps.iter().any(passes_rows), "{sql}\n{steps:#?}");
}

/// Asserts the same of a statement whose index has its rows in order of time: it sorts those of the same
/// microsecond.
pub(super) fn assert_searches_by_time(sql: &str) {
    let steps = steps(sql);
    let passes_rows = |step: &String| step.starts_with("SCAN") || step.contains(SORTED);
    assert!(!steps.iter().any(passes_rows), "{sql}\n{steps:#?}");
}

/// The step of a statement that sorts all it has found.
pub(super) const SORTED: &str = "TEMP B-TREE FOR ORDER BY";
