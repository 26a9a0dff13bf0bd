//! The statement: what moves it, by how much, and what its balances are.

use fiado_tests::{CreditAccount, Integration, Shop, invoice_of, json};
use serde_json::Value;

/// The lines of a statement, as they are written.
#[track_caller]
fn lines(account: &CreditAccount, query: &str) -> Vec<Value> {
    let statement = account.reads(&format!("/statements{query}")).must_be(200).json();
    statement["statements"].as_array().unwrap().clone()
}

/// Its current, interval and previous balance.
#[track_caller]
fn balances(account: &CreditAccount, query: &str) -> [String; 3] {
    let statement = account.reads(&format!("/statements{query}")).must_be(200);
    ["currentBalance", "intervalBalance", "previousBalance"].map(|name| statement.shows(name))
}

#[track_caller]
fn must_say(line: &Value, origin: &str, value: &str, metadata: &str) {
    assert_eq!(
        (&line["origin"], line["value"].to_string().as_str()),
        (&Value::from(origin), value),
        "{line}"
    );
    assert_eq!(line["metadata"], json(metadata), "{line}");
}

#[test]
fn each_movement_names_what_it_comes_from() {
    let shop = Shop::open();
    let account = shop.integration().opens("1", "1000");
    let company = shop.company(account.id());
    let transaction = account.buys_with("100", r#"{"value":100,"installments":3,"orderId":"order_1"}"#);
    account.pays(&invoice_of(&transaction, 1)).must_be(200);
    company.pays("PAY-1", "10.00").must_be(201);
    account.refunds(&transaction, "5").must_be(200);
    account.cancels(&invoice_of(&transaction, 3)).must_be(200);

    let lines = lines(&account, "");
    let of_payment = |number| format!(r#"{{"transactionId":"{transaction}","installment":{number}}}"#);
    let of_purchase =
        format!(r#"{{"transactionId":"{transaction}","orderId":"order_1","numberOfInstallments":3}}"#);
    must_say(&lines[0], "Invoice", "-100.00", &of_purchase);
    must_say(&lines[1], "Payment", "33.33", &of_payment(1));
    must_say(&lines[2], "Payment", "10.00", &of_payment(2));
    assert_eq!([&lines[3]["origin"], &lines[4]["origin"]], ["Invoice", "Invoice"]);
    assert_eq!([&lines[3]["value"], &lines[4]["value"]].map(Value::to_string), ["5.00", "28.34"]);
    for line in &lines[3..] {
        assert_eq!(line["metadata"]["transactionId"], transaction.as_str(), "{line}");
    }
    assert_eq!(lines.len(), 5);
    assert_eq!(balances(&account, ""), ["0.00", "-23.33", "0.00"], "what is still owed");
    assert_eq!(account.figures(), ["976.67", "0.00"]);
    shop.books_must_agree();
}

#[test]
fn what_moves_no_credit_is_not_in_the_statement() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let configuration = r#"{"maxPreAuthorizationGrowthRate":1,"postponementEnabled":true,"invoicePostponementLimit":1,"maxPostponementDays":9}"#;
    vtex.configures(configuration).must_be(200);
    let account = vtex.opens("1", "1000");
    let hold = account.holds("100");
    account.changes_hold(&hold, "150").must_be(200);
    account.releases(&hold).must_be(200);
    let expired = account.holds("10");
    shop.clock_moves_to("2025-11-26T10:00:00Z");
    account.is_shared_with("holder@test.com");
    assert_eq!(account.statement(), [""; 0]);

    account.settles(&expired, "10").must_be(200);
    account.postpones(&invoice_of(&expired, 1), "9").must_be(200);
    account.changes_invoice(&invoice_of(&expired, 1), r#"{"observation":"Nota"}"#).must_be(200);
    assert_eq!(account.statement(), ["Invoice -10.00"]);
    account.closes().must_be_declined(400);
    assert_eq!(account.statement(), ["Invoice -10.00"]);
}

#[test]
fn limit_and_tolerance_that_come_with_an_update_move_their_difference() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens_with_tolerance("1", "1000", "0.1");
    let body = r#"{"document":"1","documentType":"CPF","creditLimit":"2000","tolerance":"0.25"}"#;
    vtex.put(&account.path(""), body).must_be(200);
    let changed = lines(&account, "");
    assert!(!changed.is_empty() && changed.iter().all(|line| line["origin"] == "Credit"), "{changed:?}");
    assert_eq!(balances(&account, ""), ["0.00", "1400.00", "0.00"]);
    shop.books_must_agree();
}

#[test]
fn a_limit_that_is_no_change_moves_nothing() {
    let shop = Shop::open();
    let account = shop.integration().opens_with_tolerance("1", "1000", "0.1");
    account.limit_becomes("1000").must_be(200);
    account.tolerance_becomes("\"0.10\"").must_be(200);
    assert_eq!(balances(&account, ""), ["0.00", "0.00", "0.00"]);
}

#[test]
fn a_ceiling_is_cut_to_cents_and_its_changes_add_up() {
    let shop = Shop::open();
    let account = shop.integration().opens_with_tolerance("1", "100.01", "0.333333");
    account.limit_becomes("100.02").must_be(200);
    account.limit_becomes("100.01").must_be(200);
    // floor(100.01 × 1.333333) = 133.34; floor(100.02 × 1.333333) = 133.35.
    assert_eq!(account.statement(), ["Credit 0.01", "Credit -0.01"]);
    account.authorizes("133.35").must_be_declined(400);
    account.holds("133.34");
}

#[test]
fn a_movement_by_hand_moves_the_balance_and_nothing_else() {
    let shop = Shop::open();
    let account = shop.integration().opens("1", "1000");
    account.balance_moves("st-1", "\"-15\"").must_be(200).must_read(r#"{"value":"-15.0"}"#);
    account.balance_moves("st-2", "4.50").must_be(200).must_read(r#"{"value":"4.5"}"#);
    account.balance_moves("st-3", "\"0.25\"").must_be(200).must_read(r#"{"value":"0.25"}"#);
    assert_eq!(account.figure("balance"), "-10.25");
    assert_eq!(account.figures(), ["1000.00", "0.00"]);
    assert_eq!(account.statement(), ["Statement -15.00", "Statement 4.50", "Statement 0.25"]);
    assert_eq!(balances(&account, ""), ["-10.25", "-10.25", "0.00"]);
    account.holds("1000");
    account.authorizes("0.01").must_be_declined(400);
    shop.books_must_agree();
}

#[test]
fn the_same_movement_again_changes_nothing() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens("1", "1000");
    let first = account.balance_moves("st-1", "\"-15\"").must_be(200);
    let before = account.everything();
    for value in ["\"-15\"", "\"-15.0\"", "-15", "-15.00"] {
        assert_eq!(account.balance_moves("st-1", value).must_be(200).text, first.text, "{value}");
    }
    for value in ["\"15\"", "-15.01", "0"] {
        account.balance_moves("st-1", value).must_be_declined(400);
    }
    assert_eq!(account.everything(), before);

    // The id is the account's own.
    let another = vtex.opens("2", "1000");
    another.balance_moves("st-1", "\"7\"").must_be(200);
    assert_eq!(another.figure("balance"), "7.00");
    shop.books_must_agree();
}

#[test]
fn a_movement_by_hand_names_whose_hand_it_was() {
    let shop = Shop::open();
    let account = shop.integration().opens("1", "1000");
    let manager = Integration::of(shop.manager()).account(account.id());
    manager.balance_moves("st-1", "\"-15\"").must_be(200);
    account.balance_moves("st-2", "\"-1\"").must_be(200);
    account.limit_becomes("2000").must_be(200);
    let lines = lines(&account, "");
    assert_eq!(lines[0]["doneBy"], "user_manager");
    assert_eq!(lines[1]["doneBy"], "key:vtex");
    assert!(lines[2].get("doneBy").is_none(), "only a movement by hand says who did it: {}", lines[2]);
    assert!(lines.iter().all(|line| line.get("metadata").is_none()), "{lines:?}");
}

/// A movement on each of three days at noon in Panama.
fn account_of_three_days(shop: &Shop) -> CreditAccount {
    let account = shop.integration().opens("1", "1000");
    for (day, value) in [("2025-12-01", "-15"), ("2025-12-02", "-5"), ("2025-12-03", "2.50")] {
        shop.clock_moves_to(&format!("{day}T17:00:00Z"));
        account.balance_moves(day, value).must_be(200);
    }
    account
}

#[test]
fn a_statement_of_some_days_says_what_was_before_them() {
    let shop = Shop::open();
    let account = account_of_three_days(&shop);
    let cases: [(&str, &[&str], [&str; 3]); 7] = [
        ("", &["-15.00", "-5.00", "2.50"], ["-17.50", "-17.50", "0.00"]),
        ("?from=2025-12-02", &["-5.00", "2.50"], ["-17.50", "-2.50", "-15.00"]),
        ("?from=2025-12-02&to=2025-12-02", &["-5.00"], ["-17.50", "-5.00", "-15.00"]),
        ("?to=2025-12-01", &["-15.00"], ["-17.50", "-15.00", "0.00"]),
        ("?from=2025-12-03T00:00:00Z", &["-5.00", "2.50"], ["-17.50", "-2.50", "-15.00"]),
        ("?from=2025-12-03T05:00:00Z", &["2.50"], ["-17.50", "2.50", "-20.00"]),
        (
            "?from=2025-11-01&to=2026-12-31&anything=1",
            &["-15.00", "-5.00", "2.50"],
            ["-17.50", "-17.50", "0.00"],
        ),
    ];
    for (query, values, expected) in cases {
        let shown: Vec<String> =
            lines(&account, query).iter().map(|line| line["value"].to_string()).collect();
        assert_eq!(shown, values, "{query}");
        assert_eq!(balances(&account, query), expected, "{query}");
    }
    for query in ["?from=2026-01-01", "?to=2025-11-30"] {
        assert!(lines(&account, query).is_empty(), "{query}");
        assert_eq!(balances(&account, query)[1], "0.00", "{query}");
    }
}

#[test]
fn a_day_of_the_statement_ends_at_midnight_where_the_store_is() {
    let shop = Shop::open();
    let account = shop.integration().opens("1", "1000");
    // Half past four in Greenwich is still the evening before in Panama.
    shop.clock_moves_to("2025-12-02T04:30:00Z");
    account.balance_moves("evening", "-1").must_be(200);
    shop.clock_moves_to("2025-12-02T05:30:00Z");
    account.balance_moves("morning", "-2").must_be(200);
    let values = |query: &str| -> Vec<String> {
        lines(&account, query).iter().map(|line| line["value"].to_string()).collect()
    };
    assert_eq!(values("?to=2025-12-01"), ["-1.00"]);
    assert_eq!(values("?from=2025-12-02"), ["-2.00"]);
}

#[test]
fn lines_come_in_the_order_of_their_dates() {
    let shop = Shop::open();
    let account = account_of_three_days(&shop);
    account.limit_becomes("900").must_be(200);
    let transaction = account.buys("10");
    account.pays(&invoice_of(&transaction, 1)).must_be(200);
    let lines = lines(&account, "");
    let dates: Vec<&str> = lines.iter().map(|line| line["date"].as_str().unwrap()).collect();
    assert_eq!(dates.len(), 6);
    // Cut to seconds, where instants of different length compare as texts.
    assert!(dates.iter().map(|date| &date[..19]).is_sorted(), "{dates:?}");
}
