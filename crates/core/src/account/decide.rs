use super::operations::{
    add_holder, adjust_balance, after, approve, authorize, cancel, cancel_invoice, change_hold, change_limit,
    change_tolerance, close, expire_holds, open, open_automatically, pay, pay_invoice, postpone_invoice,
    reactivate, refund, reject, release, remove_holder, request, settle, suspend, update, update_invoice,
    use_credit,
};
use super::{Account, Command, Context, Event, Items, Rejection};

/// What a command does to an account: the events it makes, or why it is refused.
///
/// Holds whose time has come end first. No event at all means that it was done before: the same
/// order with the same amount, the same payment. The answer is then that of the first time, from
/// the row in `items`.
///
/// # Errors
/// The first [`Rejection`] in order of precedence.
pub fn decide(
    account: &Account,
    items: &Items,
    command: &Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let expired = expire_holds::expirations(items);
    if expired.is_empty() {
        return decide_command(account, items, command, context);
    }
    let account = after(account, &expired, context);
    let events = decide_command(&account, items, command, context)?;
    let is_done_before = events.is_empty() && !matches!(command, Command::ExpireHolds(_));
    Ok(if is_done_before { events } else { [expired, events].concat() })
}

fn decide_command(
    account: &Account,
    items: &Items,
    command: &Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Request(command) => request::decide(account, command, context),
        Command::Approve(command) => approve::decide(account, command, context),
        Command::Reject(_) => reject::decide(account),
        Command::Open(command) => open::decide(account, command, context),
        Command::OpenAutomatically(_) => open_automatically::decide(account, context),
        Command::Update(command) => update::decide(account, command),
        Command::Suspend(_) => suspend::decide(account),
        Command::Reactivate(_) => reactivate::decide(account),
        Command::Cancel(_) => cancel::decide(account),
        Command::Close(_) => close::decide(account),
        Command::ChangeLimit(command) => change_limit::decide(account, command),
        Command::ChangeTolerance(command) => change_tolerance::decide(account, command),
        Command::AdjustBalance(command) => adjust_balance::decide(account, items, command, context),
        Command::AddHolder(_) => add_holder::decide(account),
        Command::RemoveHolder(command) => remove_holder::decide(account, items, command),
        Command::UseCredit(command) => use_credit::decide(account, items, command, context),
        Command::Authorize(command) => authorize::decide(account, command, context),
        Command::ChangeHold(command) => change_hold::decide(account, items, command, context),
        Command::Release(command) => release::decide(account, items, command, context),
        Command::Settle(command) => settle::decide(account, items, command, context),
        Command::Refund(command) => refund::decide(account, items, command, context),
        Command::ExpireHolds(_) => Ok(Vec::new()),
        Command::Pay(command) => pay::decide(account, items, command, context),
        Command::PayInvoice(command) => pay_invoice::decide(account, items, command, context),
        Command::UpdateInvoice(command) => update_invoice::decide(account, items, command, context),
        Command::CancelInvoice(command) => cancel_invoice::decide(account, items, command, context),
        Command::PostponeInvoice(command) => postpone_invoice::decide(account, items, command, context),
    }
}
