use super::operations::{
    approve, cancel, change_limit, change_tolerance, pay, reactivate, reject, request, suspend, use_credit,
};
use super::{Account, Command, Context, Event, Items, Rejection};

/// What a command does to an account: the events it makes, or why it is refused.
///
/// No event at all means that it was done before: the same order with the same amount, the same
/// payment. The answer is then that of the first time, from the row in `items`.
///
/// # Errors
/// The first [`Rejection`] in order of precedence.
pub fn decide(
    account: &Account,
    items: &Items,
    command: &Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Request(command) => request::decide(account, command, context),
        Command::Approve(command) => approve::decide(account, command, context),
        Command::Reject(_) => reject::decide(account),
        Command::Suspend(_) => suspend::decide(account),
        Command::Reactivate(_) => reactivate::decide(account),
        Command::Cancel(_) => cancel::decide(account),
        Command::ChangeLimit(command) => change_limit::decide(account, command),
        Command::ChangeTolerance(command) => change_tolerance::decide(account, command),
        Command::UseCredit(command) => use_credit::decide(account, items, command, context),
        Command::Pay(command) => pay::decide(account, items, command, context),
    }
}
