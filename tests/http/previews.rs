//! What a browser is told before an order is what the server answers to it.

use fiado_contract::facade;
use fiado_contract::json::parse;
use fiado_tests::{Answer, Company, Shop, json};
use serde_json::Value;

/// The preview of a purchase from the line's snapshot, as the browser package gives it.
fn preview(company: &Company<'_>, amount: &str, installments: u8) -> Value {
    let snapshot = company.reads("/snapshot").must_be(200).data().to_string();
    let cart = format!(r#"{{"amount":{amount},"installments":{installments}}}"#);
    let read = |text: &str| parse(text.as_bytes()).unwrap();
    let preview = facade::preview(&read(&snapshot), &read(&cart));
    let preview = json(&serde_json::to_string(&preview).unwrap());
    assert_eq!(preview["status"], "success", "{preview}");
    preview["data"].clone()
}

#[track_caller]
fn must_agree(preview: &Value, answer: &Answer) {
    if answer.status == 200 {
        let answered = answer.data();
        assert_eq!(preview["verdict"], "accepted");
        assert_eq!(preview["credit_used_after"], answered["credit_used"]);
        assert_eq!(preview["credit_available_after"], answered["credit_available"]);
        assert_eq!(preview["installments"][0]["due_date"], answered["due_date"]);
        if preview["installments"].as_array().unwrap().len() > 1 {
            assert_eq!(preview["installments"], answered["installments"]);
        }
    } else {
        assert_eq!(preview["verdict"], "refused");
        assert_eq!(preview["reasons"][0], answer.json()["error"]);
    }
}

#[test]
fn the_figures_shown_before_are_the_figures_answered_after() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.tolerance_becomes("0.033333").must_be(200);
    company.pays("PAY-1", "12.34").must_be(201);
    let purchases = [
        ("100.00", 1),
        ("99.99", 7),
        ("0.05", 6),
        ("0.48", 48),
        ("5000.00", 12),
        ("845.14", 1),
        ("0.01", 1),
        ("0.01", 2),
    ];
    for (number, (amount, installments)) in purchases.into_iter().enumerate() {
        let shown = preview(&company, amount, installments);
        let answer = company.buys_in(installments, &format!("order_{number}"), amount);
        must_agree(&shown, &answer);
    }
}

#[test]
fn a_suspended_line_is_shown_as_it_is_refused() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.is_decided("suspend").must_be(200);
    must_agree(&preview(&company, "10.00", 1), &company.buys("order_1", "10.00"));
}

#[test]
fn overdue_debt_is_shown_as_it_is_refused() {
    let shop = Shop::open();
    shop.organization("org_strict", &["--overdue-stop-above", "0"]);
    let company = shop.company_of("org_strict", "cust_1");
    company.gets_line("1000.00");
    company.buys("order_1", "10.00").must_be(200);
    shop.clock_moves_to("2025-12-25T05:00:00Z");
    let answer = company.buys("order_2", "10.00").must_be_refused(409, "CRD-2008");
    must_agree(&preview(&company, "10.00", 1), &answer);
}
