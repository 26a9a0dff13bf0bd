//! A line's life: asked for, granted or refused, suspended and reactivated, changed, ended.

use fiado_tests::{Answer, Company, Opening, REQUEST, Shop};

/// Does one of the operations of the table below.
#[track_caller]
fn perform(company: &Company<'_>, operation: &str) -> Answer {
    match operation {
        "request" => company.asks(),
        "approve" => company.is_approved("5000.00"),
        "limit" => company.limit_becomes("7000.00"),
        "tolerance" => company.tolerance_becomes("0.05"),
        "use" => company.buys("order_1", "100.00"),
        "payment" => company.pays("PAY-1", "100.00"),
        decision => company.is_decided(decision),
    }
}

#[test]
#[rustfmt::skip]
fn each_operation_is_taken_or_refused_by_where_the_line_stands() {
    const LIVES: [(&str, &[&str]); 6] = [
        ("unknown", &[]),
        ("pending", &["request"]),
        ("rejected", &["request", "reject"]),
        ("approved", &["request", "approve"]),
        ("suspended", &["request", "approve", "suspend"]),
        ("cancelled", &["request", "approve", "cancel"]),
    ];
    const TABLE: [(&str, [&str; 6]); 10] = [
        //             unknown         pending         rejected        approved        suspended       cancelled
        ("request",    ["201",          "409 CRD-2002", "201",          "409 CRD-2002", "409 CRD-2002", "201"]),
        ("approve",    ["404 CRD-2001", "200",          "409 CRD-2002", "409 CRD-2002", "409 CRD-2002", "409 CRD-2002"]),
        ("reject",     ["404 CRD-2001", "200",          "409 CRD-2002", "409 CRD-2002", "409 CRD-2002", "409 CRD-2002"]),
        ("suspend",    ["404 CRD-2001", "409 CRD-2002", "409 CRD-2002", "200",          "409 CRD-2002", "409 CRD-2002"]),
        ("reactivate", ["404 CRD-2001", "409 CRD-2002", "409 CRD-2002", "409 CRD-2002", "200",          "409 CRD-2002"]),
        ("cancel",     ["404 CRD-2001", "200",          "409 CRD-2002", "200",          "200",          "409 CRD-2002"]),
        ("limit",      ["404 CRD-2001", "409 CRD-2015", "409 CRD-2015", "200",          "200",          "409 CRD-2015"]),
        ("tolerance",  ["404 CRD-2001", "409 CRD-2015", "409 CRD-2015", "200",          "200",          "409 CRD-2015"]),
        ("use",        ["404 CRD-2001", "409 CRD-2015", "409 CRD-2015", "200",          "409 CRD-2004", "409 CRD-2015"]),
        ("payment",    ["404 CRD-2001", "409 CRD-2015", "409 CRD-2015", "201",          "201",          "409 CRD-2015"]),
    ];
    let shop = Shop::open();
    for (index, (status, life)) in LIVES.iter().enumerate() {
        for (operation, expected) in TABLE {
            let company = shop.company(&format!("{status}_{operation}"));
            life.iter().for_each(|step| drop(perform(&company, step).must_be_success()));
            let version = company.version();
            let answer = perform(&company, operation);
            let answered = format!("{} {}", answer.status, answer.code());
            assert_eq!(answered.trim(), expected[index], "{operation} of a line that is {status}");
            if answer.status >= 300 {
                assert_eq!(company.version(), version, "{operation} of a line that is {status}");
            }
        }
    }
    shop.books_must_agree();
}

#[test]
fn a_refused_transition_says_from_where_to_where() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    company.asks().must_be(201);
    let refused = company.is_decided("suspend").must_be_refused(409, "CRD-2002");
    assert_eq!(refused.detail("resource"), "credit_account");
    assert_eq!(refused.detail("current_state"), "pending");
    assert_eq!(refused.detail("target_state"), "suspended");
}

#[test]
fn whoever_asked_for_a_line_cannot_approve_it() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    let owner = shop.caller("user_owner", "admin:global");
    owner.post(&company.path("/request"), REQUEST).must_be(201);
    let approval = r#"{"credit_limit":10000.00}"#;

    owner.post(&company.path("/approve"), approval).must_be_refused(403, "CRD-2005");
    assert_eq!(company.version(), 1);
    shop.manager().post(&company.path("/approve"), approval).must_be(200);
}

#[test]
fn a_shop_may_allow_ones_own_request() {
    let shop = Shop::open();
    shop.organization("org_small", &["--own-request-approval", "true"]);
    let owner = shop.caller_of("org_small", "user_owner", "admin:global");
    let company = shop.company_of("org_small", "cust_1");
    owner.post(&company.path("/request"), REQUEST).must_be(201);
    owner.post(&company.path("/approve"), r#"{"credit_limit":10000.00}"#).must_be(200);
}

#[test]
fn whoever_asked_for_a_line_may_withdraw_or_refuse_it() {
    let shop = Shop::open();
    let owner = shop.caller("user_owner", "admin:global");
    for decision in ["reject", "cancel"] {
        let company = shop.company(&format!("cust_{decision}"));
        owner.post(&company.path("/request"), REQUEST).must_be(201);
        owner.post(&company.path(&format!("/{decision}")), "{}").must_be(200);
    }
}

#[test]
fn a_rejected_company_sees_why_and_may_ask_again() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    let first = company.asks().must_be(201).at("credit_account_id");
    let reason = r#"{"reason":"Faltan estados financieros"}"#;
    let rejected = company.manager().post(&company.path("/reject"), reason).must_be(200);
    assert_eq!([rejected.at("status"), rejected.at("credit_limit")], ["rejected", "0.00"]);
    let line = company.reads("").must_be(200);
    assert_eq!([line.at("status"), line.at("rejection_reason")], ["rejected", "Faltan estados financieros"]);
    assert!(line.at("rejected_at").starts_with("2025-11-24T10:00"));

    let second = company.asks().must_be(201).at("credit_account_id");
    assert_ne!(first, second, "another life has another id");
    assert_eq!(company.reads("").at("rejection_reason"), "");
}

#[test]
fn the_approver_decides_limit_and_term() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    company.asks().must_be(201);
    let approved = company.is_approved_for_days("2500.50", 60).must_be(200);
    assert_eq!([approved.at("credit_limit"), approved.at("payment_term_days")], ["2500.50", "60"]);
    assert_eq!(company.figure("requested_limit"), "10000.00");
    assert_eq!(company.buys("order_1", "1.00").must_be(200).at("due_date"), "2026-01-23");
}

#[test]
fn the_term_is_30_days_where_nothing_is_said() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    let request = r#"{"requested_limit":1000,"business_info":{"business_name":"Abarrotes Lucía","tax_id":"8-123-456"}}"#;
    company.seller().post(&company.path("/request"), request).must_be(201).must_read(
        r#"{"status":"success","data":{"credit_account_id":"credit_*","status":"pending","requested_limit":1000.00,"payment_term_days":30,"created_at":"*"}}"#,
    );
    let approved = company.manager().post(&company.path("/approve"), r#"{"credit_limit":1000}"#).must_be(200);
    assert_eq!(approved.at("payment_term_days"), "30");
}

#[test]
fn a_suspended_line_takes_payments_and_no_purchases() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys("order_1", "400.00").must_be(200);
    let reason = r#"{"reason":"Documentos vencidos"}"#;
    let suspended = company.manager().post(&company.path("/suspend"), reason).must_be(200);
    assert_eq!([suspended.at("status"), suspended.at("credit_used")], ["suspended", "400.00"]);
    assert_eq!(company.figure("suspension_reason"), "Documentos vencidos");

    company.buys("order_2", "1.00").must_be_refused(409, "CRD-2004");
    company.pays("PAY-1", "150.00").must_be(201);
    company.is_decided("reactivate").must_be(200);
    assert_eq!(company.figure("suspension_reason"), "");
    company.buys("order_2", "750.00").must_be(200);
    assert_eq!(company.figures(), ["1000.00", "0.00"]);
}

#[test]
fn a_line_ends_only_when_nothing_is_owed() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys("order_1", "0.01").must_be(200);
    let refused = company.is_decided("cancel").must_be_refused(409, "CRD-2010");
    assert_eq!([refused.detail("outstanding"), refused.detail("held")], ["0.01", "0.00"]);

    company.pays("PAY-1", "0.01").must_be(201);
    assert_eq!(company.is_decided("cancel").must_be(200).at("status"), "cancelled");
    assert!(company.figure("cancelled_at").starts_with("2025-11-24T10:00"));
    shop.books_must_agree();
}

#[test]
fn a_decision_needs_no_body_at_all() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    let post = |decision: &str| company.manager().send(reqwest::Method::POST, &company.path(decision), None);
    post("/suspend").must_be(200);
    post("/reactivate").must_be(200);
    post("/cancel").must_be(200);
}

#[test]
fn a_limit_may_fall_below_what_is_used() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys("order_1", "800.00").must_be(200);
    let lowered = company.limit_becomes("500.00").must_be(200);
    assert_eq!([lowered.at("credit_limit"), lowered.at("credit_available")], ["500.00", "0.00"]);
    let refused = company.buys("order_2", "0.01").must_be_refused(409, "CRD-2003");
    assert_eq!([refused.detail("spendable"), refused.detail("shortfall")], ["0.00", "300.01"]);

    company.pays("PAY-1", "300.01").must_be(201);
    company.buys("order_2", "0.01").must_be(200);
    assert_eq!(company.figures(), ["500.00", "0.00"]);
}

#[test]
fn a_tolerance_lets_a_purchase_pass_the_limit_to_the_cent() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.01");
    assert_eq!(company.tolerance_becomes("0.05").must_be(200).at("tolerance"), "0.05");
    // 1000.01 and 5 % are 1050.0105, of which a purchase can use 1050.01.
    let refused = company.buys("order_1", "1050.02").must_be_refused(409, "CRD-2003");
    assert_eq!([refused.detail("credit_ceiling"), refused.detail("shortfall")], ["1050.01", "0.01"]);
    company.buys("order_1", "1050.01").must_be(200);
    assert_eq!(company.figures(), ["1050.01", "0.00"]);
}

#[test]
fn the_same_limit_and_tolerance_again_change_nothing() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.tolerance_becomes("0.1").must_be(200);
    let version = company.version();
    company.limit_becomes("1000.00").must_be(200);
    company.tolerance_becomes("0.100").must_be(200);
    assert_eq!(company.version(), version);
}

#[test]
fn a_line_is_as_old_as_the_clock_says() {
    let shop = Opening::at("2024-02-26T14:39:54Z").open();
    let company = shop.company("cust_1");
    assert!(company.asks().must_be(201).at("created_at").starts_with("2024-02-26T14:39:5"));
    shop.clock_moves_to("2024-03-01T00:00:00Z");
    assert!(company.is_approved("10000.00").must_be(200).at("approved_at").starts_with("2024-03-01T00:00:0"));
}
