//! What the façade shows of accounts that VTEX's face has worked on as well.

#![allow(clippy::unwrap_used, reason = "a helper of tests may panic like one")]

use fiado_contract::facade::{
    InvoiceStatus, InvoiceView, PaymentView, StatementLineView, UsageStatus, UsageView,
};
use fiado_core::account::{Invoice, InvoiceState, LineKind, Payment, Purchase, StatementLine, Usage};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{ActorId, InvoiceId, LifeId, OrderId, StatementId, TransactionId};
use fiado_core::late::LateCharges;
use fiado_core::money::{Amount, Balance, Currency, Rate};
use fiado_core::policy::Policy;
use serde::Serialize;

const USD: Currency = Currency::Usd;

fn text(view: &impl Serialize) -> String {
    serde_json::to_string(view).unwrap()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn transaction() -> TransactionId {
    TransactionId::new("pedido-77").unwrap()
}

fn usage(value: u64, paid: u64) -> Usage {
    Usage {
        transaction: transaction(),
        order: OrderId::new("order_789").unwrap(),
        amount: USD.units(100),
        interest: Amount::ZERO,
        plan: None,
        authorized: USD.units(100),
        captured: USD.units(100),
        value: USD.units(value),
        installments: 1,
        parts: Vec::new(),
        used_at: Instant::EPOCH,
        due: day("2025-12-24"),
        paid: USD.units(paid),
        used_after: Amount::ZERO,
        available_after: Amount::ZERO,
    }
}

#[test]
fn a_purchase_shows_what_it_costs_now() {
    let view = |usage: &Usage, due: Option<&str>| UsageView::new(usage, due.map(day), USD, day("2025-12-01"));
    let cases = [
        (usage(100, 0), Some("2025-12-24"), UsageStatus::Pending),
        (usage(60, 20), Some("2025-11-30"), UsageStatus::Overdue),
        (usage(60, 60), None, UsageStatus::Paid),
        (usage(0, 0), None, UsageStatus::Cancelled),
    ];
    for (usage, due, expected) in cases {
        assert_eq!(view(&usage, due).status, expected, "{usage:?}");
    }
    let refunded = text(&view(&usage(60, 20), Some("2025-12-24")));
    assert!(refunded.contains(r#""amount":60.00,"paid":20.00,"outstanding":40.00"#), "{refunded}");
}

/// An invoice that fell due on Christmas Eve.
fn invoice(state: InvoiceState, value: u64, paid: u64) -> Invoice {
    Invoice {
        id: InvoiceId { transaction: transaction(), installment: 1 },
        order: OrderId::new("order_789").unwrap(),
        value: USD.units(value),
        paid: USD.units(paid),
        installments: 1,
        issued_at: Instant::EPOCH,
        due: day("2025-12-24"),
        original_due: day("2025-12-24"),
        postponements: 0,
        state,
        updated_at: Instant::EPOCH,
        resolved_at: None,
        past: false,
    }
}

#[test]
fn an_invoice_that_was_cancelled_is_neither_open_nor_paid() {
    let view = |state, value: u64, paid: u64| {
        InvoiceView::new(&invoice(state, value, paid), &Policy::usual(USD), day("2025-12-31"))
    };
    let overdue = view(InvoiceState::Open, 50, 20);
    assert_eq!((overdue.status, overdue.days_overdue), (InvoiceStatus::Overdue, 7));
    let cancelled = view(InvoiceState::Cancelled, 50, 0);
    assert_eq!((cancelled.status, cancelled.days_overdue), (InvoiceStatus::Cancelled, 0));
    let shown = text(&cancelled);
    assert!(
        shown.contains(r#""status":"cancelled","value":50.00,"paid":0.00,"outstanding":0.00"#),
        "{shown}"
    );
    // Refunded to what had been paid of it.
    assert_eq!(view(InvoiceState::Paid, 20, 20).status, InvoiceStatus::Paid);
}

#[test]
fn an_invoice_shows_what_it_costs_only_while_it_is_overdue() {
    let rate = |text| Rate::parse(text).unwrap();
    let late_charges = LateCharges { daily_interest: rate("0.001"), fine: rate("0.02") };
    let policy = Policy { late_charges, ..Policy::usual(USD) };
    let view = |state, on: &str| text(&InvoiceView::new(&invoice(state, 50, 20), &policy, day(on)));
    let overdue = view(InvoiceState::Open, "2025-12-31");
    let expected = r#""value":50.00,"paid":20.00,"outstanding":30.00"#;
    assert!(overdue.contains(expected), "nothing is added: {overdue}");
    let expected = r#""days_overdue":7,"late_charges":{"days_overdue":7,"interest":0.21,"fine":0.60,"total_due":30.81}}"#;
    assert!(overdue.ends_with(expected), "{overdue}");
    assert!(view(InvoiceState::Open, "2025-12-24").ends_with(r#""days_overdue":0}"#));
    assert!(view(InvoiceState::Cancelled, "2025-12-31").ends_with(r#""days_overdue":0}"#));
}

#[test]
fn a_payment_of_one_invoice_has_no_reference() {
    let payment = Payment {
        id: LifeId::new([7; 10]).child(4),
        reference: None,
        amount: USD.units(50),
        date: day("2025-12-24"),
        received_at: Instant::EPOCH,
        unapplied: Amount::ZERO,
        applied: Vec::new(),
        used_after: Amount::ZERO,
        available_after: Amount::ZERO,
    };
    assert!(!text(&PaymentView::new(&payment, USD)).contains("payment_reference"));
}

#[test]
fn every_kind_of_movement_has_its_word() {
    let purchase =
        Purchase { transaction: transaction(), order: OrderId::new("order_789").unwrap(), installments: 2 };
    let invoice = InvoiceId { transaction: transaction(), installment: 1 };
    let adjustment = LineKind::Adjustment {
        statement: StatementId::new("st-1").unwrap(),
        by: ActorId::new("user_manager").unwrap(),
    };
    let of_purchase = r#""order_id":"order_789","usage_id":"usage_pedido-77","installments":2"#;
    let cases = [
        (LineKind::Correction(purchase.clone()), "correction", of_purchase),
        (LineKind::Refund(purchase), "refund", of_purchase),
        (
            LineKind::Cancellation { invoice },
            "cancellation",
            r#""usage_id":"usage_pedido-77","invoice_id":"pedido-77-01""#,
        ),
        (adjustment, "adjustment", r#""statement_id":"st-1","done_by":"user_manager""#),
    ];
    for (kind, word, more) in cases {
        let line = StatementLine {
            sequence: 3,
            line: 1,
            at: Instant::EPOCH,
            value: Balance::from_minor(500),
            used_after: Amount::ZERO,
            balance_after: Balance::ZERO,
            kind,
        };
        let expected = format!(
            r#"{{"sequence":3,"date":"1970-01-01T00:00:00Z","origin":"{word}","value":5.00,"credit_used":0.00,{more}}}"#
        );
        assert_eq!(text(&StatementLineView::new(&line, USD)), expected);
    }
}
