use super::known;
use crate::account::{Account, Event, Rejection, Status};

/// Ends a line or withdraws a request; refused while anything is owed or held (DECISIONS 20).
///
/// What was paid ahead stays in the account and serves its next life.
pub(in crate::account) fn decide(account: &Account) -> Result<Vec<Event>, Rejection> {
    let life = known(account)?;
    match life.status() {
        Status::Pending | Status::Approved | Status::Suspended => {}
        current @ (Status::Rejected | Status::Cancelled) => {
            return Err(Rejection::InvalidTransition { current, target: Status::Cancelled });
        }
    }
    let (outstanding, held) = (account.totals.outstanding, account.totals.held);
    if outstanding.is_zero() && held.is_zero() {
        Ok(vec![Event::Cancelled {}])
    } else {
        Err(Rejection::DebtOutstanding { outstanding, held })
    }
}
