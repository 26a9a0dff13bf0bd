//! The primary is killed under load and its standby takes over: the servers go on by themselves, and
//! nothing that they have answered is lost or done twice.

use crate::kills::{count, must_be_same};
use crate::load::{Client, Request, cents};
use fiado_tests::postgres::Pair;
use fiado_tests::{Answer, Caller, Opening, Shop};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const FAILOVERS: usize = 3;
/// The lines, in units of currency. Most have room for all that comes; the last is soon used up, and what
/// is paid is bought again at once.
const LINES: [(&str, &str); 4] = [
    ("cust_1", "9999999999.00"),
    ("cust_2", "9999999999.00"),
    ("cust_3", "9999999999.00"),
    ("cust_4", "20.00"),
];
const CLIENTS: usize = 12;
/// How long anything may take, on a slow machine too.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request that was decided, how, and when its client knew.
struct Known {
    line: usize,
    request: Request,
    answer: Answer,
    at: Instant,
}

impl Known {
    fn is_done(&self) -> bool {
        matches!(self.answer.status, 200 | 201)
    }

    /// A refusal without a key is decided anew each time.
    fn is_remembered(&self) -> bool {
        self.is_done() || self.request.has_key()
    }
}

#[test]
fn what_was_answered_outlives_the_primary_and_the_servers_go_on_with_its_standby() {
    let mut pair = Pair::start();
    let one = Opening::on_the_machines_clock().on(pair.database()).open();
    let shops = [one.branch(), one];
    LINES.iter().for_each(|(id, limit)| shops[0].company(id).gets_line(limit));
    let mut known = Vec::new();
    for failover in 1..=FAILOVERS {
        let (outage, decided) = primary_is_killed_at_work(&shops, &mut pair, failover);
        outage.tell(&decided);
        must_be_repeated(&shops, &decided);
        known.extend(decided);
        if failover < FAILOVERS {
            pair.gets_a_new_standby();
        }
    }
    (0..LINES.len()).for_each(|line| must_be_all_of(&shops[0], line, &known));
    shops[0].books_must_agree();
}

/// Lets clients work at both servers, kills the primary at a random moment of it, and has the standby take
/// over once both servers say that they cannot serve. What was decided.
fn primary_is_killed_at_work(shops: &[Shop; 2], pair: &mut Pair, failover: usize) -> (Outage, Vec<Known>) {
    let clients: Vec<(usize, Client)> = (0..CLIENTS)
        .map(|number| {
            let line = number % LINES.len();
            let company = shops[0].company(LINES[line].0);
            (line, Client::new(format!("{failover}-{number}"), &company))
        })
        .collect();
    let callers = &shops.each_ref().map(Shop::seller);
    let (answered, is_over) = (&AtomicUsize::new(0), &AtomicBool::new(false));
    thread::scope(|scope| {
        let start = |(line, client)| scope.spawn(move || works(line, client, callers, answered, is_over));
        let at_work: Vec<_> = clients.into_iter().map(start).collect();
        // However this ends, the clients do not work for ever.
        let _ended = EndsWork(is_over);
        wait_until("everybody is at work", || answered.load(Ordering::SeqCst) >= CLIENTS);
        thread::sleep(random_moment());
        let killed_at = Instant::now();
        pair.loses_its_primary();
        shops.iter().for_each(becomes_unready);
        for shop in shops {
            let refused = shop.company(LINES[0].0).reads("").must_be_refused(503, "CRD-3002");
            assert_eq!(refused.header("Retry-After"), Some("1"), "{}", refused.text);
        }
        pair.standby_takes_over();
        let outage = Outage { killed_at, taken_over_at: Instant::now() };
        shops.iter().for_each(becomes_ready);
        let before = answered.load(Ordering::SeqCst);
        wait_until("the servers go on", || answered.load(Ordering::SeqCst) >= before + 2 * CLIENTS);
        is_over.store(true, Ordering::SeqCst);
        (outage, at_work.into_iter().flat_map(|client| client.join().unwrap()).collect())
    })
}

/// Tells those who work that it is over, when it is dropped.
struct EndsWork<'a>(&'a AtomicBool);

impl Drop for EndsWork<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// From 100 to 900 milliseconds, otherwise each time.
fn random_moment() -> Duration {
    Duration::from_millis(100 + RandomState::new().hash_one(()) % 800)
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let patience = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < patience, "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A server says that it cannot serve, and why.
fn becomes_unready(shop: &Shop) {
    wait_until("the server says that it cannot serve", || {
        let answer = shop.stranger().get("/ready");
        if answer.status == 200 {
            return false;
        }
        let reason = answer.clone().must_be(503).json()["reason"].as_str().unwrap().to_owned();
        assert!(["store_unavailable", "store_not_writable", "writer_stuck"].contains(&reason.as_str()));
        assert_eq!(answer.header("Retry-After"), Some("1"));
        true
    });
}

fn becomes_ready(shop: &Shop) {
    wait_until("the server can serve again", || shop.stranger().get("/ready").status == 200);
}

/// Sends one request after the other, each until it is decided.
fn works(
    line: usize,
    client: Client,
    callers: &[Caller; 2],
    answered: &AtomicUsize,
    is_over: &AtomicBool,
) -> Vec<Known> {
    let mut known = Vec::new();
    for number in 0.. {
        if is_over.load(Ordering::SeqCst) {
            break;
        }
        let request = client.request(number);
        let answer = decided(&request, callers, number);
        known.push(Known { line, request, answer, at: Instant::now() });
        answered.fetch_add(1, Ordering::SeqCst);
    }
    known
}

/// Sends a request to one server after the other until it is decided.
fn decided(request: &Request, callers: &[Caller; 2], number: u64) -> Answer {
    let patience = Instant::now() + PATIENCE;
    for caller in callers.iter().cycle().skip(number as usize % 2) {
        assert!(Instant::now() < patience, "nobody decides");
        match request.try_send(caller) {
            Ok(answer) if answer.status == 503 || answer.code() == "CRD-1012" => {
                assert!(answer.header("Retry-After").is_some(), "{}", answer.text);
            }
            Ok(answer) if matches!(answer.status, 200 | 201) => return answer,
            Ok(answer) => return answer.must_be_refused(409, "CRD-2003"),
            Err(error) => println!("cut off: {error:?}"),
        }
        thread::sleep(Duration::from_millis(20));
    }
    unreachable!("there is always another server to be asked")
}

/// From when nobody could write until somebody could.
struct Outage {
    killed_at: Instant,
    taken_over_at: Instant,
}

impl Outage {
    fn tell(&self, known: &[Known]) {
        let after = known.iter().map(|known| known.at).filter(|at| *at > self.taken_over_at);
        let first = after.min().expect("the servers went on");
        println!(
            "{} decided; the next {:?} after the primary was killed, {:?} after its standby took over",
            known.len(),
            first - self.killed_at,
            first - self.taken_over_at
        );
    }
}

/// Whatever is remembered is answered as it was, at either server.
fn must_be_repeated(shops: &[Shop; 2], known: &[Known]) {
    let callers = shops.each_ref().map(Shop::seller);
    thread::scope(|scope| {
        for part in known.chunks(known.len().div_ceil(CLIENTS)) {
            let callers = &callers;
            scope.spawn(move || {
                for (number, known) in part.iter().enumerate().filter(|(_, known)| known.is_remembered()) {
                    let now = known.request.try_send(&callers[number % 2]).unwrap();
                    must_be_same(&known.answer, &now);
                }
            });
        }
    });
}

/// A line is what all that was done to it has made of it, and no more.
fn must_be_all_of(shop: &Shop, line: usize, known: &[Known]) {
    let (id, limit) = LINES[line];
    let company = shop.company(id);
    let done = || known.iter().filter(|known| known.line == line && known.is_done());
    let figure = |name: &str| i128::from(cents(&company.figure(name)));
    let owed = figure("credit_used") - figure("unapplied");
    assert_eq!(owed, done().map(|known| known.request.effect()).sum::<i128>(), "{id}");
    assert!(owed <= i128::from(cents(limit)), "{id}");
    let purchases = done().filter(|known| matches!(known.request, Request::Purchase { .. })).count();
    assert_eq!(count(shop, &company.path("/usages")), purchases, "{id}");
    assert_eq!(count(shop, &company.path("/payments")), done().count() - purchases, "{id}");
}
