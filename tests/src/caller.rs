use crate::Answer;
use crate::documented::must_be_documented;
use reqwest::Method;
use reqwest::blocking::{Client, RequestBuilder};
use reqwest::redirect::Policy;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    Client::builder().redirect(Policy::none()).timeout(Duration::from_secs(60)).build().unwrap()
});

/// What makes a command safe to be repeated.
const KEY: &str = "Idempotency-Key";

/// How often somebody who may go elsewhere tries before they give up.
const MOST_TRIES: usize = 200;
/// How long they wait before each further try.
const PAUSE: Duration = Duration::from_millis(10);

/// Somebody who sends requests to a server, with the same headers each time.
#[derive(Clone)]
pub struct Caller {
    address: String,
    headers: Vec<(String, String)>,
    /// Servers of the same books, for when the connection is cut.
    others: Vec<String>,
}

impl Caller {
    /// Somebody without a credential.
    pub(crate) fn stranger(address: &str) -> Caller {
        Caller { address: address.to_owned(), headers: Vec::new(), others: Vec::new() }
    }

    /// The same caller, who sends a request whose connection is cut once more to one of these: a command
    /// under one key, as every client should.
    pub(crate) fn with_others(mut self, others: &[String]) -> Caller {
        self.others = others.to_vec();
        self
    }

    /// The same caller, who sends one more header.
    #[must_use]
    pub fn with(&self, header: &str, value: &str) -> Caller {
        let mut caller = self.clone();
        caller.headers.push((header.to_owned(), value.to_owned()));
        caller
    }

    /// The same caller with a bearer token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Caller {
        self.with("Authorization", &format!("Bearer {token}"))
    }

    /// The same caller, who repeats safely.
    #[must_use]
    pub fn with_key(&self, key: &str) -> Caller {
        self.with(KEY, key)
    }

    /// The same caller, who reads English.
    #[must_use]
    pub fn in_english(&self) -> Caller {
        self.with("Accept-Language", "en")
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

    /// Sends any request, and compares the answer with the OpenAPI document; a body is said to be JSON unless a header says something else.
    ///
    /// # Panics
    /// Where no answer comes.
    #[track_caller]
    pub fn send(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let shown = format!("{method} {path}");
        let answer = if self.others.is_empty() {
            self.try_send(method, path, body)
        } else {
            self.insist(method, path, body)
        };
        let answer = answer.unwrap_or_else(|error| panic!("{shown}: no answer: {error:?}"));
        must_be_documented(&answer);
        answer
    }

    /// Sends a request to one server after the other until one answers.
    fn insist(&self, method: Method, path: &str, body: Option<String>) -> Result<Answer, reqwest::Error> {
        let caller = if method == Method::GET || self.has(KEY) { self.clone() } else { self.with_own_key() };
        let addresses = std::iter::once(&caller.address).chain(&caller.others).cycle();
        for address in addresses.take(MOST_TRIES) {
            let caller = Caller { address: address.clone(), ..caller.clone() };
            if let Ok(answer) = caller.try_send(method.clone(), path, body.clone()) {
                return Ok(answer);
            }
            thread::sleep(PAUSE);
        }
        caller.try_send(method, path, body)
    }

    fn with_own_key(&self) -> Caller {
        static MADE: AtomicU64 = AtomicU64::new(0);
        self.with_key(&format!("insists-{}", MADE.fetch_add(1, Ordering::Relaxed)))
    }

    /// Sends any request to a server that may be gone.
    ///
    /// # Errors
    /// Where no answer comes: whether the request was served is unknown then.
    pub fn try_send(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Result<Answer, reqwest::Error> {
        let asked = format!("{method} {path}");
        let request = self.request(method, path);
        let request = match body {
            Some(body) if self.says_what_it_sends() => request.body(body),
            Some(body) => request.header("Content-Type", "application/json").body(body),
            None => request,
        };
        Answer::read(asked, request.send()?)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = CLIENT.request(method, format!("{}{path}", self.address));
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }

    fn says_what_it_sends(&self) -> bool {
        self.has("Content-Type")
    }

    fn has(&self, header: &str) -> bool {
        self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(header))
    }

    /// Sends a body without saying what it is.
    ///
    /// # Panics
    /// Where no answer comes.
    #[track_caller]
    pub fn post_without_content_type(&self, path: &str, body: impl Into<String>) -> Answer {
        let request = self.request(Method::POST, path).body(body.into());
        Answer::read(format!("POST {path}"), request.send().unwrap()).unwrap()
    }

    /// Sends bytes that may be no text, and says they are JSON.
    ///
    /// # Panics
    /// Where no answer comes.
    #[track_caller]
    pub fn post_bytes(&self, path: &str, body: Vec<u8>) -> Answer {
        let request = self.request(Method::POST, path).header("Content-Type", "application/json").body(body);
        Answer::read(format!("POST {path}"), request.send().unwrap()).unwrap()
    }
}
