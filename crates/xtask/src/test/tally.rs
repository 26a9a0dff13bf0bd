//! Counting tests.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use crate::test::Kind;

/// How many tests ended how.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Tally {
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) skipped: usize,
}

/// The tallies of the kinds that a step has run.
pub(super) type Counts = BTreeMap<Kind, Tally>;

impl Tally {
    pub(super) const ONE_PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };
    pub(super) const ONE_FAILED: Self = Self { passed: 0, failed: 1, skipped: 0 };
    pub(super) const ONE_SKIPPED: Self = Self { passed: 0, failed: 0, skipped: 1 };

    /// How many tests there were.
    pub(super) fn total(self) -> usize {
        self.passed + self.failed + self.skipped
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}
