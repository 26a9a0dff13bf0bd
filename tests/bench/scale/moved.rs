//! Accounts as `fiado export` would write them, account by account, each with what the core decided on
//! it; and a new store that takes them in as `fiado import` does.

use crate::table::thousands;
use fiado_core::account::{
    Book, ChangeLimit, Command, Context, Entry, Open, Pay, Reactivate, Suspend, UseCredit, execute, needs,
};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{
    AccountKey, ActorId, CustomerId, LifeId, OrderId, OrganizationId, PaymentReference,
};
use fiado_core::installments::InstallmentCount;
use fiado_core::money::{Currency, Tolerance};
use fiado_core::policy::Policy;
use fiado_store::Organization;
use fiado_store::chain::{GENESIS, Link, link};
use fiado_store::moving::{Counts, Header, Incoming};
use fiado_store::sqlite::Sqlite;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::{BufReader, BufWriter, Write, pipe};
use std::path::Path;
use std::thread;
use std::time::Duration;

const ORGANIZATION: &str = "org_default";
const CURRENCY: Currency = Currency::Usd;

/// How much of the text may wait to be read.
const BUFFER: usize = 1 << 20;

/// How often the making says how far it is.
const PAUSE: Duration = Duration::from_secs(10);

/// The customers in the order of their keys, from 0.
pub(super) fn customer(number: u64) -> String {
    format!("c{number:07}")
}

/// Makes a store with so many accounts.
pub(super) fn move_in(path: &Path, accounts: u64) -> Counts {
    let (reader, writer) = pipe().unwrap();
    let out = thread::spawn(move || Text::new(BufWriter::with_capacity(BUFFER, writer)).write_all(accounts));
    let mut input = BufReader::with_capacity(BUFFER, reader);
    let mut arrival = Sqlite::fill(path).unwrap();
    let begun = std::time::Instant::now();
    let mut said = begun;
    let mut progress = |counts: &Counts| {
        if said.elapsed() > PAUSE {
            said = std::time::Instant::now();
            println!("  {:>4} s: {} accounts", begun.elapsed().as_secs(), thousands(counts.accounts));
        }
    };
    let counts = Incoming::of(&mut input).unwrap().move_in(&mut *arrival, &mut progress).unwrap();
    out.join().unwrap();
    counts
}

/// A line of an export. Their form is `fiado_store::moving`'s, and it is held to it by being read there.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Line<'a> {
    Header(Header),
    Organization(Box<Organization>),
    SigningKey(String),
    Account { organization: &'a OrganizationId, customer: &'a CustomerId, entries: u64, head: String },
    Entry { position: u64, sequence: u64, at: Instant, kind: &'a str, body: &'a str, link: String },
    Trailer { counts: Counts, sha256: String },
}

/// Lines with a sum over all of them.
struct Text<W> {
    out: W,
    sum: Sha256,
    counts: Counts,
    policy: Policy,
}

impl<W: Write> Text<W> {
    fn new(out: W) -> Text<W> {
        Text { out, sum: Sha256::new(), counts: Counts::default(), policy: Policy::usual(CURRENCY) }
    }

    fn write_all(mut self, accounts: u64) {
        let organization = OrganizationId::new(ORGANIZATION).unwrap();
        self.write(&Line::Header(Header::new("cargo xtask bench", opened_at())));
        self.write(&Line::Organization(Box::new(Organization::usual(organization))));
        self.counts.organizations = 1;
        self.write(&Line::SigningKey(hexadecimal(
            &Sha256::digest("a key for nobody but the benchmark").into(),
        )));
        for number in 0..accounts {
            self.account(number);
        }
        let sha256 = hexadecimal(&self.sum.clone().finalize().into());
        self.write(&Line::Trailer { counts: self.counts, sha256 });
        self.out.flush().unwrap();
    }

    fn account(&mut self, number: u64) {
        let key = AccountKey {
            organization: OrganizationId::new(ORGANIZATION).unwrap(),
            customer: CustomerId::new(customer(number)).unwrap(),
        };
        let sealed = sealed(&key, &history(number, &self.policy));
        let head = hexadecimal(&sealed[sealed.len() - 1].link);
        let entries = sealed.len() as u64;
        let AccountKey { organization, customer } = &key;
        self.write(&Line::Account { organization, customer, entries, head });
        for Sealed { entry, body, link } in &sealed {
            self.counts.entries += 1;
            let (position, link) = (self.counts.entries, hexadecimal(link));
            let (sequence, at, kind) = (entry.sequence, entry.at, entry.event.word());
            self.write(&Line::Entry { position, sequence, at, kind, body, link });
        }
        self.counts.accounts += 1;
    }

    fn write(&mut self, line: &Line<'_>) {
        let mut text = serde_json::to_vec(line).unwrap();
        text.push(b'\n');
        self.sum.update(&text);
        self.out.write_all(&text).unwrap();
    }
}

/// An entry as it is stored.
struct Sealed {
    entry: Entry,
    body: String,
    link: Link,
}

fn sealed(key: &AccountKey, entries: &[Entry]) -> Vec<Sealed> {
    let mut last = GENESIS;
    let seal = |entry: &Entry| {
        let body = serde_json::to_string(entry).unwrap();
        last = link(&last, key, entry.sequence, body.as_bytes());
        Sealed { entry: entry.clone(), body, link: last }
    };
    entries.iter().map(seal).collect()
}

/// What an account has gone through, decided by the core.
fn history(number: u64, policy: &Policy) -> Vec<Entry> {
    let mut life = [0; 10];
    life[2..].copy_from_slice(&number.to_be_bytes());
    let mut book = Book::default();
    let mut entries = Vec::new();
    for (step, command) in (0..).zip(commands()) {
        let context = Context {
            now: opened_at().plus_seconds(step * 86_400),
            today: opened_on().plus_days(step),
            actor: ActorId::new("erp").unwrap(),
            new_life: LifeId::new(life),
            policy,
        };
        let items = book.items(&needs(&command, context.now));
        let outcome = execute(&book.account, &items, &command, &context).unwrap();
        outcome.rows.iter().for_each(|row| book.apply(row));
        book.account = outcome.account;
        entries.extend(outcome.entries);
    }
    entries
}

/// A line that is bought on, suspended and opened again, and partly paid: ten entries.
fn commands() -> Vec<Command> {
    let high = CURRENCY.units(1_000_000_000);
    let purchase = |number: u64| {
        let order = OrderId::new(format!("o{number}")).unwrap();
        let amount = CURRENCY.units(10 * number);
        Command::UseCredit(UseCredit { order, amount, installments: InstallmentCount::ONE, plan: None })
    };
    let reference = PaymentReference::new("p1").unwrap();
    let payment = Pay { reference, amount: CURRENCY.units(10), date: opened_on(), allocations: None };
    vec![
        Command::Open(Open { limit: CURRENCY.units(1_000), tolerance: Tolerance::NONE }),
        purchase(1),
        Command::Suspend(Suspend {}),
        Command::Reactivate(Reactivate {}),
        purchase(2),
        Command::ChangeLimit(ChangeLimit { limit: high }),
        Command::Suspend(Suspend {}),
        Command::Reactivate(Reactivate {}),
        Command::Pay(payment),
        purchase(3),
    ]
}

/// Noon in Panama.
fn opened_at() -> Instant {
    Instant::parse("2025-11-03T17:00:00Z").unwrap()
}

fn opened_on() -> Day {
    Day::parse("2025-11-03").unwrap()
}

fn hexadecimal(bytes: &[u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
