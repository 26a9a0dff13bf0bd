//! What the façade tells of each kind of event, to the letter.

#![allow(clippy::unwrap_used, reason = "a helper of tests may panic like one")]

use fiado_contract::facade::{JournalEntryView, JournalSummary};
use fiado_core::account::{AppliedPart, Entry, Event, HoldTerms, InvoiceChange, UsedPlan};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{
    ActorId, ChildId, InvoiceId, LifeId, OrderId, PaymentReference, PlanId, StatementId, TransactionId,
};
use fiado_core::installments::{InstallmentCount, Part, PaymentTerm};
use fiado_core::money::{Amount, Balance, Currency, Tolerance};
use fiado_core::profile::Remark;
use std::collections::BTreeSet;
use utoipa::PartialSchema;

const USD: Currency = Currency::Usd;
const LIFE: LifeId = LifeId::new([7; 10]);

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn units(units: u64) -> Amount {
    USD.units(units)
}

fn transaction() -> TransactionId {
    TransactionId::new("pedido-77").unwrap()
}

fn order() -> OrderId {
    OrderId::new("order_789").unwrap()
}

fn invoice(installment: u8) -> InvoiceId {
    InvoiceId { transaction: transaction(), installment }
}

fn child() -> ChildId {
    LIFE.child(4)
}

fn terms(amount: u64) -> HoldTerms {
    HoldTerms {
        amount: units(amount),
        installments: InstallmentCount::new(3_u64).unwrap(),
        firm: false,
        expires_at: Instant::parse("2025-11-25T10:00:00Z").unwrap(),
        expiry_was_chosen: false,
    }
}

fn parts() -> Vec<Part> {
    [(1, "2025-12-24"), (2, "2026-01-23")]
        .map(|(number, due)| Part { number, due: day(due), amount: units(50) })
        .to_vec()
}

fn applied(amount: u64, left: u64) -> Vec<AppliedPart> {
    vec![AppliedPart {
        invoice: invoice(1),
        due: day("2025-12-24"),
        amount: units(amount),
        left: units(left),
    }]
}

fn changes() -> Vec<InvoiceChange> {
    let change = |number| InvoiceChange {
        invoice: invoice(number),
        due: day("2025-12-24"),
        before: units(50),
        after: units(45),
        paid: Amount::ZERO,
        returned: Amount::ZERO,
    };
    vec![change(1), change(2)]
}

/// Every kind of event, with what is told of it.
fn cases() -> Vec<(Event, &'static str)> {
    [of_the_line(), of_holds(), of_purchases(), of_invoices_and_payments()].concat()
}

fn of_the_line() -> Vec<(Event, &'static str)> {
    let (life, limit, term) = (LIFE, units(1_000), PaymentTerm::USUAL);
    let tolerance = Tolerance::parse("0.05").unwrap();
    vec![
        (
            Event::Requested { life, limit, term },
            r#"{"credit_account_id":"credit_07070707070707070707","requested_limit":1000.00,"payment_term_days":30}"#,
        ),
        (
            Event::Opened { life, limit, tolerance, term },
            r#"{"credit_account_id":"credit_07070707070707070707","credit_limit":1000.00,"tolerance":0.05,"payment_term_days":30}"#,
        ),
        (Event::Approved { limit, term }, r#"{"credit_limit":1000.00,"payment_term_days":30}"#),
        (Event::Rejected {}, "{}"),
        (Event::Suspended {}, "{}"),
        (Event::Reactivated {}, "{}"),
        (Event::Cancelled {}, "{}"),
        (Event::Updated {}, "{}"),
        (
            Event::LimitChanged { from: limit, to: units(2_000) },
            r#"{"credit_limit":2000.00,"previous_credit_limit":1000.00}"#,
        ),
        (
            Event::ToleranceChanged { from: tolerance, to: Tolerance::NONE },
            r#"{"tolerance":0,"previous_tolerance":0.05}"#,
        ),
        (
            Event::BalanceAdjusted {
                statement: StatementId::new("st-1").unwrap(),
                value: Balance::from_minor(-1_250),
            },
            r#"{"statement_id":"st-1","value":-12.50}"#,
        ),
        (Event::HolderAdded { holder: child() }, r#"{"holder_id":"07070707070707070707000000000004"}"#),
        (Event::HolderRemoved { holder: child() }, r#"{"holder_id":"07070707070707070707000000000004"}"#),
    ]
}

fn of_holds() -> Vec<(Event, &'static str)> {
    let transaction = transaction();
    vec![
        (
            Event::Authorized { transaction: transaction.clone(), order: order(), terms: terms(100) },
            r#"{"transaction_id":"pedido-77","order_id":"order_789","amount":100.00,"installments":3,"expires_at":"2025-11-25T10:00:00Z"}"#,
        ),
        (
            Event::HoldChanged { transaction: transaction.clone(), from: units(100), terms: terms(80) },
            r#"{"transaction_id":"pedido-77","amount":80.00,"previous_amount":100.00,"installments":3,"expires_at":"2025-11-25T10:00:00Z"}"#,
        ),
        (
            Event::HoldReleased { transaction: transaction.clone(), amount: units(80) },
            r#"{"transaction_id":"pedido-77","amount":80.00}"#,
        ),
        (
            Event::HoldExpired { transaction, amount: units(80) },
            r#"{"transaction_id":"pedido-77","amount":80.00}"#,
        ),
    ]
}

fn of_purchases() -> Vec<(Event, &'static str)> {
    let (transaction, order) = (transaction(), order());
    let used = |plan, prepaid| Event::Used {
        transaction: transaction.clone(),
        order: order.clone(),
        amount: units(100),
        plan,
        parts: parts(),
        prepaid,
    };
    let plan = UsedPlan { id: PlanId::new("line:2x").unwrap(), interest: units(10) };
    vec![
        (
            used(None, Vec::new()),
            r#"{"usage_id":"usage_pedido-77","order_id":"order_789","amount":100.00,"installments":2,"due_date":"2025-12-24"}"#,
        ),
        (
            used(Some(plan), applied(20, 30)),
            r#"{"usage_id":"usage_pedido-77","order_id":"order_789","amount":100.00,"installments":2,"plan_id":"line:2x","interest":10.00,"prepaid":20.00,"due_date":"2025-12-24"}"#,
        ),
        (
            Event::Settled {
                transaction: transaction.clone(),
                order: order.clone(),
                authorized: units(120),
                held: units(110),
                amount: units(100),
                parts: parts(),
                prepaid: Vec::new(),
            },
            r#"{"usage_id":"usage_pedido-77","order_id":"order_789","amount":100.00,"authorized_amount":120.00,"held_amount":110.00,"installments":2,"due_date":"2025-12-24"}"#,
        ),
        (
            Event::SettlementChanged {
                transaction: transaction.clone(),
                order: order.clone(),
                from: units(100),
                to: units(90),
                changes: changes(),
            },
            r#"{"usage_id":"usage_pedido-77","order_id":"order_789","amount":90.00,"previous_amount":100.00,"installments":2}"#,
        ),
        (
            Event::Refunded { transaction, order, amount: units(10), changes: changes() },
            r#"{"usage_id":"usage_pedido-77","order_id":"order_789","amount":10.00,"installments":2}"#,
        ),
    ]
}

fn of_invoices_and_payments() -> Vec<(Event, &'static str)> {
    let (from, to) = (day("2025-12-24"), day("2026-01-10"));
    let paid = |reference, applied, unapplied| Event::Paid {
        payment: child(),
        reference,
        amount: units(60),
        date: day("2025-12-01"),
        applied,
        unapplied: units(unapplied),
    };
    vec![
        (
            Event::InvoiceCancelled { invoice: invoice(1), due: from, left: units(30), returned: units(20) },
            r#"{"invoice_id":"pedido-77-01","due_date":"2025-12-24","outstanding":30.00,"returned":20.00}"#,
        ),
        (
            Event::InvoicePostponed { invoice: invoice(1), from, to, left: units(30) },
            r#"{"invoice_id":"pedido-77-01","due_date":"2026-01-10","previous_due_date":"2025-12-24","outstanding":30.00}"#,
        ),
        (Event::InvoiceAnnotated { invoice: invoice(2) }, r#"{"invoice_id":"pedido-77-02"}"#),
        (
            paid(PaymentReference::new("PAY-1").ok(), applied(50, 0), 10),
            r#"{"amount":60.00,"payment_id":"payment_07070707070707070707000000000004","payment_reference":"PAY-1","payment_date":"2025-12-01","allocations":[{"invoice_id":"pedido-77-01","amount":50.00,"outstanding":0.00}],"unapplied":10.00}"#,
        ),
        (
            paid(None, Vec::new(), 60),
            r#"{"amount":60.00,"payment_id":"payment_07070707070707070707000000000004","payment_date":"2025-12-01","allocations":[],"unapplied":60.00}"#,
        ),
    ]
}

#[test]
fn every_kind_of_event_is_told_with_its_figures() {
    for (event, expected) in cases() {
        let summary = serde_json::to_string(&JournalSummary::new(&event, USD)).unwrap();
        assert_eq!(summary, expected, "{event:?}");
    }
}

#[test]
fn every_kind_of_event_has_a_case_here_and_a_word_in_the_documentation() {
    let source = include_str!("../../core/src/account/event.rs");
    let (_, words) = source.split_once("pub const fn word(&self)").unwrap();
    let (words, _) = words.split_once("\n    }\n").unwrap();
    let words: BTreeSet<&str> = words.split('"').skip(1).step_by(2).collect();
    let told: Vec<Event> = cases().into_iter().map(|(event, _)| event).collect();
    assert_eq!(told.iter().map(Event::word).collect::<BTreeSet<&str>>(), words);
    let schema = serde_json::to_value(JournalEntryView::schema()).unwrap();
    let said = schema.pointer("/properties/kind/description").unwrap().as_str().unwrap();
    for word in words {
        assert!(said.contains(&format!("`{word}`")), "{word} is not in {said}");
    }
}

#[test]
fn an_entry_is_told_with_its_life_its_remark_and_its_link() {
    let entry = Entry {
        sequence: 8,
        at: Instant::parse("2025-11-24T10:00:00.000001Z").unwrap(),
        by: ActorId::new("user_manager").unwrap(),
        event: Event::Suspended {},
    };
    let mut hash = [0xab; 32];
    hash[0] = 1;
    let view = |remark: Option<&Remark>| {
        serde_json::to_string(&JournalEntryView::new(&entry, 2, &hash, remark, USD)).unwrap()
    };
    let link = format!("01{}", "ab".repeat(31));
    let before = r#"{"sequence":8,"at":"2025-11-24T10:00:00.000001Z","by":"user_manager","kind":"suspended","life":2,"summary":{},"#;
    assert_eq!(view(None), format!(r#"{before}"hash":"{link}"}}"#));
    let remark = Remark::new("Dos facturas\nvencidas").unwrap();
    assert_eq!(
        view(Some(&remark)),
        format!(r#"{before}"remark":"Dos facturas\nvencidas","hash":"{link}"}}"#)
    );
}
