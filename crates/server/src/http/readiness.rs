use super::App;
use crate::engine::Idleness;
use fiado_store::{Store, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// How long whoever asks waits for the store.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a no is believed, and what the store answered to a read, however often it is asked about.
const BELIEVED_FOR: Duration = Duration::from_secs(1);
/// How long it is believed that the store commits: asking costs a sync.
const COMMIT_BELIEVED_FOR: Duration = Duration::from_secs(5);
/// How long a commit may take: it may have to wait for a batch.
const LONGEST_COMMIT: Duration = Duration::from_secs(5);

/// Why the server should be sent nothing now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotReady {
    /// It stops.
    Stopping,
    /// The thread that writes has ended or is stuck.
    WriterStuck,
    /// As many commands wait as may.
    QueueFull,
    /// The store does not answer, or not in time.
    StoreUnavailable,
    /// The store can be read, and commits nothing, or not in time.
    StoreNotWritable,
}

impl NotReady {
    /// The word it is told by.
    pub(super) const fn word(self) -> &'static str {
        match self {
            NotReady::Stopping => "stopping",
            NotReady::WriterStuck => "writer_stuck",
            NotReady::QueueFull => "queue_full",
            NotReady::StoreUnavailable => "store_unavailable",
            NotReady::StoreNotWritable => "store_not_writable",
        }
    }
}

/// What is known of the server's being ready.
#[derive(Default)]
pub(super) struct Readiness {
    stopping: AtomicBool,
    probes: Mutex<Probes>,
}

impl Readiness {
    /// Notes that the server stops.
    pub(super) fn is_stopping(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }
}

/// Nothing, if the server can serve.
pub(super) async fn check(app: &App) -> Result<(), NotReady> {
    if app.readiness.stopping.load(Ordering::Relaxed) {
        return Err(NotReady::Stopping);
    }
    app.engine.is_at_work().map_err(|idleness| match idleness {
        Idleness::WriterStuck => NotReady::WriterStuck,
        Idleness::QueueFull => NotReady::QueueFull,
    })?;
    app.readiness.probes.lock().await.check(&app.store).await
}

/// What the store is asked.
struct Probes {
    read: Probe,
    commit: Probe,
}

impl Default for Probes {
    fn default() -> Probes {
        Probes {
            read: Probe::new(|store| store.signing_key().map(drop), BELIEVED_FOR, PATIENCE),
            commit: Probe::new(|store| store.can_write(), COMMIT_BELIEVED_FOR, LONGEST_COMMIT),
        }
    }
}

impl Probes {
    async fn check(&mut self, store: &Arc<dyn Store>) -> Result<(), NotReady> {
        if !self.read.is_answered(store).await {
            Err(NotReady::StoreUnavailable)
        } else if !self.commit.is_answered(store).await {
            Err(NotReady::StoreNotWritable)
        } else {
            Ok(())
        }
    }
}

/// A question to the store, of which one is asked at a time: a store that never answers keeps one thread and
/// no more.
struct Probe {
    ask: fn(&dyn Store) -> Result<(), StoreError>,
    /// How long a yes is believed.
    believed_for: Duration,
    /// How long an answer may take.
    longest: Duration,
    /// What is believed, and until when.
    believed: Option<(bool, Instant)>,
    asked: Option<(Instant, JoinHandle<Result<(), StoreError>>)>,
}

impl Probe {
    fn new(
        ask: fn(&dyn Store) -> Result<(), StoreError>,
        believed_for: Duration,
        longest: Duration,
    ) -> Probe {
        Probe { ask, believed_for, longest, believed: None, asked: None }
    }

    /// Whether the store says yes, as far as is known: what takes longer than we wait, but not too long,
    /// is as it was before.
    async fn is_answered(&mut self, store: &Arc<dyn Store>) -> bool {
        if let Some((answer, _)) = self.believed.filter(|(_, until)| Instant::now() < *until) {
            return answer;
        }
        let (store, ask) = (Arc::clone(store), self.ask);
        let begin = || (Instant::now(), tokio::task::spawn_blocking(move || ask(&*store)));
        let (since, asked) = self.asked.get_or_insert_with(begin);
        let (answer, believed_for) = match tokio::time::timeout(PATIENCE, asked).await {
            Ok(answer) => {
                self.asked = None;
                let answer = matches!(answer, Ok(Ok(())));
                (answer, if answer { self.believed_for } else { BELIEVED_FOR })
            }
            Err(_) => {
                let before = self.believed.is_none_or(|(answer, _)| answer);
                (before && since.elapsed() < self.longest, BELIEVED_FOR)
            }
        };
        self.believed = Some((answer, Instant::now() + believed_for));
        answer
    }
}
