//! How PostgreSQL means to run statements: no list and no load may pass what it does not want.

use super::Postgres;
use super::connection::Connection;
use super::record;
use super::searched::numbered;
use super::tables::{accounts, answers, holds, invoices, journal, payments, shoppers, statement, usages};
use crate::conformance::desk::{ORGANIZATION, amount, invoice, key, organization};
use crate::paging::Walk;
use crate::search::Reach;
use crate::search::accounts::page_of;
use crate::search::invoices::statements;
use crate::{AccountFilter, AccountTerm, InvoiceFilter, InvoiceTerm};
use fiado_core::account::{InvoiceState, Status};
use fiado_core::identity::OrderId;
use fiado_core::profile::{Document, Email, Observation};
use fiado_tests::postgres::Cluster;

/// The steps of each statement on a new store, a line each.
fn plans(sql: impl IntoIterator<Item = String>) -> Vec<(String, Vec<String>)> {
    let database = Cluster::shared().database();
    let store = Postgres::open(database.url(), 2).unwrap();
    let explained = sql.into_iter().map(|sql| {
        let nothing = (1..).take_while(|number| sql.contains(&format!("${number}"))).map(|_| "NULL");
        let nothing: Vec<&str> = nothing.collect();
        let run =
            if nothing.is_empty() { "plan".to_owned() } else { format!("plan({})", nothing.join(", ")) };
        let steps = store.connections.write(|connection: &Connection| {
            connection.script(&format!("PREPARE plan AS {sql}"))?;
            let steps =
                connection.all(&format!("EXPLAIN (COSTS OFF) EXECUTE {run}"), [], |cells| cells.next())?;
            connection.script("DEALLOCATE plan")?;
            Ok(steps)
        });
        (sql, steps.unwrap())
    });
    explained.collect()
}

/// Whether anything is sorted but what is on one page.
fn sorts_what_it_finds(steps: &[String]) -> bool {
    (1..).zip(steps).filter(|(_, step)| step.ends_with("Sort")).any(|(next, _)| {
        let mut below = steps.iter().skip(next);
        below
            .find(|step| step.contains("Limit") || step.contains("Scan using"))
            .is_none_or(|step| !step.contains("Limit"))
    })
}

/// Asserts that statements look for what they want in an index by a condition, wherever they look; and
/// sort nothing, where they are to be in order already.
fn assert_search(sql: impl IntoIterator<Item = String>, are_in_order: bool) {
    for (sql, steps) in plans(sql) {
        assert!(!steps.iter().any(|step| step.contains("Seq Scan")), "{sql}\n{steps:#?}");
        assert!(!are_in_order || !sorts_what_it_finds(&steps), "{sql}\n{steps:#?}");
        for (place, step) in steps.iter().enumerate() {
            // By an index that serves nothing else: a key, or one whose first column or tag is said.
            let is_look = step.contains("Index Scan using") || step.contains("Index Only Scan");
            let condition = steps.get(place + 1).is_some_and(|next| next.contains("Index Cond:"));
            assert!(!is_look || condition, "{step} passes rows\n{sql}\n{steps:#?}");
        }
    }
}

#[test]
fn pages_are_walked_in_their_own_order() {
    let walks = [Walk::Up, Walk::Down];
    let states = [None].into_iter().chain(InvoiceState::ALL.map(Some));
    let lists = [
        journal::NEWER,
        journal::OLDER,
        payments::NEWER,
        payments::OLDER,
        statement::NEWER,
        statement::OLDER,
        statement::NEWEST_FIRST,
        usages::NEWER,
        usages::OLDER,
        holds::LIVE,
    ];
    let of_invoices = states.flat_map(|state| walks.map(|walk| invoices::list_sql(walk, state).to_owned()));
    let of_requests = [None, Some(Status::Pending)]
        .into_iter()
        .flat_map(|status| walks.map(|walk| accounts::requests_sql(walk, status)));
    assert_search(lists.map(str::to_owned).into_iter().chain(of_invoices).chain(of_requests), true);
}

#[test]
fn what_a_purchase_wants_is_found_by_the_index_that_is_made_for_it() {
    let loads = super::batch::statements();
    let expected = |sql: &str| match sql {
        sql if sql.contains("wanted.order_id") => Some("usages_by_order"),
        sql if sql.contains("FROM answers") => Some("answers_by_number"),
        sql if sql.contains("FROM usages WHERE usages.organization") => Some("usages_by_friendly"),
        sql if sql.contains("bought.used_at") => Some("invoices_by_state"),
        sql if sql.contains("AS open") => Some("invoices_open"),
        _ => None,
    };
    let lists = [
        (journal::NEWER, "journal_by_account"),
        (journal::NEWER, "journal_lives"),
        (statement::OLDER, "journal_by_account"),
        (usages::OLDER, "usages_by_time"),
        (usages::OLDER, "invoices_by_state"),
        (invoices::ALL, "invoices_closed"),
        (invoices::OF_PURCHASE, "usages_by_friendly"),
        (invoices::OF_PURCHASE, "invoices_by_state"),
        (invoices::PRESENT, "invoices_by_state"),
        (answers::FORGET, "answers_by_time"),
    ];
    let found: Vec<(&str, &str)> =
        loads.iter().filter_map(|sql| Some((*sql, expected(sql)?))).chain(lists).collect();
    assert_eq!(found.len(), 6 + 10);
    let plans = plans(found.iter().map(|(sql, _)| (*sql).to_owned()));
    for ((sql, index), (_, steps)) in found.into_iter().zip(plans) {
        let is_used = steps.iter().any(|step| step.split(' ').any(|word| word == index));
        assert!(is_used, "{index}\n{sql}\n{steps:#?}");
    }
}

#[test]
fn stretches_of_customers_are_found_by_their_keys() {
    // That they come in order, without being sorted, is a setting of the session that reads them.
    assert_search(crate::moving::statements::<Connection>(), false);
}

#[test]
fn a_batch_looks_at_what_it_wants_alone() {
    let others = [
        accounts::KEYS,
        holds::EXPIRED_EVERYWHERE,
        shoppers::OF_SHOPPER,
        answers::FORGET,
        invoices::ALL,
        invoices::OF_PURCHASE,
        invoices::PRESENT,
    ];
    let written = super::batch::written().into_iter().chain([record::RECORD, record::RECORDS]);
    let all = super::batch::statements().into_iter().chain(others).chain(written);
    assert_search(all.map(str::to_owned), false);
}

#[test]
fn whoever_is_asked_for_is_found_by_an_index() {
    let organization = organization(ORGANIZATION);
    let terms = [
        AccountTerm::Email(Email::new("a@b.pa").unwrap()),
        AccountTerm::Document(Document::new("8-888-8888").unwrap()),
        AccountTerm::User("cust_456".to_owned()),
    ];
    let page = |filter: &AccountFilter, from_the_end| {
        let reach = Reach { from_the_end, skipped: 0, most: 20 };
        numbered(&page_of::<Connection>(&organization, filter, &reach).text)
    };
    // Where both are listed, whether they are merged or sorted depends on how many there are.
    let every = [Some(true), Some(false)].into_iter().flat_map(|open| {
        let filter = AccountFilter { open, ..AccountFilter::default() };
        [page(&filter, false), page(&filter, true)]
    });
    assert_search(every, true);
    let named = terms
        .into_iter()
        .map(|term| page(&AccountFilter { open: Some(true), terms: vec![term], any: false }, false));
    let both = [false, true].map(|from_the_end| page(&AccountFilter::default(), from_the_end));
    assert_search(named.chain(both), false);
}

#[test]
fn whatever_is_asked_of_invoices_is_found_by_an_index() {
    let organization = organization(ORGANIZATION);
    let terms = [
        InvoiceTerm::Due { from: None, to: None },
        InvoiceTerm::Issued { from: None, before: None },
        InvoiceTerm::Value(amount(1)),
        InvoiceTerm::Friendly("u8KFsGDk-1".to_owned()),
        InvoiceTerm::Observation(Observation::new("x").unwrap()),
        InvoiceTerm::Id(invoice("t-1", 1)),
        InvoiceTerm::Order(OrderId::new("order-1").unwrap()),
        InvoiceTerm::State(InvoiceState::Paid),
    ];
    let mut asked = Vec::new();
    for customer in [None, Some(key("cust_456").customer)] {
        let filter = |terms: &[InvoiceTerm], any| InvoiceFilter {
            customer: customer.clone(),
            terms: terms.to_vec(),
            any,
        };
        asked.push(filter(&[], false));
        asked.extend(terms.iter().map(|term| filter(std::slice::from_ref(term), false)));
        asked.extend([filter(&terms, false), filter(&terms, true)]);
    }
    let sql = asked.iter().flat_map(|filter| {
        let (page, totals) = statements::<Connection>(&organization, filter, false);
        [Some(page), totals]
    });
    assert_search(sql.flatten().map(|sql| numbered(&sql)), false);
}
