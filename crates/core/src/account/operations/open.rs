use crate::account::{Account, Context, Event, Open, Rejection, Status};
use crate::installments::PaymentTerm;
use crate::money::{Amount, Tolerance};

/// Opens a line at once where there is none: never before, refused, or ended. Nobody asked for it,
/// so nobody approves their own request (DECISIONS 1).
pub(in crate::account) fn decide(
    account: &Account,
    command: &Open,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    match account.life.as_ref().map(|life| life.status()) {
        None | Some(Status::Rejected | Status::Cancelled) => {
            Ok(vec![opened(command.limit, command.tolerance, context)])
        }
        Some(Status::Approved | Status::Suspended) => Err(Rejection::AlreadyOpen {}),
        Some(current @ Status::Pending) => {
            Err(Rejection::InvalidTransition { current, target: Status::Approved })
        }
    }
}

/// The line of a shopper nobody knows, where the shop gives one to everybody.
pub(super) fn opened_automatically(account: &Account, context: &Context<'_>) -> Option<Event> {
    let is_unknown = account.life.is_none();
    (is_unknown && context.policy.automatic_opening)
        .then(|| opened(context.policy.automatic_limit(), Tolerance::NONE, context))
}

fn opened(limit: Amount, tolerance: Tolerance, context: &Context<'_>) -> Event {
    Event::Opened { life: context.new_life, limit, tolerance, term: PaymentTerm::USUAL }
}
