//! What is overdue costs something, on the invoice and before it is paid; and what a payment would do is what
//! it then does.

use fiado_tests::{Answer, Company, Shop, json};
use serde_json::Value;

/// A tenth of a percent a day, and two percent once.
const RATES: &str = r#"{"dailyInterestRate":0.001,"taxRate":0.02}"#;

fn shop_that_charges() -> Shop {
    let shop = Shop::open();
    shop.integration().configures(RATES).must_be(200);
    shop
}

fn payment(reference: &str, amount: &str, date: &str) -> String {
    format!(r#"{{"amount":{amount},"payment_reference":"{reference}","payment_date":"{date}"}}"#)
}

#[track_caller]
fn previews(company: &Company<'_>, body: &str) -> Answer {
    company.seller().post(&company.path("/payment/preview"), body)
}

/// The late charges of the first invoice due; nothing where it has none.
#[track_caller]
fn shown(company: &Company<'_>) -> Option<Value> {
    company.reads("/invoices").must_be(200).data()[0].get("late_charges").cloned()
}

fn charges(days: u32, interest: &str, fine: &str, total: &str) -> Option<Value> {
    let text =
        format!(r#"{{"days_overdue":{days},"interest":{interest},"fine":{fine},"total_due":{total}}}"#);
    Some(json(&text))
}

/// What several invoices cost.
fn totals(interest: &str, fine: &str, total: &str) -> Value {
    json(&format!(r#"{{"interest":{interest},"fine":{fine},"total_due":{total}}}"#))
}

#[test]
fn an_invoice_costs_nothing_on_its_due_day_and_something_from_the_day_after() {
    let shop = shop_that_charges();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys("order_1", "999.99").must_be(200);
    assert_eq!(shown(&company), None);
    // The last minute of 24 December in Panama, and the first of the next day.
    shop.clock_moves_to("2025-12-25T04:59:00Z");
    assert_eq!(shown(&company), None);
    shop.clock_moves_to("2025-12-25T05:00:00Z");
    // 0.99999 and 19.9998: no cent is rounded up.
    assert_eq!(shown(&company), charges(1, "0.99", "19.99", "1020.97"));
    shop.clock_moves_to("2025-12-26T05:00:00Z");
    assert_eq!(shown(&company), charges(2, "1.99", "19.99", "1021.97"));
}

#[test]
fn charges_are_of_what_is_left_and_nothing_is_added_to_what_is_owed() {
    let shop = shop_that_charges();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys("order_1", "999.99").must_be(200);
    shop.clock_moves_to("2026-01-08T15:00:00Z");
    assert_eq!(shown(&company), charges(15, "14.99", "19.99", "1034.97"));
    let invoice = company.reads("/invoices").data()[0].clone();
    let figures = ["value", "paid", "outstanding", "days_overdue"].map(|name| invoice[name].to_string());
    assert_eq!(figures, ["999.99", "0.00", "999.99", "15"]);
    assert_eq!(company.figures(), ["999.99", "0.01"]);
    assert_eq!(company.figure("overdue_amount"), "999.99");

    company.pays("PAY-1", "333.33").must_be(201);
    assert_eq!(shown(&company), charges(15, "9.99", "13.33", "689.98"));
    let invoice = company.reads("/invoices").data()[0].clone();
    assert_eq!([invoice["value"].to_string(), invoice["outstanding"].to_string()], ["999.99", "666.66"]);

    company.pays("PAY-2", "666.66").must_be(201);
    assert_eq!(shown(&company), None);
    assert_eq!(company.figures(), ["0.00", "1000.00"]);
    shop.books_must_agree();
}

#[test]
fn a_shop_charges_what_it_says_today() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys("order_1", "100.00").must_be(200);
    shop.clock_moves_to("2026-01-08T15:00:00Z");
    assert_eq!(shown(&company), None, "a shop charges nothing until it says so");
    let vtex = shop.integration();
    let cases = [
        (r#"{"dailyInterestRate":0.001}"#, charges(15, "1.50", "0.00", "101.50")),
        (r#"{"taxRate":0.02}"#, charges(15, "1.50", "2.00", "103.50")),
        (r#"{"dailyInterestRate":0}"#, charges(15, "0.00", "2.00", "102.00")),
        (r#"{"taxRate":"0.000000000001"}"#, charges(15, "0.00", "0.00", "100.00")),
        (r#"{"taxRate":0}"#, None),
    ];
    for (change, expected) in cases {
        vtex.configures(change).must_be(200);
        assert_eq!(shown(&company), expected, "{change}");
    }
}

#[test]
fn charges_are_whole_pesos_where_there_are_no_cents() {
    let shop = Shop::open();
    shop.organization("org_chile", &["--currency", "CLP", "--zone", "America/Santiago"]);
    shop.integration_of("org_chile").configures(RATES).must_be(200);
    let company = shop.company_of("org_chile", "cust_1");
    company.asks().must_be(201);
    company.is_approved("20000").must_be(200);
    company.buys("order_1", "10001").must_be(200);
    shop.clock_moves_to("2026-01-08T15:00:00Z");
    assert_eq!(shown(&company), charges(15, "150", "200", "10351"));
    let preview = previews(&company, &payment("PAY-1", "1", "2026-01-08")).must_be(200);
    assert_eq!(preview.data()["late_charges"], totals("150", "200", "10351"));
}

/// A line with something overdue by sixty days and by thirty, and something due in future, on 22 February.
fn company_in_arrears(shop: &Shop) -> Company<'_> {
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys_in(3, "order_1", "300.00").must_be(200);
    shop.clock_moves_to("2026-02-22T15:00:00Z");
    company
}

#[test]
fn a_preview_says_where_a_payment_would_go_and_what_is_charged_on_its_day() {
    let shop = shop_that_charges();
    let company = company_in_arrears(&shop);
    let invoices = company.open_invoices();
    previews(&company, &payment("PAY-1", "150.00", "2026-02-22")).must_be(200).must_read(&format!(
        r#"{{"status":"success","data":{{"amount":150.00,"payment_date":"2026-02-22","allocations":[{{"invoice_id":"{}","due_date":"2025-12-24","amount":100.00,"outstanding":0.00,"late_charges":{{"days_overdue":60,"interest":6.00,"fine":2.00,"total_due":108.00}}}},{{"invoice_id":"{}","due_date":"2026-01-23","amount":50.00,"outstanding":50.00,"late_charges":{{"days_overdue":30,"interest":3.00,"fine":2.00,"total_due":105.00}}}}],"unapplied":0.00,"credit_used":150.00,"credit_available":850.00,"overdue_amount":50.00,"late_charges":{{"interest":9.00,"fine":4.00,"total_due":213.00}}}}}}"#,
        invoices[0], invoices[1]
    ));
    // It was paid on the 23rd of January, before the second was overdue.
    let earlier = previews(&company, &payment("PAY-1", "150.00", "2026-01-23")).must_be(200).data();
    assert_eq!(earlier["allocations"][0]["late_charges"]["days_overdue"], 30);
    assert_eq!(earlier["allocations"][1].get("late_charges"), None);
    assert_eq!(earlier["late_charges"], totals("3.00", "2.00", "105.00"));
    let in_time = previews(&company, &payment("PAY-1", "150.00", "2025-12-24")).must_be(200).data();
    assert_eq!(in_time.get("late_charges"), None);
}

/// Stops the test unless a payment does what its preview said, and the preview did nothing.
#[track_caller]
fn must_come_true(company: &Company<'_>, body: &str) {
    let before = company.reads("").must_be(200).text;
    let preview = previews(company, body).must_be(200);
    assert_eq!(preview.header("Cache-Control"), Some("no-store"));
    assert_eq!(previews(company, body).must_be(200).text, preview.text, "a preview changes no preview");
    assert_eq!(company.reads("").text, before, "a preview changes nothing");
    let preview = preview.data();

    let answer = company.seller().post(&company.path("/payment"), body).must_be(201).data();
    for figure in ["amount", "credit_used", "credit_available"] {
        assert_eq!(preview[figure], answer[figure], "{figure} of {body}");
    }
    let made = company.reads("/payments").must_be(200).data()[0].clone();
    assert_eq!(made["payment_id"], answer["payment_id"]);
    assert_eq!(
        [&preview["unapplied"], &preview["payment_date"]],
        [&made["unapplied"], &made["payment_date"]]
    );
    let allocations: Vec<Value> = preview["allocations"].as_array().unwrap().iter().map(applied).collect();
    assert_eq!(Value::from(allocations), made["allocations"], "{body}");
    let account = company.reads("").must_be(200).data();
    for figure in ["credit_used", "credit_available", "overdue_amount"] {
        assert_eq!(preview[figure], account[figure], "{figure} of {body}");
    }
}

/// What the list of payments says of a part of one.
fn applied(part: &Value) -> Value {
    let mut part = part.clone();
    let members = part.as_object_mut().unwrap();
    members.remove("due_date").unwrap();
    members.remove("late_charges");
    part
}

#[test]
fn a_payment_does_what_its_preview_said() {
    let shop = shop_that_charges();
    let company = company_in_arrears(&shop);
    // Held for a day, and for nothing by the time of the last payments.
    shop.integration().account("cust_1").holds("70.00");
    must_come_true(&company, &payment("PAY-1", "30.01", "2026-02-22"));
    let invoices = company.open_invoices();
    let told = format!(
        r#"{{"amount":50.00,"payment_reference":"PAY-2","payment_date":"2026-02-20","allocations":[{{"invoice_id":"{}","amount":15.00}},{{"invoice_id":"{}","amount":20.00}},{{"invoice_id":"{}","amount":5.00}}]}}"#,
        invoices[2], invoices[0], invoices[2]
    );
    must_come_true(&company, &told);
    shop.clock_moves_to("2026-02-24T15:00:00Z");
    must_come_true(&company, &payment("PAY-3", "49.99", "2026-02-24"));
    must_come_true(&company, &payment("PAY-4", "500.00", "2026-02-25"));
    must_come_true(&company, &payment("PAY-5", "0.01", "2026-02-24"));
    shop.books_must_agree();
}

#[test]
fn a_payment_that_was_made_before_would_do_nothing() {
    let shop = shop_that_charges();
    let company = company_in_arrears(&shop);
    let body = payment("PAY-1", "40.00", "2026-02-22");
    let made = company.seller().post(&company.path("/payment"), body.clone()).must_be(201);
    company.seller().post(&company.path("/payment"), payment("PAY-2", "10.00", "2026-02-22")).must_be(201);
    previews(&company, &body).must_be(200).must_read(&format!(
        r#"{{"status":"success","data":{{"payment_id":"{}","amount":40.00,"payment_date":"2026-02-22","allocations":[],"unapplied":0.00,"credit_used":250.00,"credit_available":750.00,"overdue_amount":150.00}}}}"#,
        made.at("payment_id")
    ));
}

#[test]
fn a_preview_is_refused_as_its_payment_is() {
    let shop = shop_that_charges();
    let company = company_in_arrears(&shop);
    let invoice = &company.open_invoices()[0];
    company.seller().post(&company.path("/payment"), payment("PAY-1", "1.00", "2026-02-22")).must_be(201);
    let for_one = |invoice: &str, amount: &str, share: &str| {
        format!(
            r#"{{"amount":{amount},"payment_reference":"PAY-2","payment_date":"2026-02-22","allocations":[{{"invoice_id":"{invoice}","amount":{share}}}]}}"#
        )
    };
    let unknown = "00112233445566778899000000000003-01";
    let cases = [
        (422, "CRD-1001", "{}".to_owned()),
        (422, "CRD-1001", payment("", "-1", "2026-02-24")),
        (422, "CRD-1001", payment("PAY-2", "0.001", "2016-02-21")),
        (400, "CRD-1002", "{".to_owned()),
        (409, "CRD-2007", payment("PAY-1", "1.01", "2026-02-22")),
        (422, "CRD-2011", for_one(unknown, "9.00", "9.00")),
        (422, "CRD-2012", for_one(invoice, "99.01", "99.01")),
        (422, "CRD-2013", for_one(invoice, "10.00", "10.01")),
    ];
    let before = company.reads("").text;
    for (status, code, body) in cases {
        refused_alike(&company, status, code, &body);
    }
    assert_eq!(company.reads("").text, before);

    let body = payment("PAY-9", "9999999999999.99", "2026-02-22");
    let nobody = shop.company("cust_unknown");
    refused_alike(&nobody, 404, "CRD-2001", &body);
    let pending = shop.company("cust_2");
    pending.asks().must_be(201);
    refused_alike(&pending, 409, "CRD-2015", &body);
    let ahead = shop.company_with_line("cust_3", "1000.00");
    ahead.pays("PAY-1", "0.01").must_be(201);
    refused_alike(&ahead, 422, "CRD-2014", &body);
}

#[track_caller]
fn refused_alike(company: &Company<'_>, status: u16, code: &str, body: &str) {
    let preview = previews(company, body).must_be_refused(status, code);
    let answer = company.seller().post(&company.path("/payment"), body).must_be_refused(status, code);
    assert_eq!(preview.json()["error"], answer.json()["error"], "{body}");
}

#[test]
fn a_preview_needs_no_key_and_remembers_none() {
    let shop = shop_that_charges();
    let company = company_in_arrears(&shop);
    let seller = company.seller().with_key("key-1");
    let preview = |amount: &str| {
        seller.post(&company.path("/payment/preview"), payment("PAY-1", amount, "2026-02-22")).must_be(200)
    };
    assert_eq!([preview("1.00").at("amount"), preview("2.00").at("amount")], ["1.00", "2.00"]);
    assert!(!preview("2.00").is_replayed());
    let paid = seller.post(&company.path("/payment"), payment("PAY-1", "3.00", "2026-02-22")).must_be(201);
    assert!(!paid.is_replayed());
    assert_eq!(json(&paid.text)["data"]["amount"].to_string(), "3.00");
}
