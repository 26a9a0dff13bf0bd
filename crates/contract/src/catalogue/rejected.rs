use super::Figure;
use super::figures::Figures;
use super::misallocated::misallocation_figures;
use super::objected::objection_figures;
use crate::facade::PlanView;
use fiado_core::account::{Rejection, Status};
use fiado_core::installments::Plan;
use fiado_core::money::Currency;

/// The figures of a refusal, by the names its sentence uses.
pub(super) fn rejection_figures(customer: &str, currency: Currency, rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::AccountNotFound {}
        | Rejection::LineNotOpen { .. }
        | Rejection::PlanNotOffered { .. }
        | Rejection::LineSuspended {}
        | Rejection::OverdueDebt { .. }
        | Rejection::TooManyInstallments { .. }
        | Rejection::CreditNotAvailable { .. }
        | Rejection::TotalTooLarge { .. } => rejection
            .objection()
            .map(|objection| objection_figures(customer, currency, &objection))
            .unwrap_or_default(),
        Rejection::TransactionNotFound { .. }
        | Rejection::InvoiceNotFound { .. }
        | Rejection::HolderNotFound { .. } => missing(rejection),
        Rejection::OrderConflict { .. }
        | Rejection::PaymentConflict { .. }
        | Rejection::StatementConflict { .. } => conflict(currency, rejection),
        Rejection::AlreadyOpen {}
        | Rejection::InvalidTransition { .. }
        | Rejection::OwnRequest {}
        | Rejection::DebtOutstanding { .. } => standing(customer, currency, rejection),
        Rejection::PlanChanged { seen, current } => plans(currency, seen, current.as_deref()),
        Rejection::HoldEnded { .. }
        | Rejection::HoldFirm { .. }
        | Rejection::ExpirationPassed { .. }
        | Rejection::NoOpenInvoice { .. }
        | Rejection::GrowthTooLarge { .. }
        | Rejection::SettlementBelowPaid { .. }
        | Rejection::RefundTooLarge { .. } => purchase(currency, rejection),
        Rejection::InvoiceResolved { .. }
        | Rejection::PostponementDisabled {}
        | Rejection::PostponedTooOften { .. }
        | Rejection::PostponedTooFar { .. } => invoice(rejection),
        Rejection::InvoiceNotOpen { .. }
        | Rejection::AllocationAboveInvoice { .. }
        | Rejection::AllocationsAbovePayment { .. } => rejection
            .misallocation()
            .map(|misallocation| misallocation_figures(currency, &misallocation))
            .unwrap_or_default(),
    }
}

/// What is not there.
fn missing(rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::TransactionNotFound { transaction } => vec![("transaction_id", Figure::text(transaction))],
        Rejection::InvoiceNotFound { invoice } => vec![("invoice_id", Figure::text(invoice))],
        Rejection::HolderNotFound { holder } => vec![("holder_id", Figure::text(holder))],
        _ => Vec::new(),
    }
}

/// The same name for something else.
fn conflict(currency: Currency, rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::OrderConflict { order, first_amount, first_installments, amount, installments } => vec![
            ("order_id", Figure::text(order)),
            ("first_amount", Figure::money(*first_amount, currency)),
            ("first_installments", Figure::number(*first_installments)),
            ("amount", Figure::money(*amount, currency)),
            ("installments", Figure::number(*installments)),
        ],
        Rejection::PaymentConflict { reference, first_amount, amount } => vec![
            ("payment_reference", Figure::text(reference)),
            ("first_amount", Figure::money(*first_amount, currency)),
            ("amount", Figure::money(*amount, currency)),
        ],
        Rejection::StatementConflict { statement, first_value, value } => vec![
            ("statement_id", Figure::text(statement)),
            ("first_value", Figure::money(*first_value, currency)),
            ("value", Figure::money(*value, currency)),
        ],
        _ => Vec::new(),
    }
}

/// Where the account stands.
fn standing(customer: &str, currency: Currency, rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::InvalidTransition { current: Status::Pending, target: Status::Approved } => {
            vec![("customer_id", Figure::text(&customer))]
        }
        Rejection::InvalidTransition { current, target } => vec![
            ("resource", Figure::text(&"credit_account")),
            ("current_state", Figure::word(*current)),
            ("target_state", Figure::word(*target)),
        ],
        Rejection::DebtOutstanding { outstanding, held } => {
            vec![
                ("outstanding", Figure::money(*outstanding, currency)),
                ("held", Figure::money(*held, currency)),
            ]
        }
        _ => Vec::new(),
    }
}

/// What is offered otherwise than it was seen.
fn plans(currency: Currency, seen: &Plan, current: Option<&Plan>) -> Figures {
    let plan = |plan: &Plan| Figure::Plan(Box::new(PlanView::new(plan, currency)), currency);
    let known = [("plan_id", Figure::text(&seen.id)), ("seen", plan(seen))];
    known.into_iter().chain(current.map(|current| ("current", plan(current)))).collect()
}

/// What a hold or a purchase does not take.
fn purchase(currency: Currency, rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::HoldEnded { transaction, state } => {
            vec![("transaction_id", Figure::text(transaction)), ("current_state", Figure::word(*state))]
        }
        Rejection::HoldFirm { transaction, expires_at } => {
            vec![("transaction_id", Figure::text(transaction)), ("expires_at", Figure::text(expires_at))]
        }
        Rejection::ExpirationPassed { expires_at, now } => {
            vec![("expires_at", Figure::text(expires_at)), ("now", Figure::text(now))]
        }
        Rejection::NoOpenInvoice { transaction } => vec![("transaction_id", Figure::text(transaction))],
        Rejection::GrowthTooLarge { transaction, authorized, most, required } => vec![
            ("transaction_id", Figure::text(transaction)),
            ("authorized", Figure::money(*authorized, currency)),
            ("most", Figure::money(*most, currency)),
            ("required", Figure::money(*required, currency)),
        ],
        Rejection::SettlementBelowPaid { transaction, least, required } => vec![
            ("transaction_id", Figure::text(transaction)),
            ("least", Figure::money(*least, currency)),
            ("required", Figure::money(*required, currency)),
        ],
        Rejection::RefundTooLarge { transaction, most, required } => vec![
            ("transaction_id", Figure::text(transaction)),
            ("most", Figure::money(*most, currency)),
            ("required", Figure::money(*required, currency)),
        ],
        _ => Vec::new(),
    }
}

/// What an invoice does not take.
fn invoice(rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::InvoiceResolved { invoice, state } => {
            vec![("invoice_id", Figure::text(invoice)), ("current_state", Figure::word(*state))]
        }
        Rejection::PostponedTooOften { invoice, most } => {
            vec![("invoice_id", Figure::text(invoice)), ("most_times", Figure::number(*most))]
        }
        Rejection::PostponedTooFar { invoice, most, already, days } => vec![
            ("invoice_id", Figure::text(invoice)),
            ("most_days", Figure::number(*most)),
            ("days_before", Figure::number(*already)),
            ("days", Figure::number(*days)),
        ],
        _ => Vec::new(),
    }
}
