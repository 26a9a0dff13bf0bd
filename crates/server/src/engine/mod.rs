//! The way of a command: a bounded queue, and one thread that takes all that waits, decides it in
//! order, and writes it in one durable transaction before anyone is answered.
//!
//! It promises that an answer is durable before it is given, that commands on one account are
//! decided one after the other, and that a full queue says so at once. There is no timer: a lone
//! command waits for nobody, and batches grow by themselves under load. It never decides anything
//! itself.

mod batch;
mod in_flight;
mod shop;

pub(crate) use shop::{Rules, Shop};

use crate::clock::Clock;
use fiado_core::account::{Command, Receipt, Rejection};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, ActorId};
use fiado_core::profile::Beside;
use fiado_store::{AnswerKey, Store};
use in_flight::{InFlight, Ticket};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// How many commands may wait; one more is told to come back.
const LONGEST_QUEUE: usize = 4_096;
/// How many commands one transaction takes.
const LARGEST_BATCH: usize = 256;

/// A command with all it needs to be decided and written.
#[derive(Debug)]
pub(crate) struct Work {
    /// The account.
    pub(crate) key: AccountKey,
    /// What is wanted.
    pub(crate) command: Command,
    /// What is kept beside the journal with it.
    pub(crate) beside: Beside,
    /// Who wants it.
    pub(crate) actor: ActorId,
    /// The caller's `Idempotency-Key`.
    pub(crate) idempotency_key: Option<String>,
    /// The account's organization and its time zone.
    pub(crate) organization: Arc<Shop>,
}

/// The decision on a command, durable.
#[derive(Debug, Clone)]
pub(crate) struct Decided {
    /// Yes or no.
    pub(crate) result: Result<Receipt, Rejection>,
    /// When it was decided.
    pub(crate) at: Instant,
    /// Whether it was decided before and is only repeated.
    pub(crate) replayed: bool,
}

/// Why there is no decision. Nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EngineError {
    /// The idempotency key was used for something else.
    KeyReused,
    /// The idempotency key is being worked on.
    KeyInProgress,
    /// Too many commands wait.
    Overloaded,
    /// The store could not write.
    Unavailable,
    /// What is stored of the account cannot be read.
    Damaged,
}

/// A command in the queue, with where its answer goes.
struct Job {
    work: Work,
    answer_key: Option<AnswerKey>,
    fingerprint: [u8; 32],
    reply: oneshot::Sender<Result<Decided, EngineError>>,
    /// Held until the answer is durable, even if the caller has gone.
    ticket: Option<Ticket>,
}

impl Job {
    /// Answers the caller. The key is free before the answer leaves, so that whoever has an answer
    /// can repeat at once. A caller that has gone finds it by its key, its order or its reference.
    fn answer(self, decided: Result<Decided, EngineError>) {
        drop(self.ticket);
        let _ = self.reply.send(decided);
    }
}

/// Takes commands and answers them once they are durable.
pub(crate) struct Engine {
    queue: SyncSender<Job>,
    in_flight: InFlight,
}

impl Engine {
    /// Starts the writer thread over a store. It ends when the engine is dropped and the queue is
    /// empty; whoever stops the server waits for it, so that the store is closed and whole.
    ///
    /// # Errors
    /// Where the machine gives no thread.
    pub(crate) fn start(
        store: Arc<dyn Store>,
        clock: Arc<Clock>,
    ) -> std::io::Result<(Engine, JoinHandle<()>)> {
        let (queue, jobs) = sync_channel(LONGEST_QUEUE);
        let thread = std::thread::Builder::new().name("writer".to_owned());
        let writer = thread.spawn(move || write_batches(&*store, &clock, &jobs))?;
        Ok((Engine { queue, in_flight: InFlight::default() }, writer))
    }

    /// Decides a command and answers once the decision is durable.
    ///
    /// # Errors
    /// See [`EngineError`]; nothing was written then.
    pub(crate) async fn execute(&self, work: Work) -> Result<Decided, EngineError> {
        let answer_key = work.idempotency_key.clone().map(|key| AnswerKey {
            account: work.key.clone(),
            operation: work.command.operation(),
            key,
        });
        let ticket = match &answer_key {
            Some(key) => Some(self.in_flight.enter(key.clone()).ok_or(EngineError::KeyInProgress)?),
            None => None,
        };
        let (reply, answer) = oneshot::channel();
        let fingerprint = batch::fingerprint(&work);
        let job = Job { work, answer_key, fingerprint, reply, ticket };
        self.queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => EngineError::Overloaded,
            TrySendError::Disconnected(_) => EngineError::Unavailable,
        })?;
        answer.await.unwrap_or(Err(EngineError::Unavailable))
    }
}

/// Takes what waits, until the engine is dropped and the queue is empty. Time never runs backwards
/// in the journal, whatever the machine's clock does.
fn write_batches(store: &dyn Store, clock: &Clock, jobs: &Receiver<Job>) {
    let mut latest = store.newest_instant().ok().flatten().unwrap_or(Instant::EPOCH);
    while let Ok(first) = jobs.recv() {
        let mut batch = vec![first];
        batch.extend(jobs.try_iter().take(LARGEST_BATCH - 1));
        latest = latest.max(clock.now());
        let finished = catch_unwind(AssertUnwindSafe(|| batch::run(store, latest, batch)));
        if finished.is_err() {
            // A server that reads and cannot write would look alive: a restart is.
            tracing::error!("the writer failed; the server stops");
            std::process::exit(70);
        }
    }
}
