//! The corpora of what each part is, when it falls due, and what is overdue costs: natively, and in
//! WebAssembly as far as a preview tells it.

use crate::package;
use fiado_contract::facade::{self, SnapshotView};
use fiado_contract::json;
use fiado_core::calendar::Day;
use fiado_core::installments::{Due, InstallmentCount, Interest, Method, Terms};
use fiado_core::late::{LateCharges, LateCost};
use fiado_core::money::{Amount, Currency, Percent, Rate};
use fiado_tests::corpus::{DueDatesCase, LateChargesCase, PartsCase};
use serde_json::{Value, json};

/// What both builds answer to a preview, where they agree.
fn preview(name: &str, snapshot: &Value, cart: &Value) -> Value {
    let read = |value: &Value| json::parse(value.to_string().as_bytes()).unwrap();
    let native = serde_json::to_string(&facade::preview(&read(snapshot), &read(cart))).unwrap();
    let package = package::answer(&format!("[{snapshot},{cart},[null,null]]"));
    let native: Value = serde_json::from_str(&native).unwrap();
    assert_eq!(crate::written::digest(&native), crate::written::digest(&package["preview"]), "{name}");
    assert_eq!(native["status"], "success", "{name}: {native}");
    native["data"].clone()
}

/// A line without limits to speak of, on a day, with something else told as well.
fn snapshot(currency: &str, today: &str, told: Value) -> Value {
    let tomorrow = Day::parse(today).unwrap().plus_days(1);
    let mut snapshot = serde_json::to_value(SnapshotView::sample()).unwrap();
    let line = json!({
        "currency": currency, "credit_limit": "9999999999999", "credit_used": 0, "credit_held": 0,
        "unapplied": 0, "due": [], "today": today, "taken_at": format!("{today}T15:00:00Z"),
        "today_ends_at": format!("{tomorrow}T05:00:00Z"), "valid_until": format!("{today}T15:05:00Z"),
    });
    for fields in [line, told] {
        snapshot.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    }
    snapshot.as_object_mut().unwrap().remove("credit_available");
    snapshot
}

/// A rule of its own for one way to pay.
fn rule(id: &str, quantities: &Value, deadlines: &Value) -> Value {
    json!([{
        "rule_id": id, "enabled": true, "is_default": false, "hours": [], "merchants": [],
        "minimum_amount": 0, "minimum_installment": 0, "quantities": quantities, "deadlines": deadlines,
    }])
}

fn amount(text: &str, currency: &str) -> Amount {
    Amount::parse(text, Currency::from_code(currency).unwrap()).unwrap()
}

#[test]
fn every_part_of_the_corpus_is_as_it_says_natively() {
    for case in PartsCase::all() {
        let rate = |text: &str| Percent::parse(text).unwrap();
        let method = match case.method.as_str() {
            "compound" => Method::Compound,
            "simple" => Method::Simple,
            _ => Method::SimpleWithTax(rate(case.tax.as_deref().unwrap())),
        };
        let due = if case.due == "beginning" { Due::Beginning } else { Due::End };
        let count = InstallmentCount::new(u64::from(case.installments)).unwrap();
        let terms = Terms::Equal { count, interest: Interest { rate: rate(&case.rate), method, due } };
        let parts = terms.amounts(amount(&case.amount, &case.currency));
        let expected = [&case.part, &case.last, &case.total]
            .map(|text| text.as_ref().map(|text| amount(text, &case.currency)));
        let total = parts.as_ref().map(|parts| Amount::saturating_sum(parts.iter().copied()));
        let first = parts.as_ref().map(|parts| parts[0]);
        let last = parts.as_ref().and_then(|parts| parts.last().copied());
        assert_eq!([first, last, total], expected, "{}", case.name);
        assert_eq!(terms.total(amount(&case.amount, &case.currency)), expected[2], "{}", case.name);
    }
}

/// Customer Credit has simple interest alone, so a preview tells no more of them.
#[test]
fn every_simple_part_of_the_corpus_is_as_it_says_in_both_builds() {
    for case in PartsCase::all().into_iter().filter(|case| case.method == "simple") {
        let quantity = json!([{ "installments": case.installments, "interest_rate": case.rate }]);
        let told = json!({ "rules": rule("parts", &quantity, &json!([])) });
        let snapshot = snapshot(&case.currency, "2025-11-24", told);
        let cart = json!({ "amount": case.amount, "installments": case.installments });
        let plan = preview(&case.name, &snapshot, &cart)["plan"].clone();
        let told = |value: &Value| {
            let text = value.as_number()?.to_string();
            Some(amount(&text, &case.currency))
        };
        let expected = [&case.part, &case.last, &case.total]
            .map(|text| text.as_ref().map(|text| amount(text, &case.currency)));
        let last = plan["parts"]
            .as_array()
            .and_then(|parts| parts.last())
            .map_or(Value::Null, |last| last["amount"].clone());
        let found = [told(&plan["parts"][0]["amount"]), told(&last), told(&plan["total"])];
        assert_eq!(found, expected, "{}", case.name);
    }
}

#[test]
fn every_due_day_of_the_corpus_is_as_it_says_in_both_builds() {
    for case in DueDatesCase::all() {
        let terms = case.terms.as_ref().map(|days| {
            days.iter().map(|days| json!({ "days": days, "interest_rate": 0 })).collect::<Vec<Value>>()
        });
        let rules = match &terms {
            Some(terms) => rule("terms", &json!([]), &json!([{ "terms": terms }])),
            None => json!([]),
        };
        let told = json!({
            "payment_term_days": case.term_days.unwrap_or(30), "due_dates": case.due_dates(), "rules": rules,
        });
        let cart = match &case.terms {
            Some(days) => json!({ "amount": 100, "terms": days }),
            None => json!({ "amount": 100, "installments": case.due.len() }),
        };
        let plan = preview(&case.name, &snapshot("USD", &case.bought, told), &cart)["plan"].clone();
        let due = plan["parts"].as_array().unwrap().iter().map(|part| part["due_date"].as_str().unwrap());
        assert_eq!(due.collect::<Vec<&str>>(), case.due, "{}", case.name);
        assert_eq!(plan["plan_hash"], case.plan_hash.as_str(), "{}", case.name);
    }
}

#[test]
fn every_late_charge_of_the_corpus_is_as_it_says_natively() {
    for case in LateChargesCase::all() {
        let rate = |text: &str| Rate::parse(text).unwrap();
        let charges = LateCharges { daily_interest: rate(&case.daily_interest), fine: rate(&case.fine_rate) };
        let money = |text: &String| amount(text, "USD");
        let cost = case.cost.as_ref().map(|cost| LateCost {
            days_overdue: case.days_overdue,
            interest: money(&cost.interest),
            fine: money(&cost.fine),
            total: money(&cost.total),
        });
        assert_eq!(charges.of_debt(amount(&case.left, "USD"), case.days_overdue), cost, "{}", case.name);
    }
}
