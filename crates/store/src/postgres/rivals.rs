//! Several servers on one database, connections that are lost, and addresses that lead nowhere.

use super::Postgres;
use super::address::Address;
use super::connection::{Parameter, Request};
use super::connections::{Connections, Failed, Uncommitted};
use super::doubt::{Doubt, Mark};
use super::session::Session;
use crate::cells::Cell;
use crate::conformance::desk::{Asked, Desk, authorize, buy, hold, key, pay, request};
use crate::verify::verify;
use crate::{Store, StoreError, Wanted};
use fiado_tests::postgres::{Cluster, Database, PASSWORD, Pair, USER};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

fn opened() -> (Database, Postgres) {
    let database = Cluster::shared().database();
    let store = Postgres::open(database.url(), 4).unwrap();
    (database, store)
}

fn refusal(url: &str) -> String {
    Postgres::open(url, 4).map(drop).unwrap_err().to_string()
}

/// The books agree; says what is owed on an account.
fn owed(store: &Postgres, customer: &str) -> u64 {
    let mut differences = Vec::new();
    verify(store, &mut |difference| differences.push(difference.to_string())).unwrap();
    assert_eq!(differences, Vec::<String>::new());
    store.book(&key(customer)).unwrap().unwrap().0.account.totals.outstanding.minor()
}

#[test]
fn two_servers_never_overdraw_one_line() {
    let (database, here) = opened();
    let there = Postgres::open(database.url(), 4).unwrap();
    Desk::new(&here).open_line(&key("cust_456"), 1_000);
    let bought = AtomicUsize::new(0);
    let buy_twenty = |store: &Postgres, name: &str| {
        let desk = Desk::new(store);
        for number in 0..20 {
            let said = desk.said(&key("cust_456"), buy(&format!("{name}-{number}"), 100, 1));
            bought.fetch_add(usize::from(said.is_ok()), Ordering::Relaxed);
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| buy_twenty(&here, "here"));
        scope.spawn(|| buy_twenty(&there, "there"));
    });
    assert_eq!(bought.into_inner(), 10, "the line was used up to its limit and no further");
    assert_eq!(owed(&here, "cust_456"), 1_000);
}

#[test]
fn a_batch_waits_for_another_server_and_sees_what_it_has_left() {
    let (database, there) = opened();
    Desk::new(&there).open_line(&key("cust_456"), 1_000);
    // One that has never seen the account.
    let here = Postgres::open(database.url(), 4).unwrap();
    let is_loaded = Barrier::new(2);
    thread::scope(|scope| {
        let account = key("cust_456");
        let planned = Desk::new(&there).plan(&[Asked::new(&account, buy("order-1", 900, 1))]);
        let wanted = [Wanted { key: account, needs: Default::default(), answer: None }];
        let waiting = scope.spawn(|| {
            is_loaded.wait();
            Desk::new(&there).said(&key("cust_456"), buy("order-2", 900, 1))
        });
        let written = here.batch(&wanted, &mut |_| {
            is_loaded.wait();
            thread::sleep(Duration::from_millis(100));
            assert!(!waiting.is_finished(), "the account is locked");
            planned.clone()
        });
        written.unwrap();
        waiting.join().unwrap().unwrap_err();
    });
    assert_eq!(owed(&here, "cust_456"), 900);
}

#[test]
fn an_account_that_two_servers_open_at_once_is_opened_by_one() {
    let (database, here) = opened();
    let there = Postgres::open(database.url(), 4).unwrap();
    let both = Barrier::new(2);
    let open_ten = |store: &Postgres, backwards: bool| {
        let mut asked: Vec<Asked> =
            (0..10).map(|number| Asked::new(&key(&format!("new-{number}")), request(100_000))).collect();
        if backwards {
            asked.reverse();
        }
        let planned = Desk::new(store).plan(&asked);
        both.wait();
        store.batch(&[], &mut |_| planned.clone())
    };
    let results = thread::scope(|scope| {
        let one = scope.spawn(|| open_ten(&here, false));
        let other = scope.spawn(|| open_ten(&there, true));
        [one.join().unwrap(), other.join().unwrap()]
    });
    let (written, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(written.len(), 1);
    assert!(matches!(refused.as_slice(), [Err(StoreError::Conflict(_))]), "{refused:?}");
    assert_eq!(owed(&here, "new-0"), 0);
    assert_eq!(here.account_keys(None, 100).unwrap().len(), 10);
}

#[test]
fn whatever_order_two_servers_name_their_accounts_in_they_never_stand_in_each_others_way() {
    let (database, here) = opened();
    let there = Postgres::open(database.url(), 4).unwrap();
    let accounts: Vec<_> = (0..6).map(|number| key(&format!("cust-{number}"))).collect();
    accounts.iter().for_each(|account| Desk::new(&here).open_line(account, 1_000_000));
    let buy_everywhere = |store: &Postgres, name: &str, backwards: bool| {
        for round in 0..15 {
            let order = format!("{name}-{round}");
            let mut asked: Vec<Asked> =
                accounts.iter().map(|account| Asked::new(account, buy(&order, 10, 2))).collect();
            if backwards {
                asked.reverse();
            }
            assert!(Desk::new(store).batch(&asked).unwrap().iter().all(Result::is_ok));
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| buy_everywhere(&here, "here", false));
        scope.spawn(|| buy_everywhere(&there, "there", true));
    });
    assert_eq!(owed(&there, "cust-3"), 300);
}

/// A purchase of somebody who has no account, under a key.
fn refused() -> Asked {
    let idempotency_key = Some("key-1".to_owned());
    Asked { idempotency_key, ..Asked::new(&key("nobody"), buy("order-1", 100, 1)) }
}

fn wanted(asked: &Asked) -> [Wanted; 1] {
    [Wanted { key: asked.key.clone(), needs: Default::default(), answer: asked.answer_key() }]
}

#[test]
fn a_customer_without_an_account_is_answered_once_under_one_key() {
    let (database, here) = opened();
    let there = Postgres::open(database.url(), 4).unwrap();
    let planned = Desk::new(&here).plan(&[refused()]);
    let both = Barrier::new(2);
    let answer = |store: &Postgres| {
        let is_first = AtomicBool::new(true);
        store.batch(&wanted(&refused()), &mut |loaded| {
            assert!(loaded.answers.is_empty());
            if is_first.swap(false, Ordering::Relaxed) {
                both.wait();
            }
            planned.clone()
        })
    };
    let results = thread::scope(|scope| {
        [&here, &there].map(|store| scope.spawn(|| answer(store))).map(|said| said.join().unwrap())
    });
    let (written, late): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(written.len(), 1);
    assert!(matches!(late.as_slice(), [Err(StoreError::Conflict(_))]), "{late:?}");
    assert_eq!(database.sql("SELECT count(*) FROM answers"), "1");
    assert_eq!(database.sql("SELECT count(*) FROM refusals"), "1", "nothing of the other batch was written");
}

#[test]
fn nobody_is_told_of_no_account_once_somebody_else_has_made_it() {
    let (database, here) = opened();
    let there = Postgres::open(database.url(), 4).unwrap();
    let planned = Desk::new(&here).plan(&[refused()]);
    let late = here.batch(&wanted(&refused()), &mut |_| {
        Desk::new(&there).open_line(&key("nobody"), 1_000);
        planned.clone()
    });
    assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
    assert_eq!(database.sql("SELECT count(*) FROM answers"), "0");
    Desk::new(&here).batch(&[refused()]).unwrap()[0].as_ref().unwrap();
    assert_eq!(database.sql("SELECT count(*) FROM answers"), "1");
    assert_eq!(owed(&there, "nobody"), 100);
}

/// Ends every other connection to a database.
const END_ALL: &str = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'fiado/%'";

#[test]
fn a_connection_that_is_lost_before_the_commit_costs_nothing() {
    let (database, store) = opened();
    let account = key("cust_456");
    Desk::new(&store).open_line(&account, 1_000);
    let planned = Desk::new(&store).plan(&[Asked::new(&account, buy("order-1", 300, 3))]);
    let mut times = 0;
    let written = store.batch(&[], &mut |_| {
        times += 1;
        if times == 1 {
            database.sql(END_ALL);
        }
        planned.clone()
    });
    written.unwrap();
    assert_eq!((times, owed(&store, "cust_456")), (2, 300));
    assert_eq!((store.setbacks().retries, store.setbacks().doubts), (1, 0));
    database.sql(END_ALL);
    assert_eq!(owed(&store, "cust_456"), 300, "readers find another connection");
    let changed =
        store.change_organization(&key("x").organization, &mut |shop| shop.country = "CL".to_owned());
    assert_eq!(changed.unwrap().country, "CL");
}

#[test]
fn what_was_sent_behind_a_begin_that_is_refused_changes_nothing() {
    let (database, store) = opened();
    let writing = store.connections.writing().ok().unwrap();
    let connection = writing.connection().ok().unwrap();
    // As where somebody cancels it at that very moment.
    connection.begin("SELECT (1 / 0)::text");
    let refused = connection.run("INSERT INTO secrets (name, secret) VALUES ('theirs', '')", []).unwrap_err();
    assert!(refused.to_string().contains("22012"), "{refused}");
    drop(writing);
    assert_eq!(database.sql("SELECT count(*) FROM secrets WHERE name = 'theirs'"), "0");
}

#[test]
fn a_commit_that_is_sent_with_what_it_commits_takes_all_of_it_or_nothing() {
    let (database, store) = opened();
    let insert = |name: &'static str| Request {
        sql: "INSERT INTO secrets (name, secret) VALUES ($1, '')",
        parameters: vec![Parameter::One(Cell::Text(name.into()))],
    };
    let write = |names: [&'static str; 3]| {
        let writing = store.connections.writing().ok().unwrap();
        writing.connection().ok().unwrap().script("SELECT 1").unwrap();
        writing.write_and_commit(&names.map(insert), |_, error| error)
    };
    // The server refuses one of them; one cannot even be sent; one is there already.
    for names in [["one", "one", "two"], ["one", "t\0o", "two"], ["one", "two", "session"]] {
        database.sql("INSERT INTO secrets (name, secret) VALUES ('session', '') ON CONFLICT DO NOTHING");
        assert!(matches!(write(names), Err(Uncommitted::Not(Failed::For(_)))), "{names:?}");
        assert_eq!(
            database.sql("SELECT count(*) FROM secrets WHERE name IN ('one', 'two')"),
            "0",
            "{names:?}"
        );
    }
    assert!(write(["one", "two", "three"]).is_ok(), "the connection serves the next");
    assert_eq!(database.sql("SELECT count(*) FROM secrets WHERE name IN ('one', 'two')"), "2");
}

/// Something on the way to a server that can lose its answer to a commit.
struct Way {
    url: String,
    is_to_lose: Arc<AtomicBool>,
}

impl Way {
    fn to(database: &Database) -> Way {
        let (before, behind) = database.url().rsplit_once(':').unwrap();
        let (port, name) = behind.split_once('/').unwrap();
        let server = format!("127.0.0.1:{port}");
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("{before}:{}/{name}", listener.local_addr().unwrap().port());
        let is_to_lose = Arc::new(AtomicBool::new(false));
        let lose = Arc::clone(&is_to_lose);
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, server) = (client.unwrap(), TcpStream::connect(&server).unwrap());
                let (back, forth) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                let is_lost = Arc::new(AtomicBool::new(false));
                let (lose, said) = (Arc::clone(&lose), Arc::clone(&is_lost));
                let cut = client.try_clone().unwrap();
                thread::spawn(move || {
                    pass(client, forth, |sent| {
                        if sent.windows(6).any(|word| word == b"COMMIT") && lose.swap(false, Ordering::SeqCst)
                        {
                            said.store(true, Ordering::SeqCst);
                            // The commit has reached the server by then, and may still be under way.
                            let cut = cut.try_clone().unwrap();
                            thread::spawn(move || {
                                thread::sleep(Duration::from_millis(200));
                                let _ = cut.shutdown(Shutdown::Both);
                            });
                        }
                        true
                    });
                });
                thread::spawn(move || pass(server, back, |_| !is_lost.load(Ordering::SeqCst)));
            }
        });
        Way { url, is_to_lose }
    }

    fn lose_next_commit(&self) {
        self.is_to_lose.store(true, Ordering::SeqCst);
    }
}

/// Passes on what comes, where `lets` says so; the rest is lost.
fn pass(mut from: TcpStream, mut to: TcpStream, lets: impl Fn(&[u8]) -> bool) {
    let mut buffer = [0; 65_536];
    while let Ok(length) = from.read(&mut buffer)
        && length > 0
        && (!lets(&buffer[..length]) || to.write_all(&buffer[..length]).is_ok())
    {}
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

#[test]
fn a_commit_whose_confirmation_is_lost_is_not_done_twice() {
    let database = Cluster::own().database();
    let direct = Postgres::open(database.url(), 4).unwrap();
    let account = key("cust_456");
    Desk::new(&direct).open_line(&account, 1_000);
    let way = Way::to(&database);
    let store = Postgres::open(&way.url, 4).unwrap();
    let planned = Desk::new(&store).plan(&[Asked::new(&account, buy("order-1", 300, 3))]);
    let mut times = 0;
    way.lose_next_commit();
    let written = store.batch(&[], &mut |_| {
        times += 1;
        planned.clone()
    });
    written.unwrap();
    assert_eq!((times, owed(&direct, "cust_456")), (1, 300), "it was there, and nobody was asked again");
    assert_eq!((store.setbacks().retries, store.setbacks().doubts), (0, 1));
}

#[test]
fn a_commit_that_is_still_under_way_is_waited_for() {
    let database = Cluster::own().database();
    let direct = Postgres::open(database.url(), 4).unwrap();
    let account = key("cust_456");
    Desk::new(&direct).open_line(&account, 1_000);
    database.sql(
        "CREATE FUNCTION take_its_time() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM pg_sleep(2);
            RETURN NULL;
         END $$;
         CREATE CONSTRAINT TRIGGER take_its_time AFTER INSERT ON journal
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION take_its_time()",
    );
    let way = Way::to(&database);
    let store = Postgres::open(&way.url, 4).unwrap();
    let desk = Desk::new(&store);
    let asked = Asked::new(&account, authorize(300));
    let wanted = [Wanted { key: account.clone(), needs: Default::default(), answer: None }];
    way.lose_next_commit();
    let mut times = 0;
    let written = store.batch(&wanted, &mut |loaded| {
        times += 1;
        desk.decide(std::slice::from_ref(&asked), loaded).0
    });
    written.unwrap();
    let (book, _) = direct.book(&account).unwrap().unwrap();
    assert_eq!((times, book.holds.len(), book.account.totals.held.minor()), (1, 1, 300));
}

#[test]
fn a_server_that_does_not_answer_is_not_waited_for_without_end() {
    let (_database, store) = opened();
    let (started, tries) = (Instant::now(), AtomicUsize::new(0));
    let read = store.connections.read(|connection| {
        let sql = if tries.fetch_add(1, Ordering::Relaxed) == 0 {
            connection.waits_at_most(Duration::from_millis(200));
            "SELECT pg_sleep(10)::text"
        } else {
            "SELECT 'another connection'"
        };
        connection.first(sql, [], |cells| cells.next::<String>())
    });
    assert_eq!(read.unwrap().as_deref(), Some("another connection"));
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
}

#[test]
fn a_host_that_takes_a_connection_and_says_nothing_is_given_up() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgres://fiado@{}/books?connect_timeout=1", silent.local_addr().unwrap());
    let refused = refusal(&url);
    assert!(refused.contains("does not answer"), "{refused}");
}

#[test]
fn a_commit_that_was_broken_off_is_done_again() {
    let (database, store) = opened();
    let account = key("cust_456");
    Desk::new(&store).open_line(&account, 1_000);
    // The server ends the connection in the middle of the first commit.
    database.sql(
        "CREATE SEQUENCE commits;
         CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('commits') = 1 THEN
                PERFORM pg_terminate_backend(pg_backend_pid());
                PERFORM pg_sleep(1);
            END IF;
            RETURN NULL;
         END $$;
         CREATE CONSTRAINT TRIGGER break_off AFTER INSERT ON journal
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION break_off()",
    );
    let planned = Desk::new(&store).plan(&[Asked::new(&account, buy("order-1", 300, 3))]);
    let mut times = 0;
    let written = store.batch(&[], &mut |_| {
        times += 1;
        planned.clone()
    });
    written.unwrap();
    assert_eq!((times, owed(&store, "cust_456")), (2, 300));
}

#[test]
fn a_commit_that_was_never_confirmed_is_found_out_about() {
    let (_database, store) = opened();
    let account = key("cust_456");
    Desk::new(&store).open_line(&account, 1_000);
    Desk::new(&store).done(&account, hold("t-1", 300, 3));
    let row = store.journal(&account, 2, 1).unwrap().remove(0);
    let doubt = |link| Doubt {
        session: Session::new("fiado").unwrap(),
        mark: Some(Mark { key: account.clone(), sequence: 3, link }),
    };
    assert!(doubt(row.hash).resolve(&store.connections).unwrap());
    assert!(!doubt([7; 32]).resolve(&store.connections).unwrap(), "another entry stands there");
}

#[test]
fn a_standby_is_not_believed_that_something_was_not_written() {
    let mut pair = Pair::start();
    let database = pair.database();
    drop(Postgres::open(database.url(), 4).unwrap());
    let (primary, standby) = database.url().split_once(',').unwrap();
    let (login, _) = primary.rsplit_once('@').unwrap();
    let (standby, _) = standby.split_once('?').unwrap();
    let there = Connections::new(Address::parse(&format!("{login}@{standby}")).unwrap(), 2).unwrap();
    let mark = Mark { key: key("cust_456"), sequence: 3, link: [7; 32] };
    let doubt = Doubt { session: Session::new("fiado").unwrap(), mark: Some(mark) };
    pair.loses_its_primary();
    doubt.look(&there, false).unwrap_err();
    pair.standby_takes_over();
    assert_eq!(doubt.look(&there, false).unwrap(), Some(false));
}

#[test]
fn a_session_that_does_not_know_that_nobody_waits_for_it_can_be_ended() {
    let (_database, store) = opened();
    let writing = store.connections.writing().ok().unwrap();
    let session = writing.connection().ok().unwrap().session().clone();
    let is_there = || store.connections.read(|connection| session.is_there(connection)).unwrap();
    assert!(is_there());
    store.connections.read(|connection| session.end(connection)).unwrap();
    let patience = Instant::now() + Duration::from_secs(20);
    while is_there() {
        assert!(Instant::now() < patience, "it does not end");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn many_servers_may_open_a_new_database_at_the_same_moment() {
    let database = Cluster::shared().database();
    let secrets: Vec<([u8; 32], bool)> = thread::scope(|scope| {
        let open = || {
            let store = Postgres::open(database.url(), 2).unwrap();
            (store.signing_key().unwrap(), store.is_new())
        };
        let opening: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
        opening.into_iter().map(|opened| opened.join().unwrap()).collect()
    });
    assert!(secrets.iter().all(|(secret, _)| *secret == secrets[0].0), "one store was made, once");
    assert_eq!(secrets.iter().filter(|(_, is_new)| *is_new).count(), 1);
}

#[test]
fn a_database_that_is_not_ours_is_left_alone() {
    let database = Cluster::shared().database();
    assert!(Postgres::open_existing(database.url(), 2).is_err(), "nothing is there");
    assert_eq!(database.sql("SELECT count(*) FROM pg_class WHERE relname = 'journal'"), "0");
    database.sql("CREATE TABLE theirs (x int)");
    assert!(refusal(database.url()).contains("another program's"));
    assert_eq!(database.sql("SELECT count(*) FROM pg_class WHERE relname = 'journal'"), "0");
}

#[test]
fn a_store_made_by_a_newer_version_is_left_alone() {
    let (database, store) = opened();
    drop(store);
    database.sql("UPDATE schema_version SET version = 1000");
    let refused = refusal(database.url());
    assert!(refused.contains("newer version"), "{refused}");
}

#[test]
fn an_address_that_leads_nowhere_is_named_without_its_password() {
    let database = Cluster::own().database();
    let url = database.url();
    for (wrong, named) in [
        (url.replace(PASSWORD, "another-password"), "password authentication failed"),
        (url.replace(USER, "nobody"), "nobody"),
        (format!("{url}-that-is-not-there"), "does not exist"),
        (url.replace("127.0.0.1", "nowhere.invalid"), "nowhere.invalid"),
        (format!("{url}?sslmode=require"), "TLS"),
    ] {
        let refused = refusal(&wrong);
        assert!(refused.contains(named), "{refused}");
        assert!(!refused.contains(PASSWORD) && !refused.contains("another-password"), "{refused}");
    }
}

#[test]
fn a_server_that_would_lose_a_commit_is_told_to_keep_it() {
    let (database, store) = opened();
    drop(store);
    let name = database.sql("SELECT current_database()");
    database.sql(&format!("ALTER DATABASE {name} SET synchronous_commit = off"));
    let store = Postgres::open(database.url(), 2).unwrap();
    let setting = |store: &Postgres| {
        let setting = store.connections.read(|connection| {
            connection
                .first("SELECT current_setting('synchronous_commit')", [], |cells| cells.next::<String>())
        });
        setting.unwrap()
    };
    assert_eq!(setting(&store).as_deref(), Some("on"));
    database.sql(&format!("ALTER DATABASE {name} SET synchronous_commit = remote_apply"));
    let store = Postgres::open(database.url(), 2).unwrap();
    assert_eq!(setting(&store).as_deref(), Some("remote_apply"), "what is stricter stays");
}

#[test]
fn it_does_not_matter_which_thread_asks() {
    let (_database, store) = opened();
    Desk::new(&store).open_line(&key("cust_456"), 1_000);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        Desk::new(&store).all_done(&key("cust_456"), [buy("order-1", 300, 3), pay("transfer-1", 100)]);
        assert_eq!(owed(&store, "cust_456"), 200);
        drop(store);
    });
}
