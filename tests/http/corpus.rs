//! The corpora over HTTP: the shop is set up as each case says, and asked.

use fiado_tests::corpus::{InstallmentsCase, PreviewCase, must_hold};
use fiado_tests::{Integration, Opening, Shop, json};
use serde_json::Value;

/// Adds a case's rules; their ids, in order.
fn add(client: &Integration, rules: &[Value]) -> Vec<String> {
    rules.iter().map(|rule| client.adds_rule(&rule.to_string())).collect()
}

/// An answer in the words of a corpus: `rule-1` for the first rule's id.
fn in_corpus_words(text: &str, ids: &[String]) -> Value {
    let named = ids.iter().enumerate();
    json(&named.fold(text.to_owned(), |text, (index, id)| text.replace(id, &format!("rule-{}", index + 1))))
}

fn shop_of(at: &str, settings: &[String]) -> (Shop, Integration) {
    let shop = Opening::at(at).open();
    let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    shop.organization("org_corpus", &settings);
    let client = shop.integration_of("org_corpus");
    (shop, client)
}

#[test]
fn every_preview_of_the_corpus_is_answered_as_it_says() {
    for case in PreviewCase::all() {
        let (shop, client) = shop_of(&case.at(), &case.settings());
        let ids = add(&client, &case.rules());
        let account = client.opens_with_tolerance("55555555555", &case.limit, &case.tolerance);
        let company = shop.company_of("org_corpus", account.id());
        let answer = company.seller().post(&company.path("/preview"), case.cart.to_string()).must_be(200);
        must_hold(&case.name, &case.expected, &in_corpus_words(&answer.text, &ids)["data"]);
    }
}

#[test]
fn every_installment_of_the_corpus_is_answered_as_it_says() {
    for case in InstallmentsCase::all() {
        let settings = ["--currency".to_owned(), case.currency.clone()];
        let (_shop, client) = shop_of("2025-11-24T15:00:00Z", &settings);
        let ids = add(&client, &case.rules());
        let path = format!("/api/pvt/installments?request.value={}", case.value);
        let answer = in_corpus_words(&client.get(&path).must_be(200).text, &ids);
        must_hold(&case.name, &case.expected, &answer["installments"]);
    }
}
