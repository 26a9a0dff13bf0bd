use super::{free_of_debt, known};
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
    free_of_debt(account)?;
    Ok(vec![Event::Cancelled {}])
}
