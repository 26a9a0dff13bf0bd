//! A database shows some commits before its standby has confirmed them: nothing is answered of those.

use super::Postgres;
use crate::conformance::desk::{Asked, Desk, buy, key};
use crate::{Store, Wanted};
use fiado_tests::postgres::{Cluster, Database};
use std::thread;
use std::time::{Duration, Instant};

/// A server whose commits can be made to wait for a standby that never comes.
struct Primary {
    cluster: Cluster,
    database: Database,
}

impl Primary {
    fn start() -> Primary {
        let cluster = Cluster::start(&["fsync=off", "full_page_writes=off"]);
        let database = cluster.database();
        Primary { cluster, database }
    }

    fn waits_for(&self, standby: &str) {
        self.cluster.sql(&format!("ALTER SYSTEM SET synchronous_standby_names = '{standby}'"));
        self.cluster.sql("SELECT pg_reload_conf()");
        self.until("SHOW synchronous_standby_names", standby);
    }

    fn until(&self, sql: &str, answer: &str) {
        let patience = Instant::now() + Duration::from_secs(20);
        while self.database.sql(sql) != answer {
            assert!(Instant::now() < patience, "{sql} is not {answer}");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

const WAITING: &str = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
const END_THOSE: &str =
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
const CANCEL_THOSE: &str =
    "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

#[test]
fn what_a_standby_may_not_have_is_neither_confirmed_nor_repeated() {
    let primary = Primary::start();
    let [here, there] = [4, 4].map(|most| Postgres::open(primary.database.url(), most).unwrap());
    let account = key("cust_456");
    Desk::new(&here).open_line(&account, 1_000);
    let planned = Desk::new(&here).plan(&[Asked::new(&account, buy("order-1", 300, 1))]);
    primary.waits_for("nobody");
    let wanted = [Wanted { key: account, needs: Default::default(), answer: None }];
    thread::scope(|scope| {
        let buying = scope.spawn(|| here.batch(&wanted, &mut |_| planned.clone()));
        // Its session ends while it waits, as all do when a server crashes: from then on it is seen.
        primary.until(WAITING, "1");
        assert_eq!(primary.database.sql("SELECT count(*) FROM usages"), "0");
        primary.database.sql(END_THOSE);
        primary.until("SELECT count(*) FROM usages", "1");
        let repeated = scope.spawn(|| Desk::new(&there).said(&key("cust_456"), buy("order-1", 300, 1)));
        primary.until(WAITING, "2");
        thread::sleep(Duration::from_millis(200));
        assert!(!buying.is_finished(), "it is there, and nobody has confirmed it");
        assert!(!repeated.is_finished(), "nor is it repeated");
        primary.waits_for("");
        buying.join().unwrap().unwrap();
        repeated.join().unwrap().unwrap();
    });
    assert_eq!(here.setbacks().doubts, 1);
    assert_eq!(primary.database.sql("SELECT count(*) FROM usages"), "1");
}

#[test]
fn a_commit_that_somebody_has_kept_from_waiting_for_its_standby_is_waited_for_all_the_same() {
    let primary = Primary::start();
    let store = Postgres::open(primary.database.url(), 4).unwrap();
    let account = key("cust_456");
    Desk::new(&store).open_line(&account, 1_000);
    primary.waits_for("nobody");
    thread::scope(|scope| {
        let buying = scope.spawn(|| Desk::new(&store).said(&account, buy("order-1", 300, 1)));
        primary.until(WAITING, "1");
        primary.database.sql(CANCEL_THOSE);
        primary.until("SELECT count(*) FROM usages", "1");
        primary.until(WAITING, "1");
        assert!(!buying.is_finished(), "the database has confirmed it, and its standby has not");
        primary.waits_for("");
        buying.join().unwrap().unwrap();
    });
    assert_eq!(primary.database.sql("SELECT count(*) FROM usages"), "1");
}

#[test]
fn a_database_that_reads_and_does_not_commit_is_told_apart_and_not_filled_with_those_who_ask() {
    let primary = Primary::start();
    let store = Postgres::open(primary.database.url(), 4).unwrap();
    store.can_write().unwrap();
    primary.waits_for("nobody");
    store.can_write().unwrap_err();
    store.signing_key().unwrap();
    primary.until(WAITING, "0");
    primary.waits_for("");
    store.can_write().unwrap();
    assert_eq!(store.newest_instant().unwrap(), None, "nothing was written");
}
