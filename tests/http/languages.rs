//! Spanish first, English on request, the same codes in both.

use fiado_tests::Shop;

#[test]
fn a_refusal_is_said_in_spanish_unless_english_is_asked_for() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "50.00");
    let body = r#"{"order_id":"order_1","amount":100.00}"#;
    let say = |languages: &str| {
        company.seller().with("Accept-Language", languages).post(&company.path("/use"), body)
    };

    let spanish = "Cliente no tiene crédito disponible: pidió 100.00 USD y puede comprar hasta 50.00 USD";
    let english =
        "The customer has no credit available: 100.00 USD was asked and up to 50.00 USD may be bought";
    let cases = [
        ("es-PA,es;q=0.9,en;q=0.8", "es", spanish),
        ("fr", "es", spanish),
        ("", "es", spanish),
        ("en", "en", english),
        ("en-US,en;q=0.9,es;q=0.8", "en", english),
    ];
    for (asked, language, sentence) in cases {
        let refused = say(asked).must_be_refused(409, "CRD-2003");
        assert!(refused.message().starts_with(sentence), "{asked:?}: {}", refused.message());
        assert_eq!(refused.header("Content-Language"), Some(language), "{asked:?}");
    }
    let silent = company.buys("order_1", "100.00").must_be_refused(409, "CRD-2003");
    assert!(silent.message().starts_with(spanish));
    assert_eq!(silent.header("Content-Language"), Some("es"));
}

#[test]
fn wrong_fields_are_explained_in_the_same_language() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "50.00");
    let body = r#"{"order_id":"order_1","amount":-1}"#;
    let spanish = company.seller().post(&company.path("/use"), body);
    let english = company.seller().in_english().post(&company.path("/use"), body);
    let explained = |answer: &fiado_tests::Answer| {
        answer.json()["error"]["details"]["fields"][0]["message"].as_str().unwrap().to_owned()
    };
    assert_eq!(explained(&spanish), "no puede ser negativo");
    assert_eq!(explained(&english), "cannot be negative");
    assert_eq!(spanish.wrong_fields(), english.wrong_fields());
}

#[test]
fn states_are_words_of_the_language_in_sentences_and_codes_in_figures() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    company.asks().must_be(201);
    let refused = company.is_decided("suspend").must_be_refused(409, "CRD-2002");
    assert_eq!(refused.message(), "La cuenta está pendiente y no puede pasar a suspendida.");
    assert_eq!(refused.detail("current_state"), "pending");
}

#[test]
fn addresses_that_do_not_exist_speak_both_languages_too() {
    let shop = Shop::open();
    let spanish = shop.stranger().get("/nowhere").must_be_refused(404, "CRD-1007");
    let english = shop.stranger().in_english().get("/nowhere").must_be_refused(404, "CRD-1007");
    assert_ne!(spanish.message(), english.message());
}
