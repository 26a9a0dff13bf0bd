use super::{AppliedPart, Event, InvoiceChange};
use crate::money::{Amount, Balance};

/// An account of the general ledger that a line of credit moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LedgerAccount {
    /// What companies owe the shop. Asset.
    Receivables,
    /// What was sold on account. Income.
    Sales,
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

/// What was sold is worth more, or less; both sides sum up what is owed of each invoice.
fn revalued(changes: &[InvoiceChange]) -> Vec<Posting> {
    let more = changes
        .iter()
        .fold(Balance::ZERO, |sum, change| sum.plus(change.left_after()).minus(change.left_before()));
    vec![
        Posting { account: LedgerAccount::Receivables, value: more },
        Posting { account: LedgerAccount::Sales, value: more.negated() },
    ]
}

/// The double entry of an event. It always balances: debits equal credits. Holds, terms and the
/// manual balance move no money.
pub fn postings(event: &Event) -> Vec<Posting> {
    let sum = |parts: &[AppliedPart]| Amount::saturating_sum(parts.iter().map(|part| part.amount));
    let all = match event {
        Event::Used { amount, prepaid, .. } | Event::Settled { amount, prepaid, .. } => vec![
            debit(LedgerAccount::Receivables, *amount),
            credit(LedgerAccount::Sales, *amount),
            debit(LedgerAccount::CustomerAdvances, sum(prepaid)),
            credit(LedgerAccount::Receivables, sum(prepaid)),
        ],
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
