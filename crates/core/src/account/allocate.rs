//! Where a payment goes: the oldest due first, or as its payer says (DECISIONS 10).
//!
//! It promises that no invoice gets more than is owed of it, and that all invoices together get no more
//! than was paid.

use super::{Allocation, AppliedPart, Invoice, Rejection};
use crate::calendar::Day;
use crate::identity::InvoiceId;
use crate::money::{Amount, Balance};

/// What is owed of an open invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The invoice.
    pub invoice: InvoiceId,
    /// When it falls due.
    pub due: Day,
    /// How much of it is unpaid.
    pub left: Amount,
}

impl From<&Invoice> for Owed {
    fn from(invoice: &Invoice) -> Owed {
        Owed { invoice: invoice.id.clone(), due: invoice.due, left: invoice.left() }
    }
}

/// Why a payment cannot go where its payer says. Each is the [`Rejection`] of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the rejections of these names say it")]
pub enum Misallocation {
    InvoiceNotOpen { invoice: InvoiceId },
    AllocationAboveInvoice { invoice: InvoiceId, left: Amount, allocated: Amount },
    AllocationsAbovePayment { amount: Amount, allocated: Amount },
}

/// The parts of a payment, in the order of the open invoices, those that fall due first first. What they
/// leave of it waits for the next invoice.
///
/// # Errors
/// See [`Misallocation`].
pub fn allocate(
    payment: Amount,
    told: Option<&[Allocation]>,
    open: &[Owed],
) -> Result<Vec<AppliedPart>, Misallocation> {
    match told {
        None => Ok(oldest_first(payment, open)),
        Some(told) => as_told(payment, told, open),
    }
}

/// Parts that are owed, in order, until the money is used up.
pub(super) fn oldest_first(money: Amount, open: &[Owed]) -> Vec<AppliedPart> {
    let mut rest = money;
    let mut applied = Vec::new();
    for owed in open {
        let amount = rest.min(owed.left);
        rest = rest.saturating_sub(amount);
        if !amount.is_zero() {
            applied.push(part(owed, amount));
        }
    }
    applied
}

/// Exactly as the payer says: every invoice is open here, none gets more than is owed of it, and
/// no more is given than was paid.
fn as_told(payment: Amount, told: &[Allocation], open: &[Owed]) -> Result<Vec<AppliedPart>, Misallocation> {
    let shares = shares(told);
    if open.iter().filter(|owed| place_of(&shares, &owed.invoice).is_ok()).count() < shares.len() {
        let is_closed = |invoice: &InvoiceId| open.iter().all(|owed| owed.invoice != *invoice);
        let closed = shares.into_iter().map(|(invoice, _)| invoice).find(is_closed);
        return closed.map_or(Ok(Vec::new()), |invoice| Err(Misallocation::InvoiceNotOpen { invoice }));
    }
    let mut applied = Vec::new();
    for owed in open {
        let Ok(place) = place_of(&shares, &owed.invoice) else { continue };
        let share = shares.get(place).map(|(_, share)| *share).unwrap_or_default();
        let amount = share.floor_at_zero();
        if share > Balance::from(owed.left) {
            let (invoice, left) = (owed.invoice.clone(), owed.left);
            return Err(Misallocation::AllocationAboveInvoice { invoice, left, allocated: amount });
        }
        if !amount.is_zero() {
            applied.push(part(owed, amount));
        }
    }
    let allocated = Amount::saturating_sum(applied.iter().map(|part| part.amount));
    if allocated > payment {
        return Err(Misallocation::AllocationsAbovePayment { amount: payment, allocated });
    }
    Ok(applied)
}

/// What each invoice gets in all, in the order of their ids. Sums of allocations may be more than an amount can be.
fn shares(told: &[Allocation]) -> Vec<(InvoiceId, Balance)> {
    let mut shares: Vec<(InvoiceId, Balance)> = Vec::new();
    for allocation in told {
        match place_of(&shares, &allocation.invoice) {
            Ok(place) => {
                if let Some((_, share)) = shares.get_mut(place) {
                    *share = share.plus(allocation.amount);
                }
            }
            Err(place) => shares.insert(place, (allocation.invoice.clone(), allocation.amount.into())),
        }
    }
    shares
}

fn place_of(shares: &[(InvoiceId, Balance)], invoice: &InvoiceId) -> Result<usize, usize> {
    shares.binary_search_by(|(other, _)| other.cmp(invoice))
}

fn part(owed: &Owed, amount: Amount) -> AppliedPart {
    let Owed { invoice, due, left } = owed.clone();
    AppliedPart { invoice, due, amount, left: left.saturating_sub(amount) }
}

impl From<Misallocation> for Rejection {
    fn from(misallocation: Misallocation) -> Rejection {
        match misallocation {
            Misallocation::InvoiceNotOpen { invoice } => Rejection::InvoiceNotOpen { invoice },
            Misallocation::AllocationAboveInvoice { invoice, left, allocated } => {
                Rejection::AllocationAboveInvoice { invoice, left, allocated }
            }
            Misallocation::AllocationsAbovePayment { amount, allocated } => {
                Rejection::AllocationsAbovePayment { amount, allocated }
            }
        }
    }
}

impl Rejection {
    /// The misallocation it is, if it is one.
    pub fn misallocation(&self) -> Option<Misallocation> {
        match self.clone() {
            Rejection::InvoiceNotOpen { invoice } => Some(Misallocation::InvoiceNotOpen { invoice }),
            Rejection::AllocationAboveInvoice { invoice, left, allocated } => {
                Some(Misallocation::AllocationAboveInvoice { invoice, left, allocated })
            }
            Rejection::AllocationsAbovePayment { amount, allocated } => {
                Some(Misallocation::AllocationsAbovePayment { amount, allocated })
            }
            _ => None,
        }
    }
}
