//! The journal as those see it who decide: what happened, when, who did it, and what they wrote; and
//! nothing of the people behind the line.

use fiado_tests::{Answer, Company, REQUEST, Shop};
use serde_json::Value;
use std::collections::BTreeSet;

#[track_caller]
fn journal(company: &Company<'_>) -> Answer {
    company.manager().get(&company.path("/journal?limit=100")).must_be(200)
}

#[track_caller]
fn entries(company: &Company<'_>) -> Vec<Value> {
    journal(company).data().as_array().unwrap().clone()
}

fn column(entries: &[Value], name: &str) -> Vec<String> {
    entries.iter().map(|entry| entry[name].to_string().trim_matches('"').to_owned()).collect()
}

#[test]
fn a_journal_tells_what_happened_with_its_figures_and_what_was_written() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    company.asks().must_be(201);
    let manager = company.manager();
    let approval = r#"{"credit_limit":1000.00,"payment_term_days":15,"approval_notes":"Buen historial"}"#;
    manager.post(&company.path("/approve"), approval).must_be(200);
    company.buys_in(2, "order_1", "30.01").must_be(200);
    company.pays("PAY-1", "20.00").must_be(201);
    manager.put(&company.path("/limit"), r#"{"credit_limit":500.00,"reason":"Baja"}"#).must_be(200);
    manager.put(&company.path("/tolerance"), r#"{"tolerance":0.05}"#).must_be(200);
    manager.post(&company.path("/suspend"), r#"{"reason":"Dos facturas vencidas"}"#).must_be(200);

    let pages = [
        (
            "?limit=3",
            r#"{"status":"success","data":[{"sequence":7,"at":"2025-11-24T10:0*Z","by":"user_manager","kind":"suspended","life":1,"summary":{},"remark":"Dos facturas vencidas","hash":"*"},{"sequence":6,"at":"2025-11-24T10:0*Z","by":"user_manager","kind":"tolerance_changed","life":1,"summary":{"tolerance":0.05,"previous_tolerance":0},"hash":"*"},{"sequence":5,"at":"2025-11-24T10:0*Z","by":"user_manager","kind":"limit_changed","life":1,"summary":{"credit_limit":500.00,"previous_credit_limit":1000.00},"remark":"Baja","hash":"*"}],"pagination":{"has_next":true,"has_previous":false,"next_cursor":"*","previous_cursor":null,"count":3}}"#,
        ),
        (
            "?limit=4&cursor=",
            r#"{"status":"success","data":[{"sequence":4,"at":"2025-11-24T10:0*Z","by":"user_seller","kind":"paid","life":1,"summary":{"amount":20.00,"payment_id":"payment_*","payment_reference":"PAY-1","payment_date":"2025-11-24","allocations":[{"invoice_id":"*-01","amount":15.00,"outstanding":0.00},{"invoice_id":"*-02","amount":5.00,"outstanding":10.01}],"unapplied":0.00},"hash":"*"},{"sequence":3,"at":"2025-11-24T10:0*Z","by":"user_seller","kind":"used","life":1,"summary":{"usage_id":"usage_*","order_id":"order_1","amount":30.01,"installments":2,"due_date":"2025-12-09"},"hash":"*"},{"sequence":2,"at":"2025-11-24T10:0*Z","by":"user_manager","kind":"approved","life":1,"summary":{"credit_limit":1000.00,"payment_term_days":15},"remark":"Buen historial","hash":"*"},{"sequence":1,"at":"2025-11-24T10:0*Z","by":"user_seller","kind":"requested","life":1,"summary":{"credit_account_id":"credit_*","requested_limit":10000.00,"payment_term_days":30},"hash":"*"}],"pagination":{"has_next":false,"has_previous":true,"next_cursor":null,"previous_cursor":"*","count":4}}"#,
        ),
    ];
    let mut cursor = String::new();
    for (query, expected) in pages {
        let page = manager.get(&company.path(&format!("/journal{query}{cursor}"))).must_be(200);
        let page = page.must_read(expected);
        cursor = page.json()["pagination"]["next_cursor"].as_str().unwrap_or_default().to_owned();
    }
}

#[test]
fn every_entry_has_a_link_of_its_own() {
    let shop = Shop::open();
    let (one, other) =
        (shop.company_with_line("cust_1", "100.00"), shop.company_with_line("cust_2", "100.00"));
    one.buys("order_1", "10.00").must_be(200);
    let hashes = [column(&entries(&one), "hash"), column(&entries(&other), "hash")].concat();
    assert!(hashes.iter().all(|hash| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())));
    assert_eq!(hashes.iter().collect::<BTreeSet<_>>().len(), 5);
    assert_eq!(column(&entries(&one), "hash"), hashes[..3], "and keeps it");
}

#[test]
fn what_was_refused_or_only_looked_at_is_no_entry() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    company.buys("order_1", "100.01").must_be_refused(409, "CRD-2003");
    company.is_approved("5.00").must_be_refused(409, "CRD-2002");
    let payment = r#"{"amount":10.00,"payment_reference":"PAY-1","payment_date":"2025-11-24"}"#;
    company.seller().post(&company.path("/payment/preview"), payment).must_be(200);
    company.limit_becomes("100.00").must_be(200);
    assert_eq!(column(&entries(&company), "kind"), ["approved", "requested"]);
}

#[test]
fn an_entry_says_which_life_it_is_of() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    company.asks().must_be(201);
    company.is_decided("reject").must_be(200);
    company.gets_line("100.00");
    company.is_decided("cancel").must_be(200);
    company.asks().must_be(201);
    let all = entries(&company);
    assert_eq!(
        column(&all, "kind"),
        ["requested", "cancelled", "approved", "requested", "rejected", "requested"]
    );
    assert_eq!(column(&all, "life"), ["3", "2", "2", "2", "1", "1"]);
    let lives = all.iter().filter_map(|entry| entry["summary"]["credit_account_id"].as_str());
    assert_eq!(lives.collect::<BTreeSet<_>>().len(), 3);
}

#[test]
fn what_came_through_the_other_face_is_told_in_the_same_words() {
    let shop = Shop::open();
    let vtex = shop.integration();
    vtex.configures(r#"{"maxPostponementDays":30,"postponementLimit":2}"#).must_be(200);
    let account = vtex.opens_with_tolerance("RUC-1", "1000", "0.1");
    let company = shop.company(account.id());
    let held = account.holds("90.00");
    account.changes_hold(&held, "80.00").must_be(200);
    account.settles(&held, "80.00").must_be(200);
    account.settles(&held, "70.00").must_be(200);
    account.refunds(&held, "20.00").must_be(200);
    account.releases(&account.holds("5.00")).must_be(200);
    account.balance_moves("st-1", "-12.5").must_be(200);
    account.is_shared_with("ana@tienda.example");
    let told: Vec<(String, Value)> = entries(&company)
        .iter()
        .rev()
        .map(|entry| (entry["kind"].as_str().unwrap().to_owned(), entry["summary"].clone()))
        .collect();
    let kinds: Vec<&str> = told.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "opened",
            "authorized",
            "hold_changed",
            "settled",
            "settlement_changed",
            "refunded",
            "authorized",
            "hold_released",
            "balance_adjusted",
            "holder_added"
        ]
    );
    let figures = |place: usize, names: &[&str]| -> Vec<String> {
        names.iter().map(|name| told[place].1[name].to_string().trim_matches('"').to_owned()).collect()
    };
    assert_eq!(figures(0, &["credit_limit", "tolerance", "payment_term_days"]), ["1000.00", "0.1", "30"]);
    assert_eq!(figures(1, &["transaction_id", "amount", "installments"]), [&held, "90.00", "1"]);
    assert_eq!(figures(2, &["transaction_id", "amount", "previous_amount"]), [&held, "80.00", "90.00"]);
    let usage = format!("usage_{held}");
    assert_eq!(
        figures(3, &["usage_id", "amount", "authorized_amount", "held_amount", "due_date"]),
        [&usage, "80.00", "90.00", "80.00", "2025-12-24"]
    );
    assert_eq!(figures(4, &["usage_id", "amount", "previous_amount"]), [&usage, "70.00", "80.00"]);
    assert_eq!(figures(5, &["usage_id", "amount"]), [&usage, "20.00"]);
    assert_eq!(figures(7, &["amount"]), ["5.00"]);
    assert_eq!(figures(8, &["statement_id", "value"]), ["st-1", "-12.50"]);
    assert_eq!(column(&entries(&company), "by"), ["key:vtex"; 10]);
}

#[test]
fn nothing_personal_is_in_a_journal_but_what_was_written_and_who_did_it() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    company.seller().post(&company.path("/request"), REQUEST).must_be(201);
    let approval = r#"{"credit_limit":1000.00,"approval_notes":"Recomendado por Ana"}"#;
    company.manager().post(&company.path("/approve"), approval).must_be(200);
    company.buys("order_1", "10.00").must_be(200);
    let account = shop.integration().account("cust_1");
    account.is_shared_with("ana@tienda.example");
    let notes = r#"{"status":"Opened","creditValue":"0","observation":"Llamar a Pedro","paymentLink":"https://pago.example/pedro"}"#;
    account.changes_invoice(&company.open_invoices()[0], notes).must_be(200);

    let told = journal(&company);
    let kinds = column(&entries(&company), "kind");
    assert_eq!(kinds, ["invoice_annotated", "holder_added", "used", "approved", "requested"]);
    for personal in ["Constructora", "RUC-123", "ana@", "Pedro", "pago.example"] {
        assert!(!told.text.contains(personal), "{personal} is in {}", told.text);
    }
    assert!(told.text.contains("Recomendado por Ana"));
    shop.store_is_damaged("DELETE FROM remarks WHERE customer = 'cust_1'");
    let erased = journal(&company);
    assert!(!erased.text.contains("remark"), "what was erased is gone: {}", erased.text);
    assert_eq!(column(&entries(&company), "hash").len(), 5);
    shop.books_must_agree();
}

#[test]
fn those_who_decide_read_the_journal_and_one_bound_to_a_company_that_of_this_company_alone() {
    let shop = Shop::open();
    let (own, other) =
        (shop.company_with_line("cust_1", "100.00"), shop.company_with_line("cust_2", "100.00"));
    for permission in ["credit:approve", "credit:manage", "vtex:main", "admin:global"] {
        shop.caller("user_one", permission).get(&own.path("/journal")).must_be(200);
    }
    own.seller().get(&own.path("/journal")).must_be_refused(403, "CRD-1006");
    let claims = ["--sub", "user_one", "--customer-id", "cust_1", "--permissions", "credit:approve"];
    let bound = shop.stranger().with_token(&shop.token(&claims));
    bound.get(&own.path("/journal")).must_be(200);
    let refused = bound.get(&other.path("/journal")).must_be_refused(403, "CRD-1013");
    assert_eq!(refused.detail("customer_id"), "cust_1");
}

#[test]
fn a_journal_of_nobody_or_of_anothers_company_is_not_found() {
    let shop = Shop::open();
    shop.organization("org_peru", &[]);
    shop.company_of("org_peru", "cust_1").gets_line("100.00");
    let refused =
        shop.manager().get(&shop.company("cust_1").path("/journal")).must_be_refused(404, "CRD-2001");
    assert_eq!(refused.detail("customer_id"), "cust_1");
}

#[test]
fn wrong_parameters_of_a_journal_are_named_at_once() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    for (query, expected) in [
        ("?limit=0&cursor=!", vec!["limit TOO_SMALL", "cursor NOT_AN_ID"]),
        ("?limit=101", vec!["limit TOO_LARGE"]),
        ("?kind=paid", vec!["kind UNKNOWN_FIELD"]),
    ] {
        let refused = company.manager().get(&company.path(&format!("/journal{query}")));
        assert_eq!(refused.must_be_refused(422, "CRD-1001").wrong_fields(), expected, "{query}");
    }
}
