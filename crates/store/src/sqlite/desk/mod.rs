//! What those share who write a store: whoever has batches decided, the scribe who writes turns to the
//! database, and the clerk.
//!
//! There are two locks. `state` is held while a batch is decided, `database` while something is written
//! there; whoever needs both takes them in this order, and the scribe, who writes for long, never holds
//! both. It promises that nobody writes to the database what a batch has done while a turn is unwritten, but
//! the scribe.

mod beside;
mod settings;
#[cfg(test)]
mod tests;
mod turns;

use super::ahead::Ahead;
use super::at_hand::AtHand;
use super::batch::Sources;
use super::database::{Database, Sync};
use super::tables::tail;
use super::turn::{Turns, Unwritten};
use super::writer::Pace;
use crate::{Changes, Loaded, StoreError, Wanted};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long others find the store open before it is had alone again: longer than they pause between two
/// looks.
const DOOR_IS_OPEN: Duration = Duration::from_millis(20);

/// How much room for records there is to be behind the last one, in bytes: more than some moments need.
const ROOM: usize = 4 * 1024 * 1024;

/// How many commands a turn has. The more there are, the more of them stand on one page of an index, which is
/// found and written once for them all; each takes a few kilobytes of memory until it is written.
const LONG_TURN: usize = 16_384;

/// The same of a turn that begins while readers come again and again, so that whoever comes next waits for
/// less. Purchases come in by about a fifth slower then.
const SHORT_TURN: usize = 1_024;

/// Readers come again and again where two have waited within this time for rows of different turns, and for
/// as long behind the last one.
const READERS_COME_BACK: Duration = Duration::from_secs(10);

/// How long the scribe waits before a turn that could not be written is tried again, where nobody waits
/// for it.
const AFTER_FAILURE: Duration = Duration::from_millis(500);

pub(super) struct Desk {
    state: Mutex<State>,
    database: Mutex<Database>,
    /// Rung where there is something to be written, or somebody waits for it.
    to_write: Condvar,
    /// Rung where a turn is written, or could not be, and where batches may go on.
    written: Condvar,
    pub(super) at_hand: AtHand,
    /// The numbers of the last batch and of the last that is in the database, for those who only want to know
    /// whether they have to wait.
    number: AtomicU64,
    written_up_to: AtomicU64,
    is_nearly_copied: AtomicBool,
    /// How many commands of its turn the scribe has behind it, about; their pages count as a quarter more.
    passed: AtomicUsize,
    /// How many commands more may wait for the scribe once it has copied the log, until it takes them.
    meanwhile: AtomicUsize,
    pace: Pace,
}

pub(super) struct State {
    ahead: Ahead,
    condition: Condition,
    /// How many wait for the database to have everything; no batch begins meanwhile.
    draining: usize,
    /// Somebody waits until the database has this batch, and all before it.
    wanted: u64,
    /// When somebody has waited for rows of a turn, for the first of them, the last time and the time before.
    read_at: [Option<Instant>; 2],
    /// Somebody waits for rows of the turn that fills.
    is_waited_for: bool,
    /// How many commands the turn that fills is to have.
    turn: usize,
    /// How often a turn could not be written.
    failures: u64,
    /// Why the last turn could not be written.
    failure: Option<StoreError>,
    /// When others were let in, or found to be in, the last time.
    shared_at: Option<Instant>,
    /// No batch has come, and no turn was written, since this was set.
    is_idle: bool,
}

enum Condition {
    Sound,
    /// A sync failed, with this message. Nothing is written any more.
    Broken(String),
    Closed,
}

type Held<'a> = MutexGuard<'a, State>;

impl Desk {
    pub(super) fn new(ahead: Ahead, database: Database, at_hand: AtHand, pace: Pace) -> Desk {
        let state = State {
            ahead,
            condition: Condition::Sound,
            draining: 0,
            wanted: 0,
            read_at: [None; 2],
            is_waited_for: false,
            turn: LONG_TURN,
            failures: 0,
            failure: None,
            shared_at: None,
            is_idle: true,
        };
        let (state, database) = (Mutex::new(state), Mutex::new(database));
        let (to_write, written) = (Condvar::new(), Condvar::new());
        let (number, written_up_to) = (AtomicU64::new(0), AtomicU64::new(0));
        let (is_nearly_copied, passed) = (AtomicBool::default(), AtomicUsize::default());
        let meanwhile = AtomicUsize::default();
        Desk {
            state,
            database,
            to_write,
            written,
            at_hand,
            number,
            written_up_to,
            is_nearly_copied,
            passed,
            meanwhile,
            pace,
        }
    }

    fn state(&self) -> Held<'_> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn database(&self) -> MutexGuard<'_, Database> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, on: &Condvar, state: Held<'a>) -> Held<'a> {
        on.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a batch and makes it durable; where that fails, nothing of it was written.
    pub(super) fn batch(
        &self,
        wanted: &[Wanted],
        work: &mut dyn FnMut(Loaded) -> Changes,
    ) -> Result<(), StoreError> {
        let mut state = self.with_room()?;
        state.is_idle = false;
        let was_all_written = state.ahead.is_all_written();
        let done = if state.ahead.redo.is_alone() || self.try_to_be_alone(&mut state)? {
            state.ahead.batch(&self.at_hand, wanted, work)
        } else {
            self.batch_among_others(&mut state, wanted, work)
        };
        state.judge(&done);
        self.publish(&state);
        if was_all_written || state.is_filled() {
            self.to_write.notify_one();
        }
        if done.is_err() {
            // Whoever waits may have to hear of it.
            self.to_write.notify_one();
            self.written.notify_all();
        }
        done
    }

    /// Waits until a batch may be decided.
    fn with_room(&self) -> Result<Held<'_>, StoreError> {
        let mut state = self.state();
        loop {
            state.is_sound()?;
            if state.failure.is_some() || !state.ahead.has_room() {
                state = self.settle(state)?;
            } else if state.draining > 0 {
                state = self.wait(&self.written, state);
            } else if self.has_to_wait(&state) {
                self.to_write.notify_one();
                state = self.wait(&self.written, state);
            } else {
                return Ok(state);
            }
        }
    }

    /// Whether a batch has to wait for the scribe: what is not written yet is in memory.
    fn has_to_wait(&self, state: &State) -> bool {
        let (passed, more) = (self.passed.load(Ordering::Relaxed), self.meanwhile.load(Ordering::Relaxed));
        state.ahead.unwritten().outruns(state.turn, passed, more)
    }

    /// Tries to have the store alone, some time after others were let in; says whether that is so.
    fn try_to_be_alone(&self, state: &mut State) -> Result<bool, StoreError> {
        if state.shared_at.is_some_and(|at| at.elapsed() < DOOR_IS_OPEN) {
            return Ok(false);
        }
        state.shared_at = Some(Instant::now());
        let mut database = self.database();
        if database.begin(Sync::Now)? {
            state.ahead.known.forget_all();
        }
        let is_alone = state.ahead.try_to_be_alone(&database.connection);
        state.judge(&is_alone);
        database.roll_back()?;
        if matches!(is_alone, Ok(true)) {
            self.at_hand.is_ours_alone(true);
        }
        is_alone
    }

    /// A batch in a transaction of its own, where others have the store open.
    fn batch_among_others(
        &self,
        state: &mut State,
        wanted: &[Wanted],
        work: &mut dyn FnMut(Loaded) -> Changes,
    ) -> Result<(), StoreError> {
        let mut database = self.database();
        if database.begin(Sync::Now)? {
            state.ahead.known.forget_all();
        }
        let done = write_batch(&mut database, &mut state.ahead, wanted, work);
        if done.is_err() {
            // What has failed keeps nobody out.
            state.ahead.known.forget_all();
            let _ = database.roll_back();
        }
        done
    }

    /// Waits until everybody can read what has been answered.
    pub(super) fn show(&self) -> Result<(), StoreError> {
        let number = self.number.load(Ordering::Acquire);
        if self.written_up_to.load(Ordering::Acquire) >= number {
            return Ok(());
        }
        let mut state = self.state();
        if !state.ahead.is_written(number) {
            state.somebody_waits();
        }
        self.wait_until_written(state, number).map(drop)
    }

    /// Says how far things have come to those who do not hold the state.
    fn publish(&self, state: &State) {
        self.written_up_to.store(state.ahead.written(), Ordering::Release);
        self.number.store(state.ahead.number(), Ordering::Release);
    }

    fn sound(&self) -> Result<Held<'_>, StoreError> {
        let state = self.state();
        state.is_sound()?;
        Ok(state)
    }

    /// Waits until the database has everything, while no batch begins.
    fn drained<'a>(&'a self, mut state: Held<'a>) -> Result<Held<'a>, StoreError> {
        // Most of it while batches go on.
        let number = state.ahead.number();
        state = self.wait_until_written(state, number)?;
        state.draining = state.draining.saturating_add(1);
        let number = state.ahead.number();
        let drained = self.wait_until_written(state, number);
        let mut state = drained.unwrap_or_else(|_| self.state());
        state.draining = state.draining.saturating_sub(1);
        self.written.notify_all();
        if state.ahead.is_all_written() { Ok(state) } else { Err(state.why_not_written()) }
    }

    fn wait_until_written<'a>(&'a self, mut state: Held<'a>, number: u64) -> Result<Held<'a>, StoreError> {
        let failures = state.failures;
        while !state.ahead.is_written(number) {
            if state.failures > failures || !matches!(state.condition, Condition::Sound) {
                return Err(state.why_not_written());
            }
            state.wanted = state.wanted.max(number);
            self.to_write.notify_one();
            state = self.wait(&self.written, state);
        }
        Ok(state)
    }

    /// Has everything in the database, durably, so that the records begin anew.
    fn settle<'a>(&'a self, state: Held<'a>) -> Result<Held<'a>, StoreError> {
        let mut state = self.drained(state)?;
        if state.ahead.redo.has_grown() {
            let settled = self.database().settle(|_| Ok(()));
            state.judge(&settled);
            state.ahead.is_settled(settled?.1);
        }
        Ok(state)
    }

    /// Lets others in who want to open the store.
    fn share(&self, state: Held<'_>) -> Result<(), StoreError> {
        let mut state = self.settle(state)?;
        state.ahead.redo.clear()?;
        let mut database = self.database();
        // Nobody else may try to be alone while the lock is changed.
        database.begin(Sync::Now)?;
        self.at_hand.is_ours_alone(false);
        state.shared_at = Some(Instant::now());
        let shared = state.ahead.redo.let_others_in();
        state.judge(&shared);
        database.roll_back()?;
        shared
    }

    /// Has parts of records that are soon full.
    #[cfg(test)]
    pub(super) fn has_parts_of(&self, size: u64) {
        self.state().ahead.redo.has_parts_of(size);
    }

    /// Something has failed after which nothing may be written any more.
    pub(super) fn breaks(&self, error: &StoreError) {
        self.state().condition = Condition::Broken(error.to_string());
        self.to_write.notify_all();
        self.written.notify_all();
    }

    /// Closes the store, with everything in the database where that is possible.
    pub(super) fn close(&self) {
        let settled = self.sound().and_then(|state| self.settle(state));
        match settled {
            Ok(mut state) => {
                let _ = self.tidy_up(&mut state);
                state.condition = Condition::Closed;
            }
            Err(_) => {
                let mut state = self.state();
                if let Condition::Broken(_) = state.condition {
                    // Another sync as its last act might say what is not so.
                    self.database().leave_log();
                }
                state.condition = Condition::Closed;
            }
        }
        self.to_write.notify_all();
        self.written.notify_all();
    }

    /// Removes the records, which have nothing to say any more, unless others have the store open.
    fn tidy_up(&self, state: &mut State) -> Result<(), StoreError> {
        let mut database = self.database();
        database.begin(Sync::Now)?;
        let removed = state.ahead.redo.remove_if_alone();
        database.roll_back()?;
        removed
    }
}

impl State {
    /// Whether somebody waits for the scribe.
    fn is_urgent(&self) -> bool {
        !self.ahead.is_written(self.wanted)
    }

    /// Whether so much waits for the scribe that it is to be written.
    fn is_filled(&self) -> bool {
        self.ahead.unwritten().is_filled(self.turn)
    }

    /// The next turn begins to fill.
    fn begin_turn(&mut self) {
        let is_short = match self.read_at {
            [Some(last), Some(before)] => last.elapsed().max(last.duration_since(before)) < READERS_COME_BACK,
            _ => false,
        };
        self.turn = if is_short { SHORT_TURN } else { LONG_TURN };
        self.is_waited_for = false;
    }

    /// Somebody waits for rows of the turn that fills. What one page asks for at once counts once.
    fn somebody_waits(&mut self) {
        if !std::mem::replace(&mut self.is_waited_for, true) {
            self.read_at = [Some(Instant::now()), self.read_at[0]];
        }
    }

    fn is_sound(&self) -> Result<(), StoreError> {
        match &self.condition {
            Condition::Sound => Ok(()),
            Condition::Broken(message) => Err(StoreError::SyncFailed(message.clone())),
            Condition::Closed => Err(StoreError::Unavailable("the store is closed".to_owned())),
        }
    }

    /// After a sync that failed nothing is written any more.
    fn judge<T>(&mut self, done: &Result<T, StoreError>) {
        if let Err(StoreError::SyncFailed(message)) = done {
            self.condition = Condition::Broken(message.clone());
        }
    }

    /// Why the database does not have everything.
    fn why_not_written(&self) -> StoreError {
        match (self.is_sound(), &self.failure) {
            (Err(error), _) => error,
            (Ok(()), failure) => {
                let why = failure.as_ref().map_or_else(|| "it is closing".to_owned(), ToString::to_string);
                StoreError::Unavailable(why)
            }
        }
    }
}

/// A batch inside a transaction that has begun.
fn write_batch(
    database: &mut Database,
    ahead: &mut Ahead,
    wanted: &[Wanted],
    work: &mut dyn FnMut(Loaded) -> Changes,
) -> Result<(), StoreError> {
    let connection = &database.connection;
    let newest = tail::read(connection)?.newest_at;
    // Everything is in the database.
    let nothing = Unwritten::default();
    let mut sources = Sources { connection, turns: Turns::after(0, &nothing), known: &mut ahead.known };
    let (books, answers) = (sources.books(wanted)?, sources.answers(wanted)?);
    let changes = work(Loaded { books, answers, newest });
    if changes.is_empty() {
        return database.roll_back();
    }
    let batch = [changes];
    database.write(&batch)?;
    database.commit()?;
    for commit in batch.into_iter().flat_map(|changes| changes.commits) {
        ahead.known.keep(&commit.key, commit.account);
    }
    Ok(())
}
