use super::{Account, AppliedPart, Command, Context, Entry, Event, Items, Pay, Rejection, execute};
use crate::identity::{ChildId, InvoiceId};
use crate::late::LateCost;
use crate::money::Amount;

/// What would become of a payment, before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentPreview {
    /// The payment that was made under this reference, if one was: it would not be made again.
    pub made_before: Option<ChildId>,
    /// Where it would go, in the order in which it would get there.
    pub parts: Vec<PreviewedPart>,
    /// What would be left of it for later invoices.
    pub unapplied: Amount,
    /// The account as it would stand right after.
    pub account: Account,
}

/// What an invoice would get of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewedPart {
    /// The invoice, its share, and what would be left of it.
    pub applied: AppliedPart,
    /// What the invoice costs on the day of the payment, by what is owed of it before; `None`:
    /// nothing more than that. The payment pays none of it.
    pub late: Option<LateCost>,
}

/// Rehearses a payment on the account and the items it needs: [`execute`], and nothing of it is kept.
///
/// # Errors
/// Those of the payment.
pub fn preview_payment(
    account: &Account,
    items: &Items,
    command: &Pay,
    context: &Context<'_>,
) -> Result<PaymentPreview, Rejection> {
    let outcome = execute(account, items, &Command::Pay(command.clone()), context)?;
    let (applied, unapplied) = outcome.entries.iter().find_map(paid).unwrap_or_default();
    let late = |id: &InvoiceId| {
        let invoice = items.invoices.iter().find(|invoice| invoice.id == *id)?;
        context.policy.late_charges.of(invoice, command.date)
    };
    let part =
        |applied: &AppliedPart| PreviewedPart { applied: applied.clone(), late: late(&applied.invoice) };
    let (made_before, parts) = (items.payment.as_ref(), applied.iter().map(part).collect());
    let account = match made_before {
        Some(_) => without_expired(outcome.account, items),
        None => outcome.account,
    };
    Ok(PaymentPreview { made_before: made_before.map(|payment| payment.id), parts, unapplied, account })
}

/// The account as it is read: a payment that was made before writes nothing, not even that holds
/// have ended.
fn without_expired(account: Account, items: &Items) -> Account {
    account.without_expired(Amount::saturating_sum(items.expired.iter().map(|hold| hold.terms.amount)))
}

fn paid(entry: &Entry) -> Option<(&[AppliedPart], Amount)> {
    match &entry.event {
        Event::Paid { applied, unapplied, .. } => Some((applied, *unapplied)),
        _ => None,
    }
}
