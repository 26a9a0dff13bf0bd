use super::Figure;
use crate::facade::PlanView;
use fiado_core::account::{Rejection, Status};
use fiado_core::installments::Plan;
use fiado_core::money::{Balance, Currency};
use std::fmt::Display;

type Figures = Vec<(&'static str, Figure)>;

/// The figures of a refusal, by the names its sentence uses.
pub(super) fn rejection_figures(customer: &str, currency: Currency, rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::AccountNotFound {} => vec![("customer_id", text(&customer))],
        Rejection::TransactionNotFound { .. }
        | Rejection::InvoiceNotFound { .. }
        | Rejection::HolderNotFound { .. } => missing(rejection),
        Rejection::OrderConflict { .. }
        | Rejection::PaymentConflict { .. }
        | Rejection::StatementConflict { .. } => conflict(currency, rejection),
        Rejection::AlreadyOpen {}
        | Rejection::InvalidTransition { .. }
        | Rejection::LineNotOpen { .. }
        | Rejection::OwnRequest {}
        | Rejection::LineSuspended {}
        | Rejection::DebtOutstanding { .. } => standing(customer, currency, rejection),
        Rejection::OverdueDebt { .. }
        | Rejection::TooManyInstallments { .. }
        | Rejection::CreditNotAvailable { .. }
        | Rejection::TotalTooLarge { .. } => new_credit(currency, rejection),
        Rejection::PlanChanged { .. } | Rejection::PlanNotOffered { .. } => plans(currency, rejection),
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
        | Rejection::PostponedTooFar { .. }
        | Rejection::InvoiceNotOpen { .. }
        | Rejection::AllocationAboveInvoice { .. }
        | Rejection::AllocationsAbovePayment { .. } => invoice(currency, rejection),
    }
}

fn text(text: &dyn Display) -> Figure {
    Figure::Text(text.to_string())
}

fn number(number: impl Into<u64>) -> Figure {
    Figure::Number(number.into())
}

fn money(amount: impl Into<Balance>, currency: Currency) -> Figure {
    Figure::money(amount, currency)
}

/// What is not there.
fn missing(rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::TransactionNotFound { transaction } => vec![("transaction_id", text(transaction))],
        Rejection::InvoiceNotFound { invoice } => vec![("invoice_id", text(invoice))],
        Rejection::HolderNotFound { holder } => vec![("holder_id", text(holder))],
        _ => Vec::new(),
    }
}

/// The same name for something else.
fn conflict(currency: Currency, rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::OrderConflict { order, first_amount, first_installments, amount, installments } => vec![
            ("order_id", text(order)),
            ("first_amount", money(*first_amount, currency)),
            ("first_installments", number(*first_installments)),
            ("amount", money(*amount, currency)),
            ("installments", number(*installments)),
        ],
        Rejection::PaymentConflict { reference, first_amount, amount } => vec![
            ("payment_reference", text(reference)),
            ("first_amount", money(*first_amount, currency)),
            ("amount", money(*amount, currency)),
        ],
        Rejection::StatementConflict { statement, first_value, value } => vec![
            ("statement_id", text(statement)),
            ("first_value", money(*first_value, currency)),
            ("value", money(*value, currency)),
        ],
        _ => Vec::new(),
    }
}

/// Where the account stands.
fn standing(customer: &str, currency: Currency, rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::InvalidTransition { current: Status::Pending, target: Status::Approved } => {
            vec![("customer_id", text(&customer))]
        }
        Rejection::InvalidTransition { current, target } => vec![
            ("resource", text(&"credit_account")),
            ("current_state", Figure::Status(*current)),
            ("target_state", Figure::Status(*target)),
        ],
        Rejection::LineNotOpen { current, .. } => vec![("current_state", Figure::Status(*current))],
        Rejection::DebtOutstanding { outstanding, held } => {
            vec![("outstanding", money(*outstanding, currency)), ("held", money(*held, currency))]
        }
        _ => Vec::new(),
    }
}

/// What stands against new credit.
fn new_credit(currency: Currency, rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::OverdueDebt { overdue, above, grace_days, earliest_due } => vec![
            ("overdue", money(*overdue, currency)),
            ("above", money(*above, currency)),
            ("grace_days", number(*grace_days)),
            ("earliest_due_date", text(earliest_due)),
        ],
        Rejection::TooManyInstallments { amount, installments, most } => vec![
            ("amount", money(*amount, currency)),
            ("installments", number(installments.get())),
            ("most_installments", number(most.map_or(0, |most| most.get()))),
        ],
        Rejection::CreditNotAvailable {
            limit,
            ceiling,
            used,
            held,
            available,
            spendable,
            required,
            shortfall,
        } => vec![
            ("credit_limit", money(*limit, currency)),
            ("credit_ceiling", money(*ceiling, currency)),
            ("credit_used", money(*used, currency)),
            ("credit_held", money(*held, currency)),
            ("credit_available", money(*available, currency)),
            ("spendable", money(*spendable, currency)),
            ("required", money(*required, currency)),
            ("shortfall", money(*shortfall, currency)),
        ],
        Rejection::TotalTooLarge { largest } => vec![("largest", money(*largest, currency))],
        _ => Vec::new(),
    }
}

/// What is offered otherwise than it was seen or asked for.
fn plans(currency: Currency, rejection: &Rejection) -> Figures {
    let plan = |plan: &Plan| Figure::Plan(Box::new(PlanView::new(plan, currency)), currency);
    match rejection {
        Rejection::PlanChanged { seen, current } => {
            let current = current.as_ref().map(|current| ("current", plan(current)));
            let known = [("plan_id", text(&seen.id)), ("seen", plan(seen))];
            known.into_iter().chain(current).collect()
        }
        Rejection::PlanNotOffered { choice, offered } => vec![
            ("choice", Figure::Choice(choice.clone())),
            ("offered_plans", Figure::List(offered.iter().map(ToString::to_string).collect())),
        ],
        _ => Vec::new(),
    }
}

/// What a hold or a purchase does not take.
fn purchase(currency: Currency, rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::HoldEnded { transaction, state } => {
            vec![("transaction_id", text(transaction)), ("current_state", Figure::Hold(*state))]
        }
        Rejection::HoldFirm { transaction, expires_at } => {
            vec![("transaction_id", text(transaction)), ("expires_at", text(expires_at))]
        }
        Rejection::ExpirationPassed { expires_at, now } => {
            vec![("expires_at", text(expires_at)), ("now", text(now))]
        }
        Rejection::NoOpenInvoice { transaction } => vec![("transaction_id", text(transaction))],
        Rejection::GrowthTooLarge { transaction, authorized, most, required } => vec![
            ("transaction_id", text(transaction)),
            ("authorized", money(*authorized, currency)),
            ("most", money(*most, currency)),
            ("required", money(*required, currency)),
        ],
        Rejection::SettlementBelowPaid { transaction, least, required } => vec![
            ("transaction_id", text(transaction)),
            ("least", money(*least, currency)),
            ("required", money(*required, currency)),
        ],
        Rejection::RefundTooLarge { transaction, most, required } => vec![
            ("transaction_id", text(transaction)),
            ("most", money(*most, currency)),
            ("required", money(*required, currency)),
        ],
        _ => Vec::new(),
    }
}

/// What an invoice, or a payment of invoices, does not take.
fn invoice(currency: Currency, rejection: &Rejection) -> Figures {
    match rejection {
        Rejection::InvoiceResolved { invoice, state } => {
            vec![("invoice_id", text(invoice)), ("current_state", Figure::Invoice(*state))]
        }
        Rejection::PostponedTooOften { invoice, most } => {
            vec![("invoice_id", text(invoice)), ("most_times", number(*most))]
        }
        Rejection::PostponedTooFar { invoice, most, already, days } => vec![
            ("invoice_id", text(invoice)),
            ("most_days", number(*most)),
            ("days_before", number(*already)),
            ("days", number(*days)),
        ],
        Rejection::InvoiceNotOpen { invoice } => vec![("invoice_id", text(invoice))],
        Rejection::AllocationAboveInvoice { invoice, left, allocated } => vec![
            ("invoice_id", text(invoice)),
            ("outstanding", money(*left, currency)),
            ("allocated", money(*allocated, currency)),
        ],
        Rejection::AllocationsAbovePayment { amount, allocated } => {
            vec![("amount", money(*amount, currency)), ("allocated", money(*allocated, currency))]
        }
        _ => Vec::new(),
    }
}
