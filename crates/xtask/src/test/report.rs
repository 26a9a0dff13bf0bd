//! What came of the steps: a table by kind, and one last line.

use std::fmt;

use crate::test::kind::Kind;
use crate::test::tally::{Counts, Tally};
use crate::trouble::Trouble;

/// The tallies of the wanted kinds, and what has to be said about them.
pub(super) struct Report {
    rows: Vec<Row>,
    notes: Vec<String>,
    missing_is_failure: bool,
}

struct Row {
    kind: Kind,
    tally: Tally,
    stopped: bool,
}

impl Report {
    /// An empty report on some kinds. In CI a missing part is a failure.
    pub(super) fn new(wanted: &[Kind], in_ci: bool) -> Self {
        let is_wanted = |kind: &Kind| wanted.contains(kind);
        let row = |kind| Row { kind, tally: Tally::default(), stopped: false };
        Self {
            rows: Kind::ALL.into_iter().filter(is_wanted).map(row).collect(),
            notes: Vec::new(),
            missing_is_failure: in_ci,
        }
    }

    /// Those of the kinds that are wanted and that no step has stopped yet.
    pub(super) fn still_running(&self, kinds: &[Kind]) -> Vec<Kind> {
        let running = self.rows.iter().filter(|row| !row.stopped).map(|row| row.kind);
        running.filter(|kind| kinds.contains(kind)).collect()
    }

    /// Adds what a step has counted for the kinds it was done for.
    pub(super) fn count(&mut self, kinds: &[Kind], counts: &Counts) {
        for row in self.rows.iter_mut().filter(|row| kinds.contains(&row.kind)) {
            row.tally += counts.get(&row.kind).copied().unwrap_or_default();
        }
    }

    /// Notes that a step could not be done. What depends on it is not tried.
    pub(super) fn note(&mut self, step: &str, kinds: &[Kind], trouble: &Trouble) {
        let is_skipped = matches!(trouble, Trouble::Missing(_)) && !self.missing_is_failure;
        let tally = if is_skipped { Tally::ONE_SKIPPED } else { Tally::ONE_FAILED };
        for row in self.rows.iter_mut().filter(|row| kinds.contains(&row.kind)) {
            row.tally += tally;
            // The checks do not depend on one another.
            row.stopped = row.kind != Kind::Checks;
        }
        self.notes.push(format!("{} {step}: {trouble}", if is_skipped { "skipped" } else { "failed" }));
    }

    /// Ends the counting. A kind without a single test has not shown anything, so it failed.
    pub(super) fn close(&mut self) {
        for row in self.rows.iter_mut().filter(|row| row.tally.total() == 0) {
            row.tally += Tally::ONE_FAILED;
            self.notes.push(format!("failed {}: there is no test of this kind", row.kind.title()));
        }
    }

    /// Whether anything failed.
    pub(super) fn has_failed(&self) -> bool {
        self.total().failed > 0
    }

    fn total(&self) -> Tally {
        let mut total = Tally::default();
        self.rows.iter().for_each(|row| total += row.tally);
        total
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for note in &self.notes {
            write!(formatter, "\n{note}")?;
        }
        if !self.notes.is_empty() {
            writeln!(formatter)?;
        }
        writeln!(formatter, "\n{:<14} {:>8} {:>8} {:>8}", "kind", "passed", "failed", "skipped")?;
        for Row { kind, tally, .. } in &self.rows {
            let Tally { passed, failed, skipped } = tally;
            writeln!(formatter, "{:<14} {passed:>8} {failed:>8} {skipped:>8}", kind.title())?;
        }
        let Tally { passed, failed, skipped } = self.total();
        writeln!(formatter, "\n{passed} passed, {failed} failed, {skipped} skipped")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report_with(trouble: &Trouble, in_ci: bool) -> Report {
        let mut report = Report::new(&[Kind::Browser, Kind::Unit], in_ci);
        report
            .count(&[Kind::Unit], &Counts::from([(Kind::Unit, Tally { passed: 3, failed: 0, skipped: 1 })]));
        report.note("pages", &[Kind::Browser], trouble);
        report.close();
        report
    }

    #[test]
    fn a_missing_part_is_skipped_but_in_ci_it_fails() {
        let missing = Trouble::missing("Chromium is not installed");
        let failed = Trouble::failed("it fell over");
        for (trouble, in_ci, last_line) in [
            (&missing, false, "3 passed, 0 failed, 2 skipped"),
            (&missing, true, "3 passed, 1 failed, 1 skipped"),
            (&failed, false, "3 passed, 1 failed, 1 skipped"),
        ] {
            let report = report_with(trouble, in_ci);
            assert_eq!(report.to_string().lines().last(), Some(last_line));
            assert_eq!(report.has_failed(), !last_line.contains(" 0 failed"));
        }
    }

    #[test]
    fn a_kind_without_tests_fails() {
        let mut report = Report::new(&[Kind::Http], false);
        report.close();
        assert_eq!(report.to_string().lines().last(), Some("0 passed, 1 failed, 0 skipped"));
    }

    #[test]
    fn a_failed_step_stops_its_kinds_and_no_others() {
        let mut report = Report::new(&Kind::ALL, false);
        report.note("package", &[Kind::Checks, Kind::Parity], &Trouble::failed("it fell over"));
        assert_eq!(
            report.still_running(&[Kind::Checks, Kind::Unit, Kind::Parity]),
            [Kind::Checks, Kind::Unit]
        );
    }
}
