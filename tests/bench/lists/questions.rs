//! What is asked, and how soon it is to be answered.
//!
//! Each question has many wordings, which take turns: another order, another page beside the last.

use super::samples::{Account, Invoice, Samples};
use std::time::Duration;

const FACE: &str = "/api/creditcontrol";

/// For a first page, and for filters that leave little.
const SOON: Option<Duration> = Some(Duration::from_millis(50));

/// For pages from the middle on: everything before them is passed.
const FAR: Option<Duration> = Some(Duration::from_millis(150));

/// How many records a page has where nothing is said.
const PAGE: u64 = 20;

/// How many pages beside each other take turns.
const TURNS: u64 = 10;

/// Something that is asked again and again.
pub(super) struct Question {
    pub(super) name: &'static str,
    /// In which time one is to be answered, if that was ever said.
    pub(super) target: Option<Duration>,
    /// Its wordings, at least one.
    pub(super) paths: Vec<String>,
}

/// All of them, in the order of the table.
pub(super) fn all(samples: &Samples) -> Vec<Question> {
    [accounts(samples), invoice_pages(samples), single_invoices(samples), days_and_values(samples)]
        .into_iter()
        .flatten()
        .collect()
}

fn accounts(samples: &Samples) -> Vec<Question> {
    let count = samples.open_accounts;
    let each = |name, path: fn(&Account) -> String| ask(name, SOON, samples.accounts.iter().map(path));
    // Those who never bought have nothing to show.
    let buyers =
        |path: fn(&str) -> String| samples.invoices.iter().map(move |invoice| path(&invoice.account));
    vec![
        ask("accounts, page 1", SOON, ["/accounts".to_owned()]),
        ask("accounts, middle page", FAR, pages("/accounts?", count / 2)),
        ask("accounts, last page", FAR, pages("/accounts?", last_page(count))),
        ask("accounts, closed, page 1", SOON, ["/accounts?status=Closed".to_owned()]),
        each("accounts by email", |account| format!("/accounts?email={}", account.email)),
        each("accounts by document", |account| format!("/accounts?document={}", account.document)),
        each("accounts by user", |account| format!("/accounts?userId={}", account.id)),
        ask("account by its id", SOON, buyers(|id| format!("/accounts/{id}"))),
        ask("statement of an account", SOON, buyers(|id| format!("/accounts/{id}/statements"))),
        ask("invoices of an account", SOON, buyers(|id| format!("/accounts/{id}/invoices"))),
    ]
}

fn invoice_pages(samples: &Samples) -> Vec<Question> {
    let (all, paid) = (samples.all_invoices, samples.paid_invoices);
    vec![
        ask("invoices, page 1", SOON, ["/invoices".to_owned()]),
        ask("invoices, middle page", FAR, pages("/invoices?", all / 2)),
        ask("invoices, last page", FAR, pages("/invoices?", last_page(all))),
        ask("invoices, paid, page 1", SOON, ["/invoices?status=Paid".to_owned()]),
        ask("invoices, paid, middle page", FAR, pages("/invoices?status=Paid&", paid / 2)),
        ask("invoices, paid, last page", FAR, pages("/invoices?status=Paid&", last_page(paid))),
    ]
}

fn single_invoices(samples: &Samples) -> Vec<Question> {
    let each = |name, path: fn(&Invoice) -> String| ask(name, SOON, samples.invoices.iter().map(path));
    let others = samples.invoices.iter().cycle().skip(1);
    let either = samples.invoices.iter().zip(others).map(|(one, other)| {
        format!("/invoices?orderId={}&friendlyId={}&op=or", one.order, other.friendly_id)
    });
    vec![
        each("invoices by account", |invoice| format!("/invoices?creditAccountId={}", invoice.account)),
        each("invoices by order", |invoice| format!("/invoices?orderId={}", invoice.order)),
        each("invoices by friendly id", |invoice| format!("/invoices?friendlyId={}", invoice.friendly_id)),
        each("invoices by id", |invoice| format!("/invoices?Id={}", invoice.id)),
        ask("invoices by order or friendly id", SOON, either),
    ]
}

fn days_and_values(samples: &Samples) -> Vec<Question> {
    let each = |name, path: fn(&Invoice) -> String| ask(name, SOON, samples.invoices.iter().map(path));
    let round = (1..=TURNS).map(|tens| format!("/invoices?value={}.00", 50 * tens));
    // Thousands of invoices share a round value: that is a question of its own.
    let odd = || samples.invoices.iter().filter(|invoice| !invoice.value.ends_with("0.00"));
    let few = |name, path: fn(&Invoice) -> String| ask(name, SOON, odd().map(path));
    vec![
        each("invoices issued on one day", |invoice| {
            format!("/invoices?createdDateFrom={0}&createdDateTo={0}", invoice.created)
        }),
        each("invoices due on one day", |invoice| {
            format!("/invoices?dueDateFrom={0}&dueDateTo={0}", invoice.due)
        }),
        few("invoices by value", |invoice| format!("/invoices?value={}", invoice.value)),
        few("invoices by value and status", |invoice| {
            format!("/invoices?value={}&status={}", invoice.value, invoice.status)
        }),
        few("invoices due on one day or by value", |invoice| {
            format!("/invoices?dueDateFrom={0}&dueDateTo={0}&value={1}&op=or", invoice.due, invoice.value)
        }),
        ask("invoices by a value that many have", None, round),
        // The books are of 2024 and 2025.
        ask("invoices issued within a year", None, [within_a_year()]),
    ]
}

fn within_a_year() -> String {
    "/invoices?createdDateFrom=2024-07-01&createdDateTo=2025-06-30".to_owned()
}

fn ask(name: &'static str, target: Option<Duration>, paths: impl IntoIterator<Item = String>) -> Question {
    let paths: Vec<String> = paths.into_iter().map(|path| format!("{FACE}{path}")).collect();
    assert!(!paths.is_empty(), "there is nothing to ask for: {name}");
    Question { name, target, paths }
}

/// Pages beside each other, the first of them at a position.
fn pages(list: &'static str, position: u64) -> impl Iterator<Item = String> {
    (0..TURNS).map(move |turn| {
        let from = position.saturating_sub(turn * PAGE).max(1);
        format!("{list}from={from}&to={}", from + PAGE - 1)
    })
}

/// Where the last page begins.
fn last_page(count: u64) -> u64 {
    count.saturating_sub(PAGE) + 1
}
