//! Requests of the façade, put together from prepared pieces: whoever sends many of them has little
//! time for each.

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, HeaderValue};
use hyper::{Method, Request, Uri};
use std::net::SocketAddr;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Somebody's requests to a server, with their token.
pub(crate) struct Letters {
    host: HeaderValue,
    authorization: HeaderValue,
}

impl Letters {
    /// Those of whoever has this token.
    pub(crate) fn new(address: SocketAddr, token: &str) -> Letters {
        Letters {
            host: HeaderValue::try_from(address.to_string()).unwrap(),
            authorization: HeaderValue::try_from(format!("Bearer {token}")).unwrap(),
        }
    }

    /// A question.
    pub(crate) fn get(&self, path: &Uri) -> Request<Full<Bytes>> {
        self.letter(Method::GET, path, Full::default())
    }

    /// A command, under a key of its own.
    pub(crate) fn post(&self, path: &Uri, key: &str, body: String) -> Request<Full<Bytes>> {
        let mut letter = self.letter(Method::POST, path, Full::from(body));
        letter.headers_mut().insert(KEY, HeaderValue::try_from(key).unwrap());
        letter.headers_mut().insert(CONTENT_TYPE, JSON);
        letter
    }

    fn letter(&self, method: Method, path: &Uri, body: Full<Bytes>) -> Request<Full<Bytes>> {
        let mut letter = Request::new(body);
        *letter.method_mut() = method;
        *letter.uri_mut() = path.clone();
        letter.headers_mut().insert(HOST, self.host.clone());
        letter.headers_mut().insert(AUTHORIZATION, self.authorization.clone());
        letter
    }
}

/// The addresses of a customer's line.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) customer: String,
    /// The line itself.
    pub(crate) itself: Uri,
    pub(crate) purchases: Uri,
    pub(crate) payments: Uri,
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
pub(crate) fn address(customer: &str, what: &str) -> Uri {
    Uri::from_maybe_shared(Bytes::from(format!("/api/v1/customers/{customer}/credit{what}"))).unwrap()
}
