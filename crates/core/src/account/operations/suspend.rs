use super::standing_at;
use crate::account::{Account, Event, Rejection, Status};

/// Stops new purchases on a granted line.
pub(in crate::account) fn decide(account: &Account) -> Result<Vec<Event>, Rejection> {
    standing_at(account, Status::Approved, Status::Suspended)?;
    Ok(vec![Event::Suspended {}])
}
