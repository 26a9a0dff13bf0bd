//! The OpenAPI document says what the server does. Every answer of these suites is compared with
//! it on its way; here it is seen that none is left out.

use crate::operations;
use fiado_contract::catalogue::MESSAGES;
use fiado_tests::{Shop, json, repository};
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeSet;

fn committed() -> String {
    std::fs::read_to_string(repository().join("openapi/facade.json")).unwrap()
}

/// Every operation of the document: method, path, and what is said of it.
fn operations_of(document: &Value) -> Vec<(String, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().iter();
        methods.map(move |(method, operation)| (method.to_uppercase(), path.as_str(), operation))
    });
    operations.collect()
}

#[test]
fn the_committed_document_is_the_one_the_server_has() {
    let shop = Shop::open();
    let printed = shop.fiado(&["openapi", "facade"]).must_succeed();
    assert_eq!(printed, committed(), "openapi/facade.json is stale; write it with: cargo xtask openapi");
    let served = shop.stranger().get("/openapi/facade.json").must_be(200);
    assert_eq!(served.json(), json(&printed));
}

#[test]
fn every_operation_succeeds_as_documented() {
    let shop = Shop::open();
    let owner = shop.caller("user_owner", "admin:global");
    let mut seen = BTreeSet::new();
    for operation in operations::all() {
        let company = shop.company(&format!("cust_{}", operation.name()));
        (operation.prepare)(&company);
        let path = company.path(operation.path);
        owner.send(operation.method.clone(), &path, Some(operation.body.into())).must_be(operation.status);
        seen.insert(format!("{} {}", operation.method, path.replace(&company.path(""), "…/credit")));
    }
    let company = shop.company_with_line("cust_reader", "1000.00");
    company.buys_in(2, "order_1", "30.00").must_be(200);
    company.pays("PAY-1", "20.00").must_be(201);
    for what in operations::READS.into_iter().chain([operations::JOURNAL]) {
        owner.get(&company.path(what)).must_be(200);
        seen.insert(format!("GET …/credit{what}"));
    }
    let payment = r#"{"amount":10.00,"payment_reference":"PAY-2","payment_date":"2025-11-24"}"#;
    company.seller().post(&company.path("/payment/preview"), payment).must_be(200);
    seen.insert("POST …/credit/payment/preview".to_owned());
    company.seller().post(&company.path("/preview"), r#"{"amount":10.00}"#).must_be(200);
    seen.insert("POST …/credit/preview".to_owned());
    let purchase =
        r#"{"operation":"use","customer_id":"cust_reader","body":{"order_id":"order_2","amount":1}}"#;
    company.seller().post("/api/v1/credit/bulk", format!(r#"{{"operations":[{purchase}]}}"#)).must_be(200);
    seen.insert("POST /api/v1/credit/bulk".to_owned());
    for path in ["/api/v1/credit/requests", "/api/v1/session"] {
        owner.get(path).must_be(200);
        seen.insert(format!("GET {path}"));
    }

    let document = json(&committed());
    let short = |path: &str| path.replace("/api/v1/customers/{customer_id}/credit", "…/credit");
    let documented: BTreeSet<String> = operations_of(&document)
        .into_iter()
        .map(|(method, path, _)| format!("{method} {}", short(path)))
        .collect();
    assert_eq!(seen, documented);
}

#[test]
fn every_documented_body_is_taken_as_it_stands() {
    let shop = Shop::open();
    let owner = shop.caller("user_owner", "admin:global");
    let document = json(&committed());
    for operation in operations::all() {
        let path = format!("/api/v1/customers/{{customer_id}}/credit{}", operation.path);
        let documented = &document["paths"][&path][operation.method.as_str().to_lowercase()];
        let schema = &documented["requestBody"]["content"]["application/json"]["schema"];
        let name = schema["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
        let example = &document["components"]["schemas"][name]["example"];
        assert!(example.is_object(), "{name} has no example");

        let company = shop.company(&format!("cust_{}", operation.name()));
        (operation.prepare)(&company);
        if operation.name() == "use" {
            company.limit_becomes("10000.00").must_be(200);
        }
        let path = company.path(operation.path);
        owner.send(operation.method.clone(), &path, Some(example.to_string())).must_be(operation.status);
    }
}

#[test]
fn every_operation_is_described_in_full() {
    let document = json(&committed());
    let mut ids = BTreeSet::new();
    for (method, path, operation) in operations_of(&document) {
        let shown = format!("{method} {path}");
        for text in ["summary", "description", "operationId"] {
            assert!(operation[text].as_str().is_some_and(|text| !text.is_empty()), "{shown}: {text}");
        }
        assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{shown}: its id is another's");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{shown}");
        for parameter in operation["parameters"].as_array().unwrap() {
            assert!(parameter["description"].as_str().is_some_and(|text| !text.is_empty()), "{shown}");
        }
        for (status, response) in operation["responses"].as_object().unwrap() {
            let said = response["description"].as_str().unwrap();
            let is_refusal = status.as_str() >= "400";
            assert_eq!(said.contains("CRD-"), is_refusal, "{shown} {status}");
        }
    }
}

#[test]
fn every_code_of_the_document_is_in_the_catalogue_with_its_status() {
    let document = json(&committed());
    for (method, path, operation) in operations_of(&document) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let said = response["description"].as_str().unwrap();
            for code in said.split('`').filter(|word| word.starts_with("CRD-")) {
                let message = MESSAGES.iter().find(|message| message.code == code);
                let expected = message.map(|message| message.status.to_string());
                assert_eq!(expected.as_ref(), Some(status), "{method} {path}: {code}");
            }
        }
    }
}

#[test]
fn every_code_of_the_document_has_an_example_that_is_as_documented() {
    let document = json(&committed());
    let envelope = validator(&document, "ErrorEnvelope");
    let mut shown = BTreeSet::new();
    for (method, path, operation) in operations_of(&document) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let said = response["description"].as_str().unwrap();
            let codes: BTreeSet<&str> = said.split('`').filter(|word| word.starts_with("CRD-")).collect();
            let examples = response["content"]["application/json"].get("examples");
            let examples = examples.map(|examples| examples.as_object().unwrap().keys());
            let examples: BTreeSet<&str> = examples.into_iter().flatten().map(String::as_str).collect();
            assert_eq!(codes, examples, "{method} {path} {status}");
            shown.extend(codes);
        }
    }
    for code in shown {
        let example = &document["components"]["examples"][code]["value"];
        assert_eq!(example["error"]["code"], code);
        let errors: Vec<String> = envelope.iter_errors(example).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{code}: {errors:?}");
    }
}

#[test]
fn an_amount_is_documented_as_it_is_taken() {
    let shop = Shop::open();
    let document = json(&committed());
    let body = validator(&document, "ChangeLimitBody");
    let company = shop.company_with_line("cust_amounts", "1000.00");
    let owner = shop.caller("user_owner", "admin:global");
    for (limit, status) in [
        ("1000", 200),
        ("1000.5", 200),
        ("1e3", 200),
        ("\"1000.00\"", 200),
        ("\"1E+3\"", 200),
        ("-1", 422),
        ("\"-1\"", 422),
        ("\"1.\"", 422),
        ("\" 1\"", 422),
        ("\"\"", 422),
        ("null", 422),
        ("[1]", 422),
    ] {
        let text = format!("{{\"credit_limit\":{limit}}}");
        assert_eq!(body.is_valid(&json(&text)), status == 200, "{limit}");
        owner.send(Method::PUT, &company.path("/limit"), Some(text)).must_be(status);
    }
}

#[test]
fn only_the_body_of_a_reason_may_be_left_out() {
    let document = json(&committed());
    for (method, path, operation) in operations_of(&document) {
        let Some(body) = operation.get("requestBody") else { continue };
        let schema = &body["content"]["application/json"]["schema"];
        let is_reason = schema["$ref"] == "#/components/schemas/ReasonBody";
        assert_eq!(body["required"], !is_reason, "{method} {path}");
    }
}

/// A validator of one of the document's schemas.
fn validator(document: &Value, name: &str) -> jsonschema::Validator {
    let mut schema = document["components"]["schemas"][name].clone();
    schema["components"] = document["components"].clone();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn the_document_needs_no_other() {
    let text = committed();
    for reference in text.split("\"$ref\": \"").skip(1) {
        assert!(
            ["schemas", "examples", "headers"]
                .iter()
                .any(|kind| reference.starts_with(&format!("#/components/{kind}/"))),
            "{}",
            reference.lines().next().unwrap()
        );
    }
}
