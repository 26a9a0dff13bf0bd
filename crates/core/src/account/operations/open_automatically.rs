use super::known;
use super::open::opened_automatically;
use crate::account::{Account, Context, Event, Rejection, Status};

/// Gives a line to a shopper nobody knows, where the shop gives one to everybody; never again to
/// one who was refused or whose line has ended.
pub(in crate::account) fn decide(account: &Account, context: &Context<'_>) -> Result<Vec<Event>, Rejection> {
    if let Some(opened) = opened_automatically(account, context) {
        return Ok(vec![opened]);
    }
    match known(account)?.status() {
        Status::Approved | Status::Suspended => Err(Rejection::AlreadyOpen {}),
        current => Err(Rejection::LineNotOpen { current }),
    }
}
