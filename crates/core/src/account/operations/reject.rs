use super::standing_at;
use crate::account::{Account, Event, Rejection, Status};

/// Refuses what was asked for. Anyone who may approve may refuse, their own request as well.
pub(in crate::account) fn decide(account: &Account) -> Result<Vec<Event>, Rejection> {
    standing_at(account, Status::Pending, Status::Rejected)?;
    Ok(vec![Event::Rejected {}])
}
