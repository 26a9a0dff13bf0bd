//! What is said of an objection to new credit: all that a preview may say of a purchase.

use super::Figure;
use super::figures::Figures;
use super::messages::{self, Message};
use fiado_core::account::Objection;
use fiado_core::money::Currency;

/// Its line in the catalogue.
pub(crate) fn objection_message(objection: &Objection) -> &'static Message {
    match objection {
        Objection::AccountNotFound {} => &messages::ACCOUNT_NOT_FOUND,
        Objection::LineNotOpen { .. } => &messages::LINE_NOT_OPEN,
        Objection::PlanNotOffered { .. } => &messages::PLAN_NOT_OFFERED,
        Objection::LineSuspended {} => &messages::LINE_SUSPENDED,
        Objection::OverdueDebt { .. } => &messages::OVERDUE_DEBT,
        Objection::TooManyInstallments { .. } => &messages::TOO_MANY_INSTALLMENTS,
        Objection::CreditNotAvailable { .. } => &messages::CREDIT_NOT_AVAILABLE,
        Objection::TotalTooLarge { .. } => &messages::TOTAL_TOO_LARGE,
    }
}

/// Its figures, by the names its sentence uses.
pub(crate) fn objection_figures(customer: &str, currency: Currency, objection: &Objection) -> Figures {
    match objection {
        Objection::AccountNotFound {} => vec![("customer_id", Figure::text(&customer))],
        Objection::LineSuspended {} => Vec::new(),
        Objection::LineNotOpen { current, .. } => vec![("current_state", Figure::word(*current))],
        Objection::PlanNotOffered { choice, offered } => vec![
            ("choice", Figure::Choice(choice.clone())),
            ("offered_plans", Figure::List(offered.iter().map(ToString::to_string).collect())),
        ],
        Objection::OverdueDebt { overdue, above, grace_days, earliest_due } => vec![
            ("overdue", Figure::money(*overdue, currency)),
            ("above", Figure::money(*above, currency)),
            ("grace_days", Figure::number(*grace_days)),
            ("earliest_due_date", Figure::text(earliest_due)),
        ],
        Objection::TooManyInstallments { amount, installments, most } => vec![
            ("amount", Figure::money(*amount, currency)),
            ("installments", Figure::number(installments.get())),
            ("most_installments", Figure::number(most.map_or(0, |most| most.get()))),
        ],
        Objection::CreditNotAvailable {
            limit,
            ceiling,
            used,
            held,
            available,
            spendable,
            required,
            shortfall,
        } => vec![
            ("credit_limit", Figure::money(*limit, currency)),
            ("credit_ceiling", Figure::money(*ceiling, currency)),
            ("credit_used", Figure::money(*used, currency)),
            ("credit_held", Figure::money(*held, currency)),
            ("credit_available", Figure::money(*available, currency)),
            ("spendable", Figure::money(*spendable, currency)),
            ("required", Figure::money(*required, currency)),
            ("shortfall", Figure::money(*shortfall, currency)),
        ],
        Objection::TotalTooLarge { largest } => vec![("largest", Figure::money(*largest, currency))],
    }
}
