//! Our OpenAPI document against what is published: every operation is in it, with its parameters,
//! its permission and its codes.

use crate::operations::{self, Operation};
use crate::slips::{self, What};
use fiado_tests::{Shop, json, repository};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Which permission each operation asks for.
const PERMISSIONS: [(&str, &str); 31] = [
    ("GET /invoices", "invoices:read"),
    ("GET /accounts/{creditAccountId}/invoices/{invoiceId}", "invoices:read"),
    ("PUT /accounts/{creditAccountId}/invoices/{invoiceId}", "invoices:manage"),
    ("DELETE /accounts/{creditAccountId}/invoices/{invoiceId}", "invoices:manage"),
    ("GET /accounts/{creditAccountId}/invoices", "invoices:read"),
    ("POST /accounts/{creditAccountId}/invoices/{invoiceId}/payments", "credit:payment"),
    ("PUT /accounts/{creditAccountId}/invoices/{invoiceId}/postponement", "invoices:manage"),
    ("GET /accounts", "credit:read"),
    ("POST /accounts", "credit:approve"),
    ("GET /accounts/{creditAccountId}", "credit:read"),
    ("DELETE /accounts/{creditAccountId}", "credit:manage"),
    ("PUT /accounts/{creditAccountId}", "credit:manage"),
    ("GET /accounts/{creditAccountId}/statements", "credit:read"),
    ("PUT /accounts/{creditAccountId}/creditlimit", "credit:manage"),
    ("PUT /accounts/{creditAccountId}/statements/{statementId}", "credit:manage"),
    ("PUT /accounts/{creditAccountId}/transactions/{transactionId}/settlement", "credit:use"),
    ("POST /accounts/{creditAccountId}/transactions", "credit:use"),
    ("PUT /accounts/{creditAccountId}/transactions/{transactionId}", "credit:use"),
    ("DELETE /accounts/{creditAccountId}/transactions/{transactionId}", "credit:use"),
    ("POST /accounts/{creditAccountId}/holders", "credit:manage"),
    ("DELETE /accounts/{creditAccountId}/holders/{holderId}", "credit:manage"),
    ("PUT /accounts/{creditAccountId}/tolerance", "credit:manage"),
    ("POST /accounts/{creditAccountId}/transactions/{transactionId}/refunds", "credit:use"),
    ("GET /storeconfig", "store:read"),
    ("PUT /storeconfig", "store:manage"),
    ("GET /api/pvt/installments", "rules:read"),
    ("GET /api/pvt/rules", "rules:read"),
    ("POST /api/pvt/rules", "rules:manage"),
    ("GET /api/pvt/rules/{ruleId}", "rules:read"),
    ("PUT /api/pvt/rules/{ruleId}", "rules:manage"),
    ("DELETE /api/pvt/rules/{ruleId}", "rules:manage"),
];

/// Published for an account that is open already; all other codes are ours.
const ALREADY_OPEN: u64 = 1099;
/// Where our codes begin.
const OURS: u64 = 2000;

fn committed() -> String {
    std::fs::read_to_string(repository().join("openapi/vtex.json")).unwrap()
}

/// What our document says of a published operation.
fn documented<'a>(document: &'a Value, operation: &Operation) -> &'a Value {
    let method = operation.method.to_lowercase();
    document["paths"][&operation.path]
        .get(method)
        .unwrap_or_else(|| panic!("{} is missing", operation.name()))
}

/// The codes in the description of an answer.
fn codes(response: &Value) -> Vec<u64> {
    let words = response["description"].as_str().unwrap().split('`');
    words.filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn the_committed_document_is_the_one_the_server_has() {
    let shop = Shop::open();
    let printed = shop.fiado(&["openapi", "vtex"]).must_succeed();
    assert_eq!(printed, committed(), "openapi/vtex.json is stale; write it with: cargo xtask openapi");
    let served = shop.stranger().get("/openapi/vtex.json").must_be(200);
    assert_eq!(served.json(), json(&printed));
}

#[test]
fn every_published_operation_is_documented_with_its_parameters() {
    let document = json(&committed());
    for operation in operations::all() {
        let name = operation.name();
        let optional =
            slips::names(&name, |what| if let What::Optional(name) = what { Some(name) } else { None });
        let ours = parameters(documented(&document, operation));
        for published in &operation.parameters {
            let required = published.required && !optional.contains(&published.name);
            let place = (published.place.as_str(), published.name.as_str());
            assert_eq!(ours.get(&place), Some(&required), "{name}: {place:?}");
        }
    }
}

/// The parameters of an operation, by place and name: whether they are required.
fn parameters(operation: &Value) -> BTreeMap<(&str, &str), bool> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let parameters = parameters.map(|parameter| {
        let [place, name] = [&parameter["in"], &parameter["name"]].map(|text| text.as_str().unwrap());
        ((place, name), parameter["required"] == true)
    });
    parameters.collect()
}

#[test]
fn every_id_in_a_path_is_documented_under_its_name_and_nothing_else_is() {
    let document = json(&committed());
    for (path, methods) in document["paths"].as_object().unwrap() {
        let named = path.split('{').skip(1).map(|part| part.split_once('}').unwrap().0);
        let named: BTreeSet<&str> = named.collect();
        for (method, operation) in methods.as_object().unwrap() {
            let ours = parameters(operation);
            let ids = ours.keys().filter(|(place, _)| *place == "path").map(|(_, name)| *name);
            assert_eq!(ids.collect::<BTreeSet<&str>>(), named, "{method} {path}");
        }
    }
}

#[test]
fn a_body_is_documented_where_one_is_published_and_nowhere_else() {
    let document = json(&committed());
    for operation in operations::all() {
        let ours = documented(&document, operation);
        let name = operation.name();
        let answer = ours["responses"]["200"]["content"].get("application/json");
        assert_eq!(answer.is_some(), operation.response.is_some(), "{name}: the answer");
        // A body that changes nothing is taken and not asked for.
        if operation.method != "DELETE" {
            assert_eq!(ours.get("requestBody").is_some(), operation.request.is_some(), "{name}: the request");
        }
    }
}

#[test]
fn every_operation_documents_its_permission() {
    let document = json(&committed());
    assert_eq!(
        PERMISSIONS.map(|(name, _)| name.to_owned()).into_iter().collect::<BTreeSet<String>>(),
        operations::all().iter().map(Operation::name).collect()
    );
    for (name, permission) in PERMISSIONS {
        let ours = documented(&document, operations::named(name))["description"].as_str().unwrap();
        assert!(ours.contains(&format!("`{permission}`")), "{name}: {ours}");
    }
    let opening = documented(&document, operations::named("PUT /accounts/{creditAccountId}"));
    assert!(
        opening["description"].as_str().unwrap().contains("`credit:approve`"),
        "it opens unknown accounts"
    );
}

#[test]
fn every_operation_documents_its_refusals() {
    let document = json(&committed());
    for operation in operations::all() {
        let responses = documented(&document, operation)["responses"].as_object().unwrap();
        let about_one = operation.parameters.iter().any(|parameter| parameter.place == "path");
        let must = ["200", "400", "401", "403"].into_iter().chain(about_one.then_some("404"));
        let missing: Vec<&str> = must.filter(|status| !responses.contains_key(*status)).collect();
        assert_eq!(missing, [""; 0], "{}", operation.name());
        // VTEX's clients know neither.
        let strange = ["409", "422"].into_iter().find(|status| responses.contains_key(*status));
        assert_eq!(strange, None, "{}", operation.name());
    }
}

#[test]
fn every_refusal_is_documented_with_its_codes() {
    let document = json(&committed());
    for operation in operations::all() {
        for (status, response) in documented(&document, operation)["responses"].as_object().unwrap() {
            let codes = codes(response);
            let shown = format!("{} {status}: {codes:?}", operation.name());
            assert_eq!(codes.is_empty(), status == "200", "{shown}");
            assert!(codes.iter().all(|code| *code == ALREADY_OPEN || *code >= OURS), "{shown}");
        }
    }
    let opening = documented(&document, operations::named("POST /accounts"));
    assert!(codes(&opening["responses"]["400"]).contains(&ALREADY_OPEN));
}

#[test]
fn every_code_has_an_example_that_is_a_refusal_with_this_code() {
    let document = json(&committed());
    for operation in operations::all() {
        for (status, response) in documented(&document, operation)["responses"].as_object().unwrap() {
            let name = format!("{} {status}", operation.name());
            let examples = &response["content"]["application/json"]["examples"];
            let shown = examples.as_object().into_iter().flat_map(|examples| examples.keys().cloned());
            let codes = codes(response);
            let expected = codes.iter().map(u64::to_string);
            assert_eq!(shown.collect::<BTreeSet<String>>(), expected.collect(), "{name}");
            for code in codes {
                let place = examples[code.to_string()]["$ref"].as_str().unwrap();
                let example = &document.pointer(place.strip_prefix('#').unwrap()).unwrap()["value"];
                assert_eq!(example["code"], code, "{name}");
                let message = example["message"].as_str().unwrap();
                assert!(!message.is_empty() && !message.contains('{'), "{name}: {message}");
                // The gateway's clients look for it in another place.
                let of_gateway = operation.is_of_gateway().then(|| example["message"].clone());
                assert_eq!(example["error"].get("message").cloned(), of_gateway, "{name}: {example}");
            }
        }
    }
}

#[test]
fn every_operation_is_described_under_an_id_of_its_own() {
    let document = json(&committed());
    let mut ids = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            for text in ["summary", "description", "operationId"] {
                let said = operation[text].as_str().unwrap_or_default();
                assert!(!said.is_empty(), "{method} {path}: {text}");
            }
            assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{method} {path}");
        }
    }
}

#[test]
fn a_code_has_one_status() {
    let document = json(&committed());
    let mut statuses: BTreeMap<u64, &str> = BTreeMap::new();
    for operation in operations::all() {
        for (status, response) in documented(&document, operation)["responses"].as_object().unwrap() {
            for code in codes(response) {
                assert_eq!(statuses.entry(code).or_insert(status), status, "{code}");
            }
        }
    }
}
