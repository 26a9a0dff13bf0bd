use super::{apply, known, open_line, within_largest};
use crate::account::Allocation;
use crate::account::{Account, AppliedPart, Context, Event, Invoice, Items, Pay, Payment, Rejection};
use crate::calendar::Day;
use crate::identity::InvoiceId;
use crate::money::{Amount, Balance};
use std::collections::{BTreeMap, BTreeSet};

/// The latest day a payment may be dated on: tomorrow, which is today in another time zone
/// (DECISIONS 4).
pub fn latest_payment_day(today: Day) -> Day {
    today.plus_days(1)
}

/// The earliest day a payment may be dated on: the same date ten years back (DECISIONS 4), the
/// 28th where that year has no 29 February.
pub fn earliest_payment_day(today: Day) -> Day {
    let (year, month, day) = today.date();
    let earlier = year.saturating_sub(10);
    Day::from_date(earlier, month, day)
        .or_else(|| Day::from_date(earlier, month, day.saturating_sub(1)))
        .unwrap_or(Day::FIRST)
}

/// Takes money in: to the oldest due first, or as the payer says; what is left waits for the next
/// invoice (DECISIONS 10).
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &Pay,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let life = known(account)?;
    if let Some(first) = &items.payment {
        return if first.amount == command.amount {
            Ok(Vec::new())
        } else {
            Err(payment_conflict(first, command))
        };
    }
    open_line(account)?;
    let applied = match &command.allocations {
        None => oldest_first(items, command),
        Some(allocations) => as_told(items, command, allocations)?,
    };
    let spent = Amount::saturating_sum(applied.iter().map(|part| part.amount));
    let unapplied = command.amount.saturating_sub(spent);
    within_largest(account.totals.unapplied.checked_add(unapplied), context)?;
    Ok(vec![Event::Paid {
        payment: life.id.child(account.version.saturating_add(1)),
        reference: Some(command.reference.clone()),
        amount: command.amount,
        date: command.date,
        applied,
        unapplied,
    }])
}

fn payment_conflict(first: &Payment, command: &Pay) -> Rejection {
    Rejection::PaymentConflict {
        reference: command.reference.clone(),
        first_amount: first.amount,
        amount: command.amount,
    }
}

fn oldest_first(items: &Items, command: &Pay) -> Vec<AppliedPart> {
    apply(
        command.amount,
        items.invoices.iter().map(|invoice| (invoice.id.clone(), invoice.due, invoice.left())),
    )
}

/// Exactly as the payer says: every invoice is open here, none gets more than is owed of it, and
/// no more is given than was paid.
fn as_told(items: &Items, command: &Pay, allocations: &[Allocation]) -> Result<Vec<AppliedPart>, Rejection> {
    let shares = shares(allocations);
    let open: BTreeSet<&InvoiceId> = items.invoices.iter().map(|invoice| &invoice.id).collect();
    if let Some(invoice) = shares.keys().find(|invoice| !open.contains(*invoice)) {
        return Err(Rejection::InvoiceNotOpen { invoice: invoice.clone() });
    }
    let mut applied = Vec::new();
    for invoice in &items.invoices {
        let share = shares.get(&invoice.id).copied().unwrap_or_default();
        let part = part_of(invoice, share)?;
        if !part.amount.is_zero() {
            applied.push(part);
        }
    }
    let allocated = Amount::saturating_sum(applied.iter().map(|part| part.amount));
    if allocated > command.amount {
        return Err(Rejection::AllocationsAbovePayment { amount: command.amount, allocated });
    }
    Ok(applied)
}

/// What each invoice gets in all. Sums of allocations may be more than an amount can be.
fn shares(allocations: &[Allocation]) -> BTreeMap<InvoiceId, Balance> {
    let mut shares: BTreeMap<InvoiceId, Balance> = BTreeMap::new();
    for allocation in allocations {
        let share = shares.entry(allocation.invoice.clone()).or_default();
        *share = share.plus(allocation.amount);
    }
    shares
}

/// An invoice's share of a payment, if no more than is owed of it.
fn part_of(invoice: &Invoice, share: Balance) -> Result<AppliedPart, Rejection> {
    let (left, amount) = (invoice.left(), share.floor_at_zero());
    if share > Balance::from(left) {
        return Err(Rejection::AllocationAboveInvoice {
            invoice: invoice.id.clone(),
            left,
            allocated: amount,
        });
    }
    Ok(AppliedPart {
        invoice: invoice.id.clone(),
        due: invoice.due,
        amount,
        left: left.saturating_sub(amount),
    })
}
