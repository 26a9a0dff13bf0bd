//! Stores that earlier versions of this program have made in PostgreSQL are opened, and everything is there.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use fiado_core::account::{InvoiceState, LineKind, Needs, Operation, Receipt};
use fiado_core::identity::{AccountKey, CustomerId, InvoiceId, OrderId, OrganizationId, TransactionId};
use fiado_core::money::Amount;
use fiado_core::profile::Observation;
use fiado_store::postgres::Postgres;
use fiado_store::verify::{Summary, verify};
use fiado_store::{
    Answer, AnswerKey, Changes, InvoiceFilter, InvoiceTerm, PageRequest, Range, Store, Toward, Wanted,
};
use fiado_tests::postgres::{Cluster, Database};

const FIRST_SCHEMA: &str = include_str!("../src/postgres/migrations/0001_store.sql");
const SECOND_SCHEMA: &str = include_str!("../src/postgres/migrations/0002_fewer_indices.sql");
const SECOND_ROWS: &str = include_str!("made_by_postgres_0002.sql");

const ALL: Range = Range { first: 1, last: 1_000 };

fn second() -> Database {
    let database = Cluster::shared().database();
    database.sql(FIRST_SCHEMA);
    database.sql(SECOND_SCHEMA);
    database
        .sql("CREATE TABLE schema_version (version BIGINT NOT NULL); INSERT INTO schema_version VALUES (2)");
    database.sql(SECOND_ROWS);
    database
}

fn opened() -> (Database, Postgres) {
    let database = second();
    let store = Postgres::open(database.url(), 4).unwrap();
    (database, store)
}

fn key(customer: &str) -> AccountKey {
    AccountKey {
        organization: OrganizationId::new("org_default").unwrap(),
        customer: CustomerId::new(customer).unwrap(),
    }
}

fn first(most: usize) -> PageRequest {
    PageRequest { toward: Toward::Next, mark: None, most }
}

fn remembered(store: &dyn Store, customer: &str, operation: Operation, text: &str) -> Option<Answer> {
    let answer = AnswerKey { account: key(customer), operation, key: text.to_owned() };
    let wanted = [Wanted { key: key(customer), needs: Needs::default(), answer: Some(answer.clone()) }];
    let mut found = None;
    let looked = store.batch(&wanted, &mut |mut loaded| {
        found = loaded.answers.remove(&answer);
        Changes::default()
    });
    looked.unwrap();
    found
}

/// The invoices for which a term holds.
fn found(store: &dyn Store, term: InvoiceTerm) -> Vec<String> {
    let filter = InvoiceFilter { customer: None, terms: vec![term], any: false };
    let (records, _) = store.find_invoices(&key("eco").organization, &filter, &ALL).unwrap();
    records.iter().map(|record| record.invoice.id.to_string()).collect()
}

#[test]
fn its_journal_and_its_rows_agree() {
    let (database, store) = opened();
    let mut differences = Vec::new();
    let summary = verify(&store, &mut |difference| differences.push(difference.to_string())).unwrap();
    assert_eq!(differences, Vec::<String>::new());
    assert_eq!(summary, Summary { accounts: 5, entries: 35, differences: 0 });
    assert_eq!(database.sql("SELECT version FROM schema_version"), "3");
    assert_eq!(database.sql("SELECT count(*) FROM pg_class WHERE relname IN ('statement', 'ladder')"), "0");
}

#[test]
fn its_statement_is_the_same_line_by_line() {
    let (_database, store) = opened();
    let lines = store.statement(&key("eco"), &first(100)).unwrap().items;
    let told: Vec<(u64, u32, i64, u64)> = lines
        .iter()
        .map(|line| (line.sequence, line.line, line.value.minor(), line.used_after.minor()))
        .collect();
    let expected = [(6, 2, 499, 1_506), (6, 1, 1_001, 1_506), (5, 1, -1_003, 3_006), (4, 1, -1_002, 2_003)];
    assert_eq!(told, [expected.as_slice(), &[(3, 1, -1_001, 1_001)]].concat());
    assert!(matches!(&lines[0].kind, LineKind::Payment { invoice: Some(_), .. }));
    let mut one_by_one = Vec::new();
    let mut page = store.statement(&key("eco"), &first(1)).unwrap();
    while let Some(next) = page.next {
        one_by_one.append(&mut page.items);
        let request = PageRequest { mark: Some(next), ..first(1) };
        page = store.statement(&key("eco"), &request).unwrap();
    }
    one_by_one.append(&mut page.items);
    assert_eq!(one_by_one, lines);
    assert_eq!(store.statement(&key("alfa"), &first(100)).unwrap().items.len(), 6);
    assert_eq!(store.statement_stretch(&key("bravo"), None, None, 100).unwrap().lines.len(), 1);
}

#[test]
fn its_purchases_and_invoices_are_found_in_every_way() {
    let (_database, store) = opened();
    let eco = key("eco");
    let usages = store.usages(&eco, &first(100)).unwrap().items;
    let orders: Vec<&str> = usages.iter().map(|listed| listed.usage.order.as_str()).collect();
    assert_eq!(orders, ["eco-3", "eco-2", "eco-1"]);
    assert_eq!(usages[2].next_due, None, "it is paid");
    let last = &usages[0].usage.transaction;
    assert_eq!(store.invoices_of(&eco, last).unwrap().len(), 3);
    assert_eq!(store.invoices(&eco, Some(InvoiceState::Open), &first(100)).unwrap().items.len(), 5);
    assert_eq!(store.invoices(&key("bravo"), None, &first(100)).unwrap().items.len(), 6);
    let third = InvoiceId { transaction: last.clone(), installment: 3 };
    let record = store.invoice(&eco, &third).unwrap().unwrap();
    let note = Observation::new("vuelve el lunes").unwrap();
    assert_eq!(record.notes.observation.as_ref(), Some(&note));
    assert_eq!(found(&store, InvoiceTerm::Observation(note)), [third.to_string()]);
    assert_eq!(found(&store, InvoiceTerm::Id(third.clone())), [third.to_string()]);
    assert_eq!(found(&store, InvoiceTerm::Friendly(third.friendly())), [third.to_string()]);
    assert_eq!(found(&store, InvoiceTerm::Order(OrderId::new("eco-1").unwrap())).len(), 1);
    assert_eq!(found(&store, InvoiceTerm::Value(Amount::from_minor(334).unwrap())).len(), 2);
    // Those of a life that another has followed are in no list.
    let all = store.find_invoices(&eco.organization, &InvoiceFilter::default(), &ALL).unwrap();
    assert_eq!((all.0.len(), all.1.count()), (15, 15));
    let needs = Needs { transaction: TransactionId::new("t-1").ok(), ..Needs::default() };
    let book = store.book_for(&key("alfa"), &needs).unwrap().unwrap();
    assert_eq!((book.usages.len(), book.holds.len()), (1, 1));
}

#[test]
fn its_answers_are_the_same_the_second_time() {
    let (_database, store) = opened();
    let used = remembered(&store, "eco", Operation::UseCredit, "eco-use-2").unwrap().result.unwrap();
    assert!(matches!(used, Receipt::Usage(usage) if usage.amount.minor() == 1_002));
    assert!(remembered(&store, "nobody", Operation::UseCredit, "nobody-1").unwrap().result.is_err());
    assert_eq!(remembered(&store, "eco", Operation::Pay, "eco-use-2"), None);
    let now = store.newest_instant().unwrap().unwrap();
    assert_eq!(store.forget_answers(now.plus_seconds(1), 1_000).unwrap(), 7);
}

#[test]
fn its_books_are_those_that_an_export_takes_along() {
    let (_database, store) = opened();
    let keys = store.account_keys(None, 100).unwrap();
    for rows in [1, 2, 7, 1_000] {
        let departure = store.departure().unwrap();
        let (mut customers, mut entries, mut answers, mut last) = (Vec::new(), 0, 0, None);
        loop {
            let found = departure.belongings(last.as_ref(), rows).unwrap();
            let Some(end) = found.last().map(|belongings| belongings.key.clone()) else { break };
            for belongings in found {
                entries += belongings.journal.len();
                answers += belongings.answers.len();
                customers.push(belongings.key);
            }
            last = Some(end);
        }
        assert_eq!((entries, answers), (35, 7), "{rows} rows at once");
        customers.retain(|key| key.customer.as_str() != "nobody");
        assert_eq!(customers, keys);
    }
}
