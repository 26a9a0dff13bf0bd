use super::{CredentialFault, Problem};
use crate::facade::sample_plan;
use crate::fields::{Fault, FieldError};
use crate::json::MalformedJson;
use fiado_core::account::{HoldState, InvoiceState, PlanChoice, Rejection, Status};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{InvoiceId, LifeId, OrderId, PaymentReference, StatementId, TransactionId};
use fiado_core::installments::{InstallmentCount, Plan};
use fiado_core::money::{Amount, Balance, Currency, Percent};
use fiado_core::rules::PaymentRule;

/// An example of each problem that an operation answers, for the documentation.
pub fn samples() -> Vec<Problem> {
    let rejections =
        standing().into_iter().chain(buying()).chain(paying()).chain(holding()).chain(invoicing());
    let rejections = rejections.map(rejected);
    asking().into_iter().chain(serving()).chain(rejections).collect()
}

fn rejected(rejection: Rejection) -> Problem {
    Problem::Rejected { customer: "cust_456".to_owned(), currency: Currency::Usd, rejection }
}

/// What is wrong with the request, whoever's account it is about.
fn asking() -> Vec<Problem> {
    let field = |field: &str, fault| FieldError { field: field.to_owned(), fault };
    vec![
        Problem::Invalid(vec![field("amount", Fault::TooManyDecimals(2)), field("order_id", Fault::Missing)]),
        Problem::Malformed(MalformedJson { line: 3, column: 15, field: Some("amount".to_owned()) }),
        Problem::UnsupportedMediaType,
        Problem::PayloadTooLarge { most_bytes: 65_536 },
        Problem::BodyTimeout,
        Problem::Unauthorized(CredentialFault::Missing),
        Problem::InsufficientPermissions {
            required: "credit:approve",
            held: vec!["credit:read".to_owned(), "credit:use".to_owned()],
        },
        Problem::CustomerMismatch { bound_to: "cust_123".to_owned() },
        Problem::OrganizationRequired,
        Problem::OrganizationMismatch,
        Problem::OrganizationUnknown { organization: "org_norte".to_owned() },
        Problem::IdUnknown { parameter: "invoiceId" },
        Problem::KeyReused,
        Problem::KeyInProgress,
        Problem::NotCarriedOut { because_of: 3 },
        Problem::ShopperUnknown,
        Problem::AccountClosed { customer: "cust_456".to_owned() },
        Problem::RequestWaiting { customer: "cust_456".to_owned() },
        Problem::RuleUnknown { rule: "9e11ed95-4b7f-4445-a53e-2512f260ff1c".to_owned() },
        Problem::TooManyRules { most: u64::try_from(PaymentRule::MOST).unwrap_or_default() },
    ]
}

/// What is wrong with the service.
fn serving() -> Vec<Problem> {
    vec![Problem::Internal, Problem::Unavailable, Problem::Overloaded { retry_after: 1 }]
}

/// Refusals for where the account stands.
fn standing() -> Vec<Rejection> {
    vec![
        Rejection::AccountNotFound {},
        Rejection::AlreadyOpen {},
        Rejection::InvalidTransition { current: Status::Approved, target: Status::Approved },
        Rejection::LineNotOpen { current: Status::Cancelled, was_granted: true },
        Rejection::OwnRequest {},
        Rejection::LineSuspended {},
        Rejection::DebtOutstanding { outstanding: dollars(2_500), held: dollars(0) },
    ]
}

/// Refusals of a purchase.
fn buying() -> Vec<Rejection> {
    let conflict = OrderId::new("order_789").ok().map(|order| Rejection::OrderConflict {
        order,
        first_amount: dollars(5_000),
        first_installments: 1,
        amount: dollars(6_000),
        installments: 1,
    });
    let overdue = Day::parse("2025-12-24").map(|earliest_due| Rejection::OverdueDebt {
        overdue: dollars(2_500),
        above: dollars(0),
        grace_days: 5,
        earliest_due,
    });
    let split = InstallmentCount::new(12).map(|installments| Rejection::TooManyInstallments {
        amount: Amount::from_minor(6).unwrap_or_default(),
        installments,
        most: InstallmentCount::new(6),
    });
    let unavailable = Rejection::CreditNotAvailable {
        limit: dollars(10_000),
        ceiling: Balance::from(dollars(10_000)),
        used: dollars(5_000),
        held: dollars(0),
        available: dollars(5_000),
        spendable: dollars(5_000),
        required: dollars(6_000),
        shortfall: dollars(1_000),
    };
    let total = Rejection::TotalTooLarge { largest: Amount::LARGEST };
    let changed = sample_plan().map(|seen| {
        let current = Plan { rate: Percent::from_millionths(1_000_000).unwrap_or_default(), ..seen.clone() };
        Rejection::PlanChanged { seen: Box::new(seen), current: Some(Box::new(current)) }
    });
    let withdrawn = sample_plan().map(|seen| Rejection::PlanChanged { seen: Box::new(seen), current: None });
    let not_offered = sample_plan().map(|plan| Rejection::PlanNotOffered {
        choice: PlanChoice::Days(vec![15, 30]),
        offered: vec![plan.id],
    });
    let others = [conflict, overdue, split, changed, withdrawn, not_offered];
    others.into_iter().flatten().chain([unavailable, total]).collect()
}

/// Refusals of a payment.
fn paying() -> Vec<Rejection> {
    let invoice = invoice();
    let conflict = PaymentReference::new("PAY-123456").ok().map(|reference| Rejection::PaymentConflict {
        reference,
        first_amount: dollars(2_500),
        amount: dollars(3_000),
    });
    let others = [
        Rejection::InvoiceNotOpen { invoice: invoice.clone() },
        Rejection::AllocationAboveInvoice { invoice, left: dollars(2_500), allocated: dollars(3_000) },
        Rejection::AllocationsAbovePayment { amount: dollars(2_500), allocated: dollars(3_000) },
    ];
    conflict.into_iter().chain(others).collect()
}

/// Refusals about a hold or a settled purchase.
fn holding() -> Vec<Rejection> {
    let transaction = TransactionId::from(LifeId::new(LIFE).child(3));
    let expiration = Instant::parse("2025-12-24T12:00:00Z").zip(Instant::parse("2026-01-02T12:00:00Z"));
    let (expires_at, now) = expiration.unwrap_or((Instant::EPOCH, Instant::EPOCH));
    vec![
        Rejection::TransactionNotFound { transaction: transaction.clone() },
        Rejection::HoldEnded { transaction: transaction.clone(), state: HoldState::Released },
        Rejection::HoldFirm { transaction: transaction.clone(), expires_at },
        Rejection::ExpirationPassed { expires_at, now },
        Rejection::NoOpenInvoice { transaction: transaction.clone() },
        Rejection::GrowthTooLarge {
            transaction: transaction.clone(),
            authorized: dollars(100),
            most: dollars(110),
            required: dollars(120),
        },
        Rejection::SettlementBelowPaid {
            transaction: transaction.clone(),
            least: dollars(50),
            required: dollars(40),
        },
        Rejection::RefundTooLarge { transaction, most: dollars(50), required: dollars(100) },
    ]
}

/// Refusals about one invoice, a holder or a movement of the balance.
fn invoicing() -> Vec<Rejection> {
    let invoice = invoice();
    let conflict = StatementId::new("451924c579a6759cf6e112a").ok().map(|statement| {
        let (first_value, value) = (Balance::from(dollars(15)).negated(), Balance::from(dollars(15)));
        Rejection::StatementConflict { statement, first_value, value }
    });
    let others = [
        Rejection::InvoiceNotFound { invoice: invoice.clone() },
        Rejection::HolderNotFound { holder: LifeId::new(LIFE).child(7) },
        Rejection::InvoiceResolved { invoice: invoice.clone(), state: InvoiceState::Paid },
        Rejection::PostponementDisabled {},
        Rejection::PostponedTooOften { invoice: invoice.clone(), most: 2 },
        Rejection::PostponedTooFar { invoice, most: 30, already: 25, days: 10 },
    ];
    conflict.into_iter().chain(others).collect()
}

fn invoice() -> InvoiceId {
    InvoiceId { transaction: LifeId::new(LIFE).child(3).into(), installment: 1 }
}

/// The life of the façade's own examples.
const LIFE: [u8; 10] = [0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99];

fn dollars(units: u64) -> Amount {
    Amount::from_minor(units.saturating_mul(100)).unwrap_or_default()
}
