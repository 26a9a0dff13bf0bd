//! What can be asked for: records from all over the books, as a client finds them by paging.

use fiado_tests::Integration;
use serde_json::Value;

/// From how many places records are taken: no question is answered from the same few pages of the
/// file each time.
const PLACES: u64 = 25;

/// Accounts and invoices from all over the books, and how many there are.
pub(crate) struct Samples {
    pub(crate) accounts: Vec<Account>,
    pub(crate) invoices: Vec<Invoice>,
    /// How many accounts are listed where nothing is said of them: the open ones.
    pub(crate) open_accounts: u64,
    pub(crate) all_invoices: u64,
    pub(crate) paid_invoices: u64,
}

/// What is known of an account.
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) document: String,
}

/// What is known of an invoice.
pub(crate) struct Invoice {
    pub(crate) id: String,
    pub(crate) friendly_id: String,
    pub(crate) account: String,
    pub(crate) order: String,
    pub(crate) value: String,
    pub(crate) status: String,
    /// The days it was issued and falls due on.
    pub(crate) created: String,
    pub(crate) due: String,
}

impl Samples {
    /// Asks for them.
    pub(crate) fn take(client: &Integration) -> Samples {
        let open_accounts = count(client, "/accounts?");
        let all_invoices = count(client, "/invoices?");
        Samples {
            accounts: spread(client, "/accounts?", open_accounts).iter().map(account).collect(),
            invoices: spread(client, "/invoices?", all_invoices).iter().map(invoice).collect(),
            open_accounts,
            all_invoices,
            paid_invoices: count(client, "/invoices?status=Paid&"),
        }
    }
}

fn count(client: &Integration, list: &str) -> u64 {
    let page = client.get(&format!("{list}from=1&to=1")).must_be(200).json();
    page["summary"]["count"].as_u64().unwrap()
}

/// Records from places that are equally far from one another.
fn spread(client: &Integration, list: &str, count: u64) -> Vec<Value> {
    let places =
        (0..PLACES).map(|place| 1 + (2 * place + 1) * count / (2 * PLACES)).filter(|at| *at <= count);
    places.flat_map(|at| client.get(&format!("{list}from={at}&to={at}")).must_be(200).items()).collect()
}

fn account(found: &Value) -> Account {
    Account { id: text(found, "id"), email: text(found, "email"), document: text(found, "document") }
}

fn invoice(found: &Value) -> Invoice {
    Invoice {
        id: text(found, "id"),
        friendly_id: text(found, "friendlyId"),
        account: text(found, "accountId"),
        order: text(found, "orderId"),
        value: found["value"].to_string(),
        status: text(found, "status"),
        created: day(found, "createdAt"),
        due: day(found, "dueDate"),
    }
}

fn text(found: &Value, name: &str) -> String {
    found[name].as_str().unwrap().to_owned()
}

/// The day of a moment that is written as `2024-02-26T14:39:54Z`.
fn day(found: &Value, name: &str) -> String {
    text(found, name)[..10].to_owned()
}
