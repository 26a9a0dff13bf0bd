use fiado_store::AnswerKey;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The idempotency keys that are being worked on.
#[derive(Default)]
pub(super) struct InFlight(Arc<Mutex<BTreeSet<AnswerKey>>>);

/// The right to work on a key; given back when dropped.
pub(super) struct Ticket {
    key: AnswerKey,
    all: Arc<Mutex<BTreeSet<AnswerKey>>>,
}

impl InFlight {
    /// The right to work on a key, unless somebody has it.
    pub(super) fn enter(&self, key: AnswerKey) -> Option<Ticket> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(key.clone()).then(|| Ticket { key, all: Arc::clone(&self.0) })
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
