//! What is counted while a run is under way, and what is said of it afterwards.

use super::Answer;
use hdrhistogram::Histogram;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::time::Instant;

/// The longest time that is told apart from longer ones: a minute, in nanoseconds.
const LONGEST_NS: u64 = 60_000_000_000;

/// Three digits of every time are kept.
const DIGITS: u8 = 3;

/// How much of a wrong answer is shown.
const SHOWN: usize = 500;

/// The counts of a run. Times are those of requests that were due while it was measured, the rate that
/// of answers that came in that time.
pub(super) struct Tally {
    opens: Instant,
    /// Nothing where the run ends with its last answer.
    closes: Option<Instant>,
    answers: u64,
    last: Instant,
    times_ns: Histogram<u64>,
    statuses: BTreeMap<u16, u64>,
    wrong: u64,
    lost: u64,
    unsent: u64,
    first_trouble: Option<String>,
}

/// What came of a run.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Taken {
    /// How many answers came while it was measured.
    pub(crate) answers: u64,
    /// How many that is a second.
    pub(crate) per_second: u64,
    /// The time that half of the requests did not take, in nanoseconds.
    pub(crate) p50_ns: u64,
    /// That 19 in 20 did not take.
    pub(crate) p95_ns: u64,
    /// That 99 in 100 did not take.
    pub(crate) p99_ns: u64,
    /// The longest.
    pub(crate) worst_ns: u64,
    /// How often each status was answered, the warm-up included.
    pub(crate) statuses: BTreeMap<u16, u64>,
    /// How many answers were not what they had to be, the warm-up included.
    pub(crate) wrong: u64,
    /// How many connections were lost.
    pub(crate) lost: u64,
    /// How many requests were due and could not be sent before the run was given up.
    pub(crate) unsent: u64,
    /// The first thing that went wrong.
    pub(crate) first_trouble: Option<String>,
}

impl Tally {
    pub(super) fn new(opens: Instant, closes: Option<Instant>) -> Tally {
        Tally {
            opens,
            closes,
            answers: 0,
            last: opens,
            times_ns: Histogram::new_with_max(LONGEST_NS, DIGITS).unwrap(),
            statuses: BTreeMap::new(),
            wrong: 0,
            lost: 0,
            unsent: 0,
            first_trouble: None,
        }
    }

    /// An answer has come to what was due at a moment.
    pub(super) fn answered(&mut self, due: Instant, answer: &Answer<'_>, is_right: bool) {
        let now = Instant::now();
        *self.statuses.entry(answer.status).or_default() += 1;
        if !is_right {
            self.wrong += 1;
            self.first_trouble.get_or_insert_with(|| answer.to_string().chars().take(SHOWN).collect());
        }
        if due >= self.opens {
            let time = u64::try_from((now - due).as_nanos()).unwrap();
            self.times_ns.saturating_record(time);
        }
        if now >= self.opens && self.closes.is_none_or(|closes| now <= closes) {
            self.answers += 1;
            self.last = now;
        }
    }

    /// A connection was lost, or could not be made.
    pub(super) fn lost(&mut self, error: &dyn Display) {
        self.lost += 1;
        self.first_trouble.get_or_insert_with(|| format!("no answer: {error}"));
    }

    /// So many requests were due and are given up.
    pub(super) fn unsent(&mut self, count: u64) {
        self.unsent = count;
    }

    pub(super) fn taken(self) -> Taken {
        let measured = self.closes.unwrap_or(self.last) - self.opens;
        let per_second = u128::from(self.answers) * 1_000_000_000 / measured.as_nanos().max(1);
        Taken {
            answers: self.answers,
            per_second: u64::try_from(per_second).unwrap(),
            p50_ns: self.times_ns.value_at_quantile(0.50),
            p95_ns: self.times_ns.value_at_quantile(0.95),
            p99_ns: self.times_ns.value_at_quantile(0.99),
            worst_ns: self.times_ns.max(),
            statuses: self.statuses,
            wrong: self.wrong,
            lost: self.lost,
            unsent: self.unsent,
            first_trouble: self.first_trouble,
        }
    }
}

impl Taken {
    /// Whether all that was asked was answered as it had to be.
    pub(crate) fn is_sound(&self) -> bool {
        self.answers > 0 && (self.wrong, self.lost, self.unsent) == (0, 0, 0)
    }

    /// How often a status was answered.
    pub(crate) fn count_of(&self, status: u16) -> u64 {
        self.statuses.get(&status).copied().unwrap_or_default()
    }

    /// Stops the benchmark where something was not answered as it had to be: for what has to be there
    /// before anything is measured.
    ///
    /// # Panics
    /// With what went wrong first.
    pub(crate) fn must_be_sound(self) -> Taken {
        assert!(self.is_sound(), "{self:?}");
        self
    }
}
