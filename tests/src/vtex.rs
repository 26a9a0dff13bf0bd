//! The other face: what a client written for VTEX sends and reads.

use crate::answer::shown;
use crate::{Answer, Caller, DEFAULT_ORGANIZATION, Shop};
use reqwest::Method;
use serde_json::Value;

/// Where the face begins.
const FACE: &str = "/api/creditcontrol";

/// Where the gateway begins.
const GATEWAY: &str = "/api/pvt/";

/// The code VTEX publishes; all others are ours.
const ALREADY_OPEN: i64 = 1099;

impl Shop {
    /// A client with an application key for everything that VTEX's clients do.
    pub fn integration(&self) -> Integration {
        self.integration_of(DEFAULT_ORGANIZATION)
    }

    /// Such a client of another organization.
    pub fn integration_of(&self, organization: &str) -> Integration {
        let (key, token) = self.application_key(&[
            "--organization",
            organization,
            "--name",
            "vtex",
            "--permissions",
            "vtex:main",
        ]);
        Integration::with_application_key(self.stranger(), &key, &token)
    }

    /// Both halves of a new application key.
    ///
    /// # Panics
    /// Where `fiado keys create` does not take these arguments.
    pub fn application_key(&self, arguments: &[&str]) -> (String, String) {
        let printed = self.fiado(&[&["keys", "create"], arguments].concat()).must_succeed();
        let key = crate::json(&printed);
        let half = |name: &str| key[name].as_str().unwrap().to_owned();
        (half("app_key"), half("app_token"))
    }
}

/// Somebody who speaks to a shop by VTEX's addresses. Those of Customer Credit are written here without
/// their common beginning: `/accounts/55555555555_CPF`; those of the gateway as they are:
/// `/api/pvt/rules`.
#[derive(Clone)]
pub struct Integration {
    caller: Caller,
}

impl Integration {
    /// Any caller.
    pub fn of(caller: Caller) -> Integration {
        Integration { caller }
    }

    /// With both halves of an application key.
    pub fn with_application_key(caller: Caller, key: &str, token: &str) -> Integration {
        Integration::of(caller.with("X-VTEX-API-AppKey", key).with("X-VTEX-API-AppToken", token))
    }

    /// The same one, who sends one more header.
    #[must_use]
    pub fn with(&self, header: &str, value: &str) -> Integration {
        Integration::of(self.caller.with(header, value))
    }

    /// Reads something.
    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None)
    }

    /// Sends a JSON body, exactly as it is written.
    #[track_caller]
    pub fn post(&self, path: &str, body: impl Into<String>) -> Answer {
        self.send(Method::POST, path, Some(body.into()))
    }

    /// Sends a JSON body, exactly as it is written.
    #[track_caller]
    pub fn put(&self, path: &str, body: impl Into<String>) -> Answer {
        self.send(Method::PUT, path, Some(body.into()))
    }

    /// Ends something.
    #[track_caller]
    pub fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None)
    }

    /// Sends any request.
    #[track_caller]
    pub fn send(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let path = if path.starts_with(GATEWAY) { path.to_owned() } else { format!("{FACE}{path}") };
        self.caller.send(method, &path, body)
    }

    /// Sends bytes that may be no text.
    ///
    /// # Panics
    /// Where no answer comes.
    #[track_caller]
    pub fn post_bytes(&self, path: &str, body: Vec<u8>) -> Answer {
        self.caller.post_bytes(&format!("{FACE}{path}"), body)
    }

    /// Sends a body without saying what it is.
    ///
    /// # Panics
    /// Where no answer comes.
    #[track_caller]
    pub fn post_without_content_type(&self, path: &str, body: impl Into<String>) -> Answer {
        self.caller.post_without_content_type(&format!("{FACE}{path}"), body)
    }

    /// Adds a payment rule; its id.
    #[track_caller]
    pub fn adds_rule(&self, rule: &str) -> String {
        self.post("/api/pvt/rules", rule).must_be(200).shows("id")
    }

    /// Changes some of the store's configuration.
    #[track_caller]
    pub fn configures(&self, body: &str) -> Answer {
        self.put("/storeconfig", body)
    }

    /// Opens an account without tolerance for a CPF.
    #[track_caller]
    pub fn opens(&self, document: &str, limit: &str) -> CreditAccount {
        self.opens_with_tolerance(document, limit, "0")
    }

    /// Opens an account for a CPF; the shopper's e-mail is `{document}@test.com`.
    #[track_caller]
    pub fn opens_with_tolerance(&self, document: &str, limit: &str, tolerance: &str) -> CreditAccount {
        let body = format!(
            r#"{{"document":"{document}","documentType":"CPF","email":"{document}@test.com","creditLimit":{limit},"tolerance":{tolerance}}}"#
        );
        self.account(&self.post("/accounts", body).must_be(200).shows("id"))
    }

    /// An account by its id, whether it is there or not.
    pub fn account(&self, id: &str) -> CreditAccount {
        CreditAccount { integration: self.clone(), id: id.to_owned() }
    }
}

/// A shopper's account, as a VTEX client sees it.
#[derive(Clone)]
pub struct CreditAccount {
    integration: Integration,
    id: String,
}

/// The id of an invoice: the transaction's, and which installment it is.
pub fn invoice_of(transaction: &str, installment: u8) -> String {
    format!("{transaction}-{installment:02}")
}

impl CreditAccount {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The address of something of it: `path("/statements")`; `path("")` is the account itself.
    pub fn path(&self, what: &str) -> String {
        format!("/accounts/{}{what}", self.id)
    }

    /// Reads something of it.
    #[track_caller]
    pub fn reads(&self, what: &str) -> Answer {
        self.integration.get(&self.path(what))
    }

    /// A figure of it, as it is written.
    #[track_caller]
    pub fn figure(&self, name: &str) -> String {
        self.reads("").must_be(200).shows(name)
    }

    /// What is left of the limit, and what of it is held.
    ///
    /// # Panics
    /// Where the balance available is not the credit available.
    #[track_caller]
    pub fn figures(&self) -> [String; 2] {
        let account = self.reads("").must_be(200);
        assert_eq!(account.shows("availableBalance"), account.shows("availableCredit"), "{}", account.text);
        [account.shows("availableCredit"), account.shows("preAuthorizedCredit")]
    }

    /// All that can be read of it, as it is written: what leaves no trace leaves this as it was.
    #[track_caller]
    pub fn everything(&self) -> [String; 4] {
        let whats = ["", "/invoices?from=1&to=1000", "/statements", "/holders"];
        whats.map(|what| self.reads(what).must_be(200).text)
    }

    /// Has credit held for a purchase.
    #[track_caller]
    pub fn authorizes(&self, value: &str) -> Answer {
        self.authorizes_with(&format!(r#"{{"value":{value}}}"#))
    }

    /// Has credit held, with more to say about it.
    #[track_caller]
    pub fn authorizes_with(&self, body: &str) -> Answer {
        self.integration.post(&self.path("/transactions"), body)
    }

    /// Has credit held; the transaction's id.
    #[track_caller]
    pub fn holds(&self, value: &str) -> String {
        self.authorizes(value).must_be(200).shows("id")
    }

    /// Changes a hold, or makes one under an id of the client's.
    #[track_caller]
    pub fn changes_hold(&self, transaction: &str, value: &str) -> Answer {
        let path = self.path(&format!("/transactions/{transaction}"));
        self.integration.put(&path, format!(r#"{{"value":{value}}}"#))
    }

    /// Gives a hold up.
    #[track_caller]
    pub fn releases(&self, transaction: &str) -> Answer {
        self.integration.delete(&self.path(&format!("/transactions/{transaction}")))
    }

    /// Turns a hold into invoices, or changes what it was turned into.
    #[track_caller]
    pub fn settles(&self, transaction: &str, value: &str) -> Answer {
        let path = self.path(&format!("/transactions/{transaction}/settlement"));
        self.integration.put(&path, format!(r#"{{"value":{value}}}"#))
    }

    /// Gives back some of a purchase.
    #[track_caller]
    pub fn refunds(&self, transaction: &str, value: &str) -> Answer {
        let path = self.path(&format!("/transactions/{transaction}/refunds"));
        self.integration.post(&path, format!(r#"{{"value":{value}}}"#))
    }

    /// Buys in one payment; the transaction's id.
    #[track_caller]
    pub fn buys(&self, value: &str) -> String {
        self.buys_in(1, value)
    }

    /// Buys in installments; the transaction's id.
    #[track_caller]
    pub fn buys_in(&self, installments: u8, value: &str) -> String {
        self.buys_with(value, &format!(r#"{{"value":{value},"installments":{installments}}}"#))
    }

    /// Buys with more to say about it; the transaction's id.
    #[track_caller]
    pub fn buys_with(&self, value: &str, authorization: &str) -> String {
        let transaction = self.authorizes_with(authorization).must_be(200).shows("id");
        self.settles(&transaction, value).must_be(200);
        transaction
    }

    /// One of its invoices.
    #[track_caller]
    pub fn invoice(&self, invoice: &str) -> Answer {
        self.reads(&format!("/invoices/{invoice}"))
    }

    /// An invoice's status, value, and what has been paid of it.
    #[track_caller]
    pub fn invoice_stands(&self, invoice: &str) -> String {
        let invoice = self.invoice(invoice).must_be(200);
        ["status", "value", "creditValue"].map(|name| invoice.shows(name)).join(" ")
    }

    /// All its invoices in their order.
    #[track_caller]
    pub fn invoices(&self) -> Vec<Value> {
        self.reads("/invoices?from=1&to=1000").must_be(200).items()
    }

    /// Pays what is left of an invoice.
    #[track_caller]
    pub fn pays(&self, invoice: &str) -> Answer {
        self.integration.send(Method::POST, &self.path(&format!("/invoices/{invoice}/payments")), None)
    }

    /// Changes what can be changed of an invoice.
    #[track_caller]
    pub fn changes_invoice(&self, invoice: &str, body: &str) -> Answer {
        self.integration.put(&self.path(&format!("/invoices/{invoice}")), body)
    }

    /// Cancels an invoice.
    #[track_caller]
    pub fn cancels(&self, invoice: &str) -> Answer {
        self.integration.delete(&self.path(&format!("/invoices/{invoice}")))
    }

    /// Lets an invoice fall due later.
    #[track_caller]
    pub fn postpones(&self, invoice: &str, days: &str) -> Answer {
        let path = self.path(&format!("/invoices/{invoice}/postponement"));
        self.integration.put(&path, format!(r#"{{"dueDays":{days}}}"#))
    }

    /// Its statement's lines: `Credit -1100.00`.
    #[track_caller]
    pub fn statement(&self) -> Vec<String> {
        let statement = self.reads("/statements").must_be(200).json();
        let lines = statement["statements"].as_array().unwrap().iter();
        lines.map(|line| format!("{} {}", shown(&line["origin"]), shown(&line["value"]))).collect()
    }

    /// Its limit becomes this.
    #[track_caller]
    pub fn limit_becomes(&self, limit: &str) -> Answer {
        self.integration.put(&self.path("/creditlimit"), format!(r#"{{"value":{limit}}}"#))
    }

    /// Its tolerance becomes this.
    #[track_caller]
    pub fn tolerance_becomes(&self, tolerance: &str) -> Answer {
        self.integration.put(&self.path("/tolerance"), format!(r#"{{"value":{tolerance}}}"#))
    }

    /// Moves its balance by hand, under a name of the client's.
    #[track_caller]
    pub fn balance_moves(&self, statement: &str, value: &str) -> Answer {
        let path = self.path(&format!("/statements/{statement}"));
        self.integration.put(&path, format!(r#"{{"value":{value}}}"#))
    }

    /// Lets somebody else buy on it; their id.
    #[track_caller]
    pub fn is_shared_with(&self, email: &str) -> String {
        let body = format!(r#"{{"claims":{{"email":"{email}"}}}}"#);
        self.integration.post(&self.path("/holders"), body).must_be(200).shows("id")
    }

    /// Closes it.
    #[track_caller]
    pub fn closes(&self) -> Answer {
        self.integration.delete(&self.path(""))
    }
}

impl Answer {
    /// A figure or text of the body itself, as it is written; empty where it is absent.
    #[track_caller]
    pub fn shows(&self, name: &str) -> String {
        shown(&self.json()[name])
    }

    /// What is in `data`, one by one.
    #[track_caller]
    pub fn items(&self) -> Vec<Value> {
        self.data().as_array().cloned().unwrap_or_else(|| panic!("{}\n{}", self.asked, self.text))
    }

    /// A column of `data`, as it is written.
    #[track_caller]
    pub fn column(&self, name: &str) -> Vec<String> {
        self.items().iter().map(|item| shown(&item[name])).collect()
    }

    /// The body without these fields, such as ids and instants.
    #[track_caller]
    pub fn json_without(&self, names: &[&str]) -> Value {
        let mut body = self.json();
        body.as_object_mut().unwrap().retain(|name, _| !names.contains(&name.as_str()));
        body
    }

    /// Stops the test unless it is a success without a body.
    ///
    /// # Panics
    /// Where it is anything else.
    #[track_caller]
    pub fn must_be_empty(self) -> Answer {
        assert_eq!((self.status, self.text.as_str()), (200, ""), "{}", self.asked);
        self
    }

    /// Stops the test unless it is a refusal in VTEX's shape, with this status; the gateway's has
    /// another shape as well, and says the same in both.
    ///
    /// # Panics
    /// Where it has another status or another shape.
    #[track_caller]
    pub fn must_be_declined(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}\n{}", self.asked, self.text);
        let is_json = self.header("Content-Type").is_some_and(|kind| kind.starts_with("application/json"));
        assert!(is_json, "{}\n{:?}", self.asked, self.headers);
        let body = self.json();
        let unknown: Vec<&String> =
            body.as_object().unwrap().keys().filter(|name| !is_of_error(name)).collect();
        assert!(unknown.is_empty(), "{}\n{}", self.asked, self.text);
        let code = self.number();
        assert!(code == ALREADY_OPEN || code >= 2000, "{}\n{}", self.asked, self.text);
        let message = self.shows("message");
        assert!(!message.is_empty() && !message.contains('{'), "{}\n{}", self.asked, self.text);
        let of_gateway = self.asked.split_once(' ').is_some_and(|(_, path)| path.starts_with(GATEWAY));
        let expected = serde_json::json!({ "code": code.to_string(), "message": message, "exception": null });
        match body.get("error") {
            Some(error) if of_gateway => {
                assert!(
                    *error == expected || *error == value_must_be_greater(),
                    "{}\n{}",
                    self.asked,
                    self.text
                );
            }
            error => assert!(error.is_none() && !of_gateway, "{}\n{}", self.asked, self.text),
        }
        self
    }

    /// The code of a refusal in VTEX's shape.
    ///
    /// # Panics
    /// Where it is no integer.
    #[track_caller]
    pub fn number(&self) -> i64 {
        self.json()["code"].as_i64().unwrap_or_else(|| panic!("{}\n{}", self.asked, self.text))
    }

    /// The fields that a refusal in VTEX's shape names.
    #[track_caller]
    pub fn named_fields(&self) -> Vec<String> {
        let fields = self.json()["fields"].as_array().cloned().unwrap_or_default();
        fields.iter().map(|field| shown(&field["field"])).collect()
    }
}

fn is_of_error(name: &str) -> bool {
    ["code", "message", "fields", "details", "error"].contains(&name)
}

/// What VTEX publishes as the gateway's refusal of a value that is not above zero.
fn value_must_be_greater() -> Value {
    crate::json(r#"{"code":"1","message":"Value must be greater than Zero","exception":null}"#)
}
