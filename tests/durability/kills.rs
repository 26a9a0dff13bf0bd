use crate::load::{Client, Request, cents, decided};
use fiado_tests::{Answer, Caller, Opening, Shop};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

const KILLS: usize = 25;
const COMPANIES: [&str; 3] = ["cust_1", "cust_2", "cust_3"];
const CLIENTS: usize = 9;

#[test]
fn whatever_was_answered_outlives_every_kill_and_nothing_is_done_twice() {
    let mut shop = Opening::on_the_machines_clock().open();
    for company in COMPANIES {
        shop.company(company).gets_line("9999999999.00");
    }
    let mut books = Books::default();
    for kill in 1..=KILLS {
        let sent = killed_at_work(&mut shop, kill);
        shop.books_must_agree();
        shop.reopens();
        let seller = shop.seller();
        for (account, request, answer) in sent {
            books.repeat(&seller, account, &request, answer);
        }
    }
    println!("{KILLS} kills; {} answered, {} cut off", books.answered, books.cut_off);
    assert!(books.answered > KILLS, "the clients got to work");
    assert!(books.cut_off >= KILLS, "each kill came while they worked");
    books.must_be_those_of(&shop);
    shop.books_must_agree();
}

/// Lets clients work on every account and kills the server at a random moment of it; what they
/// have sent, and to which account.
fn killed_at_work(shop: &mut Shop, kill: usize) -> Vec<(usize, Request, Option<Answer>)> {
    let clients: Vec<Client> = (0..CLIENTS)
        .map(|number| Client::new(format!("{kill}-{number}"), &shop.company(COMPANIES[account_of(number)])))
        .collect();
    let answered = &AtomicUsize::new(0);
    thread::scope(|scope| {
        let start = |client| scope.spawn(move || Client::works_until_nobody_answers(client, answered));
        let at_work: Vec<_> = clients.iter().map(start).collect();
        while answered.load(Ordering::SeqCst) == 0 {
            thread::yield_now();
        }
        thread::sleep(random_moment());
        shop.is_killed();
        let sent = at_work.into_iter().enumerate().flat_map(|(number, client)| {
            let sent = client.join().unwrap().into_iter();
            sent.map(move |(request, answer)| (account_of(number), request, answer))
        });
        sent.collect()
    })
}

/// The account that a client works on: an index of `COMPANIES`.
fn account_of(client: usize) -> usize {
    client % COMPANIES.len()
}

/// Up to 250 milliseconds, otherwise each time.
fn random_moment() -> Duration {
    Duration::from_micros(RandomState::new().hash_one(()) % 250_000)
}

/// What the accounts must be by all that was sent.
#[derive(Default)]
struct Books {
    answered: usize,
    cut_off: usize,
    owed: [i128; COMPANIES.len()],
    purchases: [usize; COMPANIES.len()],
    payments: [usize; COMPANIES.len()],
}

impl Books {
    /// Repeats a request: what was answered has the same answer, what was cut off is done now at
    /// the latest.
    fn repeat(&mut self, seller: &Caller, account: usize, request: &Request, before: Option<Answer>) {
        let now = request.try_send(seller).unwrap().must_be_success();
        match before {
            Some(before) => {
                must_be_same(&before, &now);
                self.answered += 1;
            }
            None => self.cut_off += 1,
        }
        self.owed[account] += request.effect();
        match request {
            Request::Purchase { .. } => self.purchases[account] += 1,
            Request::Payment { .. } => self.payments[account] += 1,
        }
    }

    fn must_be_those_of(&self, shop: &Shop) {
        for (account, id) in COMPANIES.into_iter().enumerate() {
            let company = shop.company(id);
            let figure = |name: &str| i128::from(cents(&company.figure(name)));
            assert_eq!(figure("credit_used") - figure("unapplied"), self.owed[account], "{id}");
            assert_eq!(count(shop, &company.path("/usages")), self.purchases[account], "{id}");
            assert_eq!(count(shop, &company.path("/payments")), self.payments[account], "{id}");
        }
    }
}

#[track_caller]
pub(crate) fn must_be_same(before: &Answer, now: &Answer) {
    assert_eq!((now.status, decided(now)), (before.status, decided(before)), "{}", before.asked);
    assert!(now.is_replayed(), "{}", before.asked);
}

/// How many items a list has in all its pages.
pub(crate) fn count(shop: &Shop, list: &str) -> usize {
    let seller = shop.seller();
    let mut page = seller.get(&format!("{list}?limit=100")).must_be(200).json();
    let mut count = 0;
    loop {
        count += page["data"].as_array().unwrap().len();
        let Some(cursor) = page["pagination"]["next_cursor"].as_str() else { return count };
        page = seller.get(&format!("{list}?limit=100&cursor={cursor}")).must_be(200).json();
    }
}
