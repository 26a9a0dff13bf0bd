//! The corpora natively, and the previews of them in WebAssembly as well.

use crate::package;
use fiado_contract::facade::{self, CreditRuleView, SnapshotView};
use fiado_contract::gateway::{InstallmentsAnswer, InstallmentsQuery, RuleView};
use fiado_contract::{fields, json};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::RuleId;
use fiado_core::money::Currency;
use fiado_core::rules::PaymentRule;
use fiado_tests::corpus::{InstallmentsCase, PreviewCase, must_hold};
use serde_json::{Value, json};

/// A case's rules, as they are read from what VTEX writes.
fn read_rules(rules: &[Value], currency: Currency) -> Vec<PaymentRule> {
    let read = |(index, rule): (usize, &Value)| {
        let id = RuleId::new(format!("rule-{}", index + 1)).unwrap();
        RuleView::read(&json::parse(rule.to_string().as_bytes()).unwrap(), currency, &id).unwrap().1
    };
    rules.iter().enumerate().map(read).collect()
}

/// The snapshot that the line of a case would have.
fn snapshot(case: &PreviewCase) -> Value {
    let currency = Currency::from_code(&case.currency).unwrap();
    let rules = read_rules(&case.rules(), currency);
    let views: Vec<CreditRuleView> = rules.iter().map(|rule| CreditRuleView::new(rule, currency)).collect();
    let tomorrow = Day::parse(&case.today).unwrap().plus_days(1);
    let mut snapshot = serde_json::to_value(SnapshotView::sample()).unwrap();
    let told = json!({
        "currency": case.currency, "credit_limit": case.limit, "tolerance": case.tolerance,
        "credit_used": 0, "credit_held": 0, "unapplied": 0, "due": [], "rules": views,
        "taken_at": case.at(), "today": case.today, "today_ends_at": format!("{tomorrow}T05:00:00Z"),
        "valid_until": format!("{}T15:05:00Z", case.today),
    });
    let fields = told.as_object().unwrap().clone();
    snapshot.as_object_mut().unwrap().extend(fields);
    if let Some(due_dates) = &case.due_dates {
        snapshot["due_dates"] = due_dates.clone();
    }
    snapshot.as_object_mut().unwrap().remove("credit_available");
    snapshot
}

#[test]
fn every_preview_of_the_corpus_is_answered_as_it_says_in_both_builds() {
    package::build();
    for case in PreviewCase::all() {
        let (snapshot, cart) = (snapshot(&case).to_string(), case.cart.to_string());
        let read = |text: &str| json::parse(text.as_bytes()).unwrap();
        let native = serde_json::to_string(&facade::preview(&read(&snapshot), &read(&cart))).unwrap();
        let native: Value = serde_json::from_str(&native).unwrap();
        must_hold(&format!("natively, {}", case.name), &case.expected, &native["data"]);
        let package = package::answer(&format!("[{snapshot},{cart},[null,null]]"));
        must_hold(&format!("in WebAssembly, {}", case.name), &case.expected, &package["preview"]["data"]);
    }
}

#[test]
fn every_installment_of_the_corpus_is_answered_as_it_says_natively() {
    for case in InstallmentsCase::all() {
        let currency = Currency::from_code(&case.currency).unwrap();
        let rules = read_rules(&case.rules(), currency);
        let pairs = [("request.value".to_owned(), json::Json::Text(case.value.clone()))];
        let query = fields::read_query(&pairs, |fields| InstallmentsQuery::read(fields, currency)).unwrap();
        let at = Instant::parse("2025-11-24T15:00:00Z").unwrap();
        let answer = InstallmentsAnswer::new(&query, &rules, at, None, currency);
        let answer = serde_json::to_value(&answer).unwrap();
        must_hold(&case.name, &case.expected, &answer["installments"]);
    }
}
