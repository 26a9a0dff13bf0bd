use crate::Money;
use fiado_core::account::{Account, Snapshot, Status, Totals};
use fiado_core::money::Amount;
use serde::Serialize;

/// What a line has left, whatever is bought. Only the browser answers it; the server's `GET …/credit`
/// tells more.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AvailabilityView {
    /// Where the line stands.
    pub status: Status,
    /// Its limit.
    pub credit_limit: Money,
    /// What is owed.
    pub credit_used: Money,
    /// What is held.
    pub credit_held: Money,
    /// What is left of the limit.
    pub credit_available: Money,
    /// What was paid ahead.
    pub unapplied: Money,
    /// The most that fits between limit and tolerance.
    pub spendable: Money,
    /// The largest amount that passes paid at once; none where no amount does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub largest_amount: Option<Money>,
    /// ISO 4217.
    pub currency: &'static str,
    /// The account's version it is of.
    pub version: u64,
    /// When a new snapshot should be fetched, UTC.
    pub valid_until: String,
}

impl AvailabilityView {
    /// What is left of an account as it stands at some moment.
    pub(super) fn new(
        snapshot: &Snapshot,
        account: &Account,
        spendable: Amount,
        largest: Option<Amount>,
    ) -> AvailabilityView {
        let money = |amount: Amount| Money::new(amount, snapshot.currency);
        let Totals { outstanding, held, unapplied } = account.totals;
        AvailabilityView {
            status: snapshot.status,
            credit_limit: money(snapshot.limit),
            credit_used: money(outstanding),
            credit_held: money(held),
            credit_available: money(account.available()),
            unapplied: money(unapplied),
            spendable: money(spendable),
            largest_amount: largest.map(money),
            currency: snapshot.currency.code(),
            version: snapshot.version,
            valid_until: snapshot.validity.valid_until.to_string(),
        }
    }
}
