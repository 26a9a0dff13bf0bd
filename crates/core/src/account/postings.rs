use super::{AppliedPart, Event, InvoiceChange};
use crate::money::{Amount, Balance};

/// An account of the general ledger that a line of credit moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LedgerAccount {
    /// What companies owe the shop. Asset.
    Receivables,
    /// What was sold on account. Income.
    Sales,
    /// What plans cost beyond what was sold. Income.
    Interest,
    /// What was paid to the shop. Asset.
    Cash,
    /// What was paid ahead and is owed back in goods. Liability.
    CustomerAdvances,
}

/// One side of a double entry: a debit is positive, a credit negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Which account.
    pub account: LedgerAccount,
    /// How much: debits positive, credits negative.
    pub value: Balance,
}

fn debit(account: LedgerAccount, amount: Amount) -> Posting {
    Posting { account, value: Balance::from(amount) }
}

fn credit(account: LedgerAccount, amount: Amount) -> Posting {
    Posting { account, value: Balance::from(amount).negated() }
}

/// What was sold is worth more, or less: that much more or less is owed, but for what was paid and is
/// given back.
fn revalued(changes: &[InvoiceChange]) -> Vec<Posting> {
    let sum = |amount: fn(&InvoiceChange) -> Balance| {
        changes.iter().fold(Balance::ZERO, |sum, change| sum.plus(amount(change)))
    };
    let owed = sum(|change| Balance::from(change.left_after()).minus(change.left_before()));
    let sold = sum(|change| Balance::from(change.after).minus(change.before));
    let returned = sum(|change| change.returned.into());
    vec![
        Posting { account: LedgerAccount::Receivables, value: owed },
        Posting { account: LedgerAccount::Sales, value: sold.negated() },
        Posting { account: LedgerAccount::CustomerAdvances, value: returned.negated() },
    ]
}

/// A sale on account, of which so much is interest and so much was paid ahead.
fn sold(amount: Amount, interest: Amount, prepaid: Amount) -> Vec<Posting> {
    vec![
        debit(LedgerAccount::Receivables, amount),
        credit(LedgerAccount::Sales, amount.saturating_sub(interest)),
        credit(LedgerAccount::Interest, interest),
        debit(LedgerAccount::CustomerAdvances, prepaid),
        credit(LedgerAccount::Receivables, prepaid),
    ]
}

/// The double entry of an event. It always balances: debits equal credits. Holds, terms and the
/// manual balance move no money.
pub fn postings(event: &Event) -> Vec<Posting> {
    let sum = |parts: &[AppliedPart]| Amount::saturating_sum(parts.iter().map(|part| part.amount));
    let all = match event {
        Event::Used { amount, plan, prepaid, .. } => {
            sold(*amount, plan.as_ref().map_or(Amount::ZERO, |plan| plan.interest), sum(prepaid))
        }
        Event::Settled { amount, prepaid, .. } => sold(*amount, Amount::ZERO, sum(prepaid)),
        Event::Paid { amount, applied, unapplied, .. } => vec![
            debit(LedgerAccount::Cash, *amount),
            credit(LedgerAccount::Receivables, sum(applied)),
            credit(LedgerAccount::CustomerAdvances, *unapplied),
        ],
        Event::SettlementChanged { changes, .. } | Event::Refunded { changes, .. } => revalued(changes),
        Event::InvoiceCancelled { left, returned, .. } => vec![
            debit(LedgerAccount::Sales, left.saturating_add(*returned)),
            credit(LedgerAccount::Receivables, *left),
            credit(LedgerAccount::CustomerAdvances, *returned),
        ],
        _ => Vec::new(),
    };
    all.into_iter().filter(|posting| posting.value != Balance::ZERO).collect()
}
