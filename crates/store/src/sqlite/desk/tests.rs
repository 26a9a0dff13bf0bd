//! What the desk does where the disk or a row fails it.

use super::*;
use crate::Store;
use crate::conformance::desk::{Asked, Desk as Office, buy, find, key, pay, request};
use crate::sqlite::Sqlite;
use crate::verify::verify;
use fiado_core::identity::AccountKey;
use rusqlite::Transaction;
use std::num::NonZeroUsize;

const HOUR: Duration = Duration::from_secs(3_600);

fn opened() -> (tempfile::TempDir, Sqlite) {
    let directory = tempfile::tempdir().unwrap();
    let pace = Pace { turn: HOUR, clerk: HOUR };
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
fn after_a_failed_sync_nothing_is_written_by_whoever_waited_for_the_connection() {
    let (_directory, store) = opened();
    let mut database = desk(&store).database();
    let failed = database.settle::<()>(|_| Err(StoreError::SyncFailed("it failed".to_owned())));
    assert!(matches!(failed, Err(StoreError::SyncFailed(_))));
    assert!(matches!(database.settle(touch), Err(StoreError::SyncFailed(_))));
    assert!(matches!(database.begin(Sync::Later), Err(StoreError::SyncFailed(_))));
}

#[test]
fn after_a_failed_sync_the_scribe_takes_no_turn() {
    let (_directory, store) = opened();
    let (office, account) = (Office::new(&store), key("alfa"));
    office.open_line(&account, 100_000);
    desk(&store).breaks(&StoreError::SyncFailed("it failed".to_owned()));
    assert!(desk(&store).next_turn().is_none());
    assert!(matches!(store.show(), Err(StoreError::SyncFailed(_))));
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
    assert!(matches!(store.can_write(), Err(StoreError::Unavailable(_))), "and nobody is told that it is");
    limit(&store, 1_000_000);
    // The scribe may be amid a try that began before.
    assert!((0..3).any(|_| store.show().is_ok()));
    office.all_done(&account, [buy("order-201", 1, 1)]);
    assert_eq!(find(&store, &account).unwrap().account.version, 2 + 200 + 1);
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

#[test]
fn turns_are_short_for_a_while_where_somebody_has_waited_for_rows_again() {
    let (_directory, store) = opened();
    let (office, account) = (Office::new(&store), key("alfa"));
    let turn = || desk(&store).state().turn;
    office.open_line(&account, 100_000);
    store.show().unwrap();
    assert_eq!(turn(), LONG_TURN, "somebody has come once");
    store.show().unwrap();
    assert!(desk(&store).state().read_at[1].is_none(), "whoever finds all rows there has not waited");
    office.all_done(&account, [buy("order-1", 300, 1)]);
    store.show().unwrap();
    assert_eq!(turn(), SHORT_TURN, "the turn that began when what was waited for had been taken");
    office.all_done(&account, [buy("order-2", 300, 1)]);
    desk(&store).state().read_at = [Instant::now().checked_sub(READERS_COME_BACK); 2];
    desk(&store).state().begin_turn();
    assert_eq!(turn(), LONG_TURN, "nobody has come for a while");
}

#[test]
fn readers_count_once_a_turn_whether_others_wait_for_an_earlier_one_or_not() {
    let (_directory, store) = opened();
    let mut state = desk(&store).state();
    let mut turn = |waiting: usize| {
        (0..waiting).for_each(|_| state.somebody_waits());
        state.begin_turn();
        state.turn
    };
    assert_eq!(turn(2), LONG_TURN, "what one page asks for at once");
    assert_eq!(turn(1), SHORT_TURN);
    assert_eq!(turn(0), SHORT_TURN);
}

/// Whether there are records still after so many looks of the clerk: an idle store has none.
fn has_records_after(desk: &Desk, looks: usize) -> bool {
    (0..looks).for_each(|_| desk.look_after());
    desk.state().ahead.redo.has_grown()
}

#[test]
fn a_store_whose_scribe_is_at_work_is_not_taken_for_idle() {
    let (_directory, store) = opened();
    Office::new(&store).open_line(&key("alfa"), 100_000);
    let desk = desk(&store);
    drop(desk.state().ahead.take_turn());
    assert!(has_records_after(desk, 2));
    store.show().unwrap();
    assert!(!has_records_after(desk, 2));
}

#[test]
fn a_store_whose_turn_was_just_written_is_not_taken_for_idle_at_once() {
    let (_directory, store) = opened();
    Office::new(&store).open_line(&key("alfa"), 100_000);
    let desk = desk(&store);
    desk.state().is_idle = true;
    store.show().unwrap();
    assert!(has_records_after(desk, 1));
    assert!(!has_records_after(desk, 1));
}

#[test]
fn a_setting_is_written_while_what_was_answered_waits_for_its_turn() {
    let (_directory, store) = opened();
    let (office, account) = (Office::new(&store), key("alfa"));
    office.open_line(&account, 100_000);
    store.show().unwrap();
    office.all_done(&account, [buy("order-1", 300, 1)]);
    store.can_write().unwrap();
    let rule = |transaction: &Transaction<'_>| {
        transaction.execute("INSERT INTO secrets VALUES ('setting', x'00')", [])?;
        Ok(())
    };
    desk(&store).write(rule).unwrap();
    assert!(!desk(&store).state().ahead.is_all_written(), "nobody has waited for it");
    office.all_done(&account, [buy("order-2", 300, 1)]);
    store.show().unwrap();
    assert_eq!(find(&store, &account).unwrap().account.version, 2 + 2);
    assert_eq!(verify(&store, &mut |_| {}).unwrap().differences, 0);
}
