//! What a hold becomes: invoices, and what changes them afterwards.

use fiado_tests::{CreditAccount, Shop, invoice_of};

/// A shop whose purchases may grow by a tenth, and an account of 1,000.00 in it.
fn shop_with_growth() -> (Shop, CreditAccount) {
    let shop = Shop::open();
    let vtex = shop.integration();
    vtex.configures(r#"{"maxPreAuthorizationGrowthRate":0.1}"#).must_be(200);
    let account = vtex.opens("55555555555", "1000");
    (shop, account)
}

/// The invoices of an account: `Opened 33.33 0.00`.
#[track_caller]
fn invoices(account: &CreditAccount) -> Vec<String> {
    let ids = account.reads("/invoices?from=1&to=1000").must_be(200).column("id");
    ids.iter().map(|id| account.invoice_stands(id)).collect()
}

#[test]
fn a_split_loses_no_cent() {
    let (shop, account) = shop_with_growth();
    let cases: [(u8, &str, &[&str]); 4] = [
        (3, "100", &["33.33", "33.33", "33.34"]),
        (7, "0.20", &["0.02", "0.02", "0.02", "0.02", "0.02", "0.02", "0.08"]),
        (2, "0.03", &["0.01", "0.02"]),
        (1, "99.99", &["99.99"]),
    ];
    for (installments, value, parts) in cases {
        let transaction = account.buys_in(installments, value);
        let stands =
            (1..=installments).map(|number| account.invoice_stands(&invoice_of(&transaction, number)));
        let expected: Vec<String> = parts.iter().map(|part| format!("Opened {part} 0.00")).collect();
        assert_eq!(stands.collect::<Vec<_>>(), expected);
    }
    shop.books_must_agree();
}

#[test]
fn less_than_was_held_is_settled_and_the_rest_is_free_again() {
    let (_shop, account) = shop_with_growth();
    let hold = account.holds("100");
    account.settles(&hold, "49.95").must_be(200);
    assert_eq!(account.figures(), ["950.05", "0.00"]);
    assert_eq!(invoices(&account), ["Opened 49.95 0.00"]);
    assert_eq!(account.statement(), ["Invoice -49.95"]);
}

#[test]
fn more_than_was_held_is_settled_up_to_its_growth() {
    let (_shop, account) = shop_with_growth();
    let hold = account.holds("100");
    let before = account.everything();
    account.settles(&hold, "110.01").must_be_declined(400);
    assert_eq!(account.everything(), before);
    account.settles(&hold, "110").must_be(200);
    assert_eq!(account.figures(), ["890.00", "0.00"]);
}

#[test]
fn what_goes_beyond_the_hold_must_fit_the_ceiling() {
    let (_shop, account) = shop_with_growth();
    let hold = account.holds("100");
    account.holds("895");
    account.settles(&hold, "105.01").must_be_declined(400);
    account.settles(&hold, "105").must_be(200);
    assert_eq!(account.figures(), ["0.00", "895.00"]);
}

#[test]
fn what_was_held_settles_even_where_the_limit_has_been_lowered_since() {
    let (_shop, account) = shop_with_growth();
    let hold = account.holds("500");
    account.limit_becomes("100").must_be(200);
    assert_eq!(account.figures(), ["-400.00", "500.00"]);
    account.settles(&hold, "500.01").must_be_declined(400);
    account.settles(&hold, "500").must_be(200);
    assert_eq!(account.figures(), ["-400.00", "0.00"]);
}

#[test]
fn a_second_settlement_goes_down_and_up() {
    let (shop, account) = shop_with_growth();
    let transaction = account.buys_in(3, "100");
    assert_eq!(account.settles(&transaction, "80").must_be(200).shows("value"), "80.00");
    assert_eq!(invoices(&account), ["Opened 26.66 0.00", "Opened 26.66 0.00", "Opened 26.68 0.00"]);
    assert_eq!(account.figures(), ["920.00", "0.00"]);
    account.settles(&transaction, "110").must_be(200);
    assert_eq!(invoices(&account), ["Opened 36.66 0.00", "Opened 36.66 0.00", "Opened 36.68 0.00"]);
    assert_eq!(account.statement(), ["Invoice -100.00", "Invoice 20.00", "Invoice -30.00"]);

    let before = account.everything();
    account.settles(&transaction, "110.01").must_be_declined(400);
    assert_eq!(account.everything(), before);
    account.settles(&transaction, "110").must_be(200);
    assert_eq!(account.everything(), before, "the same again changes nothing");
    shop.books_must_agree();
}

#[test]
fn a_second_settlement_leaves_what_was_paid_as_it_is() {
    let (shop, account) = shop_with_growth();
    let transaction = account.buys_in(3, "90");
    account.pays(&invoice_of(&transaction, 1)).must_be(200);
    let before = account.everything();
    account.settles(&transaction, "29.99").must_be_declined(400);
    assert_eq!(account.everything(), before, "never below what has been paid");

    account.settles(&transaction, "80").must_be(200);
    assert_eq!(invoices(&account), ["Paid 30.00 30.00", "Opened 25.00 0.00", "Opened 25.00 0.00"]);
    assert_eq!(account.figures(), ["950.00", "0.00"]);
    account.settles(&transaction, "30").must_be(200);
    assert_eq!(account.figures(), ["1000.00", "0.00"]);
    let opened = account.reads("/invoices?status=Opened").must_be(200);
    assert!(opened.items().is_empty(), "{}", opened.text);
    shop.books_must_agree();
}

#[test]
fn a_refund_goes_from_the_last_installment_back() {
    let (shop, account) = shop_with_growth();
    let transaction = account.buys_in(3, "100");
    assert_eq!(account.refunds(&transaction, "40").must_be(200).text, r#"{"value":40.00}"#);
    assert_eq!(invoices(&account), ["Opened 33.33 0.00", "Opened 26.67 0.00", "Cancelled 0.00 0.00"]);
    assert_eq!(account.figures(), ["940.00", "0.00"]);
    assert_eq!(account.statement(), ["Invoice -100.00", "Invoice 40.00"]);
    let ended = account.invoice(&invoice_of(&transaction, 3)).must_be(200);
    assert!(!ended.shows("resolvedAt").is_empty(), "{}", ended.text);

    account.refunds(&transaction, "\"60\"").must_be(200);
    assert_eq!(invoices(&account), ["Cancelled 0.00 0.00"; 3]);
    assert_eq!(account.figures(), ["1000.00", "0.00"]);
    account.closes().must_be(200);
    shop.books_must_agree();
}

#[test]
fn what_is_owed_is_refunded_first_and_what_was_paid_pays_the_next_invoice() {
    let (shop, account) = shop_with_growth();
    let transaction = account.buys_in(2, "100");
    account.pays(&invoice_of(&transaction, 1)).must_be(200);
    let before = account.everything();
    account.refunds(&transaction, "100.01").must_be_declined(400);
    assert_eq!(account.everything(), before);
    account.refunds(&transaction, "50").must_be(200);
    assert_eq!(invoices(&account), ["Paid 50.00 50.00", "Cancelled 0.00 0.00"]);
    account.refunds(&transaction, "20").must_be(200);
    assert_eq!(invoices(&account), ["Paid 30.00 30.00", "Cancelled 0.00 0.00"]);
    account.refunds(&transaction, "30.01").must_be_declined(400);
    account.refunds(&transaction, "30").must_be(200);
    assert_eq!(invoices(&account), ["Cancelled 0.00 0.00"; 2]);
    let next = account.buys("60");
    assert_eq!(account.invoice(&invoice_of(&next, 1)).must_be(200).shows("creditValue"), "50.00");
    shop.books_must_agree();
}

#[test]
fn an_invoice_refunded_down_to_what_was_paid_of_it_is_paid() {
    let (shop, account) = shop_with_growth();
    let transaction = account.buys("100");
    shop.company(account.id()).pays("PAY-1", "40.00").must_be(201);
    account.refunds(&transaction, "60").must_be(200);
    assert_eq!(invoices(&account), ["Paid 40.00 40.00"]);
    let paid = account.invoice(&invoice_of(&transaction, 1)).must_be(200);
    assert!(!paid.shows("resolvedAt").is_empty(), "{}", paid.text);
    assert_eq!(account.figures(), ["1000.00", "0.00"]);
    shop.books_must_agree();
}

#[test]
fn a_cancelled_invoice_keeps_its_value_and_is_owed_no_more() {
    let (shop, account) = shop_with_growth();
    let transaction = account.buys_in(2, "100");
    account.cancels(&invoice_of(&transaction, 2)).must_be_empty();
    assert_eq!(invoices(&account), ["Opened 50.00 0.00", "Cancelled 50.00 0.00"]);
    assert_eq!(account.figures(), ["950.00", "0.00"]);
    assert_eq!(account.statement(), ["Invoice -100.00", "Invoice 50.00"]);
    let cancelled = account.invoice(&invoice_of(&transaction, 2)).must_be(200);
    assert!(!cancelled.shows("resolvedAt").is_empty(), "{}", cancelled.text);
    shop.books_must_agree();
}

#[test]
fn what_was_paid_of_a_cancelled_invoice_pays_the_next_one() {
    let (shop, account) = shop_with_growth();
    let company = shop.company(account.id());
    let transaction = account.buys("100");
    company.pays("PAY-1", "30.00").must_be(201);
    account.cancels(&invoice_of(&transaction, 1)).must_be_empty();
    assert_eq!(account.figures(), ["1000.00", "0.00"]);
    assert_eq!(company.figure("unapplied"), "30.00");
    let next = account.buys("100");
    assert_eq!(account.invoice_stands(&invoice_of(&next, 1)), "Opened 100.00 30.00");
    assert_eq!(account.figures(), ["930.00", "0.00"]);
    shop.books_must_agree();
}

#[test]
fn an_invoice_is_paid_cancelled_and_annotated_by_changing_it() {
    let (shop, account) = shop_with_growth();
    let transaction = account.buys_in(4, "100");
    let invoice = |number| invoice_of(&transaction, number);
    for (number, status) in [(1, "Paid"), (2, "paid"), (3, "CANCELLED")] {
        account.changes_invoice(&invoice(number), &format!(r#"{{"status":"{status}"}}"#)).must_be_empty();
    }
    let stands = ["Paid 25.00 25.00", "Paid 25.00 25.00", "Cancelled 25.00 0.00", "Opened 25.00 0.00"];
    assert_eq!(invoices(&account), stands);
    // The same status again, none, nothing and an empty text leave it as it is.
    for (number, status) in [(1, "Paid"), (3, "Cancelled"), (4, "Opened"), (4, "Open"), (4, "")] {
        account.changes_invoice(&invoice(number), &format!(r#"{{"status":"{status}"}}"#)).must_be_empty();
    }
    account.changes_invoice(&invoice(4), r#"{"status":null}"#).must_be_empty();
    account.changes_invoice(&invoice(4), "{}").must_be_empty();
    assert_eq!(invoices(&account), stands);
    assert_eq!(account.figures(), ["975.00", "0.00"]);
    shop.books_must_agree();
}

#[test]
fn notes_on_an_invoice_are_kept_replaced_and_removed() {
    let (_shop, account) = shop_with_growth();
    let invoice = invoice_of(&account.buys("100"), 1);
    let changes: [(&str, &str, &str); 4] = [
        (
            r#"{"observation":"BF 2023","paymentLink":"https://pay.example"}"#,
            "BF 2023",
            "https://pay.example",
        ),
        (r#"{"observation":"Otra"}"#, "Otra", "https://pay.example"),
        (r#"{"paymentLink":""}"#, "Otra", ""),
        (r#"{"observation":"","status":"Paid"}"#, "", ""),
    ];
    for (body, observation, link) in changes {
        account.changes_invoice(&invoice, body).must_be_empty();
        let read = account.invoice(&invoice).must_be(200);
        assert_eq!(
            ["observation", "paymentLink"].map(|name| read.shows(name)),
            [observation, link],
            "{body}"
        );
    }
    // A paid invoice may still be annotated, up to a length.
    let (longest, link) = ("ñ".repeat(1000), "x".repeat(2000));
    let body = format!(r#"{{"observation":"{longest}","paymentLink":"{link}"}}"#);
    account.changes_invoice(&invoice, &body).must_be_empty();
    let read = account.invoice(&invoice).must_be(200);
    let shown = ["status", "observation", "paymentLink"].map(|name| read.shows(name));
    assert_eq!(shown, ["Paid".to_owned(), longest, link]);
}

#[test]
fn the_order_of_a_purchase_is_the_clients_or_else_its_transaction() {
    let (_shop, account) = shop_with_growth();
    let named = account.buys_with("10", r#"{"value":10,"orderId":"1375060513100-01"}"#);
    let nameless = account.buys("10");
    let chosen = "pedido-77";
    account.changes_hold(chosen, "10").must_be(200);
    account.settles(chosen, "10").must_be(200);
    for (transaction, order) in
        [(named.as_str(), "1375060513100-01"), (nameless.as_str(), nameless.as_str()), (chosen, chosen)]
    {
        assert_eq!(account.invoice(&invoice_of(transaction, 1)).must_be(200).shows("orderId"), order);
    }
}

#[test]
fn paying_takes_no_body_and_ignores_the_old_one() {
    let (shop, account) = shop_with_growth();
    let transaction = account.buys_in(2, "100");
    let vtex = shop.integration();
    for (number, body) in [(1, r#"{"value":5}"#), (2, "")] {
        let path = account.path(&format!("/invoices/{}/payments/", invoice_of(&transaction, number)));
        assert_eq!(vtex.post(&path, body).must_be(200).shows("status"), "Paid");
    }
    assert_eq!(invoices(&account), ["Paid 50.00 50.00"; 2]);
}

#[test]
fn a_part_smaller_than_a_cent_is_refused_before_it_is_held() {
    let (_shop, account) = shop_with_growth();
    let before = account.everything();
    account.authorizes_with(r#"{"value":0.02,"installments":3}"#).must_be_declined(400);
    assert_eq!(account.everything(), before);
    // Nor does a settlement or a refund leave an invoice of nothing that somebody should pay.
    let hold = account.authorizes_with(r#"{"value":1,"installments":3}"#).must_be(200).shows("id");
    account.settles(&hold, "0.02").must_be_declined(400);
    account.settles(&hold, "1").must_be(200);
    account.refunds(&hold, "0.99").must_be(200);
    assert_eq!(invoices(&account), ["Opened 0.01 0.00", "Cancelled 0.00 0.00", "Cancelled 0.00 0.00"]);
}
