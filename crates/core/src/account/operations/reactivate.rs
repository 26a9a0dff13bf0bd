use super::standing_at;
use crate::account::{Account, Event, Rejection, Status};

/// Lets purchases through again on a suspended line.
pub(in crate::account) fn decide(account: &Account) -> Result<Vec<Event>, Rejection> {
    standing_at(account, Status::Suspended, Status::Approved)?;
    Ok(vec![Event::Reactivated {}])
}
