//! Credit that is held: how it grows, how it ends, and how much of it there may be.

use fiado_tests::{CreditAccount, Opening, Shop, invoice_of, json};

/// A shop whose holds may grow by a tenth, and an account in it.
fn shop_with_growth(limit: &str) -> (Shop, CreditAccount) {
    let shop = Shop::open();
    let vtex = shop.integration();
    vtex.configures(r#"{"maxPreAuthorizationGrowthRate":0.1}"#).must_be(200);
    let account = vtex.opens("55555555555", limit);
    (shop, account)
}

#[test]
fn a_hold_takes_credit_until_it_is_released() {
    let shop = Shop::open();
    let account = shop.integration().opens("55555555555", "1000");
    let held = account.authorizes("400").must_be(200);
    let id = held.shows("id");
    assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    assert_eq!(held.json_without(&["id"]), json(r#"{"value":400.00,"installments":1}"#));
    assert_eq!(account.figures(), ["600.00", "400.00"]);
    account.holds("600");
    assert_eq!(account.figures(), ["0.00", "1000.00"]);

    account.releases(&id).must_be_empty();
    assert_eq!(account.figures(), ["400.00", "600.00"]);
    assert_eq!(account.statement(), [""; 0], "a hold is never in the statement");
    assert!(account.invoices().is_empty());
    shop.books_must_agree();
}

#[test]
fn with_ten_percent_of_tolerance_a_limit_of_1000_buys_1100_and_not_1250() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens_with_tolerance("1", "1000", "0.1");
    let before = account.everything();
    for value in ["1250", "1100.01"] {
        account.authorizes(value).must_be_declined(400);
    }
    assert_eq!(account.everything(), before);
    account.holds("1100");
    assert_eq!(account.figures(), ["-100.00", "1100.00"]);
    account.authorizes("0.01").must_be_declined(400);

    // What is bought counts as what is held does.
    let another = vtex.opens_with_tolerance("2", "1000", "0.1");
    another.buys("1000");
    another.authorizes("100.01").must_be_declined(400);
    another.holds("100");
    another.authorizes("0.01").must_be_declined(400);
    shop.books_must_agree();
}

#[test]
fn a_refusal_says_how_much_could_be_held() {
    let shop = Shop::open();
    let account = shop.integration().opens_with_tolerance("1", "1000", "0.1");
    account.holds("700");
    let refused = account.authorizes("400.01").must_be_declined(400).json();
    let details = refused["details"].as_object().unwrap();
    let figures: Vec<String> = details.values().map(ToString::to_string).collect();
    for figure in ["1000.00", "700.00", "400.00", "400.01"] {
        assert!(figures.iter().any(|shown| shown == figure), "{figure} is not in {refused}");
    }
}

#[test]
fn a_hold_grows_by_the_shops_rate_of_what_was_authorized_first() {
    let (shop, account) = shop_with_growth("1000");
    let hold = account.holds("100");
    assert_eq!(account.changes_hold(&hold, "110").must_be(200).shows("value"), "110.00");
    assert_eq!(account.figures(), ["890.00", "110.00"]);
    account.changes_hold(&hold, "50").must_be(200);
    assert_eq!(account.figures(), ["950.00", "50.00"]);

    // Neither the last value nor the largest one counts, only the first.
    let before = account.everything();
    for value in ["110.01", "121"] {
        account.changes_hold(&hold, value).must_be_declined(400);
    }
    assert_eq!(account.everything(), before);
    account.changes_hold(&hold, "\"110.00\"").must_be(200);
    assert_eq!(account.figures(), ["890.00", "110.00"]);
    shop.books_must_agree();
}

#[test]
fn a_hold_grows_no_further_than_the_ceiling() {
    let (shop, account) = shop_with_growth("100");
    let hold = account.holds("100");
    account.changes_hold(&hold, "100.01").must_be_declined(400);
    account.limit_becomes("105").must_be(200);
    account.changes_hold(&hold, "105.01").must_be_declined(400);
    account.changes_hold(&hold, "105").must_be(200);
    account.settles(&hold, "105.01").must_be_declined(400);
    account.settles(&hold, "105").must_be(200);
    assert_eq!(account.figures(), ["0.00", "0.00"]);
    shop.books_must_agree();
}

#[test]
fn where_the_shop_lets_nothing_grow_a_hold_only_shrinks_and_comes_back() {
    let shop = Shop::open();
    let account = shop.integration().opens("1", "1000");
    let hold = account.holds("100");
    account.changes_hold(&hold, "100.01").must_be_declined(400);
    account.changes_hold(&hold, "40").must_be(200);
    account.changes_hold(&hold, "100").must_be(200);
    account.settles(&hold, "100.01").must_be_declined(400);
    assert_eq!(account.figures(), ["900.00", "100.00"]);
}

#[test]
fn a_hold_that_is_sure_to_be_settled_is_never_released() {
    let shop = Shop::open();
    let account = shop.integration().opens("1", "1000");
    let hold = account.authorizes_with(r#"{"value":100,"settle":true}"#).must_be(200).shows("id");
    let before = account.everything();
    account.releases(&hold).must_be_declined(400);
    assert_eq!(account.everything(), before);
    account.settles(&hold, "100").must_be(200);
    assert_eq!(account.figures(), ["900.00", "0.00"]);
}

#[test]
fn a_hold_lives_a_day_and_one_that_will_be_settled_thirty() {
    let shop = Opening::at("2025-11-24T10:00:00Z").open();
    let account = shop.integration().opens("1", "1000");
    account.authorizes_with(r#"{"value":100,"settle":false}"#).must_be(200);
    account.authorizes_with(r#"{"value":200,"settle":true}"#).must_be(200);
    // The clock runs on from where it is set, so each look is an hour off the end.
    let looks = [
        ("2025-11-25T09:00:00Z", "300.00"),
        ("2025-11-25T11:00:00Z", "200.00"),
        ("2025-12-24T09:00:00Z", "200.00"),
        ("2025-12-24T11:00:00Z", "0.00"),
    ];
    for (instant, held) in looks {
        shop.clock_moves_to(instant);
        assert_eq!(account.figures()[1], held, "{instant}");
    }
    assert_eq!(account.figures(), ["1000.00", "0.00"]);
    assert_eq!(account.statement(), [""; 0]);
    shop.books_must_agree();
}

#[test]
fn an_expiry_takes_effect_at_its_instant() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens("1", "100");
    let body = |value: &str| format!(r#"{{"value":100,"expirationDate":"{value}"}}"#);
    let held = account.authorizes_with(&body("2025-11-27T12:00:00")).must_be(200);
    assert_eq!(held.shows("expirationDate"), "2025-11-27T12:00:00");
    shop.clock_moves_to("2025-11-27T11:59:00Z");
    account.authorizes("0.01").must_be_declined(400);
    shop.clock_moves_to("2025-11-27T12:00:00Z");
    assert_eq!(account.figures(), ["100.00", "0.00"], "a read needs nobody to tidy first");
    let listed = vtex.get("/accounts").must_be(200).items();
    assert_eq!(listed[0]["preAuthorizedCredit"].to_string(), "0.00");
    account.holds("100");
    shop.books_must_agree();
}

#[test]
fn an_expiration_is_a_day_or_an_instant_and_comes_back_without_a_zone() {
    let shop = Shop::open();
    let account = shop.integration().opens("1", "1000");
    let cases = [
        ("2025-11-25", "2025-11-25T00:00:00"),
        ("2025-11-25T06:30:00", "2025-11-25T06:30:00"),
        ("2025-11-25T06:30:00Z", "2025-11-25T06:30:00"),
        ("2025-11-25T06:30:00-05:00", "2025-11-25T11:30:00"),
    ];
    for (sent, answered) in cases {
        let body = format!(r#"{{"value":1,"expirationDate":"{sent}"}}"#);
        let held = account.authorizes_with(&body).must_be(200);
        assert_eq!(held.shows("expirationDate"), answered, "{sent}");
    }
    assert_eq!(account.figures()[1], "4.00");
    shop.clock_moves_to("2025-11-25T00:00:00Z");
    assert_eq!(account.figures()[1], "3.00", "a day begins at midnight in Greenwich");
    shop.clock_moves_to("2025-11-25T06:30:00Z");
    assert_eq!(account.figures()[1], "1.00");

    let before = account.everything();
    for past in ["2025-11-25", "2025-11-25T06:30:00Z", "2020-01-01"] {
        let body = format!(r#"{{"value":1,"expirationDate":"{past}"}}"#);
        account.authorizes_with(&body).must_be_declined(400);
    }
    assert_eq!(account.everything(), before);
}

/// An account of 1,000.00 whose hold of 800.00 has expired.
fn account_with_an_expired_hold(shop: &Shop) -> (CreditAccount, String) {
    let account = shop.integration().opens("1", "1000");
    let hold = account.authorizes_with(r#"{"value":800,"installments":2}"#).must_be(200).shows("id");
    shop.clock_moves_to("2025-11-26T10:00:00Z");
    (account, hold)
}

#[test]
fn an_expired_hold_is_neither_released_nor_changed() {
    let shop = Shop::open();
    let (account, hold) = account_with_an_expired_hold(&shop);
    let before = account.everything();
    account.releases(&hold).must_be_declined(400);
    for value in ["800", "10"] {
        account.changes_hold(&hold, value).must_be_declined(400);
    }
    assert_eq!(account.everything(), before);
    shop.books_must_agree();
}

#[test]
fn an_expired_hold_settles_within_what_is_left_today() {
    let shop = Shop::open();
    let (account, hold) = account_with_an_expired_hold(&shop);
    account.holds("500");
    let before = account.everything();
    account.settles(&hold, "500.01").must_be_declined(400);
    assert_eq!(account.everything(), before);
    account.settles(&hold, "500").must_be(200);
    assert_eq!(account.figures(), ["0.00", "500.00"]);
    let values: Vec<String> = account.invoices().iter().map(|invoice| invoice["value"].to_string()).collect();
    assert_eq!(values, ["250.00", "250.00"], "in as many parts as were authorized");
    account.releases(&hold).must_be_declined(400);
    shop.books_must_agree();
}

#[test]
fn a_client_chooses_the_id_of_a_hold() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens("1", "1000");
    let longest = "x".repeat(64);
    let ids = [
        ("pedido-77", "pedido-77"),
        ("1413590513132-01", "1413590513132-01"),
        ("compra%20%C3%91", "compra Ñ"),
        ("a%2Bb_c", "a+b_c"),
        ("A424887D0F2D45028FE5C96E9B0E1A2D", "A424887D0F2D45028FE5C96E9B0E1A2D"),
        (longest.as_str(), longest.as_str()),
    ];
    for (written, id) in ids {
        let body = r#"{"value":55.0,"settle":true,"installments":1}"#;
        let held = vtex.put(&account.path(&format!("/transactions/{written}")), body).must_be(200);
        let expected = format!(r#"{{"id":"{id}","value":55.00,"installments":1}}"#);
        assert_eq!(held.json(), json(&expected));
        account.settles(written, "55").must_be(200);
        assert_eq!(account.invoice_stands(&invoice_of(written, 1)), "Opened 55.00 0.00");
    }
    assert_eq!(account.figures(), ["670.00", "0.00"]);
    shop.books_must_agree();
}

#[test]
fn a_hold_put_again_is_the_same_hold() {
    let shop = Shop::open();
    let account = shop.integration().opens("1", "100");
    let first = account.changes_hold("pedido-77", "80").must_be(200);
    assert_eq!(account.changes_hold("pedido-77", "80").must_be(200).text, first.text);
    assert_eq!(account.figures(), ["20.00", "80.00"]);
    // Another account knows nothing of it.
    let another = shop.integration().opens("2", "100");
    another.settles("pedido-77", "80").must_be_declined(404);
    another.changes_hold("pedido-77", "30").must_be(200);
    assert_eq!([account.figures()[1].as_str(), &another.figures()[1]], ["80.00", "30.00"]);
}

#[test]
fn an_id_of_the_accounts_own_numbering_that_was_never_made_is_not_found() {
    let shop = Shop::open();
    let account = shop.integration().opens("1", "100");
    let made = account.holds("10");
    let never_made = format!("{}fff", &made[..29]);
    assert_ne!(made, never_made);
    let before = account.everything();
    account.changes_hold(&never_made, "10").must_be_declined(404);
    assert_eq!(account.everything(), before);
}

#[test]
fn both_spellings_of_the_address_are_one_address() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens("1", "1000");
    for (one, other) in [("transactions", "transaction"), ("transaction", "transactions")] {
        let path = |spelling: &str, what: &str| account.path(&format!("/{spelling}{what}"));
        let made = vtex.post(&path(one, ""), r#"{"value":10}"#).must_be(200).shows("id");
        vtex.put(&path(other, &format!("/{made}")), r#"{"value":9}"#).must_be(200);
        vtex.put(&path(one, &format!("/{made}/settlement")), r#"{"value":9}"#).must_be(200);
        vtex.post(&path(other, &format!("/{made}/refunds/")), r#"{"value":9}"#).must_be(200);
        let given_up = vtex.post(&path(other, "/"), r#"{"value":10}"#).must_be(200).shows("id");
        vtex.delete(&path(one, &format!("/{given_up}/"))).must_be_empty();
    }
    assert_eq!(account.figures(), ["1000.00", "0.00"]);
    assert_eq!(account.invoices().len(), 2);
}

#[test]
fn a_shopper_nobody_knows_gets_an_account_where_the_store_says_so() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let (by_post, by_put) = (vtex.account("new_1"), vtex.account("new_2"));
    for account in [&by_post, &by_put] {
        account.authorizes("10").must_be_declined(404);
        account.changes_hold("pedido-1", "10").must_be_declined(404);
        account.reads("").must_be_declined(404);
    }
    let switch = r#"{"automaticCheckingAccountCreationEnabled":true,"defaultCreditValue":"150"}"#;
    vtex.configures(switch).must_be(200);
    by_post.holds("10");
    by_put.changes_hold("pedido-1", "10").must_be(200);
    for account in [&by_post, &by_put] {
        assert_eq!(account.figures(), ["140.00", "10.00"]);
        assert_eq!(["status", "creditLimit"].map(|name| account.figure(name)), ["Open", "150.00"]);
        account.authorizes("140.01").must_be_declined(400);
    }
    vtex.account("new_3").reads("").must_be_declined(404);
    assert_eq!(vtex.get("/accounts").column("id"), ["new_1", "new_2"], "reading opens nothing");
    shop.books_must_agree();
}

#[test]
fn the_conditions_of_a_purchase_are_those_of_the_shoppers_account() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens("1", "1000");
    account.holds("300");
    for query in ["email=1@test.com", "email=1%40test.com&sc=1&skus=1,2", "salesChannel=1&email=1@test.com"] {
        let conditions = vtex.get(&format!("/purchase-conditions?{query}")).must_be(200);
        let shown = ["accountId", "availableCredit"].map(|name| conditions.shows(name));
        assert_eq!(shown, [account.id(), "700.00"], "{query}");
        assert!(conditions.json()["deadlines"].is_array(), "{}", conditions.text);
    }
    vtex.get("/purchase-conditions?email=nobody@test.com").must_be_declined(404);
    vtex.get("/purchase-conditions").must_be_declined(400);
}

#[test]
fn asking_for_conditions_opens_an_account_once_where_the_store_says_so() {
    let shop = Shop::open();
    let vtex = shop.integration();
    vtex.configures(r#"{"automaticCheckingAccountCreationEnabled":true}"#).must_be(200);
    let ask = || vtex.get("/purchase-conditions?email=new%2B1_a@test.com").must_be(200);
    let id = ask().shows("accountId");
    assert_eq!(
        [ask().shows("accountId"), ask().shows("availableCredit")],
        [id.clone(), "2000.00".to_owned()]
    );
    let account = vtex.account(&id);
    assert_eq!(account.figure("email"), "new+1_a@test.com");
    account.holds("2000");
    assert_eq!(vtex.get("/accounts").column("id"), [id]);
}

#[test]
fn the_same_key_holds_once() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens("1", "1000");
    let keyed = vtex.with("Idempotency-Key", "checkout-1");
    let hold = |body: &str| keyed.post(&account.path("/transactions"), body);
    let first = hold(r#"{"value":100}"#).must_be(200);
    let again = hold(r#"{"value":100}"#).must_be(200);
    assert!(again.is_replayed() && !first.is_replayed());
    assert_eq!(again.text, first.text);
    hold(r#"{"value":100.01}"#).must_be_declined(400);
    assert_eq!(account.figures(), ["900.00", "100.00"]);

    // Without a key each is a purchase of its own: VTEX's clients send none.
    assert_ne!(account.holds("100"), account.holds("100"));
    assert_eq!(account.figures(), ["700.00", "300.00"]);
}
