//! Reading a line: what it says, and how a client asks whether it has changed.

use crate::operations;
use fiado_tests::{Shop, json};

#[test]
fn an_unchanged_line_is_not_sent_again() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    let tag = company.reads("").must_be(200).header("ETag").unwrap().to_owned();
    let ask = |known: &str| company.seller().with("If-None-Match", known).get(&company.path(""));

    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let unchanged = ask(&known).must_be(304);
        assert_eq!((unchanged.text.as_str(), unchanged.header("ETag")), ("", Some(tag.as_str())), "{known}");
    }
    ask("\"other\"").must_be(200);

    company.buys("order_1", "1.00").must_be(200);
    let changed = ask(&tag).must_be(200);
    assert_ne!(changed.header("ETag"), Some(tag.as_str()));
    assert_eq!(changed.at("credit_used"), "1.00");
}

#[test]
fn a_line_changes_with_the_day_where_something_falls_due() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys("order_1", "1.00").must_be(200);
    let tag = company.reads("").header("ETag").unwrap().to_owned();
    shop.clock_moves_to("2025-12-25T05:00:00Z");
    let changed = company.seller().with("If-None-Match", &tag).get(&company.path("")).must_be(200);
    assert_eq!(changed.at("overdue_amount"), "1.00");
}

#[test]
fn the_next_due_date_is_the_earliest_of_what_is_owed() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    assert_eq!(company.figure("next_due_date"), "");
    company.buys_in(2, "order_1", "20.00").must_be(200);
    assert_eq!(company.figure("next_due_date"), "2025-12-24");
    company.pays("PAY-1", "10.00").must_be(201);
    assert_eq!(company.figure("next_due_date"), "2026-01-23");
    company.pays("PAY-2", "10.00").must_be(201);
    assert_eq!(company.figure("next_due_date"), "");
}

#[test]
fn a_company_without_a_line_is_not_found() {
    let shop = Shop::open();
    let nobody = shop.company("cust_unknown");
    for what in operations::READS {
        let refused = nobody.reads(what).must_be_refused(404, "CRD-2001");
        assert_eq!(refused.detail("customer_id"), "cust_unknown", "{what}");
    }
}

#[test]
fn a_snapshot_holds_figures_and_rules_and_nobodys_name() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys_in(2, "order_1", "20.00").must_be(200);
    let snapshot = company.reads("/snapshot").must_be(200).must_read(
        r#"{"status":"success","data":{"version":3,"status":"approved","currency":"USD","credit_limit":1000.00,"tolerance":0,"tolerance_enabled":true,"payment_term_days":30,"credit_used":20.00,"credit_held":0.00,"credit_available":980.00,"unapplied":0.00,"due":[{"due_date":"2025-12-24","amount":10.00},{"due_date":"2026-01-23","amount":10.00}],"holds":[],"due_dates":{"rhythm":"every_term","adjustment":"none","weekend":["saturday","sunday"],"holidays":[]},"country":"PA","rules":[],"taken_at":"2025-11-24T10:0*Z","today":"2025-11-24","today_ends_at":"2025-11-25T05:00:00Z","valid_until":"2025-11-24T10:0*Z"}}"#,
    );
    for personal in ["Constructora", "RUC", "user_", "cust_1"] {
        assert!(!snapshot.text.contains(personal), "{personal}");
    }
}

#[test]
fn a_snapshot_is_valid_until_the_day_ends_at_the_latest() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    shop.clock_moves_to("2025-11-25T04:58:00Z");
    let late = company.reads("/snapshot").must_be(200).data();
    assert_eq!(late["today"], json(r#""2025-11-24""#));
    assert_eq!(late["valid_until"], late["today_ends_at"]);
    assert_eq!(late["today_ends_at"], json(r#""2025-11-25T05:00:00Z""#));
}
