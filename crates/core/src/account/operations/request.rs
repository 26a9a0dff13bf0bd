use crate::account::{Account, Context, Event, Rejection, Request, Status};

/// A line may be asked for where there is none: never before, refused, or ended.
pub(in crate::account) fn decide(
    account: &Account,
    command: &Request,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let status = account.life.as_ref().map(|life| life.status());
    match status {
        None | Some(Status::Rejected | Status::Cancelled) => Ok(vec![Event::Requested {
            life: context.new_life,
            limit: command.requested_limit,
            term: command.term,
        }]),
        Some(current) => Err(Rejection::InvalidTransition { current, target: Status::Pending }),
    }
}
