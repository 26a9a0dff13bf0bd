//! What a company owes by how long it has been overdue, to the cent and to the day.

use fiado_tests::{Answer, Company, Shop, json};
use rust_decimal::Decimal;
use serde_json::Value;

/// A tenth of a percent a day, and two percent once.
const RATES: &str = r#"{"dailyInterestRate":0.001,"taxRate":0.02}"#;

#[track_caller]
fn aging(company: &Company<'_>) -> Answer {
    company.reads("/aging").must_be(200)
}

/// What is not due, and what is in each bucket.
#[track_caller]
fn amounts(company: &Company<'_>) -> [String; 5] {
    let told = aging(company).data();
    let bucket = |index: usize| told["buckets"][index]["amount"].to_string();
    [told["not_due"].to_string(), bucket(0), bucket(1), bucket(2), bucket(3)]
}

#[test]
fn a_company_that_owes_nothing_has_empty_buckets() {
    let shop = Shop::open();
    shop.integration().configures(RATES).must_be(200);
    let company = shop.company_with_line("cust_1", "1000.00");
    aging(&company).must_read(
        r#"{"status":"success","data":{"as_of":"2025-11-24","currency":"USD","total":0.00,"not_due":0.00,"overdue":0.00,"buckets":[{"from_days":1,"to_days":30,"amount":0.00},{"from_days":31,"to_days":60,"amount":0.00},{"from_days":61,"to_days":90,"amount":0.00},{"from_days":91,"amount":0.00}]}}"#,
    );
    let pending = shop.company("cust_2");
    pending.asks().must_be(201);
    assert_eq!(aging(&pending).at("total"), "0.00");
}

#[test]
fn a_debt_goes_from_bucket_to_bucket_day_by_day() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys("order_1", "99.99").must_be(200);
    let all = "99.99".to_owned();
    // It falls due on 24 December; a day begins at five o'clock here.
    for (moment, place, days) in [
        ("2025-12-25T04:59:00Z", 0, ""),
        ("2025-12-25T05:00:00Z", 1, "1"),
        ("2026-01-23T05:00:00Z", 1, "30"),
        ("2026-01-24T05:00:00Z", 2, "31"),
        ("2026-02-22T05:00:00Z", 2, "60"),
        ("2026-02-23T05:00:00Z", 3, "61"),
        ("2026-03-24T05:00:00Z", 3, "90"),
        ("2026-03-25T05:00:00Z", 4, "91"),
        ("2030-01-01T05:00:00Z", 4, "1469"),
    ] {
        shop.clock_moves_to(moment);
        let mut expected = ["0.00", "0.00", "0.00", "0.00", "0.00"].map(str::to_owned);
        expected[place].clone_from(&all);
        assert_eq!(amounts(&company), expected, "{moment}");
        let told = aging(&company);
        assert_eq!([told.at("days_overdue"), told.at("total")], [days, all.as_str()], "{moment}");
        let oldest = if days.is_empty() { "" } else { "2025-12-24" };
        assert_eq!(told.at("oldest_due_date"), oldest, "{moment}");
        let overdue = if days.is_empty() { "0.00" } else { &all };
        assert_eq!(told.at("overdue"), overdue, "{moment}");
    }
}

#[test]
fn what_is_overdue_is_told_with_what_it_costs_and_a_payment_takes_from_the_oldest() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys_in(3, "order_1", "300.00").must_be(200);
    shop.clock_moves_to("2026-02-22T15:00:00Z");
    assert_eq!(aging(&company).data().get("late_charges"), None, "a shop charges nothing until it says so");
    shop.integration().configures(RATES).must_be(200);
    aging(&company).must_read(
        r#"{"status":"success","data":{"as_of":"2026-02-22","currency":"USD","total":300.00,"not_due":100.00,"overdue":200.00,"buckets":[{"from_days":1,"to_days":30,"amount":100.00},{"from_days":31,"to_days":60,"amount":100.00},{"from_days":61,"to_days":90,"amount":0.00},{"from_days":91,"amount":0.00}],"oldest_due_date":"2025-12-24","days_overdue":60,"late_charges":{"interest":9.00,"fine":4.00,"total_due":213.00}}}"#,
    );
    company.pays("PAY-1", "133.33").must_be(201);
    // 66.67 thirty days late: 2.0001 and 1.3334.
    aging(&company).must_read(
        r#"{"status":"success","data":{"as_of":"2026-02-22","currency":"USD","total":166.67,"not_due":100.00,"overdue":66.67,"buckets":[{"from_days":1,"to_days":30,"amount":66.67},{"from_days":31,"to_days":60,"amount":0.00},{"from_days":61,"to_days":90,"amount":0.00},{"from_days":91,"amount":0.00}],"oldest_due_date":"2026-01-23","days_overdue":30,"late_charges":{"interest":2.00,"fine":1.33,"total_due":70.00}}}"#,
    );
    company.pays("PAY-2", "66.67").must_be(201);
    let told = aging(&company).data();
    assert_eq!(["oldest_due_date", "days_overdue", "late_charges"].map(|name| told.get(name)), [None; 3]);
    assert_eq!(told["total"].to_string(), "100.00");
}

#[test]
fn what_fell_due_together_is_charged_together() {
    let shop = Shop::open();
    shop.integration().configures(r#"{"dailyInterestRate":0.001}"#).must_be(200);
    let company = shop.company_with_line("cust_1", "2000.00");
    company.buys("order_1", "999.99").must_be(200);
    company.buys("order_2", "999.99").must_be(200);
    shop.clock_moves_to("2025-12-25T15:00:00Z");
    let interest = |charges: &Value| charges["interest"].to_string();
    let invoices = company.reads("/invoices").must_be(200).data();
    let each: Vec<String> =
        invoices.as_array().unwrap().iter().map(|invoice| interest(&invoice["late_charges"])).collect();
    assert_eq!(each, ["0.99", "0.99"]);
    // 1.99998 of both, cut once.
    assert_eq!(interest(&aging(&company).data()["late_charges"]), "1.99");
}

#[test]
fn buckets_are_the_sums_of_the_invoices() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "9000.00");
    let days = ["2025-11-30", "2025-12-20", "2026-01-15", "2026-02-20", "2026-03-18", "2026-04-02"];
    for (number, day) in days.into_iter().enumerate() {
        let installments = u8::try_from(number % 3 + 1).unwrap();
        company
            .buys_in(installments, &format!("order_{number}"), &format!("{}.37", 100 + number))
            .must_be(200);
        company.pays(&format!("PAY-{number}"), &format!("{}.11", 13 + 5 * number)).must_be(201);
        shop.clock_moves_to(&format!("{day}T15:00:00Z"));
        let invoices = company.reads("/invoices?status=open&limit=100").must_be(200).data();
        let left = |least: u64, most: u64| -> Decimal {
            let within = invoices
                .as_array()
                .unwrap()
                .iter()
                .filter(|invoice| (least..=most).contains(&invoice["days_overdue"].as_u64().unwrap()));
            within.map(|invoice| decimal(&invoice["outstanding"])).sum()
        };
        let expected = [left(0, 0), left(1, 30), left(31, 60), left(61, 90), left(91, u64::MAX)];
        let told = amounts(&company).map(|amount| amount.parse::<Decimal>().unwrap());
        assert_eq!(told, expected, "{day}");
        let account = company.reads("").must_be(200);
        let whole = aging(&company);
        assert_eq!(
            [whole.at("total"), whole.at("overdue")],
            [account.at("credit_used"), account.at("overdue_amount")]
        );
    }
    shop.books_must_agree();
}

fn decimal(value: &Value) -> Decimal {
    value.to_string().parse().unwrap()
}

#[test]
fn amounts_are_whole_pesos_where_there_are_no_cents() {
    let shop = Shop::open();
    shop.organization("org_chile", &["--currency", "CLP", "--zone", "America/Santiago"]);
    shop.integration_of("org_chile").configures(RATES).must_be(200);
    let company = shop.company_of("org_chile", "cust_1");
    company.asks().must_be(201);
    company.is_approved("20000").must_be(200);
    company.buys("order_1", "10001").must_be(200);
    shop.clock_moves_to("2026-01-08T15:00:00Z");
    let told = aging(&company).data();
    assert_eq!([&told["currency"], &told["total"]], [&json("\"CLP\""), &json("10001")]);
    assert_eq!(told["late_charges"], json(r#"{"interest":150,"fine":200,"total_due":10351}"#));
}

#[test]
fn an_aging_takes_no_parameter() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    let refused = company.reads("/aging?on=2025-12-24").must_be_refused(422, "CRD-1001");
    assert_eq!(refused.wrong_fields(), ["on UNKNOWN_FIELD"]);
}
