use super::{EngineError, Job};
use fiado_core::identity::AccountKey;
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long a writer that has just answered stays awake where nothing waits.
const WAKEFUL: Duration = Duration::from_micros(150);

/// How many commands may wait; one more is told to come back.
pub(super) const LONGEST: usize = 4_096;
/// How many commands one transaction takes, not counting the rest of a group that is not divided.
const LARGEST_BATCH: usize = 256;
/// How many tasks must wait before a batch is begun while another is being written: a smaller one would
/// mostly pay for being one.
const ENOUGH_BESIDE_ANOTHER: usize = 16;

/// What waits for the writers, counted by its commands. No more comes once this is dropped.
pub(super) struct Queue(Arc<Shared>);

/// The writers' end of the queue.
#[derive(Clone)]
pub(super) struct Waiting(Arc<Shared>);

struct Shared {
    waiting: AtomicUsize,
    state: Mutex<State>,
    something_came: Condvar,
}

#[derive(Default)]
struct State {
    tasks: VecDeque<Task>,
    /// How many batches are being written, and their accounts.
    under_way: usize,
    taken: HashSet<AccountKey>,
    /// How many of the first tasks have to wait for these batches, so that nobody looks through them again.
    blocked: usize,
    /// How many writers wait for something to come: to ring for nobody costs a call of the system.
    idle: usize,
    /// Nobody else can have an account then.
    has_one_writer: bool,
    is_closed: bool,
}

/// What a writer has taken. No other writer is given a command on any of these accounts before this is
/// dropped: it would only wait for their locks, and all that is in its batch with it.
pub(super) struct Batch {
    pub(super) jobs: Vec<Job>,
    accounts: Vec<AccountKey>,
    queue: Arc<Shared>,
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
    fn jobs(&self) -> &[Job] {
        match self {
            Task::Alone(job) => std::slice::from_ref(job),
            Task::Together(jobs) => jobs,
        }
    }
}

/// An empty queue for so many writers.
pub(super) fn queue(writers: usize) -> (Queue, Waiting) {
    let shared = Arc::new(Shared {
        waiting: AtomicUsize::new(0),
        state: Mutex::new(State { has_one_writer: writers == 1, ..State::default() }),
        something_came: Condvar::new(),
    });
    (Queue(Arc::clone(&shared)), Waiting(shared))
}

impl Queue {
    /// How many commands wait.
    pub(super) fn length(&self) -> usize {
        self.0.waiting.load(Ordering::Relaxed)
    }

    /// Lets a command in, if there is a place for it.
    pub(super) fn enter(&self, job: Job) -> Result<(), EngineError> {
        self.take_places(1)?;
        self.0.add([Task::Alone(job)]);
        Ok(())
    }

    /// Lets all of them in, in their order, or none where there is not a place for each.
    pub(super) fn enter_all(&self, tasks: Vec<Task>) -> Result<(), EngineError> {
        self.take_places(tasks.iter().map(|task| task.jobs().len()).sum())?;
        self.0.add(tasks);
        Ok(())
    }

    fn take_places(&self, count: usize) -> Result<(), EngineError> {
        let more = |waiting: usize| waiting.checked_add(count).filter(|waiting| *waiting <= LONGEST);
        let taken = self.0.waiting.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        taken.map(drop).map_err(|_| EngineError::Overloaded)
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.0.state().is_closed = true;
        self.0.something_came.notify_all();
    }
}

impl Waiting {
    /// Waits for a command and takes all that wait behind it, as far as a batch goes, but those on
    /// accounts that another writer has at hand; `None`: nothing waits, and nobody can send more.
    pub(super) fn take_batch(&self) -> Option<Batch> {
        self.stay_awake();
        let mut state = self.0.state();
        loop {
            let (jobs, accounts) = if state.may_begin() { state.take() } else { Default::default() };
            if !jobs.is_empty() {
                state.under_way = state.under_way.saturating_add(1);
                self.0.waiting.fetch_sub(jobs.len(), Ordering::Relaxed);
                self.0.tell_of_what_waits(&state);
                return Some(Batch { jobs, accounts, queue: Arc::clone(&self.0) });
            }
            if state.is_closed && state.tasks.is_empty() {
                return None;
            }
            state.idle = state.idle.saturating_add(1);
            state = self.0.something_came.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle = state.idle.saturating_sub(1);
        }
    }

    /// Waits for a moment without sleeping: whoever was answered just now often comes back at once, and to be
    /// woken takes as long as half of a command. Whoever is to tell the answer may have to do it on this
    /// processor, and is let go first.
    fn stay_awake(&self) {
        let begun = Instant::now();
        while self.0.waiting.load(Ordering::Relaxed) == 0 && begun.elapsed() < WAKEFUL {
            thread::yield_now();
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, tasks: impl IntoIterator<Item = Task>) {
        let mut state = self.state();
        state.tasks.extend(tasks);
        self.tell_of_what_waits(&state);
    }

    /// Wakes a writer, if there is one to whom it would be of use.
    fn tell_of_what_waits(&self, state: &State) {
        if state.idle > 0 && state.may_begin() {
            self.something_came.notify_one();
        }
    }
}

impl State {
    /// Whether enough waits for a batch.
    fn may_begin(&self) -> bool {
        let enough = if self.under_way == 0 { 1 } else { ENOUGH_BESIDE_ANOTHER };
        self.tasks.len().saturating_sub(self.blocked) >= enough
    }

    /// The next commands, and their accounts. Those on one account stay in their order: behind what has to
    /// wait, nothing is taken that names one of its accounts.
    fn take(&mut self) -> (Vec<Job>, Vec<AccountKey>) {
        let (mut jobs, mut left, mut passed) = (Vec::new(), VecDeque::new(), HashSet::new());
        let mut accounts = BTreeSet::new();
        while jobs.len() < LARGEST_BATCH
            && let Some(task) = self.tasks.pop_front()
        {
            let has_to_wait =
                |job: &Job| self.taken.contains(&job.work.key) || passed.contains(&job.work.key);
            if task.jobs().iter().any(has_to_wait) {
                passed.extend(task.jobs().iter().map(|job| job.work.key.clone()));
                left.push_back(task);
                continue;
            }
            if !self.has_one_writer {
                accounts.extend(task.jobs().iter().map(|job| job.work.key.clone()));
            }
            match task {
                Task::Alone(job) => jobs.push(job),
                Task::Together(group) => jobs.extend(group),
            }
        }
        self.blocked = left.len();
        left.append(&mut self.tasks);
        self.tasks = left;
        self.taken.extend(accounts.iter().cloned());
        (jobs, accounts.into_iter().collect())
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let mut state = self.queue.state();
        for account in &self.accounts {
            state.taken.remove(account);
        }
        state.blocked = 0;
        state.under_way = state.under_way.saturating_sub(1);
        self.queue.tell_of_what_waits(&state);
    }
}
