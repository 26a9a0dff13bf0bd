use super::{Account, AppliedPart, Decision, Entry, Event, Life, Line, Standing};
use crate::installments::Part;
use crate::money::{Amount, Tolerance};

/// The account after an entry of its journal.
///
/// Total: an entry that does not fit (which only a damaged journal holds) changes what it can and
/// leaves the rest; `fiado verify` shows the difference.
#[must_use]
pub fn evolve(mut account: Account, entry: &Entry) -> Account {
    account.version = entry.sequence;
    match &entry.event {
        Event::Requested { .. } => begin_life(&mut account, entry),
        Event::Approved { .. }
        | Event::Rejected {}
        | Event::Suspended {}
        | Event::Reactivated {}
        | Event::Cancelled {} => {
            account.life = account.life.map(|life| decide_life(life, entry));
        }
        Event::LimitChanged { to, .. } => change_line(&mut account, |line| line.limit = *to),
        Event::ToleranceChanged { to, .. } => change_line(&mut account, |line| line.tolerance = *to),
        Event::Used { amount, parts, prepaid, .. } => owe(&mut account, *amount, parts, prepaid),
        Event::Paid { applied, unapplied, .. } => {
            settle(&mut account, applied);
            account.totals.unapplied = account.totals.unapplied.saturating_add(*unapplied);
        }
    }
    account
}

fn begin_life(account: &mut Account, entry: &Entry) {
    let Event::Requested { life, limit, term } = &entry.event else {
        return;
    };
    let number = account.life.as_ref().map_or(0, |life| life.number).saturating_add(1);
    account.life = Some(Life {
        id: *life,
        number,
        requested_limit: *limit,
        requested_term: *term,
        requested_at: entry.at,
        requested_by: entry.by.clone(),
        standing: Standing::Pending,
    });
}

fn decide_life(life: Life, entry: &Entry) -> Life {
    let decision = Decision { at: entry.at, by: entry.by.clone(), sequence: entry.sequence };
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

fn owe(account: &mut Account, amount: Amount, parts: &[Part], prepaid: &[AppliedPart]) {
    account.totals.outstanding = account.totals.outstanding.saturating_add(amount);
    for part in parts {
        account.ladder.add(part.due, part.amount);
    }
    settle(account, prepaid);
    let consumed = Amount::saturating_sum(prepaid.iter().map(|part| part.amount));
    account.totals.unapplied = account.totals.unapplied.saturating_sub(consumed);
}

fn settle(account: &mut Account, applied: &[AppliedPart]) {
    for part in applied {
        account.totals.outstanding = account.totals.outstanding.saturating_sub(part.amount);
        account.ladder.take(part.due, part.amount);
    }
}
