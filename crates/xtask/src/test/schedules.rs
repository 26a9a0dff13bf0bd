//! The parts of plans with interest, held against an implementation that is not ours:
//! `tests/schedules/check.py`, which asks the core's example `schedules`.

use crate::python;
use crate::shell;
use crate::test::kind::Kind;
use crate::test::tally::{Counts, Tally};
use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;

/// Runs the checks and counts them.
pub(super) fn test(workspace: &Workspace) -> Outcome<Counts> {
    let python = python::with_pinned(workspace, &workspace.path("tests/schedules/requirements.txt"))?;
    // With the features of the whole workspace, as everything that is tested.
    shell::run(workspace.cargo().args(["build", "--workspace", "--example", "schedules"]))?;

    let mut check = workspace.in_root(python);
    check.arg(workspace.path("tests/schedules/check.py")).arg(workspace.built("debug/examples/schedules"));
    let mut tally = None;
    let passed = shell::stream(&mut check, |line| tally = summary(line).or(tally))?;
    match tally {
        Some(tally) if passed || tally.failed > 0 => Ok(Counts::from([(Kind::Schedules, tally)])),
        _ => Err(Trouble::failed(format!("`{}` failed", shell::spoken(&check)))),
    }
}

/// The numbers of the last line: `6 passed, 0 failed`.
fn summary(line: &str) -> Option<Tally> {
    let (passed, failed) = line.strip_suffix(" failed")?.split_once(" passed, ")?;
    Some(Tally { passed: passed.parse().ok()?, failed: failed.parse().ok()?, skipped: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_last_line() {
        assert_eq!(summary("6 passed, 1 failed"), Some(Tally { passed: 6, failed: 1, skipped: 0 }));
        for line in ["", "ok     simple interest: 2500 cases", "FAILED something failed"] {
            assert_eq!(summary(line), None, "{line:?}");
        }
    }
}
