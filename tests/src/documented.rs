//! Every answer of an operation in a document of `openapi/` is compared with what is written there:
//! its status, its code, its headers, and its body with no field more and none less.

use crate::answer::shown;
use crate::{Answer, repository};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

static FACADE: LazyLock<Value> = LazyLock::new(|| document("facade"));
static VTEX: LazyLock<Value> = LazyLock::new(|| document("vtex"));

fn document(face: &str) -> Value {
    let path = repository().join("openapi").join(face).with_extension("json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| {
        panic!("{} is missing; write it with: cargo xtask openapi", path.display());
    });
    serde_json::from_str(&text).unwrap()
}

/// The validators that were needed so far, by their operation and status.
static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// The headers that are documented wherever they are answered.
const HEADERS: [&str; 6] =
    ["X-Request-Id", "Idempotency-Replayed", "Retry-After", "WWW-Authenticate", "Content-Language", "ETag"];

/// Stops the test where an operation of the document answers what the document does not say.
///
/// # Panics
/// With what is not documented.
#[track_caller]
pub(crate) fn must_be_documented(answer: &Answer) {
    let (method, address) = answer.asked.split_once(' ').unwrap();
    let path = address.split('?').next().unwrap();
    let is_vtex = ["/api/creditcontrol/", "/api/pvt/"].iter().any(|root| path.starts_with(root));
    let document: &Value = if is_vtex { &VTEX } else { &FACADE };
    let Some(template) = template_of(document, path) else { return };
    let Some(operation) = document["paths"][&template].get(method.to_lowercase()) else { return };
    let shown = format!("{method} {template} answered {} {}", answer.status, answer.text);

    let documented = operation["responses"].get(answer.status.to_string());
    let documented = documented.unwrap_or_else(|| panic!("{shown}\nwhich is not documented"));
    let description = documented["description"].as_str().unwrap_or_default();
    assert!(description.contains(&written_code(answer)), "{shown}\nwith a code that is not documented");
    let undocumented = HEADERS
        .iter()
        .find(|name| answer.header(name).is_some() && documented["headers"].get(name).is_none());
    assert_eq!(undocumented, None, "{shown}\nwith a header that is not documented");
    match documented["content"]["application/json"].get("schema") {
        Some(schema) => {
            let place = format!("{method} {template} {}", answer.status);
            let errors = differences(document, &place, schema, &answer.json());
            assert!(errors.is_empty(), "{shown}\nwhich is not as documented:\n{}", errors.join("\n"));
        }
        None => assert!(answer.text.is_empty(), "{shown}\nwhich is documented without a body"),
    }
}

/// The code of a refusal as a description writes it: `CRD-2001`, or `1099` in VTEX's shape, which
/// the gateway has beside another one; nothing where it is a success.
fn written_code(answer: &Answer) -> String {
    let body: Value = serde_json::from_str(&answer.text).unwrap_or_default();
    match [&body["code"], &body["error"]["code"]].map(shown) {
        [code, _] if answer.status >= 400 && !code.is_empty() => format!("`{code}`"),
        [_, code] if answer.status >= 400 || !code.is_empty() => format!("`{code}`"),
        _ => String::new(),
    }
}

/// The path of the document that an address is of.
fn template_of(document: &Value, path: &str) -> Option<String> {
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let fits = |template: &&String| {
        let wanted: Vec<&str> = template.split('/').collect();
        wanted.len() == parts.len()
            && wanted.iter().zip(&parts).all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
    };
    document["paths"].as_object().unwrap().keys().find(fits).cloned()
}

fn differences(document: &Value, place: &str, schema: &Value, body: &Value) -> Vec<String> {
    let mut validators = VALIDATORS.lock().unwrap();
    let made = || Arc::new(validator(document, schema));
    let validator = validators.entry(place.to_owned()).or_insert_with(made).clone();
    drop(validators);
    validator.iter_errors(body).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The schema with the document's components beside it, where its references point.
fn validator(document: &Value, schema: &Value) -> Validator {
    let mut whole = schema.clone();
    whole["components"] = document["components"].clone();
    close(&mut whole);
    jsonschema::validator_for(&whole).unwrap()
}

/// Makes every object that lists its fields refuse others: an answer has nothing that is not
/// documented.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(close);
            if members.get("properties").is_some_and(Value::is_object) {
                members.entry("additionalProperties").or_insert(json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
