//! What a server remembers of accounts is never wrong where it counts, whatever another one has done.

use super::Postgres;
use crate::conformance::desk::{Asked, Desk, Said, buy, find, key, pay, suspend};
use crate::{Store, Wanted};
use fiado_core::identity::AccountKey;
use fiado_tests::postgres::{Cluster, Database};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Two servers on one database; the first remembers an account with a line of 1,000.
fn both() -> (Database, Postgres, Postgres) {
    let database = Cluster::shared().database();
    let [here, there] = [4, 4].map(|most| Postgres::open(database.url(), most).unwrap());
    Desk::new(&here).open_line(&account(), 1_000);
    (database, here, there)
}

fn account() -> AccountKey {
    key("cust_456")
}

fn wanted(asked: &Asked) -> Wanted {
    Wanted { key: asked.key.clone(), needs: Default::default(), answer: asked.answer_key() }
}

/// What is said to a command, unless it was answered before, and how often it was decided.
fn decided(store: &Postgres, asked: &Asked) -> (Option<Said>, usize) {
    let (desk, mut said, mut times) = (Desk::new(store), None, 0);
    let written = store.batch(&[wanted(asked)], &mut |loaded| {
        times += 1;
        said = None;
        if !loaded.answers.is_empty() {
            return crate::Changes::default();
        }
        let (changes, mut all) = desk.decide(std::slice::from_ref(asked), loaded);
        said = all.pop();
        changes
    });
    written.unwrap();
    (said, times)
}

fn purchase(order: &str, minor: u64) -> Asked {
    Asked::new(&account(), buy(order, minor, 1))
}

fn under_key(asked: Asked) -> Asked {
    Asked { idempotency_key: Some("key-1".to_owned()), ..asked }
}

fn owed(store: &Postgres) -> u64 {
    store.book(&account()).unwrap().unwrap().0.account.totals.outstanding.minor()
}

#[test]
fn whoever_remembers_an_account_decides_without_asking() {
    let (_database, here, there) = both();
    let is_decided = AtomicBool::new(false);
    let asked = purchase("order-1", 100);
    let wanted = [wanted(&asked)];
    thread::scope(|scope| {
        let locked = there.connections.write(|connection| {
            connection.script("LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE")?;
            scope.spawn(|| {
                let desk = Desk::new(&here);
                here.batch(&wanted, &mut |loaded| {
                    is_decided.store(true, Ordering::SeqCst);
                    desk.decide(std::slice::from_ref(&asked), loaded).0
                })
                .unwrap();
            });
            let patience = Instant::now() + Duration::from_secs(5);
            while !is_decided.load(Ordering::SeqCst) && Instant::now() < patience {
                thread::sleep(Duration::from_millis(5));
            }
            assert!(is_decided.load(Ordering::SeqCst), "nobody can read accounts meanwhile");
            Ok(())
        });
        locked.unwrap();
    });
    assert_eq!(owed(&there), 100);
}

#[test]
fn what_another_server_has_bought_meanwhile_is_found_out() {
    let (_database, here, there) = both();
    assert_eq!(decided(&here, &purchase("order-1", 100)).1, 1, "it remembers");
    Desk::new(&there).done(&account(), buy("order-2", 600, 1));
    let (said, times) = decided(&here, &purchase("order-3", 600));
    said.unwrap().unwrap_err();
    assert_eq!((times, owed(&here), here.setbacks().outdated), (2, 700, 1));
}

#[test]
fn nobody_is_refused_for_what_another_server_has_settled_meanwhile() {
    let (_database, here, there) = both();
    Desk::new(&here).done(&account(), buy("order-1", 1_000, 1));
    let (said, times) = decided(&here, &purchase("order-2", 600));
    said.unwrap().unwrap_err();
    assert_eq!(times, 1, "it remembers that the line is used up");
    Desk::new(&there).done(&account(), pay("payment-1", 700));
    let (said, times) = decided(&here, &purchase("order-3", 600));
    said.unwrap().unwrap();
    assert_eq!((times, owed(&there)), (2, 900));
}

#[test]
fn what_another_server_has_answered_under_a_key_is_found_where_the_account_has_not_changed() {
    let (database, here, there) = both();
    let asked = under_key(purchase("order-1", 5_000));
    Desk::new(&there).batch(&[asked]).unwrap()[0].as_ref().unwrap_err();
    let (said, times) = decided(&here, &under_key(purchase("order-1", 100)));
    assert!(said.is_none(), "it was answered before");
    assert_eq!((times, owed(&here)), (2, 0));
    assert_eq!(database.sql("SELECT count(*) FROM answers"), "1");
}

/// What comes of a command at a server that remembers the account, while another one, which has it at hand,
/// takes its time over another command.
fn decided_behind(other: &Asked, asked: &Asked) -> (Option<Said>, usize, u64) {
    let (database, here, _there) = both();
    let stranger = Postgres::open(database.url(), 4).unwrap();
    let has_it = Barrier::new(2);
    let (said, times) = thread::scope(|scope| {
        scope.spawn(|| {
            let desk = Desk::new(&stranger);
            let written = stranger.batch(&[wanted(other)], &mut |loaded| {
                has_it.wait();
                thread::sleep(Duration::from_millis(300));
                desk.decide(std::slice::from_ref(other), loaded).0
            });
            written.unwrap();
        });
        has_it.wait();
        decided(&here, asked)
    });
    (said, times, owed(&here))
}

#[test]
fn whoever_has_waited_for_another_server_finds_out_what_it_has_bought() {
    let (said, times, owed) = decided_behind(&purchase("order-1", 600), &purchase("order-2", 600));
    said.unwrap().unwrap_err();
    assert_eq!((times, owed), (2, 600));
}

#[test]
fn whoever_has_waited_for_another_server_finds_out_what_it_has_answered() {
    let refused = under_key(purchase("order-1", 5_000));
    let (said, times, owed) = decided_behind(&refused, &under_key(purchase("order-1", 100)));
    assert!(said.is_none(), "it was answered before");
    assert_eq!((times, owed), (2, 0));
}

#[test]
fn whoever_is_to_be_refused_waits_for_what_another_server_is_settling() {
    let (said, times, owed) = decided_behind(&purchase("order-1", 600), &purchase("order-2", 1_001));
    said.unwrap().unwrap_err();
    assert_eq!((times, owed), (2, 600), "the refusal was told of the account as it had become");
}

#[test]
fn an_order_that_was_bought_before_is_not_bought_again() {
    let (database, here, _there) = both();
    Desk::new(&here).done(&account(), buy("order-1", 100, 1));
    let asked = purchase("order-1", 100);
    let desk = Desk::new(&here);
    desk.batch(&[asked]).unwrap()[0].as_ref().unwrap();
    assert_eq!((owed(&here), database.sql("SELECT count(*) FROM usages").as_str()), (100, "1"));
}

#[test]
fn a_journal_of_the_same_length_is_not_taken_for_the_one_that_is_remembered() {
    let (database, here, _there) = both();
    database.sql("UPDATE accounts SET head = decode(repeat('00', 32), 'hex')");
    let (said, times) = decided(&here, &purchase("order-1", 100));
    said.unwrap().unwrap();
    assert_eq!(times, 2);
}

#[test]
fn an_account_that_another_server_has_suspended_is_not_bought_from() {
    let (_database, here, there) = both();
    Desk::new(&there).done(&account(), suspend());
    decided(&here, &purchase("order-1", 100)).0.unwrap().unwrap_err();
    assert_eq!((owed(&here), find(&here, &account()).unwrap().account.version), (0, 3));
}

#[test]
fn servers_that_write_to_the_same_accounts_soon_ask_before_they_decide() {
    let (_database, here, there) = both();
    let mut times = [0; 2];
    for round in 0..64 {
        for (place, store) in [&here, &there].into_iter().enumerate() {
            let (said, decided) = decided(store, &purchase(&format!("{place}-{round}"), 1));
            said.unwrap().unwrap();
            times[place] += decided;
        }
    }
    assert_eq!(owed(&here), 128);
    assert!(times.iter().all(|times| *times <= 64 + 8), "{times:?} for 64 purchases each");
}
