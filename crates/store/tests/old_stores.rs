//! A store that an earlier version of this program has written is opened, and everything is there.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use fiado_core::account::{Account, Entry, Needs, Operation, Receipt, Status, evolve};
use fiado_core::identity::{AccountKey, CustomerId, OrganizationId};
use fiado_core::preferences::Preferences;
use fiado_store::sqlite::Sqlite;
use fiado_store::verify::{Summary, verify};
use fiado_store::{
    AccountFilter, Answer, AnswerKey, Changes, InvoiceFilter, PageRequest, Range, Store, Toward, Wanted,
};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const SCHEMA: &str = include_str!("../src/sqlite/migrations/0001_journal_and_rows.sql");
const ROWS: &str = include_str!("made_by_0001.sql");

const ALL: Range = Range { first: 1, last: 1_000 };

struct Old(TempDir);

impl Old {
    fn new() -> Old {
        let old = Old(tempfile::tempdir().unwrap());
        let connection = Connection::open(old.path()).unwrap();
        connection.execute_batch(SCHEMA).unwrap();
        connection.execute_batch(ROWS).unwrap();
        old
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("fiado.db")
    }
}

fn key(organization: &str, customer: &str) -> AccountKey {
    AccountKey {
        organization: OrganizationId::new(organization).unwrap(),
        customer: CustomerId::new(customer).unwrap(),
    }
}

fn alfa() -> AccountKey {
    key("org_default", "alfa")
}

fn differences(path: &Path) -> (Summary, Vec<String>) {
    let mut differences = Vec::new();
    let store = Sqlite::open(path).unwrap();
    let summary = verify(&store, &mut |difference| differences.push(difference.to_string())).unwrap();
    (summary, differences)
}

fn first() -> PageRequest {
    PageRequest { toward: Toward::Next, mark: None, most: 100 }
}

/// The account as its journal left it at a version.
fn at_version(store: &dyn Store, key: &AccountKey, version: u64) -> Account {
    let rows = store.journal(key, 0, 1_000).unwrap();
    let entries = rows.iter().map(|row| serde_json::from_slice::<Entry>(&row.body).unwrap());
    entries.take_while(|entry| entry.sequence <= version).fold(Account::default(), |a, e| evolve(a, &e))
}

#[test]
fn its_journal_and_its_rows_agree() {
    let old = Old::new();
    let expected = Summary { accounts: 6, entries: 28, differences: 0 };
    assert_eq!(differences(&old.path()), (expected, Vec::new()));
    assert_eq!(differences(&old.path()), (expected, Vec::new()), "and when it is opened again");
}

#[test]
fn its_accounts_are_in_the_lists_they_belong_to() {
    let old = Old::new();
    let store = Sqlite::open(old.path()).unwrap();
    let organization = alfa().organization;
    let now = store.newest_instant().unwrap().unwrap();
    let names = |open| -> (Vec<String>, u64) {
        let filter = AccountFilter { open, ..AccountFilter::default() };
        let (listed, count) = store.accounts(&organization, &filter, &ALL, now).unwrap();
        (listed.iter().map(|account| account.key.customer.to_string()).collect(), count)
    };
    assert_eq!(names(Some(true)), (vec!["alfa".to_owned(), "bravo".to_owned()], 2));
    assert_eq!(names(Some(false)), (vec!["echo".to_owned()], 1));
    let pending = store.requests(&organization, Some(Status::Pending), &first()).unwrap();
    assert_eq!(pending.items[0].key, key("org_default", "delta"));
    let alfa = store.account(&alfa(), now).unwrap().unwrap();
    assert_eq!(alfa.profile.unwrap().business_name.as_str(), "Pérez e Hijos, S. A.");
    assert_eq!(alfa.remark.unwrap().as_str(), "tres facturas vencidas");
    assert_eq!(alfa.contact, None);
}

#[test]
fn its_invoices_are_listed_and_counted() {
    let old = Old::new();
    let store = Sqlite::open(old.path()).unwrap();
    let organization = alfa().organization;
    let (records, totals) = store.find_invoices(&organization, &InvoiceFilter::default(), &ALL).unwrap();
    // Three and twelve of alfa's, four of bravo's second life, one of echo's, which has ended.
    assert_eq!((records.len(), totals.count()), (20, 20));
    let minor = totals.open.minor + totals.paid.minor;
    assert_eq!(minor, 30_000 + 7_777 + 1_000 + 700);
    let bravo = key("org_default", "bravo");
    let all_lives = store.invoices(&bravo, None, &first()).unwrap().items;
    assert_eq!(all_lives.iter().filter(|invoice| invoice.past).count(), 2);
    assert_eq!(store.usages(&bravo, &first()).unwrap().items.len(), 2);
    assert_eq!(store.payments(&alfa(), &first()).unwrap().items.len(), 2);
    assert_eq!(store.statement_stretch(&bravo, None, None, 100).unwrap().lines.len(), 1);
}

/// What is remembered under a key.
fn remembered(store: &dyn Store, operation: Operation, text: &str) -> Answer {
    let answer = AnswerKey { account: alfa(), operation, key: text.to_owned() };
    let wanted = [Wanted { key: alfa(), needs: Needs::default(), answer: Some(answer.clone()) }];
    let mut found = None;
    let looked = store.batch(&wanted, &mut |mut loaded| {
        found = loaded.answers.remove(&answer);
        Changes::default()
    });
    looked.unwrap();
    found.unwrap()
}

#[test]
fn its_answers_are_the_same_the_second_time() {
    let old = Old::new();
    let store = Sqlite::open(old.path()).unwrap();
    for (operation, text, version) in [
        (Operation::Request, "request-1", 1),
        (Operation::Approve, "approve-1", 2),
        (Operation::Suspend, "suspend-1", 8),
    ] {
        let expected = Receipt::Account(Box::new(at_version(&store, &alfa(), version)));
        assert_eq!(remembered(&store, operation, text).result, Ok(expected), "{text}");
    }
    let used = remembered(&store, Operation::UseCredit, "use-1").result.unwrap();
    assert!(matches!(used, Receipt::Usage(usage) if usage.amount.minor() == 30_000));
    let paid = remembered(&store, Operation::Pay, "pay-1").result.unwrap();
    assert!(matches!(paid, Receipt::Payment(payment) if payment.reference.is_some()));
    assert!(remembered(&store, Operation::UseCredit, "use-2").result.is_err(), "a no is a no");
}

#[test]
fn what_is_no_row_of_the_journal_stays_as_it_was() {
    let old = Old::new();
    let store = Sqlite::open(old.path()).unwrap();
    let chile = store.organization(&key("org_chile", "alfa").organization).unwrap().unwrap();
    assert_eq!((chile.zone.as_str(), chile.policy.own_request_approval), ("America/Santiago", true));
    assert_eq!(chile.preferences, Preferences::default());
    assert_eq!(store.key("app-1").unwrap().unwrap().organization, chile.id);
    assert_eq!(store.signing_key().unwrap(), [7; 32]);
    let refusals: i64 = Connection::open(old.path())
        .unwrap()
        .query_row("SELECT count(*) FROM refusals", [], |row| row.get(0))
        .unwrap();
    assert_eq!(refusals, 2);
}

#[test]
fn an_account_with_a_damaged_journal_stops_nobody_and_is_still_named() {
    let changes = [
        "UPDATE journal SET body = x'7b' WHERE customer = 'bravo' AND sequence = 3",
        "DELETE FROM journal WHERE customer = 'bravo' AND sequence = 3",
        "DELETE FROM journal WHERE customer = 'bravo' AND sequence > 5",
        "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), '000000000003-01', '000000000009-01') AS BLOB)
            WHERE customer = 'bravo' AND sequence = 4",
    ];
    for change in changes {
        let old = Old::new();
        assert!(Connection::open(old.path()).unwrap().execute(change, []).unwrap() > 0, "{change}");
        let (summary, found) = differences(&old.path());
        assert_eq!(summary.accounts, 6);
        assert!(!found.is_empty(), "{change}");
        assert!(found.iter().all(|found| found.starts_with("org_default/bravo: ")), "{change}\n{found:#?}");
    }
}
