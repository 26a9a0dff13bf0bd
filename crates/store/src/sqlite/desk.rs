//! What those share who write a store: whoever has batches decided, the scribe who writes turns to the
//! database, and the clerk.
//!
//! There are two locks. `state` is held while a batch is decided, `database` while something is written
//! there; whoever needs both takes them in this order, and the scribe, who writes for long, never holds
//! both. It promises that nobody writes to the database while a turn is unwritten, but the scribe.

use super::ahead::Ahead;
use super::at_hand::AtHand;
use super::batch::Sources;
use super::database::{Database, Sync};
use super::tables::tail;
use super::turn::{MOST_IN_TURN, Turn, Turns, Unwritten};
use super::writer::Pace;
use crate::{Changes, Loaded, StoreError, Wanted};
use rusqlite::Transaction;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long others find the store open before it is had alone again: longer than they pause between two
/// looks.
const DOOR_IS_OPEN: Duration = Duration::from_millis(20);

/// How long the records may become, in bytes.
const MOST_RECORDS: u64 = 256 * 1024 * 1024;

/// How much room for records there is to be behind the last one, in bytes: more than some moments need.
const ROOM: usize = 4 * 1024 * 1024;

/// With so many commands that wait for the scribe, batches go at its pace.
const MANY_WAITING: usize = 256;

/// How many commands may wait for the scribe.
const MOST_WAITING: usize = 4_096;

/// How many commands the scribe has in hand, a few kilobytes each, before they are committed.
const MOST_IN_HAND: usize = 16_384;

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
    pace: Pace,
}

pub(super) struct State {
    ahead: Ahead,
    condition: Condition,
    /// How many wait for the database to have everything; no batch begins meanwhile.
    draining: usize,
    /// Somebody waits until the database has this batch, and all before it.
    wanted: u64,
    /// When the scribe took the first turn that is in hand.
    begun: Instant,
    /// The scribe has the pages of its turns written.
    is_committing: bool,
    /// How many turns it has taken.
    taken: u64,
    /// How often a turn could not be written.
    failures: u64,
    /// Why the last turn could not be written.
    failure: Option<StoreError>,
    /// When others were let in, or found to be in, the last time.
    shared_at: Option<Instant>,
    /// No batch has come since this was set.
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
            begun: Instant::now(),
            is_committing: false,
            taken: 0,
            failures: 0,
            failure: None,
            shared_at: None,
            is_idle: true,
        };
        let (state, database) = (Mutex::new(state), Mutex::new(database));
        let (to_write, written) = (Condvar::new(), Condvar::new());
        let (number, written_up_to) = (AtomicU64::new(0), AtomicU64::new(0));
        let is_nearly_copied = AtomicBool::default();
        Desk { state, database, to_write, written, at_hand, number, written_up_to, is_nearly_copied, pace }
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
        if was_all_written {
            self.to_write.notify_one();
        }
        done
    }

    /// Waits until a batch may be decided.
    fn with_room(&self) -> Result<Held<'_>, StoreError> {
        let mut state = self.state();
        let before = state.taken;
        loop {
            state.is_sound()?;
            if state.failure.is_some() || state.ahead.redo.length() > MOST_RECORDS {
                state = self.settle(state)?;
            } else if state.draining > 0 {
                state = self.wait(&self.written, state);
            } else if state.has_to_wait(before) {
                self.to_write.notify_one();
                state = self.wait(&self.written, state);
            } else {
                return Ok(state);
            }
        }
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

    /// Runs `work` in a transaction and makes it durable; where `work` fails, nothing was written.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut state = self.drained(self.sound()?)?;
        let settled = self.database().settle(work);
        state.judge(&settled);
        let (done, batches) = settled?;
        if state.ahead.redo.is_alone() {
            state.ahead.is_settled(batches);
        }
        Ok(done)
    }

    /// Waits until everybody can read what has been answered.
    pub(super) fn show(&self) -> Result<(), StoreError> {
        let number = self.number.load(Ordering::Acquire);
        if self.written_up_to.load(Ordering::Acquire) >= number {
            return Ok(());
        }
        self.wait_until_written(self.state(), number).map(drop)
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

    /// What is to be written next, after a while in which it fills, and whether it is to be committed;
    /// nothing: the store is closed.
    pub(super) fn next_turns(&self) -> Option<(Vec<Arc<Turn>>, bool)> {
        let mut state = self.state();
        while state.ahead.is_all_written() {
            if matches!(state.condition, Condition::Closed) {
                return None;
            }
            state = self.wait(&self.to_write, state);
        }
        let is_open = |state: &State| !matches!(state.condition, Condition::Closed);
        let is_filled = |state: &State| state.ahead.waiting() >= MOST_IN_TURN;
        let fills = |state: &mut State| !state.is_urgent() && !is_filled(state) && is_open(state);
        let pause = if state.failure.is_some() { AFTER_FAILURE } else { self.pace.turn };
        let waited = self.to_write.wait_timeout_while(state, pause, fills);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if matches!(state.condition, Condition::Closed) {
            return None;
        }
        if state.ahead.in_hand() == 0 {
            state.begun = Instant::now();
        }
        let nobody_goes_on = state.ahead.waiting() == 0;
        let turns = state.ahead.take_turns();
        state.taken = state.taken.wrapping_add(1);
        let is_long = state.begun.elapsed() >= self.pace.transaction || state.ahead.in_hand() >= MOST_IN_HAND;
        let has_wanted = turns.last().is_some_and(|turn| turn.last >= state.wanted);
        let is_wanted = state.is_urgent() && has_wanted;
        let commits = is_wanted || nobody_goes_on || is_long;
        self.written.notify_all();
        Some((turns, commits))
    }

    /// Writes turns to the database, and lets everybody read them if they are to be committed.
    pub(super) fn write_turns(&self, turns: &[Arc<Turn>], commits: bool) {
        let written = self.write_and_copy(turns, commits);
        if commits && written.is_ok() {
            self.at_hand.are_written(turns);
        }
        let mut gone = None;
        let mut state = self.state();
        state.is_committing = false;
        state.judge(&written);
        match written {
            Ok(is_by_others) => {
                if is_by_others {
                    state.ahead.known.forget_all();
                    self.at_hand.forget();
                }
                if commits {
                    gone = Some(state.ahead.turns_are_written());
                    self.publish(&state);
                }
                state.failure = None;
            }
            Err(error) => {
                state.failures = state.failures.saturating_add(1);
                state.failure = Some(error);
            }
        }
        drop(state);
        self.written.notify_all();
        drop(gone);
    }

    fn write_and_copy(&self, turns: &[Arc<Turn>], commits: bool) -> Result<bool, StoreError> {
        let is_by_others = self.database().write_turns(turns)?;
        if commits {
            self.state().is_committing = true;
            self.written.notify_all();
            let mut database = self.database();
            database.commit_turns()?;
            if self.is_nearly_copied.swap(false, Ordering::Relaxed) {
                database.copy_log()?;
            }
        }
        Ok(is_by_others)
    }

    /// Something has failed after which nothing may be written any more.
    pub(super) fn breaks(&self, error: &StoreError) {
        self.state().condition = Condition::Broken(error.to_string());
        self.to_write.notify_all();
        self.written.notify_all();
    }

    /// What the clerk does: where others want in, they are let in; where nothing has been done for a while,
    /// everything is made durable in the database; where others were let in a while ago, the store is had
    /// alone again.
    pub(super) fn look_after(&self) {
        let Ok(mut state) = self.sound() else { return };
        let has_been_idle = std::mem::replace(&mut state.is_idle, true);
        // Where it fails, it is tried again: what was answered is in the records.
        let _ = if !state.ahead.redo.is_alone() {
            self.try_to_be_alone(&mut state).map(drop)
        } else if state.ahead.redo.is_knocked_at() {
            self.share(state)
        } else if has_been_idle {
            self.settle(state).map(drop)
        } else {
            Ok(())
        };
    }

    /// Makes room for the records of the next moments, so that no batch has to.
    pub(super) fn make_room(&self) {
        let (reserve, end) = {
            let state = self.state();
            if !state.ahead.redo.has_grown() {
                return;
            }
            (state.ahead.redo.reserve(), state.ahead.redo.length())
        };
        // Where there is none to be had, the batch that needs it will tell.
        let _ = reserve.up_to(end.saturating_add(ROOM as u64), ROOM);
    }

    /// Waits for a while; nothing: the store is closed.
    pub(super) fn pause(&self, pause: Duration) -> Option<()> {
        let is_open = |state: &mut State| !matches!(state.condition, Condition::Closed);
        let waited = self.written.wait_timeout_while(self.state(), pause, is_open);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        is_open(&mut state).then_some(())
    }

    /// Of the log hardly anything is left to be copied into the database: the scribe may do it.
    pub(super) fn log_is_nearly_copied(&self) {
        self.is_nearly_copied.store(true, Ordering::Relaxed);
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

    /// Whether a batch that came when so many turns had been taken has to wait for the scribe. While pages
    /// are written, which takes long and happens seldom, it has not until very many do; else it goes on with
    /// the next turn that is taken, so that whoever outruns the scribe waits often and never for long.
    fn has_to_wait(&self, before: u64) -> bool {
        let waiting = self.ahead.waiting();
        let is_outrun = waiting >= MANY_WAITING && !self.is_committing && self.taken == before;
        is_outrun || waiting >= MOST_WAITING
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::desk::{Asked, Desk as Office, buy, find, key, pay, request};
    use crate::sqlite::Sqlite;
    use crate::verify::verify;
    use fiado_core::identity::AccountKey;
    use std::num::NonZeroUsize;

    const HOUR: Duration = Duration::from_secs(3_600);

    fn opened() -> (tempfile::TempDir, Sqlite) {
        let directory = tempfile::tempdir().unwrap();
        let pace = Pace { turn: HOUR, transaction: HOUR, clerk: HOUR };
        let store = Sqlite::open_for(&directory.path().join("fiado.db"), NonZeroUsize::MIN, pace).unwrap();
        (directory, store)
    }

    fn desk(store: &Sqlite) -> &Desk {
        store.writer.desk()
    }

    /// So many pages the disk has room for, or for as many as there are.
    fn limit(store: &Sqlite, pages: i64) {
        let database = desk(store).database();
        database.connection.execute_batch(&format!("PRAGMA max_page_count = {pages}")).unwrap();
    }

    fn touch(transaction: &Transaction<'_>) -> Result<(), StoreError> {
        transaction.execute("UPDATE tail SET position = position + 1", [])?;
        Ok(())
    }

    #[test]
    fn after_a_failed_sync_nothing_is_written_any_more() {
        let (_directory, store) = opened();
        let failed = desk(&store).write::<()>(|_| Err(StoreError::SyncFailed("it failed".to_owned())));
        assert!(matches!(failed, Err(StoreError::SyncFailed(_))));
        assert!(matches!(desk(&store).write(touch), Err(StoreError::SyncFailed(_))));
    }

    #[test]
    fn a_full_disk_leaves_nothing_behind_and_the_store_usable() {
        let (_directory, store) = opened();
        limit(&store, 1);
        let full = desk(&store).write(|transaction| {
            touch(transaction)?;
            transaction.execute("INSERT INTO secrets VALUES ('large', zeroblob(1000000))", [])?;
            Ok(())
        });
        assert!(matches!(full, Err(StoreError::Unavailable(_))));
        desk(&store).write(touch).unwrap();
        let position = |transaction: &Transaction<'_>| {
            Ok(transaction.query_row("SELECT position FROM tail", [], |row| row.get::<_, i64>(0))?)
        };
        assert_eq!(desk(&store).write(position).unwrap(), 1);
    }

    #[test]
    fn a_transaction_that_was_left_open_does_not_stop_the_next() {
        let (_directory, store) = opened();
        desk(&store).database().connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        desk(&store).write(touch).unwrap();
    }

    #[test]
    fn what_was_answered_and_cannot_be_written_is_kept_and_nothing_new_is_taken() {
        let (_directory, store) = opened();
        let (office, account) = (Office::new(&store), key("alfa"));
        office.open_line(&account, 100_000);
        store.show().unwrap();
        office.all_done(&account, (0..200).map(|number| buy(&format!("order-{number}"), 1, 1)));
        limit(&store, 1);
        assert!(matches!(store.show(), Err(StoreError::Unavailable(_))));
        let refused = office.batch(&[Asked::new(&account, buy("order-200", 1, 1))]);
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
        limit(&store, 1_000_000);
        // The scribe may be amid a try that began before.
        assert!((0..3).any(|_| store.show().is_ok()));
        office.all_done(&account, [buy("order-201", 1, 1)]);
        assert_eq!(find(&store, &account).unwrap().account.version, 2 + 200 + 1);
        assert_eq!(verify(&store, &mut |_| {}).unwrap().differences, 0);
    }

    #[test]
    fn what_was_written_of_a_transaction_that_fails_is_written_again() {
        let (_directory, store) = opened();
        let (office, account) = (Office::new(&store), key("alfa"));
        office.open_line(&account, 100_000);
        store.show().unwrap();
        let next = |commits: bool| {
            let turns = desk(&store).state().ahead.take_turns();
            desk(&store).write_turns(&turns, commits);
        };
        office.all_done(&account, [buy("order-1", 1, 1)]);
        next(false);
        office.all_done(&account, (2..200).map(|number| buy(&format!("order-{number}"), 1, 1)));
        limit(&store, 1);
        next(true);
        assert!(desk(&store).state().failure.is_some());
        limit(&store, 1_000_000);
        // The scribe may be amid a try that began before.
        assert!((0..3).any(|_| store.show().is_ok()));
        assert_eq!(find(&store, &account).unwrap().account.version, 2 + 199);
        assert_eq!(verify(&store, &mut |_| {}).unwrap().differences, 0);
    }

    #[test]
    fn an_account_that_is_not_as_its_journal_leaves_it_is_refused_and_stops_nobody_else() {
        let (directory, store) = opened();
        let office = Office::new(&store);
        let accounts = [key("alfa"), key("bravo")];
        for account in &accounts {
            office.open_line(account, 100_000);
        }
        store.show().unwrap();
        let connection = rusqlite::Connection::open(directory.path().join("fiado.db")).unwrap();
        assert_eq!(connection.execute("DELETE FROM accounts WHERE customer = 'alfa'", []).unwrap(), 1);
        let batch = |account: &AccountKey| office.batch(&[Asked::new(account, request(1_000))]);
        assert!(matches!(batch(&accounts[0]), Err(StoreError::Damaged(_))));
        office.all_done(&accounts[1], [buy("order-1", 1, 1)]);
        store.show().unwrap();
    }

    #[test]
    fn what_is_damaged_of_one_account_keeps_no_other_from_the_database() {
        let (directory, store) = opened();
        let office = Office::new(&store);
        let accounts = [key("alfa"), key("bravo")];
        for account in &accounts {
            office.open_line(account, 100_000);
            office.all_done(account, [buy("order-1", 300, 1)]);
        }
        store.show().unwrap();
        let connection = rusqlite::Connection::open(directory.path().join("fiado.db")).unwrap();
        let gone = connection.execute("DELETE FROM usages WHERE customer = 'alfa'", []).unwrap();
        assert_eq!(gone, 1);
        for account in &accounts {
            office.all_done(account, [pay("transfer-1", 100)]);
        }
        store.show().unwrap();
        let versions = accounts.map(|account| find(&store, &account).unwrap().account.version);
        assert_eq!(versions, [4, 4], "the journals have it");
        let mut differences = Vec::new();
        verify(&store, &mut |difference| differences.push(difference.to_string())).unwrap();
        assert!(!differences.is_empty());
        assert!(differences.iter().all(|difference| difference.contains("alfa")), "{differences:?}");
    }
}
