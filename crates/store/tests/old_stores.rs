//! Stores that earlier versions of this program have written are opened, and everything is there.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use fiado_core::account::{Account, Entry, Event, Needs, Operation, Receipt, Status, evolve};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, CustomerId, OrganizationId, RuleId};
use fiado_core::money::Amount;
use fiado_core::preferences::Preferences;
use fiado_store::moving::{Header, Incoming, export};
use fiado_store::sqlite::Sqlite;
use fiado_store::verify::{Summary, verify};
use fiado_store::{
    AccountFilter, Answer, AnswerKey, Changes, InvoiceFilter, PageRequest, Range, RuleRecord, Store, Toward,
    Wanted,
};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const FIRST_SCHEMA: &str = include_str!("../src/sqlite/migrations/0001_journal_and_rows.sql");
const FIRST_ROWS: &str = include_str!("made_by_0001.sql");
const SECOND_SCHEMA: &str = include_str!("../src/sqlite/migrations/0002_customer_credit.sql");
const SECOND_ROWS: &str = include_str!("made_by_0002.sql");

const ALL: Range = Range { first: 1, last: 1_000 };

struct Old(TempDir);

impl Old {
    fn first() -> Old {
        Old::made_by(&[FIRST_SCHEMA, FIRST_ROWS])
    }

    fn second() -> Old {
        Old::made_by(&[FIRST_SCHEMA, SECOND_SCHEMA, SECOND_ROWS])
    }

    fn made_by(scripts: &[&str]) -> Old {
        let old = Old(tempfile::tempdir().unwrap());
        let mut connection = Connection::open(old.path()).unwrap();
        let transaction = connection.transaction().unwrap();
        scripts.iter().for_each(|script| transaction.execute_batch(script).unwrap());
        transaction.commit().unwrap();
        old
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("fiado.db")
    }

    fn open(&self) -> Sqlite {
        Sqlite::open(self.path()).unwrap()
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
    for (old, accounts, entries) in [(Old::first(), 6, 28), (Old::second(), 4, 27)] {
        let expected = Summary { accounts, entries, differences: 0 };
        assert_eq!(differences(&old.path()), (expected, Vec::new()));
        assert_eq!(differences(&old.path()), (expected, Vec::new()), "and when it is opened again");
    }
}

/// What is owed by due day, as it stands with each account.
fn ladders(path: &Path) -> Vec<(String, String)> {
    let connection = Connection::open(path).unwrap();
    let sql = "SELECT organization || '/' || customer, ladder FROM accounts ORDER BY 1";
    let mut ladders = connection.prepare(sql).unwrap();
    let rows = ladders.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn what_is_owed_by_due_day_stands_with_its_account() {
    for old in [Old::first(), Old::second()] {
        let text = exported(&old.open());
        let new = old.path().with_file_name("new.db");
        let mut arrival = Sqlite::fill(&new).unwrap();
        Incoming::of(&mut text.as_slice()).unwrap().move_in(&mut *arrival, &mut |_| {}).unwrap();
        drop(arrival);
        let found = ladders(&old.path());
        assert_eq!(found, ladders(&new), "to the byte as a new store writes it");
        assert!(found.iter().any(|(_, ladder)| ladder == "[]"), "{found:?}");
        assert!(found.iter().any(|(_, ladder)| ladder.matches("],[").count() > 1), "{found:?}");
        let gone = "SELECT count(*) FROM sqlite_schema WHERE name = 'ladder'";
        let left: i64 = Connection::open(old.path()).unwrap().query_row(gone, [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0);
    }
}

#[test]
fn its_accounts_are_in_the_lists_they_belong_to() {
    let old = Old::first();
    let store = old.open();
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
    let old = Old::first();
    let store = old.open();
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
    let old = Old::first();
    let store = old.open();
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
    let old = Old::first();
    let store = old.open();
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
fn what_the_second_version_kept_is_in_the_lists_it_belongs_to() {
    let old = Old::second();
    let store = old.open();
    let organization = alfa().organization;
    let now = store.newest_instant().unwrap().unwrap();
    let open = AccountFilter { open: Some(true), ..AccountFilter::default() };
    let (listed, count) = store.accounts(&organization, &open, &ALL, now).unwrap();
    let names: Vec<&str> = listed.iter().map(|account| account.key.customer.as_str()).collect();
    assert_eq!((names, count), (vec!["alfa", "bravo"], 2));
    let (records, totals) = store.find_invoices(&organization, &InvoiceFilter::default(), &ALL).unwrap();
    assert_eq!((records.len(), totals.open.minor, totals.paid.minor), (9, 28_000, 10_000));
    let holds = store.live_holds(&alfa(), now, 10).unwrap();
    let live: Vec<&str> = holds.iter().map(|hold| hold.transaction.as_str()).collect();
    assert_eq!(live, ["t-2", "t-3"]);
    let holders = store.holders(&alfa()).unwrap();
    assert_eq!(holders[0].email.as_ref().map(|email| email.as_str()), Some("ana@tienda.pa"));
    let remark = store.account(&key("org_chile", "alfa"), now).unwrap().unwrap().remark;
    assert_eq!(remark.unwrap().as_str(), "tres facturas vencidas");
}

#[test]
fn what_the_second_version_answered_is_the_same_the_second_time() {
    let old = Old::second();
    let store = old.open();
    for (operation, text, version) in
        [(Operation::Request, "request-1", 1), (Operation::Approve, "approve-1", 2)]
    {
        let expected = Receipt::Account(Box::new(at_version(&store, &alfa(), version)));
        assert_eq!(remembered(&store, operation, text).result, Ok(expected), "{text}");
    }
    let used = remembered(&store, Operation::UseCredit, "use-1").result.unwrap();
    assert!(matches!(used, Receipt::Usage(usage) if usage.principal().minor() == 30_000));
    let held = remembered(&store, Operation::ChangeHold, "hold-1").result.unwrap();
    assert!(matches!(held, Receipt::Hold(hold) if hold.authorized.minor() == 9_000));
    assert!(remembered(&store, Operation::UseCredit, "use-2").result.is_err(), "a no is a no");
    let chile = store.organization(&key("org_chile", "alfa").organization).unwrap().unwrap();
    assert!(chile.preferences.my_credits_enabled);
    assert_eq!(store.key("app-2").unwrap().unwrap().organization, chile.id);
}

#[test]
fn purchases_from_before_there_were_plans_bear_no_interest() {
    for (old, count) in [(Old::first(), 2), (Old::second(), 2)] {
        let usages = old.open().usages(&alfa(), &first()).unwrap().items;
        assert_eq!(usages.len(), count);
        for listed in usages {
            assert_eq!((listed.usage.interest, listed.usage.plan), (Amount::ZERO, None));
        }
    }
}

#[test]
fn payment_rules_are_kept_from_then_on() {
    for old in [Old::first(), Old::second()] {
        let store = old.open();
        let chile = key("org_chile", "alfa").organization;
        assert!(store.rules(&chile).unwrap().is_empty());
        let rule = RuleRecord { id: RuleId::new("1").unwrap(), document: "{ }".to_owned() };
        assert!(store.add_rule(&chile, &rule, 10).unwrap());
        drop(store);
        assert_eq!(old.open().rules(&chile).unwrap(), [rule]);
    }
}

#[test]
fn its_entries_are_listed_with_their_lives_and_remarks() {
    for old in [Old::first(), Old::second()] {
        let store = old.open();
        let lives = |key: &AccountKey| -> Vec<u32> {
            store.entries(key, &first()).unwrap().items.iter().map(|record| record.life).collect()
        };
        assert_eq!(lives(&key("org_default", "bravo")), [2, 2, 2, 1, 1, 1, 1, 1]);
        // There the second version's line was opened, without a request.
        assert_eq!(lives(&key("org_chile", "alfa")), [1, 1, 1]);
    }
    let alfa = Old::first().open().entries(&alfa(), &first()).unwrap().items;
    let suspended = alfa.iter().find(|record| record.entry.event == Event::Suspended {}).unwrap();
    assert_eq!(suspended.remark.as_ref().map(|remark| remark.as_str()), Some("tres facturas vencidas"));
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
        let old = Old::first();
        assert!(Connection::open(old.path()).unwrap().execute(change, []).unwrap() > 0, "{change}");
        let (summary, found) = differences(&old.path());
        assert_eq!(summary.accounts, 6);
        assert!(!found.is_empty(), "{change}");
        assert!(found.iter().all(|found| found.starts_with("org_default/bravo: ")), "{change}\n{found:#?}");
    }
}

fn exported(store: &dyn Store) -> Vec<u8> {
    let mut text = Vec::new();
    let header = Header::new("0.0.0", Instant::EPOCH);
    export(&*store.departure().unwrap(), header, &mut text, &mut |_| {}).unwrap();
    text
}

#[test]
fn an_old_store_moves_house_as_a_new_one_does() {
    for old in [Old::first(), Old::second()] {
        let text = exported(&old.open());
        let path = old.path().with_file_name("new.db");
        let mut arrival = Sqlite::fill(&path).unwrap();
        let mut input = text.as_slice();
        let counts = Incoming::of(&mut input).unwrap().move_in(&mut *arrival, &mut |_| {}).unwrap();
        drop(arrival);
        assert!(counts.accounts > 1 && counts.answers > 0, "{counts:?}");
        let (summary, differences) = differences(&path);
        assert!(differences.is_empty(), "{differences:?}");
        assert_eq!((summary.accounts, summary.entries), (counts.accounts, counts.entries));
        assert!(exported(&Sqlite::open(&path).unwrap()) == text);
    }
}
