//! What VTEX publishes of its 25 Customer Credit operations and of six of its gateway's, and the requests
//! of its examples.

use fiado_tests::{Answer, Integration};
use reqwest::{Method, Url};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Where Customer Credit begins. The gateway's addresses are written as they are.
const FACE: &str = "/api/creditcontrol";

static OPERATIONS: LazyLock<Vec<Operation>> =
    LazyLock::new(|| serde_json::from_str(include_str!("operations.json")).unwrap());

/// What is published of an operation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operation {
    pub(crate) method: String,
    /// With the names of its parameters: `/api/creditcontrol/accounts/{creditAccountId}`.
    pub(crate) path: String,
    pub(crate) parameters: Vec<Parameter>,
    /// Nothing where it has no body.
    pub(crate) request: Option<Body>,
    /// Nothing where the answer is empty.
    pub(crate) response: Option<Body>,
}

/// A parameter and the value it has in the examples.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    #[serde(rename = "in")]
    pub(crate) place: String,
    pub(crate) required: bool,
    pub(crate) schema: Value,
    pub(crate) example: Value,
}

/// A body, of a request or of an answer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    /// In OpenAPI 3.0's form.
    pub(crate) schema: Value,
    pub(crate) example: Value,
}

/// All operations.
pub(crate) fn all() -> &'static [Operation] {
    &OPERATIONS
}

/// The operation of this name.
pub(crate) fn named(name: &str) -> &'static Operation {
    all().iter().find(|operation| operation.name() == name).unwrap_or_else(|| panic!("there is no {name}"))
}

impl Operation {
    /// What the tests call it: `PUT /accounts/{creditAccountId}`, `GET /api/pvt/rules`.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, without_face(&self.path))
    }

    /// Whether it is the gateway's.
    pub(crate) fn is_of_gateway(&self) -> bool {
        !self.path.starts_with(FACE)
    }

    /// Whether it answers rows that filters can leave out.
    pub(crate) fn answers_a_list(&self) -> bool {
        self.response.as_ref().is_some_and(|body| body.schema["properties"]["data"].is_object())
    }

    /// The request of its example.
    pub(crate) fn request(&'static self) -> Request {
        let values = |place: &str| {
            let parameters = self.parameters.iter().filter(|parameter| parameter.place == place);
            parameters.map(|parameter| (parameter.name.clone(), written(&parameter.example))).collect()
        };
        let body = self.request.as_ref().map(|body| body.example.clone());
        Request { operation: self, path: values("path"), query: values("query"), body }
    }
}

/// A request that is made from an operation's example.
pub(crate) struct Request {
    pub(crate) operation: &'static Operation,
    pub(crate) path: BTreeMap<String, String>,
    query: BTreeMap<String, String>,
    pub(crate) body: Option<Value>,
}

impl Request {
    /// The same request with another value in its path.
    pub(crate) fn at(mut self, parameter: &str, value: &str) -> Request {
        *self.path.get_mut(parameter).unwrap() = value.to_owned();
        self
    }

    /// The same request with another value in its query.
    pub(crate) fn asking(mut self, parameter: &str, value: &str) -> Request {
        *self.query.get_mut(parameter).unwrap() = value.to_owned();
        self
    }

    /// The same request without something in its query.
    pub(crate) fn without(mut self, parameter: &str) -> Request {
        self.query.remove(parameter).unwrap();
        self
    }

    /// The same request with another value in its body.
    pub(crate) fn saying(mut self, field: &str, value: &str) -> Request {
        self.body.as_mut().unwrap()[field] = value.into();
        self
    }

    /// Whether this is in its query.
    pub(crate) fn asks(&self, parameter: &str) -> bool {
        self.query.contains_key(parameter)
    }

    /// What is in its query under this name.
    pub(crate) fn asked(&self, parameter: &str) -> Option<&str> {
        self.query.get(parameter).map(String::as_str)
    }

    /// The names of all that is not as in the example.
    pub(crate) fn changes(&self) -> BTreeSet<String> {
        let published = self.operation.request();
        let path = published.path.iter().filter(|(name, value)| self.path.get(*name) != Some(value));
        let query = published.query.iter().filter(|(name, value)| self.query.get(*name) != Some(value));
        let mut names: BTreeSet<String> = path.chain(query).map(|(name, _)| name.clone()).collect();
        if self.body != published.body {
            names.insert("body".to_owned());
        }
        names
    }

    /// Its address without the beginning of Customer Credit.
    pub(crate) fn address(&self) -> String {
        let fill =
            |path: String, (name, value): (&String, &String)| path.replace(&format!("{{{name}}}"), value);
        let path = self.path.iter().fold(self.operation.path.clone(), fill);
        let path = without_face(&path);
        if self.query.is_empty() {
            return path.to_owned();
        }
        let query = Url::parse_with_params("http://localhost", &self.query).unwrap();
        // A blank as `%20` is a blank for every reader, a `+` is one only in forms.
        format!("{path}?{}", query.query().unwrap().replace('+', "%20"))
    }

    /// Sends it.
    #[track_caller]
    pub(crate) fn send(&self, client: &Integration) -> Answer {
        let method: Method = self.operation.method.parse().unwrap();
        client.send(method, &self.address(), self.body.as_ref().map(Value::to_string))
    }
}

fn without_face(path: &str) -> &str {
    path.strip_prefix(FACE).unwrap_or(path)
}

/// A value as it stands in an address.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
