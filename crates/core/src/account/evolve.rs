use super::{Account, AppliedPart, Decision, Entry, Event, InvoiceChange, Life, Line, Standing};
use crate::calendar::Day;
use crate::identity::LifeId;
use crate::installments::{Part, PaymentTerm};
use crate::money::{Amount, Balance, Tolerance};

/// The account after an entry of its journal.
///
/// Total: an entry that does not fit (which only a damaged journal holds) changes what it can and
/// leaves the rest; `fiado verify` shows the difference.
#[must_use]
pub fn evolve(mut account: Account, entry: &Entry) -> Account {
    account.version = entry.sequence;
    match &entry.event {
        Event::Requested { life, limit, term } => {
            begin_life(&mut account, entry, (*life, *limit, *term), Standing::Pending);
        }
        Event::Opened { life, limit, tolerance, term } => {
            let line = Line { limit: *limit, tolerance: *tolerance, term: *term, approval: decision(entry) };
            begin_life(&mut account, entry, (*life, *limit, *term), Standing::Approved(line));
        }
        Event::Approved { .. }
        | Event::Rejected {}
        | Event::Suspended {}
        | Event::Reactivated {}
        | Event::Cancelled {} => {
            account.life = account.life.map(|life| decide_life(life, entry));
        }
        Event::LimitChanged { to, .. } => change_line(&mut account, |line| line.limit = *to),
        Event::ToleranceChanged { to, .. } => change_line(&mut account, |line| line.tolerance = *to),
        Event::BalanceAdjusted { value, .. } => {
            change_life(&mut account, |life| life.balance = life.balance.plus(*value));
        }
        Event::Authorized { terms, .. } => change_held(&mut account, Amount::ZERO, terms.amount),
        Event::HoldChanged { from, terms, .. } => change_held(&mut account, *from, terms.amount),
        Event::HoldReleased { amount, .. } | Event::HoldExpired { amount, .. } => {
            change_held(&mut account, *amount, Amount::ZERO);
        }
        Event::Settled { held, amount, parts, prepaid, .. } => {
            change_held(&mut account, *held, Amount::ZERO);
            owe(&mut account, *amount, parts, prepaid);
        }
        Event::Used { amount, parts, prepaid, .. } => owe(&mut account, *amount, parts, prepaid),
        Event::SettlementChanged { changes, .. } | Event::Refunded { changes, .. } => {
            revalue(&mut account, changes);
        }
        Event::InvoiceCancelled { due, left, returned, .. } => {
            owe_less(&mut account, *due, *left);
            account.totals.unapplied = account.totals.unapplied.saturating_add(*returned);
        }
        Event::InvoicePostponed { from, to, left, .. } => {
            account.ladder.take(*from, *left);
            account.ladder.add(*to, *left);
        }
        Event::Paid { applied, unapplied, .. } => {
            pay_off(&mut account, applied);
            account.totals.unapplied = account.totals.unapplied.saturating_add(*unapplied);
        }
        Event::Updated {}
        | Event::HolderAdded { .. }
        | Event::HolderRemoved { .. }
        | Event::InvoiceAnnotated { .. } => {}
    }
    if entry.event.changes_account() {
        change_life(&mut account, |life| life.updated_at = entry.at);
    }
    account
}

fn decision(entry: &Entry) -> Decision {
    Decision { at: entry.at, by: entry.by.clone(), sequence: entry.sequence }
}

fn begin_life(
    account: &mut Account,
    entry: &Entry,
    asked: (LifeId, Amount, PaymentTerm),
    standing: Standing,
) {
    let number = account.life.as_ref().map_or(0, |life| life.number).saturating_add(1);
    let (id, requested_limit, requested_term) = asked;
    account.life = Some(Life {
        id,
        number,
        began: entry.sequence,
        requested_limit,
        requested_term,
        requested_at: entry.at,
        requested_by: entry.by.clone(),
        updated_at: entry.at,
        balance: Balance::ZERO,
        standing,
    });
}

fn decide_life(life: Life, entry: &Entry) -> Life {
    let decision = decision(entry);
    let standing = match (&entry.event, life.standing) {
        (Event::Approved { limit, term }, Standing::Pending) => Standing::Approved(Line {
            limit: *limit,
            tolerance: Tolerance::NONE,
            term: *term,
            approval: decision,
        }),
        (Event::Rejected {}, Standing::Pending) => Standing::Rejected(decision),
        (Event::Suspended {}, Standing::Approved(line)) => Standing::Suspended(line, decision),
        (Event::Reactivated {}, Standing::Suspended(line, _)) => Standing::Approved(line),
        (Event::Cancelled {}, Standing::Approved(line) | Standing::Suspended(line, _)) => {
            Standing::Cancelled(Some(line), decision)
        }
        (Event::Cancelled {}, Standing::Pending) => Standing::Cancelled(None, decision),
        (_, standing) => standing,
    };
    Life { standing, ..life }
}

fn change_line(account: &mut Account, change: impl FnOnce(&mut Line)) {
    if let Some(line) = account.life.as_mut().and_then(Life::open_line_mut) {
        change(line);
    }
}

fn change_life(account: &mut Account, change: impl FnOnce(&mut Life)) {
    if let Some(life) = account.life.as_mut() {
        change(life);
    }
}

fn owe(account: &mut Account, amount: Amount, parts: &[Part], prepaid: &[AppliedPart]) {
    account.totals.outstanding = account.totals.outstanding.saturating_add(amount);
    for part in parts {
        account.ladder.add(part.due, part.amount);
    }
    pay_off(account, prepaid);
    let consumed = Amount::saturating_sum(prepaid.iter().map(|part| part.amount));
    account.totals.unapplied = account.totals.unapplied.saturating_sub(consumed);
}

fn pay_off(account: &mut Account, applied: &[AppliedPart]) {
    for part in applied {
        owe_less(account, part.due, part.amount);
    }
}

fn owe_less(account: &mut Account, due: Day, amount: Amount) {
    account.totals.outstanding = account.totals.outstanding.saturating_sub(amount);
    account.ladder.take(due, amount);
}

fn revalue(account: &mut Account, changes: &[InvoiceChange]) {
    for change in changes {
        owe_less(account, change.due, change.left_before());
        account.totals.outstanding = account.totals.outstanding.saturating_add(change.left_after());
        account.totals.unapplied = account.totals.unapplied.saturating_add(change.returned);
        account.ladder.add(change.due, change.left_after());
    }
}

fn change_held(account: &mut Account, from: Amount, to: Amount) {
    account.totals.held = account.totals.held.saturating_sub(from).saturating_add(to);
}
