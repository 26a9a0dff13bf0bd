//! Requests of the façade, put together from prepared pieces: whoever sends many of them has little
//! time for each.

use std::io::Write;
use std::net::SocketAddr;

/// Somebody's requests to a server, with their token.
pub(crate) struct Letters {
    /// The headers that all of them have.
    headers: String,
}

impl Letters {
    /// Those of whoever has this token.
    pub(crate) fn new(address: SocketAddr, token: &str) -> Letters {
        Letters { headers: format!("host: {address}\r\nauthorization: Bearer {token}\r\n") }
    }

    /// Writes a question.
    pub(crate) fn get(&self, path: &str, to: &mut Vec<u8>) {
        write!(to, "GET {path} HTTP/1.1\r\n{}\r\n", self.headers).unwrap();
    }

    /// Writes a command, under a key of its own.
    pub(crate) fn post(&self, path: &str, key: &str, body: &str, to: &mut Vec<u8>) {
        let (headers, length) = (&self.headers, body.len());
        write!(
            to,
            "POST {path} HTTP/1.1\r\n{headers}idempotency-key: {key}\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n\r\n{body}"
        )
        .unwrap();
    }
}

/// The addresses of a customer's line.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) customer: String,
    /// The line itself.
    pub(crate) itself: String,
    pub(crate) purchases: String,
    pub(crate) payments: String,
}

impl Line {
    pub(crate) fn of(customer: String) -> Line {
        Line {
            itself: address(&customer, ""),
            purchases: address(&customer, "/use"),
            payments: address(&customer, "/payment"),
            customer,
        }
    }
}

/// The address of something of a customer's line.
pub(crate) fn address(customer: &str, what: &str) -> String {
    format!("/api/v1/customers/{customer}/credit{what}")
}
