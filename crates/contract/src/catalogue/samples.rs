use super::{CredentialFault, Problem};
use crate::fields::{Fault, FieldError};
use crate::json::MalformedJson;
use fiado_core::account::{Rejection, Status};
use fiado_core::calendar::Day;
use fiado_core::identity::{InvoiceId, LifeId, OrderId, PaymentReference};
use fiado_core::installments::InstallmentCount;
use fiado_core::money::{Amount, Balance, Currency};

/// An example of each problem that an operation answers, for the documentation.
pub fn samples() -> Vec<Problem> {
    let rejections = standing().into_iter().chain(buying()).chain(paying()).map(rejected);
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
        Problem::KeyReused,
        Problem::KeyInProgress,
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
        Rejection::InvalidTransition { current: Status::Approved, target: Status::Approved },
        Rejection::LineNotOpen { current: Status::Pending },
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
    [conflict, overdue, split].into_iter().flatten().chain([unavailable, total]).collect()
}

/// Refusals of a payment.
fn paying() -> Vec<Rejection> {
    let invoice = InvoiceId { transaction: LifeId::new(LIFE).child(3), installment: 1 };
    let conflict = PaymentReference::new("PAY-123456").ok().map(|reference| Rejection::PaymentConflict {
        reference,
        first_amount: dollars(2_500),
        amount: dollars(3_000),
    });
    let others = [
        Rejection::InvoiceNotOpen { invoice },
        Rejection::AllocationAboveInvoice { invoice, left: dollars(2_500), allocated: dollars(3_000) },
        Rejection::AllocationsAbovePayment { amount: dollars(2_500), allocated: dollars(3_000) },
    ];
    conflict.into_iter().chain(others).collect()
}

/// The life of the façade's own examples.
const LIFE: [u8; 10] = [0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99];

fn dollars(units: u64) -> Amount {
    Amount::from_minor(units.saturating_mul(100)).unwrap_or_default()
}
