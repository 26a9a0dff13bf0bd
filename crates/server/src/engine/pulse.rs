use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long a batch may take before nobody believes that it ends.
const LONGEST_BATCH: Duration = Duration::from_secs(5);
/// No batch is being written.
const IDLE: u64 = u64::MAX;
/// The writer has ended.
const ENDED: u64 = u64::MAX - 1;

/// A sign of life of the writer: since when it has been busy with its batch.
#[derive(Clone)]
pub(super) struct Pulse {
    started: Instant,
    /// Milliseconds after the start, or [`IDLE`], or [`ENDED`].
    busy_since: Arc<AtomicU64>,
}

impl Pulse {
    pub(super) fn new() -> Pulse {
        Pulse { started: Instant::now(), busy_since: Arc::new(AtomicU64::new(IDLE)) }
    }

    /// Whether the writer is there, and not stuck in a batch.
    pub(super) fn beats(&self) -> bool {
        self.beats_at(Instant::now())
    }

    fn beats_at(&self, now: Instant) -> bool {
        match self.busy_since.load(Ordering::Relaxed) {
            IDLE => true,
            ENDED => false,
            since => {
                let busy = self.milliseconds_at(now).saturating_sub(since);
                busy <= u64::try_from(LONGEST_BATCH.as_millis()).unwrap_or(u64::MAX)
            }
        }
    }

    fn milliseconds_at(&self, now: Instant) -> u64 {
        u64::try_from(now.saturating_duration_since(self.started).as_millis()).unwrap_or(0)
    }

    /// A batch begins.
    pub(super) fn is_busy(&self) {
        self.busy_since.store(self.milliseconds_at(Instant::now()), Ordering::Relaxed);
    }

    /// A batch is done.
    pub(super) fn is_idle(&self) {
        self.busy_since.store(IDLE, Ordering::Relaxed);
    }

    /// The writer ends.
    pub(super) fn ends(&self) {
        self.busy_since.store(ENDED, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_that_is_stuck_or_has_ended_gives_no_sign_of_life() {
        let pulse = Pulse::new();
        assert!(pulse.beats());
        pulse.is_busy();
        let now = Instant::now();
        assert!(pulse.beats_at(now) && pulse.beats_at(now + LONGEST_BATCH / 2));
        assert!(!pulse.beats_at(now + LONGEST_BATCH * 2));
        pulse.is_idle();
        assert!(pulse.beats_at(now + LONGEST_BATCH * 2), "idle for long is no fault");
        pulse.ends();
        assert!(!pulse.beats());
    }
}
