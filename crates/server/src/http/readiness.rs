use super::App;
use crate::engine::Idleness;
use fiado_store::{Store, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// How long the store may take to answer.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long what the store answered is believed, however often it is asked about.
const BELIEVED_FOR: Duration = Duration::from_secs(1);

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
}

impl NotReady {
    /// The word it is told by.
    pub(super) const fn word(self) -> &'static str {
        match self {
            NotReady::Stopping => "stopping",
            NotReady::WriterStuck => "writer_stuck",
            NotReady::QueueFull => "queue_full",
            NotReady::StoreUnavailable => "store_unavailable",
        }
    }
}

/// What is known of the server's being ready.
#[derive(Default)]
pub(super) struct Readiness {
    stopping: AtomicBool,
    probe: Mutex<Probe>,
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
    let answers = app.readiness.probe.lock().await.store_answers(&app.store).await;
    if answers { Ok(()) } else { Err(NotReady::StoreUnavailable) }
}

/// One question to the store at a time: a store that never answers keeps one thread and no more.
#[derive(Default)]
struct Probe {
    last: Option<(Instant, bool)>,
    asked: Option<JoinHandle<Result<[u8; 32], StoreError>>>,
}

impl Probe {
    async fn store_answers(&mut self, store: &Arc<dyn Store>) -> bool {
        if let Some((_, answers)) = self.last.filter(|(when, _)| when.elapsed() < BELIEVED_FOR) {
            return answers;
        }
        let store = Arc::clone(store);
        let ask = || tokio::task::spawn_blocking(move || store.signing_key());
        let asked = self.asked.get_or_insert_with(ask);
        let answers = match tokio::time::timeout(PATIENCE, asked).await {
            Ok(answer) => {
                self.asked = None;
                matches!(answer, Ok(Ok(_)))
            }
            Err(_) => false,
        };
        self.last = Some((Instant::now(), answers));
        answers
    }
}
