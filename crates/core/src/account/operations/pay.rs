use super::{known, open_line, within_largest};
use crate::account::{Account, Context, Event, Items, Owed, Pay, Payment, Rejection, allocate};
use crate::calendar::Day;
use crate::money::Amount;

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
    let open: Vec<Owed> = items.invoices.iter().map(Owed::from).collect();
    let applied = allocate(command.amount, command.allocations.as_deref(), &open)?;
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
