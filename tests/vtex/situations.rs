//! The states of a shop in which the published examples succeed, with the ids of the examples.
//!
//! An operation has several where its answer differs with the account it is about.

use crate::operations::{Request, named};
use fiado_tests::{CreditAccount, Integration, invoice_of};
use serde_json::Value;

const ACCOUNT: &str = "01bce461-9g03-12ds-8217-b3d39271e15b";
/// What most examples settle, change or refund.
const TRANSACTION: &str = "B2E754DCD7304D22866CB6F221CF0FEB";
/// What the published lists of invoices show: one is paid, one open, one cancelled.
const PURCHASES: [(&str, &str); 3] = [
    ("A424887D0F2D45028FE5C96E9B0E1A2D", "5.01"),
    ("742F1758D81F4E93BC2A3F8A382D44A8", "0.91"),
    ("742235D7E5E840798EC28A02EBA9E855", "1.21"),
];
/// The published invoice, of the first purchase.
const INVOICE: &str = "A424887D0F2D45028FE5C96E9B0E1A2D-01";

/// An example to be sent to a shop that is ready for it.
pub(crate) struct Situation {
    operation: &'static str,
    prepare: fn(&Integration),
    /// What is sent otherwise than published; some of it is known only to the prepared shop.
    change: fn(&Integration, Request) -> Request,
    /// How many rows the answer has, where it is a list.
    pub(crate) rows: usize,
}

impl Situation {
    /// The example as it is published.
    fn new(operation: &'static str, prepare: fn(&Integration)) -> Situation {
        Situation { operation, prepare, change: |_, request| request, rows: 0 }
    }

    /// The example with something else in it.
    fn changed(self, change: fn(&Integration, Request) -> Request) -> Situation {
        Situation { change, ..self }
    }

    /// The answer is a list of so many.
    fn lists(self, rows: usize) -> Situation {
        Situation { rows, ..self }
    }

    /// Makes a shop ready; what is then to be sent.
    pub(crate) fn ready(&self, client: &Integration) -> Request {
        (self.prepare)(client);
        (self.change)(client, named(self.operation).request())
    }
}

/// All of them.
pub(crate) fn all() -> Vec<Situation> {
    let parts = [of_accounts(), of_invoices(), of_statements(), of_transactions(), of_holders(), of_store()];
    parts.into_iter().flatten().chain(of_gateway()).collect()
}

fn of_accounts() -> Vec<Situation> {
    vec![
        // Paid is read as Closed: the open account with the same e-mail is not shown.
        Situation::new("GET /accounts", accounts_are_closed).lists(2),
        Situation::new("POST /accounts", |_| {}),
        Situation::new("GET /accounts/{creditAccountId}", |client| drop(opens(client, ACCOUNT, PLAIN))),
        Situation::new("DELETE /accounts/{creditAccountId}", |client| drop(opens(client, ACCOUNT, PLAIN))),
        Situation::new("DELETE /accounts/{creditAccountId}", |client| drop(opens(client, ACCOUNT, RUC))),
        Situation::new("PUT /accounts/{creditAccountId}", |_| {}),
        Situation::new("PUT /accounts/{creditAccountId}", has_account),
        Situation::new("PUT /accounts/{creditAccountId}", has_account)
            .changed(|_, request| request.saying("documentType", "RUC")),
        Situation::new("PUT /accounts/{creditAccountId}/creditlimit", has_account),
        Situation::new("PUT /accounts/{creditAccountId}/tolerance", has_account),
    ]
}

fn of_invoices() -> Vec<Situation> {
    vec![
        Situation::new("GET /invoices", has_invoices),
        Situation::new("GET /invoices", has_invoices).changed(asking_for_the_paid_one).lists(1),
        Situation::new("GET /invoices", has_invoices)
            .changed(|client, request| asking_for_the_paid_one(client, request).without("creditAccountId"))
            .lists(1),
        Situation::new("GET /accounts/{creditAccountId}/invoices", has_invoices).lists(3),
        Situation::new("GET /accounts/{creditAccountId}/invoices/{invoiceId}", has_invoices),
        Situation::new("GET /accounts/{creditAccountId}/invoices/{invoiceId}", has_open_invoice),
        Situation::new("PUT /accounts/{creditAccountId}/invoices/{invoiceId}", has_open_invoice),
        Situation::new("DELETE /accounts/{creditAccountId}/invoices/{invoiceId}", has_open_invoice),
        Situation::new("POST /accounts/{creditAccountId}/invoices/{invoiceId}/payments", has_open_invoice),
        Situation::new("PUT /accounts/{creditAccountId}/invoices/{invoiceId}/postponement", |client| {
            has_open_invoice(client);
            let caps =
                r#"{"postponementEnabled":true,"invoicePostponementLimit":1,"maxPostponementDays":10}"#;
            client.configures(caps).must_be(200);
        }),
    ]
}

fn of_statements() -> Vec<Situation> {
    vec![
        Situation::new("GET /accounts/{creditAccountId}/statements", has_a_line_of_each_origin).lists(4),
        Situation::new("PUT /accounts/{creditAccountId}/statements/{statementId}", has_account),
    ]
}

fn of_transactions() -> Vec<Situation> {
    vec![
        Situation::new("POST /accounts/{creditAccountId}/transactions", has_account),
        Situation::new("PUT /accounts/{creditAccountId}/transactions/{transactionId}", has_account),
        Situation::new("PUT /accounts/{creditAccountId}/transactions/{transactionId}", |client| {
            client.configures(r#"{"maxPreAuthorizationGrowthRate":0.1}"#).must_be(200);
            has_hold(client, "50.00");
        }),
        Situation::new("DELETE /accounts/{creditAccountId}/transactions/{transactionId}", |client| {
            has_hold(client, "49.95");
        }),
        Situation::new("PUT /accounts/{creditAccountId}/transactions/{transactionId}/settlement", |client| {
            has_hold(client, "55.00");
        }),
        Situation::new("POST /accounts/{creditAccountId}/transactions/{transactionId}/refunds", |client| {
            has_hold(client, "49.95");
            client.account(ACCOUNT).settles(TRANSACTION, "49.95").must_be(200);
        }),
    ]
}

fn of_holders() -> Vec<Situation> {
    vec![
        Situation::new("POST /accounts/{creditAccountId}/holders", has_account),
        Situation::new("DELETE /accounts/{creditAccountId}/holders/{holderId}", has_account).changed(
            |client, request| {
                client.delete(&request.address()).must_be(404);
                request.at("holderId", &client.account(ACCOUNT).is_shared_with("email@domain.com"))
            },
        ),
    ]
}

fn of_store() -> Vec<Situation> {
    vec![Situation::new("GET /storeconfig", |_| {}), Situation::new("PUT /storeconfig", |_| {})]
}

fn of_gateway() -> Vec<Situation> {
    let about_one = |operation| Situation::new(operation, |_| {}).changed(of_a_new_rule);
    vec![
        Situation::new("GET /api/pvt/installments", |client| {
            client.adds_rule(VISA);
        }),
        Situation::new("GET /api/pvt/installments", |client| {
            client.adds_rule(CREDIT);
        })
        .changed(|_, request| request.asking("request.paymentDetails[0].id", "64")),
        Situation::new("GET /api/pvt/rules", |client| {
            published_rules().iter().for_each(|rule| drop(client.adds_rule(&rule.to_string())));
        })
        .lists(11),
        Situation::new("POST /api/pvt/rules", |_| {}),
        about_one("GET /api/pvt/rules/{ruleId}"),
        about_one("PUT /api/pvt/rules/{ruleId}"),
        about_one("DELETE /api/pvt/rules/{ruleId}"),
    ]
}

/// The published list of rules.
pub(crate) fn published_rules() -> Vec<Value> {
    named("GET /api/pvt/rules").response.as_ref().unwrap().example.as_array().unwrap().clone()
}

/// A rule of the published payment system, and one of Customer Credit with the published terms.
const VISA: &str = r#"{"name":"Visa","salesChannels":[{"id":":ALL:"}],"paymentSystem":{"id":2,"name":"Visa"},"enabled":true,"installmentOptions":{"interestRateMethod":0,"installments":[{"quantity":1,"interestRate":0},{"quantity":3,"interestRate":1.86},{"quantity":4,"interestRate":0}]}}"#;
const CREDIT: &str = r#"{"name":"Credit","salesChannels":[{"id":"1"}],"paymentSystem":{"id":64,"name":"Customer Credit"},"enabled":true,"deadlines":[{"paymentOptions":[{"days":30,"interestRate":0},{"days":60,"interestRate":0}]},{"paymentOptions":[{"days":15,"interestRate":0},{"days":30,"interestRate":2}]}]}"#;

/// The server makes the ids of rules: the first published one has another here.
fn of_a_new_rule(client: &Integration, request: Request) -> Request {
    client.get(&request.address()).must_be_declined(404);
    request.at("ruleId", &client.adds_rule(&published_rules()[0].to_string()))
}

/// An account as most clients have it, one of another country, and one without a document.
const CPF: &str = r#"{"email":"test@test.com","document":"32222222222","documentType":"CPF","creditLimit":12500,"tolerance":0.3}"#;
const RUC: &str =
    r#"{"email":"test@test.com","document":"155-596713","documentType":"RUC","creditLimit":500}"#;
const PLAIN: &str = r#"{"email":"test@test.com","creditLimit":500}"#;

fn opens(client: &Integration, id: &str, body: &str) -> CreditAccount {
    client.put(&format!("/accounts/{id}"), body).must_be(200);
    client.account(id)
}

fn has_account(client: &Integration) {
    opens(client, ACCOUNT, CPF);
}

fn accounts_are_closed(client: &Integration) {
    opens(client, "plain", PLAIN).closes().must_be(200);
    opens(client, "ruc", RUC).closes().must_be(200);
    opens(client, "other", &PLAIN.replace("test@", "other@")).closes().must_be(200);
    has_account(client);
}

fn has_hold(client: &Integration, value: &str) {
    opens(client, ACCOUNT, CPF).changes_hold(TRANSACTION, value).must_be(200);
}

fn has_purchase(client: &Integration, (transaction, value): (&str, &str)) {
    let account = client.account(ACCOUNT);
    account.changes_hold(transaction, value).must_be(200);
    account.settles(transaction, value).must_be(200);
}

/// The invoice of the first purchase, with all that can be said of it.
fn has_open_invoice(client: &Integration) {
    let account = opens(client, ACCOUNT, CPF);
    has_purchase(client, PURCHASES[0]);
    let about =
        r#"{"observation":"Some observation about the invoice","paymentLink":"https://www.teste.com.br"}"#;
    account.changes_invoice(INVOICE, about).must_be(200);
}

fn has_invoices(client: &Integration) {
    has_open_invoice(client);
    PURCHASES[1..].iter().for_each(|purchase| has_purchase(client, *purchase));
    let account = client.account(ACCOUNT);
    account.pays(INVOICE).must_be(200);
    account.cancels(&invoice_of(PURCHASES[2].0, 1)).must_be(200);
}

/// Every published filter at once, each with a value that the paid invoice has.
fn asking_for_the_paid_one(client: &Integration, request: Request) -> Request {
    let friendly = client.account(ACCOUNT).invoice(INVOICE).must_be(200).shows("friendlyId");
    request
        .asking("createdDateFrom", "2023-11-09")
        .asking("createdDateTo", "2023-11-09")
        .asking("dueDateFrom", "2023-12-09")
        .asking("dueDateTo", "2023-12-09")
        .asking("value", "5.01")
        .asking("friendlyId", &friendly)
}

fn has_a_line_of_each_origin(client: &Integration) {
    let account = opens(client, ACCOUNT, CPF);
    has_purchase(client, PURCHASES[0]);
    account.balance_moves("451924c579a6759cf6e112a", "\"-15\"").must_be(200);
    account.limit_becomes("12000").must_be(200);
    account.pays(INVOICE).must_be(200);
}
