//! What an account answers, in one line or a few.

use crate::support::world::World;
use fiado_core::account::{
    AppliedPart, Book, Event, LineKind, Outcome, Payment, Receipt, Rejection, Row, Status, Usage, UseCredit,
    assess,
};
use fiado_core::identity::InvoiceId;
use fiado_core::installments::Part;
use fiado_core::money::{Amount, Balance, Tolerance};

/// What a command that was done answers.
pub(crate) fn outcome(world: &World, outcome: &Outcome) -> Vec<String> {
    let mut answer = match &outcome.receipt {
        Receipt::Account(_) => account(world),
        Receipt::Usage(usage) => used(world, usage),
        Receipt::Payment(payment) => paid(world, payment),
    };
    if outcome.entries.is_empty() {
        answer.insert(0, "nothing new".to_owned());
    }
    if let Some(Event::Used { prepaid, .. }) = outcome.entries.first().map(|entry| &entry.event) {
        answer.extend(applied(world, "paid ahead of", prepaid));
    }
    let changes = outcome.rows.iter().filter_map(|row| match row {
        Row::Statement(line) if line.kind == LineKind::Credit => Some(line.value),
        _ => None,
    });
    answer.extend(changes.map(|value| format!("on the statement: {}", signed(world, value))));
    answer
}

fn used(world: &World, usage: &Usage) -> Vec<String> {
    let figures = format!(
        "used {}, available {}, due {}",
        money(world, usage.used_after),
        money(world, usage.available_after),
        usage.due
    );
    let mut answer = vec![figures];
    if usage.parts.len() > 1 {
        answer.extend(usage.parts.iter().map(|part| plan_line(world, part)));
    }
    answer
}

fn plan_line(world: &World, part: &Part) -> String {
    format!("part {}: {} due {}", part.number, money(world, part.amount), part.due)
}

fn paid(world: &World, payment: &Payment) -> Vec<String> {
    let mut answer = vec![format!(
        "used {}, available {}",
        money(world, payment.used_after),
        money(world, payment.available_after)
    )];
    answer.extend(applied(world, "paid of", &payment.applied));
    if !payment.unapplied.is_zero() {
        answer.push(format!("paid ahead: {}", money(world, payment.unapplied)));
    }
    answer
}

fn applied(world: &World, what: &str, parts: &[AppliedPart]) -> Vec<String> {
    let line = |part: &AppliedPart| {
        let (amount, left) = (money(world, part.amount), money(world, part.left));
        format!("{what} {}: {amount}, left {left}", invoice_name(world, part.invoice))
    };
    parts.iter().map(line).collect()
}

/// Where the account stands, with its figures.
pub(crate) fn account(world: &World) -> Vec<String> {
    let account = &world.book.account;
    let Some(life) = &account.life else { return vec!["no account".to_owned()] };
    let mut figures = vec![life.status().word().to_owned()];
    match account.line() {
        Some(line) if life.status() != Status::Cancelled => {
            figures.push(format!("limit {}", money(world, line.limit)));
            if line.tolerance != Tolerance::NONE {
                figures.push(format!("tolerance {}", line.tolerance.to_decimal()));
                figures.push(format!("ceiling {}", signed(world, account.ceiling(&world.policy))));
            }
            figures.push(format!("used {}", money(world, account.totals.outstanding)));
            figures.push(format!("available {}", money(world, account.available())));
            figures.push(format!("term {}", line.term.days()));
        }
        _ => figures.push(format!("life {}", life.number)),
    }
    if !account.totals.unapplied.is_zero() {
        figures.push(format!("paid ahead {}", money(world, account.totals.unapplied)));
    }
    let overdue = account.ladder.due_before(world.today);
    if !overdue.is_zero() {
        figures.push(format!("overdue {}", money(world, overdue)));
    }
    vec![figures.join(", ")]
}

/// The open invoices, oldest due first.
pub(crate) fn invoices(world: &World) -> Vec<String> {
    let open = world.open_invoices();
    let line = |invoice: &fiado_core::account::Invoice| {
        let overdue = if invoice.due < world.today { ", overdue" } else { "" };
        format!(
            "{} due {}: {} of {}{overdue}",
            invoice_name(world, invoice.id),
            invoice.due,
            money(world, invoice.left()),
            money(world, invoice.value)
        )
    };
    if open.is_empty() { vec!["none open".to_owned()] } else { open.iter().map(line).collect() }
}

/// The statement, oldest line first.
pub(crate) fn statement(world: &World) -> Vec<String> {
    let Book { statement, .. } = &world.book;
    let lines = statement.iter().map(|line| {
        let origin = match &line.kind {
            LineKind::Credit => "Credit".to_owned(),
            LineKind::Invoice { order, installments, .. } => format!("Invoice {order} in {installments}"),
            LineKind::Payment { reference, invoice: Some(invoice), .. } => {
                format!("Payment {reference} of {}", invoice_name(world, *invoice))
            }
            LineKind::Payment { reference, invoice: None, .. } => format!("Payment {reference} ahead"),
        };
        let (value, used) = (signed(world, line.value), money(world, line.used_after));
        format!("{}.{} {origin}: {value}, used {used}", line.sequence, line.line)
    });
    lines.collect()
}

/// What would become of a purchase.
pub(crate) fn preview(world: &mut World, purchase: &UseCredit) -> Vec<String> {
    let scene = world.scene("somebody");
    let assessment = assess(&world.book.account, purchase, &scene.context());
    let mut answer: Vec<String> = match (assessment.used_after, assessment.available_after) {
        (Some(used), Some(available)) => {
            vec![format!("would pass: used {}, available {}", money(world, used), money(world, available))]
        }
        _ => assessment.reasons.iter().map(|reason| refusal(world, reason)).collect(),
    };
    answer.push(format!(
        "spendable {}, shortfall {}",
        money(world, assessment.spendable),
        money(world, assessment.shortfall)
    ));
    let parts = assessment.parts.unwrap_or_default();
    answer.extend(parts.iter().map(|part| plan_line(world, part)));
    answer
}

/// Why a command is refused, with the figures.
pub(crate) fn refusal(world: &World, rejection: &Rejection) -> String {
    let name = crate::support::variant(rejection);
    let figures = refusal_figures(world, rejection);
    if figures.is_empty() { format!("refused: {name}") } else { format!("refused: {name}, {figures}") }
}

fn refusal_figures(world: &World, rejection: &Rejection) -> String {
    let money = |amount: &Amount| money(world, *amount);
    match rejection {
        Rejection::AccountNotFound {} | Rejection::OwnRequest {} | Rejection::LineSuspended {} => {
            String::new()
        }
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
        Rejection::InvalidTransition { current, target } => {
            format!("from {} to {}", current.word(), target.word())
        }
        Rejection::LineNotOpen { current } => current.word().to_owned(),
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
        Rejection::CreditNotAvailable { limit, ceiling, used, required, spendable, shortfall, .. } => {
            format!(
                "limit {}, ceiling {}, used {}, required {}, spendable {}, shortfall {}",
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
        Rejection::InvoiceNotOpen { invoice } => invoice_name(world, *invoice),
        Rejection::AllocationAboveInvoice { invoice, left, allocated } => {
            format!("{} left {}, allocated {}", invoice_name(world, *invoice), money(left), money(allocated))
        }
        Rejection::AllocationsAbovePayment { amount, allocated } => {
            format!("paid {}, allocated {}", money(amount), money(allocated))
        }
        Rejection::TotalTooLarge { largest } => format!("largest {}", money(largest)),
    }
}

/// An invoice as scripts name it: `order/1`.
fn invoice_name(world: &World, id: InvoiceId) -> String {
    let order = world.book.usages.get(&id.transaction).map(|usage| usage.order.to_string());
    format!("{}/{}", order.unwrap_or_else(|| "a stranger".to_owned()), id.installment)
}

fn money(world: &World, amount: Amount) -> String {
    amount.to_decimal(world.policy.currency).to_string()
}

fn signed(world: &World, balance: Balance) -> String {
    balance.to_decimal(world.policy.currency).to_string()
}
