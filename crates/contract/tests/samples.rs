//! What the documentation shows is what really works: each sample body is read as it is written.

#![allow(clippy::unwrap_used, reason = "a helper of tests may panic like one")]

use fiado_contract::facade::{
    ApproveBody, ChangeLimitBody, ChangeToleranceBody, PayBody, ReasonBody, RequestBody, SnapshotView,
    UseCreditAnswer, UseCreditBody, read_snapshot,
};
use fiado_contract::json::{Json, parse};
use fiado_core::calendar::Day;
use fiado_core::money::Currency;
use fiado_core::policy::Policy;
use serde::Serialize;

fn json(sample: &impl Serialize) -> Json {
    parse(&serde_json::to_vec(sample).unwrap()).unwrap()
}

#[test]
fn every_sample_body_is_read() {
    let policy = Policy::usual(Currency::Usd);
    let today = Day::parse("2025-11-24").unwrap();
    assert!(RequestBody::read(&json(&RequestBody::sample()), &policy).is_ok());
    assert!(ApproveBody::read(&json(&ApproveBody::sample()), Currency::Usd).is_ok());
    assert!(ReasonBody::read(&json(&ReasonBody::sample())).is_ok());
    assert!(ChangeLimitBody::read(&json(&ChangeLimitBody::sample()), Currency::Usd).is_ok());
    assert!(ChangeToleranceBody::read(&json(&ChangeToleranceBody::sample())).is_ok());
    assert!(UseCreditBody::read(&json(&UseCreditBody::sample()), Currency::Usd).is_ok());
    assert!(PayBody::read(&json(&PayBody::sample()), Currency::Usd, today).is_ok());
}

#[test]
fn a_snapshot_is_read_back_as_it_was() {
    let sample = SnapshotView::sample();
    let snapshot = read_snapshot(&json(&sample)).unwrap();
    assert_eq!(
        serde_json::to_string(&SnapshotView::new(&snapshot)).unwrap(),
        serde_json::to_string(&sample).unwrap()
    );
}

#[test]
fn amounts_are_written_with_their_decimals() {
    let text = serde_json::to_string(&UseCreditAnswer::sample()).unwrap();
    assert!(text.contains(r#""amount":5000.00,"credit_used":5000.00"#), "{text}");
}

#[test]
fn a_null_term_is_an_error_and_an_absent_one_is_thirty_days() {
    let body = |term: &str| parse(format!(r#"{{"credit_limit":1000{term}}}"#).as_bytes()).unwrap();
    let read = |term: &str| ApproveBody::read(&body(term), Currency::Usd);
    assert_eq!(read("").unwrap().0.term.days(), 30);
    assert_eq!(read(r#","payment_term_days":60"#).unwrap().0.term.days(), 60);
    for term in ["null", "0", "366", "10000", "30.5", "-30", "\"x\"", "[30]"] {
        let errors = read(&format!(r#","payment_term_days":{term}"#)).unwrap_err();
        assert_eq!(
            errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(),
            ["payment_term_days"],
            "{term}"
        );
    }
}
