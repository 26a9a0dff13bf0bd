//! Why a command is refused, with the figures, in one line.

use crate::answers::{invoice_name, money, plan_figures, purchase_name, signed};
use crate::support::world::World;
use fiado_core::account::{PlanChoice, Rejection};
use fiado_core::installments::Plan;
use fiado_core::money::Amount;

pub(crate) fn refusal(world: &World, rejection: &Rejection) -> String {
    let name = crate::support::variant(rejection);
    let figures = figures(world, rejection);
    if figures.is_empty() { format!("refused: {name}") } else { format!("refused: {name}, {figures}") }
}

fn figures(world: &World, rejection: &Rejection) -> String {
    of_holds(world, rejection)
        .or_else(|| of_invoices(world, rejection))
        .or_else(|| of_credit(world, rejection))
        .or_else(|| of_plans(world, rejection))
        .or_else(|| of_repetitions(world, rejection))
        .unwrap_or_default()
}

fn of_holds(world: &World, rejection: &Rejection) -> Option<String> {
    let money = |amount: &Amount| money(world, *amount);
    let name = |transaction| purchase_name(world, transaction);
    Some(match rejection {
        Rejection::TransactionNotFound { transaction } => transaction.to_string(),
        Rejection::HoldEnded { transaction, state } => format!("{} {}", name(transaction), state.word()),
        Rejection::HoldFirm { transaction, expires_at } => {
            format!("{} until {expires_at}", name(transaction))
        }
        Rejection::ExpirationPassed { expires_at, now } => format!("{expires_at}, now {now}"),
        Rejection::NoOpenInvoice { transaction } => name(transaction),
        Rejection::GrowthTooLarge { authorized, most, required, .. } => {
            format!("authorized {}, at most {}, required {}", money(authorized), money(most), money(required))
        }
        Rejection::SettlementBelowPaid { least, required, .. } => {
            format!("at least {}, required {}", money(least), money(required))
        }
        Rejection::RefundTooLarge { most, required, .. } => {
            format!("at most {}, required {}", money(most), money(required))
        }
        _ => return None,
    })
}

fn of_invoices(world: &World, rejection: &Rejection) -> Option<String> {
    let money = |amount: &Amount| money(world, *amount);
    let name = |invoice| invoice_name(world, invoice);
    Some(match rejection {
        Rejection::InvoiceNotFound { invoice } | Rejection::InvoiceNotOpen { invoice } => name(invoice),
        Rejection::InvoiceResolved { invoice, state } => format!("{} {}", name(invoice), state.word()),
        Rejection::PostponedTooOften { invoice, most } => format!("{} at most {most} times", name(invoice)),
        Rejection::PostponedTooFar { invoice, most, already, days } => {
            format!("{} at most {most} days, {already} already, {days} more", name(invoice))
        }
        Rejection::AllocationAboveInvoice { invoice, left, allocated } => {
            format!("{} left {}, allocated {}", name(invoice), money(left), money(allocated))
        }
        Rejection::AllocationsAbovePayment { amount, allocated } => {
            format!("paid {}, allocated {}", money(amount), money(allocated))
        }
        _ => return None,
    })
}

fn of_credit(world: &World, rejection: &Rejection) -> Option<String> {
    let money = |amount: &Amount| money(world, *amount);
    Some(match rejection {
        Rejection::InvalidTransition { current, target } => {
            format!("from {} to {}", current.word(), target.word())
        }
        Rejection::LineNotOpen { current, .. } => current.word().to_owned(),
        Rejection::OverdueDebt { overdue, above, grace_days, earliest_due } => format!(
            "{} overdue for more than {grace_days} days, above {}, earliest due {earliest_due}",
            money(overdue),
            money(above)
        ),
        Rejection::TooManyInstallments { amount, installments, most } => format!(
            "{} in {}, at most {}",
            money(amount),
            installments.get(),
            most.map_or(0, |most| most.get())
        ),
        Rejection::CreditNotAvailable {
            limit, ceiling, used, held, required, spendable, shortfall, ..
        } => {
            let held = if held.is_zero() { String::new() } else { format!(", held {}", money(held)) };
            format!(
                "limit {}, ceiling {}, used {}{held}, required {}, spendable {}, shortfall {}",
                money(limit),
                signed(world, *ceiling),
                money(used),
                money(required),
                money(spendable),
                money(shortfall)
            )
        }
        Rejection::DebtOutstanding { outstanding, held } => {
            format!("owed {}, held {}", money(outstanding), money(held))
        }
        Rejection::TotalTooLarge { largest } => format!("largest {}", money(largest)),
        _ => return None,
    })
}

fn of_plans(world: &World, rejection: &Rejection) -> Option<String> {
    let whole = |plan: &Plan| {
        let parts = plan.parts.iter().map(|part| format!("{} on {}", money(world, part.amount), part.due));
        format!("{} ({})", plan_figures(world, plan), parts.collect::<Vec<String>>().join(", "))
    };
    Some(match rejection {
        Rejection::PlanChanged { seen, current } => {
            let now = current.as_ref().map_or_else(|| "nothing".to_owned(), |plan| whole(plan));
            format!("seen {}, now {now}", whole(seen))
        }
        Rejection::PlanNotOffered { choice, offered } => {
            let choice = match choice {
                PlanChoice::Installments(count) => format!("in {}", count.get()),
                PlanChoice::Days(days) => format!("after {days:?}"),
                PlanChoice::Plan(id) => format!("by {id}"),
            };
            let offered: Vec<&str> = offered.iter().map(|id| id.as_str()).collect();
            format!("{choice}, offered {offered:?}")
        }
        _ => return None,
    })
}

fn of_repetitions(world: &World, rejection: &Rejection) -> Option<String> {
    let money = |amount: &Amount| money(world, *amount);
    Some(match rejection {
        Rejection::OrderConflict { order, first_amount, first_installments, amount, installments } => {
            format!(
                "{order} first {} in {first_installments}, now {} in {installments}",
                money(first_amount),
                money(amount)
            )
        }
        Rejection::PaymentConflict { reference, first_amount, amount } => {
            format!("{reference} first {}, now {}", money(first_amount), money(amount))
        }
        Rejection::StatementConflict { statement, first_value, value } => {
            format!("{statement} first {}, now {}", signed(world, *first_value), signed(world, *value))
        }
        _ => return None,
    })
}
