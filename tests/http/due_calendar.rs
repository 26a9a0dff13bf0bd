//! What falls due on which day: all that is overdue and the year to come, or whatever days are asked for.

use fiado_tests::{Answer, Company, Shop};
use serde_json::Value;

#[track_caller]
fn calendar(company: &Company<'_>, query: &str) -> Answer {
    company.reads(&format!("/calendar{query}")).must_be(200)
}

/// The days that are told, each with its amount.
fn days(answer: &Answer) -> Vec<String> {
    let day = |day: &Value| format!("{} {}", day["date"].as_str().unwrap(), day["amount"]);
    answer.data()["days"].as_array().unwrap().iter().map(day).collect()
}

/// A line with something overdue and something due in future, on 30 January.
fn company_in_arrears(shop: &Shop) -> Company<'_> {
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys_in(3, "order_1", "100.00").must_be(200);
    shop.clock_moves_to("2026-01-23T15:00:00Z");
    company.buys("order_2", "50.00").must_be(200);
    shop.clock_moves_to("2026-01-24T04:59:00Z");
    company
}

#[test]
fn a_calendar_begins_with_the_oldest_debt_and_ends_in_a_year() {
    let shop = Shop::open();
    let company = company_in_arrears(&shop);
    calendar(&company, "").must_read(
        r#"{"status":"success","data":{"as_of":"2026-01-23","currency":"USD","to":"2027-01-24","days":[{"date":"2025-12-24","amount":33.33,"overdue":true},{"date":"2026-01-23","amount":33.33,"overdue":false},{"date":"2026-02-22","amount":83.34,"overdue":false}],"total":150.00,"truncated":false}}"#,
    );
    shop.clock_moves_to("2026-01-24T05:00:00Z");
    let told = calendar(&company, "").data();
    assert_eq!([&told["days"][1]["overdue"], &told["days"][2]["overdue"]], [true, false]);
    company.pays("PAY-1", "43.34").must_be(201);
    assert_eq!(days(&calendar(&company, "")), ["2026-01-23 23.32", "2026-02-22 83.34"]);
    company.pays("PAY-2", "106.66").must_be(201);
    let paid = calendar(&company, "");
    assert_eq!((days(&paid).len(), paid.at("total")), (0, "0.00".to_owned()));
}

#[test]
fn the_days_that_are_asked_for_are_told_and_no_others() {
    let shop = Shop::open();
    let company = company_in_arrears(&shop);
    let (first, second, third) = ("2025-12-24 33.33", "2026-01-23 33.33", "2026-02-22 83.34");
    for (query, expected, total) in [
        ("?from=2025-12-24&to=2026-02-22", vec![first, second, third], "150.00"),
        ("?from=2025-12-25&to=2026-02-21", vec![second], "33.33"),
        ("?from=2026-01-23&to=2026-01-23", vec![second], "33.33"),
        ("?from=2026-01-24", vec![third], "83.34"),
        ("?to=2026-01-22", vec![first], "33.33"),
        ("?to=2025-12-23", vec![], "0.00"),
        ("?from=0001-01-01&to=9999-12-31", vec![first, second, third], "150.00"),
        ("?from=9999-12-31", vec![], "0.00"),
    ] {
        let told = calendar(&company, query);
        assert_eq!(
            (days(&told), told.at("total")),
            (expected.iter().map(ToString::to_string).collect(), total.to_owned()),
            "{query}"
        );
    }
    let ends = |query: &str| {
        let told = calendar(&company, query);
        [told.at("from"), told.at("to")]
    };
    assert_eq!(ends("?from=2026-01-01"), ["2026-01-01", "2027-01-24"], "a year from today");
    assert_eq!(ends("?from=2030-01-01"), ["2030-01-01", "2031-01-02"], "a year from then");
    assert_eq!(ends("?from=9999-12-31"), ["9999-12-31", "9999-12-31"]);
    assert_eq!(ends("?to=2026-01-01"), ["", "2026-01-01"]);
}

#[test]
fn what_falls_due_later_than_in_a_year_is_told_where_it_is_asked_for() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    company.asks().must_be(201);
    company.is_approved_for_days("1000.00", 365).must_be(200);
    company.buys_in(3, "order_1", "300.00").must_be(200);
    let usual = calendar(&company, "");
    assert_eq!(
        (days(&usual), usual.at("total")),
        (vec!["2026-11-24 100.00".to_owned()], "100.00".to_owned())
    );
    let all = calendar(&company, "?to=2030-01-01");
    assert_eq!(days(&all), ["2026-11-24 100.00", "2027-11-24 100.00", "2028-11-23 100.00"]);
}

#[test]
fn a_thousand_days_are_told_at_once_and_the_rest_when_asked() {
    let shop = Shop::open();
    let company = shop.company("cust_1");
    company.asks().must_be(201);
    company.is_approved_for_days("100000.00", 1).must_be(200);
    // 21 purchases of 48 days each, one after the other.
    let mut moment = fiado_core::calendar::Day::parse("2025-11-24").unwrap();
    for number in 0..21 {
        company.buys_in(48, &format!("order_{number}"), "48.00").must_be(200);
        moment = moment.plus_days(48);
        shop.clock_moves_to(&format!("{moment}T15:00:00Z"));
    }
    let told = calendar(&company, "");
    assert_eq!(days(&told).len(), 1_000);
    assert_eq!([told.at("total"), told.at("truncated")], ["1008.00", "true"], "the total is of all");
    let last = told.data()["days"][999]["date"].as_str().unwrap().to_owned();
    let next = fiado_core::calendar::Day::parse(&last).unwrap().plus_days(1);
    let rest = calendar(&company, &format!("?from={next}"));
    assert_eq!(days(&rest).len(), 8);
    assert_eq!([rest.at("total"), rest.at("truncated")], ["8.00", "false"]);
    let exactly = calendar(&company, &format!("?to={last}"));
    assert_eq!((days(&exactly).len(), exactly.at("truncated")), (1_000, "false".to_owned()));
}

#[test]
fn wrong_days_are_named_at_once() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "1000.00");
    for (query, expected) in [
        ("?from=2026-02-29", vec!["from NOT_A_DATE"]),
        ("?from=hoy&to=24/12/2025", vec!["from NOT_A_DATE", "to NOT_A_DATE"]),
        ("?from=&to=", vec!["from NOT_A_DATE", "to NOT_A_DATE"]),
        ("?from=2026-01-02&to=2026-01-01", vec!["to TOO_EARLY"]),
        ("?from=2026-01-01T00:00:00Z", vec!["from NOT_A_DATE"]),
        ("?to=2026-01-01&to=2026-01-02", vec!["to REPEATED"]),
        ("?form=2026-01-01&limit=5", vec!["form UNKNOWN_FIELD", "limit UNKNOWN_FIELD"]),
    ] {
        let refused = company.reads(&format!("/calendar{query}")).must_be_refused(422, "CRD-1001");
        assert_eq!(refused.wrong_fields(), expected, "{query}");
    }
}
