//! Plans: every one that is offered can be bought by, what its buyer saw is what is charged, and a
//! plan that is not the same any more charges nothing.

use fiado_tests::{Answer, Company, Shop, json};
use serde_json::Value;

/// Three parts at 1 % a month, six at 1.5 %, and once without interest.
const QUANTITIES: &str = r#"{"name":"Crédito","salesChannels":[{"id":":ALL:"}],"paymentSystem":{"id":64,"name":"Customer Credit"},"enabled":true,"installmentOptions":{"dueDateType":0,"interestRateMethod":0,"minimumInstallmentValue":20,"installments":[{"quantity":1,"interestRate":0},{"quantity":3,"interestRate":1},{"quantity":6,"interestRate":1.5}]},"deadlines":[]}"#;

/// The terms of the gateway's published rule.
const DEADLINES: &str = r#"{"name":"Plazos","salesChannels":[{"id":":ALL:"}],"paymentSystem":{"id":64,"name":"Customer Credit"},"enabled":true,"installmentOptions":null,"deadlines":[{"paymentOptions":[{"days":30,"interestRate":0}]},{"paymentOptions":[{"days":30,"interestRate":0},{"days":60,"interestRate":2}]},{"paymentOptions":[{"days":15,"interestRate":0},{"days":30,"interestRate":0}]}]}"#;

#[track_caller]
fn previews(company: &Company<'_>, body: &str) -> Value {
    company.seller().post(&company.path("/preview"), body).must_be(200).data()
}

#[track_caller]
fn buys_by(company: &Company<'_>, order: &str, amount: &str, plan: &Value) -> Answer {
    let (id, hash) = (&plan["plan_id"], &plan["plan_hash"]);
    let body = format!(r#"{{"order_id":"{order}","amount":{amount},"plan_id":{id},"plan_hash":{hash}}}"#);
    company.seller().post(&company.path("/use"), body)
}

/// What nobody but the shop writes down: the plan without what a preview says of it.
fn bare(plan: &Value) -> Value {
    let mut plan = plan.clone();
    plan.as_object_mut().unwrap().remove("accepted");
    plan
}

#[test]
fn a_line_without_rules_offers_up_to_twelve_parts_at_its_own_term() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "10000.00");
    let shown = previews(&company, r#"{"amount":1000.00}"#);
    let plans = shown["plans"].as_array().unwrap();
    assert_eq!(plans.len(), 12);
    assert!(plans.iter().all(|plan| plan["accepted"] == true && plan["interest"] == json("0.00")));
    assert_eq!(plans[2]["plan_id"], "line:3x");
    assert_eq!(plans[2]["parts"][2], json(r#"{"number":3,"due_date":"2026-02-22","amount":333.34}"#));
    assert_eq!(shown["verdict"], "accepted");
    assert_eq!(shown["would_pass"]["largest_amount"].to_string(), "10000.00");

    let bought = buys_by(&company, "order_1", "1000.00", &plans[2]).must_be(200).data();
    assert_eq!(bought["installments"], plans[2]["parts"]);
    assert_eq!(bought["total"].to_string(), "1000.00");
    assert_eq!(company.figures(), ["1000.00", "9000.00"]);
}

#[test]
fn every_plan_that_is_offered_charges_what_it_showed() {
    let shop = Shop::open();
    shop.integration().adds_rule(QUANTITIES);
    let company = shop.company_with_line("cust_1", "100000.00");
    let shown = previews(&company, r#"{"amount":1000.00,"installments":6}"#);
    assert_eq!(shown["plan"]["total"].to_string(), "1089.96");
    assert_eq!(shown["plan"]["interest_rate"].to_string(), "1.5");
    for (number, plan) in shown["plans"].as_array().unwrap().iter().enumerate() {
        let bought = buys_by(&company, &format!("order_{number}"), "1000.00", plan).must_be(200).data();
        assert_eq!(bought["total"], plan["total"]);
        assert_eq!(bought["interest"], plan["interest"]);
        assert_eq!(bought["plan_id"], plan["plan_id"]);
        assert_eq!(bought["due_date"], plan["parts"][0]["due_date"]);
    }
    // 1000.00, 3 × 343.33 and 6 × 181.66: the limit counts the interest.
    assert_eq!(company.figure("credit_used"), "3119.95");
    let usages = company.reads("/usages").must_be(200).data();
    assert_eq!(usages[0]["interest"].to_string(), "89.96");
}

#[test]
fn terms_with_equal_counts_are_plans_of_their_own() {
    let shop = Shop::open();
    shop.integration().adds_rule(DEADLINES);
    let company = shop.company_with_line("cust_1", "10000.00");
    let shown = previews(&company, r#"{"amount":1000.00,"terms":[30,60]}"#);
    let due = |plan: &Value| {
        let parts = plan["parts"].as_array().unwrap().iter();
        parts.map(|part| format!("{} {}", part["due_date"].as_str().unwrap(), part["amount"])).collect()
    };
    let plans: Vec<Vec<String>> = shown["plans"].as_array().unwrap().iter().map(due).collect();
    assert_eq!(
        plans,
        [
            vec!["2025-12-24 1000.00"],
            vec!["2025-12-09 500.00", "2025-12-24 500.00"],
            vec!["2025-12-24 500.00", "2026-01-23 510.00"],
        ]
    );
    assert_eq!(bare(&shown["plans"][2]), shown["plan"]);
    let unknown = previews(&company, r#"{"amount":1000.00,"terms":[45]}"#);
    assert_eq!(unknown["verdict"], "refused");
    assert_eq!(unknown["reasons"][0]["code"], "CRD-2041");
}

#[test]
fn a_plan_that_has_changed_is_refused_with_both_plans_and_charges_nothing() {
    let shop = Shop::open();
    let gateway = shop.integration();
    let rule = gateway.adds_rule(QUANTITIES);
    let company = shop.company_with_line("cust_1", "10000.00");
    let seen = previews(&company, r#"{"amount":1000.00,"installments":3}"#)["plan"].clone();
    let dearer = QUANTITIES.replace(r#""quantity":3,"interestRate":1"#, r#""quantity":3,"interestRate":2"#);
    gateway.put(&format!("/api/pvt/rules/{rule}"), dearer).must_be(200);

    let refused = buys_by(&company, "order_1", "1000.00", &seen).must_be_refused(409, "CRD-2039").json();
    let details = &refused["error"]["details"];
    assert_eq!(details["seen"], seen);
    assert_eq!(details["current"]["total"].to_string(), "1059.99");
    assert_eq!(company.figures(), ["0.00", "10000.00"]);
    assert_eq!(company.version(), 2);

    let bought = buys_by(&company, "order_1", "1000.00", &details["current"]).must_be(200).data();
    assert_eq!(bought["total"].to_string(), "1059.99");

    gateway.delete(&format!("/api/pvt/rules/{rule}")).must_be(200);
    let refused = buys_by(&company, "order_2", "1000.00", &seen).must_be_refused(409, "CRD-2040").json();
    assert_eq!(refused["error"]["details"]["seen"], seen);
    assert_eq!(company.figure("credit_used"), "1059.99");
}

#[test]
fn the_plan_of_another_amount_or_of_yesterday_is_another_plan() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "10000.00");
    let seen = previews(&company, r#"{"amount":1000.00,"installments":3}"#)["plan"].clone();
    let refused = buys_by(&company, "order_1", "1000.01", &seen).must_be_refused(409, "CRD-2039").json();
    assert_eq!(refused["error"]["details"]["current"]["amount"].to_string(), "1000.01");
    shop.clock_moves_to("2025-11-25T05:00:00Z");
    let refused = buys_by(&company, "order_1", "1000.00", &seen).must_be_refused(409, "CRD-2039").json();
    let due = |plan: &str| refused["error"]["details"][plan]["parts"][0]["due_date"].clone();
    assert_eq!((due("seen"), due("current")), ("2025-12-24".into(), "2025-12-25".into()));
    assert_eq!(company.figure("credit_used"), "0.00");
}

#[test]
fn an_order_bought_by_a_plan_is_bought_once() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "10000.00");
    let plan = |count| {
        previews(&company, &format!(r#"{{"amount":1000.00,"installments":{count}}}"#))["plan"].clone()
    };
    let (three, four) = (plan(3), plan(4));
    let first = buys_by(&company, "order_1", "1000.00", &three).must_be(200).data();
    // The same again, even where the day and so the hash is another by now.
    shop.clock_moves_to("2025-11-26T05:00:00Z");
    assert_eq!(buys_by(&company, "order_1", "1000.00", &three).must_be(200).data(), first);
    buys_by(&company, "order_1", "1000.00", &four).must_be_refused(409, "CRD-2006");
    company.buys("order_1", "1000.00").must_be_refused(409, "CRD-2006");
    assert_eq!(company.figure("credit_used"), "1000.00");
}

#[test]
fn what_is_no_plan_is_named() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "10000.00");
    let plan = previews(&company, r#"{"amount":1000.00,"installments":3}"#)["plan"].clone();
    let hash = plan["plan_hash"].as_str().unwrap();
    let sent = |fields: &str| {
        let body = format!(r#"{{"order_id":"order_1","amount":1000.00,{fields}}}"#);
        let answer =
            company.seller().post(&company.path("/use"), body).must_be_refused(422, "CRD-1001").json();
        let fields = answer["error"]["details"]["fields"].as_array().unwrap().clone();
        let named = fields.iter().map(|field| format!("{}: {}", field["field"], field["code"]));
        named.collect::<Vec<String>>().join(", ").replace('"', "")
    };
    assert_eq!(sent(r#""plan_id":"line:3x""#), "plan_hash: MISSING");
    assert_eq!(sent(&format!(r#""plan_hash":"{hash}""#)), "plan_id: MISSING");
    assert_eq!(sent(&format!(r#""plan_id":"line:4x","plan_hash":"{hash}""#)), "plan_hash: NOT_A_PLAN_HASH");
    let more = hash.replace("33333", "33332");
    assert_eq!(sent(&format!(r#""plan_id":"line:3x","plan_hash":"{more}""#)), "plan_hash: NOT_A_PLAN_HASH");
    let both = format!(r#""plan_id":"line:3x","plan_hash":"{hash}","installments":3"#);
    assert_eq!(sent(&both), "installments: NOT_TOGETHER");
    assert_eq!(sent(r#""plan_id":7,"plan_hash":7"#), "plan_id: WRONG_TYPE, plan_hash: WRONG_TYPE");
    let preview = |body: &str| company.seller().post(&company.path("/preview"), body);
    preview(r#"{"amount":10,"installments":3,"terms":[30]}"#).must_be_refused(422, "CRD-1001");
    preview(r#"{"amount":10,"date":"2025-11-23"}"#).must_be_refused(422, "CRD-1001");
    preview(r#"{"amount":10,"date":"2027-11-23"}"#).must_be_refused(422, "CRD-1001");
    preview(r#"{"amount":0}"#).must_be_refused(422, "CRD-1001");
    preview(r#"{"amount":10,"installments":49}"#).must_be_refused(422, "CRD-1001");
}

#[test]
fn a_preview_says_what_would_make_it_pass() {
    let shop = Shop::open();
    shop.integration().adds_rule(QUANTITIES);
    let company = shop.company_with_line("cust_1", "1000.00");
    let shown = previews(&company, r#"{"amount":990.00,"installments":6}"#);
    assert_eq!(shown["verdict"], "refused");
    assert_eq!(shown["reasons"][0]["code"], "CRD-2003");
    let would_pass = &shown["would_pass"];
    // Six parts of 166.66 are the most that fits.
    let largest = would_pass["largest_amount"].to_string();
    let at = |amount: &str| previews(&company, &format!(r#"{{"amount":{amount},"installments":6}}"#));
    assert_eq!(at(&largest)["verdict"], "accepted");
    assert_eq!(at(&largest)["plan"]["total"].to_string(), "999.96");
    let cents: u64 = largest.replace('.', "").parse().unwrap();
    assert_eq!(at(&format!("{}e-2", cents + 1))["verdict"], "refused");
    assert_eq!(would_pass["cheapest_installments"], 1);

    let prepayment = would_pass["smallest_prepayment"].to_string();
    company.pays("PAY-1", &prepayment).must_be(201);
    let again = previews(&company, r#"{"amount":990.00,"installments":6}"#);
    assert_eq!(again["verdict"], "accepted");
    buys_by(&company, "order_1", "990.00", &again["plan"]).must_be(200);
}

#[test]
fn a_hold_that_ends_by_itself_is_worth_waiting_for() {
    let shop = Shop::open();
    let account = shop.integration().opens("55555555555", "1000");
    account.authorizes_with(r#"{"id":"hold-1","value":"800","expirationDate":"2025-11-27T12:00:00Z"}"#);
    let company = shop.company(account.id());
    let shown = previews(&company, r#"{"amount":500.00}"#);
    assert_eq!(shown["verdict"], "refused");
    assert_eq!(shown["would_pass"]["smallest_prepayment"].to_string(), "300.00");
    assert_eq!(shown["would_pass"]["earliest_date"], "2025-11-27");
    assert_eq!(shown["would_pass"]["earliest_at"], "2025-11-27T12:00:00Z");
    let later = previews(&company, r#"{"amount":500.00,"date":"2025-11-28"}"#);
    assert_eq!(later["verdict"], "accepted");
    assert_eq!(later["plans"][0]["parts"][0]["due_date"], "2025-12-28");
}

#[test]
fn due_dates_follow_the_shops_calendar() {
    let shop = Shop::open();
    let settings =
        ["--due-dates", "monthly", "--business-days", "next", "--holidays", "2025-12-24,2025-12-25"];
    shop.organization("org_monthly", &settings);
    let company = shop.company_of("org_monthly", "cust_1");
    company.gets_line("10000.00");
    let plan = previews(&company, r#"{"amount":300.00,"installments":3}"#)["plan"].clone();
    let due: Vec<&str> =
        plan["parts"].as_array().unwrap().iter().map(|part| part["due_date"].as_str().unwrap()).collect();
    // Christmas and its eve are moved to the Friday after, a Saturday to its Monday.
    assert_eq!(due, ["2025-12-26", "2026-01-26", "2026-02-24"]);
    let bought = buys_by(&company, "order_1", "300.00", &plan).must_be(200).data();
    assert_eq!(bought["installments"], plan["parts"]);
    let without_plan = company.buys_in(3, "order_2", "300.00").must_be(200).data();
    assert_eq!(without_plan["installments"], plan["parts"]);
}
