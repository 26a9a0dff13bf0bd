use super::operations::objections::{objections, shortfall, spendable};
use super::operations::use_credit::{asked, plan};
use super::{Account, Context, Rejection, UseCredit};
use crate::installments::Part;
use crate::money::Amount;

/// What would become of a purchase, before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Everything that stands against it, most important first; nothing: it would pass.
    pub reasons: Vec<Rejection>,
    /// What is left of the limit now.
    pub available: Amount,
    /// The largest purchase that passes the ceiling now.
    pub spendable: Amount,
    /// What would have to be paid first for the purchase to pass the ceiling; nothing where it
    /// fits. It is more than the purchase where more is owed than the ceiling.
    pub shortfall: Amount,
    /// What would be owed after it, if it passes.
    pub used_after: Option<Amount>,
    /// What would be left of the limit after it, if it passes.
    pub available_after: Option<Amount>,
    /// The parts it would be paid in, if the line is open and it can be split so.
    pub parts: Option<Vec<Part>>,
}

impl Assessment {
    /// Whether the purchase would pass.
    pub fn passes(&self) -> bool {
        self.reasons.is_empty()
    }
}

/// Previews a purchase with the rules that decide it. A preview promises nothing: the account may
/// change before the purchase is made.
pub fn assess(account: &Account, purchase: &UseCredit, context: &Context<'_>) -> Assessment {
    let reasons = objections(account, asked(purchase), context);
    let after = after(account, purchase);
    let passes = reasons.is_empty();
    Assessment {
        available: account.available(),
        spendable: spendable(account, context.policy),
        shortfall: shortfall(account, purchase.amount, context.policy),
        used_after: passes.then_some(after.totals.outstanding),
        available_after: passes.then(|| after.available()),
        parts: plan(account, purchase, context.today),
        reasons,
    }
}

/// The account's totals as the purchase would leave them; enough for the figures of a preview.
fn after(account: &Account, purchase: &UseCredit) -> Account {
    let prepaid = account.totals.unapplied.min(purchase.amount);
    let mut after = account.clone();
    after.totals.outstanding =
        account.totals.outstanding.saturating_add(purchase.amount).saturating_sub(prepaid);
    after.totals.unapplied = account.totals.unapplied.saturating_sub(prepaid);
    after
}
