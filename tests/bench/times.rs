//! How long something took, many times over.

use serde::Serialize;
use std::time::{Duration, Instant};

/// Times in microseconds, the shortest first; at least one.
#[derive(Debug, Clone)]
pub(crate) struct Times(Vec<u64>);

/// How often something is timed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// So many times,
    pub(crate) repeats: usize,
    /// unless this much time has passed before.
    pub(crate) patience: Duration,
}

/// Times as they are kept in files.
#[derive(Debug, Serialize)]
pub(crate) struct Figures {
    repeats: usize,
    median_us: u64,
    p95_us: u64,
    worst_us: u64,
}

impl Times {
    /// Times something again and again, at least once. It is told how often it was done before.
    pub(crate) fn of(bounds: Bounds, mut something: impl FnMut(usize)) -> Times {
        let begun = Instant::now();
        let mut times = Vec::new();
        while times.is_empty() || (times.len() < bounds.repeats && begun.elapsed() < bounds.patience) {
            let turn = times.len();
            times.push(once(|| something(turn)));
        }
        times.sort_unstable();
        Times(times)
    }

    /// The middle one.
    pub(crate) fn median(&self) -> u64 {
        self.percentile(50)
    }

    /// The one that no more than one in twenty is above.
    pub(crate) fn p95(&self) -> u64 {
        self.percentile(95)
    }

    /// The longest.
    pub(crate) fn worst(&self) -> u64 {
        self.percentile(100)
    }

    fn percentile(&self, percent: usize) -> u64 {
        let rank = (self.0.len() * percent).div_ceil(100);
        self.0[rank - 1]
    }

    /// What a file keeps of them.
    pub(crate) fn figures(&self) -> Figures {
        Figures {
            repeats: self.0.len(),
            median_us: self.median(),
            p95_us: self.p95(),
            worst_us: self.worst(),
        }
    }
}

/// How many microseconds something takes, done once.
pub(crate) fn once(something: impl FnOnce()) -> u64 {
    let begun = Instant::now();
    something();
    u64::try_from(begun.elapsed().as_micros()).unwrap()
}

/// Microseconds as people read them: `12.34` milliseconds.
pub(crate) fn milliseconds(microseconds: u64) -> String {
    let hundredths = (microseconds + 5) / 10;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
