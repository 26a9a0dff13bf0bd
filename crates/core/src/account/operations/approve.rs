use super::standing_at;
use crate::account::{Account, Approve, Context, Event, Rejection, Status};

/// Grants what was asked for, with the approver's own limit and term; never one's own request,
/// unless the shop allows it.
pub(in crate::account) fn decide(
    account: &Account,
    command: &Approve,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let life = standing_at(account, Status::Pending, Status::Approved)?;
    if life.requested_by == context.actor && !context.policy.own_request_approval {
        return Err(Rejection::OwnRequest {});
    }
    Ok(vec![Event::Approved { limit: command.limit, term: command.term }])
}
