use super::{apply, known, open_line};
use crate::account::{Account, Context, Event, Items, Rejection, Status, UseCredit};
use crate::calendar::Day;
use crate::identity::InvoiceId;
use crate::installments::{InstallmentCount, Part, interest_free};
use crate::money::{Amount, Balance};
use crate::policy::Policy;

/// Buys an order on account: the one gate that every purchase passes.
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &UseCredit,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let life = known(account)?;
    if let Some(first) = &items.usage {
        let same = first.amount == command.amount && first.installments == command.installments.get();
        return if same { Ok(Vec::new()) } else { Err(order_conflict(first, command)) };
    }
    if let Some(objection) = objections(account, command, context).into_iter().next() {
        return Err(objection);
    }
    let parts = plan(account, command, context.today).ok_or_else(|| too_many_installments(command))?;
    Ok(vec![purchase(account, life.id, command, parts)])
}

/// Everything that stands against a new purchase, in order of precedence; nothing: it passes.
pub(in crate::account) fn objections(
    account: &Account,
    command: &UseCredit,
    context: &Context<'_>,
) -> Vec<Rejection> {
    let life = match known(account) {
        Ok(life) => life,
        Err(unknown) => return vec![unknown],
    };
    let standing = match life.status() {
        Status::Approved => None,
        Status::Suspended => Some(Rejection::LineSuspended {}),
        // Without a line, nothing can be said of limit or debt.
        current => return vec![Rejection::LineNotOpen { current }],
    };
    let checks = [
        standing,
        overdue_debt(account, context),
        is_too_many_installments(command).then(|| too_many_installments(command)),
        credit_not_available(account, command, context),
        total_too_large(account, command, context),
    ];
    checks.into_iter().flatten().collect()
}

/// The parts the purchase would be paid in, if the line is open and no part is empty.
pub(in crate::account) fn plan(account: &Account, command: &UseCredit, today: Day) -> Option<Vec<Part>> {
    let line = open_line(account).ok()?;
    interest_free(command.amount, command.installments, line.term, today)
}

fn purchase(
    account: &Account,
    life: crate::identity::LifeId,
    command: &UseCredit,
    parts: Vec<Part>,
) -> Event {
    let transaction = life.child(account.version.saturating_add(1));
    let owed =
        parts.iter().map(|part| (InvoiceId { transaction, installment: part.number }, part.due, part.amount));
    let prepaid = apply(account.totals.unapplied, owed);
    Event::Used { transaction, order: command.order.clone(), amount: command.amount, parts, prepaid }
}

fn order_conflict(first: &crate::account::Usage, command: &UseCredit) -> Rejection {
    Rejection::OrderConflict {
        order: command.order.clone(),
        first_amount: first.amount,
        first_installments: first.installments,
        amount: command.amount,
        installments: command.installments.get(),
    }
}

/// More than a few cents overdue for more than a few days stops new purchases, where the shop
/// says so.
fn overdue_debt(account: &Account, context: &Context<'_>) -> Option<Rejection> {
    let stop = context.policy.overdue_stop?;
    let overdue = account.ladder.due_before(context.today.minus_days(u32::from(stop.grace_days)));
    (overdue > stop.above).then_some(Rejection::OverdueDebt {
        overdue,
        above: stop.above,
        grace_days: stop.grace_days,
        earliest_due: account.ladder.earliest()?,
    })
}

/// No part may be empty: each installment is at least one minor unit.
fn is_too_many_installments(command: &UseCredit) -> bool {
    command.amount.minor() < u64::from(command.installments.get())
}

fn too_many_installments(command: &UseCredit) -> Rejection {
    Rejection::TooManyInstallments {
        amount: command.amount,
        installments: command.installments,
        most: InstallmentCount::new(command.amount.minor()),
    }
}

/// A purchase passes when used + held + amount − unapplied ≤ ceiling (DECISIONS 6).
fn credit_not_available(account: &Account, command: &UseCredit, context: &Context<'_>) -> Option<Rejection> {
    let policy = context.policy;
    let fits = Balance::from(command.amount) <= account.spendable(policy);
    (!fits).then(|| Rejection::CreditNotAvailable {
        limit: account.limit(),
        ceiling: account.ceiling(policy),
        used: account.totals.outstanding,
        held: account.totals.held,
        available: account.available(),
        spendable: spendable(account, policy),
        required: command.amount,
        shortfall: shortfall(account, command, policy),
    })
}

/// The largest purchase that passes the ceiling, as an amount of the currency.
pub(in crate::account) fn spendable(account: &Account, policy: &Policy) -> Amount {
    account.spendable(policy).floor_at_zero().min(policy.currency.largest())
}

/// What would have to be paid first for a purchase to pass the ceiling, as an amount of the
/// currency; nothing where it passes.
pub(in crate::account) fn shortfall(account: &Account, command: &UseCredit, policy: &Policy) -> Amount {
    let missing = Balance::from(command.amount).minus(account.spendable(policy));
    missing.floor_at_zero().min(policy.currency.largest())
}

/// What is owed stays an amount of the currency, whatever the tolerance allows.
fn total_too_large(account: &Account, command: &UseCredit, context: &Context<'_>) -> Option<Rejection> {
    let largest = context.policy.currency.largest();
    let total = account.totals.outstanding.checked_add(command.amount);
    total.is_none_or(|total| total > largest).then_some(Rejection::TotalTooLarge { largest })
}
