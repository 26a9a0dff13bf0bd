//! Paying: what a payment goes to, what is left of it, and when it is refused.

use fiado_tests::{Company, Shop};

/// The outstanding amounts of all invoices, the first due first.
fn outstanding(company: &Company<'_>) -> Vec<String> {
    let invoices = company.reads("/invoices?limit=100").must_be(200).data();
    invoices.as_array().unwrap().iter().map(|invoice| invoice["outstanding"].to_string()).collect()
}

#[test]
fn a_payment_goes_to_the_oldest_due_first() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys_in(3, "order_1", "90.00").must_be(200);
    shop.clock_moves_to("2025-11-25T12:00:00Z");
    company.buys("order_2", "50.00").must_be(200);
    // Due on 24 December, 25 December, 23 January and 22 February.
    assert_eq!(outstanding(&company), ["30.00", "50.00", "30.00", "30.00"]);
    company.pays("PAY-1", "70.00").must_be(201);
    assert_eq!(outstanding(&company), ["0.00", "10.00", "30.00", "30.00"]);

    let payment = company.reads("/payments").must_be(200).data()[0].clone();
    let invoices = company.reads("/invoices").data();
    assert_eq!(payment["payment_reference"], "PAY-1");
    assert_eq!(payment["allocations"][0]["invoice_id"], invoices[0]["invoice_id"]);
    assert_eq!(payment["allocations"][0]["outstanding"].to_string(), "0.00");
    assert_eq!(payment["allocations"][1]["amount"].to_string(), "40.00");
    assert_eq!(payment["allocations"][1]["outstanding"].to_string(), "10.00");
    assert_eq!(payment["unapplied"].to_string(), "0.00");
    shop.books_must_agree();
}

#[test]
fn a_payment_goes_where_its_payer_says() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys_in(3, "order_1", "90.00").must_be(200);
    let invoices = company.open_invoices();
    company.pays_for("PAY-1", "40.00", &[(&invoices[2], "30.00"), (&invoices[1], "10.00")]).must_be(201);
    assert_eq!(outstanding(&company), ["30.00", "20.00", "0.00"]);
    assert_eq!(company.open_invoices(), invoices[..2]);
}

#[test]
fn an_invoice_may_be_named_twice_in_a_payment() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys("order_1", "90.00").must_be(200);
    let invoice = &company.open_invoices()[0];
    company.pays_for("PAY-1", "90.00", &[(invoice, "40.00"), (invoice, "50.00")]).must_be(201);
    assert_eq!(company.figures(), ["0.00", "1000.00"]);
    let refused = company.pays_for("PAY-2", "1.00", &[(invoice, "1.00")]);
    assert_eq!(refused.must_be_refused(422, "CRD-2011").detail("invoice_id"), *invoice);
}

#[test]
fn what_is_allocated_wrongly_is_refused_whole() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys_in(2, "order_1", "80.00").must_be(200);
    let invoices = company.open_invoices();
    let version = company.version();

    let unknown = "00112233445566778899000000000003-01";
    company.pays_for("PAY-1", "9.00", &[(unknown, "9.00")]).must_be_refused(422, "CRD-2011");
    let refused =
        company.pays_for("PAY-1", "50.00", &[(&invoices[0], "40.01")]).must_be_refused(422, "CRD-2012");
    assert_eq!([refused.detail("outstanding"), refused.detail("allocated")], ["40.00", "40.01"]);
    let shares = [(invoices[0].as_str(), "40.00"), (invoices[1].as_str(), "10.01")];
    let refused = company.pays_for("PAY-1", "50.00", &shares).must_be_refused(422, "CRD-2013");
    assert_eq!([refused.detail("amount"), refused.detail("allocated")], ["50.00", "50.01"]);
    assert_eq!(company.version(), version);
    assert_eq!(outstanding(&company), ["40.00", "40.00"]);
}

#[test]
fn what_is_paid_beyond_the_debt_serves_the_next_purchase() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    company.buys("order_1", "40.00").must_be(200);
    company.pays("PAY-1", "65.00").must_be(201).must_read(
        r#"{"status":"success","data":{"payment_id":"payment_*","amount":65.00,"credit_used":0.00,"credit_available":100.00,"unapplied":25.00}}"#,
    );
    assert_eq!(company.figure("unapplied"), "25.00");

    let bought = company.buys("order_2", "125.00").must_be(200);
    assert_eq!([bought.at("credit_used"), bought.at("credit_available")], ["100.00", "0.00"]);
    assert_eq!(company.figure("unapplied"), "0.00");
    assert_eq!(outstanding(&company), ["0.00", "100.00"]);
    shop.books_must_agree();
}

#[test]
fn a_purchase_that_is_paid_ahead_owes_nothing() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    company.pays("PAY-1", "60.00").must_be(201);
    company.buys_in(2, "order_1", "50.00").must_be(200);
    assert_eq!(company.figures(), ["0.00", "100.00"]);
    assert_eq!(company.figure("unapplied"), "10.00");
    assert_eq!(company.open_invoices(), Vec::<String>::new());
    assert_eq!(company.reads("/usages").data()[0]["status"], "paid");
}

#[test]
fn a_payment_is_recorded_once() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    company.buys("order_1", "80.00").must_be(200);
    let first = company.pays("PAY-1", "30.00").must_be(201);
    company.pays("PAY-2", "10.00").must_be(201);

    assert_eq!(company.pays("PAY-1", "30").must_be(201).text, first.text);
    let refused = company.pays("PAY-1", "30.01").must_be_refused(409, "CRD-2007");
    assert_eq!(refused.detail("payment_reference"), "PAY-1");
    assert_eq!([refused.detail("first_amount"), refused.detail("amount")], ["30.00", "30.01"]);
    assert_eq!(company.figures(), ["40.00", "60.00"]);
}

#[test]
fn a_payment_is_dated_from_ten_years_ago_to_tomorrow() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    let pay = |date: &str| {
        let body = format!(r#"{{"amount":1,"payment_reference":"{date}","payment_date":"{date}"}}"#);
        company.seller().post(&company.path("/payment"), body)
    };
    pay("2015-11-24").must_be(201);
    pay("2025-11-25").must_be(201);
    assert_eq!(pay("2015-11-23").must_be_refused(422, "CRD-1001").wrong_fields(), ["payment_date TOO_SMALL"]);
    assert_eq!(pay("2025-11-26").must_be_refused(422, "CRD-1001").wrong_fields(), ["payment_date TOO_LARGE"]);
}
