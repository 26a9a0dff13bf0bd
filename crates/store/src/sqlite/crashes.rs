//! What is found after a crash: all that was answered, whatever the crash has taken.

use super::Sqlite;
use super::writer::Pace;
use crate::conformance::desk::{Asked, Desk, buy, find, hold, key, key_in, organization, pay};
use crate::verify::verify;
use crate::{Changes, Loaded, Store, StoreError, Wanted};
use fiado_core::account::Needs;
use fiado_core::identity::AccountKey;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

const HOUR: Duration = Duration::from_secs(3_600);

/// A store that goes on, and others as a crash at some moment leaves it.
struct Running {
    folder: TempDir,
    store: Sqlite,
}

impl Running {
    /// One whose rows are not made durable by themselves while a test runs.
    fn new() -> Running {
        Running::with(Pace { turn: HOUR, clerk: HOUR })
    }

    fn with(pace: Pace) -> Running {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fiado.db");
        // Closed once, it has its tables in the file itself.
        drop(Sqlite::open(&path).unwrap());
        let store = Sqlite::open_for(&path, NonZeroUsize::MIN, pace).unwrap();
        Running { folder, store }
    }

    fn desk(&self) -> Desk<'_> {
        Desk::new(&self.store)
    }

    /// What is on the disk at this moment; of SQLite's own log no more than its first bytes.
    fn crashed(&self, log: u64) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        for name in ["fiado.db", "fiado.db-wal", "fiado.db-redo"] {
            fs::copy(self.folder.path().join(name), copy.path().join(name)).unwrap();
        }
        let own = fs::File::options().write(true).open(copy.path().join("fiado.db-wal")).unwrap();
        own.set_len(own.metadata().unwrap().len().min(log)).unwrap();
        copy
    }

    fn log_length(&self) -> u64 {
        fs::metadata(self.folder.path().join("fiado.db-wal")).unwrap().len()
    }
}

fn opened(folder: &TempDir) -> Result<Sqlite, StoreError> {
    Sqlite::open(folder.path().join("fiado.db"))
}

#[track_caller]
fn must_agree(store: &Sqlite) {
    let mut differences = Vec::new();
    let summary = verify(store, &mut |difference| differences.push(difference.to_string())).unwrap();
    assert_eq!(summary.differences, 0, "{differences:?}");
}

#[track_caller]
fn must_be_alike(one: &Sqlite, other: &Sqlite, accounts: &[AccountKey]) {
    for account in accounts {
        assert_eq!(one.book(account).unwrap(), other.book(account).unwrap(), "{account:?}");
        assert_eq!(find(one, account), find(other, account), "{account:?}");
    }
    must_agree(other);
}

#[test]
fn what_was_answered_is_there_whatever_a_crash_has_taken_of_the_rows() {
    let running = Running::new();
    let desk = running.desk();
    let accounts = [key("alfa"), key("bravo")];
    desk.open_line(&accounts[0], 100_000);
    running.store.show().unwrap();
    let shown = running.log_length();
    desk.open_line(&accounts[1], 100_000);
    desk.all_done(&accounts[0], [buy("order-1", 300, 3), pay("transfer-1", 150), hold("t-1", 20, 1)]);
    let crashed: Vec<TempDir> = [u64::MAX, shown, shown / 2, 0].map(|log| running.crashed(log)).into();
    for crashed in &crashed {
        must_be_alike(&running.store, &opened(crashed).unwrap(), &accounts);
        // What was done again is not done a second time.
        must_be_alike(&running.store, &opened(crashed).unwrap(), &accounts);
    }
}

#[test]
fn answers_are_there_after_a_crash() {
    let running = Running::new();
    let account = key("alfa");
    let mut asked = Asked::new(&account, buy("order-1", 300, 3));
    asked.idempotency_key = Some("key-1".to_owned());
    let said = running.desk().batch(std::slice::from_ref(&asked)).unwrap();
    assert!(said[0].is_err(), "there is no line");
    let crashed = running.crashed(0);
    let store = opened(&crashed).unwrap();
    let wanted = Wanted { key: account, needs: Needs::default(), answer: asked.answer_key() };
    let mut answers = Vec::new();
    let look = &mut |loaded: Loaded| {
        answers.extend(loaded.answers.into_values().map(|answer| answer.result));
        Changes::default()
    };
    store.batch(&[wanted], look).unwrap();
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].clone().map(drop), said[0].clone().map(drop));
}

#[test]
fn a_batch_that_fails_leaves_those_before_it() {
    let running = Running::new();
    let desk = running.desk();
    let account = key("alfa");
    desk.open_line(&account, 100_000);
    desk.all_done(&account, [buy("order-1", 300, 3)]);
    let mut wrong = desk.plan(&[Asked::new(&account, buy("order-2", 300, 3))]);
    Arc::make_mut(&mut wrong.commits[0].account).version += 1;
    let failed = running.store.batch(&[], &mut |_| std::mem::take(&mut wrong));
    assert!(matches!(failed, Err(StoreError::Gap(_))));
    desk.all_done(&account, [buy("order-3", 300, 3)]);
    must_agree(&running.store);
    let crashed = running.crashed(0);
    must_be_alike(&running.store, &opened(&crashed).unwrap(), &[account]);
}

#[test]
fn a_batch_that_panics_leaves_those_before_it() {
    let running = Running::new();
    let account = key("alfa");
    running.desk().open_line(&account, 100_000);
    let panicking = || running.store.batch(&[], &mut |_| -> Changes { panic!("as it should") });
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(panicking)).is_err());
    running.desk().all_done(&account, [buy("order-1", 300, 3)]);
    must_agree(&running.store);
}

#[test]
fn a_record_that_was_not_written_to_its_end_was_not_answered() {
    let running = Running::new();
    let account = key("alfa");
    running.desk().open_line(&account, 100_000);
    let crashed = running.crashed(0);
    let redo = crashed.path().join("fiado.db-redo");
    let bytes = fs::read(&redo).unwrap();
    let end = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    fs::write(&redo, &bytes[..end]).unwrap();
    let store = opened(&crashed).unwrap();
    assert!(find(&store, &account).unwrap().account.version < 2);
    must_agree(&store);
}

/// Buys once more so often, each time in a batch of its own; says the number of the next purchase.
fn buy_often(desk: &Desk<'_>, account: &AccountKey, from: u64, count: u64) -> u64 {
    for number in from..from + count {
        desk.all_done(account, [buy(&format!("order-{number}"), 1, 1)]);
    }
    from + count
}

#[test]
fn what_was_answered_is_there_whichever_part_its_record_is_in() {
    let running = Running::new();
    let (desk, account) = (running.desk(), key("alfa"));
    running.store.writer.desk().has_parts_of(64 * 1024);
    desk.open_line(&account, 1_000_000);
    let redo = |folder: &TempDir| fs::read(folder.path().join("fiado.db-redo")).unwrap();
    let (mut number, mut fronts) = (0, Vec::new());
    for _ in 0..10 {
        number = buy_often(&desk, &account, number, 30);
        let crashed = running.crashed(u64::MAX);
        fronts.push(redo(&crashed)[..4_096].to_vec());
        must_be_alike(&running.store, &opened(&crashed).unwrap(), std::slice::from_ref(&account));
        running.store.show().unwrap();
        let shared = running.store.writer.desk();
        shared.is_durable_up_to(shared.written());
    }
    fronts.dedup();
    assert!(fronts.len() > 1, "the first part was written once");
}

#[test]
fn a_part_is_not_written_again_before_the_database_has_what_it_says() {
    let running = Running::new();
    let (desk, account) = (running.desk(), key("alfa"));
    running.store.writer.desk().has_parts_of(64 * 1024);
    desk.open_line(&account, 1_000_000);
    buy_often(&desk, &account, 0, 300);
    let crashed = running.crashed(u64::MAX);
    must_be_alike(&running.store, &opened(&crashed).unwrap(), &[account]);
}

#[test]
fn what_was_written_amid_batches_and_what_was_answered_around_it_are_there_after_a_crash() {
    let running = Running::new();
    let (desk, new) = (running.desk(), organization("org_new"));
    let accounts = [key("alfa"), key_in("org_new", "bravo")];
    desk.open_line(&accounts[0], 100_000);
    running.store.show().unwrap();
    desk.all_done(&accounts[0], [buy("order-1", 300, 3)]);
    assert!(running.store.organization_or_new(&new).unwrap().1);
    let synced = running.log_length();
    desk.open_line(&accounts[1], 100_000);
    desk.all_done(&accounts[0], [buy("order-2", 300, 3), pay("transfer-1", 50)]);
    let before_its_turn = running.crashed(synced);
    running.store.show().unwrap();
    for crashed in [before_its_turn, running.crashed(synced), running.crashed(u64::MAX)] {
        let store = opened(&crashed).unwrap();
        assert!(store.organization(&new).unwrap().is_some());
        must_be_alike(&running.store, &store, &accounts);
    }
}

#[test]
fn records_of_another_database_are_not_done_in_this_one() {
    let running = Running::new();
    running.desk().open_line(&key("alfa"), 100_000);
    let other = Running::new();
    other.desk().open_line(&key("bravo"), 100_000);
    let crashed = running.crashed(u64::MAX);
    fs::copy(other.folder.path().join("fiado.db-redo"), crashed.path().join("fiado.db-redo")).unwrap();
    let refused = opened(&crashed).map(drop).unwrap_err();
    assert!(refused.to_string().contains("another database"), "{refused}");
    fs::remove_file(crashed.path().join("fiado.db-redo")).unwrap();
    opened(&crashed).unwrap();
}

#[test]
fn records_of_a_later_state_are_not_done_in_an_earlier_one() {
    let running = Running::with(Pace::USUAL);
    let desk = running.desk();
    let earlier = running.crashed(u64::MAX);
    desk.open_line(&key("alfa"), 100_000);
    drop(Sqlite::open(running.folder.path().join("fiado.db")).unwrap());
    // So long the door stays open for others.
    thread::sleep(Duration::from_millis(50));
    desk.open_line(&key("bravo"), 100_000);
    let later = running.crashed(u64::MAX);
    fs::copy(later.path().join("fiado.db-redo"), earlier.path().join("fiado.db-redo")).unwrap();
    let refused = opened(&earlier).map(drop).unwrap_err();
    assert!(refused.to_string().contains("a later state"), "{refused}");
}

#[test]
fn whoever_opens_the_store_too_reads_everything_at_once() {
    let running = Running::with(Pace::USUAL);
    let account = key("alfa");
    running.desk().open_line(&account, 100_000);
    let other = Sqlite::open(running.folder.path().join("fiado.db")).unwrap();
    for store in [&running.store, &other, &running.store, &other] {
        let version = find(store, &account).unwrap().account.version;
        Desk::new(store).all_done(&account, [buy(&format!("order-{version}"), 1, 1)]);
        for reader in [&running.store, &other] {
            assert_eq!(find(reader, &account).unwrap().account.version, version + 1);
        }
    }
}

#[test]
fn whoever_is_let_in_has_no_records_to_read() {
    let running = Running::with(Pace::USUAL);
    let account = key("alfa");
    running.desk().open_line(&account, 100_000);
    let redo = running.folder.path().join("fiado.db-redo");
    assert!(fs::metadata(&redo).unwrap().len() > 0);
    let other = opened(&running.folder).unwrap();
    assert_eq!(fs::metadata(&redo).unwrap().len(), 0);
    drop(other);
    // So long the door stays open for others.
    thread::sleep(Duration::from_millis(50));
    running.desk().all_done(&account, [buy("order-1", 300, 3)]);
    must_be_alike(&running.store, &opened(&running.crashed(u64::MAX)).unwrap(), &[account]);
}

#[test]
fn a_store_that_was_closed_has_no_records() {
    let running = Running::new();
    running.desk().open_line(&key("alfa"), 100_000);
    let Running { folder, store } = running;
    drop(store);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["fiado.db"]);
    must_agree(&Sqlite::open(Path::new(folder.path()).join("fiado.db")).unwrap());
}

#[test]
fn the_end_of_a_turn_is_written_also_where_all_is_committed() {
    let running = Running::new();
    running.desk().open_line(&key("alfa"), 100_000);
    running.store.show().unwrap();
    let shown = running.log_length();
    running.store.writer.write(|_| Ok(())).unwrap();
    assert!(running.log_length() > shown, "a commit without a changed page is not synced");
}

#[test]
fn a_batch_that_fails_keeps_nobody_out() {
    let running = Running::with(Pace::USUAL);
    let account = key("alfa");
    running.desk().open_line(&account, 100_000);
    let mut wrong = running.desk().plan(&[Asked::new(&account, buy("order-1", 300, 3))]);
    Arc::make_mut(&mut wrong.commits[0].account).version += 1;
    running.store.writer.write(|_| Ok(())).unwrap();
    thread::sleep(Duration::from_millis(50));
    // The first of a turn, and the first among others.
    for _ in 0..2 {
        running.store.batch(&[], &mut |_| wrong.clone()).unwrap_err();
        let other = Sqlite::open(running.folder.path().join("fiado.db")).unwrap();
        let version = find(&other, &account).unwrap().account.version;
        Desk::new(&other).all_done(&account, [buy(&format!("order-{version}"), 1, 1)]);
        must_agree(&running.store);
    }
}

#[test]
fn whoever_wants_to_open_a_store_that_is_always_at_work_is_let_in() {
    let running = Running::with(Pace { turn: Duration::from_millis(1), ..Pace::USUAL });
    let account = key("alfa");
    running.desk().open_line(&account, 100_000);
    let is_open = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0.. {
                running.desk().said(&account, buy(&format!("order-{number}"), 1, 1)).unwrap();
                if is_open.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        let open = || Sqlite::open(running.folder.path().join("fiado.db")).map(drop);
        let opened: Vec<_> = (0..5).map(|_| open()).collect();
        is_open.store(true, Ordering::Relaxed);
        assert!(opened.iter().all(Result::is_ok), "{opened:?}");
    });
}
