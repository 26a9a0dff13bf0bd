//! Who may do what: every operation stands in one table, and the table holds.

use crate::operations;
use fiado_tests::{Caller, Shop};
use reqwest::Method;

/// Every operation of the façade, with the permissions of which one is enough; where there are none, any
/// credential is.
#[rustfmt::skip]
const TABLE: [(&str, &str, &[&str]); 24] = [
    ("POST", "/api/v1/customers/{customer_id}/credit/request",    &["credit:request"]),
    ("POST", "/api/v1/customers/{customer_id}/credit/approve",    &["credit:approve"]),
    ("POST", "/api/v1/customers/{customer_id}/credit/reject",     &["credit:approve"]),
    ("POST", "/api/v1/customers/{customer_id}/credit/suspend",    &["credit:manage"]),
    ("POST", "/api/v1/customers/{customer_id}/credit/reactivate", &["credit:manage"]),
    ("POST", "/api/v1/customers/{customer_id}/credit/cancel",     &["credit:manage"]),
    ("PUT",  "/api/v1/customers/{customer_id}/credit/limit",      &["credit:manage"]),
    ("PUT",  "/api/v1/customers/{customer_id}/credit/tolerance",  &["credit:manage"]),
    ("POST", "/api/v1/customers/{customer_id}/credit/use",        &["credit:use"]),
    ("POST", "/api/v1/customers/{customer_id}/credit/payment",    &["credit:payment"]),
    ("POST", "/api/v1/customers/{customer_id}/credit/payment/preview", &["credit:payment"]),
    ("GET",  "/api/v1/customers/{customer_id}/credit",            &["credit:read"]),
    ("GET",  "/api/v1/customers/{customer_id}/credit/snapshot",   &["credit:read"]),
    ("POST", "/api/v1/customers/{customer_id}/credit/preview",    &["credit:read"]),
    ("GET",  "/api/v1/customers/{customer_id}/credit/usages",     &["credit:read"]),
    ("GET",  "/api/v1/customers/{customer_id}/credit/payments",   &["credit:read"]),
    ("GET",  "/api/v1/customers/{customer_id}/credit/statement",  &["credit:read"]),
    ("GET",  "/api/v1/customers/{customer_id}/credit/invoices",   &["invoices:read", "credit:read"]),
    ("GET",  "/api/v1/customers/{customer_id}/credit/aging",      &["credit:read"]),
    ("GET",  "/api/v1/customers/{customer_id}/credit/calendar",   &["credit:read"]),
    ("GET",  "/api/v1/customers/{customer_id}/credit/journal",    &["credit:approve", "credit:manage"]),
    ("POST", "/api/v1/credit/bulk",                               &["credit:use", "credit:payment"]),
    ("GET",  "/api/v1/credit/requests",                           &["credit:approve", "credit:read"]),
    ("GET",  "/api/v1/session",                                   &[]),
];

/// Every permission there is, but for the one that has all others.
const PERMISSIONS: [&str; 13] = [
    "credit:read",
    "credit:request",
    "credit:approve",
    "credit:use",
    "credit:payment",
    "credit:manage",
    "invoices:read",
    "invoices:manage",
    "rules:read",
    "rules:manage",
    "store:read",
    "store:manage",
    "reports:financial:view",
];

const ADMIN: &str = "admin:global";

/// Sends the operation about a company that has no line: whoever is let through learns just that.
#[track_caller]
fn attempt(caller: &Caller, method: &str, path: &str) -> fiado_tests::Answer {
    let path = path.replace("{customer_id}", "cust_1");
    let body = (method != "GET").then(|| "{}".to_owned());
    caller.send(Method::from_bytes(method.as_bytes()).unwrap(), &path, body)
}

#[test]
fn every_operation_is_in_the_table() {
    let shop = Shop::open();
    let document = shop.stranger().get("/openapi/facade.json").must_be(200).json();
    let mut documented = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let (_, _, permissions) = TABLE
                .iter()
                .find(|(known, address, _)| known.eq_ignore_ascii_case(method) && address == path)
                .unwrap_or_else(|| panic!("{method} {path} is not in the authorization table"));
            let said = operation["description"].as_str().unwrap();
            let is_said = permissions.iter().all(|permission| said.contains(&format!("`{permission}`")));
            assert!(is_said, "{method} {path} does not say its permission: {said}");
            let is_open = said.contains("cualquier credencial válida");
            assert_eq!(is_open, permissions.is_empty(), "{method} {path}: {said}");
            documented.push((method.to_uppercase(), path.clone()));
        }
    }
    for (method, path, _) in TABLE {
        let is_documented = documented.contains(&(method.to_owned(), path.to_owned()));
        assert!(is_documented, "{method} {path} is in the table and is no operation");
    }
}

#[test]
fn nobody_does_anything_without_a_credential() {
    let shop = Shop::open();
    for (method, path, _) in TABLE {
        let refused = attempt(&shop.stranger(), method, path).must_be_refused(401, "CRD-1005");
        assert_eq!(refused.header("WWW-Authenticate"), Some("Bearer"), "{method} {path}");
    }
}

#[test]
fn each_operation_demands_its_own_permission_and_no_other() {
    let shop = Shop::open();
    for (method, path, permissions) in TABLE {
        let Some(first) = permissions.first() else {
            PERMISSIONS.iter().for_each(|permission| {
                attempt(&shop.caller("user_own", permission), method, path).must_be(200);
            });
            continue;
        };
        let others: Vec<&str> =
            PERMISSIONS.into_iter().filter(|permission| !permissions.contains(permission)).collect();
        let refused = attempt(&shop.caller("user_other", &others.join(",")), method, path);
        let refused = refused.must_be_refused(403, "CRD-1006").json()["error"]["details"].clone();
        assert_eq!(refused["required"], *first, "{method} {path}");
        let held: Vec<&str> =
            refused["user_permissions"].as_array().unwrap().iter().filter_map(|held| held.as_str()).collect();
        assert_eq!(held, others, "{method} {path}");

        for permission in permissions.iter().chain([&ADMIN]) {
            let allowed = attempt(&shop.caller("user_own", permission), method, path);
            assert!([200, 404, 422].contains(&allowed.status), "{method} {path} with {permission}");
        }
    }
}

#[test]
fn a_permission_is_checked_before_anything_that_was_sent() {
    let shop = Shop::open();
    let reader = shop.caller("user_reader", "credit:read");
    let unknown = "/api/v1/customers/a%2Fb/credit/use";
    for body in ["{", "[]", r#"{"amount":-1}"#, &" ".repeat(70_000)] {
        reader.post(unknown, body).must_be_refused(403, "CRD-1006");
        shop.stranger().post(unknown, body).must_be_refused(401, "CRD-1005");
    }
    reader.with("Content-Type", "text/plain").post(unknown, "x").must_be_refused(403, "CRD-1006");
    reader.with_key("").post(unknown, "{}").must_be_refused(403, "CRD-1006");
}

#[test]
fn what_is_open_to_everyone_needs_no_credential() {
    let shop = Shop::open();
    for path in ["/health", "/live", "/ready", "/openapi/facade.json"] {
        shop.stranger().get(path).must_be(200);
        shop.stranger().with_token("nonsense").get(path).must_be(200);
    }
}

#[test]
fn a_token_of_one_company_sees_and_uses_that_company_alone() {
    let shop = Shop::open();
    let (own, other) =
        (shop.company_with_line("cust_1", "100.00"), shop.company_with_line("cust_2", "100.00"));
    let claims =
        ["--sub", "user_buyer", "--customer-id", "cust_1", "--permissions", "credit:read,credit:use"];
    let buyer = shop.stranger().with_token(&shop.token(&claims));
    let purchase = r#"{"order_id":"order_1","amount":10.00}"#;

    buyer.post(&own.path("/use"), purchase).must_be(200);
    for what in operations::READS {
        buyer.get(&own.path(what)).must_be(200);
        let refused = buyer.get(&other.path(what)).must_be_refused(403, "CRD-1013");
        assert_eq!(refused.detail("customer_id"), "cust_1");
    }
    buyer.post(&other.path("/use"), purchase).must_be_refused(403, "CRD-1013");
    buyer.get(&shop.company("cust_unknown").path("")).must_be_refused(403, "CRD-1013");
    buyer.get("/api/v1/credit/requests").must_be_refused(403, "CRD-1013");
    assert_eq!(other.figures(), ["0.00", "100.00"]);
}
