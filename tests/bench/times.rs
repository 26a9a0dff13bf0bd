//! How long something took, many times over.

use serde::Serialize;
use std::time::{Duration, Instant};

/// How often something is timed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// So many times,
    pub(crate) repeats: usize,
    /// unless this much time has passed before.
    pub(crate) patience: Duration,
}

/// What is said of many times, in microseconds.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figures {
    /// How many they are.
    pub(crate) repeats: usize,
    /// The middle one.
    pub(crate) median_us: u64,
    /// The one that no more than one in twenty is above.
    pub(crate) p95_us: u64,
    /// The longest.
    pub(crate) worst_us: u64,
}

/// Times something again and again, at least once. It is told how often it was done before.
pub(crate) fn many(bounds: Bounds, mut something: impl FnMut(usize)) -> Figures {
    let begun = Instant::now();
    let mut times = Vec::new();
    while times.is_empty() || (times.len() < bounds.repeats && begun.elapsed() < bounds.patience) {
        let turn = times.len();
        times.push(once(|| something(turn)).1);
    }
    times.sort_unstable();
    let percentile = |percent: usize| times[(times.len() * percent).div_ceil(100) - 1];
    Figures {
        repeats: times.len(),
        median_us: percentile(50),
        p95_us: percentile(95),
        worst_us: percentile(100),
    }
}

/// Does something once; how many microseconds it took.
pub(crate) fn once<T>(something: impl FnOnce() -> T) -> (T, u64) {
    let begun = Instant::now();
    let done = something();
    (done, u64::try_from(begun.elapsed().as_micros()).unwrap())
}

/// Microseconds as people read them: `12.34` milliseconds.
pub(crate) fn milliseconds(microseconds: u64) -> String {
    let hundredths = (microseconds + 5) / 10;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The same without zeros at its end: `12.3`, `5`.
pub(crate) fn brief_milliseconds(microseconds: u64) -> String {
    milliseconds(microseconds).trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The middle one; the lower of two.
pub(crate) fn middle(figures: impl Iterator<Item = u64>) -> Option<u64> {
    let mut sorted: Vec<u64> = figures.collect();
    sorted.sort_unstable();
    sorted.get(sorted.len().saturating_sub(1) / 2).copied()
}
