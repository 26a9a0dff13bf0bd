//! The store's configuration: what it starts with, how it is changed, and what it decides.

use fiado_tests::{CreditAccount, Integration, Opening, Shop, invoice_of, json};
use serde_json::Value;

const FIRST: &str = r#"{"dailyInterestRate":0,"taxRate":0,"maxPreAuthorizationGrowthRate":0,"invoicePostponementLimit":0,"maxPostponementDays":0,"defaultCreditValue":2000.00,"postponementEnabled":false,"automaticCheckingAccountCreationEnabled":false,"toleranceEnabled":true,"myCreditsEnabled":false,"notificationsSettings":{"daysPrior":[{"days":5,"timeOfDay":"12:00:00"},{"days":1,"timeOfDay":"12:00:00"},{"days":0,"timeOfDay":"12:00:00"}],"daysAfter":[{"days":3,"timeOfDay":"12:00:00"}]}}"#;

#[track_caller]
fn configuration(vtex: &Integration) -> Value {
    vtex.get("/storeconfig").must_be(200).json()
}

/// The first configuration with some fields as these.
fn first_with(changes: &str) -> Value {
    let mut all = json(FIRST);
    for (name, value) in json(changes).as_object().unwrap() {
        all[name] = value.clone();
    }
    all
}

#[test]
fn a_new_store_has_vtexs_configuration_with_tolerance() {
    let shop = Shop::open();
    assert_eq!(configuration(&shop.integration()), json(FIRST));
}

#[test]
fn three_fields_are_changed_and_the_whole_comes_back() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let three = r#"{"dailyInterestRate":0.01,"taxRate":0.4,"myCreditsEnabled":true}"#;
    assert_eq!(vtex.configures(three).must_be(200).json(), first_with(three));
    let more = r#"{"toleranceEnabled":false}"#;
    vtex.configures(more).must_be(200);
    let both = r#"{"dailyInterestRate":0.01,"taxRate":0.4,"myCreditsEnabled":true,"toleranceEnabled":false}"#;
    assert_eq!(configuration(&vtex), first_with(both));
    vtex.configures("{}").must_be(200);
    assert_eq!(configuration(&vtex), first_with(both), "nothing sent, nothing changed");
}

#[test]
fn numbers_of_the_configuration_may_be_texts() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let texts = r#"{"dailyInterestRate":"0.010","taxRate":"0.4","maxPreAuthorizationGrowthRate":"0.10","invoicePostponementLimit":"2","maxPostponementDays":"3","defaultCreditValue":"150"}"#;
    let numbers = r#"{"dailyInterestRate":0.01,"taxRate":0.4,"maxPreAuthorizationGrowthRate":0.1,"invoicePostponementLimit":2,"maxPostponementDays":3,"defaultCreditValue":150.00}"#;
    assert_eq!(vtex.configures(texts).must_be(200).json(), first_with(numbers));
    assert_eq!(configuration(&vtex), first_with(numbers));
}

#[test]
fn reminders_are_replaced_list_by_list() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let change = |settings: &str| {
        let body = format!(r#"{{"notificationsSettings":{settings}}}"#);
        vtex.configures(&body).must_be(200).json()["notificationsSettings"].clone()
    };
    let first = json(FIRST)["notificationsSettings"].clone();
    let prior = r#"[{"days":1,"timeOfDay":"16:00:00"}]"#;
    let changed = change(&format!(r#"{{"daysPrior":{prior}}}"#));
    assert_eq!(changed["daysPrior"], json(prior));
    assert_eq!(changed["daysAfter"], first["daysAfter"], "the other list stays");
    let three = r#"[{"days":0,"timeOfDay":"00:00:00"},{"days":"10","timeOfDay":"23:59:59"},{"days":3,"timeOfDay":"12:00:00"}]"#;
    let changed = change(&format!(r#"{{"daysPrior":[],"daysAfter":{three}}}"#));
    assert_eq!(changed["daysPrior"], json("[]"), "none is none");
    assert_eq!(changed["daysAfter"], json(&three.replace("\"10\"", "10")));
    assert_eq!(change("{}"), changed);
}

#[test]
fn what_cannot_be_configured_is_named_and_changes_nothing() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let four = r#"{"daysPrior":[{"days":1,"timeOfDay":"12:00:00"},{"days":2,"timeOfDay":"12:00:00"},{"days":3,"timeOfDay":"12:00:00"},{"days":4,"timeOfDay":"12:00:00"}]}"#;
    let cases = [
        ("dailyInterestRate", "-0.01"),
        ("dailyInterestRate", "\"1 %\""),
        ("taxRate", "100.1"),
        ("taxRate", "1e400"),
        ("maxPreAuthorizationGrowthRate", "-1"),
        ("maxPreAuthorizationGrowthRate", "1e9"),
        ("invoicePostponementLimit", "101"),
        ("invoicePostponementLimit", "1.5"),
        ("invoicePostponementLimit", "-1"),
        ("maxPostponementDays", "3651"),
        ("maxPostponementDays", "\"many\""),
        ("defaultCreditValue", "-1"),
        ("defaultCreditValue", "0.001"),
        ("defaultCreditValue", "10000000000000"),
        ("postponementEnabled", "\"perhaps\""),
        ("toleranceEnabled", "1"),
        ("myCreditsEnabled", "[]"),
        ("notificationsSettings", "[]"),
        ("notificationsSettings", "5"),
        ("notificationsSettings", four),
        ("notificationsSettings", r#"{"daysPrior":[{"days":11,"timeOfDay":"12:00:00"}]}"#),
        ("notificationsSettings", r#"{"daysAfter":[{"days":-1,"timeOfDay":"12:00:00"}]}"#),
        ("notificationsSettings", r#"{"daysAfter":[{"days":1,"timeOfDay":"24:00:00"}]}"#),
        ("notificationsSettings", r#"{"daysAfter":[{"days":1,"timeOfDay":"noon"}]}"#),
        ("notificationsSettings", r#"{"daysAfter":[{"days":1}]}"#),
        ("notificationsSettings", r#"{"daysAfter":[5]}"#),
        ("notificationsSettings", r#"{"daysAfter":"none"}"#),
    ];
    for (field, value) in cases {
        // What is right beside it is not taken either.
        let body = format!(r#"{{"postponementEnabled":true,"{field}":{value},"taxRate":0.5}}"#);
        let body = if field == "taxRate" { format!(r#"{{"taxRate":{value}}}"#) } else { body };
        let body = if field == "postponementEnabled" { format!(r#"{{"{field}":{value}}}"#) } else { body };
        let refused = vtex.configures(&body).must_be_declined(400);
        let named = refused.named_fields();
        assert!(named.iter().all(|name| name.starts_with(field)) && named.len() == 1, "{body}: {named:?}");
        assert_eq!(configuration(&vtex), json(FIRST), "{body}");
    }
}

#[test]
fn where_tolerance_is_off_only_the_limit_buys() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let account = vtex.opens_with_tolerance("1", "1000", "0.1");
    vtex.configures(r#"{"toleranceEnabled":false}"#).must_be(200);
    account.authorizes("1000.01").must_be_declined(400);
    assert_eq!(account.figure("tolerance"), "0.1", "it is kept, it only counts for nothing");
    vtex.configures(r#"{"toleranceEnabled":true}"#).must_be(200);
    account.holds("1100");
    vtex.configures(r#"{"toleranceEnabled":false}"#).must_be(200);
    assert_eq!(account.figures(), ["-100.00", "1100.00"], "what is held stays held");
    account.authorizes("0.01").must_be_declined(400);
    shop.books_must_agree();
}

#[test]
fn each_organization_has_its_own_configuration() {
    let shop = Shop::open();
    shop.organization("org_chile", &["--currency", "CLP", "--zone", "America/Santiago", "--country", "CL"]);
    let (here, there) = (shop.integration(), shop.integration_of("org_chile"));
    here.configures(r#"{"toleranceEnabled":false,"defaultCreditValue":150.5}"#).must_be(200);
    // A currency without cents has none here either.
    assert_eq!(configuration(&there), first_with(r#"{"defaultCreditValue":2000}"#));
    there.configures(r#"{"defaultCreditValue":150.5}"#).must_be_declined(400);
    there
        .configures(r#"{"automaticCheckingAccountCreationEnabled":true,"defaultCreditValue":15000}"#)
        .must_be(200);
    assert_eq!(there.account("new").authorizes("15000").must_be(200).shows("value"), "15000");
    here.account("new").authorizes("1").must_be_declined(404);
    assert_eq!(configuration(&here), first_with(r#"{"toleranceEnabled":false,"defaultCreditValue":150.50}"#));
}

#[test]
fn the_configuration_outlives_a_restart() {
    let mut shop = Opening::on_the_machines_clock().open();
    let changes = r#"{"taxRate":0.02,"postponementEnabled":true,"notificationsSettings":{"daysPrior":[],"daysAfter":[]}}"#;
    shop.integration().configures(changes).must_be(200);
    assert!(shop.is_stopped().success());
    shop.reopens();
    assert_eq!(configuration(&shop.integration()), first_with(changes));
}

/// An invoice, where invoices may be postponed twice and by ten days in all.
fn invoice_to_postpone(vtex: &Integration) -> (CreditAccount, String) {
    let configuration =
        r#"{"postponementEnabled":true,"invoicePostponementLimit":2,"maxPostponementDays":10}"#;
    vtex.configures(configuration).must_be(200);
    let account = vtex.opens("1", "1000");
    let invoice = invoice_of(&account.buys("100"), 1);
    (account, invoice)
}

/// The day it falls due.
#[track_caller]
fn due_day(account: &CreditAccount, invoice: &str) -> String {
    account.invoice(invoice).must_be(200).shows("dueDate")[..10].to_owned()
}

#[test]
fn an_invoice_is_postponed_by_so_many_days_in_all() {
    let shop = Shop::open();
    let (account, invoice) = invoice_to_postpone(&shop.integration());
    let first = account.invoice(&invoice).shows("dueDate");
    assert_eq!(due_day(&account, &invoice), "2025-12-24");
    account.postpones(&invoice, "11").must_be_declined(400);
    account.postpones(&invoice, "\"4\"").must_be_empty();
    assert_eq!(due_day(&account, &invoice), "2025-12-28");
    let before = account.everything();
    account.postpones(&invoice, "7").must_be_declined(400);
    assert_eq!(account.everything(), before);
    account.postpones(&invoice, "6").must_be_empty();
    assert_eq!(due_day(&account, &invoice), "2026-01-03");

    let postponed = account.invoice(&invoice).must_be(200);
    assert_eq!(postponed.shows("originalDueDate"), first);
    assert_eq!(postponed.shows("dueDate")[10..], first[10..], "at the same time of day");
    let there = shop.company(account.id());
    assert_eq!(there.reads("/invoices").must_be(200).column("due_date"), ["2026-01-03"]);
    shop.books_must_agree();
}

#[test]
fn an_invoice_is_postponed_so_many_times() {
    let shop = Shop::open();
    let (account, invoice) = invoice_to_postpone(&shop.integration());
    account.postpones(&invoice, "1").must_be_empty();
    account.postpones(&invoice, "1").must_be_empty();
    account.postpones(&invoice, "1").must_be_declined(400);
    assert_eq!(due_day(&account, &invoice), "2025-12-26");

    // Each invoice counts for itself.
    let other = invoice_of(&account.buys("100"), 1);
    account.postpones(&other, "10").must_be_empty();
}

#[test]
fn where_postponing_is_off_no_invoice_is_postponed() {
    let shop = Shop::open();
    let vtex = shop.integration();
    let (account, invoice) = invoice_to_postpone(&vtex);
    vtex.configures(r#"{"postponementEnabled":false}"#).must_be(200);
    account.postpones(&invoice, "1").must_be_declined(400);
    vtex.configures(r#"{"postponementEnabled":true,"maxPostponementDays":0}"#).must_be(200);
    account.postpones(&invoice, "1").must_be_declined(400);
    vtex.configures(r#"{"maxPostponementDays":10,"invoicePostponementLimit":0}"#).must_be(200);
    account.postpones(&invoice, "1").must_be_declined(400);
    assert_eq!(due_day(&account, &invoice), "2025-12-24");
}

#[test]
fn a_postponed_invoice_is_not_overdue() {
    let shop = Shop::open();
    let (account, invoice) = invoice_to_postpone(&shop.integration());
    account.postpones(&invoice, "5").must_be_empty();
    let company = shop.company(account.id());
    shop.clock_moves_to("2025-12-29T12:00:00Z");
    assert_eq!(company.figure("overdue_amount"), "0.00");
    shop.clock_moves_to("2025-12-30T12:00:00Z");
    assert_eq!(company.figure("overdue_amount"), "100.00");
    // Late is a matter of the day alone, so it may be put off until it is not.
    account.postpones(&invoice, "5").must_be_empty();
    assert_eq!(company.figure("overdue_amount"), "0.00");
    shop.books_must_agree();
}
