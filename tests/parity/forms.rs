//! What stands behind a form, natively; the package is asked the same in `tests/package/forms.test.js`.

use fiado_contract::catalogue::Language;
use fiado_contract::facade;
use fiado_contract::json::{Json, parse};
use fiado_tests::corpus::{AllocationCase, ValidationCase, must_hold};
use serde::Serialize;
use serde_json::{Value, json};

fn read(value: &Value) -> Json {
    parse(value.to_string().as_bytes()).unwrap()
}

fn told(answer: &impl Serialize) -> Value {
    serde_json::from_str(&serde_json::to_string(answer).unwrap()).unwrap()
}

fn language(word: &str) -> Language {
    if word == "en" { Language::English } else { Language::Spanish }
}

/// The wrong fields with their codes, as a case tells them.
fn wrong(answer: &Value) -> Value {
    let fields = answer["error"]["details"]["fields"].as_array().unwrap();
    fields.iter().map(|field| json!([field["field"], field["code"]])).collect()
}

#[test]
fn every_body_of_the_corpus_is_read_as_it_says_natively() {
    for case in ValidationCase::all() {
        let answer = told(&facade::validate(&read(&case.body), &read(&case.shop), language(&case.language)));
        match case.wrong {
            None => must_hold(&case.name, &json!({ "status": "success", "data": null }), &answer),
            Some(expected) => assert_eq!(wrong(&answer), expected, "{}", case.name),
        }
    }
}

#[test]
fn every_payment_of_the_corpus_is_allocated_as_it_says_natively() {
    for case in AllocationCase::all() {
        let [payment, invoices] = [&case.payment, &case.invoices].map(read);
        let currency = Json::Text(case.currency.clone());
        let answer = facade::allocate_payment(&payment, &invoices, &currency, language(&case.language));
        let answer = told(&answer);
        match (case.expected, case.code, case.wrong) {
            (Some(expected), _, _) => must_hold(&case.name, &expected, &answer["data"]),
            (_, Some(code), _) => assert_eq!(answer["error"]["code"], code, "{}", case.name),
            (_, _, Some(expected)) => assert_eq!(wrong(&answer), expected, "{}", case.name),
            _ => panic!("{} expects nothing", case.name),
        }
    }
}
