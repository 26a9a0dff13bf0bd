use super::open::opened_automatically;
use super::{known, line_not_open};
use crate::account::{Account, Context, Event, Rejection, Status};

/// Gives a line to a shopper nobody knows, where the shop gives one to everybody; never again to
/// one who was refused or whose line has ended.
pub(in crate::account) fn decide(account: &Account, context: &Context<'_>) -> Result<Vec<Event>, Rejection> {
    if let Some(opened) = opened_automatically(account, context) {
        return Ok(vec![opened]);
    }
    let life = known(account)?;
    match life.status() {
        Status::Approved | Status::Suspended => Err(Rejection::AlreadyOpen {}),
        Status::Pending | Status::Rejected | Status::Cancelled => Err(line_not_open(life).into()),
    }
}
