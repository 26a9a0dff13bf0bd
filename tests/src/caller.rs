use crate::Answer;
use crate::documented::must_be_documented;
use reqwest::Method;
use reqwest::blocking::{Client, RequestBuilder};
use reqwest::redirect::Policy;
use std::sync::LazyLock;
use std::time::Duration;

static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    Client::builder().redirect(Policy::none()).timeout(Duration::from_secs(60)).build().unwrap()
});

/// Somebody who sends requests to a server, with the same headers each time.
#[derive(Clone)]
pub struct Caller {
    address: String,
    headers: Vec<(String, String)>,
}

impl Caller {
    /// Somebody without a credential.
    pub(crate) fn stranger(address: &str) -> Caller {
        Caller { address: address.to_owned(), headers: Vec::new() }
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
        self.with("Idempotency-Key", key)
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
        let answer = self.try_send(method, path, body);
        let answer = answer.unwrap_or_else(|error| panic!("{shown}: no answer: {error:?}"));
        must_be_documented(&answer);
        answer
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
        self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("Content-Type"))
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
