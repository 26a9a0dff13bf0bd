//! A header that comes twice with two meanings has none: nobody picks one of them.

use fiado_tests::{Shop, json};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;

const PURCHASE: &str = r#"{"order_id":"order_1","amount":1}"#;

/// A shop with one company, and who sells to it.
struct Counter {
    shop: Shop,
    address: String,
    token: String,
}

impl Counter {
    fn open() -> Counter {
        let mut shop = Shop::open();
        shop.company_with_line("cust_1", "100.00");
        shop.organization("org_other", &[]);
        let address = shop.server().address().trim_start_matches("http://").to_owned();
        let token = shop.token(&["--sub", "user_seller", "--permissions", "credit:use,credit:read"]);
        Counter { shop, address, token }
    }

    /// Sends a purchase with these very lines as headers; the status and the body of its answer.
    fn buy(&self, headers: &[String]) -> (u16, Value) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let lines: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        let head = "POST /api/v1/customers/cust_1/credit/use HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
        let length = PURCHASE.len();
        let request = format!(
            "{head}{lines}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{PURCHASE}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, json(body))
    }

    /// Sends it with two lines, in either order; stops the test unless both are refused so.
    #[track_caller]
    fn must_refuse(&self, others: &[String], twice: [String; 2], status: u16, code: &str) -> Value {
        let [one, other] = twice;
        let mut details = Value::Null;
        for pair in [[one.clone(), other.clone()], [other, one]] {
            let (answered, body) = self.buy(&[others, &pair].concat());
            assert_eq!((answered, body["error"]["code"].as_str()), (status, Some(code)), "{pair:?} {body}");
            details = body["error"]["details"].clone();
        }
        assert_eq!(self.shop.company("cust_1").version(), 2);
        details
    }

    fn bearer(&self) -> String {
        format!("Authorization: Bearer {}", self.token)
    }
}

#[test]
fn two_credentials_are_none() {
    let counter = Counter::open();
    let other = counter.shop.token(&["--sub", "user_other", "--permissions", "credit:use"]);
    for other in [format!("Bearer {other}"), "Bearer nonsense".to_owned(), "Basic eDp5".to_owned()] {
        let twice = [counter.bearer(), format!("authorization: {other}")];
        counter.must_refuse(&[], twice, 401, "CRD-1005");
    }
    assert_eq!(counter.buy(&[counter.bearer()]).0, 200);
}

#[test]
fn two_idempotency_keys_are_none() {
    let counter = Counter::open();
    let twice = ["Idempotency-Key: key-1".to_owned(), "idempotency-key: key-2".to_owned()];
    let details = counter.must_refuse(&[counter.bearer()], twice, 422, "CRD-1001");
    let fields = details["fields"].as_array().unwrap();
    assert_eq!(fields.len(), 1, "{details}");
    assert_eq!(fields[0]["field"], "Idempotency-Key");
}

#[test]
fn two_organizations_are_none() {
    let counter = Counter::open();
    for header in ["X-Organization-ID", "X-Tenant-ID"] {
        let twice = ["org_default", "org_other"].map(|organization| format!("{header}: {organization}"));
        counter.must_refuse(&[counter.bearer()], twice, 403, "CRD-1010");
    }
}
