//! Buying on account: what is refused and by how much, in which installments, due on which day.

use fiado_tests::{Opening, Shop, json};

#[test]
fn installments_add_up_and_fall_due_a_term_apart() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys_in(3, "order_1", "100.00").must_be(200).must_read(
        r#"{"status":"success","data":{"usage_id":"usage_*","amount":100.00,"credit_used":100.00,"credit_available":900.00,"due_date":"2025-12-24","installments":[{"number":1,"due_date":"2025-12-24","amount":33.33},{"number":2,"due_date":"2026-01-23","amount":33.33},{"number":3,"due_date":"2026-02-22","amount":33.34}]}}"#,
    );
    let invoices = company.reads("/invoices").must_be(200).data();
    let shown: Vec<String> = invoices
        .as_array()
        .unwrap()
        .iter()
        .map(|invoice| {
            format!("{} {} {}", invoice["installment"], invoice["due_date"], invoice["outstanding"])
        })
        .collect();
    assert_eq!(shown, [r#"1 "2025-12-24" 33.33"#, r#"2 "2026-01-23" 33.33"#, r#"3 "2026-02-22" 33.34"#]);
}

#[test]
fn the_limit_counts_all_installments_at_once() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    company.buys_in(48, "order_1", "100.01").must_be_refused(409, "CRD-2003");
    company.buys_in(48, "order_1", "100.00").must_be(200);
    assert_eq!(company.figures(), ["100.00", "0.00"]);
}

#[test]
fn no_installment_is_empty() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let refused = company.buys_in(6, "order_1", "0.05").must_be_refused(422, "CRD-2009");
    assert_eq!([refused.detail("installments"), refused.detail("most_installments")], ["6", "5"]);
    company.buys_in(5, "order_1", "0.05").must_be(200);
}

#[test]
fn an_order_is_bought_once() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    let first = company.buys("order_1", "100.00").must_be(200);
    company.buys("order_2", "200.00").must_be(200);
    let version = company.version();

    for amount in ["100.00", "100", "\"100.0\"", "1e2"] {
        let again = company.buys("order_1", amount).must_be(200);
        assert_eq!(again.text, first.text, "the figures of its first time");
    }
    assert_eq!(company.version(), version);
    assert_eq!(company.figures(), ["300.00", "700.00"]);
}

#[test]
fn an_order_cannot_become_another_purchase() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys("order_1", "100.00").must_be(200);
    let refused = company.buys("order_1", "100.01").must_be_refused(409, "CRD-2006");
    assert_eq!(refused.detail("order_id"), "order_1");
    assert_eq!([refused.detail("first_amount"), refused.detail("amount")], ["100.00", "100.01"]);
    let refused = company.buys_in(2, "order_1", "100.00").must_be_refused(409, "CRD-2006");
    assert_eq!([refused.detail("first_installments"), refused.detail("installments")], ["1", "2"]);
    assert_eq!(company.figures(), ["100.00", "900.00"]);
}

#[test]
fn an_order_that_was_refused_may_be_tried_again() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    company.buys("order_1", "150.00").must_be_refused(409, "CRD-2003");
    company.limit_becomes("200.00").must_be(200);
    company.buys("order_1", "150.00").must_be(200);
}

#[test]
fn the_same_order_of_two_companies_is_two_purchases() {
    let shop = Shop::open();
    let (one, other) =
        (shop.company_with_line("cust_1", "100.00"), shop.company_with_line("cust_2", "100.00"));
    let usage = |answer: fiado_tests::Answer| answer.must_be(200).at("usage_id");
    assert_ne!(usage(one.buys("order_1", "60.00")), usage(other.buys("order_1", "60.00")));
}

#[test]
fn orders_are_any_printable_text() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    for order in ["#1/2025", "pedido número 1", "💳", "a+b_c@d.com", &"x".repeat(200)] {
        company.buys(order, "1.00").must_be(200);
    }
    let usages = company.reads("/usages").must_be(200).data();
    assert!(usages.as_array().unwrap().iter().any(|usage| usage["order_id"] == "pedido número 1"));
}

#[test]
fn a_purchase_is_due_by_the_stores_own_calendar() {
    // In Panama it is five hours earlier than in Greenwich: the day ends there at 05:00 UTC.
    let shop = Opening::at("2025-11-25T04:50:00Z").open();
    let company = shop.company_with_line("cust_1", "100.00");
    assert_eq!(company.buys("order_1", "1.00").must_be(200).at("due_date"), "2025-12-24");
    shop.clock_moves_to("2025-11-25T05:00:00Z");
    assert_eq!(company.buys("order_2", "1.00").must_be(200).at("due_date"), "2025-12-25");
}

#[test]
fn a_term_is_counted_in_days_over_month_ends_and_leap_years() {
    let shop = Opening::at("2024-01-31T15:00:00Z").open();
    let company = shop.company_with_line("cust_1", "100.00");
    assert_eq!(company.buys("order_1", "1.00").must_be(200).at("due_date"), "2024-03-01");
    shop.clock_moves_to("2025-01-31T15:00:00Z");
    assert_eq!(company.buys("order_2", "1.00").must_be(200).at("due_date"), "2025-03-02");
}

#[test]
fn overdue_is_a_matter_of_the_day() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    company.buys("order_1", "40.00").must_be(200);
    let seen = || {
        let invoice = company.reads("/invoices").data()[0].clone();
        let usage = company.reads("/usages").data()[0].clone();
        let overdue = company.figure("overdue_amount");
        json(&format!(r#"[{},{},{},{overdue}]"#, invoice["status"], invoice["days_overdue"], usage["status"]))
    };
    shop.clock_moves_to("2025-12-25T04:59:00Z");
    assert_eq!(seen(), json(r#"["pending",0,"pending",0.00]"#), "on the due day");
    shop.clock_moves_to("2025-12-25T05:00:00Z");
    assert_eq!(seen(), json(r#"["overdue",1,"overdue",40.00]"#), "the day after");
    company.pays("PAY-1", "40.00").must_be(201);
    assert_eq!(seen(), json(r#"["paid",0,"paid",0.00]"#), "once paid");
}

#[test]
fn overdue_debt_stops_purchases_where_the_shop_says_so() {
    let shop = Shop::open();
    shop.organization("org_strict", &["--overdue-stop-above", "10.00", "--overdue-stop-grace", "3"]);
    let company = shop.company_of("org_strict", "cust_1");
    company.gets_line("100.00");
    company.buys("order_1", "40.00").must_be(200);

    shop.clock_moves_to("2025-12-27T12:00:00Z");
    company.buys("order_2", "1.00").must_be(200);
    shop.clock_moves_to("2025-12-28T12:00:00Z");
    let refused = company.buys("order_3", "1.00").must_be_refused(409, "CRD-2008");
    assert_eq!([refused.detail("overdue"), refused.detail("above")], ["40.00", "10.00"]);
    assert_eq!([refused.detail("grace_days"), refused.detail("earliest_due_date")], ["3", "2025-12-24"]);

    company.pays("PAY-1", "30.00").must_be(201);
    company.buys("order_3", "1.00").must_be(200);
}

#[test]
fn the_largest_amounts_are_exact() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "9999999999999.99");
    company.buys("order_1", "9999999999999.98").must_be(200);
    assert_eq!(company.figures(), ["9999999999999.98", "0.01"]);
    company.tolerance_becomes("100").must_be(200);
    company.buys("order_2", "0.02").must_be_refused(422, "CRD-2014");
    company.buys("order_3", "\"0.01\"").must_be(200);
    assert_eq!(company.figures(), ["9999999999999.99", "0.00"]);
    shop.books_must_agree();
}

#[test]
fn braces_in_an_orders_name_are_shown_as_they_are() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    let name = "{first_amount}{amount}";
    company.buys(name, "10.00").must_be(200);
    company.pays(name, "5.00").must_be(201);
    for (refused, code) in
        [(company.buys(name, "20.00"), "CRD-2006"), (company.pays(name, "6.00"), "CRD-2007")]
    {
        let refused = refused.must_be(409);
        assert_eq!(refused.code(), code);
        let message = refused.message();
        assert!(message.contains(&format!(" {name} ")), "{message}");
        assert_eq!(message.matches('{').count(), 2, "{message}");
    }
}
