use super::{EngineError, Job};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

/// How many commands may wait; one more is told to come back.
pub(super) const LONGEST: usize = 4_096;
/// How many commands one transaction takes, not counting the rest of a group that is not divided.
const LARGEST_BATCH: usize = 256;

/// What waits for the writer, counted by its commands.
pub(super) struct Queue {
    sender: Sender<Task>,
    waiting: Arc<AtomicUsize>,
}

/// The writer's end of the queue.
pub(super) struct Waiting {
    receiver: Receiver<Task>,
    waiting: Arc<AtomicUsize>,
}

/// What comes to one batch as a whole.
#[allow(
    clippy::large_enum_variant,
    reason = "most commands come alone, and a box would cost each of them one"
)]
pub(super) enum Task {
    /// A command.
    Alone(Job),
    /// Commands of which all are done or none.
    Together(Vec<Job>),
}

impl Task {
    fn commands(&self) -> usize {
        match self {
            Task::Alone(_) => 1,
            Task::Together(jobs) => jobs.len(),
        }
    }
}

/// An empty queue.
pub(super) fn queue() -> (Queue, Waiting) {
    let (sender, receiver) = channel();
    let waiting = Arc::new(AtomicUsize::new(0));
    (Queue { sender, waiting: Arc::clone(&waiting) }, Waiting { receiver, waiting })
}

impl Queue {
    /// How many commands wait.
    pub(super) fn length(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Lets a command in, if there is a place for it.
    pub(super) fn enter(&self, job: Job) -> Result<(), EngineError> {
        self.take_places(1)?;
        self.send(Task::Alone(job))
    }

    /// Lets all of them in, in their order, or none where there is not a place for each.
    pub(super) fn enter_all(&self, tasks: Vec<Task>) -> Result<(), EngineError> {
        self.take_places(tasks.iter().map(Task::commands).sum())?;
        tasks.into_iter().try_for_each(|task| self.send(task))
    }

    fn take_places(&self, count: usize) -> Result<(), EngineError> {
        let more = |waiting: usize| waiting.checked_add(count).filter(|waiting| *waiting <= LONGEST);
        let taken = self.waiting.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        taken.map(drop).map_err(|_| EngineError::Overloaded)
    }

    fn send(&self, task: Task) -> Result<(), EngineError> {
        self.sender.send(task).map_err(|_| EngineError::Unavailable)
    }
}

impl Waiting {
    /// Waits for a command and takes all that wait behind it, as far as a batch goes; `None`: nobody
    /// can send one any more.
    pub(super) fn take_batch(&self) -> Option<Vec<Job>> {
        let mut batch = Vec::new();
        add(&mut batch, self.receiver.recv().ok()?);
        while batch.len() < LARGEST_BATCH {
            match self.receiver.try_recv() {
                Ok(task) => add(&mut batch, task),
                Err(_) => break,
            }
        }
        self.waiting.fetch_sub(batch.len(), Ordering::Relaxed);
        Some(batch)
    }
}

fn add(batch: &mut Vec<Job>, task: Task) {
    match task {
        Task::Alone(job) => batch.push(job),
        Task::Together(jobs) => batch.extend(jobs),
    }
}
