use reqwest::blocking::Response;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer of the server.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The request it answers, for messages of failed tests.
    pub asked: String,
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, to the letter.
    pub text: String,
}

/// Reads JSON; numbers keep their digits, so `10000.00` and `10000` differ.
///
/// # Panics
/// Where it is not JSON.
#[track_caller]
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

impl Answer {
    pub(crate) fn read(asked: String, response: Response) -> Result<Answer, reqwest::Error> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Answer { asked, status, headers, text: response.text()? })
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The whole body.
    #[track_caller]
    pub fn json(&self) -> Value {
        json(&self.text)
    }

    /// What is in `data`.
    #[track_caller]
    pub fn data(&self) -> Value {
        self.json()["data"].clone()
    }

    /// A figure or text of `data`, as it is written: `5000.00`, `approved`; empty where it is absent.
    #[track_caller]
    pub fn at(&self, name: &str) -> String {
        shown(&self.data()[name])
    }

    /// A figure or text of `error.details`, as it is written.
    #[track_caller]
    pub fn detail(&self, name: &str) -> String {
        shown(&self.json()["error"]["details"][name])
    }

    /// The sentence for people of a refusal.
    #[track_caller]
    pub fn message(&self) -> String {
        shown(&self.json()["error"]["message"])
    }

    /// The code of a refusal; empty where it is none.
    pub fn code(&self) -> String {
        serde_json::from_str(&self.text).map(|body: Value| shown(&body["error"]["code"])).unwrap_or_default()
    }

    /// The wrong fields of a refusal, each with what is wrong: `["amount NEGATIVE"]`.
    #[track_caller]
    pub fn wrong_fields(&self) -> Vec<String> {
        let fields = &self.json()["error"]["details"]["fields"];
        let shown = |field: &Value| format!("{} {}", shown(&field["field"]), shown(&field["code"]));
        fields.as_array().map(|fields| fields.iter().map(shown).collect()).unwrap_or_default()
    }

    /// Whether it was given before and is only repeated.
    pub fn is_replayed(&self) -> bool {
        self.header("Idempotency-Replayed") == Some("true")
    }

    /// Stops the test unless it has this status.
    ///
    /// # Panics
    /// Where it has another.
    #[track_caller]
    pub fn must_be(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}\n{}", self.asked, self.text);
        self
    }

    /// Stops the test unless it is a success.
    ///
    /// # Panics
    /// Where it is a refusal.
    #[track_caller]
    pub fn must_be_success(self) -> Answer {
        assert!((200..300).contains(&self.status), "{}\n{} {}", self.asked, self.status, self.text);
        self
    }

    /// Stops the test unless its body reads so to the letter; `*` stands for what nobody can know
    /// before, such as an id.
    ///
    /// # Panics
    /// Where it reads otherwise.
    #[track_caller]
    pub fn must_read(self, pattern: &str) -> Answer {
        let mut parts = pattern.split('*');
        let mut rest = self.text.strip_prefix(parts.next().unwrap());
        for part in parts {
            rest = rest.and_then(|rest| {
                let (made, rest) = rest.split_once(part)?;
                is_one_value(made).then_some(rest)
            });
        }
        assert!(rest == Some(""), "{}\nreads    {}\nand not  {pattern}", self.asked, self.text);
        self
    }

    /// Stops the test unless it is this refusal, in the façade's envelope.
    ///
    /// # Panics
    /// Where it is another, or not in the envelope.
    #[track_caller]
    pub fn must_be_refused(self, status: u16, code: &str) -> Answer {
        assert_eq!((self.status, self.code().as_str()), (status, code), "{}\n{}", self.asked, self.text);
        let body = self.json();
        assert_eq!(body["status"], "error", "{}", self.text);
        assert_eq!(body["statusCode"], status, "{}", self.text);
        assert!(!self.message().is_empty() && !self.message().contains('{'), "{}", self.text);
        self
    }
}

/// Whether a piece of JSON lies within one text or number.
fn is_one_value(piece: &str) -> bool {
    !piece.contains(['"', ',', '}', ']'])
}

/// A text without its quotes, anything else as it is written, and nothing for nothing.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
